"""What a file of intervals is: a table of any format, or one of the formats that meters' data are exchanged in."""

from billcalc.files.text import Source
from billcalc.tables.grid import Grid
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
    grid = read_grid(source, name=name, max_bytes=max_bytes)
    return as_table(grid) if is_nem12(grid) else grid
