"""Rows as a workbook that a spreadsheet opens as they are: names keep their zeros, money is a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["MADE", "WORKBOOK_ROWS_MAX", "Page", "too_many_rows", "write_pages"]

WORKBOOK_ROWS_MAX = 200_000

_COLUMNS, _WIDTH = 6, 18
"""Of a page of several tables, and how wide columns are [characters]."""
_EXACT_DIGITS = 15
"""A cell is a double: a number of more digits loses some, and is written as text."""
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""What every workbook says of when it was made, so that the same rows are the same bytes."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet.

    Attributes:
        title: its name.
        head: the names of its columns, which stay in view and have filters; a page of several tables has none.
        rows: texts, numbers, days and nothing.
        chart: the title of a chart of the last rows: the first column names their bars, the third is their length.
        charted: how many rows that are; without any there is no chart.
    """

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[object]]
    chart: str = ""
    charted: int = 0


def write_pages(out: BinaryIO, pages: Iterable[Page]) -> None:
    """Write a workbook, in memory that does not grow with its rows.

    Args:
        out: takes the bytes.
        pages: in their order.

    Raises:
        InvalidInput: for more rows than a workbook should have; what was written is then none.
    """
    import xlsxwriter

    most = 0
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        book.set_properties({"created": MADE})
        formats = {"money": book.add_format({"num_format": "#,##0.00"}), "head": book.add_format({"bold": True})}
        for page in pages:
            sheet = book.add_worksheet(page.title)
            sheet.set_column(0, max(len(page.head) - 1, _COLUMNS), _WIDTH)
            if page.head:
                sheet.write_row(0, 0, page.head, formats["head"])
                sheet.freeze_panes(1, 0)
            number = 0
            for number, row in enumerate(page.rows, start=1):
                if number <= WORKBOOK_ROWS_MAX:
                    _write_row(sheet, number - (not page.head), row, formats["money"])
            if page.head:
                most = max(most, number)
                sheet.autofilter(0, 0, min(number, WORKBOOK_ROWS_MAX), len(page.head) - 1)
            if page.charted:
                _add_chart(book, sheet, page, number - 1)
    if most > WORKBOOK_ROWS_MAX:
        raise too_many_rows(most, "the result")


def _write_row(sheet: Any, number: int, row: Sequence[object], money: Any) -> None:
    for place, value in enumerate(row):
        if isinstance(value, Decimal | int) and _is_exact(Decimal(value)):
            sheet.write_number(number, place, value, money if _is_money(value) else None)
        elif value is not None:
            sheet.write_string(number, place, str(value))


def _add_chart(book: Any, sheet: Any, page: Page, last: int) -> None:
    """A bar for each of the last rows."""
    first = last - page.charted + 1
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"categories": [page.title, first, 0, last, 0], "values": [page.title, first, 2, last, 2]})
    chart.set_title({"name": page.chart})
    chart.set_legend({"none": True})
    sheet.insert_chart(0, _COLUMNS + 1, chart)


def _is_exact(number: Decimal) -> bool:
    return len(number.normalize().as_tuple().digits) <= _EXACT_DIGITS and abs(number.adjusted()) < _EXACT_DIGITS


def _is_money(value: Decimal | int) -> bool:
    """Whether a number has the two decimals of money, or of what is rounded as money is."""
    return isinstance(value, Decimal) and value.as_tuple().exponent == -2


def too_many_rows(rows: int, name: str) -> InvalidInput:
    """What is told of a workbook that would be too long."""
    facts = {"rows": str(rows), "limit": str(WORKBOOK_ROWS_MAX)}
    return InvalidInput([Fault(FaultCode.TOO_MANY_ROWS, name, facts)])
