"""``billcalc keys``: make, list and revoke API keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from billcalc.cli.exits import Failed, Invalid, epilog
from billcalc.cli.speaking import spoken
from billcalc.fields.shown import printable
from billcalc.words.keys import KEPT
from billcalc_api.keys import create_key, read_keys, renew_key, revoke_key
from billcalc_api.keys_error import KeysError
from billcalc_api.rights import Right

__all__ = ["keys"]

_FILE = click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path),
    default=Path("billcalc-keys.jsonl"),
    show_default=True,
    envvar="BILLCALC_KEYS",
)
_EPILOG = epilog(
    "keys",
    "billcalc keys create audit-team",
    "billcalc keys create erp --scope bill --scope tariffs --per-minute 600 --at-once 4",
    "billcalc keys list",
    "billcalc keys renew erp",
    "billcalc keys revoke erp --older",
    "billcalc keys revoke audit-team",
)


@click.group(epilog=_EPILOG)
def keys() -> None:
    """Make, list and revoke the service's API keys."""


@keys.command()
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice([scope.value for scope in Right]))
@click.option("--per-minute", type=click.IntRange(min=1))
@click.option("--at-once", type=click.IntRange(min=1))
@_FILE
def create(name: str, scopes: tuple[str, ...], per_minute: int | None, at_once: int | None, path: Path) -> None:
    """Make a key and print it; it is not shown again."""
    with _telling():
        click.echo(create_key(path, name, scopes=scopes, per_minute=per_minute, at_once=at_once))
    click.echo(KEPT.of(spoken().language).format(path=path), err=True)


@keys.command("list")
@_FILE
def list_keys(path: Path) -> None:
    """List the keys: the days they were made, their names, and what they may do where not everything."""
    with _telling():
        for record in read_keys(path):
            limits = {"per-minute": record.per_minute, "at-once": record.at_once}
            told = [*(record.scopes or ()), *(f"{name}={limit}" for name, limit in limits.items() if limit)]
            click.echo(printable("  ".join([record.created, record.name, *([" ".join(told)] if told else [])])))


@keys.command()
@click.argument("name")
@_FILE
def renew(name: str, path: Path) -> None:
    """Make another key of NAME with the same rights; the older one holds until it is revoked."""
    with _telling():
        click.echo(renew_key(path, name))


@keys.command()
@click.argument("name")
@click.option("--older", is_flag=True)
@_FILE
def revoke(*, name: str, older: bool, path: Path) -> None:
    """Forget a key; a running service refuses it from now on."""
    with _telling():
        revoke_key(path, name, older=older)


@contextmanager
def _telling() -> Iterator[None]:
    """Say what is the matter with the keys in the language of the call, and end the command."""
    try:
        yield
    except KeysError as error:
        ended = Failed if error.is_of_the_system else Invalid
        raise ended(error.told(spoken().language)) from None
