"""The formula of a step: as a person reads it, and as a sum that comes out right."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, reject

from billcalc.kernel.derived import Derived
from billcalc.kernel.scalars import DerivedArithmetic
from billcalc.kernel.steps import Step, steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import (
    Rounding,
    Value,
    absolute,
    allocate,
    choose,
    cosphi,
    look_up,
    maximum,
    minimum,
    named,
    quotient,
    rounded,
    total,
)
from tests.kernel import oracles
from tests.kernel.test_trees import TABLE, Tree, decimal, rule, trees

FEN = Rounding(Decimal("0.01"))
A, B, C, D = (Derived(Decimal(number), "1", "given", term=Term.AMOUNT) for number in (7, 5, 3, 2))
NEGATIVE = -A
ACTIVE = Derived(Decimal(4), "kWh", "given", term=Term.ACTIVE_ENERGY)
REACTIVE = Derived(Decimal(3), "kvarh", "given", term=Term.REACTIVE_ENERGY)


def step_of(value: Value) -> Step:
    result = named(Term.TOTAL, value)
    assert isinstance(result, Derived)
    return steps_of(result)[-1]


@pytest.mark.parametrize(
    ("value", "formula"),
    [
        (lambda: A, "{0}"),
        (lambda: A + B, "{0} + {1}"),
        (lambda: A + A, "{0} + {0}"),
        (lambda: A + 2, "{0} + {1}"),
        (lambda: A + B + C, "{0} + {1} + {2}"),
        (lambda: A + (B + C), "{0} + {1} + {2}"),
        (lambda: total([A, B - C, D]), "{0} + {1} − {2} + {3}"),
        (lambda: A - B, "{0} − {1}"),
        (lambda: A - B - C, "{0} − {1} − {2}"),
        (lambda: A - (B - C), "{0} − ({1} − {2})"),
        (lambda: A - (B + C), "{0} − ({1} + {2})"),
        (lambda: (A + B) - C, "{0} + {1} − {2}"),
        (lambda: A - B * C, "{0} − {1} × {2}"),
        (lambda: A * B * C, "{0} × {1} × {2}"),
        (lambda: A * (B * C), "{0} × {1} × {2}"),
        (lambda: A * (B + C), "{0} × ({1} + {2})"),
        (lambda: (A - B) * C, "({0} − {1}) × {2}"),
        (lambda: -A, "−{0}"),
        (lambda: -(A + B), "−({0} + {1})"),
        (lambda: -(A * B), "−({0} × {1})"),
        (lambda: -NEGATIVE, "−(−{0})"),
        (lambda: -A + B, "−{0} + {1}"),
        (lambda: A + -B, "{0} − {1}"),
        (lambda: A + (-B + C), "{0} − {1} + {2}"),
        (lambda: A + -(B + C), "{0} − ({1} + {2})"),
        (lambda: A + -(B * C), "{0} − {1} × {2}"),
        (lambda: A - -B, "{0} − (−{1})"),
        (lambda: A * -B, "{0} × (−{1})"),
        (lambda: -A * B, "(−{0}) × {1}"),
        (lambda: maximum(A, B + C), "max({0}, {1} + {2})"),
        (lambda: minimum(A, B) * C, "min({0}, {1}) × {2}"),
        (lambda: maximum(maximum(A, B), C), "max(max({0}, {1}), {2})"),
        (lambda: maximum(A, maximum(B, C)), "max({0}, max({1}, {2}))"),
        (lambda: minimum(minimum(A, B), maximum(C, D)), "min(min({0}, {1}), max({2}, {3}))"),
        (lambda: absolute(A), "max({0}, −{0})"),
        (lambda: look_up(C, {Decimal(3): Decimal(1)}), "table({0})"),
        (lambda: cosphi(ACTIVE, REACTIVE, FEN), "cosphi({0}, {1})"),
        (lambda: cosphi(ACTIVE, REACTIVE, FEN) * A, "round(cosphi({0}, {1}), 0.01) × {2}"),
        (lambda: rounded(A * B, FEN), "{0} × {1}"),
        (lambda: rounded(A - B, FEN), "{0} − {1}"),
        (lambda: rounded(A * B, FEN) + C, "round({0} × {1}, 0.01) + {2}"),
        (lambda: rounded(rounded(A, FEN), Rounding(Decimal("0.10"))), "round({0}, 0.01)"),
        (lambda: rounded(A, Rounding(Decimal("0.10"))) * 2, "round({0}, 0.1) × {1}"),
        (lambda: quotient(A, B, FEN), "{0} ÷ {1}"),
        (lambda: quotient(A + B, C * D, FEN), "({0} + {1}) ÷ ({2} × {3})"),
        (lambda: quotient(A * B, C + D, FEN), "{0} × {1} ÷ ({2} + {3})"),
        (lambda: quotient(A, -B, FEN), "{0} ÷ (−{1})"),
        (lambda: quotient(A, quotient(B, C, FEN), FEN), "{0} ÷ round({1} ÷ {2}, 0.01)"),
        (lambda: quotient(A, B, FEN) - C, "round({0} ÷ {1}, 0.01) − {2}"),
        (lambda: allocate(A, [B, C], Decimal(1))[0], "{0} × {1} ÷ ({1} + {2})"),
        (lambda: allocate(A + B, [C, D], Decimal(1))[1], "({0} + {1}) × {2} ÷ ({3} + {2})"),
        (lambda: allocate(A, [B], Decimal(1))[0], "{0} × {1} ÷ {1}"),
        (lambda: allocate(A, [B * C, D], Decimal(1))[0], "{0} × {1} × {2} ÷ ({1} × {2} + {3})"),
        (lambda: allocate(A, [B, C], Decimal(1))[0] + D, "round({0} × {1} ÷ ({1} + {2}), 1) + {3}"),
        (lambda: choose(A > B, C, D), "{0} [{1} > {2}]"),
        (lambda: choose(A >= B, C, D), "{0} [{1} ≥ {2}]"),
        (lambda: choose(B < A, C, D), "{0} [{1} < {2}]"),
        (lambda: choose(B <= A, C, D), "{0} [{1} ≤ {2}]"),
        (lambda: choose(B > A, C, D), "{0} [{1} ≤ {2}]"),
        (lambda: choose(B >= A, C, D), "{0} [{1} < {2}]"),
        (lambda: choose(A < B, C, D), "{0} [{1} ≥ {2}]"),
        (lambda: choose(A <= B, C, D), "{0} [{1} > {2}]"),
        (lambda: choose(A - B > C, A + B, D), "{0} [{1} − {2} ≤ {3}]"),
        (lambda: choose(A > B, A + B, D), "{0} + {1} [{0} > {1}]"),
        (lambda: choose(A > B, C, D) + A, "({0} [{1} > {2}]) + {1}"),
        (lambda: A + choose(A > B, C, D), "{0} + ({1} [{0} > {2}])"),
        (lambda: choose(A > B, C, D) * A, "({0} [{1} > {2}]) × {1}"),
        (lambda: -choose(A > B, C, D), "−({0} [{1} > {2}])"),
        (lambda: rounded(choose(A > B, C, D), FEN), "{0} [{1} > {2}]"),
        (lambda: maximum(choose(A > B, C, D), D), "max({0} [{1} > {2}], {3})"),
        (lambda: choose(A > B, choose(C > D, A, B), D), "{0} [{1} > {2}] [{0} > {3}]"),
        (lambda: choose(choose(A > B, C, D) > D, A, B), "{0} [({1} [{0} > {2}]) > {3}]"),
    ],
)
def test_a_formula_reads_like_the_rule(value: Callable[[], Value], formula: str) -> None:
    assert step_of(value()).formula == formula


def test_bare_numbers_of_the_rule_stand_in_the_formula_without_a_name() -> None:
    step = step_of(2 * A + 1)
    assert step.formula == "{0} × {1} + {2}"
    assert [(operand.term, operand.number) for operand in step.operands] == [
        (None, Decimal(2)),
        (Term.AMOUNT, Decimal(7)),
        (None, Decimal(1)),
    ]


def computed(formula: str, operands: Sequence[Fraction]) -> Fraction:
    """What a reader who works the formula out gets; a condition that is not true stops him.

    The signs become Python's, which bind in the same order; ``[…]`` becomes the condition of an expression.
    """
    text = re.sub(r"(?<=, )[0-9.]+(?=\))", r"step('\g<0>')", formula)
    text = re.sub(r"\{([0-9]+)\}", r"operands[\1]", text.replace("[", "if ").replace("]", " else untrue()"))
    for sign, operator in {"×": "*", "÷": "/", "−": "-", "≥": ">=", "≤": "<="}.items():
        text = text.replace(sign, operator)
    names = {
        "operands": operands,
        "step": Fraction,
        "round": oracles.nearest_multiple,
        "max": max,
        "min": min,
        "table": lambda key: Fraction(TABLE[Decimal(int(key))]),
        "cosphi": power_factor,
    }
    result = eval(text, names)
    assert isinstance(result, Fraction)
    return result


def power_factor(active: Fraction, reactive: Fraction) -> Fraction:
    if active <= 0:
        return Fraction(active == reactive == 0)
    return Fraction(oracles.power_factor(decimal(active), decimal(reactive)))


def has_shares(tree: Tree) -> bool:
    """A share is rounded by running sums, so its formula gives it to a step only."""
    return "share" in tree.operation or any(map(has_shares, tree.operands))


@example(Tree("cosphi", (Tree("leaf", number=Decimal(-1)), Tree("leaf", number=Decimal(-1)))))
@given(trees.filter(lambda tree: not has_shares(tree)))
def test_whoever_works_a_formula_out_gets_the_step_s_number(tree: Tree) -> None:
    result = named(Term.TOTAL, rule(tree, DerivedArithmetic({})))
    assert isinstance(result, Derived)
    for step in steps_of(result):
        try:
            worked_out = computed(step.formula, [Fraction(operand.number) for operand in step.operands])
        except ZeroDivisionError:
            reject()
        if step.rounded_to is None:
            assert worked_out == Fraction(step.number)
            continue
        assert oracles.nearest_multiple(worked_out, Fraction(step.rounded_to)) == Fraction(step.number)
        if step.exact is not None:
            error = abs(worked_out) - abs(Fraction(step.exact.rstrip("…")))
            assert 0 < error < Fraction(1, 10**8) if step.exact.endswith("…") else error == 0
