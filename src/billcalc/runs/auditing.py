"""A run of an audit over tables: every account checked, its bill compared with the issued one, what was found kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import file_digest, sha256
from pathlib import Path

from billcalc._version import __version__
from billcalc.audit.checks.judging import ALL
from billcalc.audit.checks.limits import LimitsDocument
from billcalc.audit.findings.chain import canonical
from billcalc.audit.findings.records import Examined, Occasion, Run, RunFacts, Way
from billcalc.audit.findings.seeing import BILL_CODES, checks_seen, month_of_bill, unchecked
from billcalc.audit.findings.versions import checks_version
from billcalc.bulk.plans import Plans
from billcalc.kernel.troubles import Fault, Refusal
from billcalc.runs.audit_bills import examined_bills
from billcalc.runs.audit_rows import Refusals, checked_rows, history_of_tables
from billcalc.runs.batches import Billed, Settings, Watcher, opened_requests
from billcalc.runs.bulk_comparison import write_ranked
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.comparison_results import Compared
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.recomputing import compare_requests
from billcalc.store.store import Store
from billcalc.tables.grid import sheet_of

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
    """What is known of accounts and months; only those are kept of which something is to be told."""

    known: Collection[str]
    by_month: dict[tuple[str, str], Examined] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("examined", "not_checked"), 0))

    def checked(self, each: Examined, not_checked: int) -> None:
        self.counts["examined"] += 1
        self.counts["not_checked"] += not_checked
        if each.seen or each.account in self.known:
            other = self.by_month.get((each.account, each.period))
            seen, without = (other.seen, other.unchecked) if other is not None else ((), frozenset())
            self.by_month[each.account, each.period] = replace(
                each, seen=(*seen, *each.seen), unchecked=each.unchecked | without
            )

    def compared(self, each: Examined) -> None:
        other = self.by_month.get((each.account, each.period))
        seen = each.seen if other is None else (*other.seen, *each.seen)
        codes = _CHECKS if other is None else other.unchecked
        self.by_month[each.account, each.period] = replace(each, seen=seen, unchecked=codes - BILL_CODES)


_CHECKS = frozenset(check.code for check in ALL)


@dataclass(frozen=True, slots=True)
class Audited:
    """What became of a run.

    Attributes:
        run: as it is kept.
        outcome: of the comparison; None where nothing was compared.
        refused: the first rows that cannot be billed, and why.
    """

    run: Run
    outcome: BulkComparison | None
    refused: Sequence[tuple[str, Fault | Refusal]]


def audit_tables(audit: Audit, store: Store, watcher: Watcher | None = None) -> Audited:
    """Check and compare, and keep what was found.

    Raises:
        InvalidInput: with what is wrong with the inputs, the settings or the store.
        OSError: where the results cannot be written; what was billed is kept for the next run.
    """
    opened = opened_requests(audit.settings)
    plans = Plans(opened.catalog, opened.template, opened.requests)
    refusals, found = Refusals(), _Found(store.accounts())
    earlier = opened_requests(replace(audit.settings, inputs=audit.history)).tables if audit.history else ()
    history = history_of_tables(earlier, plans, refusals)
    for account, checked in checked_rows(opened.tables, plans, audit.limits, history, refusals, company=audit.company):
        without = unchecked(checked.findings)
        seen = checks_seen(checked.findings, checked.bill, account)
        month = month_of_bill(checked.bill.period)
        found.checked(Examined(account, month, seen, without | BILL_CODES), len(without))
    outcome = None if audit.issued is None else _compared(audit, audit.issued, found, watcher)
    facts = RunFacts(
        audit.occasion,
        audit.way,
        _digest([table.name for table in (*opened.tables, *earlier)], audit),
        opened.catalog.version,
        __version__,
        checks_version(audit.limits),
        {**found.counts, "refused": refusals.count, **_compared_counts(outcome)},
    )
    run = store.record(facts, found.by_month.values(), actor=audit.actor, at=audit.at, note=audit.note)
    return Audited(run, outcome, refusals.told)


def _compared(audit: Audit, issued: Path, found: _Found, watcher: Watcher | None) -> BulkComparison:
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
