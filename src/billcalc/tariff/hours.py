"""Hours of the day: from a time (in) to a time (out), on full and half hours."""

import re
from collections.abc import Iterable
from typing import Annotated, NamedTuple, NoReturn

from pydantic import BeforeValidator, WithJsonSchema

from billcalc.fields import fault_error
from billcalc.fields.shown import quoted
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason

__all__ = ["DAY_MINUTES", "SLOT_MINUTES", "Hours", "HoursOfDay", "hours_text"]

DAY_MINUTES = 24 * 60
SLOT_MINUTES = 30
"""The bands of all known notices change on a full or a half hour [min]."""

_WRITTEN = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")


class Hours(NamedTuple):
    """Minutes of the day, from the first (in) to the last (out).

    >>> str(Hours(7 * 60, 11 * 60 + 30))
    '07:00-11:30'
    """

    start: int
    end: int

    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end)}"

    def shares(self, other: "Hours") -> "Hours | None":
        """The minutes in both, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Hours(start, end) if start < end else None


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _hours(raw: object) -> object:
    found = _WRITTEN.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        _refuse(Reason.HOURS_FORM, raw)
    start, end = _minute(found[1], found[2], raw), _minute(found[3], found[4], raw)
    if end <= start:
        _refuse(Reason.HOURS_REVERSED, raw)
    return Hours(start, end)


def _minute(hour: str, minute: str, raw: object) -> int:
    found = int(hour) * 60 + int(minute)
    if int(minute) > 59 or found > DAY_MINUTES:
        raise fault_error(FaultCode.OUT_OF_RANGE, value=f"{hour}:{minute}", range="00:00..24:00")
    if found % SLOT_MINUTES:
        _refuse(Reason.HOURS_OFF_GRID, raw)
    return found


def _refuse(reason: Reason, raw: object) -> NoReturn:
    raise fault_error(FaultCode.WRONG_TYPE, reason=reason, value=quoted(raw))


_CLOCK = "([01][0-9]:[03]0|2[0-3]:[03]0|24:00)"

HoursOfDay = Annotated[
    Hours, BeforeValidator(_hours), WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK}-{_CLOCK}$"})
]
"""Hours of one day, written ``HH:MM-HH:MM``; 24:00 is the end of the day."""


def hours_text(slots: Iterable[int]) -> str:
    """The hours that some half hours of the day make up, neighbours joined.

    >>> hours_text([0, 1, 47])
    '00:00-01:00, 23:30-24:00'
    """
    joined: list[Hours] = []
    for slot in sorted(slots):
        start, end = slot * SLOT_MINUTES, (slot + 1) * SLOT_MINUTES
        if joined and joined[-1].end == start:
            start = joined.pop().start
        joined.append(Hours(start, end))
    return ", ".join(str(hours) for hours in joined)
