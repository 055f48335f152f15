"""The bytes of a CSV as text: one reading for tables of millions, issued bills and intervals.

A text is UTF-8, with or without a byte order mark, or GB18030 where it is no UTF-8, and who reads it says so. Lines end
with a line feed, with a carriage return (as spreadsheets for the Macintosh write them) or with both; a carriage return
alone becomes a line feed, so no byte moves. In GB18030 no second byte looks like a quote, a comma or a line end.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from billcalc.fields.cells import BLANKS, Cell, Row, cell_text
from billcalc.fields.units_told import Told, are_units, unit_told
from billcalc.files.positions import Lines
from billcalc.files.text import MAX_BYTES, Source, read_bytes
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import Grid

__all__ = [
    "LINE_BYTES_MAX",
    "CsvText",
    "StrayQuote",
    "check_separator",
    "encoding_of",
    "ends_inside",
    "grid_of",
    "is_row_of_units",
    "line_blocks",
    "parse_csv",
    "read_csv_text",
    "with_line_feeds",
]

LINE_BYTES_MAX = 1 << 20
"""What a line may have [byte]: a file without line ends does not fill the memory."""

_BLOCK_BYTES = 1 << 22
_UTF_8, _GB18030 = "utf-8", "gb18030"
_MARKS = {_UTF_8: codecs.BOM_UTF8, _GB18030: "\ufeff".encode(_GB18030)}
_CARRIAGE_RETURN = re.compile(rb"\r(?!\n)")
_LINE = re.compile(r"[^\r\n]*")
_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|((?!")[^,\r\n]*))(,|\r\n|\r|\n|\Z)')
_OTHER_SEPARATOR = re.compile("[;\t；，、|]")


@dataclass(frozen=True, slots=True)
class CsvText:
    """The text of a CSV.

    Attributes:
        name: what messages call it.
        content: without a byte order mark.
        encoding: ``utf-8`` or ``gb18030``; whoever reads the latter says so.
    """

    name: str
    content: str
    encoding: str

    def place(self, offset: int) -> str:
        """``name:line:column`` of the character at an offset."""
        return Lines(self.name, self.content).place(offset)

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that have any text; see ``parse_csv``.

        Raises:
            InvalidInput: where a quoted cell goes on behind its quote, or is not closed.
        """
        return parse_csv(self.content, place=Lines(self.name, self.content).place)


def read_csv_text(source: Source, *, name: str | None = None, max_bytes: int = MAX_BYTES) -> CsvText:
    """Read the text of a CSV that fits the memory.

    Args:
        source: a path, ``-`` or bytes.
        name: what messages call it; by default its path, ``stdin`` or ``input``.
        max_bytes: the limit [byte].

    Raises:
        InvalidInput: where it cannot be read, is too large or no text, or its cells have no commas between them.

    >>> read_csv_text("户号,金额".encode("gb18030")).encoding
    'gb18030'
    """
    name, content = read_bytes(source, name=name, max_bytes=max_bytes)
    encoding, start = encoding_of(io.BytesIO(content), name)
    text = CsvText(name, content[start:].decode(encoding), encoding)
    told = text.content.lstrip(BLANKS)
    check_separator(_LINE.match(told)[0], text.place(len(text.content) - len(told)))  # type: ignore[index]
    return text


def grid_of(content: bytes, name: str) -> Grid:
    """All cells of a CSV.

    Raises:
        InvalidInput: as ``read_csv_text``, and where a quoted cell is not closed.
    """
    text = read_csv_text(content, name=name, max_bytes=len(content))
    rows = text.rows()
    if len(rows) > 1 and is_row_of_units(rows[1]):
        rows = (rows[0], *rows[2:])
    return Grid(name, _without_last_commas(rows), text.encoding)


