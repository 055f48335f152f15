"""CSV text to rows that know where each cell stood (RFC 4180, with any line end)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["Cell", "parse_csv"]

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|\Z)')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell without the blanks around it, and ``name:line:column`` of it."""

    text: str
    where: str


def parse_csv(text: str, *, place: Callable[[int], str]) -> tuple[tuple[Cell, ...], ...]:
    r"""The rows of a text; those without any text are left out.

    Args:
        text: without a byte order mark.
        place: turns an offset in the text into the place to report.

    Raises:
        InvalidInput: where a quote stands inside a cell that does not begin with one, or is not closed.

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
            reason = 'a quote stands alone here: put the whole cell in quotes, and write a quote inside it as ""'
            raise InvalidInput([Fault(FaultCode.SYNTAX, place(at), {"reason": reason})])
        quoted, plain, end = found.groups()
        content = plain if quoted is None else quoted.replace('""', '"')
        row.append(Cell(content.strip(), place(at)))
        at = found.end()
        if end != ",":
            if any(cell.text for cell in row):
                rows.append(tuple(row))
            row = []
            if not end:
                break
    return tuple(rows)
