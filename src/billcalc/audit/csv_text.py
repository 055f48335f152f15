"""CSV text to rows that know where each cell stood (RFC 4180, with any line end)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["BLANKS", "Cell", "cell_text", "parse_csv"]

BLANKS = "\t\n\v\f\r \u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u3000\ufeff"
"""What spreadsheets and portals leave around a cell, such as the tab that keeps digits from being read as a number."""

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|((?!")[^,\r\n]*))(,|\r\n|\r|\n|\Z)')
_FORMULA = re.compile(r'="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell without the blanks around it, and ``name:line:column`` of it."""

    text: str
    where: str


def cell_text(cell: str) -> str:
    """What a cell says: without the blanks around it, and of a formula that is only a text, the text.

    >>> cell_text(' ="0301"')
    '0301'
    """
    cell = cell.strip(BLANKS)
    formula = _FORMULA.fullmatch(cell)
    return cell if formula is None else formula[1].strip(BLANKS)


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
