"""The formats that tables are written in: a line for each. Each is written as a whole, or in parts that are joined."""

import codecs
import csv
import io
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from billcalc.bulk.paths import ACCOUNT
from billcalc.files import disk
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables import workbook_writing
from billcalc.tables.parquet_join import join_parquet

__all__ = ["FORMATS", "Format", "Tabular", "format_of", "written_format"]


class Tabular(StrEnum):
    """A format of tables; that of CSV with a byte order mark is for spreadsheets that take other texts for GBK."""

    PARQUET = "parquet"
    CSV = "csv"
    MARKED_CSV = "csv-bom"
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


def written_format(path: Path, asked: Tabular | None = None) -> Tabular:
    """The format of a result: that which is asked for, else that of its name.

    Raises:
        InvalidInput: where neither tells one.
    """
    found = asked or format_of(path.name)
    if found is None:
        raise InvalidInput([Fault(FaultCode.CANNOT_WRITE, str(path), {"reason": Reason.NAME_OF_A_RESULT})])
    return found


class Format(ABC):
    """How a table is written, or parts of it, which are joined to one file."""

    def written(self, schema: pa.Schema) -> pa.Schema:
        """The schema as it is written."""
        return _plain(schema)

    @abstractmethod
    def open(self, out: BinaryIO, schema: pa.Schema) -> Any:
        """A writer of one part, with ``write_batch`` (of batches of the written schema) and ``close``."""

    @abstractmethod
    def join(self, parts: Sequence[Path], out: BinaryIO, schema: pa.Schema) -> None:
        """Write one file of all parts in their order; of none, a file without rows."""

    @abstractmethod
    def write(self, batches: Iterable[pa.RecordBatch], out: BinaryIO, schema: pa.Schema) -> None:
        """Write one file of batches of the written schema."""


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
            self.write((), out, schema)

    def write(self, batches: Iterable[pa.RecordBatch], out: BinaryIO, schema: pa.Schema) -> None:
        _fill(self.open(out, schema), batches)


class _Csv(Format):
    def __init__(self, mark: bytes = b"") -> None:
        self._mark = mark

    def open(self, out: BinaryIO, schema: pa.Schema) -> Any:
        return _CsvWriter(out, _plain(schema))

    def join(self, parts: Sequence[Path], out: BinaryIO, schema: pa.Schema) -> None:
        self._head(out, schema)
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, out, 1 << 20)

    def write(self, batches: Iterable[pa.RecordBatch], out: BinaryIO, schema: pa.Schema) -> None:
        self._head(out, schema)
        _fill(self.open(out, schema), batches)

    def _head(self, out: BinaryIO, schema: pa.Schema) -> None:
        header = io.StringIO()
        csv.writer(header, lineterminator="\n").writerow(schema.names)
        out.write(self._mark + header.getvalue().encode())


class _CsvWriter:
    """Writes records whose texts no spreadsheet takes for a formula."""

    def __init__(self, out: BinaryIO, schema: pa.Schema) -> None:
        self._writer = pa_csv.CSVWriter(out, schema, write_options=_CSV_OPTIONS)
        self.close = self._writer.close

    def write_batch(self, batch: pa.RecordBatch) -> None:
        columns = [_neutral(column) if pa.types.is_string(column.type) else column for column in batch.columns]
        self._writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=batch.schema))


def _neutral(texts: pa.Array) -> pa.Array:
    """Texts that begin as a formula does, or as one made neutral, with a sign before them; reading takes it away."""
    if not pc.any(pc.is_in(pc.binary_slice(texts.cast(pa.binary()), 0, 1), _SIGNS)).as_py():
        return texts
    return pc.replace_substring_regex(texts, r"^('*[=+\-@])", r"'\1")


_SIGNS = pa.array([b"=", b"+", b"-", b"@", b"'"])
_CSV_OPTIONS = pa_csv.WriteOptions(include_header=False, quoting_style="needed")


class _Arrow(Format):
    def open(self, out: BinaryIO, schema: pa.Schema) -> Any:
        return pa.ipc.new_stream(out, _plain(schema), options=_IPC_OPTIONS)

    def join(self, parts: Sequence[Path], out: BinaryIO, schema: pa.Schema) -> None:
        self.write(_batches(parts), out, schema)

    def write(self, batches: Iterable[pa.RecordBatch], out: BinaryIO, schema: pa.Schema) -> None:
        _fill(pa.ipc.new_file(out, _plain(schema), options=_IPC_OPTIONS), batches)


def _batches(parts: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    """The batches of parts of Arrow IPC."""
    for part in parts:
        with pa.memory_map(str(part)) as mapped, pa.ipc.open_stream(mapped) as reader:
            yield from reader


_IPC_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


class _Workbook(_Arrow):
    """Its parts are those of Arrow IPC."""

    def write(self, batches: Iterable[pa.RecordBatch], out: BinaryIO, schema: pa.Schema) -> None:
        cells = (row for batch in batches for row in zip(*(c.to_pylist() for c in batch.columns), strict=True))
        with disk.spool() as draft:  # for a workbook is not written from its start to its end, and a pipe is
            workbook_writing.write_pages(draft, [workbook_writing.Page("bills", schema.names, cells)])
            draft.seek(0)
            shutil.copyfileobj(draft, out)


FORMATS: Mapping[Tabular, Format] = {
    Tabular.PARQUET: _Parquet(),
    Tabular.CSV: _Csv(),
    Tabular.MARKED_CSV: _Csv(codecs.BOM_UTF8),
    Tabular.ARROW: _Arrow(),
    Tabular.EXCEL: _Workbook(),
}


def _fill(writer: Any, batches: Iterable[pa.RecordBatch]) -> None:
    """Write all batches."""
    for batch in batches:
        writer.write_batch(batch)
    writer.close()


def _plain(schema: pa.Schema) -> pa.Schema:
    """Words as texts: a file of Arrow IPC has one dictionary for each column, and every part has its own."""
    fields = [
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field for field in schema
    ]
    return pa.schema(fields, schema.metadata)
