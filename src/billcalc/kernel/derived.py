"""Derived values: exact decimals that remember how they came about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from billcalc.kernel import units
from billcalc.kernel.decimals import EXACT, ZERO
from billcalc.kernel.expressions import Primitive
from billcalc.kernel.numbers import allocated_numbers, cosphi_number, quotient_number, rounded_number
from billcalc.kernel.plain import Plain
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.units import KVARH, KWH, PURE
from billcalc.kernel.values import Number, Rounding, Value

__all__ = ["Comparison", "Derived", "Share"]

Origin = Literal["given", "number"]

_SUM, _DIFFERENCE, _PRODUCT, _NEGATIVE = Primitive.SUM, Primitive.DIFFERENCE, Primitive.PRODUCT, Primitive.NEGATIVE
_MAXIMUM, _MINIMUM, _CHOOSE, _LOOK_UP = Primitive.MAXIMUM, Primitive.MINIMUM, Primitive.CHOOSE, Primitive.LOOK_UP
_ROUNDED, _QUOTIENT, _COSPHI, _ALLOCATE = Primitive.ROUNDED, Primitive.QUOTIENT, Primitive.COSPHI, Primitive.ALLOCATE
_NAMED = Primitive.NAMED
"""Bound once: to reach a member through its enumeration takes as long as to add two numbers."""


class Derived(Value):
    """A number with its unit and the operation that made it.

    Attributes:
        number: the exact number.
        unit: its unit.
        operation: ``given`` for numbers that come from outside, ``number`` for a rule's own, else what was done.
        operands: what it was done to; of a choice the branch taken, of an allocation the whole, the weight of the part
            and the sum of the weights.
        term, qualifiers: the name, where the number is given or named.
        rounding: of what rounds: a rounding, a quotient, a power factor, an allocation.
        comparison: of a choice.
        source: the document that states the number or the rule.
        pointer: of what comes from the request, its place there.
        share: of a part of a whole, which part it is.
    """

    __slots__ = (
        "comparison",
        "number",
        "operands",
        "operation",
        "pointer",
        "qualifiers",
        "rounding",
        "share",
        "source",
        "term",
        "unit",
    )

    def __init__(
        self,
        number: Decimal,
        unit: str,
        operation: Primitive | Origin,
        operands: "tuple[Derived, ...]" = (),
        *,
        term: Term | None = None,
        qualifiers: tuple[str, ...] = (),
        rounding: Rounding | None = None,
        comparison: "Comparison | None" = None,
        source: Source | None = None,
        pointer: str | None = None,
        share: "Share | None" = None,
    ) -> None:
        self.number = number
        self.unit = unit
        self.operation = operation
        self.operands = operands
        self.term = term
        self.qualifiers = qualifiers
        self.rounding = rounding
        self.comparison = comparison
        self.source = source
        self.pointer = pointer
        self.share = share

    def __repr__(self) -> str:
        return f"Derived({self.number} {self.unit}, {self.operation})"

    def __add__(self, other: Value | Number) -> "Derived":
        right = self._like(other)
        unit = units.summed(self.unit, right.unit)
        return Derived(EXACT.add(self.number, right.number), unit, _SUM, (self, right))

    def __sub__(self, other: Value | Number) -> "Derived":
        right = self._like(other)
        return Derived(EXACT.subtract(self.number, right.number), self._same_unit(right), _DIFFERENCE, (self, right))

    def __mul__(self, other: Value | Number) -> "Derived":
        right = _derived(other)
        unit = units.multiplied(self.unit, right.unit)
        return Derived(EXACT.multiply(self.number, right.number), unit, _PRODUCT, (self, right))

    def __rmul__(self, other: Number) -> "Derived":
        return _derived(other) * self

    def __radd__(self, other: Number) -> "Derived":
        return self._like(other) + self

    def __neg__(self) -> "Derived":
        return Derived(EXACT.minus(self.number), self.unit, _NEGATIVE, (self,))

    def __lt__(self, other: Value | Number) -> "Comparison":
        right = self._comparable(other)
        return Comparison(self.number < right.number, self, "<", right)

    def __le__(self, other: Value | Number) -> "Comparison":
        right = self._comparable(other)
        return Comparison(self.number <= right.number, self, "≤", right)

    def __gt__(self, other: Value | Number) -> "Comparison":
        right = self._comparable(other)
        return Comparison(self.number > right.number, self, ">", right)

    def __ge__(self, other: Value | Number) -> "Comparison":
        right = self._comparable(other)
        return Comparison(self.number >= right.number, self, "≥", right)

    def bare(self) -> Plain:
        """See ``values.bare``."""
        return Plain(self.number)

    def maximum(self, other: Value) -> "Derived":
        """See ``values.maximum``."""
        right = _derived(other)
        return Derived(max(self.number, right.number), self._same_unit(right), _MAXIMUM, (self, right))

    def minimum(self, other: Value) -> "Derived":
        """See ``values.minimum``."""
        right = _derived(other)
        return Derived(min(self.number, right.number), self._same_unit(right), _MINIMUM, (self, right))

    def total(self, others: Sequence[Value]) -> "Derived":
        """See ``values.total``."""
        operands = (self, *map(_derived, others))
        number = self.number
        for right in operands[1:]:
            self._same_unit(right)
            number = EXACT.add(number, right.number)
        return Derived(number, self.unit, _SUM, operands)

    def rounded(self, rounding: Rounding) -> "Derived":
        """See ``values.rounded``."""
        number = rounded_number(self.number, rounding.step)
        return Derived(number, self.unit, _ROUNDED, (self,), rounding=rounding)

    def quotient(self, divisor: Value, rounding: Rounding) -> "Derived":
        """See ``values.quotient``."""
        below = _derived(divisor)
        number = quotient_number(self.number, below.number, rounding.step)
        unit = units.divided(self.unit, below.unit)
        return Derived(number, unit, _QUOTIENT, (self, below), rounding=rounding)

    def cosphi(self, reactive: Value, rounding: Rounding) -> "Derived":
        """See ``values.cosphi``."""
        other = _derived(reactive)
        if (self.unit, other.unit) != (KWH, KVARH):
            raise units.UnitError(f"a power factor is of {KWH} and {KVARH}, not of {self.unit} and {other.unit}")
        number = cosphi_number(self.number, other.number, rounding.step)
        return Derived(number, PURE, _COSPHI, (self, other), rounding=rounding)

    def look_up(self, table: Mapping[Decimal, Decimal], source: Source | None, unit: str) -> "Derived":
        """See ``values.look_up``."""
        return Derived(table[self.number], unit, _LOOK_UP, (self,), source=source)

    def allocate(self, weights: Sequence[Value], step: Decimal) -> tuple["Derived", ...]:
        """See ``values.allocate``."""
        shared = [_derived(weight) for weight in weights]
        parts = allocated_numbers(self.number, [weight.number for weight in shared], step)
        rounding = Rounding(step)
        whole = shared[0] if len(shared) == 1 else shared[0].total(shared[1:])
        before, found = ZERO, []
        for index, (part, weight) in enumerate(zip(parts, shared, strict=True)):
            share = Share(before, is_last=index == len(shared) - 1)
            found.append(Derived(part, self.unit, _ALLOCATE, (self, weight, whole), rounding=rounding, share=share))
            before = EXACT.add(before, weight.number)
        return tuple(found)

    def named(self, term: Term, qualifiers: tuple[str, ...], source: Source | None) -> "Derived":
        """See ``values.named``."""
        return Derived(self.number, self.unit, _NAMED, (self,), term=term, qualifiers=qualifiers, source=source)

    def _like(self, other: Value | Number) -> "Derived":
        """The other operand; a bare number takes this value's unit, as in ``demand > 0``."""
        return other if isinstance(other, Derived) else Derived(_decimal(other), self.unit, "number")

    def _comparable(self, other: Value | Number) -> "Derived":
        right = self._like(other)
        self._same_unit(right)
        return right

    def _same_unit(self, other: "Derived") -> str:
        if self.unit != other.unit:
            raise units.UnitError(f"{self.unit} and {other.unit} do not go together")
        return self.unit


@dataclass(frozen=True, slots=True)
class Share:
    """Which part of an allocation a value is: its running sums begin where those of the parts before it end.

    Attributes:
        before: the sum of the weights before its own.
        is_last: it takes what the parts before it leave of the whole.
    """

    before: Decimal
    is_last: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of two derived values, kept for the derivation."""

    holds: bool
    left: Derived
    sign: str
    right: Derived

    def __bool__(self) -> bool:
        return self.holds

    def choose(self, then: Value, otherwise: Value) -> Derived:
        """See ``values.choose``."""
        taken = _derived(then if self.holds else otherwise)
        taken._same_unit(_derived(otherwise if self.holds else then))
        return Derived(taken.number, taken.unit, _CHOOSE, (taken,), comparison=self)


def _derived(other: Value | Number) -> Derived:
    if isinstance(other, Derived):
        return other
    return Derived(_decimal(other), PURE, "number")


def _decimal(other: Value | Number) -> Decimal:
    if isinstance(other, Decimal):
        return other
    assert isinstance(other, int), "beside a value may stand one of its own kind, a Decimal or an int"
    return Decimal(other)
