"""What a register showed from time to time, as the energy of the intervals between."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.interval_marks import Quality

__all__ = ["Shown", "risen", "told_twice"]


class Shown(NamedTuple):
    """A value of a file.

    Attributes:
        at: the start of its interval, or its time.
        value: as an energy [kWh] or a power [kW].
        where: the place of its row.
        quality: how the file marks it.
    """

    at: datetime
    value: Decimal
    where: str
    quality: Quality


_WORST_FIRST = (Quality.ESTIMATED, Quality.SUBSTITUTED, Quality.MEASURED)
"""A difference is as good as the worse of its readings."""


def risen(shown: Sequence[Shown], width: timedelta) -> list[Shown]:
    """The energy of each interval between two readings that are a step apart [kWh]; over a gap nothing tells it.

    Args:
        shown: what the register showed, times the multiplier.
        width: the step.

    Raises:
        InvalidInput: where it fell, or showed two things at one time.
    """
    faults: list[Fault] = []
    found: list[Shown] = []
    for earlier, later in pairwise(sorted(shown, key=lambda each: (each.at, each.value))):
        rise = EXACT.subtract(later.value, earlier.value)
        if later.at == earlier.at:
            if rise:
                faults.append(told_twice(later, earlier.value))
        elif rise < 0:
            facts = {"before": decimal_text(earlier.value), "value": decimal_text(later.value)}
            faults.append(Fault(FaultCode.REGISTER_FELL, later.where, facts))
        elif later.at - earlier.at == width:
            quality = next(mark for mark in _WORST_FIRST if mark in (earlier.quality, later.quality))
            found.append(Shown(earlier.at, rise, later.where, quality))
    if faults:
        raise InvalidInput(faults)
    return found


def told_twice(shown: Shown, before: Decimal) -> Fault:
    """What is said of a time that has two values."""
    facts = {"start": shown.at.isoformat(), "before": decimal_text(before), "value": decimal_text(shown.value)}
    return Fault(FaultCode.INTERVAL_TWICE, shown.where, facts)
