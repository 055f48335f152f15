"""The first tables, and what keeps anything but additions out of them."""

import sqlalchemy as sa
from alembic import op

revision = "findings_1"
down_revision = None
branch_labels = None
depends_on = None

_APPENDED = ("run", "event", "document", "checkpoint")
_TOLD = ("code", "level", "account", "period", "pointers", "values_json")
_FIXED = ("id", "fingerprint", *_TOLD, "money_fen", "first_run")
"""What never changes of a finding; the last run that saw it does."""


def upgrade() -> None:
    """Make the tables and their triggers."""
    _create_tables()
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


def _create_tables() -> None:
    def text(*names: str) -> list[sa.Column[str]]:
        return [sa.Column(name, sa.Text, nullable=False) for name in names]

    def key(name: str) -> sa.Column[int]:
        return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)

    def number(name: str, refers_to: str | None = None, *, nullable: bool = False) -> sa.Column[int]:
        keys = () if refers_to is None else (sa.ForeignKey(refers_to),)
        return sa.Column(name, sa.BigInteger, *keys, nullable=nullable)

    run = ("occasion", "way", "inputs_hash", "tariff_set", "engine", "checks_version", "counts", "at")
    op.create_table("run", key("id"), *text(*run))
    op.create_table(
        "finding",
        key("id"),
        sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
        *text(*_TOLD),
        number("money_fen", nullable=True),
        number("first_run", "run.id"),
        number("last_run", "run.id"),
    )
    op.create_index("finding_account", "finding", ["account"])
    op.create_table(
        "event",
        key("seq"),
        *text("at", "actor"),
        number("finding", "finding.id", nullable=True),
        *text("kind", "body_json", "prev_hash", "hash"),
    )
    op.create_index("event_finding", "event", ["finding", "seq"])
    op.create_table(
        "document", key("id"), number("finding", "finding.id"), *text("kind", "sha256"), number("total_fen")
    )
    op.create_table(
        "checkpoint", key("seq"), *text("head"), sa.Column("where_kept", sa.Text, primary_key=True, nullable=False)
    )


def _sqlite() -> list[str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'append only'); END"
    last = "(SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1)"
    return [
        *(
            f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} {refuse}"
            for table in _APPENDED
            for what in ("UPDATE", "DELETE")
        ),
        f"CREATE TRIGGER finding_update BEFORE UPDATE OF {', '.join(_FIXED)} ON finding {refuse}",
        f"CREATE TRIGGER finding_delete BEFORE DELETE ON finding {refuse}",
        "CREATE TRIGGER event_insert BEFORE INSERT ON event"
        f" WHEN NEW.seq <> coalesce((SELECT seq FROM {last}), 0) + 1"
        f" OR NEW.prev_hash <> coalesce((SELECT hash FROM {last}), NEW.prev_hash) {refuse}",
    ]


def _postgresql() -> list[str]:
    refuse = "BEGIN RAISE EXCEPTION 'append only'; END"
    unequal = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _FIXED)
    follows = """
DECLARE last record;
BEGIN
  SELECT seq, hash INTO last FROM event ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.prev_hash <> coalesce(last.hash, NEW.prev_hash) THEN
    RAISE EXCEPTION 'append only';
  END IF;
  RETURN NEW;
END"""
    row = "FOR EACH ROW EXECUTE FUNCTION append_only()"
    all_rows = "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    return [
        f"CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$",
        f"CREATE FUNCTION event_follows() RETURNS trigger LANGUAGE plpgsql AS $$ {follows} $$",
        *(f"CREATE TRIGGER {table}_changed BEFORE UPDATE OR DELETE ON {table} {row}" for table in _APPENDED),
        f"CREATE TRIGGER finding_changed BEFORE UPDATE ON finding FOR EACH ROW WHEN ({unequal})"
        " EXECUTE FUNCTION append_only()",
        f"CREATE TRIGGER finding_deleted BEFORE DELETE ON finding {row}",
        *(f"CREATE TRIGGER {table}_emptied BEFORE TRUNCATE ON {table} {all_rows}" for table in (*_APPENDED, "finding")),
        "CREATE TRIGGER event_inserted BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_follows()",
    ]


_TRIGGERS = {"sqlite": _sqlite(), "postgresql": _postgresql()}
