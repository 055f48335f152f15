"""Column values: one exact number for each of many bills, as integers with a decimal scale.

A column holds int64 numbers with one scale: the value of a row is number ÷ 10^scale. Beside them it keeps bounds on
what the numbers can be, and every operation computes the bounds of its result first, in Python's unbounded integers.
Where they would leave 64 bits, the bounds are taken anew from the numbers themselves, and where that does not help, the
operation runs on Python integers (an object array) instead: slower, never wrapped. A number that is the same in every
row is a zero-dimensional array, so constants cost one multiplication per row and no memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from billcalc.bulk import integers
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Number, Rounding, Value

__all__ = ["Column", "Mask", "places_of"]

_LOWEST, _HIGHEST = -(2**63) + 1, 2**63 - 1

Integers = NDArray[Any]
"""int64, or object where a row needs more than 64 bits."""


class Column(Value):
    """Exact decimals of many bills.

    Attributes:
        numbers: the integers; int64, or Python integers where 64 bits are too few.
        scale: the decimal places of every number.
        low, high: bounds on the integers.
    """

    __slots__ = ("high", "low", "numbers", "scale")

    def __init__(self, numbers: Any, scale: int, low: int, high: int) -> None:
        if not isinstance(numbers, np.ndarray):  # numpy makes numbers of operations on zero-dimensional arrays
            numbers = np.array(numbers, dtype=object if isinstance(numbers, int) else np.int64)
        self.numbers = numbers
        self.scale = scale
        self.low = low
        self.high = high

    @classmethod
    def of(cls, numbers: Integers, scale: int) -> "Column":
        """A column of integers with their scale; the bounds are taken from them."""
        low, high = integers.bounds(numbers)
        return cls(numbers, scale, low, high)

    @classmethod
    def constant(cls, number: Number) -> "Column":
        """One number for all rows."""
        scale = places_of(number)
        integer = _scaled_integer(number, scale)
        narrow = _LOWEST <= integer <= _HIGHEST
        return cls(np.array(integer, dtype=np.int64 if narrow else object), scale, integer, integer)

    def __repr__(self) -> str:
        return f"Column({self.numbers!r}, scale={self.scale})"

    def __add__(self, other: Value | Number) -> "Column":
        left, right = _aligned(self, _column(other))
        low, high = left.low + right.low, left.high + right.high
        left, right = _fitting(low, high, left, right)
        return Column(left.numbers + right.numbers, left.scale, left.low + right.low, left.high + right.high)

    def __sub__(self, other: Value | Number) -> "Column":
        return self + -_column(other)

    def __mul__(self, other: Value | Number) -> "Column":
        right = _column(other)
        low, high = _product_bounds(self, right)
        left, right = _fitting(low, high, self, right, bounds=_product_bounds)
        low, high = _product_bounds(left, right)
        return Column(left.numbers * right.numbers, left.scale + right.scale, low, high)

    def __neg__(self) -> "Column":
        return Column(-self.numbers, self.scale, -self.high, -self.low)

    def __lt__(self, other: Value | Number) -> "Mask":
        left, right = _aligned(self, _column(other))
        return Mask(left.numbers < right.numbers)

    def __le__(self, other: Value | Number) -> "Mask":
        left, right = _aligned(self, _column(other))
        return Mask(left.numbers <= right.numbers)

    def __gt__(self, other: Value | Number) -> "Mask":
        left, right = _aligned(self, _column(other))
        return Mask(left.numbers > right.numbers)

    def __ge__(self, other: Value | Number) -> "Mask":
        left, right = _aligned(self, _column(other))
        return Mask(left.numbers >= right.numbers)

    def larger(self, other: Value) -> "Column":
        """See ``values.maximum``."""
        left, right = _aligned(self, _column(other))
        numbers = np.maximum(left.numbers, right.numbers)
        return Column(numbers, left.scale, max(left.low, right.low), max(left.high, right.high))

    def smaller(self, other: Value) -> "Column":
        """See ``values.minimum``."""
        left, right = _aligned(self, _column(other))
        numbers = np.minimum(left.numbers, right.numbers)
        return Column(numbers, left.scale, min(left.low, right.low), min(left.high, right.high))

    def plus_all(self, others: Sequence[Value]) -> "Column":
        """See ``values.total``."""
        result = self
        for other in others:
            result = result + other
        return result

    def round_to(self, rounding: Rounding) -> "Column":
        """See ``values.rounded``."""
        return self.divide(_ONE, rounding)

    def divide(self, divisor: Value, rounding: Rounding) -> "Column":
        """See ``values.quotient``.

        The result counts steps: round(n·10^-s ÷ (d·10^-t) ÷ (u·10^-v)) = round(n·10^(t+v) ÷ (d·u·10^s)), u·10^-v being
        the step.
        """
        below = _column(divisor)
        step = Column.constant(rounding.step)
        unit = int(step.numbers)
        power = below.scale + step.scale - self.scale
        if unit == 1 and below is _ONE and power >= 0:
            return self
        above = self._scaled(power) if power > 0 else self
        below = (below * unit)._scaled(-power) if power < 0 else below * unit
        above, below = _doubled_fits(above, below)
        counts = integers.divided(above.numbers, below.numbers, positive=above.low >= 0 and below.low > 0)
        largest = max(abs(above.low), abs(above.high)) + 1
        smallest_divisor = max(1, min(abs(below.low), abs(below.high)) if below.low * below.high > 0 else 1)
        bound = largest // smallest_divisor + 1
        low, high = (0 if above.low >= 0 and below.low > 0 else -bound), bound
        result = Column(counts, 0, low, high) * unit
        return Column(result.numbers, step.scale, result.low, result.high)

    def power_factor(self, reactive: Value, rounding: Rounding) -> "Column":
        """See ``values.cosphi``."""
        active, other = _aligned(self, _column(reactive))
        scale = places_of(rounding.step)
        steps = int(1 / rounding.step)
        counts = integers.cosphi(active.numbers, other.numbers, steps)
        unit = _scaled_integer(rounding.step, scale)
        return Column(counts * unit, scale, 0, steps * unit)

    def find(self, table: Mapping[Decimal, Decimal], source: Source | None) -> "Column":
        """See ``values.look_up``."""
        scale = max(places_of(entry) for entry in table.values())
        keys = sorted(table)
        entries = np.array([_scaled_integer(table[key], scale) for key in keys], dtype=np.int64)
        key_scale = max(self.scale, *(places_of(key) for key in keys))
        places = np.array([_scaled_integer(key, key_scale) for key in keys], dtype=np.int64)
        wanted = self._scaled(key_scale - self.scale).numbers
        rows = np.minimum(np.searchsorted(places, wanted), len(keys) - 1)
        return Column(entries[rows], scale, int(entries.min()), int(entries.max()))

    def share_out(self, weights: Sequence[Value], step: Decimal) -> tuple["Column", ...]:
        """See ``values.allocate``: the running sums are rounded, and each part is the difference of two of them."""
        columns = [_column(weight) for weight in weights]
        all_weights = columns[0].plus_all(columns[1:])
        rounding = Rounding(step)
        parts: list[Column] = []
        so_far: Column = Column.constant(0)
        weight_so_far: Column = Column.constant(0)
        for weight in columns[:-1]:
            weight_so_far = weight_so_far + weight
            reached = (self * weight_so_far).divide(all_weights, rounding)
            parts.append(reached - so_far)
            so_far = reached
        return (*parts, self - so_far)

    def called(self, term: Term, qualifiers: tuple[str, ...], source: Source | None) -> Self:
        """See ``values.named``: a column keeps no name."""
        return self

    def _scaled(self, power: int) -> "Column":
        """The integers × 10^power under the same scale."""
        factor = 10**power
        narrow = factor <= _HIGHEST
        ten = Column(np.array(factor, dtype=np.int64 if narrow else object), 0, factor, factor)
        scaled = self * ten
        return Column(scaled.numbers, self.scale, scaled.low, scaled.high)


@dataclass(frozen=True, slots=True)
class Mask:
    """The outcome of a comparison for each row."""

    rows: NDArray[np.bool_]

    def choose(self, then: Value, otherwise: Value) -> Column:
        """See ``values.choose``."""
        left, right = _aligned(_column(then), _column(otherwise))
        numbers = np.where(self.rows, left.numbers, right.numbers)
        return Column(numbers, left.scale, min(left.low, right.low), max(left.high, right.high))


def places_of(number: Number) -> int:
    """The decimal places a number is written with.

    >>> places_of(Decimal("0.041825")), places_of(30)
    (6, 0)
    """
    exponent = Decimal(number).as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def _scaled_integer(number: Number, scale: int) -> int:
    """number × 10^scale, which is whole."""
    return int(EXACT.scaleb(Decimal(number), scale))


_ONE = Column.constant(1)


def _column(other: Value | Number) -> Column:
    if isinstance(other, Column):
        return other
    assert not isinstance(other, Value), "values of two kinds met in one rule"
    return Column.constant(other)


def _aligned(left: Column, right: Column) -> tuple[Column, Column]:
    """Both columns under the larger of their scales."""
    if left.scale < right.scale:
        scaled = left._scaled(right.scale - left.scale)
        left = Column(scaled.numbers, right.scale, scaled.low, scaled.high)
    elif right.scale < left.scale:
        scaled = right._scaled(left.scale - right.scale)
        right = Column(scaled.numbers, left.scale, scaled.low, scaled.high)
    return left, right


def _sum_bounds(left: Column, right: Column) -> tuple[int, int]:
    return left.low + right.low, left.high + right.high


def _product_bounds(left: Column, right: Column) -> tuple[int, int]:
    products = (left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high)
    return min(products), max(products)


def _fitting(low: int, high: int, left: Column, right: Column, bounds: Any = _sum_bounds) -> tuple[Column, Column]:
    """The operands as they can be combined exactly: as they are, with tighter bounds, or as Python integers."""
    if low >= _LOWEST and high <= _HIGHEST:
        return left, right
    left, right = Column.of(left.numbers, left.scale), Column.of(right.numbers, right.scale)
    low, high = bounds(left, right)
    if low >= _LOWEST and high <= _HIGHEST:
        return left, right
    return _wide(left), _wide(right)


def _doubled_fits(above: Column, below: Column) -> tuple[Column, Column]:
    """Operands of a division, which doubles the numerator and adds the divisor to it."""
    room = _HIGHEST // 4
    if max(abs(above.low), abs(above.high), abs(below.low), abs(below.high)) <= room:
        return above, below
    above, below = Column.of(above.numbers, above.scale), Column.of(below.numbers, below.scale)
    if max(abs(above.low), abs(above.high), abs(below.low), abs(below.high)) <= room:
        return above, below
    return _wide(above), _wide(below)


def _wide(column: Column) -> Column:
    return Column(column.numbers.astype(object), column.scale, column.low, column.high)
