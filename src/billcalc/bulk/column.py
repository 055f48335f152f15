"""Column values: one exact number for each of many bills, as integers with a decimal scale.

A column holds int64 numbers with one scale: the value of a row is number ÷ 10^scale. Beside them it keeps bounds on
what the numbers can be, and every operation computes the bounds of its result first, in Python's unbounded integers.
Where they would leave 64 bits, the bounds are taken anew from the numbers themselves, and where that does not help, the
operation runs on Python integers (an object array) instead: slower, never wrapped. A number that is the same in every
row is a zero-dimensional array, so constants cost one multiplication per row and no memory; among themselves they are
combined once for all rows, as Python integers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
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

CONSTANTS_MAX = 4096
"""How many constants are kept: the rules and prices of a plan come back with every chunk."""


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

    @staticmethod
    def constant(number: Number) -> "Column":
        """One number for all rows."""
        return _constant(number)

    @property
    def is_constant(self) -> bool:
        """Whether all rows have one number."""
        return not self.numbers.shape

    @property
    def integer(self) -> int:
        """The integer of all rows of a constant."""
        integer: int = self.numbers.item()
        return integer

    def of_rows(self, rows: NDArray[Any] | slice) -> "Column":
        """Some rows, by their places, by a mask or as a stretch, with their own bounds."""
        return self if self.is_constant else Column.of(self.numbers[rows], self.scale)

    def __repr__(self) -> str:
        return f"Column({self.numbers!r}, scale={self.scale})"

    def __add__(self, other: Value | Number) -> "Column":
        left, right = _aligned(self, _column(other))
        if left.is_constant and right.is_constant:
            return _same_in_all_rows(left.integer + right.integer, left.scale)
        low, high = _sum_bounds(left, right)
        if not _fits(low, high):
            left, right = _fitting(left, right, _sum_bounds)
            low, high = _sum_bounds(left, right)
        return Column(left.numbers + right.numbers, left.scale, low, high)

    def __sub__(self, other: Value | Number) -> "Column":
        return self + -_column(other)

    def __mul__(self, other: Value | Number) -> "Column":
        left, right = self, _column(other)
        if left.is_constant and right.is_constant:
            return _same_in_all_rows(left.integer * right.integer, left.scale + right.scale)
        low, high = _product_bounds(left, right)
        if not _fits(low, high):
            left, right = _fitting(left, right, _product_bounds)
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

    def maximum(self, other: Value) -> "Column":
        """See ``values.maximum``."""
        left, right = _aligned(self, _column(other))
        numbers = np.maximum(left.numbers, right.numbers)
        return Column(numbers, left.scale, max(left.low, right.low), max(left.high, right.high))

    def minimum(self, other: Value) -> "Column":
        """See ``values.minimum``."""
        left, right = _aligned(self, _column(other))
        numbers = np.minimum(left.numbers, right.numbers)
        return Column(numbers, left.scale, min(left.low, right.low), min(left.high, right.high))

    def total(self, others: Sequence[Value]) -> "Column":
        """See ``values.total``."""
        result = self
        for other in others:
            result = result + other
        return result

    def rounded(self, rounding: Rounding) -> "Column":
        """See ``values.rounded``."""
        return self.quotient(_ONE, rounding)

    def quotient(self, divisor: Value, rounding: Rounding) -> "Column":
        """See ``values.quotient``.

        The result counts steps: round(n·10^-s ÷ (d·10^-t) ÷ (u·10^-v)) = round(n·10^(t+v) ÷ (d·u·10^s)), u·10^-v being
        the step.
        """
        below = _column(divisor)
        step = Column.constant(rounding.step)
        unit = step.integer
        power = below.scale + step.scale - self.scale
        if unit == 1 and below is _ONE and power >= 0:
            return self
        above = self._scaled(power, self.scale) if power > 0 else self
        below = below * (unit * 10 ** max(-power, 0))
        above, below = _doubled_fits(above, below)
        negative, positive = above.low < 0, below.low > 0
        counts = integers.quotient(above.numbers, below.numbers, above_is_negative=negative, below_is_positive=positive)
        largest = max(abs(above.low), abs(above.high)) + 1
        smallest_divisor = max(1, min(abs(below.low), abs(below.high)) if below.low * below.high > 0 else 1)
        bound = largest // smallest_divisor + 1
        low, high = (-bound if negative or not positive else 0), bound
        result = Column(counts, 0, low, high) * unit
        return Column(result.numbers, step.scale, result.low, result.high)

    def cosphi(self, reactive: Value, rounding: Rounding) -> "Column":
        """See ``values.cosphi``."""
        active, other = _aligned(self, _column(reactive))
        step = Column.constant(rounding.step)
        steps = int(1 / rounding.step)
        counts = integers.cosphi(active.numbers, other.numbers, steps)
        return Column(counts * step.integer, step.scale, 0, steps * step.integer)

    def look_up(self, table: Mapping[Decimal, Decimal], source: Source | None, unit: str) -> "Column":
        """See ``values.look_up``."""
        keys, entries = _table(tuple(table.items()))
        wanted, keys = _aligned(self, keys)
        rows = np.minimum(np.searchsorted(keys.numbers, wanted.numbers), len(table) - 1)
        return Column(entries.numbers[rows], entries.scale, entries.low, entries.high)

    def allocate(self, weights: Sequence[Value], step: Decimal) -> tuple["Column", ...]:
        """See ``values.allocate``: the running sums are rounded, and each part is the difference of two of them."""
        columns = [_column(weight) for weight in weights]
        all_weights = columns[0].total(columns[1:])
        rounding = Rounding(step)
        parts: list[Column] = []
        so_far: Column = Column.constant(0)
        weight_so_far: Column = Column.constant(0)
        for weight in columns[:-1]:
            weight_so_far = weight_so_far + weight
            reached = (self * weight_so_far).quotient(all_weights, rounding)
            parts.append(reached - so_far)
            so_far = reached
        return (*parts, self - so_far)

    def named(self, term: Term, qualifiers: tuple[str, ...], source: Source | None) -> Self:
        """See ``values.named``: a column keeps no name."""
        return self

    def _scaled(self, power: int, scale: int) -> "Column":
        """The integers × 10^power under a scale."""
        scaled = self * Column.constant(10**power)
        return Column(scaled.numbers, scale, scaled.low, scaled.high)


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


@lru_cache(CONSTANTS_MAX)
def _same_in_all_rows(integer: int, scale: int) -> Column:
    numbers = np.array(integer, dtype=np.int64 if _fits(integer, integer) else object)
    numbers.flags.writeable = False
    return Column(numbers, scale, integer, integer)


@lru_cache(CONSTANTS_MAX)
def _constant(number: Number) -> Column:
    """A constant; of equal numbers it is that of the first, which may have been written with other places."""
    scale = places_of(number)
    return _same_in_all_rows(_scaled_integer(number, scale), scale)


@lru_cache(CONSTANTS_MAX)
def _table(entries: Sequence[tuple[Decimal, Decimal]]) -> tuple[Column, Column]:
    """The keys of a table in order, and their entries."""
    ordered = sorted(entries)
    return _of_decimals([key for key, _ in ordered]), _of_decimals([entry for _, entry in ordered])


def _of_decimals(numbers: Sequence[Decimal]) -> Column:
    scale = max(map(places_of, numbers))
    return Column.of(np.array([_scaled_integer(number, scale) for number in numbers], dtype=np.int64), scale)


def _column(other: Value | Number) -> Column:
    if type(other) is Column:  # of what is none an abstract class is asked at length
        return other
    assert isinstance(other, Decimal | int), "values of two kinds met in one rule"
    return Column.constant(other)


def _aligned(left: Column, right: Column) -> tuple[Column, Column]:
    """Both columns under the larger of their scales."""
    if left.scale < right.scale:
        left = left._scaled(right.scale - left.scale, right.scale)
    elif right.scale < left.scale:
        right = right._scaled(left.scale - right.scale, left.scale)
    return left, right


def _sum_bounds(left: Column, right: Column) -> tuple[int, int]:
    return left.low + right.low, left.high + right.high


def _product_bounds(left: Column, right: Column) -> tuple[int, int]:
    if left.low >= 0 and right.low >= 0:
        return left.low * right.low, left.high * right.high
    products = (left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high)
    return min(products), max(products)


def _fits(low: int, high: int) -> bool:
    """Whether 64 bits hold every integer from the least to the largest."""
    return low >= _LOWEST and high <= _HIGHEST


def _fitting(left: Column, right: Column, bounds: Callable[[Column, Column], tuple[int, int]]) -> tuple[Column, Column]:
    """The operands as they can be combined exactly: with tighter bounds, or as Python integers."""
    left, right = Column.of(left.numbers, left.scale), Column.of(right.numbers, right.scale)
    if _fits(*bounds(left, right)):
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


_ONE = Column.constant(1)
