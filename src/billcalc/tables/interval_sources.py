"""What a file of intervals is: a table of any format, or one of the formats that meters' data are exchanged in."""

import os

from billcalc.files.text import Source, read_bytes
from billcalc.tables import green_button
from billcalc.tables.grid import Grid, sheet_of
from billcalc.tables.nem12 import as_table, is_nem12
from billcalc.tables.readers import read_grid

__all__ = ["MAX_BYTES", "read_interval_grid"]

MAX_BYTES = 1 << 26
"""What a file may have unless told otherwise [byte]: a year of 15 minutes has a fiftieth of it."""


def read_interval_grid(source: Source, *, name: str | None = None, max_bytes: int = MAX_BYTES) -> Grid:
    """The rows of a file of intervals.

    Args:
        source: a path, ``-`` or bytes.
        name: what messages call it; by default its path.
        max_bytes: the limit [byte].

    Raises:
        InvalidInput: where it cannot be read.
    """
    told = None if isinstance(source, bytes) else os.fspath(source)
    path = source if told is None else sheet_of(told)[0]
    name, content = read_bytes(path, name=told if name is None and told != "-" else name, max_bytes=max_bytes)
    if green_button.is_xml(content):
        return green_button.grid_of(content, name)
    grid = read_grid(content, name=name, max_bytes=max_bytes)
    return as_table(grid) if is_nem12(grid) else grid
