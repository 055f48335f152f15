"""What the causes of the basic charge can move."""

from billcalc.audit.diagnose.cause import ANYTHING, Reach, Situation
from billcalc.vocabulary import Section

__all__ = ["BASIC", "reach_of_transformers"]

BASIC = Reach(frozenset((Section.NETWORK_CAPACITY.value, Section.CATALOGUE.value)))
"""The basic charge, which older prices print in the section of the catalogue."""


def reach_of_transformers(situation: Situation) -> Reach:
    """What transformers can move: the basic charge, and where their losses are billed all that is made of energy."""
    return ANYTHING if any(point.get("losses") for _, point in situation.points()) else BASIC
