"""Check a tariff library: what somebody who adds next month's price table must be told before a bill goes wrong.

That documents are well formed and that no two of a kind are in force together is checked where they are read; here is
what only the documents together show, or what is well formed and still hardly meant.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import Evidence
from billcalc.kernel.spans import Span, gaps
from billcalc.tariff.catalog import Catalog, InForceSpan
from billcalc.tariff.check_components import check_components
from billcalc.tariff.check_prices import check_prices
from billcalc.tariff.check_ratios import check_ratios
from billcalc.tariff.check_tiers import check_tiers
from billcalc.tariff.check_totals import check_totals
from billcalc.tariff.documents import BasicChargeRules, Header, PowerFactorRules, PriceDocument
from billcalc.tariff.findings import Finding, FindingCode, FindingSeverity, in_order
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import AREAS, Kind

__all__ = ["check"]

MONTHLY_KINDS = (Kind.PURCHASE_PRICE,)
"""Kinds whose documents are each for one month."""

_OFFICIAL = (Evidence.OFFICIAL_TEXT, Evidence.OFFICIAL_QUOTED)


def check(catalog: Catalog, limits: Catalog | None = None) -> tuple[Finding, ...]:
    """Everything found in a library: errors first, coverage last.

    Args:
        catalog: the library.
        limits: where what is plausible, and what makes up a price, is looked up that the library itself does not tell.
    """
    by_id = {document.id: document for document in catalog.documents}
    found: list[Finding] = [*_superseding(catalog, by_id), *check_components(catalog), *check_totals(catalog)]
    found.extend(check_prices(catalog, limits or catalog))
    found.extend(check_ratios(catalog, limits or catalog))
    found.extend(check_tiers(catalog))
    found.extend(_misspelt(catalog))
    for document in catalog.documents:
        found.extend(_header(document))
    for (kind, area), series in catalog.series.items():
        found.extend(_seen_too_long(series))
        found.append(_coverage(kind, area, series))
        for _, document in series:
            if isinstance(document, PowerFactorRules):
                found.extend(_tables(document))
            if isinstance(document, BasicChargeRules):
                found.extend(_stated(by_id, document))
    return in_order(_acknowledged(catalog, found))


def _acknowledged(catalog: Catalog, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, without the warnings that their document answers for; an answer to nothing is found itself."""
    answers = {
        (document.id, code): reason for document in catalog.documents for code, reason in document.acknowledged.items()
    }
    met = set()
    for finding in found:
        answer = (finding.document, finding.code.value)
        if answer in answers and finding.severity is FindingSeverity.WARNING:
            met.add(answer)
        else:
            yield finding
    for document, code in sorted(set(answers) - met):
        yield Finding(FindingCode.ACKNOWLEDGED_NOTHING, document, ("acknowledged", code), {"code": code})


def _superseding(catalog: Catalog, by_id: Mapping[str, Header]) -> Iterator[Finding]:
    """A correction must correct something of its own series, once, and all of its days."""
    circles = _circles(by_id)
    for document in catalog.documents:
        if document.supersedes is None:
            continue
        path = ("supersedes",)
        old = by_id.get(document.supersedes)
        if old is None:
            yield Finding(FindingCode.SUPERSEDES_UNKNOWN, document.id, path, {"id": document.supersedes})
        elif (old.kind, old.area) != (document.kind, document.area):
            facts = {"id": old.id, "kind": old.kind.value, "area": old.area}
            yield Finding(FindingCode.SUPERSEDES_ELSEWHERE, document.id, path, facts)
        elif document.id in circles:
            ids = ", ".join(circles[document.id])
            yield Finding(FindingCode.SUPERSEDES_IN_A_CIRCLE, document.id, path, {"ids": ids})
        else:
            days = Span(old.start, old.effective.repealed_on if old.effective is not None else None)
            if lost := gaps((span for span, _ in catalog.during(old.kind, old.area, days)), within=days):
                facts = {"id": old.id, "days": _text(lost)}
                yield Finding(FindingCode.SUPERSEDES_LESS, document.id, path, facts)


def _circles(by_id: Mapping[str, Header]) -> dict[str, list[str]]:
    """By the id of each document that supersedes itself, the ids by which it does; each document is passed once."""
    circles: dict[str, list[str]] = {}
    passed: set[str] = set()
    for start in by_id:
        way: list[str] = []
        following: str | None = start
        while following is not None and following in by_id and following not in passed:
            passed.add(following)
            way.append(following)
            following = by_id[following].supersedes
        if following in way:
            circle = way[way.index(following) :]
            circles.update({each: circle[place + 1 :] + circle[: place + 1] for place, each in enumerate(circle)})
    return circles


