"""Which documents there are: one line for each, and the days that those of each area and kind cover."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from billcalc.kernel.sources import Evidence
from billcalc.kernel.spans import Span
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import Header, span_of
from billcalc.vocabulary import Kind

__all__ = ["Covered", "Listed", "covered", "listed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document and its days.

    Attributes:
        superseded_by: the id of the document that took its place; None for one that is in force on its days.
    """

    document: Header
    span: Span
    superseded_by: str | None
    currency: str


def listed(
    catalog: Catalog, *, areas: Collection[str] | None = None, kind: Kind | None = None, on: date | None = None
) -> tuple[Listed, ...]:
    """The documents of some areas, of a kind, in force on a day; what is not told does not matter.

    A superseded document is listed, but it is in force on no day.
    """
    in_force = {document.id: span for series in catalog.series.values() for span, document in series}
    successors = {document.supersedes: document.id for document in catalog.documents if document.supersedes is not None}
    return tuple(
        Listed(
            document,
            in_force.get(document.id) or span_of(document, None),
            successors.get(document.id),
            catalog.currency(document.area, document.start),
        )
        for document in catalog.documents
        if (areas is None or document.area in areas)
        and (kind is None or document.kind is kind)
        and (on is None or (document.id in in_force and on in in_force[document.id]))
    )


@dataclass(frozen=True, slots=True)
class Covered:
    """Days that follow one another, on which documents of one kind of an area are in force with one evidence.

    Attributes:
        documents: their ids.
        seen_until: the last day on which the last of them was seen, where that is told; after it a bill has a doubt.
    """

    kind: Kind
    area: str
    span: Span
    evidence: Evidence
    documents: tuple[str, ...]
    seen_until: date | None


def covered(catalog: Catalog, *, areas: Collection[str] | None = None) -> tuple[Covered, ...]:
    """The days that the documents of each area and kind cover, in the order of areas and kinds."""
    order = list(Kind)
    keys = [key for key in catalog.series if areas is None or key[1] in areas]
    keys.sort(key=lambda key: (key[1], order.index(key[0])))
    return tuple(each for kind, area in keys for each in _covered(catalog, kind, area))


def _covered(catalog: Catalog, kind: Kind, area: str) -> Iterator[Covered]:
    before: Covered | None = None
    for span, document in catalog.series[kind, area]:
        seen = None if document.seen_in_force is None else document.seen_in_force.last
        one = Covered(kind, area, span, document.evidence, (document.id,), seen)
        if before is not None and _goes_on(before, one):
            one = Covered(
                kind, area, Span(before.span.start, span.end), one.evidence, (*before.documents, document.id), seen
            )
        elif before is not None:
            yield before
        before = one
    assert before is not None, "a series has a document"
    yield before


def _goes_on(before: Covered, later: Covered) -> bool:
    """Whether nothing tells the days of two documents apart; one that was last seen some day has a doubt of its own."""
    seen = before.seen_until is None and later.seen_until is None
    return before.span.end == later.span.start and before.evidence is later.evidence and seen
