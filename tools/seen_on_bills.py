"""What issued bills and printed tables show that utilities do, and where the tariffs tell it, or why they do not.

``tools/tables/seen_on_bills.csv`` has a row for each thing that was seen: the area, when, how many bills show it of
those that could, the documents that tell it with the key under which they do, and what they leave out and why. A test
holds the rows to the documents, both ways: what a document of conventions states was seen, and what was seen is stated
or has its reason.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Seen", "section", "seen"]

_TABLE = Path(__file__).parent / "tables" / "seen_on_bills.csv"


@dataclass(frozen=True)
class Seen:
    """A thing that bills show.

    Attributes:
        bills: how many show it, of those that could.
        documents: the ids of those that tell it.
        told: the key under which they do; a convention by its path.
        reason: what they do not tell of it, and why.
    """

    area: str
    months: str
    what: str
    bills: str
    documents: tuple[str, ...]
    told: str
    reason: str


def seen() -> tuple[Seen, ...]:
    """All that was seen."""
    with _TABLE.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Seen(row["area"], row["months"], row["what"], row["bills"], tuple(row["document"].split()), row["told"],
                 row["reason"])
            for row in csv.DictReader(handle)
        )  # fmt: skip


def section(rows: Sequence[Seen]) -> Iterator[str]:
    """The lines of a page about them."""
    yield "## What bills show\n"
    yield "What utilities do beyond what is published, the bills and tables that show it, and where it is told.\n"
    yield "| area | months | what | shown by | told in |"
    yield "|---|---|---|---|---|"
    for row in rows:
        documents = ", ".join(f"`{name}`" for name in row.documents)
        told = " ".join(part for part in (f"`{row.told}` of {documents}." if documents else "", row.reason) if part)
        yield f"| {row.area} | {row.months} | {row.what} | {row.bills} | {told} |"
    yield ""
