"""The warning that an installed copy of the tariffs is read and not those of the checkout one works in."""

from pathlib import Path

import click

from billcalc.cli.speaking import spoken
from billcalc.library.catalog import shipped_tariffs
from billcalc.library.checkout import unread_tariffs
from billcalc.words.settings import UNREAD_TARIFFS

__all__ = ["shipped_tariffs_told"]


def shipped_tariffs_told() -> Path:
    """The shipped tariffs; where they are not those of the checkout around the working directory, that is told."""
    read = shipped_tariffs()
    unread = unread_tariffs(Path.cwd(), read=read)
    if unread is not None:
        click.echo(UNREAD_TARIFFS.of(spoken().language).format(unread=unread, read=read), err=True)
    return read
