"""Bills of one structure, printed alike, beside what they are recomputed: what a search for causes looks at."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import numpy as np

from billcalc.audit.diagnose.cause import Instance, Path, Place, pointer_of
from billcalc.audit.diagnose.cells import Cell, Cells, Money
from billcalc.audit.diagnose.mistaken import Written, written
from billcalc.audit.diagnose.stacked import Amounts, Assigned, Fen, Mask, Priced, Stacked, column_of
from billcalc.bulk.column import Column

__all__ = ["Block", "columns_of", "less", "none"]


def columns_of(money: Money) -> Amounts:
    """The amounts of one bill as those of a block of one."""
    return {cell: np.array([fen], dtype=np.int64) for cell, fen in money.items()}


def none(rows: int) -> Fen:
    """Amounts of nothing."""
    return np.zeros(rows, dtype=np.int64)


def less(one: Amounts, other: Amounts, rows: int) -> dict[Cell, Fen]:
    """The difference on every cell of either."""
    nothing = none(rows)
    return {cell: one.get(cell, nothing) - other.get(cell, nothing) for cell in dict.fromkeys((*one, *other))}


class Block:
    """Some bills.

    Args:
        cells: of what their amounts are.
        issued: what was issued.
        stacked: what causes make of them.

    Attributes:
        issued, recomputed: the amounts of each bill.
        rows: how many bills there are.
    """

    def __init__(self, cells: Cells, issued: Amounts, stacked: Stacked) -> None:
        self.issued = issued
        self.rows = stacked.bills.rows
        self._cells = cells
        self._stacked = stacked
        self._written: dict[Path, Written] = {}
        self.recomputed = self.priced().amounts

    def priced(
        self, causes: Iterable[Instance] = (), at: Fen | None = None, numbers: Sequence[Assigned] = ()
    ) -> Priced:
        """What rows are billed under causes and with wrong numbers; see ``Stacked``."""
        return self._stacked.priced(self._cells, causes, at, numbers)

    def left(self, amounts: Amounts, bills: Fen) -> dict[Cell, Fen]:
        """What amounts of rows leave of the issued ones, on every cell of either."""
        issued = {cell: fen[bills] for cell, fen in self.issued.items()}
        return less(issued, amounts, len(bills))

    def money(self, causes: Iterable[Instance], bill: int) -> Money | None:
        """The amounts of one bill under causes and wrong numbers [fen]; None where it cannot be billed so."""
        every, at = list(causes), np.array([bill])
        numbers = [
            Assigned(path, np.array([0]), column_of([Decimal(value)]))
            for each in every
            if each.is_number
            for path, value in each.edit.assigned
        ]
        made = self.priced([each for each in every if not each.is_number], at, numbers)
        return None if made.refused[0] else {cell: int(fen[0]) for cell, fen in made.amounts.items()}

    def text(self, place: Place, bill: int) -> str:
        """The number in a place of a bill, as it is written."""
        written = self._stacked.bills.texts.get(pointer_of(place.path))
        return place.right if written is None else written(bill)

    def written(self, place: Place, bills: Fen) -> Written:
        """The numbers in a place of some rows, as they are written."""
        return self._as_written(place).of(bills)

    def fits(self, place: Place, bills: Fen) -> Mask:
        """In which rows the number in a place has no more digits than are looked at."""
        return self._as_written(place).fits[bills]

    def _as_written(self, place: Place) -> Written:
        if place.path not in self._written:
            every = np.arange(self.rows)
            beside = (self.stated(path, right, every) for path, right in place.beside if path != place.path)
            stated = self.stated(place.path, place.right, every)
            limits = {"digits": place.digits, "decimals": place.decimals}
            self._written[place.path] = written(stated, self.rows, beside=beside, **limits)
        return self._written[place.path]

    def stated(self, path: Path, right: str, bills: Fen) -> Column:
        """The numbers in a place of some rows."""
        column = self._stacked.bills.columns.get(pointer_of(path))
        return Column.constant(Decimal(right)) if column is None else column.of_rows(bills)
