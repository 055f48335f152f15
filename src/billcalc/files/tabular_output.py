"""A query's rows as Parquet, CSV or a workbook, written whole or not at all."""

from decimal import Decimal
from pathlib import Path
from secrets import token_hex
from typing import Any

from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["check_output", "write_table"]

WORKBOOK_ROWS_MAX = 200_000
_EXACT_IN_A_CELL = Decimal(10) ** 13
"""A cell is a double: cents of more than this lose digits, and are written as text."""
_OPTIONS = {".parquet": "FORMAT parquet, COMPRESSION zstd", ".csv": "FORMAT csv, HEADER"}
_WORKBOOK = ".xlsx"


def check_output(out: Path) -> None:
    """See that a file of this name can be written, before the work is done.

    Raises:
        InvalidInput: for another suffix, or a directory that is not there.
    """
    suffix = out.suffix.lower()
    if suffix not in _OPTIONS and suffix != _WORKBOOK:
        reason = "the name of a table of differences ends in .parquet, .csv or .xlsx"
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(out), {"reason": reason})])
    if not out.parent.is_dir():
        reason = "there is no such directory"
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(out.parent), {"reason": reason})])


def write_table(connection: Any, query: str, out: Path) -> None:
    """Write a query's rows to a file, by its suffix; the old file stays until the new one is complete.

    Raises:
        InvalidInput: for another suffix, and for more rows than a workbook should have.
    """
    check_output(out)
    suffix = out.suffix.lower()
    draft = out.with_name(f".billcalc-{token_hex(8)}.tmp")
    try:
        if suffix == _WORKBOOK:
            _write_workbook(connection, query, draft, out)
        else:
            text = str(draft).replace("'", "''")
            connection.execute(f"COPY ({query}) TO '{text}' ({_OPTIONS[suffix]})")
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)


def _write_workbook(connection: Any, query: str, draft: Path, out: Path) -> None:
    import xlsxwriter

    (rows,) = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()
    if rows > WORKBOOK_ROWS_MAX:
        reason = f"{rows} rows are more than the {WORKBOOK_ROWS_MAX} of a workbook: write .parquet or .csv"
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(out), {"reason": reason})])
    result = connection.execute(query)
    with xlsxwriter.Workbook(str(draft), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("differences")
        money = book.add_format({"num_format": "0.00"})
        sheet.write_row(0, 0, [column[0] for column in result.description])
        for number, row in enumerate(result.fetchall(), start=1):
            for place, value in enumerate(row):
                if isinstance(value, Decimal) and abs(value) < _EXACT_IN_A_CELL:
                    sheet.write_number(number, place, value, money)
                elif value is not None:
                    sheet.write_string(number, place, str(value))
