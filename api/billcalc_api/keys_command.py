"""``billcalc keys``: make, list and revoke API keys."""

from pathlib import Path

import click

from billcalc_api.keys import create_key, read_keys, revoke_key

__all__ = ["keys"]

_FILE = click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path),
    default=Path("billcalc-keys.jsonl"),
    show_default=True,
    envvar="BILLCALC_KEYS",
    help="The file of keys; only hashes are in it.",
)
_EPILOG = """
\b
Examples:
  billcalc keys create audit-team
  billcalc keys list
  billcalc keys revoke audit-team
"""


@click.group(epilog=_EPILOG)
def keys() -> None:
    """Make, list and revoke the service's API keys."""


@keys.command()
@click.argument("name")
@_FILE
def create(name: str, path: Path) -> None:
    """Make a key and print it; it is not shown again."""
    try:
        click.echo(create_key(path, name))
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"its hash is kept in {path}: start the service with --keys {path}", err=True)


@keys.command("list")
@_FILE
def list_keys(path: Path) -> None:
    """List the names of the keys and the days they were made."""
    try:
        for record in read_keys(path):
            click.echo(f"{record.created}  {record.name}")
    except ValueError as error:
        raise click.ClickException(str(error)) from None


@keys.command()
@click.argument("name")
@_FILE
def revoke(name: str, path: Path) -> None:
    """Forget a key; a running service must be started anew."""
    try:
        revoke_key(path, name)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
