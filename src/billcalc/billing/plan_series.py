"""What a plan takes of interval data: it holds for other values, where none of them is missing, fed back or doubted."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Context, Decimal
from itertools import islice
from typing import cast

from billcalc.billing.request import Request
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.slots import Slot
from billcalc.metering.interval_models import Intervals, IntervalUnit
from billcalc.metering.intervals import CompleteSeries
from billcalc.metering.measures import Measure
from billcalc.tariff.hours import DAY_MINUTES
from billcalc.tariff.plausibility import IntervalLimits

__all__ = ["SeriesPlan", "is_usual", "per_hour"]

_MINUTES_OF_HOUR = 60
_UPWARDS = Context(rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """What a plan takes of the intervals of a metering point.

    Attributes:
        number: the place of the metering point in the request.
        start: when the first interval of the meter's life begins.
        count: how many it has.
        limits: by what an interval hardly stands above the others; None where no document tells.
        measures: the numbers, each with its slot.
    """

    number: int
    start: datetime
    count: int
    limits: IntervalLimits | None
    measures: tuple[tuple[Slot, Measure], ...]

    def numbers_in(self, request: Request) -> list[Decimal] | None:
        """The numbers of a request of this structure; None where values are missing or doubted: by another plan."""
        stated = request.metering_points[self.number].intervals
        assert stated is not None, "the structure is one with intervals"
        kwh = cast("tuple[Decimal, ...]", stated.energies)  # of whole intervals there is each
        is_in_place = stated.start == self.start and len(kwh) == self.count
        if not is_in_place or not is_usual(stated, self.limits):
            return None
        series = CompleteSeries(self.start, stated.step, kwh, ())
        return [measure.of(stated, series) for _, measure in self.measures]


def per_hour(stated: Intervals) -> int:
    """What makes a power of a value [1/h], or 1 of what is one."""
    return 1 if stated.unit is IntervalUnit.KW else _MINUTES_OF_HOUR // stated.step


def is_usual(stated: Intervals, limits: IntervalLimits | None) -> bool:
    """Whether the largest value is small, or more come near it than may stand above the others: as nearly always.

    What is usual is not known of less than a day.
    """
    if limits is None or len(stated.values) * stated.step < DAY_MINUTES:
        return True
    if EXACT.multiply(stated.largest, per_hour(stated)) < limits.least:
        return True
    near = _UPWARDS.divide(stated.largest, limits.times)
    come_near = (each for each in stated.known if each >= near)
    return len(list(islice(come_near, limits.among + 1))) > limits.among
