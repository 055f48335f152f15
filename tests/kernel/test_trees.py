"""Rules made at random of all primitives: derived values, plain values and fractions give the same numbers."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from billcalc.kernel.decimals import parse_decimal
from billcalc.kernel.derived import Derived
from billcalc.kernel.scalars import DerivedArithmetic, PlainArithmetic, number_of
from billcalc.kernel.steps import sources_of, steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import (
    Arithmetic,
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

TABLE = {Decimal(0): Decimal("0.15"), Decimal(1): Decimal(0), Decimal(2): Decimal("-0.0075")}


class Tree(NamedTuple):
    """One operation on trees; a leaf has a number and no operands."""

    operation: str
    operands: tuple["Tree", ...] = ()
    number: Decimal = Decimal(1)
    """A leaf's number, the step of a rounding, or a bare factor."""


OPERANDS = {
    "+": 2,
    "-": 2,
    "×": 2,
    "plus number": 1,
    "minus number": 1,
    "times number": 1,
    "negative": 1,
    "absolute": 1,
    "max": 2,
    "min": 2,
    "total": 3,
    "round": 1,
    "quotient": 2,
    "cosphi": 2,
    "table": 1,
    "first share": 3,
    "last share": 3,
    "<": 4,
    "≤": 4,
    ">": 4,
    "≥": 4,
    "name": 1,
}
STEPS = ["1", "0.1", "0.01", "0.05", "0.000001"]

leaves = st.builds(
    lambda number: Tree("leaf", number=number),
    st.decimals(min_value=-1000, max_value=1000, places=2) | st.integers(-3, 3).map(Decimal),
)


def branches(below: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    steps = st.sampled_from(STEPS).map(parse_decimal)
    return st.sampled_from(sorted(OPERANDS)).flatmap(
        lambda operation: st.builds(Tree, st.just(operation), st.tuples(*([below] * OPERANDS[operation])), number=steps)
    )


trees = st.recursive(leaves, branches, max_leaves=12)


def rule(tree: Tree, of: Arithmetic) -> Value:
    """The tree as a rule over values."""
    operands = [rule(below, of) for below in tree.operands]
    if tree.operation == "leaf":
        return of.constant(tree.number, term=Term.AMOUNT)
    if len(operands) == 1:
        return on_one(tree.operation, operands[0], tree.number)
    if len(operands) == 2:
        return on_two(tree.operation, operands[0], operands[1], tree.number, of)
    return on_more(tree.operation, operands, tree.number)


def on_one(operation: str, value: Value, step: Decimal) -> Value:
    match operation:
        case "plus number":
            return 3 + value + step
        case "minus number":
            return value - step
        case "times number":
            return step * value * 3
        case "negative":
            return -value
        case "absolute":
            return absolute(value)
        case "round":
            return rounded(value, Rounding(step))
        case "name":
            return named(Term.LINE_ADJUSTMENT, value, operation)
    zero = value - value
    key = rounded(minimum(maximum(value, zero), zero + 2), Rounding(Decimal(1)))
    return look_up(key, TABLE)


def on_two(operation: str, first: Value, second: Value, step: Decimal, of: Arithmetic) -> Value:
    match operation:
        case "+":
            return first + second
        case "-":
            return first - second
        case "×":
            return first * second
        case "max":
            return maximum(first, second)
        case "min":
            return minimum(first, second)
        case "quotient":
            return quotient(first, second, Rounding(step))
    active = first * of.constant(1, term=Term.ACTIVE_ENERGY, unit="kWh")
    reactive = second * of.constant(1, term=Term.REACTIVE_ENERGY, unit="kvarh")
    return cosphi(active, reactive, Rounding(step))


def on_more(operation: str, values: Sequence[Value], step: Decimal) -> Value:
    match operation:
        case "total":
            return total(values)
        case "first share":
            return allocate(values[0], values[1:], step)[0]
        case "last share":
            return allocate(values[0], values[1:], step)[-1]
    left, right, then, otherwise = values
    match operation:
        case "<":
            return choose(left < right, then, otherwise)
        case "≤":
            return choose(left <= right, then, otherwise)
        case ">":
            return choose(left > right, then, otherwise)
    return choose(left >= right, then, otherwise)


def fraction(tree: Tree) -> Fraction:
    """The tree computed with fractions, without the kernel."""
    step = Fraction(tree.number)
    match tree.operation, [fraction(below) for below in tree.operands]:
        case "leaf", _:
            return step
        case "plus number", [only]:
            return only + step + 3
        case "minus number", [only]:
            return only - step
        case "times number", [only]:
            return only * step * 3
        case "negative", [only]:
            return -only
        case "absolute", [only]:
            return abs(only)
        case "name", [only]:
            return only
        case "round", [only]:
            return oracles.nearest_multiple(only, step)
        case "table", [only]:
            key = oracles.nearest_multiple(min(max(only, Fraction(0)), Fraction(2)), Fraction(1))
            return {0: Fraction(15, 100), 1: Fraction(0), 2: Fraction(-75, 10000)}[int(key)]
        case (("+" | "total"), several):
            return sum(several, Fraction(0))
        case "-", [first, second]:
            return first - second
        case "×", [first, second]:
            return first * second
        case "max", several:
            return max(several)
        case "min", several:
            return min(several)
        case "quotient", [above, below]:
            return oracles.nearest_multiple(above / below, step) if below else Fraction(0)
        case "cosphi", [active, reactive]:
            return oracles.rounded_power_factor(decimal(active), decimal(reactive), tree.number)
        case "first share", [whole, *weights]:
            return oracles.shares(whole, weights, step)[0]
        case "last share", [whole, *weights]:
            return oracles.shares(whole, weights, step)[-1]
    left, right, then, otherwise = map(fraction, tree.operands)
    holds = {"<": left < right, "≤": left <= right, ">": left > right, "≥": left >= right}
    return then if holds[tree.operation] else otherwise


def decimal(number: Fraction) -> Decimal:
    """The decimal of a fraction that has one: every rule's number has."""
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    return Decimal(f"{int(number * 10**places)}E-{places}")


@given(trees)
def test_derived_and_plain_values_and_fractions_agree_on_every_rule(tree: Tree) -> None:
    derived = number_of(rule(tree, DerivedArithmetic({})))
    plain = number_of(rule(tree, PlainArithmetic({})))
    assert str(derived) == str(plain)  # to the number of decimals
    assert Fraction(derived) == fraction(tree)


@given(trees)
def test_every_rule_can_be_told_in_steps_that_fill_their_formulas(tree: Tree) -> None:
    value = named(Term.TOTAL, rule(tree, DerivedArithmetic({})))
    assert isinstance(value, Derived)
    steps = steps_of(value)
    assert steps[-1].term == Term.TOTAL
    assert steps[-1].number == value.number
    for step in steps:
        assert step.formula.format(*step.operands)
        places = [f"{{{place}}}" for place in range(len(step.operands))]
        assert all(place in step.formula for place in places)
    assert sources_of(value) == ()
