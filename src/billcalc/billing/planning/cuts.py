"""Where the period is cut: at the agreement's entries, and where a price of one of its groups changes."""

from datetime import date, timedelta

from billcalc.agreement.models import Agreement
from billcalc.billing.plan import Piece
from billcalc.billing.planning.context import Context
from billcalc.billing.planning.prices import group_key, replaced_kinds
from billcalc.billing.planning.season_cuts import ratio_changes
from billcalc.kernel.spans import Span
from billcalc.tariff.components import PriceKey
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.vocabulary import CustomerClass, Kind, PriceBy

__all__ = ["cut_period"]


def cut_period(context: Context) -> tuple[Piece, ...]:
    """The pieces of the period in which neither the agreement nor a price changes.

    An entry that agrees on what holds already cuts nothing.
    """
    period = context.request.period.span
    entries = context.request.agreement
    places = [0]
    for place in range(1, len(entries)):
        if _terms(entries[place]) != _terms(entries[places[-1]]):
            places.append(place)
    days = {entries[place].start for place in places}
    ends = [*(entries[place].start for place in places[1:]), None]
    for place, end in zip(places, ends, strict=True):
        valid = Span(entries[place].start, end).intersect(Span(period.start, context.request.cycle.end))
        if valid is not None:
            days.update(_price_changes(context, entries[place], valid))
    return tuple(
        Piece(span, max(place for place in places if entries[place].start <= span.start)) for span in period.cut(days)
    )


def _terms(entry: Agreement) -> object:
    """What an entry agrees on; the order of its parts is no part of it."""
    points = {
        name: (point.power_factor_standard, frozenset(point.transformers))
        for name, point in entry.supply_points.items()
    }
    return (entry.groups, points, entry.basic)


def _price_changes(context: Context, entry: Agreement, valid: Span) -> set[date]:
    """The days inside a span on which something that one of the groups pays changes its price.

    Where a kind is priced by the month none of them cuts the period; but then, too, which month it is matters.
    """
    keys = list(dict.fromkeys(group_key(group) for group in entry.groups.values()))
    classes = {key.customer_class for key in keys}
    replaced = replaced_kinds(context)
    area = context.request.area
    found: set[date] = set()
    if replaced != PRICE_KINDS:
        structures = context.catalog.changes(Kind.PRICE_STRUCTURE, area, valid)
        found.update(
            day for day in structures if _made_of(context, classes, day) != _made_of(context, classes, _before(day))
        )
    for kind in (kind for kind in PRICE_KINDS if kind not in replaced):
        changed = [
            day
            for day in context.catalog.changes(kind, area, valid)
            if any(_paid(context, kind, key, day) != _paid(context, kind, key, _before(day)) for key in keys)
        ]
        if changed and context.decided_by(context.conventions.price_by[kind]) is PriceBy.CONSUMPTION_DAY:
            found.update(changed)
    return found | ratio_changes(context, keys, valid)


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _made_of(context: Context, classes: set[CustomerClass], day: date) -> object:
    found = context.catalog.find(Kind.PRICE_STRUCTURE, context.request.area, day)
    return None if found is None else [found.document.made_of.get(each) for each in sorted(classes)]


def _paid(context: Context, kind: Kind, key: PriceKey, day: date) -> list[object]:
    """What a customer pays of a kind on a day; a label is no price."""
    found = context.catalog.find(kind, context.request.area, day)
    if found is None:
        return []
    components = found.document.components
    return [each.model_copy(update={"label": None}) for each in components if each.selector.matches(key)]
