"""A tape over blocks of rows gives what the rules give over whole columns."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.bulk import blocks, steps
from billcalc.bulk.arithmetic import ColumnArithmetic
from billcalc.bulk.blocks import Blocks, Found
from billcalc.bulk.column import Column
from billcalc.bulk.ranges import Range, Unfit
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.recording import Recorded, Recorder
from billcalc.kernel.troubles import Problem, Refusal, Severity
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
    quotient,
    rounded,
    total,
)
from tests.bulk.columns import column_of

A, B = Slot("/a"), Slot("/b")
FEN, KWH, FIFTH = Rounding(Decimal("0.01")), Rounding(Decimal(1)), Rounding(Decimal("0.05"))
RATIOS = {Decimal(step).scaleb(-2): Decimal(90 - step).scaleb(-4) for step in range(101)}

Rule = Callable[[Value, Value], Value]

RULES: dict[str, Rule] = {
    "sum": lambda a, b: a + b,
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b * Decimal("0.691794"),
    "negative": lambda a, b: -a + b,
    "total": lambda a, b: total([a, b, b * 0, a]),
    "larger": maximum,
    "smaller": minimum,
    "larger of what is decided": lambda a, b: maximum(a, b - 10**6) + maximum(b - 10**6, a * 2),
    "smaller of what is decided": lambda a, b: minimum(a, b + 10**6) + minimum(b + 10**6, a * 2),
    "whole": lambda a, b: rounded(a * b, KWH),
    "to the fen": lambda a, b: rounded(a * Decimal("0.3333") + b, FEN),
    "to five fen": lambda a, b: rounded(a - b, FIFTH),
    "what is whole already": lambda a, b: rounded(rounded(a, KWH), KWH) + b,
    "what has the decimals already": lambda a, b: rounded(rounded(a, KWH), FEN) + b,
    "an odd divisor": lambda a, b: quotient(a - b, Decimal(3) + a * 0, FEN),
    "an even divisor": lambda a, b: quotient(a - b, Decimal(4) + a * 0, KWH),
    "a quotient": lambda a, b: quotient(a, b, FEN),
    "a quotient of what is above zero": lambda a, b: quotient(absolute(a), absolute(b) + 1, FIFTH),
    "by one": lambda a, b: quotient(a, rounded(b, KWH) * 0 + 1, FEN) + b,
    "by a number below zero": lambda a, b: quotient(a, b * 0 - 7, FEN),
    "cosphi": lambda a, b: cosphi(a, b, FEN),
    "a ratio": lambda a, b: look_up(cosphi(a, b, FEN), RATIOS),
    "an entry of many": lambda a, b: look_up(a, RATIOS),
    "what is chosen": lambda a, b: choose(a < b, a * 2, b + Decimal("0.125")),
    "what is at most": lambda a, b: choose(a <= b, a, b * 3),
    "what is more": lambda a, b: choose(a > b, a, b),
    "what is at least": lambda a, b: choose(a >= b, b, a),
    "what is always chosen": lambda a, b: choose(a < 10**6, a, b) + choose(a >= 10**6, a, b * Decimal("1.5")),
    "a constant": lambda a, b: a * 0 + Decimal("1.25"),
    "an input": lambda a, b: a,
}


def ranges(*columns: Column) -> dict[Slot, Range]:
    return {
        slot: Range(column.scale, column.low, column.high + 1) for slot, column in zip((A, B), columns, strict=True)
    }


def found(rule: Callable[[Arithmetic, Value, Value], Value], *columns: Column) -> tuple[Found, Column]:
    """What blocks give, and the value that a rule returns."""
    recorder = Recorder()
    value = rule(recorder, recorder.input(A), recorder.input(B))
    assert isinstance(value, Recorded)
    made = Blocks(recorder.tape(), [value.place], ranges(*columns))
    given_ = made.run(dict(zip((A, B), columns, strict=True)), len(columns[0].numbers))
    return given_, given_.columns[value.place]


def assert_same(rule: Rule, one: Column, other: Column) -> None:
    expected = rule(one, other)
    assert isinstance(expected, Column)
    _, value = found(lambda _, a, b: rule(a, b), one, other)
    rows = len(one.numbers)
    assert numbers(value, rows) == numbers(expected, rows)
    assert all(value.low <= number <= value.high for number in np.broadcast_to(value.numbers, (rows,)).tolist())


def numbers(column: Column, rows: int) -> list[Decimal]:
    return [Decimal(each).scaleb(-column.scale) for each in np.broadcast_to(column.numbers, (rows,)).tolist()]


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
@pytest.mark.parametrize("rows", [4, 7])
def test_each_operation_is_that_of_columns(rule: Rule, rows: int) -> None:
    """Signs, halves, zeros, other scales; and more rows than a block, the last of which is not full."""
    one = column_of([-1250, -5, 0, 5, 15, 1249, 99999][:rows], 2)
    other = column_of([1, -5, 0, 250, -15, 7, 3][:rows], 1)
    with patch.object(blocks, "BLOCK_ROWS", 3):
        assert_same(rule, one, other)


@pytest.mark.no_cover
@given(
    rule=st.sampled_from(list(RULES.values())),
    ones=st.lists(st.integers(-(10**7), 10**7), min_size=3, max_size=3),
    others=st.lists(st.integers(-(10**6), 10**6), min_size=3, max_size=3),
    scale=st.integers(0, 4),
)
@example(rule=RULES["a ratio"], ones=[0, 0, 1], others=[0, 1, 0], scale=0)
def test_operations_are_those_of_columns_whatever_the_numbers(
    rule: Rule, ones: Sequence[int], others: Sequence[int], scale: int
) -> None:
    assert_same(rule, column_of(ones, scale), column_of(others, 2))


NO_BILL = Refusal(RefusalCode.NOT_SUPPORTED, "/", {"what": "test"})


def test_rows_where_something_required_does_not_hold_are_told_and_the_others_are_right() -> None:
    def rule(arithmetic: Arithmetic, a: Value, b: Value) -> Value:
        arithmetic.require(a - b >= 0, NO_BILL)
        arithmetic.require(a < 1000, NO_BILL)
        arithmetic.require(b <= 100, NO_BILL)
        arithmetic.require(a > Decimal("-0.5"), NO_BILL)  # with more decimals than the numbers
        arithmetic.require(b > -(10**6), NO_BILL)  # which is always so
        return rounded((a - b) * Decimal("0.5"), KWH)

    one, other = column_of([5, 1, 1000, 900, 7], 0), column_of([2, 2, 0, 101, 4], 0)
    given_, value = found(rule, one, other)
    assert given_.held is not None
    assert given_.held.tolist() == [True, False, False, False, True]
    assert value.numbers[given_.held].tolist() == [2, 2]
    assert value.low == 0


def test_where_everything_holds_no_row_is_told() -> None:
    def rule(arithmetic: Arithmetic, a: Value, b: Value) -> Value:
        arithmetic.require(a >= b, NO_BILL)
        arithmetic.require(b >= 0, NO_BILL)
        return a - b

    given_, _ = found(rule, column_of([5, 6], 0), column_of([1, 6], 0))
    assert given_.held is None


def test_one_number_that_is_required_is_computed_and_compared() -> None:
    """A difference that must be nought is not taken for nought."""

    def rule(arithmetic: Arithmetic, a: Value, b: Value) -> Value:
        arithmetic.require(a - b >= 0, NO_BILL)
        arithmetic.require(a - b <= 0, NO_BILL)
        return a

    given_, _ = found(rule, column_of([5, 6, 7], 0), column_of([5, 7, 6], 0))
    assert given_.held is not None
    assert given_.held.tolist() == [True, False, False]


def test_what_never_holds_is_for_the_rules() -> None:
    def rule(arithmetic: Arithmetic, a: Value, b: Value) -> Value:
        arithmetic.require(a > 10**6, NO_BILL)
        return a

    with pytest.raises(Unfit):
        found(rule, column_of([5], 0), column_of([1], 0))


def test_problems_are_told_of_the_rows_that_have_them() -> None:
    problem = Problem(ProblemCode.TOTAL_BELOW_ZERO, Severity.DOUBT, "")

    def rule(arithmetic: Arithmetic, a: Value, b: Value) -> Value:
        for truth in (a < b, b > a + 100 * b, a < 1000, a > 1000):
            arithmetic.report(truth, problem)
        return a

    given_, _ = found(rule, column_of([5, 6, 7], 0), column_of([5, 7, 6], 0))
    some, none, every, never = given_.reported
    assert some is not None
    assert every is not None
    assert (some.tolist(), none, every.tolist(), never) == ([False, True, False], None, [True] * 3, None)


BIG = 2**62


@pytest.mark.parametrize(
    "rule",
    [
        lambda a, b: a + b,
        lambda a, b: total([b, a, a]),
        lambda a, b: a * b,
        lambda a, b: rounded(a, FEN),
        lambda a, b: rounded(a, Rounding(Decimal(10))),
        lambda a, b: choose(a * Decimal("0.01") < b, b, b * 2),
        lambda a, b: choose(b < Decimal(10) ** 30, b, a) + choose(b < a * Decimal(10) ** 30, b, a),
        lambda a, b: look_up(b, {Decimal(10): Decimal(1), Decimal(10) ** 21: Decimal(2)}),
    ],
)
def test_what_may_need_more_than_64_bits_is_for_the_rules(rule: Rule) -> None:
    with pytest.raises(Unfit):
        found(lambda _, a, b: rule(a, b), column_of([BIG, -BIG], 3), column_of([BIG - 5, 5], 0))


def test_shares_of_a_whole_are_for_the_rules() -> None:
    with pytest.raises(Unfit):
        found(lambda _, a, b: allocate(a, [a, b], Decimal(1))[0], column_of([5], 0), column_of([1], 0))


def test_a_value_with_more_decimals_than_there_is_room_for_is_for_the_rules() -> None:
    recorder = Recorder()
    value = recorder.input(A) * Decimal("0.001")
    told = {A: Range(0, 0, 9)}
    Blocks(recorder.tape(), [value.place], told, stored=[(value.place, 3)])
    with pytest.raises(Unfit):
        Blocks(recorder.tape(), [value.place], told, stored=[(value.place, 2)])


def test_a_table_of_more_integers_than_are_kept_is_searched() -> None:
    many = {Decimal(step * 1000): Decimal(step) for step in range(12)}
    with patch.object(steps, "ENTRIES_MAX", 4):
        assert_same(lambda a, b: look_up(a, many) + b, column_of([-5, 0, 1, 1000, 11001], 0), column_of([1] * 5, 0))


def test_one_number_of_the_rows_is_no_constant_of_the_steps() -> None:
    """What the template tells is a constant; a column that happens to be of one number is not."""
    column = Column.constant(7)
    recorder = Recorder()
    value = recorder.input(A) * 2
    blocks_ = Blocks(recorder.tape(), [value.place], {A: Range(0, 0, 8)})
    assert blocks_.run({A: column}, 3).columns[value.place].numbers.tolist() == [14, 14, 14]
    assert ColumnArithmetic({A: column}, 3).input(A) is column
