"""A workbook as a file that anyone may have sent: what it would unpack to is looked at before it is opened.

A sheet of two cells at its corners would take half a terabyte, and an entity of an entity as much as one likes; neither
is in any workbook that people have.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.old_workbook import old_book
from billcalc.tables.workbook_formats import other_units

__all__ = ["Package", "open_package"]

_STYLES = "xl/styles.xml"
_UNPACKED_BYTES_MAX = 1 << 30
"""What a workbook may have when it is unpacked [byte]: the million rows of the longest sheet have half of it."""
_LIST_BYTES_MAX = 1 << 24
"""What the lists of sheets may have [byte]; a thousand sheets have a hundredth of it."""
_CELLS_MAX = 1 << 25
"""What the rectangle around the cells of a sheet may hold: a million rows of 32 columns."""

_ROWS_MAX, _COLUMNS_MAX = 1 << 20, 1 << 14
"""What a sheet may have in any spreadsheet."""

_USUAL = re.compile(rb"""<c r="([A-Z]{1,3})(\d{1,7})"(?: (?!r=)[\w:]+="[^"<>]*")*+(/?)>""")
"""A cell as spreadsheets write it, perhaps an empty one; only of sheets that have others a longer look is taken."""
_TAG = re.compile(rb"<(?:\w+:)?c[\s/>]")
_REF = rb"""\br\s*=\s*["']([A-Za-z]+)(\d+)["']"""
_CELL = re.compile(rb"""<(?:\w+:)?c\b(?:[^<>"'/]|"[^"<]*"|'[^'<]*')*+/>|""" + _REF)
"""An empty cell, which is skipped, or a place: of a tag that tells several all of them, for any may be taken."""
_BARE = re.compile(rb"<(?:\w+:)?c\b(?![^<>]*?" + _REF + rb")[^<>]*(?<!/)>")
"""A cell that does not tell its place: it is the next one of its row."""
_ROW = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook that can be opened.

    Attributes:
        book: opened.
        name: what messages call it.
        packed: its parts, of an XLSX; None of an XLS.
    """

    book: Any
    name: str
    packed: zipfile.ZipFile | None
    _texts: dict[str, bytes] = field(default_factory=dict)

    def sheet(self, title: str) -> Any:
        """A sheet, by its title.

        Raises:
            InvalidInput: where its cells are too far apart, or it is damaged.
        """
        rows, columns = _extent(self.text(title))
        if rows * columns > _CELLS_MAX or rows > _ROWS_MAX or columns > _COLUMNS_MAX:
            raise _unread(self.name, Reason.SHEET_TOO_LARGE, id=title)
        with _reading(self.name):
            return self.book.get_sheet_by_name(title)

    def cells(self, sheet: Any) -> tuple[Sequence[Sequence[Any]], Sequence[Any]]:
        """The values of a sheet from its first row and column on, and which of its cells are merged.

        Raises:
            InvalidInput: where it is damaged.
        """
        with _reading(self.name):
            return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ()

    def text(self, title: str) -> bytes:
        """What an XLSX has of a sheet; of an XLS nothing.

        Raises:
            InvalidInput: where it is damaged.
        """
        if self.packed is None:
            return b""
        if title not in self._texts:
            with _reading(self.name):
                self._texts[title] = self.packed.read(_part_of(self.packed, title))
        return self._texts[title]

    @property
    def other_units(self) -> Mapping[int, str]:
        """The units that styles of cells say, where requests and bills have others; see ``other_units``.

        Raises:
            InvalidInput: where it is damaged.
        """
        if self.packed is None or _STYLES not in self.packed.namelist():
            return {}
        with _reading(self.name):
            return other_units(_tree(self.packed, _STYLES))

    @property
    def is_calculated(self) -> bool:
        """Whether a spreadsheet has calculated its formulas: a program that cannot asks for it to be done on opening.

        Raises:
            InvalidInput: where it is damaged.
        """
        if self.packed is None:
            return True
        with _reading(self.name):
            book = _tree(self.packed, "xl/workbook.xml")
        return not any(
            each.get("fullCalcOnLoad") in ("1", "true") for each in book.iter() if each.tag.endswith("}calcPr")
        )


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """What falls over a damaged workbook is told as such.

    Raises:
        InvalidInput: instead of whatever falls.
    """
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, *_DAMAGES):
        raise _unread(name, Reason.NO_WORKBOOK) from None


_DAMAGES = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError, StopIteration, RuntimeError, LookupError,
    EOFError, OSError, ValueError,
)  # fmt: skip


def open_package(content: bytes, name: str) -> Package:
    """Open a workbook, where that is safe.

    Raises:
        InvalidInput: where it is damaged, or larger than any that people have when it is unpacked.
    """
    if not content.startswith(b"PK"):
        old = old_book(content)
        if old is None:
            raise _unread(name, Reason.NO_WORKBOOK)
        return Package(old, name, None)
    from python_calamine import CalamineWorkbook

    with _reading(name):
        packed = zipfile.ZipFile(BytesIO(content))
        sizes = [each.file_size for each in packed.infolist()]
    if sum(sizes) > _UNPACKED_BYTES_MAX:
        raise _unread(name, Reason.WORKBOOK_TOO_LARGE)
    with _reading(name):
        return Package(CalamineWorkbook.from_filelike(BytesIO(content)), name, packed)


def _unread(name: str, reason: Reason, **facts: str) -> InvalidInput:
    return InvalidInput([Fault(FaultCode.CANNOT_READ, name, {"reason": reason, **facts})])


def _extent(text: bytes) -> tuple[int, int]:
    """The last row and the last column of a sheet that may tell something."""
    usual = [found.groups() for found in _USUAL.finditer(text)]
    is_usual = len(usual) == len(_TAG.findall(text))
    told = [(letters, digits) for letters, digits, end in usual if not end] if is_usual else _places(text)
    rows = max((int(digits[:10]) for _, digits in told), default=0)
    columns = max(map(_number, {letters for letters, _ in told}), default=0)
    if not is_usual and _BARE.search(text):
        rows = max(rows, *(int(found[1][:10]) for found in _ROW.finditer(text)), 0)
        columns += max(len(_BARE.findall(row)) for row in re.split(rb"<(?:\w+:)?row\b", text))
    return rows, columns


def _places(text: bytes) -> list[tuple[bytes, bytes]]:
    """The column and the row of each place that a cell may be taken to have."""
    return [(letters, digits) for letters, digits in (found.groups() for found in _CELL.finditer(text)) if letters]


def _number(letters: bytes) -> int:
    column = 0
    for letter in letters[:4].upper():
        column = column * 26 + letter - ord("A") + 1
    return column


def _part_of(packed: zipfile.ZipFile, title: str) -> str:
    """The name of the part of a workbook that has a sheet."""
    book = _tree(packed, "xl/workbook.xml")
    sheet = next(each for each in book.iter() if each.tag.endswith("}sheet") and each.get("name") == title)
    relation = next(value for key, value in sheet.items() if key.endswith("}id"))
    links = _tree(packed, "xl/_rels/workbook.xml.rels")
    target = next(str(each.get("Target")) for each in links if each.get("Id") == relation)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _tree(packed: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """A part without a document type, which is where entities are declared.

    Raises:
        ValueError: where it has one, or is too large.
    """
    if packed.getinfo(part).file_size > _LIST_BYTES_MAX:
        raise ValueError(part)
    text = packed.read(part)

    def refuse(*_declared: object) -> None:
        raise ValueError(part)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(text, True)  # noqa: FBT003 - expat takes it by its place
    return ElementTree.fromstring(text)
