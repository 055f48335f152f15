"""Write docs/coverage.md: which months of which area can be billed for three customers, and what hinders the others.

Run as ``python -m tools.coverage_page``; a test holds the page to the tariffs, and bills samples of what it claims.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from billcalc.kernel.spans import Span
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.listing import covered
from billcalc.tariff.reach import Reach, months
from billcalc.vocabulary import Kind, Purchase
from tools.sample_customers import (
    FIRST_MONTH,
    LAST_MONTH,
    MARKET,
    SAMPLES,
    Sample,
    areas,
    best_reach,
    by_totals,
    hindering,
)
from tools.seen_on_bills import section, seen

__all__ = ["PAGE", "main", "page"]

PAGE = Path(__file__).parent.parent / "docs" / "coverage.md"

_HEAD = """# Coverage

Which months of {first} to {last} can be billed with the tariffs that are shipped. This page is written by
`python -m tools.coverage_page`, and a test holds it to the tariffs and bills samples of what it claims;
`billcalc tariffs missing` answers for any other customer.

Three customers stand for the rest, each billed for a calendar month, by capacity where he is two-part:

{samples}

- **to the fen**: every document is in force and was seen for the month.
- **doubt**: the bill is made, and doubts the documents named: they were last seen in an earlier month.
- **by totals**: the price of energy is known as a whole, without its parts: a bill whose power factor is assessed is
  refused (`price_parts_unknown`). Such totals are transcriptions, rounded to the sixth place.
- **refused**: no bill, for want of the documents named.

A market customer gives prices of his own: `purchase` and `upstream_loss` where the table of the month is in the
library, and with them `system_operation` where it is not (**own system operation**), as
[requests.md](requests.md#prices-and-rules-that-come-with-the-request) shows. The tables of some areas divide industry
and commerce; there the two-part customers are large industry and the one-part customer is general commerce. What an
area's utility does beyond its documents is told on each bill ([conventions.md](conventions.md)). What is sold at a
price of a catalogue stands behind the areas, and last what bills show of how utilities bill.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(load_catalog()), encoding="utf-8")


def page(catalog: Catalog) -> str:
    """The page as the tariffs have it."""
    samples = "\n".join(f"{number}. {sample.title}" for number, sample in enumerate(SAMPLES, 1))
    head = _HEAD.format(first=_month(Span(FIRST_MONTH)), last=_month(Span(LAST_MONTH)), samples=samples)
    told = (line for area in areas(catalog) for line in _area(catalog, area))
    return "\n".join([head, *told, *_lacking(catalog), *_catalogue(catalog), *section(seen())])


_LACKING = """## What no source was found for

What customers want of documents that are not of a month, by kind and area. Of the levies of the east of Inner Mongolia
(蒙东) two funds are known, 0.001125 and 0.019 CNY/kWh, and that for reservoirs is not; of Tibet (西藏) none is, and its
prices of capacity and demand are not printed, nor are those of Shenzhen since 2026-08. The network prices of Fujian and
Qinghai before 2026-08 are inferred from printed totals, which tell nothing of capacity and demand, nor of 110 kV in
Fujian and of what is above 110 kV in Qinghai.

| kind | area | months |
|---|---|---|"""


def _lacking(catalog: Catalog) -> Iterator[str]:
    """What hinders a bill and is of no month: months that follow one another are one span."""
    found: dict[tuple[Kind, str], list[Span]] = {}
    for area in areas(catalog):
        for month in months(FIRST_MONTH, LAST_MONTH):
            _, reached = best_reach(catalog, area, MARKET, month)
            for kind in dict.fromkeys(gap.kind for gap in hindering(reached, MARKET) if gap.kind is not None):
                _add(found.setdefault((kind, area), []), month)
    yield _LACKING
    for (kind, area), spans in sorted(found.items()):
        yield f"| `{kind}` | {area} | {', '.join(map(_months, spans))} |"
    yield ""


def _add(spans: list[Span], month: Span) -> None:
    """Add a month, which goes on the span before it where it follows it."""
    follows = bool(spans) and spans[-1].end == month.start
    spans.append(Span(spans.pop().start, month.end) if follows else month)


def _catalogue(catalog: Catalog) -> Iterator[str]:
    """The prices of what is sold at one price of a catalogue, which no monthly table is beside."""
    yield "## Catalogue prices\n"
    yield "Sale prices before the agency purchase of 2021-12-01, of households and farming since, and Taipower's."
    yield "Those of households by tier are documents of their own, `residential_price`.\n"
    yield "| area | days | evidence | documents |"
    yield "|---|---|---|---|"
    for each in covered(catalog):
        if each.kind in (Kind.CATALOGUE_PRICE, Kind.RESIDENTIAL_PRICE):
            span = each.span if each.seen_until is None else f"{each.span}, in doubt after {each.seen_until}"
            documents = ", ".join(f"`{name}`" for name in each.documents)
            yield f"| {each.area} | {span} | {each.evidence} | {documents} |"
    yield ""


def _area(catalog: Catalog, area: str) -> Iterator[str]:
    yield f"## {area}\n"
    yield "| | bill | months |"
    yield "|---|---|---|"
    for number, sample in enumerate(SAMPLES, 1):
        for state, spans in _states(catalog, area, sample).items():
            yield f"| {number} | {state} | {', '.join(map(_months, spans))} |"
    yield ""


def _states(catalog: Catalog, area: str, sample: Sample) -> Mapping[str, Sequence[Span]]:
    """The months of each state; those that follow one another are one span."""
    found: dict[str, list[Span]] = {}
    for month in months(FIRST_MONTH, LAST_MONTH):
        key, reached = best_reach(catalog, area, sample, month)
        state = _state(reached, sample)
        _add(found.setdefault(f"{state}, by totals" if by_totals(catalog, area, key, month) else state, []), month)
    return found


def _state(found: Reach, sample: Sample) -> str:
    if lacking := dict.fromkeys(gap.kind for gap in hindering(found, sample) if gap.kind is not None):
        return f"refused: {', '.join(f'`{kind}`' for kind in lacking)}"
    own = any(gap.kind is Kind.PURCHASE_PRICE for gap in found.gaps) and sample.purchase is Purchase.MARKET
    state = f"doubt: {', '.join(f'`{each}`' for each in found.doubted)}" if found.doubted else "to the fen"
    return f"{state}, own system operation" if own else state


def _month(span: Span) -> str:
    return str(span.start)[:7]


def _months(span: Span) -> str:
    assert span.end is not None
    last = str(span.end - timedelta(days=1))[:7]
    return _month(span) if last == _month(span) else f"{_month(span)} to {last}"


if __name__ == "__main__":
    main()
