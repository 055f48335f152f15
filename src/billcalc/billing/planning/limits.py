"""What is plausible where a request is billed, by the document of it that is in force."""

from collections.abc import Mapping
from decimal import Decimal

from billcalc.billing.planning.case import Case
from billcalc.tariff.catalog import InForce
from billcalc.tariff.plausibility import DemandLimits, Plausibility, PriceRange
from billcalc.tariff.price_ranges import ranges_in

__all__ = ["cosphi_least", "limits_of", "ranges_of"]


def limits_of(found: InForce | None) -> DemandLimits | None:
    """What is plausible of demands and of what registers show, by a document; or None."""
    if found is None:
        return None
    assert isinstance(found.document, Plausibility)
    return found.document.demand


def ranges_of(limits: InForce | None, currency: str) -> Mapping[str, PriceRange]:
    """What prices in a currency lie within, by what they price; nothing where no document tells."""
    if limits is None:
        return {}
    assert isinstance(limits.document, Plausibility)
    return ranges_in(limits.document, currency)


def cosphi_least(case: Case) -> Decimal | None:
    """The power factor that hardly any customer is below [1]; None where no document tells."""
    found = case.plausible
    if found is None:
        return None
    assert isinstance(found.document, Plausibility)
    return found.document.cosphi_least
