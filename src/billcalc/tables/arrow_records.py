"""Files and streams of Arrow IPC: small batches are read together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from billcalc.tables.grid import Grid
from billcalc.tables.records import Found, Place, column_rows, numbered, reading

__all__ = ["ArrowRecords", "grid_of", "open_records"]


@dataclass(frozen=True, slots=True)
class ArrowRecords:
    """A file or stream of Arrow IPC; a place is the first and last batch, and the number of rows before them.

    Attributes:
        name: its path.
        schema: of its columns.
        batches: the rows of each batch.
        chunk: records that are read at one time.
        encoding: that of all its texts.
        hidden, hidden_columns: nothing hides a row or a column.
    """

    name: str
    schema: pa.Schema
    batches: tuple[int, ...]
    chunk: int
    encoding: str = "utf-8"
    hidden: int = 0
    hidden_columns: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(self.batches)

    def places(self) -> Iterator[tuple[int, Place]]:
        """Small batches together."""
        first, held, before = 0, 0, 0
        for number, rows in enumerate(self.batches):
            held += rows
            if number + 1 == len(self.batches) or held + self.batches[number + 1] > self.chunk:
                yield held, (first, number, before)
                first, held, before = number + 1, 0, before + held

    def read(self, place: Place, columns: Sequence[str]) -> Iterator[Found]:
        """The rows of a place."""
        first, last, before = place
        with pa.memory_map(self.name) as mapped:
            for batch in _batches(mapped, first, last + 1):
                for start in range(0, batch.num_rows, self.chunk):
                    yield numbered(batch.slice(start, self.chunk), columns, before + start)
                before += batch.num_rows


def _batches(file: pa.NativeFile, first: int = 0, end: int | None = None) -> Iterator[pa.RecordBatch]:
    """Some batches of a file or stream; a stream has to be read from its start."""
    try:
        opened = pa.ipc.open_file(file)
    except pa.ArrowInvalid:
        file.seek(0)
        yield from islice(pa.ipc.open_stream(file), first, end)
    else:
        for number in range(first, opened.num_record_batches if end is None else end):
            yield opened.get_batch(number)


def _schema(file: pa.NativeFile) -> pa.Schema:
    try:
        return pa.ipc.open_file(file).schema
    except pa.ArrowInvalid:
        file.seek(0)
        schema = pa.ipc.open_stream(file).schema
        file.seek(0)
        return schema


def open_records(name: str, chunk: int) -> ArrowRecords:
    """See what a file holds.

    Raises:
        InvalidInput: where it is damaged.
    """
    with reading(name):
        with pa.memory_map(name) as mapped:
            schema = _schema(mapped)
            batches = tuple(batch.num_rows for batch in _batches(mapped))
        return ArrowRecords(name, schema, batches, chunk)


def grid_of(content: bytes, name: str) -> Grid:
    """All cells of a file.

    Raises:
        InvalidInput: where it is damaged, or a column is of floats.
    """
    with reading(name):
        file = pa.BufferReader(content)
        schema = _schema(file)
        return Grid(name, column_rows(pa.Table.from_batches(list(_batches(file)), schema), name))
