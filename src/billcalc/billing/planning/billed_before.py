"""The rows of a month that were billed before."""

from billcalc.billing.line_name import LineName
from billcalc.billing.parts_of_month import BilledRow
from billcalc.billing.planning.case import REQUEST, Case
from billcalc.kernel.terms import Term
from billcalc.kernel.units import KWH, MONEY
from billcalc.tariff.plausibility import PriceChange

__all__ = ["plan_billed_before"]


def plan_billed_before(case: Case, change: PriceChange | None) -> tuple[BilledRow, ...]:
    """What was billed before of each row, as the request tells it.

    Args:
        case: the planning state.
        change: by how much prices hardly change from one month to the next; None where no document tells.
    """
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
