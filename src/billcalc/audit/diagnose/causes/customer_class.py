"""The prices of another class."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Instance, Situation
from billcalc.audit.diagnose.terms import other_terms
from billcalc.vocabulary import CustomerClass

__all__ = ["CUSTOMER_CLASS"]


def _find(situation: Situation) -> Iterator[Instance]:
    return other_terms(situation, "customer_class", "class", lambda terms: tuple(CustomerClass))


CUSTOMER_CLASS = Cause("customer_class", _find)
