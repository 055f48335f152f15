"""The chain of events: each has the hash of the one before it, so that no change of one goes unseen.

``hash = SHA-256(prev_hash + canonical JSON of at, actor, body, finding, kind and seq)``, the two as text; the first
event has a random ``prev_hash``, which names the log. Canonical JSON has sorted keys, no spaces and UTF-8.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

__all__ = ["Damage", "Event", "Tampering", "canonical", "canonical_text", "damages", "event_hash"]


def canonical_text(data: object) -> str:
    """Data as its one JSON text.

    >>> canonical_text({"b": 1, "a": ["电"]})
    '{"a":["电"],"b":1}'
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(data: object) -> bytes:
    """Data as the bytes of its one JSON text; half a character, which UTF-8 has no bytes for, as JSON escapes it."""
    return canonical_text(data).encode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it is kept.

    Attributes:
        seq: 1, 2, 3 …
        at: the instant in UTC.
        actor: who did it.
        finding: to what; None for a run.
        body: what else is told, by its kind.
    """

    seq: int
    at: str
    actor: str
    finding: int | None
    kind: str
    body: Mapping[str, Any]
    prev_hash: str
    hash: str

    def computed(self, seq: int) -> str:
        """The hash that it would have at a place."""
        return event_hash(self.prev_hash, seq, self.at, self.actor, self.finding, self.kind, self.body)


def event_hash(
    prev_hash: str, seq: int, at: str, actor: str, finding: int | None, kind: str, body: Mapping[str, Any]
) -> str:
    """The hash of an event."""
    told = {"seq": seq, "at": at, "actor": actor, "finding": finding, "kind": kind, "body": body}
    return sha256(prev_hash.encode() + canonical(told)).hexdigest()


class Damage(StrEnum):
    """What was done to a log."""

    EVENT_CHANGED = "event_changed"
    EVENT_MISSING = "event_missing"
    EVENT_MOVED = "event_moved"
    EVENT_INSERTED = "event_inserted"
    EVENT_UNLINKED = "event_unlinked"
    TAIL_CUT = "tail_cut"
    REWRITTEN = "rewritten"
    OTHER_STORE = "other_store"
    ROW_CHANGED = "row_changed"
    ROW_MISSING = "row_missing"
    ROW_ADDED = "row_added"


@dataclass(frozen=True, slots=True)
class Tampering:
    """One thing that was done.

    Attributes:
        place: of an event its number; of a row its number, too.
        table: ``event`` or that of the row.
        other: where the event was before.
    """

    damage: Damage
    place: int
    table: str = "event"
    other: int | None = None


def damages(events: Sequence[Event]) -> Iterator[Tampering]:
    """What was done to the events of a log, which are in the order of their numbers.

    A change, a deletion and an exchange are named where they are; an event that was put between others is told from
    those that it pushed on. Events that were cut off at the end are not missed here: only a checkpoint knows of them.
    """
    intact = {event.seq for event in events if event.computed(event.seq) == event.hash}
    moved = _moved(events, intact)
    claimed = set(moved.values())
    before: Event | None = None
    for event in events:
        expected = 1 if before is None else before.seq + 1
        yield from (Tampering(Damage.EVENT_MISSING, seq) for seq in range(expected, event.seq) if seq not in claimed)
        if event.seq in moved:
            yield Tampering(Damage.EVENT_MOVED, event.seq, other=moved[event.seq])
        elif event.seq not in intact:
            yield Tampering(Damage.EVENT_CHANGED, event.seq)
        elif event.seq in claimed:
            yield Tampering(Damage.EVENT_INSERTED, event.seq)
        elif before is not None and before.seq in intact and _unlinked(before, event):
            yield Tampering(Damage.EVENT_UNLINKED, event.seq)
        before = event


def _unlinked(before: Event, event: Event) -> bool:
    """Whether an event does not go on from the one before it, which is not missing."""
    return event.seq == before.seq + 1 and event.prev_hash != before.hash


def _moved(events: Iterable[Event], intact: Collection[int]) -> dict[int, int]:
    """Those whose hash is right for another place, and that place: the one behind what they go on from."""
    by_prev = {event.prev_hash: event for event in events if event.seq not in intact}
    reached = [(event.hash, event.seq) for event in events if event.seq in intact and event.hash in by_prev]
    reached += [(prev, 0) for prev in by_prev]  # any may have been the first
    found: dict[int, int] = {}
    while reached:
        prev, seq = reached.pop()
        event = by_prev.get(prev)
        if event is not None and event.seq not in found and event.computed(seq + 1) == event.hash:
            found[event.seq] = seq + 1
            reached.append((event.hash, seq + 1))
    return found
