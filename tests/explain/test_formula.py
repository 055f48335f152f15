"""Formulas in words and in numbers."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.explain.formula import Figure, cosphi_text, is_single, written
from billcalc.kernel.expressions import Choice, Expression, Operation, Place, Primitive, Rounded
from billcalc.kernel.numbers import cosphi_number
from billcalc.words.lexicon import CHINESE, ENGLISH

A, B, C = Place(0), Place(1), Place(2)
FEN = Decimal("0.01")


def figures(*texts: str) -> list[Figure]:
    return [Figure(text, text.partition(" ")[0]) for text in texts]


def sum_of(*operands: Expression) -> Expression:
    return Operation(Primitive.SUM, operands)


def less(left: Expression, right: Expression) -> Expression:
    return Operation(Primitive.DIFFERENCE, (left, right))


def times(*operands: Expression) -> Expression:
    return Operation(Primitive.PRODUCT, operands)


def minus(operand: Expression) -> Expression:
    return Operation(Primitive.NEGATIVE, (operand,))


def larger(left: Expression, right: Expression) -> Expression:
    return Operation(Primitive.MAXIMUM, (left, right))


def smaller(left: Expression, right: Expression) -> Expression:
    return Operation(Primitive.MINIMUM, (left, right))


def cosphi(active: Expression, reactive: Expression) -> Expression:
    return Operation(Primitive.COSPHI, (active, reactive))


@pytest.mark.parametrize(
    ("expression", "texts", "text"),
    [
        (A, ["5 kWh"], "5 kWh"),
        (times(less(A, B), C), ["0.2", "0", "660000"], "(0.2 − 0) × 660000"),
        (Operation(Primitive.ALLOCATE, (A, B, sum_of(B, C))), ["100 kWh", "2", "3"], "100 kWh × 2 ÷ (2 + 3)"),
        (Operation(Primitive.QUOTIENT, (A, B)), ["100 kWh", "−2"], "100 kWh ÷ −2"),
        (times(A, B), ["1616116.19 CNY", "−0.0045"], "1616116.19 CNY × −0.0045"),
        (less(sum_of(A, B), B), ["1 CNY", "−2 CNY"], "1 CNY + (−2 CNY) − (−2 CNY)"),
        (sum_of(A, times(B, C)), ["1", "−2", "−3"], "1 + (−2) × −3"),
        (sum_of(A, minus(B)), ["1", "−2"], "1 − (−2)"),
        (sum_of(A, less(B, C)), ["1", "−2", "3"], "1 + (−2) − 3"),
        (less(A, sum_of(B, C)), ["1", "−2", "3"], "1 − (−2 + 3)"),
        (sum_of(minus(A), B), ["1", "2"], "−1 + 2"),
        (sum_of(Rounded(times(A, B), FEN), C), ["2", "3", "4"], "round to 0.01 (2 × 3) + 4"),
        (larger(A, B), ["2", "3"], "the larger of (2, 3)"),
        (times(smaller(A, sum_of(B, C)), A), ["2", "3", "4"], "the smaller of (2, 3 + 4) × 2"),
        (Operation(Primitive.MAXIMUM, (A, B, C)), ["2", "3", "4"], "the larger of (the larger of (2, 3), 4)"),
        (larger(A, minus(A)), ["5 kvarh"], "|5 kvarh|"),
        (larger(A, minus(B)), ["5 kvarh", "5 kvarh"], "the larger of (5 kvarh, −5 kvarh)"),
        (larger(sum_of(A, B), minus(sum_of(A, B))), ["5", "−3"], "|5 + (−3)|"),
        (sum_of(larger(A, minus(A)), larger(B, minus(B))), ["−5", "3"], "|−5| + |3|"),
        (Operation(Primitive.LOOK_UP, (A,)), ["0.93"], "table entry of (0.93)"),
        (cosphi(A, B), ["4 kWh", "3 kvarh"], "4 ÷ √(4² + 3²)"),
        (cosphi(sum_of(A, B), C), ["4 kWh", "1 kWh", "3 kvarh"], "(4 + 1) ÷ √((4 + 1)² + 3²)"),
        (times(Rounded(cosphi(A, B), FEN), A), ["4 kWh", "3 kvarh"], "round to 0.01 (4 ÷ √(4² + 3²)) × 4 kWh"),
    ],
)
def test_a_formula_has_a_figure_for_each_operand(expression: Expression, texts: Sequence[str], text: str) -> None:
    formula = written(expression, figures(*texts), ENGLISH)
    assert formula.text == text
    assert formula.conditions == ()


@pytest.mark.parametrize(
    ("expression", "text", "conditions"),
    [
        (Choice(A, B, ">", C), "a", ("b > c",)),
        (times(A, Choice(B, C, "≥", A)), "a × b", ("c ≥ a",)),
        (times(A, Choice(sum_of(B, C), C, ">", A)), "a × (b + c)", ("c > a",)),
        (larger(Choice(A, B, ">", C), C), "the larger of (a, c)", ("b > c",)),
        (Choice(Choice(A, B, ">", C), A, "≤", C), "a", ("b > c", "a ≤ c")),
        (Choice(A, Choice(B, A, ">", C), ">", C), "a", ("b > c", "a > c")),
        (times(sum_of(A, B), C), "(a + b) × c", ()),
        (cosphi(Choice(A, B, ">", C), C), "a ÷ √(a² + c²)", ("b > c",)),
    ],
)
def test_a_comparison_stands_beside_the_formula(expression: Expression, text: str, conditions: tuple[str, ...]) -> None:
    formula = written(expression, figures("a", "b", "c"), ENGLISH)
    assert (formula.text, formula.conditions) == (text, conditions)


def test_a_chosen_number_below_zero_has_its_parentheses_behind_a_sign() -> None:
    chosen = sum_of(A, Choice(B, B, "<", C))
    assert written(chosen, figures("1", "−2", "3"), ENGLISH).text == "1 + (−2)"


def test_calls_are_written_in_the_language() -> None:
    assert written(sum_of(Rounded(A, FEN), smaller(A, B)), figures("甲", "乙"), CHINESE).text == (
        "四舍五入到 0.01（甲） + 取小者（甲，乙）"
    )


def test_a_text_with_signs_of_formulas_is_left_alone() -> None:
    assert written(times(A, B), figures("fee, [max(a]", "x"), ENGLISH).text == "fee, [max(a] × x"


def test_a_formula_of_one_operand_or_of_one_that_was_chosen_is_a_single_figure() -> None:
    assert is_single(A)
    assert is_single(Choice(Choice(A, B, ">", C), A, ">", B))
    assert not is_single(minus(A))
    assert not is_single(Choice(sum_of(A, B), A, ">", B))


@pytest.mark.parametrize(
    ("active", "reactive", "text"),
    [
        ("488400", "198000", "0.92673926…"),
        ("4", "3", "0.8"),
        ("1", "0", "1"),
        ("0", "0", "1"),
        ("0", "5", "0"),
        ("-4", "3", "0"),
        ("1000000000", "1", "0.99999999…"),  # rounded it would be 1
    ],
)
def test_a_power_factor_before_rounding_is_cut_off(active: str, reactive: str, text: str) -> None:
    assert cosphi_text(Decimal(active), Decimal(reactive)) == text


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_shown_power_factor_lies_less_than_a_place_below_the_exact_one(active: int, reactive: int) -> None:
    text = cosphi_text(Decimal(active), Decimal(reactive))
    shown = Decimal(text.rstrip("…"))
    whole = active * active + reactive * reactive
    assert shown * shown * whole <= active * active
    if text.endswith("…"):
        above = shown + Decimal("0.00000001")
        assert above * above * whole > active * active
    elif whole:
        assert shown * shown * whole == active * active
    assert abs(cosphi_number(Decimal(active), Decimal(reactive), Decimal("0.01")) - shown) <= Decimal("0.00500001")
