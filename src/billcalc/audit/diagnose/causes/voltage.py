"""The prices of another voltage."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Instance, Situation
from billcalc.audit.diagnose.terms import other_terms
from billcalc.vocabulary import Voltage

__all__ = ["VOLTAGE"]


def _find(situation: Situation) -> Iterator[Instance]:
    return other_terms(situation, "voltage", "voltage", lambda terms: tuple(Voltage))


VOLTAGE = Cause("voltage", _find)
