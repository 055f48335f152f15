"""The heads of a table that has a row for each day: which hour each of its columns is of.

Heads decide, and not the order of the columns: a program that sorts them as texts puts 10:00 behind 1:00.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd

from billcalc.fields.instants import STEPS
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["DayColumns", "day_columns"]

_MINUTES_OF_DAY = 1440
_COUNTS = tuple(sorted(_MINUTES_OF_DAY // step for step in STEPS))
_LONG_DAYS = {count * 25 // 24: count for count in _COUNTS}
"""How many intervals a day of 25 hours has, by those of one of 24."""
_TIME = r"(\d{1,2})(?::(\d\d)(?::00)?|[时点](?:(\d\d)分)?)"
_CLOCK = re.compile(rf"{_TIME}(?:\s*[-~至]\s*{_TIME})?|(\d\d)(\d\d)", re.ASCII)
_NUMBER = re.compile(r"(\D{0,20}?)[ _]?(\d{1,3})", re.ASCII)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class DayColumns:
    """The columns of the intervals of a day.

    Attributes:
        step: the length of an interval [min].
        starts: the place of each column, and the minute of the day at which its interval starts.
        is_ends: whether the heads are the ends of their intervals.
        is_numbered: whether the heads are numbers and no times.
        beyond: the columns of a day of 25 hours that one of 24 does not have, in their order.
    """

    step: int
    starts: Mapping[int, int]
    is_ends: bool = False
    is_numbered: bool = False
    beyond: tuple[int, ...] = ()

    @property
    def by_start(self) -> list[tuple[int, int]]:
        """The minute of the day and the place of each column, in the order of the day."""
        return sorted((start, column) for column, start in self.starts.items())


def day_columns(header: Sequence[str], where: str, *, ends: bool) -> DayColumns:
    """Find the columns of the intervals of a day.

    Heads are times (0:00, 00:15, 1时, 0000, or from one to another) or the numbers of the intervals, from 0 or from 1
    on, perhaps behind a word (h1). Columns with other heads are none of these.

    Args:
        header: the heads.
        where: the place of the header.
        ends: whether heads are said to be the ends of their intervals; those up to 24:00 are without being told.

    Raises:
        InvalidInput: where they do not make a day.
    """
    marks = _clock_marks(header)
    beyond: tuple[int, ...] = ()
    is_numbered = not marks
    if marks:
        apart = gcd(_MINUTES_OF_DAY, *marks.values())
        step = apart if apart in STEPS else max(STEPS)
    else:
        numbers, beyond = _without_long_day(_numbers(header))
        step = _MINUTES_OF_DAY // next(count for count in _COUNTS if count >= max(numbers.values(), default=0))
        marks = {column: number * step for column, number in numbers.items()}
    told = set(marks.values())
    starts = set(range(0, _MINUTES_OF_DAY, step))
    is_ends = _MINUTES_OF_DAY in told and 0 not in told
    wanted = {start + step for start in starts} if is_ends or ends else starts
    if told != wanted or len(marks) != len(told):
        raise InvalidInput([Fault(FaultCode.HOURS_OF_DAY, where, _facts(header, marks, wanted))])
    by_start = {column: mark - step if wanted != starts else mark for column, mark in marks.items()}
    return DayColumns(step, by_start, wanted != starts, is_numbered, beyond)


def _facts(header: Sequence[str], marks: Mapping[int, int], wanted: set[int]) -> dict[str, str]:
    """What of the day is missing, stands twice or is no time of it."""
    counts = Counter(marks.values())
    missing = [_shown(mark) for mark in sorted(wanted - set(counts))]
    odd = [_shown(mark) for mark, count in sorted(counts.items()) if count > 1 or mark not in wanted]
    others = [head for column, head in enumerate(header) if column not in marks and head != "date"]
    found = {"missing": missing, "twice": odd, "others": others}
    return {what: ", ".join(each[:_SHOWN]) + " …" * (len(each) > _SHOWN) or "–" for what, each in found.items()}


def _shown(mark: int) -> str:
    return f"{mark // 60}:{mark % 60:02}"


def _clock_marks(header: Sequence[str]) -> dict[int, int]:
    """By column the minute of the day that its head tells."""
    found: dict[int, int] = {}
    for column, head in enumerate(header):
        match = _CLOCK.fullmatch(unicodedata.normalize("NFKC", head))
        if match is None:
            continue
        hour, minute = match[1] or match[7], match[2] or match[3] or match[8] or "0"
        mark = int(hour) * 60 + int(minute)
        if int(minute) < 60 and mark <= _MINUTES_OF_DAY:
            found[column] = mark
    return found


def _numbers(header: Sequence[str]) -> dict[int, int]:
    """By column the number that its head tells, of those that have the same word before it."""
    by_word: dict[str, dict[int, int]] = {}
    for column, head in enumerate(header):
        match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", head))
        if match is not None and int(match[2]) <= max(_LONG_DAYS):
            by_word.setdefault(match[1].casefold(), {})[column] = int(match[2])
    return max(by_word.values(), key=len, default={})


def _without_long_day(numbers: Mapping[int, int]) -> tuple[Mapping[int, int], tuple[int, ...]]:
    """The numbers of a day of 24 hours, and the columns of those that only one of 25 hours has, in their order."""
    first, last = min(numbers.values(), default=0), max(numbers.values(), default=0)
    count = _LONG_DAYS.get(last - first + 1) if first in (0, 1) else None
    if count is None:
        return numbers, ()
    beyond = sorted((number, column) for column, number in numbers.items() if number - first >= count)
    return {column: number for column, number in numbers.items() if number - first < count}, tuple(
        column for _, column in beyond
    )
