"""The tables of a workbook, XLSX or XLS: each sheet that is shown, with its merged cells."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from billcalc.fields.shown import as_reason
from billcalc.kernel.decimals import decimal_text
from billcalc.notices.findings import NoticeCode, NoticeFinding, NoticeRejected
from billcalc.notices.grid import Cell, Grid, Spanned

__all__ = ["cell_digits", "workbook_grids"]


def workbook_grids(content: bytes, *, name: str) -> tuple[tuple[Grid, ...], tuple[NoticeFinding, ...]]:
    """The sheets of a workbook, and what is told of those that are hidden.

    Raises:
        NoticeRejected: where it cannot be opened.
    """
    from python_calamine import SheetVisibleEnum

    from billcalc.tables.workbook_package import open_package

    grids: list[Grid] = []
    hidden: list[NoticeFinding] = []
    try:
        package = open_package(content, name)
        for sheet in package.book.sheets_metadata:
            if sheet.visible is SheetVisibleEnum.Visible:
                grids.append(Grid.of(_cells(*package.cells(package.sheet(sheet.name)), sheet.name)))
            else:
                hidden.append(NoticeFinding(NoticeCode.SHEET_HIDDEN, name, {"sheet": sheet.name}))
    except Exception as error:  # noqa: BLE001 - whatever the library raises of a damaged file
        facts = {"format": "XLSX/XLS", "reason": as_reason(str(error) or type(error).__name__)}
        raise NoticeRejected([NoticeFinding(NoticeCode.FILE_DAMAGED, name, facts)]) from None
    return tuple(grids), tuple(hidden)


def _cells(rows: Sequence[Sequence[Any]], ranges: Sequence[Any], title: str) -> Iterator[Spanned]:
    merged = dict(ranges)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            last_row, last_column = merged.get((number, place), (number, place))
            last_row, last_column = min(last_row, len(rows) - 1), min(last_column, len(row) - 1)
            text = cell_digits(value)
            if text or (number, place) in merged:
                cell = Cell(text, f"{title}!{_letters(place)}{number + 1}")
                yield Spanned(cell, number, place, last_row - number + 1, last_column - place + 1)


def cell_digits(value: object) -> str:
    """What a cell says, of a number its digits: the fifteen that a spreadsheet has, so that 0.1 + 0.2 is 0.3.

    >>> cell_digits(0.1 + 0.2), cell_digits(35.0), cell_digits("35千伏")
    ('0.3', '35', '35千伏')
    """
    return decimal_text(Decimal(format(value, ".15g"))) if isinstance(value, float) else str(value)


def _letters(place: int) -> str:
    """The name of a column.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
