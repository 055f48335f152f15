"""Plain values: exact decimals without memory, for speed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Self

from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.kernel.numbers import allocated_numbers, cosphi_number, quotient_number, rounded_number
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Number, Rounding, Value

__all__ = ["Plain"]


class Plain(Value):
    """One exact number."""

    __slots__ = ("number",)

    def __init__(self, number: Decimal) -> None:
        self.number = number

    def __repr__(self) -> str:
        return f"Plain({self.number})"

    def __add__(self, other: Value | Number) -> "Plain":
        return Plain(EXACT.add(self.number, _number(other)))

    def __sub__(self, other: Value | Number) -> "Plain":
        return Plain(EXACT.subtract(self.number, _number(other)))

    def __mul__(self, other: Value | Number) -> "Plain":
        return Plain(EXACT.multiply(self.number, _number(other)))

    def __neg__(self) -> "Plain":
        return Plain(EXACT.minus(self.number))

    def __lt__(self, other: Value | Number) -> bool:
        return self.number < _number(other)

    def __le__(self, other: Value | Number) -> bool:
        return self.number <= _number(other)

    def __gt__(self, other: Value | Number) -> bool:
        return self.number > _number(other)

    def __ge__(self, other: Value | Number) -> bool:
        return self.number >= _number(other)

    def maximum(self, other: Value) -> "Plain":
        """See ``values.maximum``."""
        other = _plain(other)
        return other if other.number > self.number else self

    def minimum(self, other: Value) -> "Plain":
        """See ``values.minimum``."""
        other = _plain(other)
        return other if other.number < self.number else self

    def total(self, others: Sequence[Value]) -> "Plain":
        """See ``values.total``."""
        return Plain(exact_sum((self.number, *(_number(other) for other in others))))

    def rounded(self, rounding: Rounding) -> "Plain":
        """See ``values.rounded``."""
        return Plain(rounded_number(self.number, rounding.step))

    def quotient(self, divisor: Value, rounding: Rounding) -> "Plain":
        """See ``values.quotient``."""
        return Plain(quotient_number(self.number, _number(divisor), rounding.step))

    def cosphi(self, reactive: Value, rounding: Rounding) -> "Plain":
        """See ``values.cosphi``."""
        return Plain(cosphi_number(self.number, _number(reactive), rounding.step))

    def look_up(self, table: Mapping[Decimal, Decimal], source: Source | None, unit: str) -> "Plain":
        """See ``values.look_up``."""
        return Plain(table[self.number])

    def allocate(self, weights: Sequence[Value], step: Decimal) -> tuple["Plain", ...]:
        """See ``values.allocate``."""
        parts = allocated_numbers(self.number, [_number(weight) for weight in weights], step)
        return tuple(Plain(part) for part in parts)

    def named(self, term: Term, qualifiers: tuple[str, ...], source: Source | None) -> Self:
        """See ``values.named``: a plain value keeps no name."""
        return self


def _plain(value: Value) -> Plain:
    assert isinstance(value, Plain), "values of two kinds met in one rule"
    return value


def _number(other: Value | Number) -> Decimal:
    if isinstance(other, Decimal):
        return other
    if isinstance(other, int):
        return Decimal(other)
    assert isinstance(other, Plain), "beside a value may stand one of its own kind, a Decimal or an int"
    return other.number
