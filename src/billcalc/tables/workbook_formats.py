"""What the formats of numbers say beside the numbers: ``0.00"万元"`` shows 12.34 as 12.34万元, and it is 12.34.

A format that shows a number smaller than it is (``0!.0,"万"``, ``#,##0,"千"``) tells the unit of what it shows, and the
number itself is in the plain unit.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from billcalc.fields.units_told import Told, unit_told

__all__ = ["other_units"]

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|!(.)')
_NO_TEXT = re.compile(r"\[[^\]]*\]|_.|\*.|General|[0#?.,%\s]", re.IGNORECASE)
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_SCALED = re.compile(r'[0#?],+(?![0#?,.])|[!\\]\.|"\."')


def other_units(styles: ElementTree.Element) -> Mapping[int, str]:
    """By the number of a style of cells, the unit that it says of plain numbers, where requests and bills have another.

    Args:
        styles: the part of a workbook that has them.
    """
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter() if each.tag.endswith("}numFmt")}
    told = {number: unit for number, code in codes.items() if (unit := _other_unit(code)) is not None}
    return {at: told[number] for at, number in enumerate(_formats(styles)) if number in told} if told else {}


def _formats(styles: ElementTree.Element) -> Iterator[str | None]:
    """The format of each style of cells."""
    for cells in styles:
        if cells.tag.endswith("}cellXfs"):
            yield from (each.get("numFmtId") for each in cells)


def _other_unit(code: str) -> str | None:
    """The unit that a format says, where it is not one of those of requests and bills.

    >>> [_other_unit(code) for code in ('0.00"万元"', '0.0 "MWh"', '0!.0,"万"', '#,##0"元"', 'yyyy"年"m"月"')]
    ['万元', 'MWh', None, None, None]
    """
    positive = _SECTIONS.split(code)[0]
    if _SCALED.search(positive):
        return None
    literals = "".join(text for found in _LITERAL.findall(positive) for text in found)
    unit = unit_told(f"({literals}{_NO_TEXT.sub('', _LITERAL.sub('', positive))})")
    return unit[0] if unit is not None and unit[1] is Told.OTHER else None
