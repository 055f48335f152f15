"""The total register billed in place of the bands, or the other way round."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import other_conventions
from billcalc.audit.diagnose.cause import ANYTHING, Cause, Instance, Situation, Stage

__all__ = ["ENERGY_REGISTER"]

_OTHERS = (("kwh.source", ("bands", "total")), ("kwh.remainder", ("report", "flat")))


def _find(situation: Situation) -> Iterator[Instance]:
    for place, values in _OTHERS:
        yield from other_conventions(situation, "energy_register", place, values, Stage.FACTS, ANYTHING)


ENERGY_REGISTER = Cause("energy_register", _find)
