"""Values: the numbers a rule works on, and the closed set of primitives it may use.

A rule is a plain function over values. It adds, subtracts and multiplies them with operators, compares them, and uses
the functions of this module for the rest; it never asks which kind of value it has. *Derived* values remember how they
came about, *plain* ones are the same without memory, *columns* hold one number for each of many bills.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Refusal
from billcalc.kernel.units import PURE

__all__ = [
    "Arithmetic",
    "Condition",
    "Number",
    "Rounding",
    "Truth",
    "Value",
    "absolute",
    "allocate",
    "bare",
    "choose",
    "cosphi",
    "look_up",
    "maximum",
    "minimum",
    "named",
    "quotient",
    "rounded",
    "total",
]

Number = Decimal | int
"""What may stand beside a value in a rule: a number of the rule's own data."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rounding to a step, halves away from zero, with what states it.

    Attributes:
        step: the last place kept, such as 0.01 [unit of the value].
        source: the document or convention that states it, or None for the smallest unit of money.
    """

    step: Decimal
    source: Source | None = None

    def __post_init__(self) -> None:
        assert self.step > 0, f"a rounding needs a step above zero, not {self.step}"


class Truth(Protocol):
    """The outcome of comparing two values."""

    def choose(self, then: "Value", otherwise: "Value") -> "Value":
        """The first where the comparison holds, else the second; both have been computed."""
        ...


Condition = Truth | bool
"""What a rule may decide by: a comparison of values, or a fact of the plan."""


class Value(ABC):
    """A number, whatever its kind."""

    __slots__ = ()

    @abstractmethod
    def __add__(self, other: "Value | Number") -> "Value": ...
    @abstractmethod
    def __sub__(self, other: "Value | Number") -> "Value": ...
    @abstractmethod
    def __mul__(self, other: "Value | Number") -> "Value": ...
    @abstractmethod
    def __neg__(self) -> "Value": ...
    @abstractmethod
    def __lt__(self, other: "Value | Number") -> Condition: ...
    @abstractmethod
    def __le__(self, other: "Value | Number") -> Condition: ...
    @abstractmethod
    def __gt__(self, other: "Value | Number") -> Condition: ...
    @abstractmethod
    def __ge__(self, other: "Value | Number") -> Condition: ...

    def __radd__(self, other: Number) -> "Value":
        return self + other

    def __rmul__(self, other: Number) -> "Value":
        return self * other

    def bare(self) -> "Value":
        """See ``bare``."""
        return self

    @abstractmethod
    def maximum(self, other: "Value") -> "Value":
        """See ``maximum``."""

    @abstractmethod
    def minimum(self, other: "Value") -> "Value":
        """See ``minimum``."""

    @abstractmethod
    def total(self, others: Sequence["Value"]) -> "Value":
        """See ``total``."""

    @abstractmethod
    def rounded(self, rounding: Rounding) -> "Value":
        """See ``rounded``."""

    @abstractmethod
    def quotient(self, divisor: "Value", rounding: Rounding) -> "Value":
        """See ``quotient``."""

    @abstractmethod
    def cosphi(self, reactive: "Value", rounding: Rounding) -> "Value":
        """See ``cosphi``."""

    @abstractmethod
    def look_up(self, table: Mapping[Decimal, Decimal], source: Source | None, unit: str) -> "Value":
        """See ``look_up``."""

    @abstractmethod
    def allocate(self, weights: Sequence["Value"], step: Decimal) -> tuple["Value", ...]:
        """See ``allocate``."""

    @abstractmethod
    def named(self, term: Term, qualifiers: tuple[str, ...], source: Source | None) -> "Value":
        """See ``named``."""


class Arithmetic(Protocol):
    """Makes values of one kind and hears what must hold of them; ``billing.evaluate`` never asks which it is given."""

    def constant(
        self, number: Number, *, term: Term, of: tuple[str, ...] = (), unit: str = "1", source: Source | None = None
    ) -> Value:
        """A number of the rule or the tariff."""
        ...

    def input(self, slot: Slot) -> Value:
        """A number of the customer, by its slot."""
        ...

    def require(self, truth: Condition, trouble: Refusal | Fault, **facts: Value) -> None:
        """Refuse the bill (of the row), or find its input faulty, where the truth does not hold."""
        ...

    def settle(self) -> None:
        """Raise the faults that were found so far; further on the numbers are taken to be sound."""
        ...

    def report(self, truth: Condition, problem: Problem, **facts: Value) -> None:
        """Put a problem on the bill (of the row) where the truth holds; the facts are filled into its sentence."""
        ...


def choose(truth: Condition, then: Value, otherwise: Value) -> Value:
    """``then`` where the comparison holds, else ``otherwise``. Both are computed: primitives are total functions."""
    if isinstance(truth, bool):
        return then if truth else otherwise
    return truth.choose(then, otherwise)


def maximum(first: Value, second: Value) -> Value:
    """The larger of two values; the first when they are equal."""
    return first.maximum(second)


def minimum(first: Value, second: Value) -> Value:
    """The smaller of two values; the first when they are equal."""
    return first.minimum(second)


def absolute(value: Value) -> Value:
    """The value without its sign."""
    return value.maximum(-value)


def total(values: Sequence[Value]) -> Value:
    """The sum of at least one value."""
    assert values, "a sum of nothing has no unit: leave the line out instead"
    return values[0] if len(values) == 1 else values[0].total(values[1:])


def rounded(value: Value, rounding: Rounding) -> Value:
    """The nearest multiple of the step; halves go away from zero, so −0.005 becomes −0.01."""
    return value.rounded(rounding)


def quotient(numerator: Value, divisor: Value, rounding: Rounding) -> Value:
    """The exact quotient numerator ÷ divisor, rounded once; 0 where the divisor is 0 (a total function)."""
    return numerator.quotient(divisor, rounding)


def cosphi(active: Value, reactive: Value, rounding: Rounding) -> Value:
    """The power factor W ÷ √(W² + Q²), rounded half up without ever taking the root; 1 where both are 0, 0 for W < 0.

    Source: (83)水电财字第215号, the table's first column.
    """
    return active.cosphi(reactive, rounding)


def look_up(value: Value, table: Mapping[Decimal, Decimal], source: Source | None = None, *, unit: str = PURE) -> Value:
    """The table's entry for the value [unit]; the table has one for every value that can come."""
    return value.look_up(table, source, unit)


def allocate(whole: Value, weights: Sequence[Value], step: Decimal) -> tuple[Value, ...]:
    """Split a whole by weights into multiples of the step that sum to it exactly.

    The running sums are rounded, not the parts: part k is round(whole × w₁..ₖ ÷ w) less the parts before it, so no part
    is more than one step off its exact share and the last takes no remainder of its own. Where the weights sum to 0 the
    last part is the whole. What the whole has below the step goes to the last part.
    """
    assert weights, "a whole is split into at least one part"
    assert step > 0, f"an allocation needs a step above zero, not {step}"
    return whole.allocate(weights, step)


def bare(value: Value) -> Value:
    """The same value without how it came about: what is only held against others, and shown nowhere, need not know."""
    return value.bare()


def named(term: Term, value: Value, *of: str, source: Source | None = None) -> Value:
    """The same value under a name of the field: what a step of the derivation shows."""
    return value.named(term, of, source)
