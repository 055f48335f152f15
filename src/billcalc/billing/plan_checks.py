"""Records of what a plan holds against what was declared: demands and intervals, beside energy and transformers."""

from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.doubts import OtherReading
from billcalc.billing.plan_demand import MaximumDemand, ShownDemand
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.tariff.plausibility import DemandLimits, HouseholdLimits, PriceRange
from billcalc.vocabulary import Band, Section

__all__ = [
    "CapacityCheck",
    "ContractCheck",
    "DemandCheck",
    "GivenCheck",
    "GrantCheck",
    "IntervalCheck",
    "LossCheck",
    "PriceCheck",
    "PriceLimit",
    "SuppliedCheck",
    "UseCheck",
]

Capacities = tuple[tuple[Slot, ...], ...]
"""For each piece the slots of the capacities of the transformers in service; empty where one piece has none."""


@dataclass(frozen=True, slots=True)
class DemandCheck:
    """A demand of some days that something is billed by, and what it cannot contradict.

    Attributes:
        band: of which hours it is; None of all.
        is_apparent: it is in kVA.
        where: the place of the demand in the request.
        shown: the registers that tell it; empty where it is given.
        points: the metering points whose energy it is of.
        capacities: of its supply point.
        limits: what is plausible, or None where no document tells.
        of_all_hours: the demands of all hours of its days that are billed beside one of a band.
        basic: the place in the plan of the charge whose demand it is, which another reading of the bill may change; or
            None, where none does.
        others: what would be billed by another demand.
        against_read: a given one is held against what the meters show; else whoever bills it does that.
    """

    supply_point: str
    demand: MaximumDemand
    where: str
    shown: tuple[ShownDemand, ...]
    points: tuple[str, ...]
    pieces: tuple[int, ...]
    span: Span
    capacities: Capacities
    limits: DemandLimits | None
    band: Band | None = None
    is_apparent: bool = False
    of_all_hours: tuple[MaximumDemand, ...] = ()
    basic: int | None = None
    others: tuple[OtherReading, ...] = ()
    against_read: bool = False


@dataclass(frozen=True, slots=True)
class IntervalCheck:
    """The largest interval of a metering point.

    Attributes:
        where: its place in the request.
        kw: its mean power.
        without: the bill with it taken as missing.
    """

    point: str
    where: str
    start: str
    kw: Slot
    capacities: Capacities
    limits: DemandLimits
    without: OtherReading


@dataclass(frozen=True, slots=True)
class CapacityCheck:
    """The energy of a supply point, and the transformers it must have come through.

    Attributes:
        where: the place of the transformers in the request.
        points: the metering points whose energy it is.
        pieces: of which days it is.
        in_service: for each piece the capacities in service, and its hours [h].
        others: where some are not in service, the bill with all of them.
    """

    supply_point: str
    where: str
    span: Span
    points: tuple[str, ...]
    pieces: tuple[int, ...]
    in_service: tuple[tuple[tuple[Slot, ...], int], ...]
    limits: DemandLimits
    others: tuple[OtherReading, ...]


@dataclass(frozen=True, slots=True)
class ContractCheck:
    """A contracted demand, and the transformers that would have to bear it."""

    supply_point: str
    contract: Slot
    capacities: Capacities
    limits: DemandLimits


@dataclass(frozen=True, slots=True)
class LossCheck:
    """A number that a loss is told by, and the most that such a loss is.

    Attributes:
        where: its place in the request.
        key: what it is called there.
        told: the number; None for what a line loses by its resistance, which is held against what it carried, and for
            the energy of a metering point, which must have come in its hours.
        limit: the most [unit]; of a capacity and some hours where these are told.
        of: the capacities it is a share of.
        hours: that it is for [h]; None where it is no energy.
        than: a number that it is hardly more than, instead of the limit.
        is_some: whether it is hardly nothing.
    """

    point: str
    where: str
    key: str
    told: Slot | Decimal | None
    limit: Decimal
    unit: str
    of: Capacities = ()
    hours: Slot | int | None = None
    than: Slot | None = None
    is_some: bool = False


@dataclass(frozen=True, slots=True)
class UseCheck:
    """What a household uses in some days, billed or earlier ones.

    Attributes:
        where: its place in the request.
        told: of earlier days their energy; None for what the bill is of.
        span: its days.
        billed: how many days the bill is of [day].
    """

    group: str
    where: str
    told: Slot | None
    span: Span
    billed: int
    limits: HouseholdLimits


@dataclass(frozen=True, slots=True)
class GrantCheck:
    """What is granted to a household each month, and the most that such grants are.

    Attributes:
        key: what it is called in the request.
        limit: the most [kWh per month].
    """

    group: str
    key: str
    told: Slot
    limit: Decimal


@dataclass(frozen=True, slots=True)
class PriceLimit:
    """What the prices of some components together lie within [unit]."""

    least: Decimal
    most: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class SuppliedCheck:
    """The given lines of a group that stand for a component of energy, and the energy that it would be priced by.

    Attributes:
        where: the place of the first of them.
        kwh: of each its energy and the place value of its last digit; empty where one does not tell it.
        bands: what they are of; empty where one is of all bands.
        amounts: of all of them.
        limit: what the price of all that they stand for lies within, or None where no document tells.
        others: the bill with the component priced.
    """

    group: str
    component: str
    section: Section
    where: str
    kwh: tuple[tuple[Slot, Slot], ...]
    bands: tuple[Band, ...]
    amounts: tuple[Slot, ...]
    limit: PriceLimit | None
    others: tuple[OtherReading, ...]


@dataclass(frozen=True, slots=True)
class GivenCheck:
    """A given line that stands for nothing: what is computed beside it may be the same charge.

    Attributes:
        where: its place in the request.
        line: its code.
        amount: its own.
        share: of what is computed of its section, from which on it is rather instead of that than beside it; None of
            a section in which a customer pays more than one price [1].
        without: the bill without it.
    """

    where: str
    line: str
    group: str
    section: Section
    amount: Slot
    share: Decimal | None
    without: OtherReading


@dataclass(frozen=True, slots=True)
class PriceCheck:
    """A price that the request brings, and what it is held against.

    Attributes:
        where: its place in the request.
        component, section: whose price it is.
        limit: what such prices lie within, or None where no document tells.
        cheaper: the price of the next cheaper band that is told, or None.
        tier, tier_below: the tier that it is of and the price of the one before it in the same band, or None.
    """

    where: str
    price: Slot
    component: str
    section: Section
    band: Band
    limit: PriceRange | None
    cheaper: Slot | None
    tier: int | None = None
    tier_below: Slot | None = None
