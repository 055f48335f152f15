"""A query's rows as Parquet, CSV or a workbook."""

import shutil
from pathlib import Path
from typing import Any, BinaryIO

from billcalc.files import disk, workbooks
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["check_output", "write_table"]

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
    (rows,) = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()
    if rows > workbooks.WORKBOOK_ROWS_MAX:
        raise workbooks.too_many_rows(rows, str(out))
    result = connection.execute(query)
    head = [column[0] for column in result.description]
    workbooks.write_workbook(draft, "differences", head, result.fetchall(), scratch=draft.parent)
