"""Rows of the tables as records, and back."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from billcalc.audit.checks.check import Level
from billcalc.audit.findings.chain import Event, canonical_text
from billcalc.audit.findings.records import DocumentKind, DocumentRecord, Finding, Occasion, Run, Seen, Way
from billcalc.store.tables import DOCUMENT, EVENT, FINDING, RUN

__all__ = [
    "documents_of",
    "events_of",
    "finding_row",
    "findings_of",
    "next_number",
    "run_row",
    "runs_of",
]

_OF_RUN = tuple(column.name for column in RUN.c)
_IN_ONE_QUERY = 500
"""How many values a query asks for at one time: databases bound it."""


def next_number(connection: sa.Connection, column: sa.Column[int]) -> int:
    """The number behind the last one."""
    return (connection.execute(sa.select(sa.func.max(column))).scalar() or 0) + 1


def runs_of(connection: sa.Connection) -> tuple[Run, ...]:
    """All runs, in their order."""
    return tuple(_run(row) for row in connection.execute(sa.select(RUN).order_by(RUN.c.id)))


def findings_of(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> tuple[Finding, ...]:
    """The findings of some conditions, in the order of their numbers."""
    query = sa.select(FINDING).where(*conditions).order_by(FINDING.c.id)
    return tuple(_finding(row) for row in connection.execute(query))


def events_of(connection: sa.Connection, findings: Sequence[int] | None = None) -> Iterator[Event]:
    """The events of some findings, or all; in their order."""
    query = sa.select(EVENT).order_by(EVENT.c.seq)
    if findings is None:
        yield from (_event(row) for row in connection.execute(query))
        return
    for start in range(0, len(findings), _IN_ONE_QUERY):
        some = query.where(EVENT.c.finding.in_(findings[start : start + _IN_ONE_QUERY]))
        yield from (_event(row) for row in connection.execute(some))


def documents_of(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> tuple[DocumentRecord, ...]:
    """The documents of some conditions, in the order of their numbers."""
    query = sa.select(DOCUMENT).where(*conditions).order_by(DOCUMENT.c.id)
    return tuple(
        DocumentRecord(row.id, row.finding, DocumentKind(row.kind), row.sha256, row.total_fen)
        for row in connection.execute(query)
    )


def run_row(run: Run) -> dict[str, Any]:
    """A run as its table has it."""
    told = {name: getattr(run, name) for name in _OF_RUN}
    return {**told, "occasion": run.occasion.value, "way": run.way.value, "counts": canonical_text(dict(run.counts))}


def finding_row(number: int, seen: Seen, money_fen: int | None) -> dict[str, Any]:
    """What never changes of a finding, as its table has it."""
    return {
        "id": number,
        "fingerprint": seen.fingerprint,
        "code": seen.code,
        "level": seen.level.value,
        "account": seen.account,
        "period": seen.period,
        "pointers": canonical_text(list(seen.pointers)),
        "values_json": canonical_text({**seen.values, **seen.explained}),
        "money_fen": money_fen,
    }


def _run(row: sa.Row[Any]) -> Run:
    told = row._asdict()
    return Run(**{**told, "occasion": Occasion(row.occasion), "way": Way(row.way), "counts": json.loads(row.counts)})


def _finding(row: sa.Row[Any]) -> Finding:
    told = row._asdict()
    values = json.loads(told.pop("values_json"))
    return Finding(**{**told, "level": Level(row.level), "pointers": json.loads(row.pointers), "values": values})


def _event(row: sa.Row[Any]) -> Event:
    told = row._asdict()
    body = _body(told.pop("body_json"))
    return Event(**told, body=body)


def _body(text: str) -> dict[str, Any]:
    """What an event tells; a text that was spoilt keeps its hash from being right."""
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {"spoilt": text}
