"""The check of price components: alone, and beside the others that the same customer pays."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from billcalc.kernel.spans import Span, overlaps
from billcalc.tariff.alike import charge_alike
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import BASIC, BandPrices, Component, Selector
from billcalc.tariff.documents import PriceDocument, PriceStructure
from billcalc.tariff.findings import Finding, FindingCode
from billcalc.vocabulary import BANDS, Band, CustomerClass, Kind, Section

__all__ = ["check_components"]


class _Row(NamedTuple):
    """A component and where it stands."""

    document: PriceDocument
    number: int
    component: Component

    def path(self, *keys: str) -> tuple[int | str, ...]:
        return ("components", self.number, *keys)

    def seen_from(self, other: "_Row") -> str:
        """How a finding of another component names this one."""
        own = f"/components/{self.number}"
        return own if other.document is self.document else f"{self.document.id}#{own}"


class _Pair(NamedTuple):
    """Two components that some customer pays on some day."""

    first: _Row
    second: _Row


def check_components(catalog: Catalog) -> Iterator[Finding]:
    """What is found of the components of every price document that is in force at some time."""
    dated = [
        (span, document)
        for series in catalog.series.values()
        for span, document in series
        if isinstance(document, PriceDocument)
    ]
    dated.sort(key=lambda each: each[1].id)
    for _, document in dated:
        for row in _rows(document):
            yield from _alone(row)
    lacking: dict[tuple[str, int], _Lacking] = {}
    for pair in _pairs(catalog, dated):
        yield from _beside(pair)
        yield from _twice(pair)
        _note_bands(pair, lacking)
    for each in lacking.values():
        yield each.finding()


def _rows(document: PriceDocument) -> list[_Row]:
    return [_Row(document, number, component) for number, component in enumerate(document.components)]


def _pairs(catalog: Catalog, dated: Sequence[tuple[Span, PriceDocument]]) -> Iterator[_Pair]:
    """Components of one document, and of documents of different kinds that make up the price of some class together."""
    for _, document in dated:
        for first, second in combinations(_rows(document), 2):
            if first.component.selector.meets(second.component.selector):
                yield _Pair(first, second)
    areas: dict[str, list[tuple[Span, PriceDocument]]] = {}
    for span, document in dated:
        areas.setdefault(document.area, []).append((span, document))
    for document, other, shared in (pair for members in areas.values() for pair in overlaps(members)):
        classes = _classes_of_both(catalog, document, other, shared)
        for first, second in product(_rows(document), _rows(other)):
            one, two = first.component.selector, second.component.selector
            if one.meets(two) and any(_is_for(one, each) and _is_for(two, each) for each in classes):
                yield _Pair(first, second)


def _classes_of_both(
    catalog: Catalog, document: PriceDocument, other: PriceDocument, within: Span
) -> set[CustomerClass]:
    """The classes whose price both documents are a part of."""
    nation = document.area.partition("-")[0]
    found: set[CustomerClass] = set()
    for place in (document.area, nation):
        for _, structure in catalog.during(Kind.PRICE_STRUCTURE, place, within):
            assert isinstance(structure, PriceStructure)
            made_of = structure.made_of.items()
            found.update(each for each, kinds in made_of if {document.kind, other.kind} <= set(kinds))
    return found


def _is_for(selector: Selector, customer_class: CustomerClass) -> bool:
    return not selector.customer_class or customer_class in selector.customer_class


def _alone(row: _Row) -> Iterator[Finding]:
    component = row.component
    if component.section is Section.LEVIES and "levy" not in component.tags:
        facts = {"component": component.code}
        yield Finding(FindingCode.LEVY_NOT_TAGGED, row.document.id, row.path("tags"), facts)


def _beside(pair: _Pair) -> Iterator[Finding]:
    """What is wrong with the second of two components of one customer, beside the first."""
    (first, second), one, two = pair, pair.first.component, pair.second.component
    facts = {"component": two.code, "other": first.seen_from(second)}
    if one.code == two.code:
        facts["key"] = _in_common(one.selector, two.selector)
        yield Finding(FindingCode.COMPONENT_AMBIGUOUS, second.document.id, second.path("for"), facts)
    elif one.priced_by == two.priced_by and one.priced_by in BASIC:
        facts.update(key=_in_common(one.selector, two.selector), other_component=one.code, quantity=one.quantity)
        yield Finding(FindingCode.BASIC_AMBIGUOUS, second.document.id, second.path("for"), facts)
    elif one.line_code == two.line_code:
        shape = ("section", "quantity", "round_per", "print_per", "round")
        differing = [name for name in shape if getattr(one, name) != getattr(two, name)]
        if differing:
            facts.update(line=two.line_code, differs=", ".join(differing))
            yield Finding(FindingCode.LINE_NOT_UNIFORM, second.document.id, second.path("line"), facts)


def _twice(pair: _Pair) -> Iterator[Finding]:
    """What two components of one section charge alike: hardly two charges, and one that was entered under two codes."""
    (first, second), one, two = pair, pair.first.component, pair.second.component
    if charge_alike(one, two):
        facts = {"component": two.code, "other": first.seen_from(second), "other_component": one.code}
        facts["key"] = _in_common(one.selector, two.selector)
        yield Finding(FindingCode.CHARGED_TWICE, second.document.id, second.path("price"), facts)


def _in_common(one: Selector, two: Selector) -> str:
    """A customer whom both select, by what they select by."""
    told: list[str] = []
    for name in ("customer_class", "subclass", "billing", "voltage", "purchase"):
        first, second = getattr(one, name), getattr(two, name)
        told.extend([str(word) for word in first or second if word in (second or first)][:1])
    wanted = {each.time_of_use for each in (one, two)} - {None}
    told.extend("time of use" if each else "no time of use" for each in wanted)
    return ", ".join(told) or "every customer"


class _Lacking(NamedTuple):
    """The bands a component says nothing about, and a component that prices them."""

    row: _Row
    other: _Row
    bands: set[Band]

    def finding(self) -> Finding:
        facts = {
            "component": self.row.component.code,
            "bands": ", ".join(band for band in BANDS if band in self.bands),
            "other": self.other.seen_from(self.row),
        }
        path = self.row.path("price", "bands")
        return Finding(FindingCode.BAND_MISSING, self.row.document.id, path, facts)


def _note_bands(pair: _Pair, lacking: dict[tuple[str, int], _Lacking]) -> None:
    """Note for each of two components the bands that only the other prices."""
    for row, other in (pair, (pair.second, pair.first)):
        own, theirs = row.component.price, other.component.price
        if row.component.quantity == other.component.quantity and isinstance(own, BandPrices):
            missing = theirs.known - own.known if isinstance(theirs, BandPrices) else frozenset()
            if missing:
                noted = lacking.setdefault((row.document.id, row.number), _Lacking(row, other, set()))
                noted.bands.update(missing)
