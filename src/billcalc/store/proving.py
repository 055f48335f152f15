"""Proves that a store is as it was written: its chain, its rows against what the log tells, its checkpoints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from billcalc.audit.findings.chain import Damage, Event, Tampering, damages
from billcalc.audit.findings.records import Checkpoint, EventKind
from billcalc.store.rows import events_of
from billcalc.store.tables import CHECKPOINT, DOCUMENT, FINDING, RUN

__all__ = ["Proof", "proved"]

_Rows = dict[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found.

    Attributes:
        events: how many there are.
        store: what names the log; empty where it is.
        head: the hash of the last event; empty where there is none.
        checkpoints: how many of those given hold.
        tamperings: what was done; nothing where all is whole.
    """

    events: int
    store: str
    head: str
    checkpoints: int
    tamperings: tuple[Tampering, ...]


def proved(connection: sa.Connection, checkpoints: Sequence[Checkpoint] = ()) -> Proof:
    """Prove a store, against checkpoints that were kept elsewhere."""
    events = tuple(events_of(connection))
    told = [
        *damages(events),
        *_rows_damaged(connection, events),
        *_checkpoints_damaged(connection, events),
    ]
    failed = list(_against(events, checkpoints))
    store, head = (events[0].prev_hash, events[-1].hash) if events else ("", "")
    return Proof(len(events), store, head, len(checkpoints) - len(failed), (*told, *failed))


def _rows_damaged(connection: sa.Connection, events: Sequence[Event]) -> Iterator[Tampering]:
    for table, expected in zip((RUN, FINDING, DOCUMENT), _expected(events), strict=True):
        rows: _Rows = {row.id: row._asdict() for row in connection.execute(sa.select(table).order_by(table.c.id))}
        for number in sorted({*rows, *expected}):
            if number not in expected:
                yield Tampering(Damage.ROW_ADDED, number, table.name)
            elif number not in rows:
                yield Tampering(Damage.ROW_MISSING, number, table.name)
            elif rows[number] != expected[number]:
                yield Tampering(Damage.ROW_CHANGED, number, table.name)


def _expected(events: Sequence[Event]) -> tuple[_Rows, _Rows, _Rows]:
    """The rows that the log tells of; what an event that was changed tells no longer is not missed twice."""
    runs: _Rows = {}
    findings: _Rows = {}
    documents: _Rows = {}
    for event in events:
        body = event.body
        match event.kind:
            case EventKind.RAN if _has(body, "run", "id"):
                runs[body["run"]["id"]] = body["run"]
            case EventKind.FOUND if _has(body, "finding", "id"):
                findings[body["finding"]["id"]] = {
                    **body["finding"],
                    "first_run": body.get("run"),
                    "last_run": body.get("run"),
                }
            case EventKind.SEEN_AGAIN if event.finding in findings:
                findings[event.finding]["last_run"] = body.get("run")
            case EventKind.CORRECTED if isinstance(body.get("documents"), list):
                documents.update({each["id"]: {**each, "finding": event.finding} for each in body["documents"]})
    return runs, findings, documents


def _has(body: Mapping[str, Any], *path: str) -> bool:
    inner: Any = body
    for key in path:
        if not isinstance(inner, Mapping) or key not in inner:
            return False
        inner = inner[key]
    return True


def _checkpoints_damaged(connection: sa.Connection, events: Sequence[Event]) -> Iterator[Tampering]:
    heads = {event.seq: event.hash for event in events}
    for row in connection.execute(sa.select(CHECKPOINT).order_by(CHECKPOINT.c.seq)):
        if heads.get(row.seq) != row.head:
            yield Tampering(Damage.ROW_CHANGED, row.seq, CHECKPOINT.name)


def _against(events: Sequence[Event], checkpoints: Sequence[Checkpoint]) -> Iterator[Tampering]:
    heads = {event.seq: event.hash for event in events}
    last = max(heads, default=0)
    for each in checkpoints:
        if events and each.store != events[0].prev_hash:
            yield Tampering(Damage.OTHER_STORE, each.seq)
        elif each.seq > last:
            yield Tampering(Damage.TAIL_CUT, each.seq, other=last)
        elif heads.get(each.seq) != each.head:
            yield Tampering(Damage.REWRITTEN, each.seq)
