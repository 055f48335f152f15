"""The formats that results are written in: Parquet, CSV and Arrow IPC; each can be written in parts and joined."""

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from billcalc.bulk.paths import ACCOUNT
from billcalc.files.parquet_join import join_parquet

__all__ = ["FORMATS", "Format", "Tabular", "format_of"]


class Tabular(StrEnum):
    """A format of tables."""

    PARQUET = "parquet"
    CSV = "csv"
    ARROW = "arrow"


_BY_SUFFIX = {
    ".parquet": Tabular.PARQUET,
    ".csv": Tabular.CSV,
    ".arrow": Tabular.ARROW,
    ".arrows": Tabular.ARROW,
    ".feather": Tabular.ARROW,
    ".ipc": Tabular.ARROW,
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
            for part in parts:
                with pa.memory_map(str(part)) as mapped, pa.ipc.open_stream(mapped) as reader:
                    for batch in reader:
                        writer.write_batch(batch)


_IPC_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")

FORMATS = {Tabular.PARQUET: _Parquet(), Tabular.CSV: _Csv(), Tabular.ARROW: _Arrow()}


def _plain(schema: pa.Schema) -> pa.Schema:
    """Words as texts: a file of Arrow IPC has one dictionary for each column, and every part has its own."""
    fields = [
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field for field in schema
    ]
    return pa.schema(fields, schema.metadata)
