"""The causes of what bills of a table differ by, written: as a list of their own, or beside the differences.

The first page of a workbook tells how many, over and under, and what each cause comes to in each area; a comparison
with causes has a page of them by cause and area, the most money first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from billcalc.audit.diagnose.diagnosis import Status
from billcalc.audit.diagnose.names import NAMES
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.comparison_queries import ranked, shown_key
from billcalc.runs.comparison_results import Compared
from billcalc.runs.comparison_workbook import comparison_pages
from billcalc.tables.workbook_writing import Page
from billcalc.words.language import Language, in_language
from billcalc.words.runs import DIAGNOSED

__all__ = ["NOT_SEARCHED", "BulkDiagnosis", "CauseMoney", "summary_rows", "write_causes", "write_differences"]

NOT_SEARCHED = "not_searched"
AND = " + "
"""Between the causes of one answer."""

_COLUMNS = (
    "{key}, c.area, b.difference AS bill_difference, c.status, c.answer, c.cause, c.what,"
    ' c.amount, c.alone, c.together, c."left",'
)
_LISTED = f"""
SELECT {_COLUMNS} c.rule, c.look_up FROM causes c JOIN bills b USING (account)
ORDER BY abs(b.difference) DESC, account, c.answer, abs(c.amount) DESC, c.cause, c.what
"""
_BESIDE = f"""
LEFT JOIN (
  SELECT account, any_value(status) AS status, max(answer) AS answers,
    string_agg(cause, '{AND}' ORDER BY abs(amount) DESC, cause, what) FILTER (answer = 1 AND cause <> '') AS cause,
    string_agg(what, '; ' ORDER BY abs(amount) DESC, cause, what) FILTER (answer = 1 AND cause <> '') AS what
  FROM causes GROUP BY account) c USING (account)
"""
_GROUPED = f"""
SELECT c.cause, {_COLUMNS.replace(" c.cause,", "")} c.rule, c.look_up
FROM causes c JOIN bills b USING (account)
JOIN (SELECT cause, area, sum(abs(amount)) AS money FROM causes WHERE answer = 1 GROUP BY cause, area) g
  ON g.cause = c.cause AND g.area = c.area
WHERE c.answer = 1
ORDER BY g.money DESC, c.cause, c.area, abs(c.amount) DESC, account, c.what
"""
_ROWS = 1 << 12


@dataclass(frozen=True, slots=True)
class CauseMoney:
    """What one cause comes to in one area.

    Attributes:
        bills: how many have it in their first answer.
        money: what it comes to in them [money].
    """

    cause: str
    area: str
    bills: int
    money: Decimal


@dataclass(frozen=True, slots=True)
class BulkDiagnosis:
    """What the diagnoses of a table come to.

    Attributes:
        comparison: the bills beside the recomputed ones.
        statuses: how many of those that differ were told what.
        by_cause: the most money first.
    """

    comparison: BulkComparison
    statuses: Mapping[str, int]
    by_cause: tuple[CauseMoney, ...]


def write_causes(compared: Compared, diagnosis: BulkDiagnosis) -> None:
    """Write a row for each cause of each answer, the bills with the most money first."""
    words = in_language(DIAGNOSED, compared.language)

    def pages(head: Sequence[str], batches: Iterable[pa.RecordBatch]) -> Sequence[Page]:
        listed = Page(words["causes"], [words[name] for name in head], _in_words(head, batches, compared.language))
        return Page(words["summary"], (), summary_rows(diagnosis, compared.language)), listed

    compared.write(_LISTED.format(key=shown_key(compared.layout)), pages)


def write_differences(compared: Compared, diagnosis: BulkDiagnosis) -> None:
    """Write the differences by account, largest first, each with the causes of its bill."""
    language, words = compared.language, in_language(DIAGNOSED, compared.language)
    summary = (*_by_status(diagnosis, words), *_by_cause(diagnosis, language))
    differences = comparison_pages(
        compared, more=summary, heads=words, called=lambda name, cell: _called(name, cell, language)
    )
    grouped = compared.connection.sql(_GROUPED.format(key=shown_key(compared.layout)))

    def by_cause() -> Iterator[Sequence[object]]:
        """Read when the page before is written, for a connection has one open result."""
        with grouped.to_arrow_reader(_ROWS) as batches:
            yield from _in_words(grouped.columns, batches, language)

    def pages(head: Sequence[str], batches: Iterable[pa.RecordBatch]) -> Sequence[Page]:
        listed = Page(words["causes"], [words[name] for name in grouped.columns], by_cause())
        return *differences(head, batches), listed

    compared.write(ranked(compared.layout, ", c.status, c.answers, c.cause, c.what", _BESIDE), pages)


def summary_rows(diagnosis: BulkDiagnosis, language: Language) -> Iterator[Sequence[object]]:
    """How many differ, over and under; how many were told what; and what each cause comes to in each area."""
    outcome, words = diagnosis.comparison, in_language(DIAGNOSED, language)
    yield words["differing"], outcome.differing
    yield words["over"], outcome.over, outcome.too_much
    yield words["under"], outcome.under, outcome.too_little
    yield from _by_status(diagnosis, words)
    yield from _by_cause(diagnosis, language)


def _by_status(diagnosis: BulkDiagnosis, words: Mapping[str, str]) -> Iterator[Sequence[object]]:
    always = Status.PROVED.value, Status.PART.value, Status.UNEXPLAINED.value, NOT_SEARCHED
    for status in (*always, Status.HINDERED.value, Status.AGREES.value):
        if status in always or status in diagnosis.statuses:
            yield words[status], diagnosis.statuses.get(status, 0)


def _by_cause(diagnosis: BulkDiagnosis, language: Language) -> Iterator[Sequence[object]]:
    words = in_language(DIAGNOSED, language)
    yield ()
    yield (words["by_cause"],)
    yield tuple(words[name] for name in ("cause", "area", "bills", "money"))
    for each in diagnosis.by_cause:
        yield _called("cause", each.cause, language) or words["unexplained"].strip(), each.area, each.bills, each.money


def _in_words(head: Sequence[str], batches: Iterable[pa.RecordBatch], language: Language) -> Iterator[Sequence[object]]:
    for batch in batches:
        columns = (each.to_pylist() for each in batch.columns)
        yield from zip(
            *([_called(name, cell, language) for cell in cells] for name, cells in zip(head, columns, strict=True)),
            strict=True,
        )


def _called(name: str, cell: object, language: Language) -> object:
    """A cell of a column in words, where its words are codes."""
    if name == "status" and cell is not None:
        return DIAGNOSED[str(cell)].of(language).strip()
    if name == "cause" and cell:
        return AND.join(NAMES[code].of(language) for code in str(cell).split(AND))
    return cell
