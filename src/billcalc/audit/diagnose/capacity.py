"""What the causes of the basic charge can move."""

from billcalc.audit.diagnose.cause import Reach
from billcalc.vocabulary import Section

__all__ = ["BASIC"]

BASIC = Reach(frozenset((Section.NETWORK_CAPACITY.value, Section.CATALOGUE.value)))
"""The basic charge, which older prices print in the section of the catalogue."""
