"""The tables of a store. Instants, days and JSON are text, money is whole fen: the same in every database."""

import sqlalchemy as sa

__all__ = ["CHECKPOINT", "DOCUMENT", "EVENT", "FINDING", "METADATA", "RUN"]

METADATA = sa.MetaData()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str, refers_to: str | None = None, *, nullable: bool = False) -> sa.Column[int]:
    keys = () if refers_to is None else (sa.ForeignKey(refers_to),)
    return sa.Column(name, sa.BigInteger, *keys, nullable=nullable)


def _id(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)


RUN = sa.Table(
    "run",
    METADATA,
    _id(),
    *map(_text, ("occasion", "way", "inputs_hash", "tariff_set", "engine", "checks_version", "counts", "at")),
)
"""A run of an audit."""

FINDING = sa.Table(
    "finding",
    METADATA,
    _id(),
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    *map(_text, ("code", "level", "account", "period", "pointers", "values_json")),
    _number("money_fen", nullable=True),
    _number("first_run", "run.id"),
    _number("last_run", "run.id"),
    sa.Index("finding_account", "account"),
)
"""A finding; its status is told by its events, and kept nowhere else."""

EVENT = sa.Table(
    "event",
    METADATA,
    _id("seq"),
    *map(_text, ("at", "actor")),
    _number("finding", "finding.id", nullable=True),
    *map(_text, ("kind", "body_json", "prev_hash", "hash")),
    sa.Index("event_finding", "finding", "seq"),
)
"""The log, to which is only added."""

DOCUMENT = sa.Table(
    "document",
    METADATA,
    _id(),
    _number("finding", "finding.id"),
    *map(_text, ("kind", "sha256")),
    _number("total_fen"),
)
"""A document that corrects a bill."""

CHECKPOINT = sa.Table(
    "checkpoint",
    METADATA,
    _id("seq"),
    _text("head"),
    sa.Column("where_kept", sa.Text, primary_key=True),
)
"""What was written elsewhere of how far the log reached."""
