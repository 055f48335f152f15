"""One-part prices for a two-part customer, or the other way round."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Instance, Situation
from billcalc.audit.diagnose.terms import other_terms
from billcalc.vocabulary import Billing

__all__ = ["BILLING_PARTS"]


def _find(situation: Situation) -> Iterator[Instance]:
    return other_terms(situation, "billing_parts", "billing", lambda terms: tuple(Billing))


BILLING_PARTS = Cause("billing_parts", _find)
