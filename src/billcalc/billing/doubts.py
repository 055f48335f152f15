"""Doubts: problems that carry the other readings of the rule they are about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from billcalc.billing.request import Request
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import Slot
from billcalc.kernel.troubles import Problem

__all__ = ["Doubt", "OtherReading", "Reading"]


class Reading(StrEnum):
    """What another reading of a rule is called."""

    AS_STATED = "as_stated"
    NO_STOPS = "no_stops"
    BY_CAPACITY = "by capacity"
    ONE_PART = "one part"
    LARGEST = "largest"
    ADDED = "added"
    OWN_DAYS = "own days"
    OTHER_BAND = "the other band"
    FROM_COUNTED = "from what was counted"
    READ_DEMAND = "read demand"
    KNOWN_DEMANDS = "known demands"
    CYCLE_DEMAND = "demand of the cycle"
    WITHOUT_LOSS = "without the loss"
    WITHOUT_MULTIPLIER = "without the multiplier"
    DISCOUNT = "discount"
    NO_DISCOUNT = "no discount"
    NO_ADJUSTMENT = "no adjustment"
    IN_SERVICE = "in service"
    PRICED = "priced"
    WITHOUT_COMPONENT = "without the component"
    WITHOUT_POINT = "without the point"
    ONCE = "once only"
    AS_MEASURED = "as measured"
    GIVEN_POWER_FACTOR = "the given power factor"
    BY_TOTAL = "the total register"
    BY_BANDS = "the bands"
    BY_PRICE = "energy by price"
    OUTSIDE_BASE = "outside the base"
    INSIDE_BASE = "inside the base"
    FILLED = "filled"
    FILLED_WITH_ZERO = "zero"
    FILLED_BY_NEIGHBOURS = "neighbours"


@dataclass(frozen=True, slots=True)
class OtherReading:
    """Another reading of a rule, and what would be billed by it.

    Attributes:
        instead: records of the plan, each with the one that stands in its place.
        inputs: numbers that these need and the plan has not.
        request: where the plan itself would be another: what becomes of the request; or None.
    """

    name: Reading
    instead: tuple[tuple[object, object], ...] = ()
    inputs: Mapping[Slot, Input] = field(default_factory=dict)
    request: Callable[[Request], Request] | None = None


@dataclass(frozen=True, slots=True)
class Doubt(Problem):
    """A problem with the other readings of its rule, whose money a bill tells."""

    others: tuple[OtherReading, ...] = field(default=(), compare=False, repr=False)
