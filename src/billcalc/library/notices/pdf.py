"""The tables of a PDF: the ruled grid by pdfplumber, every number seen a second time by pypdfium2."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from billcalc.fields.shown import as_reason
from billcalc.notices.findings import NoticeCode, NoticeFinding, NoticeRejected
from billcalc.notices.grid import Cell, Grid, Spanned

__all__ = ["pdf_grids", "same_numbers"]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SAME_EDGE = 1
"""Edges of cells that lie no further apart are one line of the table [pt]."""


def pdf_grids(content: bytes, *, name: str) -> tuple[Grid, ...]:
    """The tables of every page, each with the lines of text above it.

    Raises:
        NoticeRejected: where it cannot be opened, a page holds no text, or the two readings find other numbers.
    """
    import pdfplumber
    import pypdfium2

    try:
        with pdfplumber.open(io.BytesIO(content)) as first, closing(pypdfium2.PdfDocument(content)) as second:
            if not any(page.chars for page in first.pages):
                raise NoticeRejected([NoticeFinding(NoticeCode.IMAGE, name)])
            grids: list[Grid] = []
            for number, (page, other) in enumerate(zip(first.pages, second, strict=True), start=1):
                if page.images and not page.chars:  # a scan among other pages would be passed over
                    raise NoticeRejected([NoticeFinding(NoticeCode.IMAGE, f"{name}:p{number}")])
                text = other.get_textpage().get_text_bounded()
                same_numbers(page.extract_text(), text, page=number, name=name)
                grids.extend(_tables(page, number))
            return tuple(grids)
    except NoticeRejected:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the two libraries raise of a damaged file
        facts = {"format": "PDF", "reason": as_reason(str(error) or type(error).__name__)}
        raise NoticeRejected([NoticeFinding(NoticeCode.FILE_DAMAGED, name, facts)]) from None


def same_numbers(first: str, second: str, *, page: int, name: str) -> None:
    """See that two readings of a page find the same numbers, each as often.

    Raises:
        NoticeRejected: with the numbers that only one of them has.
    """
    one, other = Counter(_NUMBER.findall(first)), Counter(_NUMBER.findall(second))
    if one != other:
        facts = {"page": str(page), "first": _told(one - other), "second": _told(other - one)}
        raise NoticeRejected([NoticeFinding(NoticeCode.READINGS_DIFFER, name, facts)])


def _told(numbers: Counter[str]) -> str:
    return ", ".join(sorted(numbers.elements())) or "—"


def _tables(page: Any, number: int) -> Iterator[Grid]:
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    top = page.bbox[1]
    for place, table in enumerate(tables, start=1):
        _, upper, _, lower = table.bbox
        above: list[Cell] = []
        if upper - top > _SAME_EDGE:
            lines = page.crop((page.bbox[0], top, page.bbox[2], upper)).extract_text().splitlines()
            above = [Cell(line, f"p{number}l{index}") for index, line in enumerate(lines, start=1)]
        yield Grid.of(_cells(page, table, f"p{number}t{place}"), above=above)
        top = lower


def _cells(page: Any, table: Any, address: str) -> Iterator[Spanned]:
    """The cells of a table with the rows and columns between their edges."""
    columns = _edges(edge for box in table.cells for edge in (box[0], box[2]))
    rows = _edges(edge for box in table.cells for edge in (box[1], box[3]))
    for box in table.cells:
        left, upper, right, lower = (
            _nearest(columns, box[0]),
            _nearest(rows, box[1]),
            _nearest(columns, box[2]),
            _nearest(rows, box[3]),
        )
        text = page.crop(box).extract_text()
        cell = Cell(text, f"{address}r{upper + 1}c{left + 1}")
        yield Spanned(cell, upper, left, lower - upper, right - left)


def _edges(found: Iterator[float]) -> list[float]:
    edges: list[float] = []
    for edge in sorted(found):
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    return edges


def _nearest(edges: Sequence[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - edge))
