"""Adds to the log, within the transaction of whoever writes."""

from secrets import token_hex
from typing import Any

import sqlalchemy as sa

from billcalc.audit.findings.chain import Event, canonical_text, event_hash
from billcalc.audit.findings.records import EventKind
from billcalc.store.tables import EVENT

__all__ = ["Log"]

_COLUMNS = tuple(column.name for column in EVENT.c if column is not EVENT.c.body_json)


class Log:
    """The end of a log, to which events are added.

    Args:
        connection: of the one who writes, and nobody else meanwhile.
        actor: who does all that is added.
        at: when.
    """

    def __init__(self, connection: sa.Connection, actor: str, at: str) -> None:
        self._connection, self._actor, self._at = connection, actor, at
        last = connection.execute(sa.select(EVENT.c.seq, EVENT.c.hash).order_by(EVENT.c.seq.desc()).limit(1)).first()
        self._seq: int = 0 if last is None else last.seq
        self._head: str = token_hex(32) if last is None else last.hash

    def add(self, kind: EventKind, finding: int | None, body: dict[str, Any]) -> Event:
        """Add one event."""
        seq, prev, self._seq = self._seq + 1, self._head, self._seq + 1
        self._head = event_hash(prev, seq, self._at, self._actor, finding, kind.value, body)
        event = Event(seq, self._at, self._actor, finding, kind.value, body, prev, self._head)
        row = {name: getattr(event, name) for name in _COLUMNS}
        self._connection.execute(EVENT.insert(), [{**row, "body_json": canonical_text(body)}])
        return event
