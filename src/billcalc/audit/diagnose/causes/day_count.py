"""Thirtieths of a month in place of its calendar days, or the other way round."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import other_conventions
from billcalc.audit.diagnose.capacity import reach_of_shares
from billcalc.audit.diagnose.cause import Cause, Instance, Situation, Stage

__all__ = ["DAY_COUNT"]

_OTHERS = (("basic.days", ("thirtieth", "calendar")),)


def _find(situation: Situation) -> Iterator[Instance]:
    reach = reach_of_shares(situation)
    for place, values in _OTHERS if situation.is_cut else ():
        yield from other_conventions(situation, "day_count", place, values, Stage.RULES, reach)


DAY_COUNT = Cause("day_count", _find)
