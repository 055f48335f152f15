"""A store of findings: what programs, commands and pages ask of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from billcalc.audit.findings.acts import Act, Rules, allowed, body_of
from billcalc.audit.findings.chain import Event
from billcalc.audit.findings.life import Life, Status, life_of
from billcalc.audit.findings.records import (
    Checkpoint,
    DocumentRecord,
    EventKind,
    Examined,
    Finding,
    Run,
    RunFacts,
)
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.store.checkpoints import write_checkpoint
from billcalc.store.log import Log
from billcalc.store.opening import LOCK_SECONDS, opened, reading, writing
from billcalc.store.proving import Proof, proved
from billcalc.store.recording import recorded
from billcalc.store.rows import documents_of, events_of, findings_of, next_number, runs_of
from billcalc.store.tables import CHECKPOINT, DOCUMENT, EVENT, FINDING

__all__ = ["Everything", "Listed", "Shown", "Store", "Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are asked for; what is not told does not restrict them.

    Attributes:
        run: that saw them last.
        open_only: those that are neither closed nor dismissed.
    """

    status: Status | None = None
    code: str | None = None
    account: str | None = None
    period: str | None = None
    to: str | None = None
    run: int | None = None
    open_only: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding and where it stands."""

    finding: Finding
    life: Life


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with all that happened to it.

    Attributes:
        acts: what may be done now.
    """

    finding: Finding
    life: Life
    events: tuple[Event, ...]
    documents: tuple[DocumentRecord, ...]

    @property
    def acts(self) -> tuple[EventKind, ...]:
        """What may be done now."""
        return allowed(self.life.status)


@dataclass(frozen=True, slots=True)
class Everything:
    """All that a store holds, as it was at one instant."""

    runs: tuple[Run, ...]
    findings: tuple[Listed, ...]
    events: tuple[Event, ...]
    documents: tuple[DocumentRecord, ...]


class Store:
    """A store, opened.

    Args:
        name: its file, or the URL of its database.
        make: whether a new one is made where there is none.
        lock_seconds: how long one waits for another who writes [s].

    Raises:
        InvalidInput: where there is none, or it cannot be read.
    """

    def __init__(self, name: str, *, make: bool = False, lock_seconds: int = LOCK_SECONDS) -> None:
        self.engine = opened(name, make=make, lock_seconds=lock_seconds)

    def close(self) -> None:
        """Give its connections back."""
        self.engine.dispose()

    def runs(self) -> tuple[Run, ...]:
        """All runs."""
        with reading(self.engine) as connection:
            return runs_of(connection)

    def accounts(self) -> frozenset[str]:
        """The accounts that have findings: a run must tell of them also where it finds nothing."""
        with reading(self.engine) as connection:
            return frozenset(connection.execute(sa.select(FINDING.c.account).distinct()).scalars())

    def findings(self, wanted: Wanted = Wanted()) -> tuple[Listed, ...]:
        """Findings, in the order of their numbers."""
        told = {FINDING.c.code: wanted.code, FINDING.c.account: wanted.account, FINDING.c.period: wanted.period}
        conditions = [column == value for column, value in told.items() if value is not None]
        if wanted.run is not None:
            conditions.append(FINDING.c.last_run == wanted.run)
        with reading(self.engine) as connection:
            found = _listed(connection, findings_of(connection, *conditions))
        return tuple(each for each in found if _is_wanted(each.life, wanted))

    def finding(self, number: int) -> Shown:
        """One finding.

        Raises:
            InvalidInput: where there is none of this number.
        """
        with reading(self.engine) as connection:
            return _shown(connection, number)

    def everything(self) -> Everything:
        """All that is in it."""
        with reading(self.engine) as connection:
            return Everything(
                runs_of(connection),
                _listed(connection, findings_of(connection)),
                tuple(events_of(connection)),
                documents_of(connection),
            )

    def record(
        self, facts: RunFacts, examined: Iterable[Examined], *, actor: str, at: str, note: str | None = None
    ) -> Run:
        """Keep a run and what it found; as a whole or not at all.

        Raises:
            InvalidInput: where the database cannot do it.
        """
        with writing(self.engine) as connection:
            return recorded(connection, facts, examined, actor=actor, at=at, note=note)

    def act(self, number: int, act: Act, *, actor: str, at: str, rules: Rules) -> Shown:
        """Do something to a finding; as a whole or not at all.

        Args:
            number: of the finding.
            act: what is done.
            actor: by whom.
            at: when.
            rules: of the office.

        Raises:
            InvalidInput: where it may not be done, or there is no such finding.
        """
        with writing(self.engine) as connection:
            before = _shown(connection, number)
            body = body_of(act, before.finding, before.life, actor=actor, day=date.fromisoformat(at[:10]), rules=rules)
            if act.kind is EventKind.CORRECTED:
                first = next_number(connection, DOCUMENT.c.id)
                body["documents"] = [{"id": id_, **each} for id_, each in enumerate(body["documents"], start=first)]
                connection.execute(DOCUMENT.insert(), [{"finding": number, **each} for each in body["documents"]])
            Log(connection, actor, at).add(act.kind, number, body)
            return _shown(connection, number)

    def prove(self, checkpoints: Sequence[Checkpoint] = ()) -> Proof:
        """Prove that nothing was changed, against checkpoints that were kept elsewhere."""
        with reading(self.engine) as connection:
            return proved(connection, checkpoints)

    def checkpoint(self, path: Path, *, at: str) -> Checkpoint | None:
        """Write how far the log reaches into a file elsewhere; None where it is empty.

        Raises:
            InvalidInput: where what is there is no file of checkpoints.
            OSError: where it cannot be written.
        """
        with reading(self.engine) as connection:
            first = connection.execute(sa.select(EVENT.c.prev_hash).where(EVENT.c.seq == 1)).scalar()
            last = connection.execute(
                sa.select(EVENT.c.seq, EVENT.c.hash).order_by(EVENT.c.seq.desc()).limit(1)
            ).first()
        if first is None or last is None:
            return None
        made = Checkpoint(first, last.seq, last.hash, at)
        write_checkpoint(path, made)
        row = {"seq": made.seq, "head": made.head, "where_kept": str(path)}
        with writing(self.engine) as connection:
            kept = sa.select(CHECKPOINT.c.seq).where(
                CHECKPOINT.c.seq == made.seq, CHECKPOINT.c.where_kept == row["where_kept"]
            )
            if connection.execute(kept).first() is None:
                connection.execute(CHECKPOINT.insert(), [row])
        return made


def _listed(connection: sa.Connection, findings: Sequence[Finding]) -> tuple[Listed, ...]:
    events: dict[int | None, list[Event]] = {finding.id: [] for finding in findings}
    for event in events_of(connection, [finding.id for finding in findings]):
        events[event.finding].append(event)
    return tuple(Listed(finding, life_of(events[finding.id])) for finding in findings)


def _shown(connection: sa.Connection, number: int) -> Shown:
    found = findings_of(connection, FINDING.c.id == number)
    if not found:
        raise InvalidInput([Fault(FaultCode.NO_FINDING, f"/findings/{number}", {"id": str(number)})])
    events = tuple(events_of(connection, [number]))
    return Shown(found[0], life_of(events), events, documents_of(connection, DOCUMENT.c.finding == number))


def _is_wanted(life: Life, wanted: Wanted) -> bool:
    return (
        wanted.status in (None, life.status)
        and wanted.to in (None, life.assigned_to)
        and not (wanted.open_only and life.status in (Status.CLOSED, Status.DISMISSED))
    )
