"""The cells of many parts of a batch, each put where it belongs in one array.

A part is some lines of some bills, the same of each. Bills stand in the order of the batch, and the lines of a bill one
after another; so once it is known how many lines each row of the batch has, every part knows its places. Where nothing
stands between its bills they are one stretch of the array, which is filled without a copy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from billcalc.bulk.arrow import NONE, write_decimals
from billcalc.bulk.column import Column

__all__ = ["Codes", "Numbers", "Part", "Places"]

Codes = NDArray[np.int32]
"""Of words, or days since 1970-01-01: one for each line, the same in every bill of a part."""

Numbers = Sequence[Column | None]
"""A column for each line; None where the line has no number."""


@dataclass(frozen=True, slots=True)
class Part:
    """The same lines of some bills; a bill may have lines in several parts, which then stand in the order of the parts.

    Attributes:
        rows: their places in the batch, in order; at least one.
        lines: how many each of them has; at least one.
        cells: of each field.
    """

    rows: NDArray[np.int64]
    lines: int
    cells: Sequence[Codes | Numbers]


class Places:
    """Where the lines of every row of a batch stand.

    Attributes:
        lines: how many each row has; 0 where it was not billed.
        size: how many there are.
    """

    def __init__(self, parts: Sequence[Part], rows: int) -> None:
        self.lines = np.zeros(rows, dtype=np.int64)
        before = []
        for part in parts:
            before.append(self.lines[part.rows])
            self.lines[part.rows] += part.lines
        starts = np.cumsum(self.lines) - self.lines
        self.size = int(self.lines.sum())
        self._places = [
            (part, _places(starts[part.rows] + above, part.lines)) for part, above in zip(parts, before, strict=True)
        ]

    def codes(self, field: int) -> Codes:
        """The codes of a field."""
        codes = np.empty(self.size, dtype=np.int32)
        for cells, room in self._rooms(field, codes):
            room[:] = cells
        return codes

    def decimals(self, field: int, places: int) -> NDArray[np.int64]:
        """The numbers of a field as decimals with so many places (see ``arrow.decimal_array``)."""
        if all(_is_nought(column) for part, _ in self._places for column in part.cells[field]):
            return self._noughts
        words = np.zeros((self.size, 2), dtype=np.int64)  # whose pages come into being where something is written
        for cells, room in self._rooms(field, words):
            for line, column in enumerate(cells):
                if column is None:
                    room[:, line] = NONE
                elif not _is_nought(column):
                    write_decimals(column, room[:, line], places)
        return words

    @cached_property
    def _noughts(self) -> NDArray[np.int64]:
        """The words of a field without any other number: of most tables more than one, and all of them are alike."""
        return np.zeros((self.size, 2), dtype=np.int64)

    def _rooms(self, field: int, array: NDArray[Any]) -> Iterator[tuple[Any, NDArray[Any]]]:
        """The cells of each part and the room they have, by bill and line; what is put there is in the array."""
        for part, places in self._places:
            shape = (len(part.rows), part.lines, *array.shape[1:])
            if isinstance(places, slice):
                yield part.cells[field], array[places].reshape(shape)
            else:
                room = np.zeros(shape, dtype=array.dtype)
                yield part.cells[field], room
                array[places] = room


def _is_nought(column: Column | None) -> bool:
    return column is not None and column.is_constant and column.integer == 0


def _places(starts: NDArray[np.int64], lines: int) -> slice | NDArray[np.int64]:
    """The places of the lines of some bills: a stretch where there is nothing between them, else by bill and line."""
    first, last = int(starts[0]), int(starts[-1])
    if last - first == (len(starts) - 1) * lines:
        return slice(first, last + lines)
    return starts[:, np.newaxis] + np.arange(lines)
