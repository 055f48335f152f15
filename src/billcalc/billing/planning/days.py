"""Shares of a month: how many days of a cycle something is billed for, and of how many."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import lcm

from billcalc.kernel.spans import Span
from billcalc.tariff.conventions import DayCount, EdgeDay

__all__ = ["DayWeights", "billed_spans", "segment_weights"]


@dataclass(frozen=True, slots=True)
class DayWeights:
    """What each day of a cycle weighs, and what the full cycle weighs.

    By thirtieths every day weighs 1 and the month 30. By the calendar each day is 1 ÷ the days of its own month, scaled so
    that the full cycle is 1; to stay in whole numbers a day weighs L ÷ (days of its month), L being the least common
    multiple of the lengths of the months that the cycle touches (so 1 where it touches one).

    Source: thirtieths 供电营业规则 1996 art. 84; calendar days 供电营业规则 2024.

    >>> weights = DayWeights(DayCount.CALENDAR, Span(date(2024, 6, 1), date(2024, 7, 1)))
    >>> weights.of(Span(date(2024, 6, 12), date(2024, 7, 1))), weights.whole
    (19, 30)
    """

    count: DayCount
    cycle: Span

    @property
    def whole(self) -> int:
        """What the full cycle weighs [day]."""
        return 30 if self.count is DayCount.THIRTIETH else self.of(self.cycle)

    def of(self, span: Span) -> int:
        """What the days of a span weigh [day]."""
        if self.count is DayCount.THIRTIETH:
            return span.days
        lengths = {_days_of_month(day) for day in _days(self.cycle)}
        multiple = lcm(*lengths) if len(lengths) > 1 else lengths.pop()
        return sum(multiple // _days_of_month(day) for day in _days(span))


def _days(span: Span) -> list[date]:
    return [span.start + timedelta(days=offset) for offset in range(span.days)]


def _days_of_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def billed_spans(served: Sequence[Span], cycle: Span, *, first_day: EdgeDay, last_day: EdgeDay) -> tuple[Span, ...]:
    """The billed days of something that was in service during some spans of a cycle.

    A service that starts inside the cycle is billed from its first day or the day after; one that ends inside it is not
    billed on the day it ends, or is. A service that starts or ends with the cycle has no such day.
    """
    billed = []
    for span in served:
        start, end = span.start, span.end
        assert end is not None
        if first_day is EdgeDay.FREE and start > cycle.start:
            start += timedelta(days=1)
        if last_day is EdgeDay.BILLED and cycle.end is not None and end < cycle.end:
            end += timedelta(days=1)
        if start < end:
            billed.append(Span(start, end))
    return tuple(billed)


def segment_weights(billed: Sequence[Span], segments: Sequence[Span], weights: DayWeights) -> tuple[int, ...]:
    """What the billed days weigh in each segment; together never more than the whole month.

    Something that is billed for the whole cycle weighs the whole month however it is cut: its last segment takes what
    the day count leaves.
    """
    found = []
    left = weights.whole
    for segment in segments:
        inside = [shared for span in billed if (shared := span.intersect(segment)) is not None]
        weight = min(sum(weights.of(span) for span in inside), left)
        found.append(weight)
        left -= weight
    full = len(billed) == 1 and billed[0] == weights.cycle
    if full and segments[-1].end == weights.cycle.end:
        found[-1] += left
    return tuple(found)
