"""One digit of a reading read as another."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Instance, Situation
from billcalc.audit.diagnose.mistaken import misread
from billcalc.audit.diagnose.registers import other_readings

__all__ = ["DIGIT"]


def _find(situation: Situation) -> Iterator[Instance]:
    return other_readings(situation, "digit", misread)


DIGIT = Cause("digit", _find, by_effect=True)
