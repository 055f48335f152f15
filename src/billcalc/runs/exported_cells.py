"""Cells as exports write them: months, and numbers with separators of thousands."""

import re
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["MONTH_IN_DOUBT", "MONTH_TEXT", "days_of_months", "month_told", "no_months", "ungrouped", "ungrouped_text"]

_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
MONTH_TEXT = (
    "^([0-9]{4})(?:[-/.年]?(1[0-2]|0[1-9])(?:0[1-9]|[12][0-9]|3[01])?|[-/.年]([1-9]))"
    f"(?:月份?)?(?:[-/.]?{_DAY}日|[-/.]{_DAY})?(?: 00:00:00)?$"
)
"""A month, or a day of it, as people write them; the month is the second group, or of one digit the third."""
MONTH_IN_DOUBT = r"^[0-9]{4}\.1$"
"""What a spreadsheet leaves of October as well as of January, where 2024.10 and 2024.1 were taken for numbers."""

_MONTH, _IN_DOUBT = re.compile(MONTH_TEXT), re.compile(MONTH_IN_DOUBT)
_GROUPED = r"^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$"


def month_told(cell: str) -> tuple[str, str] | None:
    """The first day of a month, and the first of the next; None where a cell tells none.

    >>> month_told("202412"), month_told("2024年7月"), month_told("July"), month_told("2024.1")
    (('2024-12-01', '2025-01-01'), ('2024-07-01', '2024-08-01'), None, None)
    """
    told = _MONTH.fullmatch(cell)
    if told is None or _IN_DOUBT.fullmatch(cell) is not None or int(told[1]) == 0:
        return None
    year, month = int(told[1]), int(told[2] or told[3])
    start, end = date(year, month, 1), (year + month // 12, month % 12 + 1)
    return start.isoformat(), f"{end[0]:04}-{end[1]:02}-01"


def days_of_months(column: pa.Array) -> list[pa.Array]:
    """The days of the cycle and of the period of rows that tell a month; what is no month stays, and is refused."""
    encoded = column.cast(pa.string()).dictionary_encode()
    told: list[Any] = [month_told(cell) or (cell, cell) for cell in encoded.dictionary.to_pylist()]
    ends = [pa.array([each[place] for each in told], pa.string()) for place in (0, 1)]
    days = [pa.DictionaryArray.from_arrays(encoded.indices, each) for each in ends]
    return [*days, *days]


def no_months(column: pa.Array) -> dict[int, str]:
    """By their places the cells of a column of months that tell something and no month."""
    encoded = column.cast(pa.string()).dictionary_encode()
    wrong = {number: cell for number, cell in enumerate(encoded.dictionary.to_pylist()) if month_told(cell) is None}
    if not wrong:
        return {}
    return {place: wrong[number] for place, number in enumerate(encoded.indices.to_pylist()) if number in wrong}


def ungrouped(column: pa.Array) -> pa.Array:
    """Numbers without their separators of thousands; what is no such number stays as it is."""
    if not pa.types.is_string(column.type) or not pc.any(pc.match_substring(column, ",")).as_py():
        return column
    return pc.if_else(pc.match_substring_regex(column, _GROUPED), pc.replace_substring(column, ",", ""), column)


def ungrouped_text(cell: str) -> str:
    """The same of one cell.

    >>> ungrouped_text("1,234.56"), ungrouped_text("1,23")
    ('1234.56', '1,23')
    """
    return cell.replace(",", "") if re.fullmatch(_GROUPED, cell) else cell
