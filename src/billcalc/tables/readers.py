"""The formats that tables are read in: a line for each. What a file is, its first bytes tell, else its name."""

import os
from itertools import chain
from pathlib import PurePath

from billcalc.files.text import MAX_BYTES, Source, read_bytes
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables import arrow_records, csv_records, parquet_records, workbook_records
from billcalc.tables.records import Grid, Reader, Records, reading, sheet_of

__all__ = ["READERS", "is_table", "open_records", "read_grid"]

READERS: tuple[Reader, ...] = (
    csv_records.READER,
    parquet_records.READER,
    arrow_records.READER,
    workbook_records.READER,
)

_MARK_BYTES = max(map(len, chain.from_iterable(reader.marks for reader in READERS)))


def is_table(name: str | os.PathLike[str]) -> bool:
    """Whether a name tells that a file is a table.

    >>> is_table("bills.csv"), is_table("request.yaml")
    (True, False)
    """
    return _by_name(os.fspath(name)) is not None


def open_records(name: str, chunk: int) -> Records:
    """See what a file of any length holds, without reading its records.

    Args:
        name: its path, perhaps with a sheet: ``bills.xlsx#6月``.
        chunk: records that are read at one time.

    Raises:
        InvalidInput: where it cannot be read, or is no table.
    """
    with reading(name):
        with open(sheet_of(name)[0], "rb") as file:
            head = file.read(_MARK_BYTES)
        reader = _by_marks(head) or _by_name(name)
        if reader is None:
            raise InvalidInput([Fault(FaultCode.CANNOT_READ, name, {"reason": Reason.NAME_OF_A_TABLE})])
        return reader.records(name, chunk)


def read_grid(source: Source, *, name: str | None = None, max_bytes: int = MAX_BYTES) -> Grid:
    """Read all cells of a table that fits the memory; what neither its bytes nor its name tell is CSV.

    Args:
        source: a path, ``-`` or bytes.
        name: what messages call it; by default its path, ``stdin`` or ``input``.
        max_bytes: the limit [byte].

    Raises:
        InvalidInput: where it cannot be read, is too large or is no table.
    """
    told = None if isinstance(source, bytes) else os.fspath(source)
    path = source if told is None else sheet_of(told)[0]
    name, content = read_bytes(path, name=told if name is None and told != "-" else name, max_bytes=max_bytes)
    reader = _by_marks(content) or _by_name(name) or csv_records.READER
    with reading(name):
        return reader.grid(content, name)


def _by_marks(content: bytes) -> Reader | None:
    return next((reader for reader in READERS if reader.marks and content.startswith(reader.marks)), None)


def _by_name(name: str) -> Reader | None:
    suffix = PurePath(sheet_of(name)[0]).suffix.lower()
    return next((reader for reader in READERS if suffix in reader.suffixes), None)
