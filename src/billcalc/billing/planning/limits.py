"""What is plausible where a request is billed: the document of it that is in force, and what it says."""

from decimal import Decimal

from billcalc.billing.planning.case import Case
from billcalc.tariff.catalog import InForce
from billcalc.tariff.plausibility import DemandLimits, Plausibility
from billcalc.vocabulary import Kind

__all__ = ["cosphi_least", "limits_in_force", "limits_of"]


def limits_in_force(case: Case) -> InForce | None:
    """The document of what is plausible at the start of the period; None where there is none."""
    return case.catalog.find(Kind.PLAUSIBILITY, case.request.area, case.request.period.span.start)


def limits_of(found: InForce | None) -> DemandLimits | None:
    """What is plausible of demands and of what registers show, by a document; or None."""
    if found is None:
        return None
    assert isinstance(found.document, Plausibility)
    return found.document.demand


def cosphi_least(case: Case) -> Decimal | None:
    """The power factor that hardly any customer is below [1]; None where no document tells."""
    found = limits_in_force(case)
    if found is None:
        return None
    assert isinstance(found.document, Plausibility)
    return found.document.cosphi_least
