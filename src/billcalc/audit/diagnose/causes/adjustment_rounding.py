"""The adjustment rounded by line or by group in place of once, or the other way round."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import ADJUSTMENT, other_conventions
from billcalc.audit.diagnose.cause import Cause, Instance, Situation, Stage

__all__ = ["ADJUSTMENT_ROUNDING"]

_OTHERS = (("power_factor.round", ("once", "line", "group")),)


def _find(situation: Situation) -> Iterator[Instance]:
    for place, values in _OTHERS:
        yield from other_conventions(situation, "adjustment_rounding", place, values, Stage.ROUNDING, ADJUSTMENT)


ADJUSTMENT_ROUNDING = Cause("adjustment_rounding", _find)
