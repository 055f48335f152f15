"""Tables of requests: which columns are read, what they are called in the request, and the pieces of the rows."""

import glob
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from billcalc.bulk.cells import check_columns
from billcalc.bulk.paths import ACCOUNT, is_number, pointer_of
from billcalc.bulk.run import Piece, Rows
from billcalc.fields.shown import quoted, shown
from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.runs.column_units import other_meaning, other_unit
from billcalc.runs.exported_cells import days_of_months, no_months, ungrouped
from billcalc.tables.grid import sheet_of
from billcalc.tables.interval_rows import files_named, names_file
from billcalc.tables.readers import open_records
from billcalc.tables.records import Place, Records, reading

__all__ = [
    "MONTH",
    "Columns",
    "RequestTable",
    "interval_files",
    "open_tables",
    "pieces_of",
    "read_mapping",
    "table_names",
]

MONTH = "month"
"""What a column of months is mapped to: 202407, 2024-07, 2024年7月."""
MONTH_PATHS = ("cycle.from", "cycle.to", "period.from", "period.to")

Columns = tuple[tuple[str, str], ...]
"""For each column that is read its name in the table and its path in the request."""


@dataclass(frozen=True, slots=True)
class RequestTable:
    """A file of requests, in whatever format.

    Attributes:
        records: of the file.
        columns: what is read; a column of months is the cycle and the period of its rows.
        separators: whether numbers have separators of thousands: ``1,234.56``.
        read_elsewhere: columns that another reads: the issued amounts of a table that has both.
    """

    records: Records
    columns: Columns
    separators: bool = False
    read_elsewhere: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The places in the request that the columns fill."""
        return tuple(each for _, path in self.columns for each in (MONTH_PATHS if path == MONTH else (path,)))

    @property
    def name(self) -> str:
        """Its path, perhaps with a sheet."""
        return self.records.name

    @property
    def rows(self) -> int:
        """How many rows it has, empty lines among them."""
        return self.records.rows

    @property
    def unread(self) -> tuple[str, ...]:
        """The columns that a mapping leaves out."""
        chosen = {name for name, _ in self.columns} | set(self.read_elsewhere)
        return tuple(name for name in self.records.schema.names if name not in chosen)

    def places(self) -> Iterator[tuple[int, Place]]:
        """The pieces that workers share."""
        return self.records.places()

    def read(self, place: Place) -> Iterator[Rows]:
        """The rows of a place, under the paths of their columns; accounts are texts."""
        with reading(self.name):
            for found in self.records.read(place, [name for name, _ in self.columns]):
                arrays: list[pa.Array] = []
                faulty: list[tuple[int, Fault]] = []
                for (_, path), column in zip(self.columns, found.batch.columns, strict=True):
                    if path == MONTH:
                        arrays += days_of_months(column)
                        faulty += ((at, _no_month(cell)) for at, cell in no_months(column).items())
                    elif path == ACCOUNT:
                        arrays.append(column.cast(pa.string()))
                    else:
                        arrays.append(ungrouped(column) if self.separators and is_number(path) else column)
                batch = pa.RecordBatch.from_arrays(arrays, names=list(self.paths))
                yield Rows(batch, found.numbers, found.malformed, tuple(faulty))


def _no_month(cell: str) -> Fault:
    facts = {"reason": Reason.MONTH_FORM, "value": quoted(cell)}
    return Fault(FaultCode.WRONG_TYPE, pointer_of(MONTH), facts)


def table_names(patterns: Iterable[str]) -> list[str]:
    """The files that names and patterns such as ``2024-*.csv`` mean, each once, those of a pattern in order.

    Raises:
        InvalidInput: where a pattern means none.
    """
    found: dict[str, None] = {}
    for pattern in patterns:
        names = (
            [pattern]
            if os.path.exists(sheet_of(pattern)[0]) or not glob.has_magic(pattern)
            else sorted(glob.glob(pattern))
        )
        if not names:
            raise InvalidInput([Fault(FaultCode.CANNOT_READ, pattern, {"reason": Reason.NO_NAME_OF_PATTERN})])
        found.update(dict.fromkeys(names))
    return list(found)


def open_tables(
    names: Sequence[str],
    *,
    mapping: Mapping[str, str] | None,
    chunk: int,
    separators: bool = False,
    read_elsewhere: tuple[str, ...] = (),
) -> list[RequestTable]:
    """See what files hold, without reading their rows.

    Args:
        names: of files.
        mapping: column → path in the request; other columns are not read. By default names of columns are paths.
        chunk: rows that are read at one time.
        separators: whether their numbers have separators of thousands.
        read_elsewhere: columns that another reads.

    Raises:
        InvalidInput: with what is wrong with any of them.
    """
    tables: list[RequestTable] = []
    faults: list[Fault] = []
    for name in names:
        try:
            with reading(name):  # a damaged name of a column falls only when it is asked for
                records = open_records(name, chunk)
                tables.append(RequestTable(records, _chosen(name, records.schema, mapping), separators, read_elsewhere))
        except InvalidInput as invalid:
            faults.extend(invalid.faults)
    if faults:
        raise InvalidInput(faults)
    return tables


def _chosen(name: str, schema: pa.Schema, mapping: Mapping[str, str] | None) -> Columns:
    """The columns of a table that are read: all, or those that a mapping names.

    Raises:
        InvalidInput: where the table lacks one that the mapping names, or cannot be billed by its columns.
    """
    if mapping is None:
        chosen = tuple((column, column) for column in schema.names)
    else:
        missing = [column for column in mapping if column not in schema.names]
        if missing:
            known = ", ".join(schema.names)
            facts = [{"kind": "column", "id": column, "known": known} for column in missing]
            raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, name, each) for each in facts])
        chosen = tuple(mapping.items())
    twice = sorted({column for column, _ in chosen if schema.names.count(column) > 1})
    if twice:
        raise InvalidInput([Fault(FaultCode.DUPLICATE_KEY, name, {"key": column}) for column in twice])
    numbers = [(column, path) for column, path in chosen if is_number(path)]
    otherwise = [
        fault
        for column, path in numbers
        if (fault := other_unit(name, column, path) or other_meaning(name, column, path))
    ]
    if otherwise:
        raise InvalidInput(otherwise)
    try:
        check_columns(
            pa.schema(
                [
                    (place, schema.field(column).type)
                    for column, path in chosen
                    for place in (MONTH_PATHS if path == MONTH else (path,))
                ]
            )
        )
    except InvalidInput as invalid:
        places = [f"{name}#{fault.where}" if fault.where else name for fault in invalid.faults]
        found = zip(invalid.faults, places, strict=True)
        raise InvalidInput([Fault(fault.code, place, fault.facts) for fault, place in found]) from None
    return chosen


def interval_files(tables: Sequence[RequestTable], template: Mapping[str, Any]) -> list[str]:
    """The files of intervals that rows name, or the template for all of them: each once, in their order."""
    found: dict[str, None] = dict.fromkeys(name for _, name in files_named(template))
    for table in tables:
        named = [path for path in table.paths if names_file(pointer_of(path))]
        for _, place in table.places() if named else ():
            for rows in table.read(place):
                for path in named:
                    values = rows.batch.column(path).cast(pa.string()).unique().drop_null()
                    found.update(dict.fromkeys(values.to_pylist()))
    return list(found)


def pieces_of(tables: Sequence[RequestTable]) -> list[Piece]:
    """The pieces of all tables in their order; they depend on the tables and the chunk alone."""
    places = [(source, *each) for source, table in enumerate(tables) for each in table.places()]
    return [Piece(number, source, rows, place) for number, (source, rows, place) in enumerate(places)]


def read_mapping(path: str) -> dict[str, str]:
    """Read a file that gives columns their paths: ``户号: account``.

    Raises:
        InvalidInput: where it is no mapping of names to paths, or two columns have one path.
    """
    document = read_document(path)
    if not isinstance(document.data, Mapping):
        facts = {"reason": Reason.COLUMNS_EXPECTED, "value": shown(document.data)}
        raise InvalidInput([Fault(FaultCode.WRONG_TYPE, document.where(()), facts)])
    faults = []
    named: dict[str, str] = {}
    for column, place in document.data.items():
        if not isinstance(place, str) or not place:
            facts = {"reason": Reason.PATH_EXPECTED, "value": shown(place)}
            faults.append(Fault(FaultCode.WRONG_TYPE, document.where((column,)), facts))
        elif place in named.values():
            faults.append(Fault(FaultCode.DUPLICATE_KEY, document.where((column,)), {"key": place}))
        else:
            named[column] = place
    if faults:
        raise InvalidInput(faults)
    return named
