"""``billcalc keys``: make, list and revoke API keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from billcalc.cli.exits import Failed, Invalid, epilog
from billcalc.cli.speaking import spoken
from billcalc.fields.shown import printable
from billcalc.words.keys import KEPT
from billcalc_api.keys import create_key, read_keys, revoke_key
from billcalc_api.keys_error import KeysError

__all__ = ["keys"]

_FILE = click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path),
    default=Path("billcalc-keys.jsonl"),
    show_default=True,
    envvar="BILLCALC_KEYS",
)
_EPILOG = epilog("keys", "billcalc keys create audit-team", "billcalc keys list", "billcalc keys revoke audit-team")


@click.group(epilog=_EPILOG)
def keys() -> None:
    """Make, list and revoke the service's API keys."""


@keys.command()
@click.argument("name")
@_FILE
def create(name: str, path: Path) -> None:
    """Make a key and print it; it is not shown again."""
    with _telling():
        click.echo(create_key(path, name))
    click.echo(KEPT.of(spoken().language).format(path=path), err=True)


@keys.command("list")
@_FILE
def list_keys(path: Path) -> None:
    """List the names of the keys and the days they were made."""
    with _telling():
        for record in read_keys(path):
            click.echo(printable(f"{record.created}  {record.name}"))


@keys.command()
@click.argument("name")
@_FILE
def revoke(name: str, path: Path) -> None:
    """Forget a key; a running service refuses it from now on."""
    with _telling():
        revoke_key(path, name)


@contextmanager
def _telling() -> Iterator[None]:
    """Say what is the matter with the keys in the language of the call, and end the command."""
    try:
        yield
    except KeysError as error:
        ended = Failed if error.is_of_the_system else Invalid
        raise ended(error.told(spoken().language)) from None
