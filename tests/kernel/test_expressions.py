"""Expressions: what stands at a place can be another expression."""

from decimal import Decimal

import pytest

from billcalc.kernel.expressions import Choice, Expression, Operation, Place, Primitive, Rounded, with_places
from billcalc.kernel.formulas import formula

A, B, C, D = Place(0), Place(1), Place(2), Place(3)
PRODUCT = Operation(Primitive.PRODUCT, (A, C))
QUOTIENT = Operation(Primitive.QUOTIENT, (A, B))


def put(inner: Expression, into: Expression) -> str:
    """The formula of an expression with another one at its first place."""
    return formula(with_places(into, lambda index: Place(index) if index else inner))


@pytest.mark.parametrize(
    ("into", "inner", "text"),
    [
        (QUOTIENT, PRODUCT, "{0} × {2} ÷ {1}"),
        (QUOTIENT, Operation(Primitive.SUM, (PRODUCT, D)), "({0} × {2} + {3}) ÷ {1}"),
        (Operation(Primitive.QUOTIENT, (B, A)), PRODUCT, "{1} ÷ ({0} × {2})"),
        (Operation(Primitive.PRODUCT, (B, A)), Operation(Primitive.DIFFERENCE, (A, C)), "{1} × ({0} − {2})"),
        (Operation(Primitive.PRODUCT, (A, B)), QUOTIENT, "{0} ÷ {1} × {1}"),
        (Operation(Primitive.PRODUCT, (B, A)), Choice(A, C, ">", D), "{1} × ({0} [{2} > {3}])"),
        (Rounded(A, Decimal("0.1")), PRODUCT, "round({0} × {2}, 0.1)"),
        (Choice(A, A, ">", B), PRODUCT, "{0} × {2} [{0} × {2} > {1}]"),
    ],
)
def test_an_expression_is_put_into_another(into: Expression, inner: Expression, text: str) -> None:
    assert put(inner, into) == text


def test_equal_expressions_are_one_value() -> None:
    assert Operation(Primitive.PRODUCT, (A, C)) == PRODUCT
    assert len({PRODUCT, Operation(Primitive.PRODUCT, (A, C)), Operation(Primitive.SUM, (A, C))}) == 2
