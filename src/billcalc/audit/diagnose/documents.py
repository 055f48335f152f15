"""Other documents in place of those in force, as causes assign them."""

from collections.abc import Callable, Iterator
from typing import Any

from billcalc.audit.diagnose.cause import ANYTHING, Reach, Situation
from billcalc.billing.request import Request
from billcalc.tariff.catalog import Catalog, places_of
from billcalc.tariff.documents import Header, PriceDocument
from billcalc.tariff.kinds import PRICE_KINDS, STATED_APART
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Kind

__all__ = [
    "PRICED",
    "changed",
    "in_force",
    "in_place_of",
    "narrowed",
    "neighbours",
    "reach_of_floating",
    "reach_of_prices",
    "rules",
]

PRICED = (*PRICE_KINDS, *STATED_APART.values())
"""The kinds of document that have prices, those of households too."""


def _replaced(catalog: Catalog, change: Callable[[Header], Header | None]) -> Catalog:
    """The catalog with other documents; None leaves one out. Amendments are whole already, and stay so."""
    changed = [made for each in catalog.documents if (made := change(catalog.document(each.id) or each)) is not None]
    return Catalog(changed, version=catalog.version, areas=catalog.areas, whole=changed)


def narrowed(catalog: Catalog, area: str) -> Catalog:
    """The documents of an area and of those it lies in: a cause that makes other ones need not copy the library."""
    places = places_of(area)
    return _replaced(catalog, lambda each: each if each.area in places else None)


def changed(kind: Kind, change: Callable[[Any], Header]) -> Callable[[Catalog], Catalog]:
    """The documents of a kind as a change makes them."""
    return lambda catalog: _replaced(catalog, lambda each: change(each) if each.kind is kind else each)


def in_place_of(current: Header, other: Header) -> Callable[[Catalog], Catalog]:
    """One document with the content of another, on its own days."""
    kept = {name: getattr(current, name) for name in ("id", "effective", "seen_in_force", "supersedes")}
    stand_in = other.model_copy(update=kept)
    return lambda catalog: _replaced(catalog, lambda each: stand_in if each.id == current.id else each)


def reach_of_prices(*documents: Any) -> Reach:
    """What another price table can move: the sections of the components of both."""
    return Reach(frozenset(each.section.value for document in documents for each in document.components))


def reach_of_floating(situation: Situation) -> Reach:
    """What the ratios of bands can move: the sections of the lines on which a component floats, by whatever table."""
    if situation.request.price_sheet is not None:
        return ANYTHING
    tables = [each for each in situation.catalog.documents if isinstance(each, TimeOfUse)]
    rows = list(dict.fromkeys(row for table in tables for row in table.floats.values() if row is not None))
    documents = (each for each in situation.catalog.documents if isinstance(each, PriceDocument))
    components = [each for document in documents for each in document.components]
    lines = {each.line_code for each in components if each.is_energy and any(row.takes(each) for row in rows)}
    return Reach(frozenset(each.section.value for each in components if each.line_code in lines))


def rules(situation: Situation, kind: Kind) -> Any:
    """The document of a kind in force on the first day of the period, or None."""
    return in_force(situation.catalog, situation.request, kind)


def in_force(catalog: Catalog, request: Request, kind: Kind) -> Any:
    """The document of a kind in force on the first day of a request's period, or None."""
    found = catalog.find(kind, request.area, request.period.span.start)
    return None if found is None else found.document


def neighbours(situation: Situation, kind: Kind, places: tuple[int, ...]) -> Iterator[tuple[Header, Header]]:
    """The document of a kind in force, with each of those that are some places before or after it."""
    day = situation.request.period.span.start
    for area in places_of(situation.request.area):
        series = situation.catalog.series.get((kind, area), ())
        now = next((place for place, (span, _) in enumerate(series) if day in span), None)
        if now is None:
            continue
        for step in places:
            if 0 <= now + step < len(series):
                yield series[now][1], series[now + step][1]
        return
