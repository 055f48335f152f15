"""The first or the last day of a change billed, or not billed."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import other_conventions
from billcalc.audit.diagnose.capacity import reach_of_shares
from billcalc.audit.diagnose.cause import Cause, Instance, Situation, Stage

__all__ = ["EDGE_DAYS"]

_OTHERS = (("basic.first_day", ("billed", "free")), ("basic.last_day", ("billed", "free")))


def _find(situation: Situation) -> Iterator[Instance]:
    reach = reach_of_shares(situation)
    for place, values in _OTHERS if situation.is_cut else ():
        yield from other_conventions(situation, "edge_days", place, values, Stage.RULES, reach)


EDGE_DAYS = Cause("edge_days", _find)
