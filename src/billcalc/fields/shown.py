"""How a message repeats a value of the input."""

from collections.abc import Mapping

__all__ = ["JsonNumber", "as_reason", "printable", "quoted", "shown"]

_INTEGER_MAX = 10**60
_SHOWN_MAX = 60  # characters of a value that a message repeats


class JsonNumber(str):
    """The source text of a number in a JSON input: a count may be one, money and quantities may not."""

    __slots__ = ()


def shown(raw: object) -> str:
    """A value as a message repeats it: on one line, and not longer than it helps."""
    if raw is None or isinstance(raw, bool):
        return {None: "null", True: "true", False: "false"}[raw]
    if isinstance(raw, Mapping | list | tuple):
        return "(a mapping)" if isinstance(raw, Mapping) else "(a list)"
    if isinstance(raw, int) and abs(raw) >= _INTEGER_MAX:  # its digits are more than Python writes
        return "(a long number)"
    text = printable(raw if isinstance(raw, str) else repr(raw))
    return text if len(text) <= _SHOWN_MAX else text[: _SHOWN_MAX - 3] + "..."


def quoted(raw: object) -> str:
    """The same with quotes where it is a text, so that the text "true" and the value true look different."""
    return f'"{shown(raw)}"' if isinstance(raw, str) and not isinstance(raw, JsonNumber) else shown(raw)


def as_reason(message: str) -> str:
    """A message of another program as a part of a sentence of ours."""
    return printable(message[:1].lower() + message[1:] if message[1:2].islower() else message)


def printable(text: str) -> str:
    """The text with escapes for what would break a line or steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
