"""The check of prices as numbers: what they lie within, what they were before, how they fall with the voltage.

The limits are data, the document of kind ``plausibility`` of the library, or of another where it has none.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.spans import Span, gaps
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import BandPrices, Component, FlatPrice, PriceNumber
from billcalc.tariff.documents import PriceDocument, PriceStructure
from billcalc.tariff.findings import Finding, FindingCode
from billcalc.tariff.kinds import MAIN_SECTIONS
from billcalc.tariff.plausibility import Bounds, Plausibility, PriceChange, PriceRange
from billcalc.tariff.price_ranges import range_of
from billcalc.tariff.price_series import SeriesPrice
from billcalc.vocabulary import Kind, Section, Voltage

__all__ = ["check_prices"]

_VOLTAGES = tuple(Voltage)


def check_prices(catalog: Catalog, limits: Catalog) -> Iterator[Finding]:
    """What is hardly meant by the prices of a library, and what of an area's prices is not there.

    Args:
        catalog: the library.
        limits: where the limits and the structure of prices are looked up that the library does not have.
    """
    for (kind, area), series in catalog.series.items():
        priced = [(span, document) for span, document in series if isinstance(document, PriceDocument)]
        for _, document in priced:
            plausible = _plausible(catalog, limits, document)
            yield from _ranges(document, {each.of: each for each in plausible.prices} if plausible else {})
            yield from _voltages(document)
            if plausible is not None and plausible.demand_to_capacity is not None:
                yield from _beside_capacity(document, plausible.demand_to_capacity)
        for (_, before), (_, document) in pairwise(priced):
            plausible = _plausible(catalog, limits, document)
            if plausible is not None and plausible.changes is not None:
                yield from _changes(before, document, plausible.changes)
        if kind is Kind.PURCHASE_PRICE:
            yield from _beside(catalog, limits, area, priced)


def _plausible(catalog: Catalog, limits: Catalog, document: PriceDocument) -> Plausibility | None:
    for each in (catalog, limits):
        found = each.find(Kind.PLAUSIBILITY, document.area, document.start)
        if found is not None:
            assert isinstance(found.document, Plausibility)
            return found.document
    return None


class _Price(NamedTuple):
    """A price and where it stands; ``key`` is of what is priced."""

    number: PriceNumber
    path: tuple[int | str, ...]
    key: tuple[object, ...]
    component: Component


def _prices(document: PriceDocument) -> Iterator[_Price]:
    for place, component in enumerate(document.components):
        key = (component.code, component.selector)
        price = component.price
        if isinstance(price, FlatPrice):
            yield _Price(price.flat, ("components", place, "price"), (*key, ""), component)
        elif isinstance(price, BandPrices):
            for band, number in price.bands.items():
                path = ("components", place, "price", "bands", band.value)
                yield _Price(number, path, (*key, band.value), component)
        elif isinstance(price, SeriesPrice) and price.series.mean is not None:
            path = ("components", place, "price", "series", "values")
            yield _Price(PriceNumber(official=price.series.mean), path, (*key, ""), component)


def _ranges(document: PriceDocument, ranges: Mapping[str, PriceRange]) -> Iterator[Finding]:
    for price in _prices(document):
        limit = range_of(price.component, document.components, ranges)
        if limit is not None and not limit.least <= price.number.value <= limit.most:
            facts = {"price": decimal_text(price.number.value), "quantity": limit.of, "unit": limit.unit}
            facts["range"] = f"{decimal_text(limit.least)}..{decimal_text(limit.most)}"
            yield Finding(FindingCode.PRICE_IMPLAUSIBLE, document.id, price.path, facts)


def _changes(before: PriceDocument, document: PriceDocument, changes: PriceChange) -> Iterator[Finding]:
    """Prices that are far from what the document before has for the same customers."""
    known = {price.key: price.number.value for price in _prices(before)}
    for price in _prices(document):
        was, now = known.get(price.key), price.number.value
        least = changes.energy if price.component.is_energy else changes.capacity
        if was is not None and abs(now - was) > max(abs(was) * changes.share, least):
            facts = {"price": decimal_text(now), "before": decimal_text(was), "other": before.id}
            facts["component"] = price.component.code
            yield Finding(FindingCode.PRICE_CHANGED_MUCH, document.id, price.path, facts)


def _beside_capacity(document: PriceDocument, bounds: Bounds) -> Iterator[Finding]:
    """Prices of demand that are hardly beside the price of capacity of the same customers."""
    capacity = {each.key[1:]: each for each in _prices(document) if each.component.quantity == "capacity_kva"}
    for price in _prices(document):
        other = capacity.get(price.key[1:]) if price.component.quantity == "demand_kw" else None
        if other is not None:
            per_kw, per_kva = price.number.value, other.number.value
            if not per_kva * bounds.least <= per_kw <= per_kva * bounds.most:
                facts = {"price": decimal_text(per_kw), "capacity": decimal_text(per_kva)}
                facts["range"] = f"{decimal_text(bounds.least)}..{decimal_text(bounds.most)}"
                yield Finding(FindingCode.DEMAND_BESIDE_CAPACITY, document.id, price.path, facts)


def _voltages(document: PriceDocument) -> Iterator[Finding]:
    """Prices of the network that rise with the voltage: who takes from a higher one uses less of the network."""
    if document.kind is not Kind.NETWORK_PRICE:
        return
    steps: dict[object, list[_Price]] = {}
    for price in _prices(document):
        selector = price.component.selector
        if selector.voltage and price.component.section in (Section.NETWORK_ENERGY, Section.NETWORK_CAPACITY):
            rest = selector.model_copy(update={"voltage": ()})
            steps.setdefault((price.component.code, rest, price.key[-1]), []).append(price)
    for prices in steps.values():
        for lower, higher in combinations(sorted(prices, key=_lowest), 2):
            if higher.number.value > lower.number.value and _lowest(higher) > _lowest(lower):
                facts = {"component": higher.component.code, "price": decimal_text(higher.number.value)}
                facts |= {"voltage": str(_VOLTAGES[_lowest(higher)]), "other": str(_VOLTAGES[_lowest(lower)])}
                facts["below"] = decimal_text(lower.number.value)
                yield Finding(FindingCode.VOLTAGE_NOT_FALLING, document.id, higher.path, facts)


def _lowest(price: _Price) -> int:
    return min(_VOLTAGES.index(voltage) for voltage in price.component.selector.voltage)


def _beside(
    catalog: Catalog, limits: Catalog, area: str, purchases: Sequence[tuple[Span, PriceDocument]]
) -> Iterator[Finding]:
    """Kinds that make up a price together with the purchase price, and are not there on all of its days."""
    nation = area.partition("-")[0]
    for span, document in purchases:
        end = document.seen_in_force.last if document.seen_in_force is not None and span.end is None else span.end
        if end is None or end <= span.start:
            continue
        days = Span(span.start, end)
        wanted = _kinds_of(catalog, limits, area, days) - _in_totals(document)
        for kind in sorted(wanted):
            told = [each for place in (area, nation) for each, _ in catalog.during(kind, place, days)]
            lacking = gaps(told, within=days)
            if lacking:
                facts = {"kind": kind.value, "days": ", ".join(map(str, lacking))}
                yield Finding(FindingCode.AREA_INCOMPLETE, document.id, (), facts)


def _in_totals(document: PriceDocument) -> set[Kind]:
    """The kinds that nobody needs beside a document, for whatever energy it prices is a total with them in it."""
    told = [set(each.supplies) for each in document.components if each.is_energy]
    return {
        kind for kind, sections in MAIN_SECTIONS.items() if told and all(each.issuperset(sections) for each in told)
    }


def _kinds_of(catalog: Catalog, limits: Catalog, area: str, days: Span) -> set[Kind]:
    """The kinds that make up the price of some class together with the purchase price."""
    for each in (catalog, limits):
        found = each.find(Kind.PRICE_STRUCTURE, area, days.start)
        if found is not None:
            assert isinstance(found.document, PriceStructure)
            made_of = [set(kinds) for kinds in found.document.made_of.values() if Kind.PURCHASE_PRICE in kinds]
            return set().union(*made_of) - {Kind.PURCHASE_PRICE}
    return set()