def _without_last_commas(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Rows without what stands behind the last head, where that is nothing in all of them: a comma ends each line."""
    named = max((at for at, cell in enumerate(rows[0], start=1) if cell.text), default=0) if rows else 0
    if any(cell.text for row in rows for cell in row[named:]):
        return rows
    return tuple(row[:named] for row in rows)


def is_row_of_units(cells: Row) -> bool:
    """Whether a row behind a head has the units of its columns; it is no row then.

    Raises:
        InvalidInput: where one of them is not that of requests and bills.
    """
    if not are_units(cell.text for cell in cells):
        return False
    told = [(cell, unit) for cell in cells if (unit := unit_told(cell.text)) is not None and unit[1] is Told.OTHER]
    if told:
        facts = {"reason": Reason.UNIT_OF_TABLE}
        raise InvalidInput(
            Fault(FaultCode.INCONSISTENT, cell.where, {**facts, "value": unit[0]}) for cell, unit in told
        )
    return True


def encoding_of(file: BinaryIO, name: str) -> tuple[str, int]:
    """The encoding of a text, and its first byte behind a byte order mark.

    Raises:
        InvalidInput: where it is neither UTF-8 nor GB18030. A text that begins with the mark of UTF-8 is meant to be
            that, and one with a zero byte is of another encoding.
    """
    faulty = _first_faulty_byte(file, _UTF_8)
    if faulty is None:
        encoding = _UTF_8
    elif _head(file).startswith(_MARKS[_UTF_8]) or _first_faulty_byte(file, _GB18030) is not None:
        raise InvalidInput([Fault(FaultCode.NOT_TEXT, name, {"byte": str(faulty)})])
    else:
        encoding = _GB18030
    return encoding, len(_MARKS[encoding]) if _head(file).startswith(_MARKS[encoding]) else 0


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(4)


def _first_faulty_byte(file: BinaryIO, encoding: str) -> int | None:
    """Where a file stops being text."""
    decoder = codecs.getincrementaldecoder(encoding)()
    at = held = 0
    file.seek(0)
    try:
        while block := file.read(_BLOCK_BYTES):
            if b"\0" in block:
                return at + block.index(b"\0")
            if held or not block.isascii():
                decoder.decode(block)
            at += len(block)
            held = len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return at - held + error.start
    return None


def check_separator(head: str, where: str) -> None:
    """See that the names of the columns have commas between them.

    Raises:
        InvalidInput: where they have something else, as the CSV of some countries and texts of portals have.
    """
    other = _OTHER_SEPARATOR.search(head)
    if other is not None and "," not in head:
        shown = {"\t": "TAB"}.get(other[0], other[0])
        raise InvalidInput([Fault(FaultCode.OTHER_SEPARATOR, where, {"separator": shown})])


def with_line_feeds(text: bytes) -> bytes:
    """A text whose carriage returns that stand alone are line feeds; it is as long as it was."""
    returns = text.count(b"\r")  # most texts have none, which is seen sooner than how many stand alone
    return _CARRIAGE_RETURN.sub(b"\n", text) if returns and returns != text.count(b"\r\n") else text


def line_blocks(file: BinaryIO, name: str) -> Iterator[bytes]:
    """The rest of a file in blocks of whole lines, each of which ends with a line feed (but perhaps the last).

    Raises:
        InvalidInput: where a line is longer than any of a table.
    """
    begun = b""
    while block := file.read(_BLOCK_BYTES):
        if block.endswith(b"\r"):
            block += file.read(1)
        text = with_line_feeds(block)
        end = text.rfind(b"\n") + 1
        if end:
            yield begun + text[:end]
            begun = text[end:]
        else:
            begun += text
        if len(begun) > LINE_BYTES_MAX:
            raise InvalidInput([Fault(FaultCode.TOO_LARGE, f"{name}: one line", {"limit": str(LINE_BYTES_MAX)})])
    if begun:
        yield begun


def parse_csv(text: str, *, place: Callable[[int], str]) -> tuple[tuple[Cell, ...], ...]:
    r"""The rows of a text; those without any text are left out.

    Only a cell that begins with a quote is quoted; elsewhere a quote is a character as any other (``5" pipe``).

    Args:
        text: without a byte order mark.
        place: turns an offset in the text into the place to report.

    Raises:
        InvalidInput: where a quoted cell goes on behind its quote, or is not closed.

    >>> rows = parse_csv('名称,金额\n"a, b",1.00\n', place=str)
    >>> [[cell.text for cell in row] for row in rows]
    [['名称', '金额'], ['a, b', '1.00']]
    """
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    at = 0
    while at < len(text) or row:
        found = _CELL.match(text, at)
        if found is None:
            raise InvalidInput([Fault(FaultCode.STRAY_QUOTE, place(at))])
        quoted, plain, end = found.groups()
        content = plain if quoted is None else quoted.replace('""', '"')
        row.append(Cell(cell_text(content), place(at)))
        at = found.end()
        if end != ",":
            if any(cell.text for cell in row):
                rows.append(tuple(row))
            row = []
            if not end:
                break
    return tuple(rows)


class StrayQuote(Exception):
    """A quoted cell goes on behind its quote."""


def ends_inside(line: bytes, *, inside: bool) -> bool:
    """Whether a quoted cell goes on after a line; only a cell that begins with a quote is quoted.

    Raises:
        StrayQuote: where a quoted cell goes on behind its quote.
    """
    at = 0
    while True:
        if inside:
            quote = line.find(b'"', at)
            if quote < 0:
                return True
            at = quote + 1
            inside = line[at : at + 1] == b'"'  # two quotes stand for one
            if not inside and line[at : at + 1] not in (b",", b"\r", b"\n", b""):
                raise StrayQuote
            at += inside
            continue
        if (at == 0 or line[at - 1 : at] == b",") and line[at : at + 1] == b'"':
            inside, at = True, at + 1
            continue
        comma = line.find(b",", at)
        if comma < 0:
            return False
        at = comma + 1
