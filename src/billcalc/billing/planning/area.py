"""Whether there is such an area, which money is its, and whether its tariffs are those of a day."""

from decimal import Decimal

from billcalc.billing.planning.case import Case
from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import AREAS, Kind, nearest_areas

__all__ = ["check_area", "currency_of", "note_known_on", "tax_inside_of"]


def check_area(request: Request, catalog: Catalog) -> None:
    """Find an area that is neither the library's, nor the tariffs' at hand, nor the request's own.

    Raises:
        InvalidInput: where there is none, or the request brings one that is listed.
    """
    own = request.own_area
    if own is None:
        if request.area not in AREAS and request.area not in catalog.areas:
            facts = {"area": request.area, "nearest": nearest_areas(request.area)}
            raise InvalidInput([Fault(FaultCode.UNKNOWN_AREA, "/area", facts)])
        return
    if request.area in AREAS:
        facts = {"reason": Reason.KNOWN_AREA, "area": request.area}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/own_area", facts)])


def currency_of(request: Request, catalog: Catalog) -> str:
    """The currency of a bill: that of the request's own area, or that of the area's prices."""
    if request.own_area is not None:
        return request.own_area.currency
    return catalog.currency(request.area, request.period.span.start)


def tax_inside_of(request: Request, catalog: Catalog) -> Decimal | None:
    """The rate of the tax that amounts contain [1]; None where nothing tells it, or prices are of the request."""
    if request.own_area is not None or request.price_sheet is not None:
        return None
    found = catalog.find(Kind.PRICE_STRUCTURE, request.area, request.period.span.start)
    return None if found is None else found.document.tax_inside


def note_known_on(case: Case) -> None:
    """Note a day that the tariffs are wanted of and that is after the last of them was recorded: it pins nothing."""
    area, day = case.request.area, case.request.tariff_set.as_known_on
    last, where = case.catalog.last_recorded(area), "/tariff_set/as_known_on"
    if day is not None and last is None:
        facts = {"key": "tariff_set.as_known_on"}
        case.notes.note(Problem(ProblemCode.STATED_WITHOUT_EFFECT, Severity.NOTE, where, facts))
    elif day is not None and last is not None and day > last:
        facts = {"area": area, "last": str(last), "day": str(day)}
        case.notes.note(Problem(ProblemCode.KNOWN_LATER, Severity.NOTE, where, facts))
