"""A run of an audit over tables: every account checked, its bill compared with the issued one, what was found kept."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import file_digest, sha256
from pathlib import Path

from billcalc._version import __version__
from billcalc.audit.checks.judging import ALL
from billcalc.audit.checks.limits import LimitsDocument
from billcalc.audit.findings.chain import canonical
from billcalc.audit.findings.records import Examined, Occasion, Run, RunFacts, Way
from billcalc.audit.findings.seeing import BILL_CODES
from billcalc.audit.findings.versions import checks_version
from billcalc.files import disk
from billcalc.runs.audit_bills import examined_bills
from billcalc.runs.audit_checks import AccountChecks, Refused
from billcalc.runs.batches import Billed, Settings, Watcher
from billcalc.runs.bulk_comparison import write_ranked
from billcalc.runs.checked_tables import Checked, billed_facts
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.comparison_results import Compared
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.recomputing import compare_requests
from billcalc.store.store import Store
from billcalc.tables.grid import sheet_of
from billcalc.tables.writers import Tabular
from billcalc.words.lexicon import LEXICONS

__all__ = ["Audit", "Audited", "audit_tables"]


@dataclass(frozen=True, slots=True)
class Audit:
    """What a run is to do.

    Attributes:
        settings: of the requests, as those of ``bill_tables``; ``out`` is the table of differences.
        occasion, way: why and how it is made.
        actor: who makes it.
        at: the instant in UTC.
        note: what is to be remembered of it, such as its theme.
        issued: the table of issued bills; without one nothing is compared.
        mapping: what its columns mean.
        tolerance: amounts that differ by no more are no finding [money].
        limits: of the checks, in the order in which they were made.
        history: tables of requests of earlier months.
        company: whose limits hold.
    """

    settings: Settings
    occasion: Occasion
    way: Way
    actor: str
    at: str
    note: str | None = None
    issued: Path | None = None
    mapping: Path | IssuedTable | None = None
    tolerance: Decimal = Decimal(0)
    limits: Sequence[LimitsDocument] = ()
    history: Sequence[str] = ()
    company: str | None = None
    read: Sequence[str | Path] = ()


@dataclass(slots=True)
class _Found:
    """What is known of the accounts and months of which something is to be told."""

    known: Collection[str]
    by_month: dict[tuple[str, str], Examined] = field(default_factory=dict)

    def checked(self, each: Examined) -> None:
        other = self.by_month.get((each.account, each.period))
        seen, without = (other.seen, other.unchecked) if other is not None else ((), frozenset())
        self.by_month[each.account, each.period] = replace(
            each, seen=(*seen, *each.seen), unchecked=each.unchecked | without
        )

    def compared(self, each: Examined) -> None:
        other = self.by_month.get((each.account, each.period))
        seen = each.seen if other is None else (*other.seen, *each.seen)
        codes = _CHECKS if other is None else other.unchecked
        self.by_month[each.account, each.period] = replace(
            each, seen=seen, unchecked=(codes - BILL_CODES) | each.unchecked
        )


_CHECKS = frozenset(check.code for check in ALL)


@dataclass(frozen=True, slots=True)
class Audited:
    """What became of a run.

    Attributes:
        run: as it is kept.
        outcome: of the comparison; None where nothing was compared.
        refused: the first rows that cannot be billed, and why.
        problems: how many recomputed bills have each.
    """

    run: Run
    outcome: BulkComparison | None
    refused: Sequence[Refused]
    problems: Mapping[str, int]


def audit_tables(audit: Audit, store: Store, watcher: Watcher | None = None) -> Audited:
    """Check and compare, and keep what was found.

    Raises:
        InvalidInput: with what is wrong with the inputs, the settings or the store.
        OSError: where the results cannot be written; what was billed is kept for the next run.
    """
    watcher, found = watcher or Watcher(), _Found(store.accounts())
    with _facts(audit, watcher) as facts:
        made = AccountChecks(facts, audit.limits, audit.company, found.known, LEXICONS[audit.settings.language])
        for each in made.found():
            found.checked(each)
        facts.check_inputs()
    outcome = None if audit.issued is None else _compared(audit, audit.issued, found, watcher)
    counts = {"examined": made.examined, "not_checked": made.not_checked, "refused": made.refused}
    run_facts = RunFacts(
        audit.occasion,
        audit.way,
        _digest([table.name for run in facts.runs for table in run.tables], audit),
        facts.accounts.work.catalog.version,
        __version__,
        checks_version(audit.limits),
        {**counts, **_compared_counts(outcome)},
    )
    run = store.record(run_facts, found.by_month.values(), actor=audit.actor, at=audit.at, note=audit.note)
    problems = Counter(facts.accounts.counts.problems) + made.problems
    return Audited(run, outcome, made.told, problems)


@contextmanager
def _facts(audit: Audit, watcher: Watcher) -> Iterator[Checked]:
    """The facts of the accounts; beside the differences, where such are written, for an interrupted run to go on."""
    with ExitStack() as stack:
        if audit.issued is None:
            out = Path(stack.enter_context(disk.scratch_directory(None))) / "accounts"
        else:
            out = audit.settings.out.with_name(f"{audit.settings.out.name}.checks")
        settings = replace(audit.settings, out=out)
        yield stack.enter_context(
            billed_facts(settings, audit.history, rejects=Tabular.PARQUET, watcher=watcher, problems=True)
        )


def _compared(audit: Audit, issued: Path, found: _Found, watcher: Watcher) -> BulkComparison:
    def write(made: Billed, compared: Compared) -> None:
        for each in examined_bills(compared.connection, compared.layout, made, found.known):
            found.compared(each)
        write_ranked(compared)

    _, outcome = compare_requests(
        audit.settings,
        issued,
        mapping=audit.mapping,
        tolerance=audit.tolerance,
        watcher=watcher,
        write=write,
    )
    return outcome


def _compared_counts(outcome: BulkComparison | None) -> Mapping[str, int]:
    if outcome is None:
        return {"compared": 0, "not_compared": 0}
    left = outcome.unreadable + outcome.rejected + outcome.only_issued + outcome.nameless
    return {"compared": outcome.matched, "not_compared": left}


def _digest(tables: Iterable[str], audit: Audit) -> str:
    """The hash of what was read, whatever the files are called."""
    names = [sheet_of(name)[0] for name in tables]
    names += [str(name) for name in (audit.issued, *audit.read) if name is not None]
    hashes = []
    for name in names:
        with Path(name).open("rb") as file:
            hashes.append(file_digest(file, "sha256").hexdigest())
    return sha256(canonical(hashes)).hexdigest()
