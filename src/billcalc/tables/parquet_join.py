"""Parquet files of one schema, joined without decoding them.

The row groups are copied as they are, and one footer is written for all of them: that of the first file with the row
groups of the others, whose offsets are moved. Reading and encoding again would take as long as billing. The footer is a
structure in Thrift's compact protocol, which is read here as a tree of fields; fields not known here stay as they are.

Source: https://parquet.apache.org/docs/file-format/metadata/ and
https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

__all__ = ["join_parquet"]

MAGIC = b"PAR1"
_TAIL = 8  # the length of the footer, and the magic again

_STOP, _TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(13)
_INTEGERS = (_I16, _I32, _I64)

# The fields of the footer that are moved or added up.
_ROWS, _ROW_GROUPS = 3, 4
_GROUP_COLUMNS, _GROUP_OFFSET, _GROUP_ORDINAL = 1, 5, 7
_CHUNK_OFFSETS, _CHUNK_METADATA = (2, 4, 6), 3
_METADATA_OFFSETS = (9, 10, 11, 14)


@dataclass(slots=True)
class _Field:
    """A field of a structure.

    Attributes:
        value: an integer, bytes, a list of fields (of a structure), or the kind and values of a list or mapping.
    """

    number: int
    kind: int
    value: Any


def join_parquet(parts: Iterable[Path], out: BinaryIO) -> None:
    """Write one file that has the row groups of all parts in their order.

    Args:
        parts: at least one; their schemas are the same.
        out: takes the bytes.
    """
    footer: list[_Field] = []
    at = out.write(MAGIC)
    for path in parts:
        with path.open("rb") as file:
            own, size = _footer(file)
            moved = at - len(MAGIC)
            if not footer:
                footer = own
                _row_groups(footer)[:] = list(_moved(_row_groups(own), moved))
            else:
                _row_groups(footer).extend(_moved(_row_groups(own), moved))
                _field(footer, _ROWS).value += _field(own, _ROWS).value
            file.seek(len(MAGIC))
            at += _copy(file, out, size - len(MAGIC))
    assert footer, "a file of Parquet has a schema, which comes from its parts"
    encoded = bytearray()
    _write_struct(footer, encoded)
    out.write(encoded + len(encoded).to_bytes(4, "little") + MAGIC)


def _footer(file: BinaryIO) -> tuple[list[_Field], int]:
    """The footer of a file, and where it begins."""
    end = file.seek(-_TAIL, 2)
    tail = file.read(_TAIL)
    assert tail[4:] == MAGIC, "a part is a file of Parquet that is not encrypted"
    begin = end - int.from_bytes(tail[:4], "little")
    file.seek(begin)
    return _Reader(file.read(end - begin)).struct(), begin


def _copy(file: BinaryIO, out: BinaryIO, size: int) -> int:
    """Copy the next bytes of a file."""
    left = size
    while left:
        block = file.read(min(left, 1 << 20))
        assert block, "a part does not become shorter while it is read"
        left -= out.write(block)
    return size


def _field(struct: list[_Field], number: int) -> _Field:
    [found] = [field for field in struct if field.number == number]
    return found


def _row_groups(footer: list[_Field]) -> list[list[_Field]]:
    groups: list[list[_Field]] = _field(footer, _ROW_GROUPS).value[1]
    return groups


def _moved(groups: list[list[_Field]], by: int) -> Iterator[list[_Field]]:
    """Row groups that stand further on in the file; without their optional number, which is no longer theirs."""
    for group in groups:
        _move(group, (_GROUP_OFFSET,), by)
        for chunk in _field(group, _GROUP_COLUMNS).value[1]:
            _move(chunk, _CHUNK_OFFSETS, by)
            _move(_field(chunk, _CHUNK_METADATA).value, _METADATA_OFFSETS, by)
        yield [field for field in group if field.number != _GROUP_ORDINAL]


def _move(struct: list[_Field], numbers: Iterable[int], by: int) -> None:
    for field in struct:
        if field.number in numbers and field.value:  # 0 is not told: a file begins with its magic
            field.value += by


class _Reader:
    """Reads the compact protocol."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def struct(self) -> list[_Field]:
        fields: list[_Field] = []
        number = 0
        while head := self._take(1)[0]:
            kind = head & 15
            number = number + (head >> 4) if head >> 4 else self._zigzag()
            fields.append(_Field(number, kind, self._value(kind)))
        return fields

    def _value(self, kind: int) -> Any:
        if kind in (_TRUE, _FALSE):
            return None  # a field's truth is its kind
        if kind in _INTEGERS:
            return self._zigzag()
        if kind == _BINARY:
            return self._take(self._varint())
        if kind == _STRUCT:
            return self.struct()
        if kind in (_LIST, _SET):
            head = self._take(1)[0]
            size = head >> 4 if head >> 4 < 15 else self._varint()
            return head & 15, [self._element(head & 15) for _ in range(size)]
        assert kind in (_BYTE, _DOUBLE), f"a footer has no field of kind {kind}"
        return self._take(1 if kind == _BYTE else 8)

    def _element(self, kind: int) -> Any:
        return self._take(1) if kind in (_TRUE, _FALSE) else self._value(kind)

    def _take(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]

    def _varint(self) -> int:
        number = shift = 0
        while True:
            byte = self._take(1)[0]
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number

    def _zigzag(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)


def _write_struct(fields: list[_Field], out: bytearray) -> None:
    before = 0
    for field in fields:
        step = field.number - before
        if 0 < step < 16:
            out.append(step << 4 | field.kind)
        else:
            out.append(field.kind)
            _write_zigzag(field.number, out)
        before = field.number
        _write_value(field.kind, field.value, out)
    out.append(_STOP)


def _write_value(kind: int, value: Any, out: bytearray) -> None:
    if kind in _INTEGERS:
        _write_zigzag(value, out)
    elif kind == _BINARY:
        _write_varint(len(value), out)
        out += value
    elif kind == _STRUCT:
        _write_struct(value, out)
    elif kind in (_LIST, _SET):
        inner, elements = value
        out.append(min(len(elements), 15) << 4 | inner)
        if len(elements) >= 15:
            _write_varint(len(elements), out)
        for element in elements:
            _write_value(_BYTE if inner in (_TRUE, _FALSE) else inner, element, out)
    elif value is not None:
        out += value


def _write_varint(number: int, out: bytearray) -> None:
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def _write_zigzag(number: int, out: bytearray) -> None:
    _write_varint((number << 1) ^ (number >> 63), out)
