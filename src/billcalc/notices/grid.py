"""A table as every reader gives it: places by row and column, each with the cell that covers it and its address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Cell", "Grid", "Spanned"]


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell; a merged cell is the same object at each place that it covers.

    Attributes:
        text: as it stands in the file; of a number every digit.
        address: where it stands in the file: ``p1t1r5c3`` (page, table, row, column), ``Sheet1!C5``, ``5:12``.
    """

    text: str
    address: str


class Spanned(NamedTuple):
    """A cell and the places that it covers."""

    cell: Cell
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        rows: of equal length; None where no cell is.
        knows_merged: whether a merged cell is told from empty ones; of a CSV nobody knows.
    """

    rows: tuple[tuple[Cell | None, ...], ...]
    knows_merged: bool = True

    @classmethod
    def of(cls, spanned: Iterable[Spanned], *, above: Sequence[Cell] = (), knows_merged: bool = True) -> "Grid":
        """The table of some cells.

        Args:
            spanned: where two claim a place, the first has it.
            above: lines of text that stand over the table: rows of one cell each.
            knows_merged: see the class.

        >>> grid = Grid.of([Spanned(Cell("a", "A1"), 0, 0, columns=2), Spanned(Cell("b", "B2"), 1, 1)])
        >>> [[cell and cell.text for cell in row] for row in grid.rows]
        [['a', 'a'], [None, 'b']]
        """
        cells = list(spanned)
        height = max((each.row + each.rows for each in cells), default=0)
        width = max((each.column + each.columns for each in cells), default=1)
        places: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        for each in cells:
            for row in range(each.row, each.row + each.rows):
                for column in range(each.column, each.column + each.columns):
                    places[row][column] = places[row][column] or each.cell
        lines = tuple((line,) * width for line in above)
        return cls((*lines, *(tuple(row) for row in places)), knows_merged)
