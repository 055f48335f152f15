"""A query's rows as Parquet, CSV or a workbook, written whole or not at all."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["write_table"]

WORKBOOK_ROWS_MAX = 200_000
_EXACT_IN_A_CELL = Decimal(10) ** 13
"""A cell is a double: cents of more than this lose digits, and are written as text."""


def write_table(connection: Any, query: str, out: Path) -> None:
    """Write a query's rows to a file, by its suffix.

    Raises:
        InvalidInput: for another suffix, and for more rows than a workbook should have.
    """
    partial = out.with_name(f".{out.name}.partial")
    text = str(partial).replace("'", "''")
    try:
        match out.suffix.lower():
            case ".parquet":
                connection.execute(f"COPY ({query}) TO '{text}' (FORMAT parquet, COMPRESSION zstd)")
            case ".csv":
                connection.execute(f"COPY ({query}) TO '{text}' (FORMAT csv, HEADER)")
            case ".xlsx":
                _write_workbook(connection, query, partial, out)
            case suffix:
                reason = (
                    f"differences are written as .parquet, .csv or .xlsx, not as {suffix or 'a file without suffix'}"
                )
                raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(out), {"reason": reason})])
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)


def _write_workbook(connection: Any, query: str, partial: Path, out: Path) -> None:
    import xlsxwriter

    (rows,) = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()
    if rows > WORKBOOK_ROWS_MAX:
        reason = f"{rows} rows are more than the {WORKBOOK_ROWS_MAX} of a workbook: write .parquet or .csv"
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(out), {"reason": reason})])
    result = connection.execute(query)
    with xlsxwriter.Workbook(str(partial), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("differences")
        money = book.add_format({"num_format": "0.00"})
        sheet.write_row(0, 0, [column[0] for column in result.description])
        for number, row in enumerate(result.fetchall(), start=1):
            for place, value in enumerate(row):
                if isinstance(value, Decimal) and abs(value) < _EXACT_IN_A_CELL:
                    sheet.write_number(number, place, value, money)
                elif value is not None:
                    sheet.write_string(number, place, str(value))
