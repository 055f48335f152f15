"""What every command of an audit does: open the store, know who acts and when, and say what is wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Any

import click

from billcalc.cli.answers import Answers
from billcalc.cli.speaking import misused
from billcalc.cli.table_runs import needed
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.parsing import Misuse

if TYPE_CHECKING:
    from billcalc.store.store import Store

__all__ = ["actor_option", "format_option", "now", "opened_store", "store_option"]

STORE = "findings.sqlite"

store_option: Callable[[Any], Any] = click.option(
    "--store", metavar="STORE", default=STORE, show_default=True, envvar="BILLCALC_STORE"
)
format_option: Callable[[Any], Any] = click.option(
    "--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True
)


def actor_option(command: Any) -> Any:
    """The option of who acts: by default whom the system knows."""
    return click.option("--as", "actor", metavar="NAME", envvar="BILLCALC_ACTOR", callback=_actor)(command)


def _actor(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    if value:
        return value
    try:
        return getuser()
    except (KeyError, OSError):
        raise click.BadParameter(misused(Misuse.NO_ACTOR), ctx, param) from None


def now() -> str:
    """The instant, in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def opened_store(name: str, answers: Answers, *, make: bool = False) -> "Iterator[Store]":
    """The store; what is wrong with it or with what is done in it is said, and ends the command."""
    needed(("sqlalchemy", "alembic", "psycopg"), "store")
    from billcalc.store.store import Store

    try:
        store = Store(name, make=make)
        try:
            yield store
        finally:
            store.close()
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
