"""Tables of accounts and of their earlier months, billed into facts and judged in columns.

What ``billcalc check --bulk`` and ``billcalc audit run`` have in common. Of an account the months that lie before are
looked up by their days, a column of facts at a time, so that the memory goes by the accounts and not by their months.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from billcalc.audit.checks.check import Check
from billcalc.audit.checks.collecting import PROBLEMS, SHAPE, FactsWanted
from billcalc.audit.checks.judging import ALL, Answer, Finding
from billcalc.audit.checks.judging_columns import Answers, Told, judge_columns
from billcalc.audit.checks.limits import Limits, LimitsDocument, Of
from billcalc.audit.checks.shapes import Shapes
from billcalc.bulk.paths import ACCOUNT
from billcalc.runs.batches import Billed, Settings, Watcher, billed, opened_tables
from billcalc.runs.earlier_months import History, base_of, integers_of
from billcalc.tables.writers import Tabular
from billcalc.vocabulary import CustomerClass

__all__ = ["Block", "Checked", "LimitsOf", "billed_facts", "blocks_of", "incomplete_accounts", "judged"]

_ROWS = 1_000_000
"""Accounts whose months are looked up at one time."""
_JUDGED = 32 * 1024
"""Accounts that are judged at one time: their columns stay in the processor's cache."""
_NEEDED = tuple(dict.fromkeys(name for check in ALL for name in check.inputs))
_OF_MONTH = tuple(dict.fromkeys(("first_day", "end_day", *(base_of(name)[0] for name in _NEEDED))))
_OF_BEFORE = tuple(dict.fromkeys(("first_day", *(base_of(name)[0] for name in _NEEDED if base_of(name)[1]))))


@dataclass(frozen=True, slots=True)
class Checked:
    """The facts of the accounts, and of the months of their history, where one is told."""

    accounts: Billed
    months: Billed | None

    @property
    def runs(self) -> tuple[Billed, ...]:
        """Both runs."""
        return (self.accounts,) if self.months is None else (self.accounts, self.months)

    def check_inputs(self) -> None:
        """See that the inputs are what they were; raises as ``Billed.check_inputs``."""
        for run in self.runs:
            run.check_inputs()


@contextmanager
def billed_facts(
    settings: Settings,
    history: Sequence[str],
    *,
    rejects: Tabular,
    outputs: Sequence[Path] = (),
    watcher: Watcher,
    problems: bool = False,
) -> Iterator[Checked]:
    """The life of the facts: both tables are billed into parts beside ``out``, from which an interrupted run goes on.

    Args:
        settings: of the run.
        history: tables of requests of earlier months.
        rejects: the format of the rejects in the parts.
        outputs: what will be written.
        watcher: is told how billing goes on.
        problems: whether the problems of the accounts' bills that are checks are told, too.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
    """
    if history:  # before the accounts are billed
        opened_tables(replace(settings, inputs=history))
    formats = (Tabular.PARQUET, rejects)
    beside = settings.out.with_name(f"{settings.out.name}.history")
    with ExitStack() as stack:
        wanted = replace(settings, output=FactsWanted(_OF_MONTH, problems), format=None)
        now = billed(wanted, formats, outputs=outputs, watcher=watcher, reads=[Path(each) for each in history])
        accounts, months = stack.enter_context(now), None
        if history:
            asked = replace(wanted, inputs=history, out=beside, output=FactsWanted(_OF_BEFORE))
            months = stack.enter_context(billed(asked, formats, outputs=(), watcher=watcher))
        yield Checked(accounts, months)


