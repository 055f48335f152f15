"""The formats of results: Parquet, CSV, Arrow IPC and workbooks; each can be written in parts and joined."""

import csv
import io
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from billcalc.bulk.paths import ACCOUNT
from billcalc.files import disk, workbooks
from billcalc.files.parquet_join import join_parquet

__all__ = ["FORMATS", "Format", "Tabular", "format_of"]


class Tabular(StrEnum):
    """A format of tables."""

    PARQUET = "parquet"
    CSV = "csv"
    ARROW = "arrow"
    EXCEL = "xlsx"


_BY_SUFFIX = {
    ".parquet": Tabular.PARQUET,
    ".csv": Tabular.CSV,
    ".arrow": Tabular.ARROW,
    ".arrows": Tabular.ARROW,
    ".feather": Tabular.ARROW,
    ".ipc": Tabular.ARROW,
    ".xlsx": Tabular.EXCEL,
}


def format_of(name: str) -> Tabular | None:
    """The format that the name of a file tells, or None.

    >>> format_of("bills.parquet")
    <Tabular.PARQUET: 'parquet'>
    """
    return _BY_SUFFIX.get(Path(name).suffix.lower())


class Format(ABC):
    """How parts are written, and joined to one file."""

    def written(self, schema: pa.Schema) -> pa.Schema:
        """The schema as it is written."""
        return _plain(schema)

    @abstractmethod
    def open(self, out: BinaryIO, schema: pa.Schema) -> Any:
        """A writer of one part, with ``write_batch`` (of batches of the written schema) and ``close``."""

    @abstractmethod
    def join(self, parts: Sequence[Path], out: BinaryIO, schema: pa.Schema) -> None:
        """Write one file of all parts in their order; of none, a file without rows."""


class _Parquet(Format):
    def written(self, schema: pa.Schema) -> pa.Schema:
        return schema

    def open(self, out: BinaryIO, schema: pa.Schema) -> Any:
        repeated = {field.name for field in schema if pa.types.is_dictionary(field.type)}
        numbers = {field.name for field in schema if pa.types.is_decimal(field.type)}
        # Dictionaries and statistics of decimals cost more time than all the rest of writing them, and the repeated
        # words of lines are the same in every row group: there are statistics of what rows are looked up by.
        sought = [name for name in schema.names if name == ACCOUNT or name not in numbers | repeated]
        return pq.ParquetWriter(
            out, schema, compression="snappy", use_dictionary=sorted(repeated), write_statistics=sought
        )

    def join(self, parts: Sequence[Path], out: BinaryIO, schema: pa.Schema) -> None:
        if parts:
            join_parquet(parts, out)
        else:
            self.open(out, schema).close()


class _Csv(Format):
    def open(self, out: BinaryIO, schema: pa.Schema) -> Any:
        return pa_csv.CSVWriter(out, _plain(schema), write_options=_CSV_OPTIONS)

    def join(self, parts: Sequence[Path], out: BinaryIO, schema: pa.Schema) -> None:
        header = io.StringIO()
        csv.writer(header, lineterminator="\n").writerow(schema.names)
        out.write(header.getvalue().encode())
        for part in parts:
            with part.open("rb") as file:
                while block := file.read(1 << 20):
                    out.write(block)


_CSV_OPTIONS = pa_csv.WriteOptions(include_header=False, quoting_style="needed")


class _Arrow(Format):
    def open(self, out: BinaryIO, schema: pa.Schema) -> Any:
        return pa.ipc.new_stream(out, _plain(schema), options=_IPC_OPTIONS)

    def join(self, parts: Sequence[Path], out: BinaryIO, schema: pa.Schema) -> None:
        with pa.ipc.new_file(out, _plain(schema), options=_IPC_OPTIONS) as writer:
            for batch in _batches(parts):
                writer.write_batch(batch)


def _batches(parts: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    """The batches of parts of Arrow IPC."""
    for part in parts:
        with pa.memory_map(str(part)) as mapped, pa.ipc.open_stream(mapped) as reader:
            yield from reader


_IPC_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


class _Workbook(_Arrow):
    """Its parts are those of Arrow IPC."""

    def join(self, parts: Sequence[Path], out: BinaryIO, schema: pa.Schema) -> None:
        rows = sum(batch.num_rows for batch in _batches(parts))
        if rows > workbooks.WORKBOOK_ROWS_MAX:
            raise workbooks.too_many_rows(rows, "the result")
        cells = (row for batch in _batches(parts) for row in zip(*(c.to_pylist() for c in batch.columns), strict=True))
        with disk.spool() as draft:  # for a workbook is not written from its start to its end, and a pipe is
            workbooks.write_workbook(draft, "bills", schema.names, cells)
            draft.seek(0)
            shutil.copyfileobj(draft, out)


FORMATS = {Tabular.PARQUET: _Parquet(), Tabular.CSV: _Csv(), Tabular.ARROW: _Arrow(), Tabular.EXCEL: _Workbook()}


def _plain(schema: pa.Schema) -> pa.Schema:
    """Words as texts: a file of Arrow IPC has one dictionary for each column, and every part has its own."""
    fields = [
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field for field in schema
    ]
    return pa.schema(fields, schema.metadata)
