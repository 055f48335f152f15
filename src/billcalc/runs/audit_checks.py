"""The checks of a run of an audit: of tables in columns, and of accounts that columns are not for one by one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from json import loads

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from billcalc.audit.checks.judging import Finding
from billcalc.audit.checks.limits import LimitsDocument
from billcalc.audit.findings.records import Examined
from billcalc.audit.findings.seeing import BILL_CODES, checks_seen, month_of_bill, month_of_day, unchecked
from billcalc.bulk.plans import Plans
from billcalc.bulk.run import REJECTS
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import FAULTS_MAX, Problem, Severity
from billcalc.runs.audit_rows import Only, Refusals, checked_rows, history_of_tables
from billcalc.runs.batches import Billed
from billcalc.runs.checked_tables import Block, Checked, LimitsOf, blocks_of, incomplete_accounts, judged
from billcalc.words.lexicon import Lexicon
from billcalc.words.saying import sentence

__all__ = ["AccountChecks", "Refused"]

_ALONE = pa.array([RefusalCode.NOT_SUPPORTED, RefusalCode.OTHER_CURRENCY, FaultCode.OUT_OF_RANGE], pa.string())
"""Why columns leave out rows of which a single bill may be made."""
_UNCOUNTED = {ProblemCode.CONVENTION_UNDOCUMENTED.value}
"""What columns do not count either where facts are asked for: it takes every bill a second time."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be billed, and is not checked therefore.

    Attributes:
        place: the table and the row.
        where: the place in its request, or nothing.
        message: why.
    """

    place: str
    where: str
    message: str


@dataclass(slots=True)
class AccountChecks:
    """Makes the checks of tables, and counts what becomes of their rows.

    Attributes:
        checked: the facts of the tables.
        documents: the limits.
        company: whose limits hold.
        known: the accounts of which it is told also where no check speaks.
        lexicon: the language of what is refused.
        examined: how many rows were checked.
        not_checked: how many checks of them could not be made.
        refused: how many rows cannot be billed.
        told: the first of these.
        problems: how many bills that columns do not make have each problem.
    """

    checked: Checked
    documents: Sequence[LimitsDocument]
    company: str | None
    known: Collection[str]
    lexicon: Lexicon
    examined: int = 0
    not_checked: int = 0
    refused: int = 0
    told: list[Refused] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)

    def found(self) -> Iterator[Examined]:
        """The months of accounts of which a check speaks, and those of the accounts that are known."""
        alone = _Alone.of(self.checked.runs[::-1])
        for rejects in alone.refused:
            self.refused += rejects.num_rows
            for row in rejects.slice(0, max(FAULTS_MAX - len(self.told), 0)).to_pylist():
                self.told.append(Refused(f"{row['file']}:{row['row']}", row["field"], row["message"]))
        limits_of = LimitsOf(self.documents, self.company)
        left_out, known = _names(alone.accounts), _names(self.known)
        for block in blocks_of(self.checked):
            asked = ~_is_in(block.accounts, left_out)
            yield from self._judged(block, limits_of, asked, _is_in(block.accounts, known) & asked)
        if alone.accounts:
            yield from self._one_by_one(alone)

    def _judged(
        self, block: Block, limits_of: LimitsOf, asked: NDArray[np.bool_], known: NDArray[np.bool_]
    ) -> Iterator[Examined]:
        """What columns tell of those that are asked."""
        found: dict[int, list[Finding]] = defaultdict(list)
        left: dict[str, NDArray[np.bool_]] = {}
        for answers, places, finding in judged(block, limits_of):
            unmade = left.setdefault(answers.check.code, np.zeros(len(asked), dtype=np.bool_))
            unmade[places[~answers.made]] = True
            for row in np.flatnonzero(answers.speaks & asked[places]).tolist():
                found[int(places[row])].append(finding(row))
        self.examined += int(asked.sum())
        self.not_checked += sum(int((unmade & asked).sum()) for unmade in left.values())
        for row in sorted({*found, *np.flatnonzero(known).tolist()}):
            account = block.accounts[row].as_py()
            month = month_of_day(int(block.facts["end_day"].of_row(row)))
            seen = checks_seen(found.get(row, ()), _problems(block, row), account, month)
            unmade_codes = frozenset(code for code, unmade in left.items() if unmade[row])
            yield Examined(account, month, seen, unmade_codes | BILL_CODES)

    def _one_by_one(self, alone: "_Alone") -> Iterator[Examined]:
        """What is told of accounts of which columns do not have everything."""
        refusals, work = Refusals(), self.checked.accounts.work
        plans, only = Plans(work.catalog, work.template, work.requests), Only(alone.accounts, alone.left_out)
        months = self.checked.months
        history = {} if months is None else history_of_tables(months.tables, plans, refusals, only)
        tables = self.checked.accounts.tables
        told = checked_rows(tables, plans, self.documents, history, refusals, company=self.company, only=only)
        for row, account, each in told:
            if row in alone.rows:
                self.problems.update({problem.code.value for problem in each.bill.problems} - _UNCOUNTED)
            without, month = unchecked(each.findings), month_of_bill(each.bill.period)
            self.examined += 1
            self.not_checked += len(without)
            seen = checks_seen(each.findings, each.bill.problems, account, month)
            if seen or account in self.known:
                yield Examined(account, month, seen, without | BILL_CODES)
        self.refused += refusals.count
        for place, trouble in refusals.told[: max(FAULTS_MAX - len(self.told), 0)]:
            self.told.append(Refused(place, trouble.where, sentence(self.lexicon, trouble.code, trouble.facts)))


@dataclass(frozen=True, slots=True)
class _Alone:
    """What columns leave out.

    Attributes:
        refused: the rows that cannot be billed, of each of the tables.
        accounts: those that are asked one by one: some of their rows columns are not for.
        left_out: the rows of these that are told as refused.
        rows: those of which columns make no bill, and of which one may be made.
    """

    refused: Sequence[pa.Table]
    accounts: Collection[str]
    left_out: frozenset[tuple[str, int]]
    rows: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, runs: Sequence[Billed]) -> "_Alone":
        rejected = [_rejected(run) for run in runs]
        masks = [pc.is_in(each.column("code"), value_set=_ALONE) for each in rejected]
        names = [pc.utf8_trim_whitespace(each.column("account")) for each in rejected]
        told = (name.filter(mask).drop_null().to_pylist() for name, mask in zip(names, masks, strict=True))
        accounts = frozenset(chain(*told, *map(incomplete_accounts, runs)))
        refused = [each.filter(pc.invert(mask)) for each, mask in zip(rejected, masks, strict=True)]
        left_out = (row for each in refused for row in _rows_of(each, accounts))
        alone = chain(*(_places(each.filter(mask)) for each, mask in zip(rejected, masks, strict=True)))
        return cls(refused, accounts, frozenset(left_out), frozenset(alone))


def _rows_of(rejects: pa.Table, accounts: Collection[str]) -> Iterator[tuple[str, int]]:
    mask = _is_in(pc.utf8_trim_whitespace(rejects.column("account")).combine_chunks(), _names(accounts))
    yield from _places(rejects.filter(pa.array(mask)))


def _places(some: pa.Table) -> Iterator[tuple[str, int]]:
    yield from zip(some.column("file").to_pylist(), some.column("row").to_pylist(), strict=True)


def _rejected(run: Billed) -> pa.Table:
    files = (pq.ParquetFile(path) for path in run.parts.of_rejects(run.numbers))
    return pa.concat_tables([REJECTS.empty_table(), *(file.read() for file in files)])


def _names(accounts: Collection[str]) -> pa.Array:
    return pa.array(list(accounts), pa.string())


def _is_in(names: pa.Array, some: pa.Array) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = pc.is_in(names, value_set=some).to_numpy(zero_copy_only=False)
    return found


def _problems(block: Block, row: int) -> list[Problem]:
    """The problems of a bill that are checks; how much they matter is no matter of what was found."""
    assert block.problems is not None, "they were asked for"
    told = block.problems[row].as_py()
    return [Problem(ProblemCode(code), Severity.DOUBT, where, facts) for code, where, facts in loads(told or "[]")]
