"""Bodies of several parts (``multipart/form-data``): what is told of a bill, and the files beside it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["FORM", "Part", "one_each", "parts_of"]

FORM = "multipart/form-data"
_PARTS_MAX = 1000
_HEADER = "content-disposition"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form.

    Attributes:
        name: of the field.
        file: what its owner calls the file; the name of the field where it is none. Nothing is opened by it.
        kind: its type, where it is told.
    """

    name: str
    file: str
    content: bytes = field(repr=False)
    kind: str = ""

    @property
    def text(self) -> str:
        """What was written in it.

        Raises:
            InvalidInput: where it is not UTF-8.
        """
        try:
            return self.content.decode()
        except UnicodeDecodeError as error:
            raise InvalidInput([Fault(FaultCode.NOT_TEXT, self.name, {"byte": str(error.start)})]) from None


class _Reader:
    """Collects the parts while the parser goes by."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.is_whole = False
        self._headers: dict[str, bytes] = {}
        self._name, self._value, self._content = bytearray(), bytearray(), bytearray()

    def callbacks(self) -> Any:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header,
            "on_part_data": lambda data, start, end: self._content.extend(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._whole,
        }

    def _begin(self) -> None:
        self._headers, self._content = {}, bytearray()
        if len(self.parts) >= _PARTS_MAX:
            facts = {"count": str(len(self.parts) + 1), "limit": str(_PARTS_MAX)}
            raise InvalidInput([Fault(FaultCode.TOO_MANY, "body", facts)])

    def _header(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = bytes(self._value)
        self._name, self._value = bytearray(), bytearray()

    def _end(self) -> None:
        _, options = parse_options_header(self._headers.get(_HEADER, b""))
        name, file = (options.get(key, b"").decode("utf-8", "replace") for key in (b"name", b"filename"))
        kind, _ = parse_options_header(self._headers.get("content-type", b""))
        self.parts.append(Part(name, file or name, bytes(self._content), kind.decode("latin-1")))

    def _whole(self) -> None:
        self.is_whole = True


def parts_of(body: bytes, content_type: str) -> Sequence[Part]:
    """The parts of a form.

    Args:
        body: of a request.
        content_type: its header, which tells what stands between the parts.

    Raises:
        InvalidInput: where it is no form, or has more parts than any has.
    """
    reader = _Reader()
    border = parse_options_header(content_type)[1].get(b"boundary", b"")
    try:
        parser = MultipartParser(border, reader.callbacks())
        parser.write(body)
        parser.finalize()
    except FormParserError:
        reader.is_whole = False
    if not (border and reader.is_whole):
        raise InvalidInput([Fault(FaultCode.SYNTAX, "body", {"reason": Reason.FORM_EXPECTED})])
    return reader.parts


def one_each(parts: Sequence[Part], known: Collection[str], needed: Collection[str]) -> dict[str, Part]:
    """The parts by their names.

    Args:
        parts: of which none may come twice.
        known: the names that they may have.
        needed: those that must be there.

    Raises:
        InvalidInput: where one comes twice, has another name or is missing.
    """
    found: dict[str, Part] = {}
    faults = []
    for part in parts:
        if part.name not in known:
            facts = {"key": part.name, "known": ", ".join(known)}
            faults.append(Fault(FaultCode.UNKNOWN_KEY, f"/{part.name}", facts))
        elif part.name in found:
            faults.append(Fault(FaultCode.DUPLICATE_KEY, f"/{part.name}", {"key": part.name}))
        found[part.name] = part
    faults += [Fault(FaultCode.MISSING_KEY, f"/{name}", {"key": name}) for name in needed if name not in found]
    if faults:
        raise InvalidInput(faults)
    return found
