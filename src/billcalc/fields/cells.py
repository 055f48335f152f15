"""A cell of a table: what it says, whatever a spreadsheet or portal left around it, and where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["BLANKS", "TOTALS", "Cell", "Row", "bare_text", "cell_text", "is_total"]

BLANKS = "\t\n\v\f\r \u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u3000\ufeff"
"""What spreadsheets and portals leave around a cell, such as the tab that keeps digits from being read as a number."""

TOTALS = ("合计", "总计", "小计", "本页合计", "本页小计", "累计", "total", "totals", "sum", "grand total", "subtotal")
"""What stands where others have an account in a row that sums them."""

_FORMULA = re.compile(r'="([^"]*)"')
_NEUTRALISED = re.compile("'+[=+\\-@]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell without the blanks around it, and its place: ``name:line:column`` or ``name: Sheet!B7``."""

    text: str
    where: str


Row = Sequence[Cell]


def bare_text(cell: str) -> str:
    """What a cell says without the blanks around it; of a formula that is only a text it is the text.

    >>> bare_text(' ="0301"')
    '0301'
    """
    cell = cell.strip(BLANKS)
    formula = _FORMULA.fullmatch(cell)
    return cell if formula is None else formula[1].strip(BLANKS)


def cell_text(cell: str) -> str:
    """The same of a CSV, where a sign may keep a spreadsheet from calculating the cell: it is left out.

    >>> cell_text("'=1+1"), cell_text("'0301")
    ('=1+1', "'0301")
    """
    cell = bare_text(cell)
    return cell[1:] if _NEUTRALISED.match(cell) else cell


def is_total(text: str) -> bool:
    """Whether a cell names a row that sums others.

    >>> is_total("合 计："), is_total("0301")
    (True, False)
    """
    return "".join(text.split()).strip(":：").casefold() in _TOTALS


_TOTALS = frozenset(word.replace(" ", "") for word in TOTALS)
