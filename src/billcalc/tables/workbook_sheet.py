"""The table on a sheet: where its head is, what its columns are called, and which of its cells can be trusted.

The head is the first row that is filled at least half as far as the widest; what stands above it are titles. A head of
two rows, as merged cells make it, is read as one, and a row of units belongs to it. What has no value that can be
trusted (a formula that was never calculated, an error, merged cells among the rows) is told by its address.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from billcalc.fields.cells import bare_text, is_total
from billcalc.fields.units_told import Told, are_units, unit_told
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.workbook_cells import SheetNotes, address, spoken

__all__ = ["Sheet", "check_heads", "laid_out"]

_LOOKED_AT = 30
"""The head stands among so many rows."""
_NARROW = 2
"""A table of so few columns may have rows of one cell; in a wider one words in such a row are a note."""
_FIRST = 3
"""Among so many cells of a head is the name of a column that other tables have, too."""
_NO_WORDS = re.compile("[!-~]+")

_Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of what is merged."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A table.

    Attributes:
        title: the name of its sheet.
        head: the names of the columns.
        places: where the columns stand, from 0.
        top: the row of the head, from 0; of two rows the last.
        rows: the cells below it, a text for each column.
        bad: by row (from 0 below the head) and column the cells without a value that can be trusted.
        hidden: how many of the rows a spreadsheet does not show.
        hidden_columns: the names of the columns that it does not show.
    """

    title: str
    head: tuple[str, ...]
    places: tuple[int, ...]
    top: int
    rows: tuple[tuple[str, ...], ...]
    bad: Mapping[int, Mapping[int, Reason]]
    hidden: int
    hidden_columns: tuple[str, ...]

    def address(self, row: int, column: int) -> str:
        """The address of a cell of a row below the head, or with -1 of the head itself."""
        return address(self.title, self.top + 1 + row, self.places[column])

    def spoilt(self, row: int, columns: Iterable[int]) -> tuple[str, Reason] | None:
        """The address of the first of some cells of a row that cannot be trusted, and why; None where all can."""
        bad = self.bad.get(row, {})
        return next(((self.address(row, column), bad[column]) for column in columns if column in bad), None)


def laid_out(
    values: Sequence[Sequence[Any]], merged: Sequence[_Range], notes: SheetNotes, *, title: str, name: str
) -> Sheet:
    """Find the table on a sheet.

    Args:
        values: of all cells from the first row and column on.
        merged: which cells are one.
        notes: what the values do not tell.
        title: the name of the sheet.
        name: what messages call the file.

    Raises:
        InvalidInput: where a column has values and no head, or a title or a note tells another unit.
    """
    texts = _texts(values)
    merged = _within(merged, len(texts), len(texts[0]) if texts else 0, name)
    covered = {place: span for span in merged for place in _places_of(span)}
    first = _head_row(texts, covered)
    top = max((end for (row, _), (end, _) in merged if row == first), default=first)
    if (
        top == first
        and first + 1 < len(texts)
        and any(row == first and start != end for (row, start), (_, end) in merged)
    ):
        top += 1
    names = [_name(texts, covered, range(first, top + 1), column) for column in range(len(texts[0]))]
    units = range(top + 1, top + 2) if top + 1 < len(texts) and are_units(texts[top + 1]) else range(0)
    top += len(units)
    below = texts[top + 1 :]
    spoilt = {row for row, _ in notes.bad}
    while below and top + len(below) not in spoilt and _is_note(below[-1]):
        below = below[:-1]
    _check_units(texts, (*range(first), *units, *range(top + 1 + len(below), len(texts))), title, name)
    places = tuple(column for column, named in enumerate(names) if named or any(row[column] for row in below))
    holes = [column for column in places if not names[column]]
    if holes:
        faults = (Fault(FaultCode.MISSING_KEY, f"{name}: {address(title, top, c)}", {"key": _COLUMN}) for c in holes)
        raise InvalidInput(faults)
    reasons = dict(notes.bad)
    for (row, column), end in merged:
        if top < row < len(texts) and column < len(names) and not is_total(texts[row][column]):
            reasons.update(dict.fromkeys(_places_of(((row, column), end)), Reason.MERGED))
    bad: dict[int, dict[int, Reason]] = {}
    for (row, column), reason in sorted(reasons.items()):
        if top < row <= top + len(below) and column in places:
            bad.setdefault(row - top - 1, {})[places.index(column)] = reason
    hidden = sum(top < row <= top + len(below) for row in notes.hidden)
    rows = tuple(tuple(row[column] for column in places) for row in below)
    unseen = [column for column in places if any(left <= column <= right for left, right in notes.hidden_columns)]
    return Sheet(
        title,
        tuple(names[column] for column in places),
        places,
        top,
        rows,
        bad,
        hidden,
        tuple(names[column] for column in unseen),
    )


_COLUMN = "name of the column"


