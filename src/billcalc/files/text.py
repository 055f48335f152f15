"""Read one input: a file, standard input or bytes. Tables of any length are opened by ``tables``.

An input comes from anywhere, so no more of it is read than its limit, and it is text or refused.
"""

import os
import sys
from dataclasses import dataclass
from io import FileIO
from typing import Protocol

from billcalc.fields.shown import printable
from billcalc.files.system_errors import StoppedError, reading_fault
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["MAX_BYTES", "Source", "Text", "read_bytes", "read_text"]

MAX_BYTES = 1 << 20
"""What an input may have unless told otherwise [byte]; a large request has a twentieth of it."""

Source = str | os.PathLike[str] | bytes
"""A path, ``-`` for standard input, or the bytes themselves."""

_PART = 1 << 16
"""How much is asked for at once [byte]: memory is taken for all that is asked for, and most inputs are shorter."""
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Text:
    """What was read.

    Attributes:
        name: what messages call the input.
    """

    name: str
    content: str

    @property
    def lines(self) -> list[str]:
        r"""Its lines, of which only a line feed ends one: other separators may stand in what is quoted.

        >>> Text("keys", "a\u2028b\r\nc\n").lines
        ['a\u2028b', 'c']
        """
        return [line.removesuffix("\r") for line in self.content.removesuffix("\n").split("\n")] if self.content else []


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


def read_text(source: Source, *, name: str | None = None, max_bytes: int = MAX_BYTES) -> Text:
    """Read UTF-8, with or without a byte order mark.

    Args:
        source: a path, ``-`` or bytes.
        name: what messages call the input; by default its path, ``stdin`` or ``input``.
        max_bytes: the limit [byte]; of a longer input one byte more is read, to know that it is longer.

    Raises:
        InvalidInput: where it cannot be read, is too large or is not UTF-8.

    >>> read_text(b"area: cn-guangxi").content
    'area: cn-guangxi'
    """
    name, read = read_bytes(source, name=name, max_bytes=max_bytes)
    try:
        content = read.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput([Fault(FaultCode.NOT_TEXT, name, {"byte": str(error.start)})]) from None
    return Text(name, content.removeprefix(_BYTE_ORDER_MARK))


def read_bytes(source: Source, *, name: str | None, max_bytes: int) -> tuple[str, bytes]:
    """What messages call an input, and its bytes; see ``read_text``.

    Raises:
        InvalidInput: where it cannot be read or is too large.
    """
    name = printable(_name_of(source) if name is None else name)
    try:
        read = source if isinstance(source, bytes) else _from_outside(source, max_bytes)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have, or a closed standard input
        raise InvalidInput([reading_fault(error, name)]) from None
    if len(read) > max_bytes:
        raise InvalidInput([Fault(FaultCode.TOO_LARGE, name, {"limit": str(max_bytes)})])
    return name, read


def _name_of(source: Source) -> str:
    if isinstance(source, bytes):
        return "input"
    path = os.fspath(source)
    return "stdin" if path == "-" else path


def _from_outside(source: str | os.PathLike[str], max_bytes: int) -> bytes:
    if os.fspath(source) != "-":
        with FileIO(source) as file:  # unbuffered: a buffer would read ahead of the limit
            return _read(file, max_bytes + 1)
    if sys.stdin is None:  # a program without a console
        raise StoppedError(Reason.NO_STANDARD_INPUT)
    return _read(sys.stdin.buffer, max_bytes + 1)


def _read(stream: _Bytes, size: int) -> bytes:
    """Read up to a size; a pipe gives its bytes in parts."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(min(size, _PART))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
