"""Tables of issued bills diagnosed: what ``billcalc diagnose --bulk`` does, for programs too.

The bills are compared as ``compare --bulk`` compares them; those that differ are diagnosed, and a row is written for
each cause of each answer, the bills with the most money first; or each difference with the causes of its bill. A sum
counts the first answer of a bill.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from billcalc.audit.diagnose.cause import Instance
from billcalc.audit.diagnose.cells import money_of
from billcalc.audit.diagnose.diagnosis import SETS_MAX, Status
from billcalc.audit.diagnose.say import clause_of, look_up, what_happened
from billcalc.bulk.run import Counts
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.runs.batches import Billed, Settings, Watcher
from billcalc.runs.causes_workbook import (
    NOT_SEARCHED,
    BulkDiagnosis,
    CauseMoney,
    write_causes,
    write_differences,
)
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.comparison_results import Compared
from billcalc.runs.diagnosing import Found
from billcalc.runs.diagnosing_workers import Job, diagnosed_bills
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.recomputing import compare_requests, meaning_of
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS

__all__ = ["Keeper", "compare_with_causes", "diagnose_requests"]

Keeper = Callable[[Billed, Compared], None]
"""Keeps something else of the database of a comparison, which has a table of all ``causes``."""

_MONEY = pa.decimal128(38, 2)
_CAUSES = pa.schema(
    [
        *((name, pa.string()) for name in ("account", "area", "status")),
        ("answer", pa.int64()),
        *((name, pa.string()) for name in ("cause", "what")),
        *((name, _MONEY) for name in ("amount", "alone", "together", "left")),
        *((name, pa.string()) for name in ("rule", "look_up")),
    ]
)
_SAID_MAX = 1 << 14
"""How many sentences are kept: those with a bill's own numbers come once."""
_BY_STATUS = "SELECT status, count(DISTINCT account) FROM causes GROUP BY status"
_BY_CAUSE = """
SELECT cause, area, count(DISTINCT account), sum(amount) FROM causes WHERE answer = 1
GROUP BY cause, area ORDER BY sum(abs(amount)) DESC, cause, area
"""
_ORDER = """
UPDATE causes SET answer = placed.place FROM (
  WITH proved AS (SELECT account, area, answer, cause, what FROM causes WHERE status = 'proved'),
    same AS (SELECT area, cause, what, count(DISTINCT account) AS bills FROM proved GROUP BY area, cause, what),
    alike AS (SELECT area, cause, count(DISTINCT account) AS bills FROM proved GROUP BY area, cause),
    answers AS (
      SELECT account, answer, count(*) AS size, sum(same.bills) AS same, sum(alike.bills) AS alike
      FROM proved JOIN same USING (area, cause, what) JOIN alike USING (area, cause) GROUP BY account, answer)
  SELECT account, answer,
    row_number() OVER (PARTITION BY account ORDER BY size, same DESC, alike DESC, answer) AS place
  FROM answers
) placed WHERE causes.account = placed.account AND causes.answer = placed.answer
"""
"""First is the answer of fewer causes; then the one whose causes prove more bills of the run and area, the very same
causes and those of their kind; then the one that the bill alone has first. Only the order rests on other bills."""


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
    run = _Run(write_causes, sets_max)
    return run.of(settings, issued, mapping=mapping, watcher=watcher)


def compare_with_causes(
    settings: Settings,
    issued: Path,
    *,
    mapping: Path | IssuedTable | None = None,
    tolerance: Decimal = Decimal(0),
    watcher: Watcher | None = None,
    sets_max: int = SETS_MAX,
    keep: Keeper = lambda made, compared: None,
) -> tuple[Counts, BulkDiagnosis]:
    """Bill requests and write how the bills differ from those that were issued, and why.

    Args:
        settings: as those of ``compare_requests``.
        issued: the table of issued bills.
        mapping: what its columns mean; see ``compare_requests``.
        tolerance: amounts that differ by no more are no finding [money]; a bill with a finding is diagnosed to the fen.
        watcher: is told how the billing goes on.
        sets_max: how many sets of causes are computed for a bill at most.
        keep: is called before the results are written.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
        OSError: where the results cannot be written.
    """
    run = _Run(write_differences, sets_max, keep)
    return run.of(settings, issued, mapping=mapping, tolerance=tolerance, watcher=watcher)


