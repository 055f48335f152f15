"""From the place of a value in the data to its line and column in the text."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from billcalc.fields.trails import Path

__all__ = ["DEPTH_MAX", "FAULTS_MAX", "Lines", "Path", "Spots"]

DEPTH_MAX = 32
"""How many mappings and lists may stand in one another; a request has about eight."""

FAULTS_MAX = 100
"""After so many faults of its form a text is not read on."""

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Lines:
    r"""The lines of a named text.

    >>> Lines("request.yaml", "area: cn-guangxi\nperiod: x\n").place(25)
    'request.yaml:2:9'
    """

    name: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    def place(self, offset: int) -> str:
        """``name:line:column`` of the character at an offset; lines and columns count from 1."""
        line = bisect_right(self._starts, offset)
        return f"{self.name}:{line}:{offset - self._starts[line - 1] + 1}"


@dataclass(frozen=True, slots=True)
class Spots:
    """The offsets of the values of a document, and of the keys before them, by their paths."""

    values: dict[Path, int] = field(default_factory=dict)
    keys: dict[Path, int] = field(default_factory=dict)
