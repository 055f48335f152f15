"""The plan of a bill: its structure, without the customer's numbers.

Two requests with equal plans are billed by the same operations on other numbers; so ``bulk`` makes one plan for a
million rows. The customer's numbers are inputs, each in a *slot* named by its JSON pointer in the request; the prices
and rules are constants of the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from billcalc.billing.plan_basic import (
    BasicPlan,
    BasicTerms,
    CapacityPart,
    CapacityPlan,
    ContractTerms,
    DemandPlan,
    DiscountTerms,
    MaximumDemand,
    PayingGroup,
    ReplacedCapacity,
)
from billcalc.billing.plan_checks import DemandCheck, IntervalCheck, ShownDemand
from billcalc.billing.plan_lines import EnergyLinePlan, FeePlan, GivenLinePlan, LineName, SurchargePlan
from billcalc.billing.plan_metering import ChildPlan, EnergyRules, PointPlan, Share, SharpRules
from billcalc.billing.plan_prices import BandPrice, PricePart, Unpriced
from billcalc.billing.plan_registers import GivenEnergy, Run, Unread
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Evidence, Source, weakest
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Problem
from billcalc.kernel.values import Rounding
from billcalc.metering.models import Register
from billcalc.tariff.conventions import NoEnergy, RoundScope
from billcalc.tariff.resolved_conventions import Convention

__all__ = [
    "BandPrice",
    "BasicPlan",
    "BasicTerms",
    "CapacityPart",
    "CapacityPlan",
    "ChildPlan",
    "ContractTerms",
    "DemandPlan",
    "DiscountTerms",
    "EnergyLinePlan",
    "EnergyRules",
    "FeePlan",
    "GivenEnergy",
    "GivenLinePlan",
    "LineName",
    "MaximumDemand",
    "PayingGroup",
    "Piece",
    "Plan",
    "PointPlan",
    "PowerFactorPlan",
    "PricePart",
    "ReplacedCapacity",
    "Run",
    "Share",
    "SharpRules",
    "ShownDemand",
    "SurchargePlan",
    "Unpriced",
    "Unread",
]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the period in which neither the agreement nor any price changes."""

    span: Span
    agreement: int


@dataclass(frozen=True, slots=True)
class PowerFactorPlan:
    """The power factor of one scope and what it adjusts.

    Attributes:
        span, pieces: the days and pieces that are assessed at this standard.
        assessed: the pieces that are assessed at any standard: the energies of one power factor.
        points: the metering points whose reactive energy counts, with their registers.
        groups: the groups whose active energy counts; ``supply_points`` limits where it was used.
        active: the registers that tell the active energy instead, by metering point; empty where what is billed does.
        cosphi, ratio: slots of given facts, or None.
        table: standard → ratio by power factor.
        rounding: of the power factor, to the step of the table.
    """

    scope: str
    standard: str
    span: Span
    pieces: tuple[int, ...]
    assessed: tuple[int, ...]
    points: tuple[tuple[str, tuple[Register, ...]], ...]
    groups: tuple[str, ...]
    supply_points: tuple[str, ...]
    active: tuple[tuple[str, tuple[Register, ...]], ...]
    table: Mapping[Decimal, Decimal] = field(hash=False)
    rounding: Rounding
    rule_source: Source
    round: RoundScope
    no_energy: NoEnergy
    no_energy_source: Source | None
    cosphi: Slot | None
    ratio: Slot | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides how a bill is calculated, except the customer's numbers.

    Attributes:
        limits: the document that the limits of the checks are from: no line rests on it, and doubts may.
    """

    area: str
    cycle: Span
    period: Span
    pieces: tuple[Piece, ...]
    energy: EnergyRules
    points: tuple[PointPlan, ...]
    energy_lines: tuple[EnergyLinePlan, ...]
    basic: tuple[BasicPlan, ...]
    given: tuple[GivenLinePlan, ...]
    power_factors: tuple[PowerFactorPlan, ...]
    total_rounding: Rounding
    documents: tuple[Source, ...]
    fees: tuple[FeePlan, ...] = ()
    demand_checks: tuple[DemandCheck, ...] = ()
    interval_checks: tuple[IntervalCheck, ...] = ()
    limits: Source | None = None
    problems: tuple[Problem, ...] = ()
    undocumented: tuple[Convention[Any], ...] = ()

    @property
    def evidence(self) -> Evidence:
        """The weakest evidence among the documents the plan rests on."""
        return weakest(document.evidence for document in self.documents)