@dataclass(frozen=True, slots=True)
class Block:
    """Some accounts with their facts.

    Attributes:
        facts: of the month, and of the earlier ones that a check needs.
        classes: of the customers, empty where an account has several.
        problems: of each bill those that are checks, in JSON; None where they are not asked for.
    """

    accounts: pa.Array
    facts: Mapping[str, Told]
    classes: pa.Array
    problems: pa.Array | None

    @property
    def first_days(self) -> NDArray[np.int64]:
        """Of the months, from the year 1 on."""
        column = self.facts["first_day"].numbers
        return np.broadcast_to(column.numbers // 10**column.scale, (len(self.accounts),))

    def part(self, start: int, rows: int) -> "Block":
        """Some of the accounts."""
        place = slice(start, start + rows)
        facts = {name: told.of_rows(place) for name, told in self.facts.items()}
        problems = None if self.problems is None else self.problems.slice(start, rows)
        accounts, classes = self.accounts.slice(start, rows), self.classes.slice(start, rows)
        return Block(accounts, facts, classes, problems)


def blocks_of(checked: Checked) -> Iterator[Block]:
    """The accounts with their facts, some at a time."""
    months = checked.months
    history = None if months is None else History(_files(months), months.parts.schema)
    for file in _together(_files(checked.accounts)):
        whole = _block(file, history)
        for start in range(0, len(whole.accounts), _JUDGED):
            yield whole.part(start, _JUDGED)


def _files(run: Billed) -> list[pq.ParquetFile]:
    return [pq.ParquetFile(path, memory_map=True) for path in run.parts.of_bills(run.numbers)]


def incomplete_accounts(run: Billed) -> Iterator[str]:
    """The accounts of bills of which not all facts are kept."""
    for file in _files(run):
        left = ~Shapes(file.read([SHAPE]).column(SHAPE)).whole
        if left.any():
            yield from file.read([ACCOUNT]).column(ACCOUNT).filter(pa.array(left)).to_pylist()


def _together(files: Sequence[pq.ParquetFile]) -> Iterator[pa.Table]:
    """The rows of files, so many at a time as months are looked up for."""
    found: list[pa.Table] = []
    for file in files:
        found.append(file.read())
        if sum(each.num_rows for each in found) >= _ROWS:
            yield pa.concat_tables(found)
            found = []
    if found:
        yield pa.concat_tables(found)


def _block(table: pa.Table, history: History | None) -> Block:
    shapes = Shapes(table.column(SHAPE))
    facts = {name: shapes.told(name, partial(_integers, table, name)) for name in _OF_MONTH}
    accounts = _array(table.column(ACCOUNT))
    problems = _array(table.column(PROBLEMS)) if PROBLEMS in table.column_names else None
    block = Block(accounts, facts, shapes.classes, problems)
    if history is not None:
        earlier = history.earlier(accounts, block.first_days)
        for base in _OF_BEFORE if earlier else ():
            of_months = history.told(base)
            for behind, (places, found) in earlier.items():
                if f"{base}_{behind}" in _NEEDED:
                    facts[f"{base}_{behind}"] = Told(of_months.numbers.of_rows(places), found & of_months.known[places])
    return block


def _integers(table: pa.Table, name: str) -> NDArray[np.int64]:
    return integers_of(table.column(name))


def _array(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array of texts."""
    return pa.concat_arrays([pa.array([], pa.string()), *column.cast(pa.string()).chunks])


Judged = tuple[Answers, NDArray[np.int64], Callable[[int], Finding]]
"""The answers about accounts with the same limits, the places of these in their block, and what a check that speaks has
found, by the place among these."""


def judged(block: Block, limits_of: "LimitsOf") -> Iterator[Judged]:
    """The answers of all checks of some accounts."""
    for limits, places in limits_of.groups(block):
        everybody = len(places) == len(block.accounts)
        facts = block.facts if everybody else {name: told.of_rows(places) for name, told in block.facts.items()}
        for answers in judge_columns(facts, limits, len(places)):
            yield answers, places, partial(_finding, answers.check, facts, limits)


def _finding(check: Check, facts: Mapping[str, Told], limits: Limits, row: int) -> Finding:
    figures = {name: facts[name].of_row(row) for name in check.inputs}
    figures.update({name: limits.numbers[check.code, name] for name in check.limits})
    sources = tuple(dict.fromkeys(limits.sources[check.code, name] for name in check.limits))
    return Finding(check, Answer.SPEAKS, figures=figures, sources=sources)


class LimitsOf:
    """Which limits accounts have: by the day, their class, and themselves where limits are theirs alone.

    Args:
        documents: the limits, in the order in which they were made.
        company: whose limits hold.
    """

    def __init__(self, documents: Sequence[LimitsDocument], company: str | None) -> None:
        self._documents = documents
        self._company = company
        self._starts = sorted({document.start.toordinal() for document in documents})
        named = {each.for_whom.account for document in documents for each in document.limits} - {None}
        self._named = pa.array(sorted(filter(None, named)), pa.string())
        self._known: dict[tuple[int, str, str | None], Limits] = {}

    def groups(self, block: Block) -> Iterator[tuple[Limits, NDArray[np.int64]]]:
        """The places of the accounts that have the same limits, with these."""
        held = np.searchsorted(np.array(self._starts), block.first_days, side="right")
        classes = block.classes.dictionary_encode()
        names = pc.fill_null(pc.index_in(block.accounts, value_set=self._named), len(self._named)).to_numpy()
        kinds = len(classes.dictionary)
        codes = (held * kinds + classes.indices.to_numpy()) * (len(self._named) + 1) + names
        for first in np.unique(codes, return_index=True)[1].tolist():
            name = block.accounts[first].as_py() if names[first] < len(self._named) else None
            kind = classes.dictionary[classes.indices[first].as_py()].as_py()
            yield self._limits(int(held[first]), kind, name), np.flatnonzero(codes == codes[first])

    def _limits(self, held: int, kind: str, name: str | None) -> Limits:
        known = self._known.get((held, kind, name))
        if known is None:
            of_class = CustomerClass(kind) if kind else None
            whom = Of.model_construct(company=self._company, account=name, customer_class=of_class)
            day = date.fromordinal(self._starts[max(held - 1, 0)])
            known = self._known[held, kind, name] = Limits.of(self._documents, day, whom)
        return known
