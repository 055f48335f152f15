"""Read the tables of a notice from a file of any kind that notices come in; what kind it is, its first bytes tell."""

import io
from hashlib import sha256
from importlib.util import find_spec
from typing import NamedTuple

from billcalc.files.text import Source, read_bytes
from billcalc.library.notices.html import html_grids
from billcalc.library.notices.pdf import pdf_grids
from billcalc.library.notices.workbook import workbook_grids
from billcalc.notices.findings import NoticeCode, NoticeFinding, NoticeRejected
from billcalc.notices.grid import Cell, Grid, Spanned
from billcalc.tables.csv_text import CsvText, check_separator, encoding_of

__all__ = ["NOTICE_BYTES_MAX", "NoticeFile", "read_notice"]

NOTICE_BYTES_MAX = 1 << 25
"""What a notice may have [byte]: a PDF with its fonts has a tenth of it."""

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PACKAGES = {"pdfplumber": "pdfplumber", "pypdfium2": "pypdfium2", "python_calamine": "python-calamine"}


class NoticeFile(NamedTuple):
    """What was read.

    Attributes:
        name: what messages call the file.
        sha256: of its bytes.
        grids: its tables.
        findings: what is told of parts that were not read.
        encoding: of a text; of another file ``utf-8``.
    """

    name: str
    sha256: str
    grids: tuple[Grid, ...]
    findings: tuple[NoticeFinding, ...] = ()
    encoding: str = "utf-8"


def read_notice(source: Source, *, name: str | None = None, max_bytes: int = NOTICE_BYTES_MAX) -> NoticeFile:
    """Read a PDF, a workbook, a page or a CSV.

    Args:
        source: a path, ``-`` or bytes.
        name: what messages call it.
        max_bytes: the limit [byte].

    Raises:
        InvalidInput: where it cannot be read or is too large, or is no text.
        NoticeRejected: where it is an image, is damaged, or needs a package that is not installed.
    """
    name, content = read_bytes(source, name=name, max_bytes=max_bytes)
    digest = sha256(content).hexdigest()
    if content.startswith(_IMAGES):
        raise NoticeRejected([NoticeFinding(NoticeCode.IMAGE, name)])
    if b"%PDF-" in content[:1024]:
        _need("pdfplumber", name)
        _need("pypdfium2", name)
        return NoticeFile(name, digest, pdf_grids(content, name=name))
    if content.startswith(_WORKBOOKS):
        _need("python_calamine", name)
        grids, findings = workbook_grids(content, name=name)
        return NoticeFile(name, digest, grids, findings)
    encoding, start = encoding_of(io.BytesIO(content), name)
    text = content[start:].decode(encoding)
    if text.lstrip().startswith("<"):
        return NoticeFile(name, digest, html_grids(text), encoding=encoding)
    return NoticeFile(name, digest, _csv_grids(CsvText(name, text, encoding)), encoding=encoding)


def _need(module: str, name: str) -> None:
    """See that a package is installed.

    Raises:
        NoticeRejected: where it is not, with what to install.
    """
    if find_spec(module) is None:
        raise NoticeRejected([NoticeFinding(NoticeCode.PACKAGE_MISSING, name, {"package": _PACKAGES[module]})])


def _csv_grids(text: CsvText) -> tuple[Grid, ...]:
    if "," not in text.content:  # a title may well have other signs than commas
        check_separator(text.content, text.place(0))
    spanned = (
        Spanned(Cell(cell.text, cell.where.removeprefix(f"{text.name}:")), number, place)
        for number, row in enumerate(text.rows())
        for place, cell in enumerate(row)
    )
    return (Grid.of(spanned, knows_merged=False),)
