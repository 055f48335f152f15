"""CSV tables: every column is read as text, so digits survive; rows are found by one pass over the bytes.

The pass counts records (a quoted cell may have line ends in it), finds where pieces can begin, and tells the encoding:
UTF-8 or, where the text is none, GB18030, in which no second byte looks like a quote, a comma or a line end.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from billcalc.bulk.run import Rows
from billcalc.files.columns import Columns, choose_columns, numbered_rows, unread
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["CsvTable", "open_csv"]

_BLOCK_BYTES = 1 << 22
_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A CSV file; a place is its first byte, the byte behind it, and the number of records before it.

    Attributes:
        name: its path.
        columns: what is read.
        unread: the columns that a mapping leaves out.
        header: the names of all columns.
        encoding: of the text.
        edges: for each piece its first byte and the records before it, and the same of the end.
    """

    name: str
    columns: Columns
    unread: tuple[str, ...]
    header: tuple[str, ...]
    encoding: str
    edges: tuple[tuple[int, int], ...]

    @property
    def rows(self) -> int:
        """How many records it has, empty lines among them."""
        return self.edges[-1][1]

    def places(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """As many records each as are read at one time."""
        for (start, before), (end, after) in zip(self.edges[:-1], self.edges[1:], strict=True):
            yield after - before, (start, end, before)

    def read(self, place: tuple[int, ...]) -> Iterator[Rows]:
        """The rows of a place; a record without any value is none."""
        start, end, before = place
        with Path(self.name).open("rb") as file:
            file.seek(start)
            text = file.read(end - start)
        malformed: list[tuple[int, str]] = []

        def is_malformed(row: pa_csv.InvalidRow) -> str:
            shown = row.text if len(row.text) <= _SHOWN_CHARACTERS else f"{row.text[:_SHOWN_CHARACTERS]}…"
            reason = f"{row.actual_columns} cells instead of {row.expected_columns}: {shown!r}"
            malformed.append((before + row.number, reason))
            return "skip"

        places = [str(number) for number in range(len(self.header))]  # names that no header can have twice
        table = pa_csv.read_csv(
            pa.BufferReader(text),
            pa_csv.ReadOptions(
                use_threads=False,
                block_size=len(text) + 1,
                column_names=places,
                encoding=self.encoding,
            ),
            pa_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=is_malformed),
            pa_csv.ConvertOptions(column_types=dict.fromkeys(places, pa.string())),
        )
        yield self._told(table, before, malformed)

    def _told(self, table: pa.Table, before: int, malformed: list[tuple[int, str]]) -> Rows:
        """The rows that tell something, with the numbers they have in the file."""
        batch = pa.RecordBatch.from_arrays([_trimmed(column) for column in table.columns], names=list(self.header))
        told = np.zeros(batch.num_rows, dtype=np.bool_)
        for column in batch.columns:
            told |= column.is_valid().to_numpy(zero_copy_only=False)
        skipped = [number - before - 1 for number, _ in malformed]
        numbers = np.delete(np.arange(batch.num_rows + len(skipped)), skipped)[told] + before + 1
        rows = numbered_rows(batch.filter(pa.array(told)), self.columns, before)
        return Rows(rows.batch, numbers, tuple(malformed))


def _trimmed(column: pa.ChunkedArray) -> pa.Array:
    """Cells without the blanks around them, such as the tab that keeps a spreadsheet from reading a number."""
    cells = pc.utf8_trim_whitespace(column.combine_chunks())
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)


def open_csv(name: str, mapping: Mapping[str, str] | None, chunk: int) -> CsvTable:
    """See what a CSV file holds: its columns, its encoding and where its records are.

    Raises:
        InvalidInput: where it has no header, is no text, or has a quote that is never closed.
    """
    with Path(name).open("rb") as file:
        encoding = _encoding(file, name)
        file.seek(len(codecs.BOM_UTF8) if encoding == "utf-8" and file.read(3) == codecs.BOM_UTF8 else 0)
        header = _header(file, name, encoding)
        edges = tuple(_edges(file, name, chunk))
    columns = choose_columns(name, pa.schema([(column, pa.string()) for column in header]), mapping)
    return CsvTable(name, columns, unread(header, columns), header, encoding, edges)


def _encoding(file: BinaryIO, name: str) -> str:
    faulty_byte = _first_faulty_byte(file, "utf-8")
    if faulty_byte is None:
        return "utf-8"
    if _first_faulty_byte(file, "gb18030") is None:
        return "gb18030"
    raise InvalidInput([Fault(FaultCode.NOT_TEXT, name, {"byte": str(faulty_byte)})])


def _first_faulty_byte(file: BinaryIO, encoding: str) -> int | None:
    """Where a file stops being text; the file is then at its start again."""
    decoder = codecs.getincrementaldecoder(encoding)()
    at = 0
    file.seek(0)
    try:
        while block := file.read(_BLOCK_BYTES):
            if not block.isascii() or decoder.getstate()[0]:
                decoder.decode(block)
            at += len(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return at + error.start
    finally:
        file.seek(0)
    return None


def _header(file: BinaryIO, name: str, encoding: str) -> tuple[str, ...]:
    record = file.readline()
    while _ends_inside(record, inside=False) and (more := file.readline()):
        record += more
    names = next(csv.reader(io.StringIO(record.decode(encoding))), [])
    header = tuple(cell.strip() for cell in names)
    if not any(header):
        raise InvalidInput([Fault(FaultCode.EMPTY, name)])
    if "" in header:
        facts = {"key": f"name of column {header.index('') + 1}"}
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, f"{name}:1", facts)])
    return header


def _edges(file: BinaryIO, name: str, chunk: int) -> Iterator[tuple[int, int]]:
    """Where every so many records begin, and the end; the file is behind its header."""
    at, records, since = file.tell(), 0, 0
    opened: int | None = None
    line_number = 1
    yield at, 0
    while block := file.read(_BLOCK_BYTES) + file.readline():
        lines = block.count(b"\n") + (not block.endswith(b"\n"))
        if opened is None and b'"' not in block and since + lines < chunk:
            at, records, since, line_number = at + len(block), records + lines, since + lines, line_number + lines
            continue
        for line in io.BytesIO(block):
            at += len(line)
            line_number += 1
            if opened is not None or b'"' in line:
                was_opened = opened if opened is not None else line_number
                opened = was_opened if _ends_inside(line, inside=opened is not None) else None
            if opened is None:
                records, since = records + 1, since + 1
                if since == chunk:
                    yield at, records
                    since = 0
    if opened is not None:
        reason = "a quote in this record is never closed"
        raise InvalidInput([Fault(FaultCode.SYNTAX, f"{name}:{opened}", {"reason": reason})])
    if since:
        yield at, records


def _ends_inside(line: bytes, *, inside: bool) -> bool:
    """Whether a quoted cell goes on after a line; only a cell that begins with a quote is quoted."""
    at = 0
    while True:
        if inside:
            quote = line.find(b'"', at)
            if quote < 0:
                return True
            at = quote + 1
            inside = line[at : at + 1] == b'"'  # two quotes stand for one
            at += inside
            continue
        if (at == 0 or line[at - 1 : at] == b",") and line[at : at + 1] == b'"':
            inside, at = True, at + 1
            continue
        comma = line.find(b",", at)
        if comma < 0:
            return False
        at = comma + 1
