"""Every command of the command line, found by walking it."""

from collections.abc import Iterator

import click

from billcalc.cli import main
from billcalc.cli.advise_bulk import advise_bulk
from billcalc.cli.check_bulk import check_bulk
from billcalc.cli.compare_bulk import compare_bulk
from billcalc.cli.diagnose_bulk import diagnose_bulk

__all__ = ["commands"]


def commands() -> dict[str, click.Command]:
    """Every command and group by the words that call it, ``compare --bulk`` and the whole among them."""
    return {
        **dict(_walk(main, "")),
        "advise --bulk": advise_bulk,
        "check --bulk": check_bulk,
        "compare --bulk": compare_bulk,
        "diagnose --bulk": diagnose_bulk,
    }


def _walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None
            yield from _walk(below, f"{path} {name}".strip())
