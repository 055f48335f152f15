"""Files of Parquet: small row groups are read together, large ones in shares."""

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
"""Whoever reads a share of a row group decodes what stands before it, too: four shares cost two and a half readings."""
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
        """The rows of a place."""
        first, last, start, end = place
        before = sum(self.groups[:first])
        at = 0
        with pq.ParquetFile(self.name, pre_buffer=False) as file:
            groups = list(range(first, last + 1))
            # A batch over the end of a row group is put together by copying, so a group that is small enough is one.
            at_once = min(max(self.chunk, *self.groups[first : last + 1]), READ_CHUNKS_MAX * self.chunk)
            for batch in file.iter_batches(at_once, row_groups=groups, columns=list(columns), use_threads=False):
                wanted = batch.slice(max(start - at, 0), max(min(end, at + batch.num_rows) - max(start, at), 0))
                if wanted.num_rows:
                    yield numbered(wanted, columns, before + max(start, at))
                at += batch.num_rows
                if at >= end:
                    break


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
