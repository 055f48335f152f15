"""The plan of a bill: its structure, without the customer's numbers.

Two requests with equal plans are billed by the same operations on other numbers; so ``bulk`` makes one plan for a
million rows. The customer's numbers are inputs, each in a slot; the prices and rules are constants of the plan.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from billcalc.billing.charges.charge import Planned
from billcalc.billing.losses.records import LossesPlan
from billcalc.billing.parts_of_month import BilledRow
from billcalc.billing.piece import Piece
from billcalc.billing.plan_checks import (
    CapacityCheck,
    ContractCheck,
    DemandCheck,
    GivenCheck,
    GrantCheck,
    IntervalCheck,
    LossCheck,
    PriceCheck,
    SuppliedCheck,
    UseCheck,
)
from billcalc.billing.plan_metering import EnergyRules, PointPlan
from billcalc.billing.plan_series import SeriesPlan
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Evidence, Source, weakest
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Problem
from billcalc.kernel.values import Rounding
from billcalc.tariff.resolved_conventions import Convention

__all__ = ["Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides how a bill is calculated, except the customer's numbers.

    Attributes:
        currency: the three letters of its money.
        charges: each charge with its records.
        series: what is taken of intervals that are whole.
        billed_before: the rows of the month that were billed before.
        multipliers: of all meters that tell some number of the bill.
        limits: the documents that the limits of the checks are from: no line rests on them, and doubts may.
        tax_inside: the rate of the tax that all prices contain; None where it is not told [1].
    """

    area: str
    currency: str
    cycle: Span
    period: Span
    pieces: tuple[Piece, ...]
    energy: EnergyRules
    points: tuple[PointPlan, ...]
    charges: Planned
    total_rounding: Rounding
    documents: tuple[Source, ...]
    series: tuple[SeriesPlan, ...] = ()
    billed_before: tuple[BilledRow, ...] = ()
    losses: LossesPlan = field(default_factory=LossesPlan)
    multipliers: tuple[Slot, ...] = ()
    demand_checks: tuple[DemandCheck, ...] = ()
    interval_checks: tuple[IntervalCheck, ...] = ()
    contract_checks: tuple[ContractCheck, ...] = ()
    capacity_checks: tuple[CapacityCheck, ...] = ()
    supplied_checks: tuple[SuppliedCheck, ...] = ()
    price_checks: tuple[PriceCheck, ...] = ()
    loss_checks: tuple[LossCheck, ...] = ()
    household_checks: tuple[UseCheck | GrantCheck, ...] = ()
    given_checks: tuple[GivenCheck, ...] = ()
    limits: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    undocumented: tuple[Convention[Any], ...] = ()
    tax_inside: Decimal | None = None

    @property
    def evidence(self) -> Evidence:
        """The weakest evidence among the documents the plan rests on."""
        return weakest(document.evidence for document in self.documents)
