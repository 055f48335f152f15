"""Tables of issued bills diagnosed: what ``billcalc diagnose --bulk`` does, for programs too.

The bills are compared as ``compare --bulk`` compares them; those that differ are diagnosed, and a row is written for
each cause of each answer, the bills with the most money first. A sum counts the first answer of a bill.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from billcalc.audit.diagnose.cells import money_of
from billcalc.audit.diagnose.diagnosis import SETS_MAX, Status
from billcalc.audit.diagnose.say import clause_of, look_up, what_happened
from billcalc.bulk.run import Counts
from billcalc.files import disk
from billcalc.files.loading import load
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.runs.batches import Billed, Settings, Watcher
from billcalc.runs.bulk_comparison import Writer
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.comparison_queries import shown_key
from billcalc.runs.diagnosing import Found, diagnosed_bills
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.query_output import write_query
from billcalc.runs.recomputing import compare_requests
from billcalc.tables.workbook_writing import Page, write_pages
from billcalc.tables.writers import Tabular
from billcalc.words.language import Language, in_language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.runs import DIAGNOSED

__all__ = ["BulkDiagnosis", "CauseMoney", "diagnose_requests", "summary_rows"]

_MONEY = pa.decimal128(38, 2)
_CAUSES = pa.schema(
    [
        *((name, pa.string()) for name in ("account", "area", "status")),
        ("answer", pa.int64()),
        *((name, pa.string()) for name in ("cause", "what")),
        *((name, _MONEY) for name in ("amount", "left")),
        *((name, pa.string()) for name in ("rule", "look_up")),
    ]
)
_ROWS = 1 << 12
_RANKED = """
SELECT {key}, c.area, b.difference AS bill_difference, c.status, c.answer, c.cause, c.what, c.amount, c."left", c.rule,
  c.look_up FROM causes c JOIN bills b USING (account)
ORDER BY abs(b.difference) DESC, account, c.answer, abs(c.amount) DESC, c.cause, c.what
"""
_BY_STATUS = "SELECT status, count(DISTINCT account) FROM causes GROUP BY status"
_BY_CAUSE = """
SELECT cause, area, count(DISTINCT account), sum(amount) FROM causes WHERE answer = 1
GROUP BY cause, area ORDER BY sum(abs(amount)) DESC, cause, area
"""
NOT_SEARCHED = "not_searched"


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


def diagnose_requests(
    settings: Settings,
    issued: Path,
    *,
    mapping: Path | IssuedTable | None = None,
    watcher: Watcher | None = None,
    sets_max: int = SETS_MAX,
) -> tuple[Counts, BulkDiagnosis]:
    """Bill requests, and write why the bills that were issued differ.

    Args:
        settings: as those of ``bill_tables``; ``out`` is the table of causes; what could not be compared goes beside.
        issued: the table of issued bills.
        mapping: what its columns mean; see ``compare_requests``.
        watcher: is told how the billing goes on.
        sets_max: how many sets of causes are computed for a bill at most.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
        OSError: where the results cannot be written.
    """
    found: list[BulkDiagnosis] = []
    table = load(IssuedTable, mapping) if isinstance(mapping, Path) else mapping
    if table is not None and table.tax is not None:
        facts = {"reason": Reason.TAX_NOT_DIAGNOSED}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/tax", facts)])

    def writer(made: Billed) -> Writer:
        def write(
            connection: Any,
            layout: IssuedTable,
            outcome: BulkComparison,
            out: BinaryIO,
            written_in: Tabular,
            language: Language,
        ) -> None:
            bills = diagnosed_bills(connection, layout, made.work, made.tables, sets_max=sets_max)
            _keep(connection, bills, LEXICONS[language])
            found.append(_diagnosis(connection, outcome))
            _write(connection, layout, found[-1], out, written_in, language)

        return write

    counts, _ = compare_requests(settings, issued, mapping=mapping, watcher=watcher, writer=writer)
    return counts, found[-1]


def _keep(connection: Any, bills: Iterable[Found], lexicon: Lexicon) -> None:
    """A table of all causes, filled some bills at a time."""
    connection.register("no_causes", _CAUSES.empty_table())
    connection.execute("CREATE TEMP TABLE causes AS SELECT * FROM no_causes")
    rows = (row for found in bills for row in _rows(found, lexicon))
    while some := list(islice(rows, _ROWS)):
        columns = [pa.array(column, field.type) for column, field in zip(zip(*some, strict=True), _CAUSES, strict=True)]
        connection.register("some_causes", pa.Table.from_arrays(columns, schema=_CAUSES))
        connection.execute("INSERT INTO causes SELECT * FROM some_causes")


def _rows(found: Found, lexicon: Lexicon) -> Iterator[Sequence[object]]:
    told = found.told
    is_open = told.status is Status.UNEXPLAINED and not told.is_complete
    head = found.key, found.area, NOT_SEARCHED if is_open else told.status.value
    if not told.answers:
        yield *head, 1, "", "", money_of(0), money_of(told.left), "", ""
    for number, answer in enumerate(told.answers, start=1):
        left = money_of(answer.left)
        for cause, share in zip(answer.causes, answer.shares, strict=True):
            what = what_happened(lexicon, cause), money_of(share), left, clause_of(lexicon, cause)
            yield *head, number, cause.cause, *what, look_up(lexicon, cause)


def _diagnosis(connection: Any, outcome: BulkComparison) -> BulkDiagnosis:
    statuses = dict(sorted(connection.execute(_BY_STATUS).fetchall()))
    by_cause = tuple(CauseMoney(*row) for row in connection.execute(_BY_CAUSE).fetchall())
    return BulkDiagnosis(outcome, statuses, by_cause)


def _write(
    connection: Any,
    layout: IssuedTable,
    diagnosis: BulkDiagnosis,
    out: BinaryIO,
    written_in: Tabular,
    language: Language,
) -> None:
    query = _RANKED.format(key=shown_key(layout))
    if written_in is not Tabular.EXCEL:
        write_query(connection, query, out, written_in)
        return
    words = in_language(DIAGNOSED, language)
    with connection.sql(query).to_arrow_reader(_ROWS) as batches, disk.spool() as draft:
        head = [words[name] for name in batches.schema.names]
        rows = (row for batch in batches for row in zip(*(each.to_pylist() for each in batch.columns), strict=True))
        told = (_in_words(row, batches.schema.names, words) for row in rows)
        pages = [Page(words["summary"], (), summary_rows(diagnosis, words)), Page(words["causes"], head, told)]
        write_pages(draft, pages)
        draft.seek(0)
        shutil.copyfileobj(draft, out)


def _in_words(row: Sequence[object], names: Sequence[str], words: Mapping[str, str]) -> Sequence[object]:
    return [words[str(cell)].strip() if name == "status" else cell for name, cell in zip(names, row, strict=True)]


def summary_rows(diagnosis: BulkDiagnosis, words: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """How many differ, over and under; how many were told what; and what each cause comes to in each area."""
    outcome = diagnosis.comparison
    yield words["differing"], outcome.differing
    yield words["over"], outcome.over, outcome.too_much
    yield words["under"], outcome.under, outcome.too_little
    for status in ("proved", "part", "unexplained", NOT_SEARCHED, "hindered", "agrees"):
        if status in diagnosis.statuses or status in ("proved", "part", "unexplained", NOT_SEARCHED):
            yield words[status], diagnosis.statuses.get(status, 0)
    yield ()
    yield (words["by_cause"],)
    yield tuple(words[name] for name in ("cause", "area", "bills", "money"))
    for each in diagnosis.by_cause:
        yield each.cause or words["unexplained"].strip(), each.area, each.bills, each.money
