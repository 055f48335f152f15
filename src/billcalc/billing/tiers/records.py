"""The tiers of a group in a plan."""

from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.plan_demand import MaximumDemand
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.values import Rounding
from billcalc.tariff.conventions import TierBands

__all__ = ["FreePlan", "LimitPlan", "PerDemand", "RaisePlan", "TierCounter", "TierPlan"]


@dataclass(frozen=True, slots=True)
class RaisePlan:
    """By how much a household of many persons raises each limit.

    Attributes:
        by: as the document states it or in the slot of the request [kWh per month].
        months: for how many months of the period.
    """

    by: Decimal | Slot
    months: int


@dataclass(frozen=True, slots=True)
class LimitPlan:
    """Up to which energy a tier goes in the period.

    Attributes:
        stated: the limit of the period, or that of each month of it [kWh].
        there: for how many months of the period the account was there; None for all of them.
        months: of the period.
    """

    stated: tuple[Decimal, ...]
    there: int | None
    months: int


@dataclass(frozen=True, slots=True)
class PerDemand:
    """The maximum demand for each kilowatt of which the limits are stated.

    Attributes:
        rounding: of the demand, or None.
    """

    supply_point: str
    demand: MaximumDemand
    rounding: Rounding | None


@dataclass(frozen=True, slots=True)
class TierCounter:
    """What counts the energy of a group in a period.

    Attributes:
        first: the first piece that it counts.
        limits: of each tier but the last.
        raises: of each limit.
        before: what was used in the period before the bill [kWh].
        billed: for each tier what earlier bills had in it, where that decides; else empty [kWh].
        rounding: of the part of a limit [kWh].
        step: to which energies are rounded [kWh].
        bands: which band the energy of a tier is of.
        source: the document of the limits.
        per: the demand for each kilowatt of which the limits are; None where they are energies.
        above_unknown: where it is told that the tier above the last limit is not known; None where it is.
        where: of the household in the request.
    """

    group: str
    first: int
    limits: tuple[LimitPlan, ...]
    raises: tuple[RaisePlan, ...]
    before: tuple[Slot, ...]
    billed: tuple[tuple[Slot, ...], ...]
    rounding: Rounding
    step: Decimal
    source: Source
    where: str
    bands: TierBands = TierBands.SHARES
    per: PerDemand | None = None
    above_unknown: bool = False


@dataclass(frozen=True, slots=True)
class TierPlan:
    """A tier whose energy a line prices.

    Attributes:
        tier: its number, from 1.
        by_band: whether its bands are billed one by one.
    """

    counter: TierCounter
    tier: int
    by_band: bool


@dataclass(frozen=True, slots=True)
class FreePlan:
    """What a group has for nothing.

    Attributes:
        per_month: the allowance [kWh per month].
        months: of the bill.
    """

    group: str
    per_month: Slot
    months: int
