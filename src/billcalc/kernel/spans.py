"""Half-open spans of dates ``[start, end)``; an end of ``None`` is open, and only there is ``None`` a date."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

__all__ = ["Span", "gaps", "months_from", "overlaps"]

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``start`` (in) to ``end`` (out).

    Raises:
        ValueError: when the end is not after the start.

    >>> Span(date(2024, 6, 12), date(2024, 7, 1)).days
    19
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"a span must end after it starts: {self.start} to {self.end}")

    def __str__(self) -> str:
        return f"{self.start}/{self.end or '..'}"

    def __contains__(self, day: object) -> bool:
        assert isinstance(day, date)
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def days(self) -> int:
        """The number of days [day]; only a closed span has one."""
        assert self.end is not None, "an open span has no number of days"
        return (self.end - self.start).days

    def intersect(self, other: "Span") -> "Span | None":
        """The days in both, or None when there are none."""
        start = max(self.start, other.start)
        end = self.end if other.end is None else other.end if self.end is None else min(self.end, other.end)
        if end is not None and end <= start:
            return None
        return Span(start, end)

    def covers(self, other: "Span") -> bool:
        """Whether every day of the other span is in this one."""
        return self.intersect(other) == other

    def cut(self, days: Iterable[date]) -> "tuple[Span, ...]":
        """The span cut before each of the days that lies inside it; the parts follow one another and make the whole."""
        inside = sorted({day for day in days if day in self and day != self.start})
        starts = [self.start, *inside]
        ends = [*inside, self.end]
        return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


def gaps(spans: Iterable[Span], *, within: Span) -> tuple[Span, ...]:
    """The parts of ``within`` that no span covers, in order."""
    found: list[Span] = []
    free_from: date | None = within.start
    for span in sorted((s for s in spans if s.intersect(within)), key=lambda s: s.start):
        if free_from is None:
            break
        if span.start > free_from:
            found.append(Span(free_from, span.start))
        free_from = None if span.end is None else max(free_from, span.end)
    if free_from is not None and (within.end is None or free_from < within.end):
        found.append(Span(free_from, within.end))
    return tuple(found)


def months_from(day: date) -> tuple[date, ...]:
    """Where a month that begins on a day ends: on that day of the next month, or on the last where it has none.

    One that begins on the last day of a month may end on the last day of the next, too.

    >>> [str(each) for each in months_from(date(2024, 2, 29))]
    ['2024-03-29', '2024-03-31']
    """
    first = day.replace(day=monthrange(day.year, day.month)[1]) + timedelta(days=1)
    days = monthrange(first.year, first.month)[1]
    same, last = first.replace(day=min(day.day, days)), first.replace(day=days)
    return (same, last) if first - day == timedelta(days=1) and same != last else (same,)


def overlaps(items: Sequence[tuple[Span, _Item]]) -> tuple[tuple[_Item, _Item, Span], ...]:
    """Each pair of items whose spans share days, with the shared days, in the order of the items.

    Each span meets those that start before it ends, so items that follow one another are not compared all with all.
    """
    by_start = sorted(range(len(items)), key=lambda index: items[index][0].start)
    met: list[tuple[int, int]] = []
    for place, index in enumerate(by_start):
        end = items[index][0].end
        for other in by_start[place + 1 :]:
            if end is not None and items[other][0].start >= end:
                break
            met.append((min(index, other), max(index, other)))
    found = []
    for first, second in sorted(met):
        shared = items[first][0].intersect(items[second][0])
        assert shared is not None, "a span that starts before another ends, and after it starts, meets it"
        found.append((items[first][1], items[second][1], shared))
    return tuple(found)
