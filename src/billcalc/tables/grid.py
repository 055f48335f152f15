"""All cells of a table that a person could read (a bill, the intervals of a meter), each of which knows its place."""

import os
from dataclasses import dataclass

from billcalc.fields.cells import Row

__all__ = ["SHEET_MARK", "Grid", "sheet_of"]

SHEET_MARK = "#"
"""What stands between the name of a file and that of its sheet, where it has several."""


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a table.

    Attributes:
        name: what messages call it.
        rows: those that have any text; the first is the header.
        encoding: see ``tables.records.Records``.
        hidden, hidden_columns: see ``tables.records.Records``.
    """

    name: str
    rows: tuple[Row, ...]
    encoding: str = "utf-8"
    hidden: int = 0
    hidden_columns: tuple[str, ...] = ()


def sheet_of(name: str) -> tuple[str, str]:
    """The file that a name means, and the sheet of it; nothing where none is told.

    >>> sheet_of("bills.xlsx#6月"), sheet_of("bills.csv")
    (('bills.xlsx', '6月'), ('bills.csv', ''))
    """
    if SHEET_MARK not in name or os.path.exists(name):
        return name, ""
    path, _, title = name.rpartition(SHEET_MARK)
    return path, title
