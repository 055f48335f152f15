"""A cell of a table: what it says, whatever a spreadsheet or portal left around it, and where it stands."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["BLANKS", "SUMS", "Cell", "Row", "bare_text", "cell_text", "is_total"]

BLANKS = "\t\n\v\f\r \u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u3000\ufeff"
"""What spreadsheets and portals leave around a cell, such as the tab that keeps digits from being read as a number."""

SUMS = (
    "(?:.*(?:[合总總小共][计計]|累[计計])(?:金额|电费|电量|户数)?|[汇匯][总總]|总和|平均值?|均值)"
    "(?:[(（:：,，/—-].*|[0-9]+[户戶行条條笔].*)?|共[0-9]+[户戶行条條笔].*|(?:grand|page|sub)?totals?(?:[^a-z0-9].*)?|sum|average"
)
"""What stands where others have an account in a row that sums them: in small letters, without blanks and colons.

``合计（12户）``, ``一车间小计``, ``Total (2)``, but neither ``合计户`` nor ``Total Energies``.
"""

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

    >>> is_total("合 计："), is_total("合计（2户）"), is_total("0301")
    (True, True, False)
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).strip(":").casefold()
    return _SUMS.fullmatch(plain) is not None


_SUMS = re.compile(SUMS)
