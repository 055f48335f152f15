"""What the cells of a workbook say, and what the file tells of them that their values do not.

A cell of a spreadsheet is a double: its digits are the fifteen that a spreadsheet has, so 0.1 + 0.2 is 0.3, and a whole
number of more digits has lost some, which is shown as a spreadsheet shows it (3.01235E+15).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.reasons import Reason

__all__ = ["SheetNotes", "address", "cell_digits", "first_in_formats", "letters", "sheet_notes", "spoken"]

_EXACT_MAX = 10**15
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_COLUMN_TAG = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_COLUMN_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMN_SPAN = (re.compile(rb'\bmin="(\d{1,5})"'), re.compile(rb'\bmax="(\d{1,5})"'))
_TOKEN = re.compile(
    rb"<(?:\w+:)?row\b(?P<row>[^>]*)>|<(?:\w+:)?c\b(?P<cell>[^>]*?)(?:/>|>(?P<inside>.*?)</(?:\w+:)?c>)", re.DOTALL
)
_ROW = re.compile(rb'\br="(\d{1,7})"')
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_RESULT = re.compile(rb"<(?:\w+:)?v>[^<]|<(?:\w+:)?v [^>]*>[^<]")
_RESULT_NOT_ZERO = re.compile(rb"<(?:\w+:)?v(?: [^>]*)?>(?!0</)[^<]")
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What the values of a sheet do not tell.

    Attributes:
        bad: by row and column, from 0, the cells that have no value that can be read, and why.
        hidden: the rows, from 0, that a spreadsheet does not show.
        hidden_columns: the columns, from 0, that it does not show: the first and the last of each stretch.
    """

    bad: dict[tuple[int, int], Reason] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()


def address(title: str, row: int, column: int) -> str:
    """The address of a cell, whose row and column count from 0.

    >>> address("Sheet", 6, 1), address("Sheet", 0, 26)
    ('Sheet!B7', 'Sheet!AA1')
    """
    return f"{title}!{letters(column)}{row + 1}"


def letters(place: int) -> str:
    """The letters of a column that counts from 0."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def cell_digits(value: float) -> str:
    """The digits of a number; of one that has lost some, a text that is no number.

    >>> cell_digits(0.1 + 0.2), cell_digits(35.0), cell_digits(3012345678901.0), cell_digits(3.012345678901234e18)
    ('0.3', '35', '3012345678901', '3.01235E+18')
    """
    return format(value, ".6G") if abs(value) >= _EXACT_MAX else decimal_text(Decimal(format(value, ".15g")))


def spoken(value: object) -> str:
    """What a cell says.

    >>> spoken("0301 "), spoken(time(0, 15)), spoken(timedelta(days=1)), spoken(date(2024, 6, 1)), spoken(True)
    ('0301 ', '00:15:00', '24:00:00', '2024-06-01', 'true')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case float() | int():
            return cell_digits(value)
        case datetime() | time():
            whole = _in_seconds(value)
            return whole.isoformat(" ") if isinstance(whole, datetime) else whole.isoformat()
        case timedelta():
            seconds = (value + timedelta(milliseconds=500)) // timedelta(seconds=1)
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _in_seconds(value: datetime | time) -> datetime | time:
    """A time to the next second: a spreadsheet's time is a fraction of a day, which is seldom exact."""
    if isinstance(value, datetime):
        return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    rounded = (datetime.combine(date.min, value) + timedelta(milliseconds=500)).replace(microsecond=0)
    return rounded.time()


def sheet_notes(text: bytes, *, is_calculated: bool = True) -> SheetNotes:
    """What an XLSX tells of a sheet beside its values; of an XLS nothing is known.

    Args:
        text: of the sheet.
        is_calculated: whether a spreadsheet has calculated its formulas; what else wrote it puts 0 for their results.
    """
    hidden = frozenset(int(found[1]) - 1 for found in _HIDDEN_ROW.finditer(text))
    bad = dict(_bad_cells(text, _RESULT if is_calculated else _RESULT_NOT_ZERO))
    return SheetNotes(bad, hidden, tuple(_hidden_columns(text)))


def _hidden_columns(text: bytes) -> Iterator[tuple[int, int]]:
    for found in _COLUMN_TAG.finditer(text):
        first, last = (each.search(found[1]) for each in _COLUMN_SPAN)
        if first is not None and last is not None and _COLUMN_HIDDEN.search(found[1]):
            yield int(first[1]) - 1, int(last[1]) - 1


def _bad_cells(text: bytes, result: re.Pattern[bytes]) -> Iterator[tuple[tuple[int, int], Reason]]:
    """The cells of a sheet that have an error, or a formula that was never calculated."""
    if b't="e"' not in text and _FORMULA.search(text) is None:
        return
    row = column = -1
    for found in _TOKEN.finditer(text):
        if found["row"] is not None:
            told = _ROW.search(found["row"])
            row, column = row + 1 if told is None else int(told[1]) - 1, -1
            continue
        attributes, inside = found["cell"], found["inside"] or b""
        place = _PLACE.search(attributes)  # a cell without one stands behind the one before it
        row, column = (row, column + 1) if place is None else (int(place[2]) - 1, _column(place[1]))
        if b't="e"' in attributes:
            yield (row, column), Reason.ERROR_VALUE
        elif _FORMULA.search(inside) and b't="str"' not in attributes and result.search(inside) is None:
            yield (row, column), Reason.NO_RESULT


def first_in_formats(text: bytes, units: Mapping[int, str]) -> Iterator[tuple[tuple[int, int], str]]:
    """The first number of each column whose style says another unit, with that unit.

    Args:
        text: of the sheet.
        units: by the number of a style.
    """
    columns: set[int] = set()
    for found in _TOKEN.finditer(text) if units else ():
        attributes = found["cell"] or b""
        style, place = _STYLE.search(attributes), _PLACE.search(attributes)
        if style is None or place is None or b"<" not in (found["inside"] or b"") or b't="s' in attributes:
            continue
        row, column, unit = int(place[2]) - 1, _column(place[1]), units.get(int(style[1]))
        if unit is not None and column not in columns:
            columns.add(column)
            yield (row, column), unit


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
