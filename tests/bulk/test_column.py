"""Columns do in every row what a plain value does, at every size and sign: the law that bulk rests on."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.bulk.column import Column, Mask, places_of
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.plain import Plain
from billcalc.kernel.terms import Term
from billcalc.kernel.values import (
    Condition,
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
from tests.bulk.columns import (
    ROWS,
    Pair,
    assert_same,
    column_of,
    constant,
    near_edges,
    numbers_of,
    pair_of,
    pairs,
    truths_of,
)

STEPS = st.sampled_from(
    [Decimal(step) for step in ("1", "0.01", "0.000001", "0.05", "0.25", "10", "1000", "3", "7E-12")]
)
HALVES = pair_of([5, -5, 15, -25], 3)
EDGE = pair_of([2**63 - 1, -(2**63) + 1, 2**62, 1], 0)
PAST_EDGE = pair_of([2**63, -(2**64), 10**30, 0], 0)


@given(pairs(), pairs())
@example(EDGE, EDGE)
@example(EDGE, constant(1))
@example(PAST_EDGE, constant(Decimal("0.01")))
@example(constant(2**62), constant(2**62))
@pytest.mark.parametrize(
    "operation",
    [
        lambda left, right: left + right,
        lambda left, right: left - right,
        lambda left, right: left * right,
        maximum,
        minimum,
        lambda left, right: absolute(left) + right,
        lambda left, right: total([left, right, right]),
        lambda left, right: choose(left > right, left, right),
        lambda left, right: choose(left <= right, right, left) * left,
    ],
    ids=["+", "-", "*", "maximum", "minimum", "absolute", "total", "choose", "chained"],
)
def test_an_operation_on_two_values(operation: Callable[..., Value], left: Pair, right: Pair) -> None:
    assert_same(operation, left, right)


@given(pairs())
@example(PAST_EDGE)
@pytest.mark.parametrize(
    "operation",
    [
        lambda value: -value,
        lambda value: value * Decimal("1.05"),
        lambda value: 3 * value,
        lambda value: value + 10**18,
        lambda value: Decimal("0.000000000001") + value,
        lambda value: value - 7,
        lambda value: total([value]),
        lambda value: named(Term.TOTAL, value),
    ],
)
def test_an_operation_with_a_number_of_the_rule(operation: Callable[[Value], Value], value: Pair) -> None:
    assert_same(operation, value)


@given(pairs(), pairs())
@example(EDGE, PAST_EDGE)
@example(HALVES, HALVES)
@pytest.mark.parametrize(
    "compare",
    [
        lambda left, right: left < right,
        lambda left, right: left <= right,
        lambda left, right: left > right,
        lambda left, right: left >= right,
    ],
    ids=["<", "<=", ">", ">="],
)
def test_a_comparison(compare: Callable[[Value, Value], Condition], left: Pair, right: Pair) -> None:
    found = truths_of(compare(left.column, right.column))
    assert found == [compare(one, other) for one, other in zip(left.plain, right.plain, strict=True)]


@given(pairs(), STEPS)
@example(HALVES, Decimal("0.01"))
@example(HALVES, Decimal("0.001"))
@example(EDGE, Decimal("10"))
@example(PAST_EDGE, Decimal("0.01"))
@example(constant(Decimal("-0.005")), Decimal("0.01"))
def test_a_rounding(value: Pair, step: Decimal) -> None:
    assert_same(lambda each: rounded(each, Rounding(step)), value)


@given(pairs(), pairs(), STEPS)
@example(HALVES, constant(0), Decimal("0.01"))
@example(EDGE, pair_of([0, -1, 3, -(2**62)], 0), Decimal("0.01"))
@example(pair_of([1, -1, 3, 0], 0), constant(2), Decimal(1))
@example(pair_of([1900000, 5, -5, 0], 0), constant(30), Decimal("0.01"))
@example(pair_of([1, 2, 3, 4], 0), pair_of([2**63 - 1, 1, 1, 1], 12), Decimal("0.01"))
def test_a_quotient(numerator: Pair, divisor: Pair, step: Decimal) -> None:
    assert_same(lambda above, below: quotient(above, below, Rounding(step)), numerator, divisor)


@given(pairs(), st.lists(pairs(near_edges(1).map(abs)), min_size=1, max_size=4), STEPS)
@example(constant(100), [constant(1)] * 3, Decimal(1))
@example(EDGE, [pair_of([0, 0, 0, 0], 0)] * 2, Decimal(1))
@example(constant(Decimal("0.7")), [constant(1), constant(2)], Decimal(1))
def test_an_allocation(whole: Pair, weights: list[Pair], step: Decimal) -> None:
    in_columns = [numbers_of(part) for part in allocate(whole.column, [weight.column for weight in weights], step)]
    for row in range(ROWS):
        parts = allocate(whole.plain[row], [weight.plain[row] for weight in weights], step)
        assert [part.number for part in parts if isinstance(part, Plain)] == [part[row] for part in in_columns]
        assert exact_sum(part[row] for part in in_columns) == whole.plain[row].number


@given(pairs(), pairs())
@example(constant(0), constant(0))
@example(pair_of([0, 0, -1, 1], 0), pair_of([0, 1, 0, 0], 0))
@example(pair_of([10**30, 9 * 10**29, 3, 4], 2), pair_of([10**30, 4, 4, 3], 0))
def test_a_power_factor(active: Pair, reactive: Pair) -> None:
    assert_same(lambda one, other: cosphi(one, other, Rounding(Decimal("0.01"))), active, reactive)


TABLE = {Decimal(k) / 100: Decimal(100 - k).scaleb(-4) for k in range(101)}


@given(st.lists(st.integers(0, 100), min_size=ROWS, max_size=ROWS))
def test_a_look_up_finds_the_entry_whatever_the_digits_of_the_key(percents: list[int]) -> None:
    assert_same(lambda key: look_up(key, TABLE), pair_of(percents, 2))
    assert_same(lambda key: look_up(key, TABLE), pair_of([each * 10**4 for each in percents], 6))
    assert_same(lambda key: look_up(key, TABLE), constant(Decimal(percents[0]).scaleb(-2)))


STEP_OF_A_RULE = st.sampled_from(["add", "subtract", "times", "round", "divide", "larger", "choose", "negate"])


def _rule(steps: list[str]) -> Callable[..., Value]:
    """A rule made of some primitives, each on the result so far and one of the inputs."""

    def rule(*inputs: Value) -> Value:
        result = inputs[0]
        for place, step in enumerate(steps):
            other = inputs[(place + 1) % len(inputs)]
            match step:
                case "add":
                    result = result + other
                case "subtract":
                    result = other - result
                case "times":
                    result = result * other
                case "round":
                    result = rounded(result, Rounding(Decimal("0.01")))
                case "divide":
                    result = quotient(result, other, Rounding(Decimal("0.000001")))
                case "larger":
                    result = maximum(result, other)
                case "choose":
                    result = choose(result < other, result * 2, other)
                case _:
                    result = -result
        return result

    return rule


@given(st.lists(STEP_OF_A_RULE, min_size=1, max_size=9), st.lists(pairs(), min_size=2, max_size=3))
@example(["times", "times", "round"], [pair_of([10**12, 1, -1, 0], 0), pair_of([10**13, 7, 7, 7], 12)])
def test_a_rule_of_many_steps(steps: list[str], inputs: list[Pair]) -> None:
    assert_same(_rule(steps), *inputs)


def test_a_trillion_kilowatt_hours_at_a_price_of_twelve_decimals() -> None:
    kwh = pair_of([10**12, 10**12 - 1, -(10**12), 1], 0)
    price = constant(Decimal("12.345678901234"))
    assert_same(lambda energy, each: rounded(energy * each, Rounding(Decimal("0.01"))), kwh, price)
    amount = rounded(kwh.column * price.column, Rounding(Decimal("0.01")))
    assert numbers_of(amount)[0] == Decimal("12345678901234.00")


def test_ten_trillion_of_money_is_summed_without_wrapping() -> None:
    money = pair_of([10**15, 10**15 - 1, -(10**15), 5], 2)
    assert_same(lambda amount: total([amount] * 40) * Decimal("-0.0045"), money)


def test_bounds_that_were_too_wide_are_taken_anew_before_python_integers_are() -> None:
    wide = Column(np.array([1, 2, 3, 4]), 0, -(2**62), 2**62)
    assert (wide + wide).numbers.dtype == np.int64
    assert (wide + wide).high == 8
    assert (wide * wide).numbers.dtype == np.int64
    assert (column_of([2**62] * ROWS, 0) * 4).numbers.dtype == object


def test_a_column_of_no_rows_has_a_sum() -> None:
    nothing = Column.of(np.array([], dtype=np.int64), 2)
    assert (nothing + nothing * 3).numbers.size == 0


def test_a_rounding_to_the_digits_that_are_there_is_the_column_itself() -> None:
    column = column_of([1, 2, 3, 4], 2)
    assert rounded(column, Rounding(Decimal("0.01"))) is column


@pytest.mark.parametrize(("number", "places"), [(Decimal("0.041825"), 6), (30, 0), (Decimal("1E+3"), 0)])
def test_the_places_of_a_number(number: Decimal | int, places: int) -> None:
    assert places_of(number) == places


def test_a_column_shows_its_numbers() -> None:
    assert repr(column_of([1, -2], 1)) == "Column(array([ 1, -2]), scale=1)"


@pytest.mark.parametrize("meet", [lambda column: column + Plain(Decimal(1)), lambda column: column > Plain(Decimal(1))])
def test_two_kinds_of_value_do_not_meet_in_a_rule(meet: Callable[[Column], object]) -> None:
    with pytest.raises(AssertionError, match="values of two kinds met in one rule"):
        meet(column_of([1], 0))


def test_a_mask_chooses_row_by_row() -> None:
    mask = Mask(np.array([True, False, True, False]))
    assert numbers_of(mask.choose(constant(1).column, column_of([5, 6, 7, 8], 1))) == [
        Decimal(each) for each in ("1", "0.6", "1", "0.8")
    ]
