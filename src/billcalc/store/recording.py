"""Keeps what a run found: new findings, those seen again, those that are gone; in one transaction."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from billcalc.audit.findings.life import Life, life_of, steps_of_run
from billcalc.audit.findings.records import EventKind, Examined, Finding, Run, RunFacts, Seen
from billcalc.store.log import Log
from billcalc.store.rows import events_of, finding_row, findings_of, next_number, run_row
from billcalc.store.tables import FINDING, RUN

__all__ = ["recorded"]


@dataclass(frozen=True, slots=True)
class _Step:
    """An event that is to be added; of a new finding with what was seen."""

    kind: EventKind
    finding: int | None
    body: Mapping[str, Any]
    seen: Seen | None = None
    money_fen: int | None = None


def recorded(
    connection: sa.Connection, facts: RunFacts, examined: Iterable[Examined], *, actor: str, at: str, note: str | None
) -> Run:
    """Keep a run.

    Args:
        connection: of the one who writes.
        facts: of the run.
        examined: what it looked at; an account and month may come several times.
        actor: who runs it.
        at: when.
        note: what is to be remembered of it, such as its theme.
    """
    number = next_number(connection, RUN.c.id)
    steps = [
        step
        for each in _merged(examined)
        for step in _steps(each, number, date.fromisoformat(at[:10]), _known(connection, each.account))
    ]
    kinds = (EventKind.FOUND, EventKind.SEEN_AGAIN, EventKind.REOPENED, EventKind.GONE)
    counts = {**facts.counts, **{kind.value: sum(step.kind is kind for step in steps) for kind in kinds}}
    told = {name: getattr(facts, name) for name in RunFacts.__slots__ if name != "counts"}
    run = Run(id=number, **told, counts=counts, at=at)
    row = run_row(run)
    connection.execute(RUN.insert(), [row])
    log = Log(connection, actor, at)
    log.add(EventKind.RAN, None, {"run": row, **({} if note is None else {"note": note})})
    for step in steps:
        _take(connection, log, step, number)
    return run


def _merged(examined: Iterable[Examined]) -> list[Examined]:
    """What was looked at, each account and month once, in the order of accounts and months."""
    found: dict[tuple[str, str], Examined] = {}
    for each in examined:
        key = each.account, each.period
        other = found.get(key)
        found[key] = each if other is None else _both(other, each)
    return [found[key] for key in sorted(found)]


def _both(one: Examined, other: Examined) -> Examined:
    compared = one if one.recomputed_fen is not None else other
    return Examined(
        one.account,
        one.period,
        (*one.seen, *other.seen),
        one.unchecked | other.unchecked,
        compared.issued_fen,
        compared.recomputed_fen,
    )


def _known(connection: sa.Connection, account: str) -> dict[str, tuple[Finding, Life]]:
    """The findings of an account by their fingerprints."""
    findings = findings_of(connection, FINDING.c.account == account)
    events: dict[int | None, list[Any]] = {finding.id: [] for finding in findings}
    for event in events_of(connection, [finding.id for finding in findings]):
        events[event.finding].append(event)
    return {finding.fingerprint: (finding, life_of(events[finding.id])) for finding in findings}


def _steps(examined: Examined, run: int, day: date, known: Mapping[str, tuple[Finding, Life]]) -> Iterator[_Step]:
    """What a run does to the findings of an account and month, and which it makes."""
    totals = {"issued_fen": examined.issued_fen, "recomputed_fen": examined.recomputed_fen}
    compared = {name: fen for name, fen in totals.items() if fen is not None}
    corrected = _corrections(examined, known.values())
    seen: dict[str, tuple[Seen, int | None]] = {}
    for each in examined.seen:
        money = None if each.money_fen is None else each.money_fen + (corrected or 0)
        if corrected is None or money != 0:
            seen[each.fingerprint] = each, money
    for fingerprint, (each, money) in seen.items():
        if fingerprint not in known:
            body = {"run": run, **compared, **({"lasting": True} if each.lasting else {})}
            yield _Step(EventKind.FOUND, None, {**body, **_before(each, known)}, each, money)
    for fingerprint, (finding, life) in known.items():
        if fingerprint not in seen and (finding.code in examined.unchecked or not _is_of(finding, life, examined)):
            continue
        for kind, body in steps_of_run(life, run, day, seen=fingerprint in seen, compared=compared):
            yield _Step(kind, finding.id, body)


def _is_of(finding: Finding, life: Life, examined: Examined) -> bool:
    return life.lasting or finding.period == examined.period


def _corrections(examined: Examined, known: Iterable[tuple[Finding, Life]]) -> int | None:
    """What was corrected of the bill as it was issued [fen]; None where nothing was.

    A table of issued bills may tell the bill as it was, or as it is after its correction: the amount says which.
    """
    found = [
        life.corrected_fen
        for finding, life in known
        if finding.period == examined.period
        and life.corrected_fen is not None
        and examined.issued_fen is not None
        and life.issued_fen == examined.issued_fen
    ]
    return sum(found) if found else None


def _before(seen: Seen, known: Mapping[str, tuple[Finding, Life]]) -> dict[str, int]:
    """The finding of the same place that had other figures, where there is one."""
    place = seen.code, seen.period, list(seen.pointers)
    others = [each.id for each, _ in known.values() if (each.code, each.period, list(each.pointers)) == place]
    return {"follows": max(others)} if others else {}


def _take(connection: sa.Connection, log: Log, step: _Step, run: int) -> None:
    """Add an event, with the row of what it makes."""
    finding, body = step.finding, dict(step.body)
    if step.seen is not None:
        finding = next_number(connection, FINDING.c.id)
        row = finding_row(finding, step.seen, step.money_fen)
        connection.execute(FINDING.insert(), [{**row, "first_run": run, "last_run": run}])
        body["finding"] = row
    elif step.kind is EventKind.SEEN_AGAIN:
        connection.execute(FINDING.update().where(FINDING.c.id == finding).values(last_run=run))
    log.add(step.kind, finding, body)
