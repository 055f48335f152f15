"""A step of rounding, or what is rounded as one, that is not the area's."""

from collections.abc import Iterable, Iterator

from billcalc.audit.diagnose.adjustment import other_conventions
from billcalc.audit.diagnose.capacity import BASIC
from billcalc.audit.diagnose.cause import ANYTHING, Cause, Instance, Reach, Situation, Stage
from billcalc.audit.diagnose.documents import reach_of_floating
from billcalc.metering.models import ChildKind

__all__ = ["ROUNDING"]

_OTHERS = (
    ("kwh.round.reading", ("1", "0.01", "0.0001"), ANYTHING),
    ("levies.round_per", ("band", "total"), Reach(frozenset(("levies",)))),
    ("basic.kva_round", ("1", "0.01"), BASIC),
    ("basic.demand_round", ("1", "0.01"), BASIC),
)
_RATIO_OF, _RATIO_BANDS = ("rounded", "exact"), ("flat_rest", "shares", "each")


def _find(situation: Situation) -> Iterator[Instance]:
    for place, values, reach in _OTHERS:
        yield from _other(situation, place, values, reach)
    yield from _other(situation, "time_of_use.ratio_of", _RATIO_OF, reach_of_floating(situation))
    children = (child for _, point in situation.points() for child in point.get("children", ()))
    if any(child["kind"] == ChildKind.RATIO for child in children):  # it is of no other energy
        yield from _other(situation, "sub_meters.ratio_bands", _RATIO_BANDS, ANYTHING)


def _other(situation: Situation, place: str, values: Iterable[str], reach: Reach) -> Iterator[Instance]:
    return other_conventions(situation, "rounding", place, values, Stage.ROUNDING, reach)


ROUNDING = Cause("rounding", _find)
