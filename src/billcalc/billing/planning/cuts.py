"""Where the period is cut: at the agreement's entries, and where a price of one of its groups changes."""

from datetime import date, timedelta

from billcalc.agreement.models import Agreement
from billcalc.billing.plan import Piece
from billcalc.billing.planning.context import Context
from billcalc.billing.planning.prices import group_key
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode
from billcalc.tariff.components import PriceKey
from billcalc.tariff.documents import PRICE_KINDS
from billcalc.vocabulary import Kind

__all__ = ["cut_period"]


def cut_period(context: Context) -> tuple[Piece, ...]:
    """The pieces of the period in which neither the agreement nor a price changes.

    Raises:
        InvalidInput: where the agreement does not cover the period or its entries are not in order.
    """
    period = context.request.period.span
    entries = context.request.agreement
    starts = [entry.start for entry in entries]
    if starts != sorted(set(starts)):
        raise InvalidInput([Fault(FaultCode.READINGS_NOT_ORDERED, "/agreement", {})])
    if starts[0] > period.start:
        gap = Span(period.start, min(starts[0], period.end or starts[0]))
        raise InvalidInput([Fault(FaultCode.AGREEMENT_GAP, "/agreement", {"span": str(gap)})])
    days = {start for start in starts if start in period}
    for index, entry in enumerate(entries):
        end = entries[index + 1].start if index + 1 < len(entries) else None
        valid = Span(entry.start, end).intersect(period)
        if valid is not None:
            days.update(_price_changes(context, entry, valid))
    spans = period.cut(days)
    return tuple(Piece(span, max(i for i, start in enumerate(starts) if start <= span.start)) for span in spans)


def _price_changes(context: Context, entry: Agreement, valid: Span) -> set[date]:
    """The days inside a span on which something that one of the groups pays changes its price."""
    sheet = context.request.price_sheet
    replaced: tuple[Kind, ...] = ()
    if sheet is not None and sheet.instead_of is not None:
        replaced = sheet.instead_of
    elif sheet is not None and sheet.components:
        replaced = PRICE_KINDS
    found: set[date] = set()
    for kind in (kind for kind in PRICE_KINDS if kind not in replaced):
        if context.conventions[f"price_by.{kind}"] != "consumption_day":
            continue
        for day in context.catalog.changes(kind, context.request.area, valid):
            if any(_differs(context, kind, key, day) for key in map(group_key, entry.groups.values())):
                found.add(day)
    return found


def _differs(context: Context, kind: Kind, key: PriceKey, day: date) -> bool:
    """Whether a customer pays other components of a kind from a day on than the day before."""
    catalog, area = context.catalog, context.request.area

    def paid(on: date) -> list[object]:
        found = catalog.find(kind, area, on)
        if found is None:
            return []
        components = found.document.components
        return [each.model_dump(exclude={"label"}) for each in components if each.selector.matches(key)]

    return paid(day) != paid(day - timedelta(days=1))
