"""The plan of a bill: its structure, without the customer's numbers.

Two requests with equal plans are billed by the same operations on other numbers; so ``bulk`` makes one plan for a
million rows. The customer's numbers are inputs, each in a *slot* named by its JSON pointer in the request; the prices
and rules are constants of the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from billcalc.agreement.models import BasicMode
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
from billcalc.tariff.documents import DemandDiscount, ExcessStep
from billcalc.tariff.resolved_conventions import Convention
from billcalc.vocabulary import Section

__all__ = [
    "BandPrice",
    "BasicPlan",
    "CapacityPart",
    "ChildPlan",
    "DemandPlan",
    "EnergyLinePlan",
    "EnergyRules",
    "FeePlan",
    "GivenEnergy",
    "GivenLinePlan",
    "LineName",
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
class CapacityPart:
    """A transformer (or a motor on high voltage) and its share of the month."""

    kva: Slot
    share: Share


@dataclass(frozen=True, slots=True)
class ReplacedCapacity:
    """What transformers that took each other's place kept in service through a cycle that is counted in thirtieths.

    Attributes:
        runs: for each run of days the slots of the transformers in service that were not so all the time.
        days: the slot of what a month has more than the cycle, or less (then below 0) [day].
    """

    runs: tuple[tuple[Slot, ...], ...]
    days: Slot


@dataclass(frozen=True, slots=True)
class PayingGroup:
    """A group that pays a basic charge, alone or with others.

    Attributes:
        weight: the slot of its weight where there are several, or None.
        in_base: whether the power-factor base has its part.
        scope: the power-factor scope its part belongs to, or None where that is not assessed.
    """

    group: str
    weight: Slot | None
    in_base: bool
    scope: str | None


@dataclass(frozen=True, slots=True)
class BasicPlan:
    """The basic charge of one supply point and segment, over the days in which its terms and its price are the same.

    Attributes:
        capacity: the parts that are billed by capacity.
        replaced: in the last segment of a cycle, the capacity that was in service all the time by replacement, or None.
        kva_round: the step the prorated capacity is rounded to, or None.
        demand_round: the step a maximum demand is rounded to before it is compared and priced, or None.
        running: slots of the running transformers' capacity, for the floor of contracted demand.
        contract: the slot of the contracted demand.
        demand: slots of the maximum demands with their multipliers, of which the largest per point counts; None where
            none was read.
        contract_capacity: every transformer of the customer, each with its share of the period, for the discount;
            empty where it cannot be tested.
        part_period: where a part of the cycle is billed, its days and those of the cycle, for the doubt which capacity
            the discount compares with.
        untimed: a demand of more days than the segment has, which is not billed; for the doubt about it. Beside a
            demand that the meters tell of the segment it is a given one.
        discounted: None where the discount is tested; else what is assumed of it.
        rule_source: the rules of its quantity: that it is due by the month, or the floor and the excess of demand.
        discount_source: the rules that state the discount.
        groups: who pays it.
    """

    mode: BasicMode
    code: str
    label: str | None
    section: Section
    supply_point: str
    span: Span
    price: Decimal
    price_round: Decimal | None
    amount_round: Decimal
    unit: str
    price_source: Source
    rule_source: Source
    discount_source: Source
    share: Share
    capacity: tuple[CapacityPart, ...]
    kva_round: Decimal | None
    kva_round_source: Source | None
    running: tuple[Slot, ...]
    contract: Slot | None
    demand: "DemandPlan | None"
    floor_share: Decimal
    over_steps: tuple[ExcessStep, ...]
    discount: DemandDiscount | None
    contract_capacity: tuple[CapacityPart, ...]
    groups: tuple[PayingGroup, ...]
    discounted: bool | None = None
    replaced: ReplacedCapacity | None = None
    part_period: Share | None = None
    untimed: "DemandPlan | None" = None
    demand_round: Decimal | None = None
    demand_round_source: Source | None = None


@dataclass(frozen=True, slots=True)
class DemandPlan:
    """The maximum demand of a supply point: per metering point what its registers show, or a given one.

    Attributes:
        read: where some of it is given, what the meters show instead, if all of them do; else empty.
        given_at: the places of what is given.
    """

    given: Slot | None
    points: tuple[tuple[ShownDemand, ...], ...]
    read: tuple[tuple[ShownDemand, ...], ...] = ()
    given_at: tuple[str, ...] = ()


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
