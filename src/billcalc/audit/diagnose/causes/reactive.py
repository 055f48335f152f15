"""Reactive energy counted by other registers: the reverse one ignored, or added."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import ADJUSTMENT, other_conventions
from billcalc.audit.diagnose.cause import Cause, Instance, Situation, Stage

__all__ = ["REACTIVE"]

_OTHERS = (
    ("power_factor.reactive", (["reactive_forward"], ["reactive_forward", "reactive_reverse"], ["reactive_reverse"])),
)


def _find(situation: Situation) -> Iterator[Instance]:
    for place, values in _OTHERS:
        yield from other_conventions(situation, "reactive", place, values, Stage.FACTS, ADJUSTMENT)


REACTIVE = Cause("reactive", _find)
