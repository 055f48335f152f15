"""Files of Parquet: small row groups are read together, large ones in shares."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq

from billcalc.tables.grid import Grid
from billcalc.tables.records import Found, Place, column_rows, numbered, reading

__all__ = ["ParquetRecords", "grid_of", "open_records"]

PIECES_ENOUGH = 8
"""A file of Parquet in so many pieces keeps every worker busy; fewer row groups are shared by several workers."""
SHARES_MAX = 4
"""Whoever reads a share of a row group decodes what stands before it, too, unless it was there that it left off."""
READ_CHUNKS_MAX = 4
"""Rows that are decoded at one time, in chunks."""


@dataclass(frozen=True, slots=True)
class ParquetRecords:
    """A file of Parquet; a place is the first and last row group, and the first and last row in them.

    Attributes:
        name: its path.
        schema: of its columns.
        groups: the rows of each row group.
        chunk: records that are read at one time.
        encoding: that of all its texts.
        hidden, hidden_columns: nothing hides a row or a column.
    """

    name: str
    schema: pa.Schema
    groups: tuple[int, ...]
    chunk: int
    encoding: str = "utf-8"
    hidden: int = 0
    hidden_columns: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(self.groups)

    def places(self) -> Iterator[tuple[int, Place]]:
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

    def read(self, place: Place, columns: Sequence[str]) -> Iterator[Found]:
        """The rows of a place; shares of a row group that are read one after the other decode each row once."""
        first, last, start, end = place
        before = sum(self.groups[:first])
        groups = list(range(first, last + 1))
        # A batch over the end of a row group is put together by copying, so a group that is small enough is one.
        at_once = min(max(self.chunk, *self.groups[first : last + 1]), READ_CHUNKS_MAX * self.chunk)
        stretch = _Stretch.of(self.name, groups, tuple(columns), at_once, start)
        while stretch.at < end and (batch := stretch.batch()) is not None:
            skipped = max(start - stretch.at, 0)
            wanted = batch.slice(skipped, max(min(end - stretch.at, batch.num_rows) - skipped, 0))
            if wanted.num_rows:
                yield numbered(wanted, columns, before + stretch.at + skipped)
            if end < stretch.at + batch.num_rows:
                break
            stretch.go_on()
        stretch.leave()


class _Stretch:
    """Row groups of a file while they are read, from their first row on.

    Attributes:
        at: how many rows stand before the batch that is next.
    """

    def __init__(self, key: tuple[object, ...], file: pq.ParquetFile, batches: Iterator[pa.RecordBatch]) -> None:
        self.at = 0
        self._key, self._file, self._batches = key, file, batches
        self._batch = next(batches, None)

    @classmethod
    def of(cls, name: str, groups: list[int], columns: tuple[str, ...], at_once: int, start: int) -> "_Stretch":
        """Groups as they were left before a row, or from their start."""
        state = os.stat(name)
        key = (name, state.st_mtime_ns, state.st_size, state.st_ino, *groups, columns, at_once)
        for left in _LEFT:
            _LEFT.clear()
            if left._key == key and left.at <= start:
                return left
            left._file.close()
        file = pq.ParquetFile(name, pre_buffer=False)
        batches = file.iter_batches(at_once, row_groups=groups, columns=list(columns), use_threads=False)
        return cls(key, file, batches)

    def batch(self) -> pa.RecordBatch | None:
        """The batch that is next; None behind the last."""
        return self._batch

    def go_on(self) -> None:
        """The batch was read."""
        assert self._batch is not None, "it was"
        self.at += self._batch.num_rows
        self._batch = next(self._batches, None)

    def leave(self) -> None:
        """Who reads the next share in this process goes on from here."""
        if self._batch is None:
            self._file.close()
        else:
            _LEFT.append(self)


_LEFT: list[_Stretch] = []
"""What was left last in this process, if anything."""


def open_records(name: str, chunk: int) -> ParquetRecords:
    """See what a file holds.

    Raises:
        InvalidInput: where it is damaged.
    """
    with reading(name):
        with pq.ParquetFile(name) as parquet:
            schema, metadata = parquet.schema_arrow, parquet.metadata
            groups = tuple(metadata.row_group(number).num_rows for number in range(metadata.num_row_groups))
        return ParquetRecords(name, schema, groups, chunk)


def grid_of(content: bytes, name: str) -> Grid:
    """All cells of a file.

    Raises:
        InvalidInput: where it is damaged, or a column is of floats.
    """
    with reading(name):
        return Grid(name, column_rows(pq.read_table(pa.BufferReader(content)), name))
