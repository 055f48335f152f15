"""Write the tariff documents that are many and alike from tables: network prices, levies, monthly purchase prices.

``tools/tables/`` holds the figures, a row each, as they were read; this writes ``tariffs/cn/<area>/<kind>/<from>.yaml``
in the form that people write by hand. Run as ``python -m tools.tariff_tables``; a test holds the library to the tables.

====================  ==========================================================================================
``documents.csv``     one document a row: when in force (first day, first day after) or until which day it was seen in
                      force, what was published, how well seen
``prices.csv``        one component a row, in the order in which the notice prints them
``totals.csv``        the sums that a notice prints beside its parts, for ``billcalc tariffs check``
``tiers.csv``         up to which energy the tiers of households go, one limit of a month or a year a row
``acknowledged.csv``  why a document is right where ``billcalc tariffs check`` warns
====================  ==========================================================================================

A cell with several words (``agent market``) names several; an empty one names everything. ``given`` is a price that the
customer's own contract tells.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

__all__ = ["documents", "main"]

ROOT = Path(__file__).parent.parent
TABLES = Path(__file__).parent / "tables"

RECORDED_ON = "2026-11-27"
BANDS = ("sharp", "peak", "flat", "valley", "deep_valley")
SELECTORS = {
    "cls": "class",
    "subclass": "subclass",
    "billing": "billing",
    "voltage": "voltage",
    "purchase": "purchase",
    "time_of_use": "time_of_use",
}

Row = Mapping[str, str]


def main() -> None:
    """Write every document of the tables."""
    for path, text in documents():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def documents() -> Iterator[tuple[Path, str]]:
    """Each document of the tables: where it lies and its text."""
    prices, totals = _by_document("prices.csv"), _by_document("totals.csv")
    acknowledged, tiers = _by_document("acknowledged.csv"), _by_document("tiers.csv")
    for row in _rows("documents.csv"):
        lines = [*_head(row), *_acknowledged(acknowledged[row["id"]]), "components:"]
        for price in prices[row["id"]]:
            lines.extend(_component(price))
        if totals[row["id"]]:
            lines.append("totals:")
            for total in totals[row["id"]]:
                lines.extend(_total(total))
        if tiers[row["id"]]:
            lines.extend(["tiers:", *_tiers(tiers[row["id"]])])
        yield ROOT / "tariffs" / f"{row['id']}.yaml", "\n".join(lines) + "\n"


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _by_document(name: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(name):
        found[row["document"]].append(row)
    return found


def _head(row: Row) -> Iterator[str]:
    yield f"id: {row['id']}"
    yield f"kind: {row['kind']}"
    yield f"area: {row['area']}"
    until = f", repealed_on: {row['repealed_on']}" if row["repealed_on"] else ""
    if row["seen_last"]:
        yield f"seen_in_force: {{first: {row['effective_from']}, last: {row['seen_last']}}}"
    else:
        yield f"effective: {{from: {row['effective_from']}{until}}}"
    if row["supersedes"]:
        yield f"supersedes: {row['supersedes']}"
    yield "document:"
    yield from (f"  {key}: {row[key]}" for key in ("title", "number", "issuer", "url") if row[key])
    yield f"evidence: {row['evidence']}"
    yield f"recorded_on: {RECORDED_ON}"
    if row["note"]:
        yield "note: >-"
        yield f"  {row['note']}"
    if row["classes"]:
        yield f"for: {{class: {_listed(row['classes'].split())}}}"


def _acknowledged(rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        yield "acknowledged:"
    for row in rows:
        yield f"  {row['code']}: >-"
        yield f"    {row['reason']}"


def _component(row: Row) -> Iterator[str]:
    if row["part"]:
        yield f"# {row['part']}"
    yield f"- code: {row['code']}"
    yield from (f"  {key}: {row[key]}" for key in ("line", "label", "section", "quantity") if row[key])
    yield f"  price: {_price(row)}"
    if row["tags"]:
        yield f"  tags: [{', '.join(row['tags'].split())}]"
    if row["supplies"]:
        yield f"  supplies: [{', '.join(row['supplies'].split())}]"
    if selector := _selector(row):
        yield f"  for: {selector}"


def _price(row: Row) -> str:
    if bands := _bands(row):
        unpriced = f", unpriced: [{', '.join(row['unpriced'].split())}]" if row["unpriced"] else ""
        return f"{{bands: {bands}{unpriced}}}"
    return row["price"] if row["price"] == "given" else f'"{row["price"]}"'


def _total(row: Row) -> Iterator[str]:
    yield f"- for: {_selector(row)}"
    if row["untimed"]:
        yield f'  untimed: "{row["untimed"]}"'
    if bands := _bands(row):
        yield f"  bands: {bands}"


def _tiers(rows: Sequence[Row]) -> Iterator[str]:
    """The one table of a document: its rows differ in the months they are for, and in the limits."""
    first = rows[0]
    yield f"- for: {_selector(first)}"
    yield f"  months: {first['months']}"
    yield "  limits:"
    for row in rows:
        limits = ", ".join(f'"{limit}"' for limit in row["up_to"].split())
        within = f"within: [{', '.join(row['within'].split())}], " if row["within"] else ""
        yield f"  - {{{within}up_to: [{limits}]}}"
    if first["also_by_month"]:
        yield "  also_by_month: true"
    if first["above_unknown"]:
        yield "  above_unknown: true"
    if first["larger_household"]:
        yield f'  larger_household: "{first["larger_household"]}"'


def _bands(row: Row) -> str:
    told = [f'{band}: "{row[band]}"' for band in BANDS if row.get(band)]
    return f"{{{', '.join(told)}}}" if told else ""


def _selector(row: Row) -> str:
    told = [f"{name}: {_listed(row[column].split())}" for column, name in SELECTORS.items() if row.get(column)]
    return f"{{{', '.join(told)}}}" if told else ""


def _listed(words: Iterable[str]) -> str:
    quoted = [f'"{word}"' if word[0] in "><=" else word for word in words]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


if __name__ == "__main__":
    main()
