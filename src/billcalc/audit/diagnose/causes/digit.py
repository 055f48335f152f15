"""One digit of a reading read as another."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Place, Situation
from billcalc.audit.diagnose.registers import places_of_readings

__all__ = ["DIGIT"]


def _places(situation: Situation) -> Iterator[Place]:
    from billcalc.audit.diagnose.mistaken import misread  # which needs the packages of bulk

    return places_of_readings(situation, "digit", misread)


DIGIT = Cause("digit", places=_places)
