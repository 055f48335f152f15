"""Groups of two parts that are told to pay one: an exemption that the customer has, or a slip of the pen."""

from billcalc.agreement.models import BasicMode
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.prices import paid_in
from billcalc.billing.request import Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity
from billcalc.tariff.components import BASIC
from billcalc.vocabulary import Billing, Section

__all__ = ["doubt_exemption"]


def doubt_exemption(case: Case, piece: int) -> None:
    """Doubt the mode ``exempt`` of a group whose price has a basic charge, with the money of that charge by capacity.

    A group of which a given line tells the charge, and one that is said not to pay it (``not_charged``), is exempt.
    """
    entry, sheet = case.agreement_of(piece), case.request.price_sheet
    if entry.basic.mode is not BasicMode.EXEMPT:
        return
    for group in (name for name, terms in entry.groups.items() if terms.billing is Billing.TWO_PART):
        basic = {each.component.code for each in paid_in(case, group, piece) if each.component.priced_by in BASIC}
        if not basic or basic & case.supplied[group]:
            continue
        if sheet is not None and Section.NETWORK_CAPACITY in sheet.not_charged:
            case.notes.ask(f"/price_sheet/not_charged/{Section.NETWORK_CAPACITY.value}")
            continue
        where = f"/agreement/{case.pieces[piece].agreement}/basic/mode"
        noted = case.notes.note(Problem(ProblemCode.BASIC_EXEMPT, Severity.DOUBT, where, {"group": group}))
        case.notes.doubt(noted, OtherReading(Reading.BY_CAPACITY, request=_by_capacity))


def _by_capacity(request: Request) -> Request:
    """A request that is billed by capacity wherever it is told to be exempt."""
    by_capacity = {"mode": BasicMode.CAPACITY}
    entries = (
        entry.model_copy(update={"basic": entry.basic.model_copy(update=by_capacity)})
        if entry.basic.mode is BasicMode.EXEMPT
        else entry
        for entry in request.agreement
    )
    return request.model_copy(update={"agreement": tuple(entries)})
