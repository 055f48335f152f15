"""Clocks: what an area's days and hours are counted by, however a system writes its instants.

What is left out: a clock that changes to summer time has no offset of its own.
"""

from datetime import timedelta, timezone
from typing import Literal

from billcalc.fields import Offset
from billcalc.tariff.headers import Header
from billcalc.vocabulary import Kind

__all__ = ["Clock", "clock_at"]


class Clock(Header):
    """The clock of an area.

    Attributes:
        offset: what it is ahead of UTC, such as ``+08:00``.
    """

    kind: Literal[Kind.CLOCK]
    offset: Offset


def clock_at(offset: str) -> timezone:
    """The clock that is so much ahead of UTC.

    >>> str(clock_at("+08:00")), str(clock_at("-03:30"))
    ('UTC+08:00', 'UTC-03:30')
    """
    hours, minutes = int(offset[1:3]), int(offset[4:])
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(ahead if offset[0] == "+" else -ahead)
