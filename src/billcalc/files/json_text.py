"""JSON text to plain data: numbers keep their source text, and a key stands once.

The standard library reads; its C scanner is fast and knows no positions. Only where something is to be reported a small
scanner of our own goes over the text once more, for the positions and for all the faults.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NoReturn

from billcalc.fields.shown import JsonNumber, as_reason, shown
from billcalc.files.positions import DEPTH_MAX, FAULTS_MAX, Lines, Path, Spots
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["json_spots", "parse_json"]

_TOKEN = re.compile(r'[{}\[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}\[\],:"]+', re.DOTALL)
_MAYBE_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_HALF = re.compile(r"[\ud800-\udfff]")
_CONSTANTS = ("NaN", "Infinity", "-Infinity")


class _Irregular(Exception):
    """Our own scanner is to say what is wrong; it does not leave this module."""


def parse_json(lines: Lines) -> object:
    """Read mappings, lists, texts, ``JsonNumber``, true, false and None.

    Raises:
        InvalidInput: for what is no JSON, a key that stands twice, NaN, half a character and too many levels.

    >>> parse_json(Lines("request.json", '{"kva": 100.0}'))
    {'kva': '100.0'}
    """
    text = lines.text
    try:
        data: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        # How deep it reads, and what it says of more, differs between the versions of Python: our limit is told first.
        deep = [fault for fault in _scan(lines, error.pos).faults if fault.code is FaultCode.TOO_DEEP]
        syntax = Fault(FaultCode.SYNTAX, lines.place(error.pos), _reason(error.msg))
        raise InvalidInput(deep or [syntax]) from None
    except (_Irregular, RecursionError):
        raise InvalidInput(_scan(lines).faults) from None
    if (_is_too_deep(text, data) or _may_have_half(text)) and (faults := _scan(lines).faults):
        raise InvalidInput(faults)
    return data


_MESSAGES = {
    "Expecting property name enclosed in double quotes": Reason.JSON_KEY,
    "Expecting ':' delimiter": Reason.JSON_COLON,
    "Expecting ',' delimiter": Reason.JSON_COMMA,
    "Illegal trailing comma before end of object": Reason.JSON_TRAILING_COMMA,
    "Illegal trailing comma before end of array": Reason.JSON_TRAILING_COMMA,
    "Expecting value": Reason.JSON_VALUE,
    "Extra data": Reason.JSON_MORE,
    "Unterminated string starting at": Reason.JSON_OPEN_TEXT,
    "Invalid control character at": Reason.JSON_CONTROL,
    "Invalid \\\\escape": Reason.JSON_ESCAPE,
    "Invalid \\\\uXXXX escape": Reason.JSON_ESCAPE,
}
"""What Python's parser says; which of it depends on the version."""


def _reason(message: str) -> dict[str, str]:
    known = next((reason for said, reason in _MESSAGES.items() if message.startswith(said)), None)
    return {"reason": Reason.NOT_JSON, "detail": as_reason(message)} if known is None else {"reason": known}


def json_spots(lines: Lines) -> Spots:
    """Where the values and keys of a valid JSON text stand."""
    return _scan(lines).spots


def _mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _Irregular
    return mapping


def _no_number(_: str) -> NoReturn:
    raise _Irregular


_DECODER = json.JSONDecoder(
    object_pairs_hook=_mapping, parse_constant=_no_number, parse_float=JsonNumber, parse_int=JsonNumber
)


def _may_have_half(text: str) -> bool:
    """Whether half a character may stand in a text; most have neither an escape nor anything beyond ASCII."""
    return not (text.isascii() and "\\u" not in text) and _MAYBE_HALF.search(text) is not None


def _is_too_deep(text: str, data: object) -> bool:
    if text.count("{") + text.count("[") <= DEPTH_MAX:
        return False  # so few cannot be so deep
    level = [data]
    for _ in range(DEPTH_MAX + 1):
        containers = [each for each in level if isinstance(each, dict | list)]
        if not containers:
            return False
        level = list(chain.from_iterable(each.values() if isinstance(each, dict) else each for each in containers))
    return True


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not yet closed.

    Attributes:
        at: the key or index of the value that comes.
        keys: those of a mapping so far; None for a list.
    """

    path: Path
    at: int | str = 0
    keys: set[str] | None = None
    key_comes: bool = False


@dataclass(slots=True)
class _Scan:
    spots: Spots = field(default_factory=Spots)
    faults: list[Fault] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)


def _scan(lines: Lines, end: int | None = None) -> _Scan:
    """Go over one JSON value, up to its end or to where it stops being JSON (the end that is given, if one is)."""
    scan = _Scan()
    for token in _TOKEN.finditer(lines.text):
        start, sign = token.start(), token[0]
        if end is not None and start >= end:
            break
        inner = scan.stack[-1] if scan.stack else None
        if inner is not None and sign == ",":
            inner.key_comes = inner.keys is not None
            inner.at = inner.at + 1 if isinstance(inner.at, int) else inner.at
        elif inner is not None and sign == ":":
            inner.key_comes = False
        elif sign in "}]":
            if not scan.stack:
                break
            scan.stack.pop()
        else:
            text = _text(sign)
            if inner is not None and inner.key_comes:
                if text is None:
                    break
                scan.faults.extend(_key(scan.spots, inner, text, lines, start))
            else:
                path = () if inner is None else (*inner.path, inner.at)
                scan.spots.values[path] = start
                if sign in "{[":
                    scan.stack.append(_Open(path, keys=set(), key_comes=True) if sign == "{" else _Open(path))
                scan.faults.extend(_value(sign, text, len(scan.stack), lines, start))
        if not scan.stack or len(scan.stack) > DEPTH_MAX or len(scan.faults) >= FAULTS_MAX:
            break
    return scan


def _text(sign: str) -> str | None:
    try:
        return str(json.loads(sign)) if sign.startswith('"') else None
    except json.JSONDecodeError:
        return None


def _key(spots: Spots, inner: _Open, key: str, lines: Lines, start: int) -> Iterator[Fault]:
    assert inner.keys is not None
    if key in inner.keys:
        yield Fault(FaultCode.DUPLICATE_KEY, lines.place(start), {"key": shown(key)})
    yield from _half_a_character(key, lines, start)
    inner.keys.add(key)
    inner.at = key
    spots.keys[(*inner.path, key)] = start


def _value(sign: str, text: str | None, depth: int, lines: Lines, start: int) -> Iterator[Fault]:
    if depth > DEPTH_MAX:
        yield Fault(FaultCode.TOO_DEEP, lines.place(start), {"limit": str(DEPTH_MAX)})
    if sign.startswith(_CONSTANTS):
        yield Fault(FaultCode.SYNTAX, lines.place(start), {"reason": Reason.NOT_A_JSON_NUMBER, "value": shown(sign)})
    if text is not None:
        yield from _half_a_character(text, lines, start)


def _half_a_character(text: str, lines: Lines, start: int) -> Iterator[Fault]:
    if half := _HALF.search(text):
        facts = {"reason": Reason.HALF_WRITTEN, "escape": f"\\u{ord(half[0]):04x}"}
        yield Fault(FaultCode.SYNTAX, lines.place(start), facts)
