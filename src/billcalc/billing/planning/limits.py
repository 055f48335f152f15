"""What is plausible where a request is billed, by the document of it that is in force."""

from decimal import Decimal

from billcalc.billing.planning.case import Case
from billcalc.tariff.catalog import InForce
from billcalc.tariff.plausibility import DemandLimits, Plausibility

__all__ = ["cosphi_least", "limits_of"]


def limits_of(found: InForce | None) -> DemandLimits | None:
    """What is plausible of demands and of what registers show, by a document; or None."""
    if found is None:
        return None
    assert isinstance(found.document, Plausibility)
    return found.document.demand


def cosphi_least(case: Case) -> Decimal | None:
    """The power factor that hardly any customer is below [1]; None where no document tells."""
    found = case.plausible
    if found is None:
        return None
    assert isinstance(found.document, Plausibility)
    return found.document.cosphi_least
