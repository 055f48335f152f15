"""Arrow arrays ⇄ columns of integers, without a float and without a copy where the layout allows it."""

from decimal import Decimal, localcontext

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from billcalc.bulk.column import Column

__all__ = ["NONE", "FloatColumnError", "as_column", "decimal_array", "decimal_words"]

_EXACT_TEXT = r"^-?[0-9]+(\.[0-9]+)?$"


class FloatColumnError(TypeError):
    """A column of binary floating-point numbers, which have lost their digits."""


def as_column(array: pa.Array) -> tuple[Column, NDArray[np.bool_]]:
    """A column of exact numbers from an array of integers, decimals or digit strings.

    Returns:
        The column, with 0 where the array has no exact number, and the rows that have none although they are not null.

    Raises:
        FloatColumnError: for a column of floats.
    """
    kind = array.type
    if pa.types.is_dictionary(kind):
        return as_column(array.dictionary_decode())
    none = np.zeros(len(array), dtype=np.bool_)
    if pa.types.is_floating(kind):
        raise FloatColumnError(str(kind))
    if pa.types.is_integer(kind):
        if pa.types.is_uint64(kind):
            return as_column(array.cast(pa.decimal128(20, 0)))
        numbers = pc.fill_null(array, 0).cast(pa.int64()).to_numpy(zero_copy_only=False)
        return Column.of(numbers, 0), none
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _from_text(array)
    if pa.types.is_decimal(kind):
        return _from_decimal(array.cast(pa.decimal128(38, kind.scale))), none
    wrong = pc.is_valid(array).to_numpy(zero_copy_only=False)
    return Column.constant(0), wrong


def _from_text(array: pa.Array) -> tuple[Column, NDArray[np.bool_]]:
    exact = pc.fill_null(pc.match_substring_regex(array, _EXACT_TEXT), False)  # noqa: FBT003 - pyarrow's signature
    short = pc.fill_null(pc.less_equal(pc.utf8_length(array), 30), False)  # noqa: FBT003
    usable = pc.and_(exact, short)
    wrong = pc.and_not(pc.is_valid(array), usable).to_numpy(zero_copy_only=False)
    text = pc.if_else(usable, array, "0")
    point = pc.find_substring(text, ".")
    places = pc.if_else(pc.less(point, 0), 0, pc.subtract(pc.subtract(pc.utf8_length(text), point), 1))
    scale = pc.max(places).as_py() or 0
    column = _from_decimal(text.cast(pa.decimal128(38, scale)))
    return column, wrong


def _from_decimal(array: pa.Array) -> Column:
    """128-bit integers as 64-bit ones where all fit, else as Python integers."""
    scale = array.type.scale
    if array.null_count:
        array = pc.fill_null(array, pa.scalar(Decimal(0), array.type))
    words = np.frombuffer(array.buffers()[1], dtype=np.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    low, high = words[:, 0], words[:, 1]
    if np.array_equal(high, low >> 63):
        return Column.of(np.ascontiguousarray(low), scale)
    wide = [(int(above) << 64) | (int(below) & (2**64 - 1)) for below, above in zip(low, high, strict=True)]
    return Column.of(np.array(wide, dtype=object), scale)


def decimal_words(column: Column, rows: int, places: int) -> NDArray[np.int64]:
    """A column as 128-bit integers with the stated places: pairs of 64-bit words, low word first, one for each row.

    Raises:
        pyarrow.ArrowInvalid: where a number has more places or more than 38 digits.
    """
    numbers = np.broadcast_to(column.numbers, (rows,))
    factor = 10 ** (places - column.scale) if places >= column.scale else 0
    largest = max(abs(column.low), abs(column.high)) * factor
    if numbers.dtype != object and factor and largest < 2**63:
        words = np.empty((rows, 2), dtype=np.int64)
        np.multiply(numbers, factor, out=words[:, 0])
        np.right_shift(words[:, 0], 63, out=words[:, 1])
        return words
    with localcontext(prec=80):
        exact = [Decimal(int(number)).scaleb(-column.scale) for number in numbers]
    array = pa.array(exact, type=pa.decimal128(38, max(places, column.scale))).cast(pa.decimal128(38, places))
    return np.frombuffer(array.buffers()[1], dtype=np.int64).reshape(-1, 2)[array.offset : array.offset + rows]


NONE = np.array([0, np.iinfo(np.int64).min], dtype=np.int64)
"""The words of a cell that has no number: no decimal of 38 digits reaches them."""


def decimal_array(words: NDArray[np.int64], places: int) -> pa.Array:
    """Pairs of 64-bit words as decimal128, without copying them; ``NONE`` becomes null."""
    words = np.ascontiguousarray(words)
    validity = None
    none = words[:, 1] == NONE[1]
    if none.any():
        validity = pa.py_buffer(np.packbits(~none, bitorder="little"))
    return pa.Array.from_buffers(pa.decimal128(38, places), len(words), [validity, pa.py_buffer(words)])
