"""What of a plan is held against what was declared: demands and intervals, beside energy and transformers."""

from dataclasses import dataclass

from billcalc.billing.doubts import OtherReading
from billcalc.billing.plan_demand import ShownDemand
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.tariff.plausibility import DemandLimits

__all__ = ["DemandCheck", "IntervalCheck"]

Capacities = tuple[tuple[Slot, ...], ...]
"""For each piece the slots of the capacities of the transformers in service; empty where one piece has none."""


@dataclass(frozen=True, slots=True)
class DemandCheck:
    """A billed demand of some days, and what it cannot contradict.

    Attributes:
        basic: the place of its charge in the plan.
        where: the place of the demand in the request.
        shown: the registers that tell it; empty where it is given.
        points: the metering points whose energy it is of.
        capacities: of its supply point.
        limits: what is plausible, or None where no document tells.
    """

    basic: int
    where: str
    shown: tuple[ShownDemand, ...]
    points: tuple[str, ...]
    pieces: tuple[int, ...]
    span: Span
    capacities: Capacities
    limits: DemandLimits | None


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
