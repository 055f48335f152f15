"""A comparison of tables as a workbook: first how many, how much over and under, by what; then the ranked list."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.comparison_results import Compared, Pages
from billcalc.tables.workbook_writing import Page
from billcalc.words.language import in_language
from billcalc.words.runs import KINDS, RANKED, WORKBOOK

__all__ = ["comparison_pages"]


def comparison_pages(
    compared: Compared,
    *,
    more: Sequence[Sequence[Any]] = (),
    heads: Mapping[str, str] | None = None,
    called: Callable[[str, Any], Any] = lambda name, cell: cell,
) -> Pages:
    """The outcome, and its ranked rows.

    Args:
        compared: the comparison.
        more: rows that the first page has, too.
        heads: of columns that are not those of every comparison, by name.
        called: what a cell of a column, by its name, is called.
    """
    words, kinds = (in_language(each, compared.language) for each in (WORKBOOK, KINDS))
    titles, outcome = {**(heads or {}), **in_language(RANKED, compared.language)}, compared.outcome

    def cell_words(name: str, cell: Any) -> Any:
        return kinds.get(cell, cell) if name == "kind" else called(name, cell)

    def pages(head: Sequence[str], batches: Iterable[pa.RecordBatch]) -> Sequence[Page]:
        summary = _summary(outcome, words, kinds, more)
        return (
            Page(words["summary"], (), summary, chart=words["chart"], charted=len(outcome.by_code)),
            Page(words["differences"], [titles[name] for name in head], _ranked(batches, cell_words)),
        )

    return pages


def _ranked(batches: Iterable[pa.RecordBatch], called: Callable[[str, Any], Any]) -> Iterator[Sequence[Any]]:
    for batch in batches:
        columns = (
            [called(name, cell) for cell in column.to_pylist()]
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        )
        yield from zip(*columns, strict=True)


def _summary(
    outcome: BulkComparison, words: Mapping[str, str], kinds: Mapping[str, str], more: Sequence[Sequence[Any]]
) -> Iterator[Sequence[Any]]:
    """How many, how much, and by what; the last rows are those of the chart."""
    yield from ((words[name], getattr(outcome, name)) for name in _COUNTED)
    yield ()
    yield words["bills"], words["count"], words["money"]
    yield words["over"], outcome.over, outcome.too_much
    yield words["under"], outcome.under, outcome.too_little
    yield from more
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
