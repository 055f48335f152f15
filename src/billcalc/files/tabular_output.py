"""A query's rows as Parquet, CSV or a workbook."""

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from billcalc.files import disk
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["check_output", "write_table"]

WORKBOOK_ROWS_MAX = 200_000
_EXACT_IN_A_CELL = Decimal(10) ** 13
"""A cell is a double: cents of more than this lose digits, and are written as text."""
_OPTIONS = {".parquet": "FORMAT parquet, COMPRESSION zstd", ".csv": "FORMAT csv, HEADER"}
_WORKBOOK = ".xlsx"


def check_output(out: Path) -> None:
    """See that a table can have this name, before the work is done.

    Raises:
        InvalidInput: for another suffix.
    """
    suffix = out.suffix.lower()
    if suffix not in _OPTIONS and suffix != _WORKBOOK:
        facts = {"reason": Reason.NAME_OF_DIFFERENCES}
        raise InvalidInput([Fault(FaultCode.CANNOT_WRITE, str(out), facts)])


def write_table(connection: Any, query: str, out: Path, into: BinaryIO, *, scratch: Path) -> None:
    """Write a query's rows, in the format that the name of a file tells.

    Args:
        connection: of DuckDB, which writes files of its own.
        query: gives the rows.
        out: the name.
        into: takes the bytes.
        scratch: a directory for that file.

    Raises:
        InvalidInput: for more rows than a workbook should have.
    """
    suffix = out.suffix.lower()
    draft = scratch / f"table{suffix}"
    if suffix == _WORKBOOK:
        _write_workbook(connection, query, draft, out)
    else:
        text = str(draft).replace("'", "''")
        connection.execute(f"COPY ({query}) TO '{text}' ({_OPTIONS[suffix]})")
    with draft.open("rb") as file:
        shutil.copyfileobj(file, into)
    disk.remove(draft)


def _write_workbook(connection: Any, query: str, draft: Path, out: Path) -> None:
    import xlsxwriter

    (rows,) = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()
    if rows > WORKBOOK_ROWS_MAX:
        facts = {"rows": str(rows), "limit": str(WORKBOOK_ROWS_MAX)}
        raise InvalidInput([Fault(FaultCode.TOO_MANY_ROWS, str(out), facts)])
    result = connection.execute(query)
    with xlsxwriter.Workbook(str(draft), {"constant_memory": True, "tmpdir": str(draft.parent)}) as book:
        sheet = book.add_worksheet("differences")
        money = book.add_format({"num_format": "0.00"})
        sheet.write_row(0, 0, [column[0] for column in result.description])
        for number, row in enumerate(result.fetchall(), start=1):
            for place, value in enumerate(row):
                if isinstance(value, Decimal) and abs(value) < _EXACT_IN_A_CELL:
                    sheet.write_number(number, place, value, money)
                elif value is not None:
                    sheet.write_string(number, place, str(value))