def check_heads(sheet: Sheet, name: str) -> None:
    """Find a second table below the first whose columns are others, or in another order; the same head again is a row.

    Args:
        sheet: as it was laid out.
        name: what messages call the file.

    Raises:
        InvalidInput: with the address of its head.
    """
    known, faults = set(sheet.head), []
    for number, row in enumerate(sheet.rows):
        if known.isdisjoint(row[:_FIRST]):  # as nearly every row
            continue
        own = [column for column, text in enumerate(row) if text in known]
        if len(own) > 1 and any(text and text != each for each, text in zip(sheet.head, row, strict=True)):
            where = f"{name}: {sheet.address(number, own[0])}"
            faults.append(Fault(FaultCode.DUPLICATE_KEY, where, {"key": row[own[0]]}))
    if faults:
        raise InvalidInput(faults)


def _check_units(texts: Sequence[Sequence[str]], beside: Iterable[int], title: str, name: str) -> None:
    """Find a title or a note that says the numbers are in units that are not those of requests and bills.

    Raises:
        InvalidInput: with the addresses of these cells.
    """
    faults = []
    for row in beside:
        for column, text in enumerate(texts[row]):
            told = unit_told(text)
            if told is not None and told[1] is Told.OTHER:
                facts = {"reason": Reason.UNIT_OF_TABLE, "value": told[0]}
                faults.append(Fault(FaultCode.INCONSISTENT, f"{name}: {address(title, row, column)}", facts))
    if faults:
        raise InvalidInput(faults)


def _texts(values: Sequence[Sequence[Any]]) -> list[list[str]]:
    """What the cells say; a day in a column of times is its midnight, which a spreadsheet does not tell from it."""
    with_times = {column for row in values for column, value in enumerate(row) if isinstance(value, datetime)}

    def text(column: int, value: Any) -> str:
        is_midnight = column in with_times and isinstance(value, date) and not isinstance(value, datetime)
        return bare_text(spoken(datetime(value.year, value.month, value.day) if is_midnight else value))  # noqa: DTZ001

    return [[text(column, value) for column, value in enumerate(row)] for row in values]


def _is_note(row: Sequence[str]) -> bool:
    """Whether a row behind the others has nothing, or of a table of some columns words in a single cell.

    Digits and letters may be an account of which other tables or templates tell the rest, and are no words.
    """
    told = [text for text in row if text]
    return not told or (len(row) > _NARROW and len(told) == 1 and _NO_WORDS.fullmatch(told[0]) is None)


def _head_row(texts: Sequence[Sequence[str]], covered: Mapping[tuple[int, int], _Range]) -> int:
    """The first row that is filled at least half as far as the widest, and is no row of titles over several columns."""
    widest = max(sum(map(bool, row)) for row in texts[:_LOOKED_AT])
    for number, row in enumerate(texts[:_LOOKED_AT]):
        own = [column for column, text in enumerate(row) if text]
        spans = {column: covered.get((number, column), ((number, column), (number, column))) for column in own}
        width = sum(right - left + 1 for (_, left), (_, right) in spans.values())
        if 2 * width >= widest and (len(own) > 1 or widest == 1) and _is_head(texts, number, spans):
            return number
    return next(number for number, row in enumerate(texts) if any(row))


def _is_head(texts: Sequence[Sequence[str]], number: int, spans: Mapping[int, _Range]) -> bool:
    """Whether cells over several columns, where a row has some, have the heads of these below them, and others none."""
    wide = [(left, right) for (_, left), (_, right) in spans.values() if left != right]
    if not wide:
        return True
    below = texts[number + 1] if number + 1 < len(texts) else [""] * len(texts[0])
    under = {column for left, right in wide for column in range(left, right + 1)}
    return len(wide) < len(spans) and {column for column, text in enumerate(below) if text} == under


def _name(texts: Sequence[Sequence[str]], covered: Mapping[tuple[int, int], _Range], rows: range, column: int) -> str:
    """What a column is called: what stands in its rows of the head, each once."""
    found: dict[str, None] = {}
    for row in rows:
        (top, left), _ = covered.get((row, column), ((row, column), (row, column)))
        found[texts[top][left]] = None
    return " ".join(filter(None, found))


def _within(merged: Sequence[_Range], rows: int, columns: int, name: str) -> list[_Range]:
    """What merged ranges cover of the cells that there are; a damaged one may name a whole sheet, or cover others.

    Raises:
        InvalidInput: where they cover more than all cells.
    """
    found = [
        ((top, left), (min(bottom, rows - 1), min(right, columns - 1)))
        for (top, left), (bottom, right) in merged
        if top < rows and left < columns
    ]
    if sum((bottom - top + 1) * (right - left + 1) for (top, left), (bottom, right) in found) > rows * columns:
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, name, {"reason": Reason.NO_WORKBOOK})])
    return found


def _places_of(span: _Range) -> list[tuple[int, int]]:
    (top, left), (bottom, right) = span
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
