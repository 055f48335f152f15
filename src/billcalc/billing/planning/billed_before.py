"""The rows of a month that were billed before."""

from collections.abc import Sequence

from billcalc.billing.charges.tax.plan import TaxPlan
from billcalc.billing.line_name import LineName
from billcalc.billing.parts_of_month import BilledRow
from billcalc.billing.planning.case import REQUEST, Case
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import KWH, MONEY
from billcalc.tariff.catalog import InForce

__all__ = ["plan_billed_before"]


def plan_billed_before(case: Case, limits: InForce | None, taxes: Sequence[TaxPlan]) -> tuple[BilledRow, ...]:
    """What was billed before of each row, as the request tells it.

    Args:
        case: the planning state.
        limits: what is plausible, or None where no document tells.
        taxes: those that are added to the month.

    Raises:
        InvalidInput: where none of the rows is of such a tax: every part of a month was billed with it.
    """
    told = {(row.code, row.section, row.group) for row in case.request.billed_before}
    for tax in (each.name for each in (taxes if told else ())):
        if (tax.code, tax.section, tax.group) not in told:
            facts = {"reason": Reason.ROW_OF_TAX, "component": tax.code, "group": tax.group}
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/billed_before", facts)])
    change = None if limits is None else limits.document.changes
    rows: list[BilledRow] = []
    for index, row in enumerate(case.request.billed_before):
        here = f"/billed_before/{index}"
        amount = case.notes.slot(f"{here}/amount", row.amount, MONEY, Term.BILLED_BEFORE, row.code)
        kwh = None if row.kwh is None else case.notes.slot(f"{here}/kwh", row.kwh, KWH, Term.BILLED_BEFORE, row.code)
        name = LineName(row.code, None, row.section, row.group, case.request.period.span)
        alike = tuple(place for place, each in enumerate(rows) if (each.name, each.band) == (name, row.band))
        rows.append(BilledRow(name, row.band, amount, kwh, alike, change))
    if rows:
        case.notes.documents[REQUEST] = None
    return tuple(rows)
