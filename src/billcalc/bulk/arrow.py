"""Arrow arrays ⇄ columns of integers, without a float and without a copy where the layout allows it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from billcalc.bulk.column import Column
from billcalc.kernel.decimals import decimal_text

__all__ = ["NONE", "Read", "as_column", "decimal_array", "last_digits", "unstorable", "write_decimals"]

DIGITS_MAX, PLACES_MAX = 15, 12
"""What columns are for: numbers with so many digits before the point, and so many decimals, keep to 64 bits."""

_EXACT_TEXT = r"^-?[0-9]+(\.[0-9]+)?$"
# As scalars of Arrow's: of a bare number it finds the type by itself, and looks on the disk for a package that it might
# be of, for a tenth of a millisecond each time.
_FALSE = pa.scalar(False, pa.bool_())  # noqa: FBT003 - pyarrow's signature
_NOUGHT = pa.scalar("0", pa.large_string())
_0, _1 = pa.scalar(0, pa.int64()), pa.scalar(1, pa.int64())
_DIGITS, _PLACES = pa.scalar(DIGITS_MAX, pa.int64()), pa.scalar(PLACES_MAX, pa.int64())
_CHARACTERS_MAX = pa.scalar(40, pa.int64())
"""What a number of a request may have (see ``kernel.decimals``)."""


@dataclass(frozen=True, slots=True)
class Read:
    """What an array of numbers holds.

    Attributes:
        column: the numbers, with 0 where there is none.
        wrong: the rows that are neither null nor an exact number.
        outside: the rows whose number has more digits than columns are for.
    """

    column: Column
    wrong: NDArray[np.bool_]
    outside: NDArray[np.bool_]


def as_column(array: pa.Array) -> Read:
    """Read exact numbers from an array of integers, decimals or digit strings."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return as_column(array.dictionary_decode())
    none = np.zeros(len(array), dtype=np.bool_)
    assert not pa.types.is_floating(kind), "floats have lost their digits, and the schema was checked"
    if pa.types.is_uint64(kind):
        return as_column(array.cast(pa.decimal128(20, 0)))
    if pa.types.is_integer(kind):
        numbers = pc.fill_null(array, 0).cast(pa.int64()).to_numpy(zero_copy_only=False)
        return _within(Column.of(numbers, 0), none)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return _from_text(array.cast(pa.large_string()))
    if pa.types.is_decimal(kind):
        places = min(max(kind.scale, 0), PLACES_MAX)
        try:
            return _within(_from_decimal(array.cast(pa.decimal128(38, places))), none)
        except pa.ArrowInvalid:  # more decimals or digits than that
            texts = [None if number is None else decimal_text(number) for number in array.to_pylist()]
            return _from_text(pa.array(texts, pa.large_string()))
    wrong = pc.is_valid(array).to_numpy(zero_copy_only=False)
    return Read(Column.constant(0), wrong, none)


def _within(column: Column, none: NDArray[np.bool_]) -> Read:
    """A column without the numbers that have too many digits."""
    limit = 10 ** (DIGITS_MAX + column.scale)
    if -limit < column.low and column.high < limit:
        return Read(column, none, none)
    outside = (column.numbers <= -limit) | (column.numbers >= limit)
    return Read(Column.of(np.where(outside, 0, column.numbers), column.scale), none, outside.astype(np.bool_))


def _from_text(array: pa.Array) -> Read:
    exact = pc.fill_null(pc.match_substring_regex(array, _EXACT_TEXT), _FALSE)
    short = pc.fill_null(pc.less_equal(pc.utf8_length(array), _CHARACTERS_MAX), _FALSE)
    usable = pc.and_(exact, short)
    wrong = pc.and_not(pc.is_valid(array), usable).to_numpy(zero_copy_only=False)
    text = pc.if_else(usable, array, _NOUGHT)
    point = pc.find_substring(text, ".")
    length = pc.utf8_length(text)
    places = pc.if_else(pc.less(point, _0), _0, pc.subtract(pc.subtract(length, point), _1))
    before = pc.if_else(pc.less(point, _0), length, point)
    digits = pc.subtract(before, pc.if_else(pc.starts_with(text, "-"), _1, _0))
    outside = pc.or_(pc.greater(places, _PLACES), pc.greater(digits, _DIGITS))
    if pc.any(outside).as_py():
        text, places = pc.if_else(outside, _NOUGHT, text), pc.if_else(outside, _0, places)
    scale = pc.max(places).as_py() or 0
    column = _from_decimal(text.cast(pa.decimal128(38, scale)))
    return Read(column, wrong, outside.to_numpy(zero_copy_only=False))


