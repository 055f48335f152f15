"""A comparison of tables as a workbook: first how many, how much over and under, by what; then the ranked list."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import pyarrow as pa

from billcalc.files import disk
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.tables.workbook_writing import Page, write_pages
from billcalc.words.language import Language, in_language
from billcalc.words.runs import KINDS, RANKED, WORKBOOK

__all__ = ["write_comparison"]


def write_comparison(
    out: BinaryIO, batches: Iterable[pa.RecordBatch], head: Sequence[str], outcome: BulkComparison, language: Language
) -> None:
    """Write the outcome and its ranked rows.

    Args:
        out: takes the bytes.
        batches: of the rows.
        head: the names of their columns.
        outcome: the sums.
        language: of all words; codes stay.

    Raises:
        InvalidInput: for more rows than a workbook should have.
    """
    words, heads, kinds = (in_language(each, language) for each in (WORKBOOK, RANKED, KINDS))
    pages = [
        Page(words["summary"], (), _summary(outcome, words, kinds), chart=words["chart"], charted=len(outcome.by_code)),
        Page(words["differences"], [heads.get(name, name) for name in head], _ranked(batches, kinds)),
    ]
    with disk.spool() as draft:
        write_pages(draft, pages)
        draft.seek(0)
        shutil.copyfileobj(draft, out)


def _ranked(batches: Iterable[pa.RecordBatch], kinds: Mapping[str, str]) -> Iterator[Sequence[Any]]:
    for batch in batches:
        columns = [
            [kinds.get(kind, kind) for kind in column.to_pylist()] if name == "kind" else column.to_pylist()
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        ]
        yield from zip(*columns, strict=True)


def _summary(outcome: BulkComparison, words: Mapping[str, str], kinds: Mapping[str, str]) -> Iterator[Sequence[Any]]:
    """How many, how much, and by what; the last rows are those of the chart."""
    yield from ((words[name], getattr(outcome, name)) for name in _COUNTED)
    yield ()
    yield words["bills"], words["count"], words["money"]
    yield words["over"], outcome.over, outcome.too_much
    yield words["under"], outcome.under, outcome.too_little
    yield ()
    yield tuple(words[name] for name in ("kind", "code", "over", "too_much", "under", "too_little"))
    for each in outcome.by_kind:
        kind = kinds.get(each.kind, each.kind)
        yield kind, each.code, each.over, each.too_much, each.under, each.too_little
    yield ()
    yield words["code"], words["count"], words["absolute"]
    yield from ((each.code, each.bills, each.absolute) for each in outcome.by_code)


_COUNTED = (
    *("issued", "recomputed", "matched", "agreeing", "differing", "unreadable", "rejected"),
    *("only_issued", "only_recomputed", "nameless", "totals"),
)
