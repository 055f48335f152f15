"""The catalog: which document is in force where and when, and the price sheet that the documents compose."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span, overlaps
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal, Refused
from billcalc.kernel.units import CNY
from billcalc.tariff.components import Component, PriceKey
from billcalc.tariff.documents import BasicChargeRules, Header, PriceDocument, PriceStructure, RulePart, span_of
from billcalc.tariff.kinds import MAIN_SECTIONS, STATED_APART
from billcalc.tariff.time_of_use import amended
from billcalc.vocabulary import Kind

__all__ = [
    "Catalog",
    "InForce",
    "InForceSpan",
    "PriceSheet",
    "SheetComponent",
    "is_in_total",
    "places_of",
    "without_parts",
]

InForceSpan = tuple[Span, Header]
"""The days a document is in force, and the document."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A document that applies on a day, and how a line cites it."""

    document: Any
    source: Source


@dataclass(frozen=True, slots=True)
class SheetComponent:
    """A component and the document (or request) that states it."""

    component: Component
    source: Source


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """The components one billing group pays on one day, and the documents they come from.

    Attributes:
        structure: the document that says which kinds of document make up the price.
        documents: one of each of them.
    """

    components: tuple[SheetComponent, ...]
    structure: InForce
    documents: tuple[InForce, ...]


class Fingerprint:
    """What tells a document from every other one.

    Attributes:
        document: the document.
        sha256: the hash of its content.
    """

    def __init__(self, document: Header) -> None:
        self.document = document
        self.sha256 = hashlib.sha256(self.content.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fingerprint) and other.sha256 == self.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    @property
    def content(self) -> str:
        """The whole document as one line of JSON."""
        return self.document.model_dump_json(by_alias=True)


SHEETS_MAX = 1024
"""How many price sheets a catalog keeps: customers of one kind pay one on one day."""


