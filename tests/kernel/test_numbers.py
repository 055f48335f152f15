"""The primitives on bare numbers, against hand-computed figures and against fractions and roots."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.kernel.numbers import allocated_numbers, cosphi_number, quotient_number, rounded_number
from tests.kernel import oracles

CENT = Decimal("0.01")

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=6)
weights = st.decimals(min_value=0, max_value=10**6, places=3)
energies = st.integers(-(10**4), 10**12).map(Decimal) | st.decimals(min_value=0, max_value=10**6, places=2)
steps = st.sampled_from(["1", "0.1", "0.01", "0.000001", "0.5", "0.05", "0.25", "3", "10", "1000"]).map(Decimal)
parts_of_one = st.sampled_from(["1", "0.5", "0.2", "0.1", "0.05", "0.01", "0.0001"]).map(Decimal)


@pytest.mark.parametrize(
    ("number", "step", "result"),
    [
        ("0.005", "0.01", "0.01"),
        ("-0.005", "0.01", "-0.01"),
        ("0.00499999999999999999999999999999999999", "0.01", "0"),
        ("-0.00499999999999999999999999999999999999", "0.01", "0"),
        ("0.015", "0.01", "0.02"),
        ("0.025", "0.01", "0.03"),
        ("-0.015", "0.01", "-0.02"),
        ("1616116.185", "0.01", "1616116.19"),
        ("2.5", "1", "3"),
        ("-2.5", "1", "-3"),
        ("0.5", "1", "1"),
        ("0.025", "0.05", "0.05"),
        ("-0.025", "0.05", "-0.05"),
        ("0.0249", "0.05", "0"),
        ("1.13", "0.25", "1.25"),
        ("15", "10", "20"),
        ("-15", "10", "-20"),
        ("14.9", "10", "10"),
        ("0.0000000000005", "0.000000000001", "0.000000000001"),
        ("0.00000000000005", "0.0000000000001", "0.0000000000001"),
        ("0", "0.01", "0"),
    ],
)
def test_a_number_is_rounded_to_the_nearest_step_and_halves_away_from_zero(number: str, step: str, result: str) -> None:
    assert rounded_number(Decimal(number), Decimal(step)) == Decimal(result)


@pytest.mark.parametrize("step", ["0.10", "0.1000", "1E-1"])
def test_a_step_rounds_the_same_however_it_is_written(step: str) -> None:
    assert rounded_number(Decimal("0.1234"), Decimal(step)) == Decimal("0.1")
    assert rounded_number(Decimal("-0.15"), Decimal(step)) == Decimal("-0.2")


def test_a_whole_step_rounds_the_same_however_it_is_written() -> None:
    assert rounded_number(Decimal("12.6"), Decimal("1.00")) == Decimal(13)


def test_rounding_keeps_every_digit_above_the_step() -> None:
    # Both have more than the 28 digits of Python's default context.
    assert rounded_number(Decimal("1234567890123456789012345678901.6"), Decimal(1)) == Decimal(
        "1234567890123456789012345678902"
    )
    assert rounded_number(Decimal("1234567890123456789012345678901.30"), Decimal("0.5")) == Decimal(
        "1234567890123456789012345678901.5"
    )


def test_a_number_too_long_to_be_rounded_raises() -> None:
    with pytest.raises(InvalidOperation):
        rounded_number(Decimal("1E+399"), CENT)


@given(numbers, steps)
def test_rounding_equals_rounding_of_fractions(number: Decimal, step: Decimal) -> None:
    assert Fraction(rounded_number(number, step)) == oracles.nearest_multiple(Fraction(number), Fraction(step))


@given(numbers, steps)
def test_rounding_treats_both_signs_alike(number: Decimal, step: Decimal) -> None:
    assert rounded_number(-number, step) == -rounded_number(number, step)


@given(st.integers(-(10**9), 10**9), steps)
def test_every_half_goes_away_from_zero(count: int, step: Decimal) -> None:
    half = (Decimal(count) + Decimal("0.5")) * step
    assert rounded_number(half, step) == (count + (1 if count >= 0 else 0)) * step


@pytest.mark.parametrize(
    ("numerator", "divisor", "step", "result"),
    [
        ("1900000", "30", "0.01", "63333.33"),
        ("2000000", "30", "0.01", "66666.67"),
        ("-2000000", "30", "0.01", "-66666.67"),
        ("2000000", "-30", "0.01", "-66666.67"),
        ("-2000000", "-30", "0.01", "66666.67"),
        ("1", "200", "0.01", "0.01"),
        ("-1", "200", "0.01", "-0.01"),
        ("1", "-200", "0.01", "-0.01"),
        ("-1", "-200", "0.01", "0.01"),
        ("0", "7", "0.01", "0"),
        ("0", "-7", "0.01", "0"),
        ("7", "0", "0.01", "0"),
        ("0", "0", "0.01", "0"),
        ("7", "2", "1", "4"),
        ("7", "3", "0.05", "2.35"),
        ("1", "0.3", "1", "3"),
        ("7", "2", "5", "5"),
        ("1234567890123456789012345678901234567", "2", "1", "617283945061728394506172839450617284"),
    ],
)
def test_a_quotient_is_rounded_once_from_its_exact_value(numerator: str, divisor: str, step: str, result: str) -> None:
    assert quotient_number(Decimal(numerator), Decimal(divisor), Decimal(step)) == Decimal(result)


@given(numbers, numbers.filter(bool), steps)
def test_a_quotient_equals_the_rounded_quotient_of_fractions(
    numerator: Decimal, divisor: Decimal, step: Decimal
) -> None:
    exact = Fraction(numerator) / Fraction(divisor)
    assert Fraction(quotient_number(numerator, divisor, step)) == oracles.nearest_multiple(exact, Fraction(step))


@given(st.integers(-1000, 1000), numbers.filter(bool), steps)
def test_a_quotient_of_exactly_a_half_goes_away_from_zero(count: int, divisor: Decimal, step: Decimal) -> None:
    numerator = (Decimal(count) + Decimal("0.5")) * step * divisor
    assert quotient_number(numerator, divisor, step) == (count + (1 if count >= 0 else 0)) * step


@pytest.mark.parametrize(
    ("active", "reactive", "cosphi"),
    [
        ("3", "4", "0.60"),
        ("4", "3", "0.80"),
        ("4", "-3", "0.80"),
        ("12", "5", "0.92"),  # 12/13 = 0.9230…
        ("1", "1", "0.71"),  # 0.7071…
        ("495000", "198000", "0.93"),  # the first bill of Guangxi: 1 ÷ √(1 + 0.4²) = 0.9284…
        ("0", "0", "1"),
        ("100", "0", "1"),
        ("0.01", "0", "1"),
        ("0", "5", "0"),
        ("0", "-5", "0"),
        ("-3", "4", "0"),
        ("-3", "0", "0"),
        ("1", "1000000", "0"),
        ("1000000", "1", "1"),
    ],
)
def test_the_power_factor_of_some_energies(active: str, reactive: str, cosphi: str) -> None:
    assert cosphi_number(Decimal(active), Decimal(reactive), CENT) == Decimal(cosphi)


@pytest.mark.parametrize("scale", [1, 997, 10**9])
@pytest.mark.parametrize("hundredths", range(1, 101))
def test_the_power_factor_changes_exactly_at_each_boundary(hundredths: int, scale: int) -> None:
    # The lower bound of k hundredths is (2k−1)/200: W = 2k−1 meets it at Q = √(200² − (2k−1)²). That root is never a
    # whole number, for 200² − odd² leaves 3 when divided by 4; so readings come near a bound but never lie on it.
    active = (2 * hundredths - 1) * scale
    last = isqrt((200 * scale) ** 2 - active**2)
    for reactive, expected in ((last - 1, hundredths), (last, hundredths), (last + 1, hundredths - 1)):
        found = cosphi_number(Decimal(active), Decimal(reactive), CENT)
        assert found == Decimal(expected).scaleb(-2)
        assert Fraction(found) == oracles.rounded_power_factor(Decimal(active), Decimal(reactive), CENT)


@given(energies, energies, parts_of_one)
def test_the_power_factor_equals_the_rounded_root(active: Decimal, reactive: Decimal, step: Decimal) -> None:
    expected = oracles.rounded_power_factor(active, reactive, step)
    assert Fraction(cosphi_number(active, reactive, step)) == expected
    assert Fraction(cosphi_number(active, -reactive, step)) == expected


@pytest.mark.parametrize(
    ("whole", "by", "step", "parts"),
    [
        ("100", ["1", "1", "1"], "1", ["33", "34", "33"]),  # running sums 33.3…, 66.6…, 100
        ("10", ["1", "1", "1"], "0.01", ["3.33", "3.34", "3.33"]),
        ("-100", ["1", "1", "1"], "1", ["-33", "-34", "-33"]),
        ("1", ["1", "1", "1", "1"], "1", ["0", "1", "0", "0"]),  # running sums 0.25, 0.5, 0.75, 1
        ("547287", ["18", "12"], "1", ["328372", "218915"]),  # 328372.2
        ("10.005", ["1", "1"], "0.01", ["5", "5.005"]),  # 5.0025; the half fen stays with the last part
        ("7", ["5"], "1", ["7"]),
        ("7.7", ["5"], "1", ["7.7"]),
        ("7", ["0"], "1", ["7"]),
        ("7", ["0", "0", "0"], "1", ["0", "0", "7"]),
        ("7", ["1", "-1", "0"], "1", ["0", "0", "7"]),
        ("7", ["2", "0", "0"], "1", ["7", "0", "0"]),
        ("0", ["1", "2"], "1", ["0", "0"]),
        ("9", ["1", "2", "3"], "5", ["0", "5", "4"]),  # running sums 1.5 → 0, 4.5 → 5
    ],
)
def test_a_whole_is_split_by_weight(whole: str, by: list[str], step: str, parts: list[str]) -> None:
    found = allocated_numbers(Decimal(whole), [Decimal(weight) for weight in by], Decimal(step))
    assert found == tuple(Decimal(part) for part in parts)


@given(numbers, st.lists(weights, min_size=1, max_size=8), steps)
def test_parts_sum_to_the_whole_and_none_is_more_than_a_step_off(
    whole: Decimal, by: list[Decimal], step: Decimal
) -> None:
    parts = [Fraction(part) for part in allocated_numbers(whole, by, step)]
    assert sum(parts) == Fraction(whole)
    assert all((part / Fraction(step)).denominator == 1 for part in parts[:-1])
    if any(by):
        exact = [Fraction(whole) * Fraction(weight) / sum(map(Fraction, by)) for weight in by]
        assert all(abs(part - share) <= Fraction(step) for part, share in zip(parts, exact, strict=True))


@given(numbers, st.lists(weights | numbers, min_size=1, max_size=8), steps)
def test_parts_are_the_differences_of_rounded_running_sums(whole: Decimal, by: list[Decimal], step: Decimal) -> None:
    parts = [Fraction(part) for part in allocated_numbers(whole, by, step)]
    assert parts == oracles.shares(Fraction(whole), [Fraction(weight) for weight in by], Fraction(step))


@given(st.integers(0, 10**9), st.lists(weights, min_size=1, max_size=8))
def test_a_part_without_weight_is_nothing_and_none_is_negative(whole: int, by: list[Decimal]) -> None:
    parts = allocated_numbers(Decimal(whole), by, Decimal(1))
    assert min(parts) >= 0
    if any(by):
        assert all(part == 0 for part, weight in zip(parts, by, strict=True) if weight == 0)
