"""A series of intervals over several months, cut at their turns."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone

from billcalc.billing.request import Request
from billcalc.kernel.spans import Span
from billcalc.metering.interval_models import Intervals, Sampling
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.clocks import Clock, clock_at
from billcalc.vocabulary import Kind

__all__ = ["area_clock", "cut_by_months"]


def area_clock(request: Request, catalog: Catalog) -> timezone:
    """What the days and hours of a request's area are counted by.

    Raises:
        Refused: where no document tells it.
    """
    if request.own_area is not None:
        return clock_at(request.own_area.clock)
    document = catalog.in_force(Kind.CLOCK, request.area, request.period.start).document
    assert isinstance(document, Clock)
    return clock_at(document.offset)


def cut_by_months(stated: Intervals, months: Sequence[Span], clock: timezone) -> Iterator[tuple[int, Intervals]]:
    """The series of each month, as if it had been told by itself, and the place of its first value in the whole.

    A month begins at midnight by the area's clock. A power at the instant between two months is of both. What lies
    before the first month or after the last stays with it, where it is found to be of no month; a month of which
    nothing was told has a value that is missing.
    """
    width = timedelta(minutes=stated.step)
    more = 1 if stated.sampling is Sampling.INSTANT else 0
    count = len(stated.values) - more
    turns = [_midnight(month.start, clock) for month in months[1:]]
    places = [0, *(min(max((turn - stated.start) // width, 0), count) for turn in turns), count]
    for month, first, last in zip(months, places, places[1:], strict=False):
        if first == last:
            nothing = {"start": _midnight(month.start, clock), "values": (None,) * (1 + more)}
            yield first, stated.model_copy(update={**nothing, "estimated": (), "substituted": ()})
            continue
        marks = {
            key: tuple(place - first for place in getattr(stated, key) if first <= place < last + more)
            for key in ("estimated", "substituted")
        }
        part = {"start": stated.start + first * width, "values": stated.values[first : last + more]}
        yield first, stated.model_copy(update={**part, **marks})


def _midnight(day: date, clock: timezone) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock)