class Catalog:
    """A set of tariff documents, looked up by kind, area and day.

    Args:
        documents: all documents, in any order; corrections are in the set beside what they supersede.
        version: the hash of the set, which every bill names.
        areas: the areas that the set is for, where its documents are a part of it; else those of the documents.
        whole: the documents as ``amended`` makes them, where it has done so before.
        last: by area the day on which the last document was recorded, where these are a part of them.

    Raises:
        InvalidInput: where two documents have one id, or are in force together.
    """

    def __init__(
        self,
        documents: Iterable[Header],
        *,
        version: str = "",
        areas: frozenset[str] | None = None,
        whole: Iterable[Header] | None = None,
        last: Mapping[str, date] | None = None,
    ) -> None:
        self.documents = tuple(sorted(documents, key=lambda document: document.id))
        self.areas = frozenset(document.area for document in self.documents) if areas is None else areas
        self.version = version
        self._last = _last_recorded(self.documents) if last is None else last
        whole = amended(self.documents) if whole is None else tuple(sorted(whole, key=lambda document: document.id))
        self._by_id = {document.id: document for document in whole}
        self._fingerprints: dict[str, Fingerprint] = {}
        self._sheets: dict[tuple[object, ...], PriceSheet] = {}
        self._series = _series(whole)
        self._starts = {key: [span.start for span, _ in series] for key, series in self._series.items()}
        self._turns = {
            key: sorted({day for span, _ in series for day in (span.start, span.end) if day is not None})
            for key, series in self._series.items()
        }
        self._in_force = {
            key: [InForce(document, document.source) for _, document in series] for key, series in self._series.items()
        }

    @property
    def series(self) -> Mapping[tuple[Kind, str], tuple[InForceSpan, ...]]:
        """By kind and area the documents in the order of their starts, without superseded ones."""
        return self._series

    def document(self, identity: str) -> Header | None:
        """The document of an id, an amendment with all that it leaves as it was; None where there is none."""
        return self._by_id.get(identity)

    def as_known_on(self, day: date) -> "Catalog":
        """The catalog without what was recorded after a day."""
        known = (document for document in self.documents if document.recorded_on <= day)
        return Catalog(known, version=self.version, areas=self.areas, last=self._last)

    def last_recorded(self, area: str) -> date | None:
        """The day on which the last document of an area, or of what it lies in, was recorded; None where it has none.

        Documents that ``as_known_on`` left out are counted.
        """
        return max((self._last[place] for place in places_of(area) if place in self._last), default=None)

    def fingerprints(self, ids: Iterable[str]) -> dict[str, "Fingerprint"]:
        """By its id the fingerprint of each document among some; what is no document (the request) has none."""
        return {wanted: self._fingerprint(wanted) for wanted in ids if wanted in self._by_id}

    def _fingerprint(self, wanted: str) -> "Fingerprint":
        known = self._fingerprints.get(wanted)
        if known is None:
            known = self._fingerprints[wanted] = Fingerprint(self._by_id[wanted])
        return known

    def find(self, kind: Kind, area: str, day: date) -> InForce | None:
        """The document of a kind in force in an area on a day: its own, else that of what it lies in, else None."""
        for place in places_of(area):
            index = self._begun(kind, place, day) - 1
            if index >= 0 and day in self._series[kind, place][index][0]:
                return self._in_force[kind, place][index]
        return None

    def during(self, kind: Kind, place: str, within: Span) -> tuple[InForceSpan, ...]:
        """The part of a series, of exactly this area, that is in force on some day of a span."""
        series = self._series.get((kind, place), ())
        starts = self._starts.get((kind, place), [])
        first = max(bisect_right(starts, within.start) - 1, 0)
        until = len(starts) if within.end is None else bisect_left(starts, within.end)
        # Documents of a series are never in force together, so of all that started before only the last can still be.
        return tuple(each for each in series[first:until] if each[0].intersect(within) is not None)

    def begun(self, kind: Kind, area: str, day: date) -> tuple[InForce, ...]:
        """The documents of a kind that are or were in force on a day, the latest first; the area's own before others.

        For what a later document adds to and does not replace: a transformer loses what its make does, whenever it was
        made.
        """
        return tuple(
            found
            for place in places_of(area)
            for found in reversed(self._in_force.get((kind, place), [])[: self._begun(kind, place, day)])
        )

    def _begun(self, kind: Kind, place: str, day: date) -> int:
        return bisect_right(self._starts.get((kind, place), []), day)

    def in_force(self, kind: Kind, area: str, day: date) -> InForce:
        """As ``find``; where there is none the bill is refused with the kind, the area and the day."""
        found = self.find(kind, area, day)
        if found is None:
            facts = {"kind": kind.value, "area": area, "day": str(day)}
            raise Refused(Refusal(RefusalCode.NO_DOCUMENT, "/area", facts))
        return found

    def stating(self, rules: BasicChargeRules, part: RulePart) -> Source:
        """The document that states a part of some rules: the earlier one that they leave in force, or they themselves.

        Rules of one day are put together from several laws; what a customer disputes is the law that says it.
        """
        stating = self._by_id.get(rules.stated_in.get(part, rules.id), rules)
        return stating.source

    def currency(self, area: str, day: date) -> str:
        """The money of an area's prices, as the structure of its prices says."""
        structure = self.find(Kind.PRICE_STRUCTURE, area, day)
        if structure is None:
            return CNY
        document: PriceStructure = structure.document
        return document.currency

    def stating_prices(self, kind: Kind, area: str, key: PriceKey, day: date) -> InForce | None:
        """The document that states the prices of a kind for a customer on a day; None where none is in force.

        Where some customers have documents of their own, it is theirs if it has a row for this one.
        """
        found = self.find(kind, area, day)
        apart = self.find(STATED_APART[kind], area, day) if kind in STATED_APART else None
        if apart is None or _has_row(apart, key):
            return found if apart is None else apart
        return found if found is not None and _has_row(found, key) else apart if _is_for(apart, key) else found

    def changes(self, kind: Kind, area: str, within: Span) -> tuple[date, ...]:
        """The days inside a span on which a document of a kind (or what states it apart) starts or ends in an area."""
        found: set[date] = set()
        kinds = (kind, STATED_APART[kind]) if kind in STATED_APART else (kind,)
        for series in ((each, place) for each in kinds for place in places_of(area)):
            days = self._turns.get(series, [])
            until = len(days) if within.end is None else bisect_left(days, within.end)
            found.update(days[bisect_right(days, within.start) : until])
        return tuple(sorted(found))

    def price_sheet(
        self,
        *,
        area: str,
        key: PriceKey,
        on: date,
        on_by_kind: Mapping[Kind, date] | None = None,
        without: Collection[Kind] = (),
    ) -> PriceSheet:
        """Compose the documents in force into the components one customer pays.

        It is the one price sheet: a bill, the checks of the library and the service ask for it here.

        Args:
            area: such as ``cn-guangxi``.
            key: class, billing, voltage and the rest of what decides a price.
            on: the day whose prices are wanted.
            on_by_kind: another day for some kinds, such as the last day of the billing month for purchase prices.
            without: kinds that something else stands in for.

        Raises:
            Refused: where a kind of document that makes up the price is not in force, or prices nothing for this key.
        """
        wanted = (area, key, on, *(on_by_kind or {}).items(), *without)
        known = self._sheets.get(wanted)
        if known is None:
            if len(self._sheets) >= SHEETS_MAX:
                self._sheets.clear()
            known = self._sheets[wanted] = self._composed(area, key, on, on_by_kind or {}, without)
        return known

    def _composed(
        self, area: str, key: PriceKey, on: date, on_by_kind: Mapping[Kind, date], without: Collection[Kind]
    ) -> PriceSheet:
        structure = self.in_force(Kind.PRICE_STRUCTURE, area, on)
        components: list[SheetComponent] = []
        documents: list[InForce] = []
        for kind in structure.document.made_of.get(key.customer_class, ()):
            if kind in without:
                continue
            day = on_by_kind.get(kind, on)
            part = self.part(kind, area=area, key=key, day=day, beside=components)
            if part is not None:
                documents.append(part[0])
                components.extend(part[1])
        return PriceSheet(tuple(without_parts(components)), structure, tuple(documents))

    def part(
        self, kind: Kind, *, area: str, key: PriceKey, day: date, beside: Iterable[SheetComponent]
    ) -> tuple[InForce, tuple[SheetComponent, ...]] | None:
        """As ``components``, beside those of the kinds before it.

        Where a total among those stands for what the kind is for, no document of it is needed, and none is None; what
        it has all the same, such as the price of capacity beside that of energy, is paid.
        """
        if not is_in_total(kind, beside):
            return self.components(kind, area=area, key=key, day=day)
        found = self.stating_prices(kind, area, key, day)
        return None if found is None else (found, self.matching(kind, area=area, key=key, day=day))

    def matching(self, kind: Kind, *, area: str, key: PriceKey, day: date) -> tuple[SheetComponent, ...]:
        """The components of a kind that are for a customer on a day; none where no document is in force."""
        found = self.stating_prices(kind, area, key, day)
        if found is None:
            return ()
        return tuple(
            SheetComponent(component, found.source)
            for component in found.document.components
            if component.selector.matches(key)
        )

    def components(
        self, kind: Kind, *, area: str, key: PriceKey, day: date
    ) -> tuple[InForce, tuple[SheetComponent, ...]]:
        """The components that one kind of document prices for a customer, and the document.

        Raises:
            Refused: where no document is in force, or it has no row for this key; also where it has only what is billed
                beside the kind's main price, such as capacity funds without the energy they come on top of.
        """
        found = self.stating_prices(kind, area, key, day) or self.in_force(kind, area, day)
        document: PriceDocument = found.document
        matching = self.matching(kind, area=area, key=key, day=day)
        if not any(each.component.section in MAIN_SECTIONS[kind] for each in matching):
            wanted = MAIN_SECTIONS[kind][0] if matching else kind
            facts = {"wanted": wanted.value, "key": str(key), "day": str(day), "document": document.id}
            raise Refused(Refusal(RefusalCode.NO_PRICE, "/area", facts))
        return found, matching


