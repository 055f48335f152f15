"""A document: what stands in a YAML or JSON text, as plain data that knows where each value stood."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import PurePath

from billcalc.files.json_text import json_spots, parse_json
from billcalc.files.positions import Lines, Path, Spots
from billcalc.files.text import MAX_BYTES, Source, read_text
from billcalc.files.yaml_text import parse_yaml
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["Document", "Format", "parse_document", "read_document"]


class Format(StrEnum):
    """How a document is written."""

    JSON = "json"
    YAML = "yaml"


_BY_SUFFIX = {".json": Format.JSON, ".yaml": Format.YAML, ".yml": Format.YAML}
_BLANKS = " \t\r\n"


@dataclass(frozen=True, eq=False)
class Document:
    """What was read, and where it stood.

    Attributes:
        name: what messages call the input.
        data: mappings, lists, texts, ``JsonNumber``, true, false and None.
    """

    name: str
    data: object
    _lines: Lines = field(repr=False)
    _spots_of: Callable[[Lines], Spots] = field(repr=False)

    @cached_property
    def _spots(self) -> Spots:
        return self._spots_of(self._lines)

    def where(self, path: Path) -> str:
        """``name:line:column`` of the value at a path, or of the nearest value around it.

        >>> parse_document("area: cn-guangxi", name="request.yaml").where(("area",))
        'request.yaml:1:7'
        """
        values = self._spots.values
        while path not in values:
            path = path[:-1]
        return self._lines.place(values[path])

    def where_key(self, path: Path) -> str:
        """``name:line:column`` of the key before the value at a path; as ``where`` where there is none.

        >>> parse_document("area: cn-guangxi", name="request.yaml").where_key(("area",))
        'request.yaml:1:1'
        """
        offset = self._spots.keys.get(path)
        return self.where(path) if offset is None else self._lines.place(offset)

    def where_pointer(self, pointer: str) -> str:
        """Where a JSON pointer leads, or comes nearest, and the pointer; what is no pointer is left as it is.

        >>> parse_document("area: cn-guangxi", name="request.yaml").where_pointer("/area")
        'request.yaml:1:7 (/area)'
        """
        if not pointer.startswith("/"):
            return pointer
        path = tuple(int(part) if part.isdecimal() else part for part in pointer[1:].split("/"))
        return f"{self.where(path)} ({pointer})"


def parse_document(text: str, *, name: str, written_in: Format | None = None) -> Document:
    """Read what stands in a text.

    Args:
        text: without a byte order mark.
        name: what messages call the input.
        written_in: the format; by default that of the name's suffix, else what begins with ``{`` or ``[`` is JSON.

    Raises:
        InvalidInput: with every fault of its form and its place.

    >>> parse_document('{"area": "cn-guangxi"}', name="stdin").data
    {'area': 'cn-guangxi'}
    """
    lines = Lines(name, text)
    if not text.strip(_BLANKS):
        raise InvalidInput([Fault(FaultCode.EMPTY, name)])
    if written_in is None:
        looks = Format.JSON if text.lstrip(_BLANKS)[0] in "{[" else Format.YAML
        written_in = _BY_SUFFIX.get(PurePath(name).suffix.lower(), looks)
    if written_in is Format.JSON:
        return Document(name, parse_json(lines), lines, json_spots)
    data, spots = parse_yaml(lines)
    return Document(name, data, lines, lambda _: spots)


def read_document(
    source: Source, *, name: str | None = None, written_in: Format | None = None, max_bytes: int = MAX_BYTES
) -> Document:
    """Read a path, ``-`` (standard input) or bytes.

    Raises:
        InvalidInput: where it cannot be read, or with every fault of its form.
    """
    text = read_text(source, name=name, max_bytes=max_bytes)
    return parse_document(text.content, name=text.name, written_in=written_in)
