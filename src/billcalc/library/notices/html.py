"""The tables of a page: every ``<table>`` with its rowspans and colspans, and the lines of text above it."""

from collections.abc import Iterator
from html.parser import HTMLParser

from billcalc.notices.grid import Cell, Grid, Spanned

__all__ = ["html_grids"]

_BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "title", "body", "section")
_UNSEEN = ("script", "style", "head", "template")
_SPAN_MAX = 200
"""No table of a notice is wider or longer; a larger span is a slip and would fill the memory."""


def html_grids(text: str) -> tuple[Grid, ...]:
    """The tables of a page in their order; a table inside another stands before it."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    parser.end_tables()
    return tuple(parser.grids)


class _Table:
    """A table that is being read."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[list[str], int, int]]] = []
        self.inside = False

    def cells(self, address: str) -> Iterator[Spanned]:
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(self.rows):
            place = 0
            for parts, down, across in row:
                while (number, place) in taken:
                    place += 1
                rows = min(down or _SPAN_MAX, len(self.rows) - number)
                taken.update((number + below, place + beside) for below in range(rows) for beside in range(across))
                cell = Cell("".join(parts), f"{address}r{number + 1}c{place + 1}")
                yield Spanned(cell, number, place, rows, across)


class _Tables(HTMLParser):
    """Gathers the tables of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._open: list[_Table] = []
        self._unseen = 0
        self._lines: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS and not self._open:
            self._lines.append("")
        if tag == "table":
            self._open.append(_Table())
        elif self._open and tag == "tr":
            self._open[-1].rows.append([])
            self._open[-1].inside = False
        elif self._open and tag in ("td", "th"):
            table = self._open[-1]
            table.rows = table.rows or [[]]
            told = dict(attrs)
            table.rows[-1].append(([], _span(told.get("rowspan")), _span(told.get("colspan")) or 1))
            table.inside = True

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BLOCKS and not self._open:
            self._lines.append("")
        if self._open and tag in ("td", "th"):
            self._open[-1].inside = False
        elif self._open and tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if not self._open:
            self._lines[-1] += data
        elif self._open[-1].inside:
            self._open[-1].rows[-1][-1][0].append(data)

    def end_tables(self) -> None:
        """End what the page left open."""
        while self._open:
            self._end_table()

    def _end_table(self) -> None:
        table = self._open.pop()
        number = len(self.grids) + 1
        lines = [line.strip() for line in self._lines if line.strip()]
        above = [Cell(line, f"t{number}l{index}") for index, line in enumerate(lines, start=1)]
        self.grids.append(Grid.of(table.cells(f"t{number}"), above=above))
        self._lines = [""]


def _span(told: str | None) -> int:
    """What ``rowspan`` or ``colspan`` says; what is no number is one, and 0 goes down to the end."""
    return min(int(told), _SPAN_MAX) if told is not None and told.strip().isdecimal() else 1