def last_digits(array: pa.Array, column: Column) -> Column:
    """The place values of the last digits that numbers are written to; what is no text is written without last zeros.

    Args:
        array: of plain cells.
        column: what was read of it.
    """
    values = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        behind = pc.utf8_length(pc.replace_substring_regex(values, r"^[^.]*\.?", ""))
        places = pc.min_element_wise(pc.fill_null(behind, 0), column.scale).to_numpy(zero_copy_only=False)
        return Column.of(10 ** (column.scale - places.astype(np.int64)), column.scale)
    numbers = np.atleast_1d(column.numbers)
    steps = np.ones(len(numbers), dtype=np.int64)
    for places in range(1, column.scale + 1):
        steps = np.where(numbers % 10**places == 0, 10**places, steps)
    return Column.of(steps, column.scale)


def _from_decimal(array: pa.Array) -> Column:
    """128-bit integers as 64-bit ones where all fit, else as Python integers."""
    scale = array.type.scale
    if array.null_count:
        array = pc.fill_null(array, pa.scalar(Decimal(0), array.type))
    if len(array) == 0:  # it may have no buffer
        return Column.constant(0)
    words = np.frombuffer(array.buffers()[1], dtype=np.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    low, high = words[:, 0], words[:, 1]
    if np.array_equal(high, low >> 63):
        return Column.of(np.ascontiguousarray(low), scale)
    wide = [(int(above) << 64) | (int(below) & _LOW_WORD) for below, above in zip(low, high, strict=True)]
    return Column.of(np.array(wide, dtype=object), scale)


_LOW_WORD = 2**64 - 1


def unstorable(column: Column, rows: int, places: int) -> NDArray[np.bool_] | None:
    """The rows whose number has more decimals or digits than the results have; None where there is no such row."""
    spare = column.scale - places
    highest: int = 10**STORED_DIGITS_MAX
    if spare <= 0 and max(abs(column.low), abs(column.high)) * 10**-spare < highest:
        return None
    numbers = np.broadcast_to(column.numbers, (rows,)).astype(object)
    if spare <= 0:
        found = np.abs(numbers * 10**-spare) >= highest
    else:
        found = (numbers % 10**spare != 0) | (np.abs(numbers // 10**spare) >= highest)
    found = found.astype(np.bool_)
    return found if found.any() else None


STORED_DIGITS_MAX = 36
"""The digits of a number in the results: decimal128 has 38, and sums over a bill's lines must fit as well."""


def write_decimals(column: Column, words: NDArray[np.int64], places: int) -> None:
    """Write a column as 128-bit integers with the stated places.

    What is ``unstorable`` becomes some other number.

    Args:
        column: the numbers.
        words: takes a pair of 64-bit words for each row, low word first; it may be a part of a larger array.
        places: decimal places, at most 12.
    """
    numbers: NDArray[Any] = column.numbers
    factor = 10 ** (places - column.scale) if places >= column.scale else 0
    largest = max(abs(column.low), abs(column.high)) * factor
    if numbers.dtype != object and factor and largest < 2**63:
        np.multiply(numbers, factor, out=words[:, 0])
        if column.low < 0:
            np.right_shift(words[:, 0], 63, out=words[:, 1])
        else:
            words[:, 1] = 0
        return
    exact = np.atleast_1d(numbers).astype(object)
    exact = exact * factor if factor else exact // 10 ** (column.scale - places)
    words[:, 0] = (exact & _LOW_WORD).astype(np.uint64).view(np.int64)
    words[:, 1] = ((exact >> 64) & _LOW_WORD).astype(np.uint64).view(np.int64)


NONE = np.array([0, np.iinfo(np.int64).min], dtype=np.int64)
"""The words of a cell that has no number: no decimal of 38 digits reaches them."""


def decimal_array(words: NDArray[np.int64], places: int, *, nullable: bool = True) -> pa.Array:
    """Pairs of 64-bit words as decimal128, without copying them.

    Args:
        words: low word first.
        places: decimal places.
        nullable: whether ``NONE`` may be among them, which becomes null.
    """
    validity = None
    if nullable:
        none = words[:, 1] == NONE[1]
        if none.any():
            validity = pa.py_buffer(np.packbits(~none, bitorder="little"))
    return pa.Array.from_buffers(pa.decimal128(38, places), len(words), [validity, pa.py_buffer(words)])
