"""Where the period is cut: at the agreement's entries, and where a price of one of its groups changes."""

from datetime import date, timedelta

from billcalc.agreement.models import Agreement
from billcalc.billing.piece import Piece
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.prices import group_key, replaced_kinds
from billcalc.billing.planning.season_cuts import ratio_changes
from billcalc.kernel.spans import Span
from billcalc.tariff.components import PriceKey
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.vocabulary import CustomerClass, Kind, PriceBy

__all__ = ["cut_period"]


def cut_period(case: Case) -> tuple[Piece, ...]:
    """The pieces of the period in which neither the agreement nor a price changes.

    An entry that agrees on what holds already cuts nothing.
    """
    period = case.request.period.span
    entries = case.request.agreement
    places = [0]
    for place in range(1, len(entries)):
        if _terms(entries[place]) != _terms(entries[places[-1]]):
            places.append(place)
    days = {entries[place].start for place in places}
    ends = [*(entries[place].start for place in places[1:]), None]
    for place, end in zip(places, ends, strict=True):
        valid = Span(entries[place].start, end).intersect(Span(period.start, case.request.cycle.end))
        if valid is not None:
            days.update(_price_changes(case, entries[place], valid))
    days.update(case.changes.days())
    holding = [
        (span, max(place for place in places if entries[place].start <= span.start)) for span in period.cut(days)
    ]
    return tuple(Piece(span, place, place) for span, place in holding)


def _terms(entry: Agreement) -> object:
    """What an entry agrees on; the order of its parts is no part of it."""
    points = {
        name: (
            point.power_factor_standard,
            frozenset(point.transformers),
            frozenset(map(frozenset, point.interlocked)),
            frozenset(map(frozenset, point.mutual_standby)),
        )
        for name, point in entry.supply_points.items()
    }
    return (entry.groups, points, entry.basic)


def _price_changes(case: Case, entry: Agreement, valid: Span) -> set[date]:
    """The days inside a span on which something that one of the groups pays changes its price.

    Where a kind is priced by the month none of them cuts the period; but then, too, which month it is matters.
    """
    keys = list(dict.fromkeys(group_key(group) for group in entry.groups.values()))
    classes = {key.customer_class for key in keys}
    replaced = replaced_kinds(case)
    area = case.request.area
    found: set[date] = set()
    if replaced != PRICE_KINDS:
        structures = case.catalog.changes(Kind.PRICE_STRUCTURE, area, valid)
        found.update(day for day in structures if _made_of(case, classes, day) != _made_of(case, classes, _before(day)))
    for kind in (kind for kind in PRICE_KINDS if kind not in replaced):
        changed = [
            day
            for day in case.catalog.changes(kind, area, valid)
            if any(_paid(case, kind, key, day) != _paid(case, kind, key, _before(day)) for key in keys)
        ]
        if changed and case.notes.decided_by(case.conventions.price_by[kind]) is PriceBy.CONSUMPTION_DAY:
            found.update(changed)
    return found | ratio_changes(case, keys, valid)


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _made_of(case: Case, classes: set[CustomerClass], day: date) -> object:
    found = case.catalog.find(Kind.PRICE_STRUCTURE, case.request.area, day)
    return None if found is None else [found.document.made_of.get(each) for each in sorted(classes)]


def _paid(case: Case, kind: Kind, key: PriceKey, day: date) -> list[object]:
    """What a customer pays of a kind on a day; a label is no price."""
    matching = case.catalog.matching(kind, area=case.request.area, key=key, day=day)
    return [each.component.model_copy(update={"label": None}) for each in matching]
