"""The total billed for the bands, or bands for a customer without time of use."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import Cause, Instance, Situation
from billcalc.audit.diagnose.terms import other_terms

__all__ = ["BANDS_IGNORED"]


def _find(situation: Situation) -> Iterator[Instance]:
    return other_terms(situation, "bands_ignored", "time_of_use", lambda terms: (not terms["time_of_use"],))


BANDS_IGNORED = Cause("bands_ignored", _find)
