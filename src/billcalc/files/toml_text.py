"""TOML of one level, as settings are written: keys with their values, and the line of each."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from billcalc.fields.trails import Path
from billcalc.files.text import Text
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["Toml", "parse_toml"]

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
"""Where the parser tells the place before Python 3.14."""
_KEY = re.compile(r"""^\s*\[*\s*["']?(?P<key>[^"'=\].]+?)["']?\s*(?:[.=\]]|$)""")


class Toml(NamedTuple):
    """What was read, and where.

    Attributes:
        lines: the line of each key.
    """

    name: str
    data: Mapping[str, Any]
    lines: Mapping[str, int]

    def where(self, path: Path) -> str:
        """``name:line`` of the key at the begin of a path."""
        return f"{self.name}:{self.lines.get(str(path[0]), 1)}" if path else self.name


def parse_toml(text: Text) -> Toml:
    r"""Read what stands in a text.

    Raises:
        InvalidInput: for what is no TOML, with line and column.

    >>> parse_toml(Text("config.toml", "# ours\nlanguage = 'zh'")).where(("language",))
    'config.toml:2'
    """
    try:
        data = tomllib.loads(text.content)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        place = _PLACE.search(told)
        line, column = (place["line"], place["column"]) if place is not None else (None, None)
        at = f"{text.name}:{line or len(text.lines)}:{column or 1}"
        facts = {"reason": Reason.NOT_TOML, "detail": _PLACE.sub("", told)}
        raise InvalidInput([Fault(FaultCode.SYNTAX, at, facts)]) from None
    found = ((number, _KEY.match(line)) for number, line in enumerate(text.lines, 1))
    lines = {match["key"]: number for number, match in reversed([*found]) if match is not None}
    return Toml(text.name, data, lines)
