"""Two neighbouring digits of a reading exchanged."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Place, Situation
from billcalc.audit.diagnose.registers import places_of_readings

__all__ = ["DIGITS_EXCHANGED"]


def _places(situation: Situation) -> Iterator[Place]:
    from billcalc.audit.diagnose.mistaken import exchanged  # which needs the packages of bulk

    return places_of_readings(situation, "digits_exchanged", exchanged)


DIGITS_EXCHANGED = Cause("digits_exchanged", places=_places)
