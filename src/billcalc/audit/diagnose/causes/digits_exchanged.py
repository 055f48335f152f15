"""Two neighbouring digits of a reading exchanged."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Instance, Situation
from billcalc.audit.diagnose.mistaken import exchanged
from billcalc.audit.diagnose.registers import other_readings

__all__ = ["DIGITS_EXCHANGED"]


def _find(situation: Situation) -> Iterator[Instance]:
    return other_readings(situation, "digits_exchanged", exchanged)


DIGITS_EXCHANGED = Cause("digits_exchanged", _find, by_effect=True)
