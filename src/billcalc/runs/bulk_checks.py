"""The checks of tables of accounts, each beside its earlier months: what ``billcalc check --bulk`` does."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from billcalc.audit.checks.check import Level
from billcalc.audit.checks.judging import ALL, Answer, Finding
from billcalc.audit.checks.judging_columns import Answers
from billcalc.audit.checks.limits import LimitsDocument
from billcalc.audit.checks.names import NAMES
from billcalc.audit.checks.say import LEVELS, fact_words, said
from billcalc.bulk.paths import ACCOUNT
from billcalc.bulk.run import Counts
from billcalc.files.writing import replacing
from billcalc.runs.batches import Settings, Watcher, default_rejects
from billcalc.runs.checked_tables import Block, Checked, LimitsOf, billed_facts, blocks_of, judged
from billcalc.tables.writers import FORMATS, written_format
from billcalc.words.lexicon import LEXICONS, Lexicon

__all__ = ["BulkChecks", "check_tables", "not_checked_beside"]

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
    refused = [rejects, *([out.with_name(f"{out.name}.history.rejects.csv")] if history else [])]
    lexicon, tally = LEXICONS[settings.language], _Tally()
    with (
        billed_facts(
            *(settings, history),
            rejects=written_format(rejects),
            outputs=[out, left, *refused],
            watcher=watcher or Watcher(),
        ) as checked,
        replacing(out, left, *refused, ready=checked.check_inputs) as (findings, reasons, *files),
    ):
        told = _findings(checked, LimitsOf(documents, company), lexicon, tally)
        FORMATS[written_in].write(told, findings, _FINDINGS)
        FORMATS[written_format(left)].write([_reasons(tally, lexicon)], reasons, _LEFT)
        for run, file in zip(checked.runs, files, strict=True):
            run.parts.join_rejects(run.numbers, file)
    months = Counts() if checked.months is None else checked.months.counts
    return BulkChecks(checked.accounts.counts, months, tally.answers)


def _reasons(tally: _Tally, lexicon: Lexicon) -> pa.RecordBatch:
    rows = [
        {"check": code, "name": NAMES[code].of(lexicon.language), "missing": missing, "accounts": count}
        for (code, missing), count in sorted(tally.missing.items())
    ]
    return pa.RecordBatch.from_pylist(rows, schema=_LEFT)


def _findings(checked: Checked, limits_of: LimitsOf, lexicon: Lexicon, tally: _Tally) -> Iterator[pa.RecordBatch]:
    """What speaks, some accounts at a time; what all answers come to is counted on the way."""
    for block in blocks_of(checked):
        speaking: list[tuple[int, Finding]] = []
        for answers, places, finding in judged(block, limits_of):
            _count(answers, len(places), lexicon, tally)
            speaking += ((int(places[row]), finding(row)) for row in np.flatnonzero(answers.speaks).tolist())
        yield _rows(sorted(speaking, key=lambda each: each[0]), block, lexicon)


def _count(answers: Answers, rows: int, lexicon: Lexicon, tally: _Tally) -> None:
    code, speaks, made = answers.check.code, int(answers.speaks.sum()), int(answers.made.sum())
    for answer, count in ((Answer.SPEAKS, speaks), (Answer.PASSES, made - speaks), (Answer.NOT_CHECKED, rows - made)):
        tally.answers[code, answer] += count
    for missing, count in answers.missing.items():
        words = "; ".join(fact_words(lexicon, name) for name in missing)
        tally.missing[code, words if answers.off is None else answers.off] += count


def _rows(speaking: Sequence[tuple[int, Finding]], block: Block, lexicon: Lexicon) -> pa.RecordBatch:
    rows = []
    for place, finding in speaking:
        code = finding.check.code
        name = NAMES[code].of(lexicon.language)
        days = [date.fromordinal(int(block.facts[each].of_row(place))).isoformat() for each in ("first_day", "end_day")]
        message = next(said(lexicon, finding, ()), name)
        level = LEVELS[finding.check.level].of(lexicon.language)
        cells = (block.accounts[place].as_py(), *days, code, name, level, message, "; ".join(finding.sources))
        rows.append(dict(zip(_HEAD, cells, strict=True)))
    return pa.RecordBatch.from_pylist(rows, schema=_FINDINGS)
