"""How a case is opened: the request is checked, its period cut into pieces, its scopes found."""

from dataclasses import replace

from billcalc.billing.planning.area import check_area, note_known_on
from billcalc.billing.planning.case import REQUEST, Case, last_day, refuse
from billcalc.billing.planning.changes import check_orders, hold_terms
from billcalc.billing.planning.checks import check_dates, check_prices, check_references
from billcalc.billing.planning.cuts import cut_period
from billcalc.billing.planning.notes import Notes
from billcalc.billing.planning.scopes import find_scopes
from billcalc.billing.planning.standing import read_changes, stand
from billcalc.billing.request import Request
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.catalog import Catalog, InForce
from billcalc.tariff.documents import ConventionsDocument
from billcalc.tariff.resolved_conventions import ResolvedConventions, resolve_conventions
from billcalc.vocabulary import Kind

__all__ = ["open_case"]


def open_case(request: Request, catalog: Catalog) -> Case:
    """The case of a request.

    Raises:
        InvalidInput: where the request contradicts itself.
        Refused: where it cannot be billed.
    """
    check_dates(request)
    check_area(request, catalog)
    case = _uncut(request, catalog)
    note_known_on(case)
    case = replace(case, changes=read_changes(case))
    case = replace(case, pieces=hold_terms(case, cut_period(case)))
    check_references(case)
    check_prices(case)
    check_orders(case)
    case = replace(case, standings=stand(case))
    return replace(case, scopes=find_scopes(case))


def _uncut(request: Request, catalog: Catalog) -> Case:
    changes = catalog.changes(Kind.CONVENTIONS, request.area, request.period.span)
    if changes:
        facts = {"what": Reason.CONVENTIONS_CHANGE, "area": request.area, "day": str(changes[0])}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/period", **facts)
    found = catalog.find(Kind.CONVENTIONS, request.area, request.period.start)
    return Case(request, catalog, _conventions(request, found), Notes(last_day(request.period.span), found))


def _conventions(request: Request, found: InForce | None) -> ResolvedConventions:
    if found is None:
        return resolve_conventions((request.conventions, REQUEST))
    document: ConventionsDocument = found.document
    if not request.conventions.stated:
        return document.resolved
    return resolve_conventions((request.conventions, REQUEST), (document.conventions, found.source))
