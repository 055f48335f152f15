"""Lines of text for people: what each is for, and columns that also align where Chinese stands in them."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from billcalc.fields.shown import printable

__all__ = ["Align", "PrintedLine", "Role", "columns", "plain_text", "printed", "width"]


class Role(StrEnum):
    """What a line is for; a terminal may show each in its own way."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    RESULT = "result"
    DOUBT = "doubt"
    ASIDE = "aside"


class Align(StrEnum):
    """On which side of its column a cell stands."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a text."""

    text: str
    role: Role = Role.TEXT


def printed(text: str, role: Role = Role.TEXT) -> PrintedLine:
    """A line without what would break it or steer a terminal: labels come from whoever wrote the request."""
    return PrintedLine(printable(text).rstrip(), role)


def plain_text(lines: Iterable[PrintedLine]) -> str:
    """The lines as one text."""
    return "".join(f"{line.text}\n" for line in lines)


def width(text: str) -> int:
    """The columns of a terminal that a text takes: two for a wide character, none for one that joins the one before.

    >>> width("电价 0.93")
    9
    """
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in ("W", "F")) for each in text
    )


def columns(rows: Sequence[Sequence[str]], aligned: Sequence[Align]) -> tuple[str, ...]:
    """The rows with each cell as wide as the widest of its column, two spaces between columns.

    >>> columns([("峰", "1.5"), ("valley", "20.0")], (Align.LEFT, Align.RIGHT))
    ('峰       1.5', 'valley  20.0')
    """
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(width(cell) for cell in column) for column in zip(*shown, strict=True)]
    return tuple(
        "  ".join(_padded(cell, wide, align) for cell, wide, align in zip(row, widths, aligned, strict=True)).rstrip()
        for row in shown
    )


def _padded(text: str, wide: int, align: Align) -> str:
    space = " " * (wide - width(text))
    return space + text if align is Align.RIGHT else text + space
