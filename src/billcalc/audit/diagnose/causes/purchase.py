"""Another way of purchase: the 1.5-fold price, the agency for the market."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Instance, Situation
from billcalc.audit.diagnose.terms import other_terms
from billcalc.vocabulary import Purchase

__all__ = ["PURCHASE"]


def _find(situation: Situation) -> Iterator[Instance]:
    return other_terms(situation, "purchase", "purchase", lambda terms: tuple(Purchase))


PURCHASE = Cause("purchase", _find)
