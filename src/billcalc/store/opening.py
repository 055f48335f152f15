"""Opening a store: its file or database, the steps that bring its tables up to date, and what can be wrong with it."""

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from billcalc.fields.shown import as_reason
from billcalc.files.system_errors import reading_fault, system_fault
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.store.tables import EVENT, METADATA

__all__ = ["LOCK_SECONDS", "database_of", "opened", "reading", "writing"]

LOCK_SECONDS = 30
"""How long one waits for another who writes [s]."""
_VERSIONS = Path(__file__).parent / "migrations"


def database_of(name: str) -> sa.URL:
    """Where a store is: a file, or the URL of a database.

    Raises:
        InvalidInput: for a URL of another kind.

    >>> database_of("findings.sqlite").database
    'findings.sqlite'
    """
    if "://" not in name:
        return sa.URL.create("sqlite", database=name)
    try:
        url = sa.make_url(name)
    except (sa.exc.ArgumentError, ValueError):
        raise InvalidInput([Fault(FaultCode.NO_STORE, _shown(name), {"reason": Reason.STORE_FORM})]) from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        return url
    raise InvalidInput([Fault(FaultCode.NO_STORE, _shown(name), {"reason": Reason.STORE_FORM})])


def _shown(name: str) -> str:
    """A name without what may be a password in it."""
    kind, _, rest = name.partition("://")
    return f"{kind}://{rest.rpartition('@')[2]}"


def opened(name: str, *, make: bool = False, lock_seconds: int = LOCK_SECONDS) -> sa.Engine:
    """The database of a store, its tables up to date.

    Args:
        name: its file or URL.
        make: whether a new one is made where there is none.
        lock_seconds: how long one waits for another who writes [s].

    Raises:
        InvalidInput: where there is none, or it cannot be read.
    """
    url = database_of(name)
    if url.drivername == "sqlite" and not make and not Path(url.database or "").exists():
        raise InvalidInput([reading_fault(FileNotFoundError(errno.ENOENT, ""), url.database or "")])
    engine = sa.create_engine(url, connect_args=_CONNECT[url.get_backend_name()])
    _listen(engine, lock_seconds)
    try:
        with _told(engine):
            _bring_up_to_date(engine, make=make)
    except BaseException:
        engine.dispose()
        raise
    return engine


_CONNECT: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"isolation_level": None},  # transactions begin where we say, also those that make tables
    "postgresql": {},
}
_SETTLED: Mapping[str, Sequence[str]] = {
    "sqlite": ("PRAGMA busy_timeout={lock}000", "PRAGMA foreign_keys=ON", "PRAGMA synchronous=EXTRA"),
    "postgresql": ("SET lock_timeout = '{lock}s'", "COMMIT"),
}
"""What is said to a database once a connection is made."""
_READS: Mapping[str, Sequence[str]] = {
    "sqlite": ("BEGIN",),
    "postgresql": ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",),
}
"""What begins a transaction that reads: all of it is of one instant."""
_WRITES: Mapping[str, Sequence[str]] = {
    "sqlite": ("BEGIN IMMEDIATE",),
    "postgresql": (f"LOCK TABLE {EVENT.name} IN SHARE ROW EXCLUSIVE MODE",),
}
"""What begins one that writes, while no other does."""
_MAKES: Mapping[str, Sequence[str]] = {
    "sqlite": ("BEGIN IMMEDIATE",),
    "postgresql": ("SELECT pg_advisory_xact_lock(7362)",),
}
"""What begins one that makes tables, while no other does."""
_BEGINS = "begins"


def _listen(engine: sa.Engine, lock_seconds: int) -> None:
    """Have each connection settled, and each transaction begun, as it must be."""
    dialect = engine.dialect.name

    @sa.event.listens_for(engine, "connect")
    def connect(connection: Any, _: Any) -> None:
        for statement in _SETTLED[dialect]:
            connection.execute(statement.format(lock=lock_seconds))

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        for statement in connection.get_execution_options().get(_BEGINS, _READS)[dialect]:
            connection.exec_driver_sql(statement)


def _bring_up_to_date(engine: sa.Engine, *, make: bool) -> None:
    """Make what is missing; where nothing is, only read, so that a copy that nobody may write can be proved."""
    scripts = ScriptDirectory(str(_VERSIONS))
    with engine.connect() as connection, connection.begin():
        if _version(connection) == scripts.get_current_head():
            return
    with engine.connect().execution_options(**{_BEGINS: _MAKES}) as connection, connection.begin():
        version = _version(connection)  # again, for another may have made it meanwhile
        names = set(sa.inspect(connection).get_table_names())
        if version is None and (names & METADATA.tables.keys() or not make):
            reason = Reason.OTHER_TABLES if names else Reason.NO_TABLES
            raise InvalidInput([Fault(FaultCode.NO_STORE, _place(engine), {"reason": reason})])
        if version is not None and version not in {each.revision for each in scripts.walk_revisions()}:
            raise InvalidInput([Fault(FaultCode.STORE_NEWER, _place(engine))])

        def steps(revision: Any, _: Any) -> Any:
            return scripts._upgrade_revs("head", revision)  # as alembic's own command does it

        with EnvironmentContext(Config(), scripts, fn=steps) as environment:
            environment.configure(connection=connection, target_metadata=METADATA)
            environment.run_migrations()


def _version(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction of the one who writes: it is done as a whole or not at all, and no other writes meanwhile.

    Raises:
        InvalidInput: where the database cannot do it.
    """
    with (
        _told(engine, writes=True),
        engine.connect().execution_options(**{_BEGINS: _WRITES}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """All that is read is of one instant.

    Raises:
        InvalidInput: where the database cannot do it.
    """
    with _told(engine), engine.connect() as connection, connection.begin():
        yield connection


def _place(engine: sa.Engine) -> str:
    """What a message calls the store; never with its password."""
    url = engine.url.set(drivername=engine.dialect.name)
    return url.render_as_string(hide_password=True).removeprefix("sqlite:///")


_KNOWN = {
    "database is locked": errno.EBUSY,
    "lock timeout": errno.EBUSY,
    "disk is full": errno.ENOSPC,
    "no space left": errno.ENOSPC,
    "readonly database": errno.EROFS,
    "unable to open database file": errno.ENOENT,
    "disk i/o error": errno.EIO,
}
"""What the databases say, and what the system calls it."""
_NO_DATABASE = ("not a database", "malformed")


@contextmanager
def _told(engine: sa.Engine, *, writes: bool = False) -> Iterator[None]:
    """What the database says of an error as a fault of ours."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        told = str(error.orig)
        raise InvalidInput([_fault(told, _place(engine), writes=writes)]) from None


def _fault(told: str, where: str, *, writes: bool) -> Fault:
    if any(each in told for each in _NO_DATABASE):
        return Fault(FaultCode.NO_STORE, where, {"reason": Reason.NO_DATABASE})
    known = next((number for words, number in _KNOWN.items() if words in told.lower()), None)
    if known is None:
        detail = as_reason(told.strip().split("\n", 1)[0])
        return Fault(FaultCode.SYSTEM_FAILED, where, {"reason": Reason.OTHER_PROGRAM, "detail": detail})
    error = OSError(known, told)
    return system_fault(error, where) if writes else reading_fault(error, where)
