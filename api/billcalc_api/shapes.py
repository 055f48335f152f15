"""Requests of one shape, whose values can stand in columns.

A shape is all of a request but its values: its keys, the lengths of its lists, and of which kind each value is. The
requests of a batch mostly come from one program and have few shapes, so what a shape means is found out once.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from billcalc.bulk.paths import ACCOUNT, is_number
from billcalc.fields import JsonNumber

__all__ = ["Shape", "columns_of", "paths_of", "shape_of"]

Shape = tuple[object, ...]
"""In the order of the text: the keys of each mapping, the length of each list, the type of each value."""

_SHAPES_KNOWN = 256
_TRUTHS = ("true", "false")
"""Texts that a column of truths takes, and a request does not."""
_COLUMN_TYPES = {str: pa.string(), JsonNumber: pa.string(), bool: pa.bool_()}


def shape_of(data: Mapping[str, Any]) -> tuple[Shape, list[object]]:
    """The shape of a request and the values in it."""
    shape: list[object] = []
    values: list[object] = []
    _walk(data, shape, values)
    return tuple(shape), values


def _walk(data: Any, shape: list[object], values: list[object]) -> None:
    if data.__class__ is dict:
        shape.append(tuple(data))
        data = data.values()
    else:
        shape.append(len(data))
    for value in data:
        kind = value.__class__
        if kind is dict or kind is list:
            _walk(value, shape, values)
        else:
            shape.append(kind)
            values.append(value)


@lru_cache(_SHAPES_KNOWN)
def paths_of(shape: Shape) -> Mapping[str, type] | None:
    """The paths of a shape's values and their kinds; None where something in it cannot stand in a column."""
    paths: dict[str, type] = {}
    return paths if _fill(iter(shape), "", paths) else None


def _fill(shape: Iterator[object], path: str, paths: dict[str, type]) -> bool:
    """Read one value of a shape. What is empty has no path, so that columns could not tell it from what is left out."""
    told = next(shape)
    if isinstance(told, type):
        paths[path] = told
        return _fits(path, told)
    assert isinstance(told, tuple | int), "a shape has keys, lengths and types"
    parts = told if isinstance(told, tuple) else range(told)
    under = f"{path}." if path else ""
    named = isinstance(told, int) or all(map(_is_name, told))
    return bool(parts) and named and all(_fill(shape, f"{under}{part}", paths) for part in parts)


def _is_name(key: str) -> bool:
    """Whether a key can stand in a path, where a dot separates and a number is a place in a list."""
    return "." not in key and "/" not in key and "~" not in key and not key.isdecimal()


def _fits(path: str, kind: type) -> bool:
    """Whether a value of a kind can stand in the column of a path, and be read there as it would be by itself."""
    if path == ACCOUNT:
        return False  # no part of a request, whatever stands there
    if kind is str:
        return True
    return (kind is bool and not is_number(path)) or (kind is JsonNumber and path.endswith(".digits"))


def columns_of(paths: Mapping[str, type], rows: Sequence[tuple[int, list[object]]]) -> pa.RecordBatch:
    """The values of requests of one shape as columns, named by their places; rows that columns misread are left out."""
    texts = {value for (_, values) in rows for value in values if value.__class__ is str}
    misread = {text for text in texts if str(text).lower() in _TRUTHS}
    if misread:
        rows = [(place, values) for place, values in rows if misread.isdisjoint(values)]
    columns = {ACCOUNT: pa.array([place for place, _ in rows], pa.int64())}
    for at, (path, kind) in enumerate(paths.items()):
        columns[path] = pa.array([values[at] for _, values in rows], _COLUMN_TYPES[kind])
    return pa.record_batch(columns)
