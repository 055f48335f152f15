"""The life of a finding: its status, told by its events, and what may happen next.

found → assigned → confirmed | dismissed → corrected → verified → closed. A run sees a finding again or finds it gone;
people do the rest, and each step is checked against all that happened before.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from billcalc.audit.findings.chain import Event
from billcalc.audit.findings.records import EventKind

__all__ = ["Gone", "Life", "Status", "life_of", "steps_of_run"]


class Status(StrEnum):
    """Where a finding stands."""

    FOUND = "found"
    ASSIGNED = "assigned"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CORRECTED = "corrected"
    VERIFIED = "verified"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Gone:
    """A run that examined the account and did not find it.

    Attributes:
        seq: of the event.
        issued_fen, recomputed_fen: the totals that were compared [fen]; None where none were.
    """

    seq: int
    run: int
    issued_fen: int | None
    recomputed_fen: int | None


@dataclass(frozen=True, slots=True)
class Life:
    """What the events of a finding come to.

    Attributes:
        until: the day before which a dismissed one rests.
        issued_fen, recomputed_fen: the totals of the bill when it was last seen [fen]; None where none were compared.
        corrected_fen: what its documents come to [fen]; None where there are none.
        left_fen: what they leave of the attributed money, as was told [fen].
        seen, corrected: the numbers of the last such events; 0 where there is none.
        verified_run: the run that showed it gone.
        lasting: whether it concerns the file rather than one month.
    """

    status: Status = Status.FOUND
    assigned_to: str | None = None
    confirmed_by: str | None = None
    until: str | None = None
    issued_fen: int | None = None
    recomputed_fen: int | None = None
    corrected_fen: int | None = None
    left_fen: int = 0
    seen: int = 0
    corrected: int = 0
    gone: Gone | None = None
    verified_run: int | None = None
    lasting: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether the last run that looked did not find it, after all that was corrected."""
        return self.gone is not None and self.gone.seq > max(self.seen, self.corrected)

    @property
    def balance_fen(self) -> int | None:
        """Issued + corrections − recomputed, by the run that did not find it [fen]; None where none were."""
        if self.gone is None or self.gone.recomputed_fen is None or self.issued_fen is None:
            return None
        return self.issued_fen + (self.corrected_fen or 0) - self.gone.recomputed_fen


_STATUS_AFTER: Mapping[EventKind, Status] = {
    EventKind.CONFIRMED: Status.CONFIRMED,
    EventKind.DISMISSED: Status.DISMISSED,
    EventKind.CORRECTED: Status.CORRECTED,
    EventKind.FILE_FIXED: Status.CORRECTED,
    EventKind.VERIFIED: Status.VERIFIED,
    EventKind.CLOSED: Status.CLOSED,
    EventKind.REOPENED: Status.FOUND,
}


def life_of(events: Iterable[Event]) -> Life:
    """The life that the events of one finding tell, in their order."""
    life = Life()
    for event in events:
        life = _after(life, event)
    return life


def _after(life: Life, event: Event) -> Life:
    kind, body = EventKind(event.kind), event.body
    life = replace(life, status=_STATUS_AFTER.get(kind, life.status))
    match kind:
        case EventKind.FOUND | EventKind.SEEN_AGAIN:
            issued, recomputed = body.get("issued_fen"), body.get("recomputed_fen")
            lasting = life.lasting or body.get("lasting", False)
            return replace(life, seen=event.seq, issued_fen=issued, recomputed_fen=recomputed, lasting=lasting)
        case EventKind.GONE:
            return replace(life, gone=Gone(event.seq, body["run"], body.get("issued_fen"), body.get("recomputed_fen")))
        case EventKind.ASSIGNED:
            is_new = life.status is Status.FOUND
            return replace(life, assigned_to=body["to"], status=Status.ASSIGNED if is_new else life.status)
        case EventKind.CONFIRMED:
            return replace(life, confirmed_by=event.actor)
        case EventKind.DISMISSED:
            return replace(life, until=body["until"])
        case EventKind.CORRECTED:
            added = sum(each["total_fen"] for each in body["documents"])
            total = (life.corrected_fen or 0) + added
            return replace(life, corrected=event.seq, corrected_fen=total, left_fen=body.get("left_fen", 0))
        case EventKind.FILE_FIXED:
            return replace(life, corrected=event.seq)
        case EventKind.VERIFIED:
            return replace(life, verified_run=body["run"])
    return life


def steps_of_run(
    life: Life, run: int, day: date, *, seen: bool, compared: Mapping[str, int]
) -> Iterator[tuple[EventKind, dict[str, Any]]]:
    """What a run does to a finding that it knows, whose account it examined.

    Args:
        life: of the finding.
        run: its number.
        day: of the run.
        seen: whether it found the same again.
        compared: the totals ``issued_fen`` and ``recomputed_fen`` where they were compared [fen].
    """
    body = {"run": run, **compared}
    if not seen:
        if life.status is not Status.CLOSED and not life.is_gone:
            yield EventKind.GONE, body
        return
    yield EventKind.SEEN_AGAIN, body
    if life.status in (Status.VERIFIED, Status.CLOSED):
        yield EventKind.REOPENED, {"run": run, "cause": EventKind.SEEN_AGAIN.value}
    elif life.status is Status.DISMISSED and life.until is not None and day >= date.fromisoformat(life.until):
        yield EventKind.REOPENED, {"run": run, "cause": "until"}
