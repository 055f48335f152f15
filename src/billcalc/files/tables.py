"""Tables of requests: Parquet, CSV and Arrow IPC, read in pieces that workers can share."""

import glob
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import pyarrow as pa
import pyarrow.parquet as pq

from billcalc.bulk.run import Piece, Rows
from billcalc.files.columns import Columns, choose_columns, numbered_rows, reading, unread
from billcalc.files.csv_tables import CsvTable, open_csv
from billcalc.files.formats import Tabular, format_of
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["Table", "open_tables", "pieces_of", "table_names"]

PIECES_ENOUGH = 8
"""A file of Parquet in so many pieces keeps every worker busy; fewer row groups are shared by several workers."""
SHARES_MAX = 4
"""Whoever reads a share of a row group decodes what stands before it, too: four shares cost two and a half readings."""
READ_CHUNKS_MAX = 4
"""Rows that are decoded at one time, in chunks."""


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A file of Parquet; a place is the first and last row group, and the first and last row in them.

    Attributes:
        name: its path.
        columns: what is read.
        unread: the columns that a mapping leaves out.
        groups: the rows of each row group.
    """

    name: str
    columns: Columns
    unread: tuple[str, ...]
    groups: tuple[int, ...]
    chunk: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(self.groups)

    def places(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Small row groups together, large ones in a few shares where there are not enough of them."""
        first, held = 0, 0
        wanted = min(SHARES_MAX, -(-PIECES_ENOUGH // max(len(self.groups), 1)))
        for number, rows in enumerate(self.groups):
            held += rows
            last = number + 1 == len(self.groups)
            if not last and held + self.groups[number + 1] <= self.chunk:
                continue
            shares = min(wanted, -(-held // self.chunk))
            edges = [held * share // max(shares, 1) for share in range(max(shares, 1) + 1)]
            for start, end in pairwise(edges):
                yield end - start, (first, number, start, end)
            first, held = number + 1, 0

    def read(self, place: tuple[int, ...]) -> Iterator[Rows]:
        """The rows of a place."""
        first, last, start, end = place
        before = sum(self.groups[:first])
        at = 0
        with reading(self.name), pq.ParquetFile(self.name, pre_buffer=False) as file:
            names = [name for name, _ in self.columns]
            groups = list(range(first, last + 1))
            # A batch over the end of a row group is put together by copying, so a group that is small enough is one.
            at_once = min(max(self.chunk, *self.groups[first : last + 1]), READ_CHUNKS_MAX * self.chunk)
            for batch in file.iter_batches(at_once, row_groups=groups, columns=names, use_threads=False):
                wanted = batch.slice(max(start - at, 0), max(min(end, at + batch.num_rows) - max(start, at), 0))
                if wanted.num_rows:
                    yield numbered_rows(wanted, self.columns, before + max(start, at))
                at += batch.num_rows
                if at >= end:
                    break


@dataclass(frozen=True, slots=True)
class ArrowTable:
    """A file or stream of Arrow IPC; a place is the first and last batch, and the number of rows before them.

    Attributes:
        name: its path.
        columns: what is read.
        unread: the columns that a mapping leaves out.
        batches: the rows of each batch.
    """

    name: str
    columns: Columns
    unread: tuple[str, ...]
    batches: tuple[int, ...]
    chunk: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(self.batches)

    def places(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Small batches together."""
        first, held, before = 0, 0, 0
        for number, rows in enumerate(self.batches):
            held += rows
            if number + 1 == len(self.batches) or held + self.batches[number + 1] > self.chunk:
                yield held, (first, number, before)
                first, held, before = number + 1, 0, before + held

    def read(self, place: tuple[int, ...]) -> Iterator[Rows]:
        """The rows of a place."""
        first, last, before = place
        with reading(self.name), pa.memory_map(self.name) as mapped:
            for batch in _arrow_batches(mapped, first, last + 1):
                for start in range(0, batch.num_rows, self.chunk):
                    yield numbered_rows(batch.slice(start, self.chunk), self.columns, before + start)
                before += batch.num_rows


def _arrow_batches(mapped: pa.MemoryMappedFile, first: int = 0, end: int | None = None) -> Iterator[pa.RecordBatch]:
    """Some batches of a file or stream; a stream has to be read from its start."""
    try:
        file = pa.ipc.open_file(mapped)
    except pa.ArrowInvalid:
        mapped.seek(0)
        yield from islice(pa.ipc.open_stream(mapped), first, end)
    else:
        for number in range(first, file.num_record_batches if end is None else end):
            yield file.get_batch(number)


Table = ParquetTable | ArrowTable | CsvTable


def table_names(patterns: Iterable[str]) -> list[str]:
    """The files that names and patterns such as ``2024-*.csv`` mean, each once, those of a pattern in order.

    Raises:
        InvalidInput: where a pattern means none.
    """
    found: dict[str, None] = {}
    for pattern in patterns:
        names = [pattern] if os.path.exists(pattern) or not glob.has_magic(pattern) else sorted(glob.glob(pattern))
        if not names:
            raise InvalidInput([Fault(FaultCode.CANNOT_READ, pattern, {"reason": Reason.NO_NAME_OF_PATTERN})])
        found.update(dict.fromkeys(names))
    return list(found)


def open_tables(names: Sequence[str], *, mapping: Mapping[str, str] | None, chunk: int) -> list[Table]:
    """See what files hold, without reading their rows.

    Args:
        names: of files.
        mapping: column → path in the request; other columns are not read. By default names of columns are paths.
        chunk: rows that are read at one time.

    Raises:
        InvalidInput: with what is wrong with any of them.
    """
    tables: list[Table] = []
    faults: list[Fault] = []
    for name in names:
        try:
            with reading(name):
                tables.append(_open_table(name, mapping, chunk))
        except InvalidInput as invalid:
            faults.extend(invalid.faults)
    if faults:
        raise InvalidInput(faults)
    return tables


def _open_table(name: str, mapping: Mapping[str, str] | None, chunk: int) -> Table:
    match format_of(name):
        case Tabular.PARQUET:
            with pq.ParquetFile(name) as parquet:
                schema, metadata = parquet.schema_arrow, parquet.metadata
                groups = tuple(metadata.row_group(number).num_rows for number in range(metadata.num_row_groups))
            return ParquetTable(name, *_chosen(name, schema, mapping), groups, chunk)
        case Tabular.ARROW:
            with pa.memory_map(name) as mapped:
                schema = _arrow_schema(mapped)
                batches = tuple(batch.num_rows for batch in _arrow_batches(mapped))
            return ArrowTable(name, *_chosen(name, schema, mapping), batches, chunk)
        case Tabular.CSV:
            return open_csv(name, mapping, chunk)
    raise InvalidInput([Fault(FaultCode.CANNOT_READ, name, {"reason": Reason.NAME_OF_A_TABLE})])


def _chosen(name: str, schema: pa.Schema, mapping: Mapping[str, str] | None) -> tuple[Columns, tuple[str, ...]]:
    columns = choose_columns(name, schema, mapping)
    return columns, unread(schema.names, columns)


def _arrow_schema(mapped: pa.MemoryMappedFile) -> pa.Schema:
    try:
        return pa.ipc.open_file(mapped).schema
    except pa.ArrowInvalid:
        mapped.seek(0)
        schema = pa.ipc.open_stream(mapped).schema
        mapped.seek(0)
        return schema


def pieces_of(tables: Sequence[Table]) -> list[Piece]:
    """The pieces of all tables in their order; they depend on the tables and the chunk alone."""
    places = [(source, *each) for source, table in enumerate(tables) for each in table.places()]
    return [Piece(number, source, rows, place) for number, (source, rows, place) in enumerate(places)]
