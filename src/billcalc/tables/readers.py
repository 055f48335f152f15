"""The formats that tables are read in: a line for each. What a file is, its first bytes tell, else its name.

A format's modules are imported when a file of it is read, so that nobody needs the packages of those he does not use.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from billcalc.files.system_errors import reading_fault
from billcalc.files.text import MAX_BYTES, Source, read_bytes
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import Grid, sheet_of

if TYPE_CHECKING:
    from billcalc.tables.records import Records

__all__ = ["READERS", "Reader", "is_table", "open_records", "read_grid"]


@dataclass(frozen=True, slots=True)
class Reader:
    """How a format is read.

    Attributes:
        suffixes: of the names of its files.
        marks: what the bytes of its files begin with.
        records: the module that has ``open_records(name, chunk)``, for files of any length.
        grid: the module that has ``grid_of(content, name)``, for those that fit the memory.
    """

    suffixes: tuple[str, ...]
    marks: tuple[bytes, ...]
    records: str
    grid: str


_CSV = Reader((".csv",), (), "csv_records", "csv_text")
READERS: tuple[Reader, ...] = (
    _CSV,
    Reader((".parquet",), (b"PAR1",), "parquet_records", "parquet_records"),
    Reader(
        (".arrow", ".arrows", ".feather", ".ipc"), (b"ARROW1", b"\xff\xff\xff\xff"), "arrow_records", "arrow_records"
    ),
    Reader((".xlsx", ".xls", ".xlsm"), (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"), "workbook_records", "workbook_grid"),
)

_MARK_BYTES = max(map(len, chain.from_iterable(reader.marks for reader in READERS)))


def is_table(name: str | os.PathLike[str]) -> bool:
    """Whether a name tells that a file is a table.

    >>> is_table("bills.csv"), is_table("request.yaml")
    (True, False)
    """
    return _by_name(os.fspath(name)) is not None


def open_records(name: str, chunk: int) -> "Records":
    """See what a file of any length holds, without reading its records.

    Args:
        name: its path, perhaps with a sheet: ``bills.xlsx#6月``.
        chunk: records that are read at one time.

    Raises:
        InvalidInput: where it cannot be read, or is no table.
    """
    try:
        with open(sheet_of(name)[0], "rb") as file:
            head = file.read(_MARK_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise InvalidInput([reading_fault(error, name)]) from None
    reader = _by_marks(head) or _by_name(name)
    if reader is None:
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, name, {"reason": Reason.NAME_OF_A_TABLE})])
    opened: Callable[[str, int], Records] = _part(reader.records, name).open_records
    return opened(name, chunk)


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
    reader = _by_marks(content) or _by_name(name) or _CSV
    read: Callable[[bytes, str], Grid] = _part(reader.grid, name).grid_of
    return read(content, name)


def _part(module: str, name: str) -> Any:
    """A module of a format.

    Raises:
        InvalidInput: where what it needs is not installed.
    """
    try:
        return import_module(f"billcalc.tables.{module}")
    except ModuleNotFoundError:
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, name, {"reason": Reason.NO_PACKAGE_FOR_COLUMNS})]) from None


def _by_marks(content: bytes) -> Reader | None:
    return next((reader for reader in READERS if reader.marks and content.startswith(reader.marks)), None)


def _by_name(name: str) -> Reader | None:
    suffix = PurePath(sheet_of(name)[0]).suffix.lower()
    return next((reader for reader in READERS if suffix in reader.suffixes), None)
