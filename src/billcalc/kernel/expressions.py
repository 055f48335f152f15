"""Expressions: how a step comes about, as a small tree that every text, JSON and page is a rendering of.

A leaf is a place: the number of one of the step's operands. Above it stand the primitives of ``kernel.values`` under
their one name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["Choice", "Expression", "Operation", "Place", "Primitive", "Rounded", "with_places"]


class Primitive(StrEnum):
    """What a rule may do to values; each word is how a formula writes it."""

    SUM = "+"
    DIFFERENCE = "-"
    PRODUCT = "×"
    NEGATIVE = "neg"
    MAXIMUM = "max"
    MINIMUM = "min"
    ROUNDED = "round"
    QUOTIENT = "quotient"
    COSPHI = "cosphi"
    LOOK_UP = "table"
    ALLOCATE = "share"
    CHOOSE = "choose"
    NAMED = "name"


@dataclass(frozen=True, slots=True)
class Place:
    """An operand of the step, by its place among them."""

    index: int


@dataclass(frozen=True, slots=True)
class Operation:
    """A primitive on expressions, before any rounding of its own.

    Attributes:
        primitive: which one; a rounding and a choice have nodes of their own, and a name begins another step.
        operands: in its order; a sum of sums is one sum, and so with products, with what is taken off in turn, and with
            the largest of many; of an allocation the whole, the weight of the part, and the sum of the weights.
    """

    primitive: Primitive
    operands: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Rounded:
    """An expression rounded to a step inside a formula; what rounds the whole step stands beside it."""

    of: "Expression"
    step: Decimal


@dataclass(frozen=True, slots=True)
class Choice:
    """The branch taken, and the comparison that decided it, turned so that it holds."""

    taken: "Expression"
    left: "Expression"
    sign: str
    right: "Expression"


Expression = Place | Operation | Rounded | Choice


def with_places(expression: Expression, at: Callable[[int], Expression]) -> Expression:
    """The expression with another one at each of its places.

    >>> with_places(Rounded(Place(0), Decimal(1)), {0: Place(2)}.__getitem__)
    Rounded(of=Place(index=2), step=Decimal('1'))
    """
    match expression:
        case Place(index):
            return at(index)
        case Operation(primitive, operands):
            return Operation(primitive, tuple([with_places(operand, at) for operand in operands]))
        case Rounded(of, step):
            return Rounded(with_places(of, at), step)
        case _:
            taken, left, right = (
                with_places(each, at) for each in (expression.taken, expression.left, expression.right)
            )
            return Choice(taken, left, expression.sign, right)
