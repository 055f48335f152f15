"""The checks of tables of accounts, each beside its earlier months: what ``billcalc check --bulk`` does.

Both tables are billed into facts; of an account the months that lie before are looked up by their days, a column of
facts at a time, so that the memory goes by the accounts and not by their months.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from billcalc.audit.checks.check import Level
from billcalc.audit.checks.collecting import CLASS, FactsWanted
from billcalc.audit.checks.judging import ALL, Answer, Finding
from billcalc.audit.checks.judging_columns import Answers, Told, judge_columns
from billcalc.audit.checks.limits import Limits, LimitsDocument, Of
from billcalc.audit.checks.names import NAMES
from billcalc.audit.checks.say import LEVELS, fact_words, said
from billcalc.bulk.arrow import as_column
from billcalc.bulk.paths import ACCOUNT
from billcalc.bulk.run import Counts
from billcalc.files import disk
from billcalc.files.writing import replacing
from billcalc.runs.batches import Settings, Watcher, bill_tables, default_rejects
from billcalc.runs.earlier_months import Earlier, base_of, earlier_months
from billcalc.runs.guarding import check_outputs
from billcalc.tables.writers import FORMATS, written_format
from billcalc.vocabulary import CustomerClass
from billcalc.words.lexicon import LEXICONS, Lexicon

__all__ = ["BulkChecks", "check_tables", "not_checked_beside"]

_ROWS = 1_000_000
"""Accounts that are judged at one time."""
_NEEDED = tuple(dict.fromkeys(name for check in ALL for name in check.inputs))
_OF_MONTH = tuple(dict.fromkeys(("first_day", "end_day", *(base_of(name)[0] for name in _NEEDED))))
_OF_BEFORE = tuple(dict.fromkeys(("first_day", *(base_of(name)[0] for name in _NEEDED if base_of(name)[1]))))
_HEAD = (ACCOUNT, "from", "to", "check", "name", "level", "message", "limits")
_FINDINGS = pa.schema([(name, pa.string()) for name in _HEAD])
_LEFT = pa.schema([("check", pa.string()), ("name", pa.string()), ("missing", pa.string()), ("accounts", pa.int64())])


@dataclass(frozen=True, slots=True)
class BulkChecks:
    """What the checks of many accounts came to.

    Attributes:
        accounts, months: what became of the rows of both tables.
        answers: by check and answer the number of accounts.
    """

    accounts: Counts
    months: Counts
    answers: Mapping[tuple[str, Answer], int]

    @property
    def accuses(self) -> bool:
        """Whether a contradiction or something implausible was found."""
        return any(self.answers.get((check.code, Answer.SPEAKS)) for check in ALL if check.level is not Level.ADVICE)


@dataclass(slots=True)
class _Tally:
    answers: Counter[tuple[str, Answer]] = field(default_factory=Counter)
    missing: Counter[tuple[str, str]] = field(default_factory=Counter)


def not_checked_beside(out: Path) -> Path:
    """Where it is told what could not be checked.

    >>> str(not_checked_beside(Path("findings.parquet")))
    'findings.parquet.not_checked.csv'
    """
    return out.with_name(f"{out.name}.not_checked.csv")


def check_tables(
    settings: Settings,
    history: Sequence[str],
    documents: Sequence[LimitsDocument],
    *,
    company: str | None = None,
    watcher: Watcher | None = None,
) -> BulkChecks:
    """Check every account of some tables.

    Args:
        settings: of the run; ``out`` takes a row for each check that speaks. What could not be checked stands beside it
            with its reason and the number of accounts, and so do the rows that could not be billed.
        history: tables of requests of earlier months, of any number of months of any of the accounts.
        documents: the limits, in the order in which they were made.
        company: whose limits hold.
        watcher: is told how billing goes on.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
    """
    out, left = settings.out, not_checked_beside(settings.out)
    written_in = written_format(out, settings.format)
    rejects = settings.rejects or default_rejects(out)
    of_before = out.with_name(f"{out.name}.history.rejects.csv")
    check_outputs([out, left, rejects, *([of_before] if history else [])], [*settings.inputs, *history])
    lexicon, tally = LEXICONS[settings.language], _Tally()
    with disk.scratch_directory(out.parent) as folder:
        now, before = Path(folder) / "months.parquet", Path(folder) / "history.parquet"
        wanted = replace(settings, out=now, rejects=rejects, output=FactsWanted(_OF_MONTH), format=None)
        accounts, months = bill_tables(wanted, watcher), Counts()
        if history:
            asked = replace(wanted, inputs=history, out=before, rejects=of_before, output=FactsWanted(_OF_BEFORE))
            months = bill_tables(asked, watcher)
        with replacing(out, left) as (findings, reasons):
            told = _findings(now, before if history else None, documents, company, lexicon, tally)
            FORMATS[written_in].write(told, findings, _FINDINGS)
            FORMATS[written_format(left)].write([_reasons(tally, lexicon)], reasons, _LEFT)
    return BulkChecks(accounts, months, tally.answers)


def _reasons(tally: _Tally, lexicon: Lexicon) -> pa.RecordBatch:
    rows = [
        {"check": code, "name": NAMES[code].of(lexicon.language), "missing": missing, "accounts": count}
        for (code, missing), count in sorted(tally.missing.items())
    ]
    return pa.RecordBatch.from_pylist(rows, schema=_LEFT)


def _findings(
    now: Path,
    before: Path | None,
    documents: Sequence[LimitsDocument],
    company: str | None,
    lexicon: Lexicon,
    tally: _Tally,
) -> Iterator[pa.RecordBatch]:
    """What speaks, some accounts at a time; what all answers come to is counted on the way."""
    table = pq.read_table(now, memory_map=True)
    for start in range(0, table.num_rows, _ROWS):
        part = table.slice(start, _ROWS)
        facts = {name: _told(part.column(name)) for name in _OF_MONTH}
        accounts = part.column(ACCOUNT).cast(pa.string()).combine_chunks()
        first = facts["first_day"].numbers.numbers // 10 ** facts["first_day"].numbers.scale
        if before is not None:
            facts |= dict(_before(before, earlier_months(before, accounts, first)))
        speaking: list[tuple[int, Finding]] = []
        for limits, rows in _by_limits(part, first, documents, company):
            of_rows = {name: each.of_rows(rows) for name, each in facts.items()}
            places = np.flatnonzero(rows)
            for answers in judge_columns(of_rows, limits, len(places)):
                _count(answers, len(places), lexicon, tally)
                for row in np.flatnonzero(answers.speaks).tolist():
                    speaking.append((int(places[row]), _finding(answers, row, of_rows, limits)))
        yield _rows(sorted(speaking, key=lambda each: each[0]), accounts, facts, lexicon)


def _told(column: pa.ChunkedArray) -> Told:
    array = column.combine_chunks()
    numbers = as_column(array).column
    known = array.is_valid().to_numpy(zero_copy_only=False)
    full = np.broadcast_to(numbers.numbers, known.shape)
    return Told(type(numbers)(full, numbers.scale, numbers.low, numbers.high), known)


def _before(before: Path, earlier: Earlier) -> Iterator[tuple[str, Told]]:
    """The facts of the earlier months; of an account that has none of a month nothing of it is known."""
    for base in _OF_BEFORE if earlier else ():
        whole = _told(pq.read_table(before, columns=[base], memory_map=True).column(base))
        for behind, (places, found) in earlier.items():
            if f"{base}_{behind}" in _NEEDED:
                yield f"{base}_{behind}", Told(whole.numbers.of_rows(places), found & whole.known[places])


def _by_limits(
    part: pa.Table, first: NDArray[np.int64], documents: Sequence[LimitsDocument], company: str | None
) -> Iterator[tuple[Limits, NDArray[np.bool_]]]:
    """The accounts that have the same limits, by the day, their class, and themselves where limits are theirs alone."""
    starts = sorted({document.start.toordinal() for document in documents})
    named = {each.for_whom.account for document in documents for each in document.limits} - {None}
    classes = part.column(CLASS).cast(pa.string()).to_pylist()
    accounts = part.column(ACCOUNT).cast(pa.string()).to_pylist()
    held = np.searchsorted(np.array(starts), first, side="right").tolist()
    told = zip(held, classes, accounts, strict=True)
    keys = [(day, kind, name if name in named else None) for day, kind, name in told]
    known = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    codes = np.array([known[key] for key in keys])
    for (day, kind, name), place in known.items():
        of_class = CustomerClass(kind) if kind else None
        whom = Of.model_construct(company=company, account=name, customer_class=of_class)
        yield Limits.of(documents, date.fromordinal(starts[max(day - 1, 0)]), whom), codes == place


def _count(answers: Answers, rows: int, lexicon: Lexicon, tally: _Tally) -> None:
    code, speaks, made = answers.check.code, int(answers.speaks.sum()), int(answers.made.sum())
    for answer, count in ((Answer.SPEAKS, speaks), (Answer.PASSES, made - speaks), (Answer.NOT_CHECKED, rows - made)):
        tally.answers[code, answer] += count
    for missing, count in answers.missing.items():
        words = "; ".join(fact_words(lexicon, name) for name in missing)
        tally.missing[code, words if answers.off is None else answers.off] += count


def _finding(answers: Answers, row: int, facts: Mapping[str, Told], limits: Limits) -> Finding:
    check = answers.check
    figures = {name: _figure(facts[name], int(row)) for name in check.inputs}
    figures.update({name: limits.numbers[check.code, name] for name in check.limits})
    sources = tuple(dict.fromkeys(limits.sources[check.code, name] for name in check.limits))
    return Finding(check, Answer.SPEAKS, figures=figures, sources=sources)


def _figure(told: Told, row: int) -> Decimal:
    return Decimal(int(told.numbers.numbers[row])).scaleb(-told.numbers.scale)


def _rows(
    speaking: Sequence[tuple[int, Finding]], accounts: pa.Array, facts: Mapping[str, Told], lexicon: Lexicon
) -> pa.RecordBatch:
    rows = []
    for place, finding in speaking:
        code = finding.check.code
        name = NAMES[code].of(lexicon.language)
        days = [date.fromordinal(int(_figure(facts[each], place))).isoformat() for each in ("first_day", "end_day")]
        message = next(said(lexicon, finding, ()), name)
        level = LEVELS[finding.check.level].of(lexicon.language)
        cells = (accounts[place].as_py(), *days, code, name, level, message, "; ".join(finding.sources))
        rows.append(dict(zip(_HEAD, cells, strict=True)))
    return pa.RecordBatch.from_pylist(rows, schema=_FINDINGS)