def _has_row(found: InForce, key: PriceKey) -> bool:
    return any(component.selector.matches(key) for component in found.document.components)


def _is_for(found: InForce, key: PriceKey) -> bool:
    """Whether a document has prices of the class of a customer."""
    return any(key.customer_class in component.selector.customer_class for component in found.document.components)


def is_in_total(kind: Kind, components: Iterable[SheetComponent]) -> bool:
    """Whether a total among some components stands for what a kind of document is for, so that a sheet needs none."""
    told = {name for each in components for name in each.component.supplies}
    return bool(told) and told.issuperset(MAIN_SECTIONS[kind])


def without_parts(components: Sequence[SheetComponent]) -> Iterable[SheetComponent]:
    """The components of a sheet but for those that a total among them stands for, by their code or section."""
    told = {name for each in components for name in each.component.supplies}
    return (each for each in components if told.isdisjoint((each.component.code, each.component.section.value)))


@lru_cache(maxsize=512)
def places_of(area: str) -> tuple[str, ...]:
    """An area and the areas it lies in, the nearest first: ``cn-guangdong-north``, ``cn-guangdong``, ``cn``."""
    names = area.split("-")
    return tuple("-".join(names[:length]) for length in range(len(names), 0, -1))


def _last_recorded(documents: Iterable[Header]) -> Mapping[str, date]:
    found: dict[str, date] = {}
    for document in documents:
        found[document.area] = max(document.recorded_on, found.get(document.area, document.recorded_on))
    return found


def _series(documents: tuple[Header, ...]) -> dict[tuple[Kind, str], tuple[InForceSpan, ...]]:
    """The documents of each kind and area in the order of their starts, with the days each is in force."""
    faults = [
        Fault(FaultCode.DUPLICATE_DOCUMENT, document.id, {"first": document.id, "second": document.id})
        for earlier, document in pairwise(documents)
        if earlier.id == document.id
    ]
    superseded = {document.supersedes for document in documents}
    grouped: dict[tuple[Kind, str], list[Header]] = defaultdict(list)
    for document in documents:
        if document.id not in superseded:
            grouped[document.kind, document.area].append(document)
    series = {key: _dated(members) for key, members in grouped.items()}
    for dated in series.values():
        for first, second, shared in overlaps(dated):
            facts = {"first": first.id, "second": second.id, "span": str(shared)}
            faults.append(Fault(FaultCode.OVERLAPPING_DOCUMENTS, second.id, facts))
    if faults:
        raise InvalidInput(faults)
    return series


def _dated(members: Iterable[Header]) -> tuple[InForceSpan, ...]:
    """Documents of one kind and area with their days: each to its stated end, else to the next later start."""
    ordered = sorted(members, key=lambda member: member.start)
    starts = sorted({member.start for member in ordered})
    ends = dict(zip(starts, [*starts[1:], None], strict=True))
    return tuple((span_of(member, ends[member.start]), member) for member in ordered)
