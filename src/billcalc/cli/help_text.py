"""The layout of a help: as click has it, and for Chinese by the columns that its signs take and where it may break."""

import re
from collections.abc import Iterable

import click

from billcalc.explain.printing import width

__all__ = ["Context", "wrapped"]

_WIDE = "⺀-〿㐀-鿿＀-￯"
_PIECE = re.compile(rf"\s+|[“（《]*(?:[^\s{_WIDE}“”（）《》]+|[{_WIDE}“”（）《》])[，。；：、）”》！？…]*")
"""What no line break may tear: a word or one Chinese sign, with the brackets around it and the stop behind it."""


def wrapped(text: str, wide: int) -> list[str]:
    """A text in lines of so many columns.

    >>> wrapped("已计费的部分已保留，再运行即可。", 12)
    ['已计费的部分', '已保留，再运', '行即可。']
    """
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > wide:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return [line.rstrip() for line in lines]


class _Formatter(click.HelpFormatter):
    """Writes text and lists by their width on a terminal."""

    def write_heading(self, heading: str) -> None:
        """A heading, with the colon of its language."""
        self.write(f"{'':>{self.current_indent}}{heading}{':' if heading.isascii() else '：'}\n")

    def write_text(self, text: str) -> None:
        """Paragraphs; those that begin with a backspace keep their lines, as click has it."""
        indent = " " * self.current_indent
        shown = []
        for paragraph in text.split("\n\n"):
            lines = paragraph.splitlines()
            kept = lines[1:] if lines[:1] == ["\b"] else wrapped(" ".join(lines), self.width - self.current_indent)
            shown.append("".join(f"{indent}{line}".rstrip() + "\n" for line in kept))
        self.write("\n".join(shown))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names, and what each is beside it."""
        rows = list(rows)
        column = min(max(width(name) for name, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, told in rows:
            first, *others = wrapped(told, max(self.width - column - 2, 10))
            if width(name) > column - col_spacing and first:
                self.write(f"{indent}{name}\n{indent}{' ' * column}{first}\n")
            else:
                self.write(f"{indent}{name}{' ' * (column - width(name))}{first}".rstrip() + "\n")
            self.write("".join(f"{indent}{' ' * column}{line}\n" for line in others))


class Context(click.Context):
    """The context of a call whose help is written so."""

    formatter_class = _Formatter
