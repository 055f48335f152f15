"""The warning that an installed copy of the tariffs is read and not those of the checkout one works in."""

from pathlib import Path

import click

from billcalc.library.catalog import shipped_tariffs
from billcalc.library.checkout import unread_tariffs

__all__ = ["shipped_tariffs_told"]


def shipped_tariffs_told() -> Path:
    """The shipped tariffs; where they are not those of the checkout around the working directory, that is told."""
    read = shipped_tariffs()
    unread = unread_tariffs(Path.cwd(), read=read)
    if unread is not None:
        click.echo(
            f"WARNING: the tariffs of this checkout are NOT read: {unread}\n"
            f"  read is the installed copy {read}; install the checkout itself: pip install -e .\n"
            f"警告：没有读取当前仓库的电价库：{unread}\n"
            f"  读取的是已安装的副本 {read}；请以可编辑方式安装本仓库：pip install -e .",
            err=True,
        )
    return read
