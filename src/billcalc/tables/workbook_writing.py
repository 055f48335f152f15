"""Rows as a workbook that a spreadsheet opens as they are: names keep their zeros, money is a number."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import BinaryIO

from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["WORKBOOK_ROWS_MAX", "too_many_rows", "write_workbook"]

WORKBOOK_ROWS_MAX = 200_000

_EXACT_DIGITS = 15
"""A cell is a double: a number of more digits loses some, and is written as text."""
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""What every workbook says of when it was made, so that the same rows are the same bytes."""


def write_workbook(out: BinaryIO, sheet: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a workbook of one sheet.

    Args:
        out: takes the bytes.
        sheet: its name.
        head: the names of the columns.
        rows: texts, numbers, days and nothing.

    Raises:
        InvalidInput: for more rows than a workbook should have; what was written is then none.
    """
    import xlsxwriter

    number = 0
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        book.set_properties({"created": _MADE})
        page = book.add_worksheet(sheet)
        money = book.add_format({"num_format": "0.00"})
        page.write_row(0, 0, head)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row if number <= WORKBOOK_ROWS_MAX else ()):
                if isinstance(value, Decimal | int) and _is_exact(Decimal(value)):
                    page.write_number(number, place, value, money if _is_money(value) else None)
                elif value is not None:
                    page.write_string(number, place, str(value))
    if number > WORKBOOK_ROWS_MAX:
        raise too_many_rows(number, "the result")


def _is_exact(number: Decimal) -> bool:
    return len(number.normalize().as_tuple().digits) <= _EXACT_DIGITS and abs(number.adjusted()) < _EXACT_DIGITS


def _is_money(value: Decimal | int) -> bool:
    """Whether a number has the two decimals of money, or of what is rounded as money is."""
    return isinstance(value, Decimal) and value.as_tuple().exponent == -2


def too_many_rows(rows: int, name: str) -> InvalidInput:
    """What is told of a workbook that would be too long."""
    facts = {"rows": str(rows), "limit": str(WORKBOOK_ROWS_MAX)}
    return InvalidInput([Fault(FaultCode.TOO_MANY_ROWS, name, facts)])