def _header(document: Header) -> Iterator[Finding]:
    """How a document is dated and what it rests on."""
    effective = document.effective
    if document.kind in MONTHLY_KINDS:
        if effective is None or effective.repealed_on is None:
            key = "seen_in_force" if effective is None else "effective"
            yield Finding(FindingCode.MONTH_WITHOUT_END, document.id, (key,))
        elif not _is_of_its_month(document.id, effective.start, effective.repealed_on):
            facts = {"month": document.id.rpartition("/")[2]}
            facts["days"] = str(Span(effective.start, effective.repealed_on))
            yield Finding(FindingCode.MONTH_OF_OTHER_NAME, document.id, ("effective",), facts)
    evidence = document.evidence
    facts = {"evidence": evidence.value}
    if isinstance(document, PriceDocument) and evidence in (Evidence.UNVERIFIED, Evidence.GIVEN):
        yield Finding(FindingCode.PRICE_UNVERIFIED, document.id, ("evidence",), facts)
    elif (lacking := _lacking(document)) is not None:
        yield Finding(FindingCode.EVIDENCE_UNSOURCED, document.id, ("evidence",), {**facts, "reason": lacking})


def _is_of_its_month(identity: str, start: date, end: date) -> bool:
    """Whether the days of a document, from the first (in) to the last (out), are of the month its name begins with."""
    named = identity.rpartition("/")[2]
    return all(named.startswith(f"{day:%Y-%m}") for day in (start, end - timedelta(days=1)))


def _misspelt(catalog: Catalog) -> Iterator[Finding]:
    """Areas that are not known and have almost the name of one; each told once, in the first of its documents."""
    first = {document.area: document for document in reversed(catalog.documents)}
    for area, document in first.items():
        near = [] if area in AREAS else [known for known in AREAS if _is_slip(area, known)]
        if near:
            facts = {"area": area, "nearest": near[0]}
            yield Finding(FindingCode.AREA_MISSPELT, document.id, ("area",), facts)


def _is_slip(name: str, other: str) -> bool:
    """Whether two names differ by one letter: it is too much in one of them, or another, or at another place."""
    one, two = _shorter(name), _shorter(other)
    return name in two or other in one or not one.isdisjoint(two)


def _shorter(name: str) -> set[str]:
    """A name without one of its letters, each in turn."""
    return {name[:place] + name[place + 1 :] for place in range(len(name))}


def _lacking(document: Header) -> Reason | None:
    """What the grade of its evidence asks for and a document does not tell."""
    publication = document.document
    if document.evidence in _OFFICIAL and publication.number is None and publication.url is None:
        return Reason.UNNUMBERED
    if document.evidence is Evidence.INFERRED and not document.fixtures and publication.url is None:
        return Reason.WITHOUT_BILLS
    if document.evidence is Evidence.GIVEN:
        return Reason.GRADE_OF_REQUESTS
    return None


def _seen_too_long(series: Sequence[InForceSpan]) -> Iterator[Finding]:
    """A document that was seen after it had a successor; an amendment goes on with what it does not change."""
    for (_, document), (later, successor) in pairwise(series):
        seen = document.seen_in_force
        goes_on = isinstance(successor, TimeOfUse) and successor.amends is not None
        if seen is not None and later.start <= seen.last and not goes_on:
            facts = {"last": str(seen.last), "successor": successor.id, "start": str(later.start)}
            yield Finding(FindingCode.SEEN_AFTER_SUCCESSOR, document.id, ("seen_in_force", "last"), facts)


def _stated(by_id: Mapping[str, Header], document: BasicChargeRules) -> Iterator[Finding]:
    """What rules leave in force must stand in an earlier document, as they have it."""
    for part, wanted in document.stated_in.items():
        other = by_id.get(wanted)
        earlier = other if isinstance(other, BasicChargeRules) and other.start < document.start else None
        if earlier is None or earlier.told(part) != document.told(part):
            yield Finding(FindingCode.STATED_NOWHERE, document.id, ("stated_in", part.value), {"id": wanted})


def _tables(document: PowerFactorRules) -> Iterator[Finding]:
    """A lower power factor never costs less, and the standard itself costs nothing."""
    for standard, table in document.tables.items():
        path = ("tables", standard, "percent")
        rows = sorted(table.percent, reverse=True)
        for at, below in pairwise(rows):
            better, worse = table.percent[at], table.percent[below]
            if worse < better:
                facts = {"standard": standard, "better": f"{better} %", "worse": f"{worse} %", "at": str(at)}
                facts["below"] = str(below)
                yield Finding(FindingCode.TABLE_NOT_RISING, document.id, (*path, str(below)), facts)
        for row in rows:
            if str(row) == standard and table.percent[row] != 0:
                facts = {"standard": standard, "percent": f"{table.percent[row]} %"}
                yield Finding(FindingCode.STANDARD_NOT_ZERO, document.id, (*path, standard), facts)


def _coverage(kind: Kind, area: str, series: Sequence[InForceSpan]) -> Finding:
    nation, _, place = area.partition("-")
    seen = series[-1][1].seen_in_force
    facts = {
        "documents": str(len(series)),
        "days": _text(_joined([span for span, _ in series])),
        **({"seen": ""} if seen is None else {"seen": Reason.NOT_SEEN_AFTER, "last": str(seen.last)}),
    }
    return Finding(FindingCode.COVERAGE, f"{nation}/{place or 'national'}/{kind}", (), facts)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The spans, which are in order and do not overlap, with neighbours made one."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            span = Span(joined.pop().start, span.end)
        joined.append(span)
    return joined


def _text(spans: Sequence[Span]) -> str:
    return ", ".join(str(span) for span in spans)