class _Run:
    """A comparison of which the bills that differ are diagnosed.

    Args:
        write: writes the results.
        sets_max: how many sets of causes are computed for a bill at most.
        keep: is called before.
    """

    def __init__(
        self,
        write: Callable[[Compared, BulkDiagnosis], None],
        sets_max: int,
        keep: Keeper = lambda made, compared: None,
    ) -> None:
        self._write = write
        self._sets_max = sets_max
        self._keep = keep
        self._found: BulkDiagnosis

    def of(
        self, settings: Settings, issued: Path, *, mapping: Path | IssuedTable | None, **told: Any
    ) -> tuple[Counts, BulkDiagnosis]:
        """Compare and diagnose."""
        table, _ = meaning_of(settings, issued, mapping)
        if table.tax is not None:
            facts = {"reason": Reason.TAX_NOT_DIAGNOSED}
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/tax", facts)])
        counts, _ = compare_requests(settings, issued, mapping=mapping, write=self._diagnosed, **told)
        return counts, self._found

    def _diagnosed(self, made: Billed, compared: Compared) -> None:
        connection = compared.connection
        job = Job(compared.layout, made.work, Telling(compared.language), self._sets_max)
        _keep(connection, diagnosed_bills(connection, job, made.tables, workers=made.workers))
        connection.execute(_ORDER)
        self._found = _diagnosis(connection, compared.outcome)
        self._keep(made, compared)
        self._write(compared, self._found)


def _keep(connection: Any, causes: Iterable[pa.Table]) -> None:
    """A table of all causes, filled as they are told."""
    connection.register("some_causes", _CAUSES.empty_table())
    connection.execute("CREATE TEMP TABLE causes AS SELECT * FROM some_causes")
    for some in causes:
        connection.register("some_causes", some)
        connection.execute("INSERT INTO causes SELECT * FROM some_causes")


class Telling:
    """Tells the causes of bills as rows, in words; it is sent to other processes.

    Args:
        language: of the words.
    """

    def __init__(self, language: Language) -> None:
        self._words = _Words(language)

    def __call__(self, bills: Iterator[Found]) -> pa.Table:
        """A row for each cause of each answer."""
        rows = [row for found in bills for row in _rows(found, self._words)]
        columns = zip(*rows, strict=True) if rows else ([] for _ in _CAUSES)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, _CAUSES, strict=True)]
        return pa.Table.from_arrays(arrays, schema=_CAUSES)


class _Words:
    """The words of causes, each set of facts said once.

    Args:
        language: theirs.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._said: dict[tuple[object, ...], tuple[str, str, str]] = {}

    def of(self, cause: Instance) -> tuple[str, str, str]:
        """What happened, by which text it is wrong, and what to look up."""
        key = (cause.cause, *cause.facts.values())
        if key not in self._said:
            if len(self._said) > _SAID_MAX:
                self._said.clear()
            lexicon = LEXICONS[self._language]
            self._said[key] = what_happened(lexicon, cause), clause_of(lexicon, cause), look_up(lexicon, cause)
        return self._said[key]


def _rows(found: Found, words: _Words) -> Iterator[Sequence[object]]:
    told = found.told
    is_open = told.status is Status.UNEXPLAINED and not told.is_complete
    head = found.key, found.area, NOT_SEARCHED if is_open else told.status.value
    if not told.answers:
        yield *head, 1, "", "", *(money_of(fen) for fen in (0, 0, 0, told.left)), "", ""
    for number, answer in enumerate(told.answers, start=1):
        together, left = money_of(answer.together), money_of(answer.left)
        for cause, share, alone in zip(answer.causes, answer.shares, answer.alone, strict=True):
            what, rule, to_look_up = words.of(cause)
            amounts = money_of(share), money_of(alone), together, left
            yield *head, number, cause.cause, what, *amounts, rule, to_look_up


def _diagnosis(connection: Any, outcome: BulkComparison) -> BulkDiagnosis:
    statuses = dict(sorted(connection.execute(_BY_STATUS).fetchall()))
    by_cause = tuple(CauseMoney(*row) for row in connection.execute(_BY_CAUSE).fetchall())
    return BulkDiagnosis(outcome, statuses, by_cause)
