"""Sub-meters taken off in another order, or in other shares of the bands."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import other_conventions
from billcalc.audit.diagnose.cause import ANYTHING, Cause, Instance, Situation, Stage

__all__ = ["SUB_METER_ORDER"]

_OTHERS = (
    ("sub_meters.order", (["fixed", "ratio", "meter"], ["ratio", "fixed", "meter"], ["meter", "fixed", "ratio"])),
    ("sub_meters.ratio_of", ("reading", "after_fixed")),
    ("sub_meters.from_bands", ("shares", "flat_rest", "flat_first")),
)


def _find(situation: Situation) -> Iterator[Instance]:
    has_children = any(point.get("children") for _, point in situation.points())
    for place, values in _OTHERS if has_children else ():
        yield from other_conventions(situation, "sub_meter_order", place, values, Stage.LOSSES, ANYTHING)


SUB_METER_ORDER = Cause("sub_meter_order", _find)
