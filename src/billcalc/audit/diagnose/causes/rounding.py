"""A step of rounding, or what is rounded as one, that is not the area's."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import other_conventions
from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import ANYTHING, Cause, Instance, Reach, Situation, Stage

__all__ = ["ROUNDING"]

_OTHERS = (
    ("kwh.round.reading", ("1", "0.01", "0.0001"), ANYTHING),
    ("levies.round_per", ("band", "total"), Reach(frozenset(("levies",)))),
    ("basic.kva_round", ("1", "0.01"), BASIC),
    ("basic.demand_round", ("1", "0.01"), BASIC),
    ("time_of_use.ratio_of", ("rounded", "exact"), ANYTHING),
    ("sub_meters.ratio_bands", ("flat_rest", "shares", "each"), ANYTHING),
)


def _find(situation: Situation) -> Iterator[Instance]:
    for place, values, reach in _OTHERS:
        yield from other_conventions(situation, "rounding", place, values, Stage.ROUNDING, reach)


ROUNDING = Cause("rounding", _find)
