"""What each day of a cycle weighs: a thirtieth, or its share of its own calendar month."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import lcm

from billcalc.kernel.spans import Span
from billcalc.tariff.conventions import DayCount, EdgeDay

__all__ = ["DayWeights", "Edges", "weight_until"]


@dataclass(frozen=True, slots=True)
class DayWeights:
    """What each day of a cycle weighs, and what the full cycle weighs.

    By thirtieths every day weighs 1 and the month 30. By the calendar each day is 1 ÷ the days of its own month, and
    together never more than a month; to stay in whole numbers a day weighs L ÷ (days of its month) and the month L, the
    least common multiple of the lengths of the months that the cycle touches (so 1 and their days where they are of
    one length). The days of a cycle over two months need not make a month; its last part takes what is left of it
    (docs/decisions/0009).

    Source: thirtieths 供电营业规则 1996 art. 84; calendar days 供电营业规则 2024, 条号未见.

    >>> weights = DayWeights(DayCount.CALENDAR, Span(date(2024, 6, 1), date(2024, 7, 1)))
    >>> weights.of(Span(date(2024, 6, 12), date(2024, 7, 1))), weights.whole
    (19, 30)
    """

    count: DayCount
    cycle: Span

    @property
    def whole(self) -> int:
        """What the full cycle weighs [day]."""
        return 30 if self.count is DayCount.THIRTIETH else self._multiple

    @property
    def are_days(self) -> bool:
        """Whether each day weighs 1: by thirtieths, and by the calendar where all months are of one length."""
        return self.count is DayCount.THIRTIETH or len({length for _, length in _months(self.cycle)}) == 1

    def of(self, span: Span) -> int:
        """What the days of a span weigh [day]."""
        if self.are_days:
            return span.days
        return sum(days * (self._multiple // length) for days, length in _months(span))

    @property
    def _multiple(self) -> int:
        return lcm(*(length for _, length in _months(self.cycle)))


def _months(span: Span) -> Iterator[tuple[int, int]]:
    """For each calendar month that a span touches, its days in it and the length of the month."""
    assert span.end is not None
    start = span.start
    while start < span.end:
        length = monthrange(start.year, start.month)[1]
        end = min(span.end, start.replace(day=1) + timedelta(days=length))
        yield (end - start).days, length
        start = end


@dataclass(frozen=True, slots=True)
class Edges:
    """Whether the day is billed on which a service starts, and the day on which it ends."""

    first_day: EdgeDay
    last_day: EdgeDay


def weight_until(served: Sequence[Span], day: date, weights: DayWeights, edges: Edges) -> int:
    """What is billed of a service up to a day weighs; never more than the whole month.

    A service that starts inside the cycle is billed from its first day or from the day after; one that ends inside it
    is not billed on the day it ends, or is. One that starts or ends with the cycle has no such day. A service of the
    full cycle weighs the whole month at its end, so its last part takes what the day count leaves: however it is cut,
    the parts of a month are one month.

    Args:
        served: the spans of the cycle in which the service was rendered, in their order.
        day: the first day that no longer counts; a day that is billed for having ended before it does.
        weights: the day count.
        edges: what is done on the days of a change.

    >>> may = Span(date(2024, 5, 1), date(2024, 6, 1))
    >>> weights = DayWeights(DayCount.THIRTIETH, may)
    >>> edges = Edges(EdgeDay.BILLED, EdgeDay.FREE)
    >>> weight_until([may], date(2024, 5, 16), weights, edges), weight_until([may], date(2024, 6, 1), weights, edges)
    (15, 30)
    """
    cycle = weights.cycle
    if tuple(served) == (cycle,) and day == cycle.end:
        return weights.whole
    weight = 0
    for span in served:
        if span.start >= day:
            continue
        assert span.end is not None
        assert cycle.end is not None
        weight += weights.of(Span(span.start, min(span.end, day)))
        if edges.first_day is EdgeDay.FREE and span.start > cycle.start:
            weight -= weights.of(_one_day(span.start))
        if edges.last_day is EdgeDay.BILLED and span.end <= day and span.end < cycle.end:
            weight += weights.of(_one_day(span.end))
    return min(weight, weights.whole)


def _one_day(day: date) -> Span:
    return Span(day, day + timedelta(days=1))
