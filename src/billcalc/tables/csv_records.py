"""The records of a CSV of any length: every cell is read as text, so digits survive, in pieces that workers can share.

One pass over the bytes counts the records (a quoted cell may have line ends in it), finds where pieces can begin and
tells the encoding; ``tables.csv_text`` says what a text is.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from billcalc.fields.cells import BLANKS, Cell
from billcalc.fields.shown import printable
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.csv_text import (
    StrayQuote,
    check_separator,
    encoding_of,
    ends_inside,
    is_row_of_units,
    line_blocks,
    parse_csv,
    with_line_feeds,
)
from billcalc.tables.records import Found, Place, reading

__all__ = ["CsvRecords", "open_records"]

_SHOWN_CHARACTERS = 60
_FORMULA = r'^="([^"]*)"$'
_NEUTRALISED = r"^'('*[=+\-@])"


@dataclass(frozen=True, slots=True)
class CsvRecords:
    """A CSV file; a place is its first byte, the byte behind it, and the number of records before it.

    Attributes:
        name: its path.
        header: the names of all columns.
        encoding: of the text.
        nameless: how many columns behind the last name have neither a name nor cells: a comma ends each line.
        edges: for each piece its first byte and the records before it, and the same of the end.
        hidden, hidden_columns: nothing hides a row or a column.
    """

    name: str
    header: tuple[str, ...]
    nameless: int
    encoding: str
    edges: tuple[tuple[int, int], ...]
    hidden: int = 0
    hidden_columns: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """All columns are texts."""
        return pa.schema([(name, pa.string()) for name in self.header])

    @property
    def rows(self) -> int:
        """How many records it has, empty lines among them."""
        return self.edges[-1][1]

    def places(self) -> Iterator[tuple[int, Place]]:
        """As many records each as are read at one time."""
        for (start, before), (end, after) in zip(self.edges[:-1], self.edges[1:], strict=True):
            yield after - before, (start, end, before)

    def read(self, place: Place, columns: Sequence[str]) -> Iterator[Found]:
        """The records of a place; one without any text is none."""
        start, end, before = place
        with Path(self.name).open("rb") as file:
            file.seek(start)
            text = with_line_feeds(file.read(end - start))
        malformed: list[tuple[int, Mapping[str, str]]] = []

        def is_malformed(row: pa_csv.InvalidRow) -> str:
            facts = _cells_instead(row.actual_columns, row.expected_columns, row.text)
            malformed.append((before + row.number, facts if parse_csv(row.text, place=str) else {}))
            return "skip"

        places = [
            str(number) for number in range(len(self.header) + self.nameless)
        ]  # names that no header can have twice
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
        found = self._told(table, before, malformed)
        chosen = [found.batch.column(self.header.index(name)) for name in columns]
        yield replace(found, batch=pa.RecordBatch.from_arrays(chosen, names=list(columns)))

    def _told(self, table: pa.Table, before: int, malformed: list[tuple[int, Mapping[str, str]]]) -> Found:
        """The records that tell something, with the numbers they have in the file."""
        cells = [_cells(column) for column in table.columns]
        batch = pa.RecordBatch.from_arrays(cells[: len(self.header)], names=list(self.header))
        skipped = [number - before - 1 for number, _ in malformed]
        numbers = np.delete(np.arange(batch.num_rows + len(skipped)), skipped) + before + 1
        told, beside = _any_told(batch.columns, len(numbers)), _any_told(cells[len(self.header) :], len(numbers))
        rows = [
            (int(numbers[at]), [column[int(at)].as_py() or "" for column in cells]) for at in np.flatnonzero(beside)
        ]
        malformed += ((number, _cells_instead(len(row), len(self.header), ",".join(row))) for number, row in rows)
        malformed.sort(key=itemgetter(0))
        kept = told & ~beside
        return Found(batch.filter(pa.array(kept)), numbers[kept], tuple(each for each in malformed if each[1]))


def _cells_instead(count: int, expected: int, text: str) -> Mapping[str, str]:
    """What is wrong with a record of so many cells."""
    shown = text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
    counts = {"count": str(count), "expected": str(expected)}
    return {"reason": Reason.CELLS_INSTEAD_OF, **counts, "text": printable(shown)}


def _any_told(columns: Sequence[pa.Array], rows: int) -> NDArray[np.bool_]:
    """Which rows have something in any of some columns."""
    told = np.zeros(rows, dtype=np.bool_)
    for column in columns:
        told |= column.is_valid().to_numpy(zero_copy_only=False)
    return told


def _cells(column: pa.ChunkedArray) -> pa.Array:
    """What cells say (see ``fields.cells.cell_text``); null where that is nothing."""
    cells = pc.utf8_trim(column.combine_chunks(), BLANKS)
    if pc.any(pc.starts_with(cells, "=")).as_py():
        cells = pc.utf8_trim(pc.replace_substring_regex(cells, _FORMULA, r"\1"), BLANKS)
    if pc.any(pc.starts_with(cells, "'")).as_py():
        cells = pc.replace_substring_regex(cells, _NEUTRALISED, r"\1")
    empty = pc.equal(cells, "")
    return pc.if_else(empty, pa.scalar(None, pa.string()), cells) if pc.any(empty).as_py() else cells


def open_records(name: str, chunk: int) -> CsvRecords:
    """See what a CSV file holds: its columns, its encoding and where its records are.

    Raises:
        InvalidInput: where it has no header, is no text, or has a quote that is never closed.
    """
    with reading(name), Path(name).open("rb") as file:
        encoding, start = encoding_of(file, name)
        file.seek(start)
        blocks = line_blocks(file, name)
        first = next(blocks, b"")
        header, nameless, end, line = _header(first, name, encoding)
        edges = tuple(_edges(chain([first[end:]], blocks), name, start + end, line, chunk))
        return CsvRecords(name, header, nameless, encoding, edges)


def _header(block: bytes, name: str, encoding: str) -> tuple[tuple[str, ...], int, int, int]:
    """The names of the columns, which are the first record that tells anything, and how many behind them have none.

    Then where it ends, and its last line. A record of units behind it belongs to it.
    """
    records = _first_records(block, name, encoding)
    cells, end, number = next(records, ((), 0, 0))
    if not cells:
        raise InvalidInput([Fault(FaultCode.EMPTY, name)])
    texts = [cell.text for cell in cells]
    named = max(at for at, text in enumerate(texts, start=1) if text)
    header = tuple(texts[:named])
    if "" in header:
        facts = {"key": f"name of column {header.index('') + 1}"}
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, f"{name}:{number}", facts)])
    units = next(records, None)
    if units is not None and is_row_of_units(units[0]):
        end, number = units[1:]
    return header, len(texts) - named, end, number


def _first_records(block: bytes, name: str, encoding: str) -> Iterator[tuple[tuple[Cell, ...], int, int]]:
    """The records of a block that tell anything, where each ends, and its last line; the first has commas."""
    record, end, is_first = b"", 0, True
    for number, line in enumerate(io.BytesIO(block), start=1):
        end += len(line)
        record += line
        if _ends_inside(record, name, number, inside=False):
            continue
        text, where = record.decode(encoding), f"{name}:{number}"
        record = b""
        for cells in parse_csv(text, place=lambda _, where=where: where):  # type: ignore[misc]
            if is_first:
                check_separator(text, where)
            is_first = False
            yield cells, end, number
    if record and is_first:
        raise InvalidInput([Fault(FaultCode.STRAY_QUOTE, f"{name}:1")])


_LINE_FEED = 10


def _edges(blocks: Iterable[bytes], name: str, at: int, line_number: int, chunk: int) -> Iterator[tuple[int, int]]:
    """Where every so many records begin, and the end.

    Args:
        blocks: of whole lines.
        name: of the file.
        at: the first byte of the blocks.
        line_number: of the line before them.
        chunk: how many records.
    """
    records = since = 0
    opened: int | None = None
    yield at, 0
    for block in blocks:
        if opened is None and b'"' not in block:  # each line is a record
            ends = np.flatnonzero(np.frombuffer(block, np.uint8) == _LINE_FEED) + 1
            lines = len(ends) + (not block.endswith(b"\n") and block != b"")
            if since + lines >= chunk:
                ends = np.append(ends, len(block))
                yield from (
                    (at + int(ends[place - 1]), records + place) for place in range(chunk - since, lines + 1, chunk)
                )
            at, records, line_number = at + len(block), records + lines, line_number + lines
            since = (since + lines) % chunk
            continue
        for line in io.BytesIO(block):
            at += len(line)
            line_number += 1
            if opened is not None or b'"' in line:
                was_opened = opened if opened is not None else line_number
                opened = was_opened if _ends_inside(line, name, was_opened, inside=opened is not None) else None
            if opened is None:
                records, since = records + 1, since + 1
                if since == chunk:
                    yield at, records
                    since = 0
    if opened is not None:
        raise InvalidInput([Fault(FaultCode.STRAY_QUOTE, f"{name}:{opened}")])
    if since:
        yield at, records


def _ends_inside(line: bytes, name: str, number: int, *, inside: bool) -> bool:
    """Whether a quoted cell goes on after a line.

    Raises:
        InvalidInput: where a quoted cell goes on behind its quote.
    """
    try:
        return ends_inside(line, inside=inside)
    except StrayQuote:
        raise InvalidInput([Fault(FaultCode.STRAY_QUOTE, f"{name}:{number}")]) from None
