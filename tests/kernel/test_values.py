"""The primitives as a rule calls them: the same numbers on derived and on plain values."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from billcalc.kernel.derived import Derived
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import (
    Number,
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

FEN = Rounding(Decimal("0.01"))
LEVY = Source("cn/guangxi/levies/2024-06", "代征费用", Evidence.INFERRED)

Make = Callable[[str], Value]


@pytest.fixture(params=["derived", "plain"])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes a pure number of one kind of value."""
    if request.param == "plain":
        return lambda text: Plain(Decimal(text))
    return lambda text: Derived(Decimal(text), "1", "given", term=Term.AMOUNT)


@pytest.fixture(params=["derived", "plain"])
def make_of(request: pytest.FixtureRequest) -> Callable[[str, str], Value]:
    """Makes a number with a unit of one kind of value."""
    if request.param == "plain":
        return lambda text, unit: Plain(Decimal(text))
    return lambda text, unit: Derived(Decimal(text), unit, "given", term=Term.AMOUNT)


def test_values_add_subtract_multiply_and_negate(make: Make) -> None:
    seven, two = make("7.5"), make("2.25")
    assert number_of(seven + two) == Decimal("9.75")
    assert number_of(seven - two) == Decimal("5.25")
    assert number_of(two - seven) == Decimal("-5.25")
    assert number_of(seven * two) == Decimal("16.875")
    assert number_of(-seven) == Decimal("-7.5")


@pytest.mark.parametrize("number", [3, Decimal(3)])
def test_a_bare_number_may_stand_on_either_side(make: Make, number: Number) -> None:
    seven = make("7.5")
    assert number_of(seven + number) == number_of(number + seven) == Decimal("10.5")
    assert number_of(seven * number) == number_of(number * seven) == Decimal("22.5")
    assert number_of(seven - number) == Decimal("4.5")


def test_arithmetic_keeps_digits_that_the_default_context_would_round(make: Make) -> None:
    long = make("-12345678901234567890123456789012345.25")
    assert str(number_of(-long)) == "12345678901234567890123456789012345.25"
    assert str(number_of(long + long)) == "-24691357802469135780246913578024690.50"
    assert str(number_of(long - Decimal("0.25"))) == "-12345678901234567890123456789012345.50"
    assert str(number_of(long * 3)) == "-37037036703703703670370370367037035.75"
    assert str(number_of(total([long, long, long]))) == "-37037036703703703670370370367037035.75"


@pytest.mark.parametrize(
    ("left", "right", "less", "equal"),
    [("1", "2", True, False), ("2", "2.0", False, True), ("-1", "-2", False, False)],
)
def test_a_choice_follows_each_comparison(make: Make, left: str, right: str, less: bool, equal: bool) -> None:
    first, second = make(left), make(right)

    answers = [
        number_of(choose(truth, make("1"), make("0"))) == 1
        for truth in (first < second, first <= second, first > second, first >= second)
    ]
    assert answers == [less, less or equal, not (less or equal), not less]


def test_a_comparison_with_a_bare_number_is_true_or_false_in_an_if(make: Make) -> None:
    three = make("3")
    assert three > 2
    assert not three > 3
    assert three >= 3
    assert three < Decimal("3.1")
    assert three <= 3
    assert not three <= Decimal("2.9")
    assert 2 < three  # noqa: SIM300 - the bare number on the left is what is tested
    assert not 3 < three  # noqa: SIM300


def test_a_fact_of_the_plan_chooses_as_a_comparison_does(make: Make) -> None:
    yes, no = make("1"), make("0")
    known, unknown = True, False
    assert choose(known, yes, no) is yes
    assert choose(unknown, yes, no) is no


def test_the_larger_and_the_smaller_of_two(make: Make) -> None:
    small, large = make("-2"), make("1.5")
    assert number_of(maximum(small, large)) == number_of(maximum(large, small)) == Decimal("1.5")
    assert number_of(minimum(small, large)) == number_of(minimum(large, small)) == Decimal(-2)


def test_of_equal_values_the_first_is_taken(make: Make) -> None:
    short, long = make("2"), make("2.00")
    assert str(number_of(maximum(short, long))) == "2"
    assert str(number_of(minimum(short, long))) == "2"
    assert str(number_of(maximum(long, short))) == "2.00"
    assert str(number_of(minimum(long, short))) == "2.00"


@pytest.mark.parametrize(("number", "size"), [("-3.5", "3.5"), ("3.5", "3.5"), ("0", "0")])
def test_a_value_without_its_sign(make: Make, number: str, size: str) -> None:
    assert number_of(absolute(make(number))) == Decimal(size)


def test_a_total_is_the_sum_of_its_values(make: Make) -> None:
    assert number_of(total([make("5520.90"), make("4416.72"), make("10489.71")])) == Decimal("20427.33")


def test_a_total_of_one_is_the_value_itself(make: Make) -> None:
    only = make("5")
    assert total([only]) is only


def test_a_total_of_nothing_is_an_error_of_the_rule() -> None:
    with pytest.raises(AssertionError, match=r"^a sum of nothing has no unit: leave the line out instead$"):
        total([])


def test_a_value_is_rounded_half_away_from_zero(make: Make) -> None:
    assert number_of(rounded(make("0.125"), FEN)) == Decimal("0.13")
    assert number_of(rounded(make("-0.125"), FEN)) == Decimal("-0.13")


def test_a_quotient_is_rounded_once_and_a_quotient_by_zero_is_zero(make: Make) -> None:
    assert number_of(quotient(make("1900000"), make("30"), FEN)) == Decimal("63333.33")
    assert number_of(quotient(make("1900000"), make("0"), FEN)) == Decimal(0)


def test_the_power_factor_is_that_of_the_two_energies(make_of: Callable[[str, str], Value]) -> None:
    active, reactive = make_of("495000", "kWh"), make_of("198000", "kvarh")
    assert number_of(cosphi(active, reactive, FEN)) == Decimal("0.93")


def test_the_table_s_entry_is_found_however_the_key_is_written(make: Make) -> None:
    ratios = {Decimal("0.93"): Decimal("-0.0045"), Decimal("0.9"): Decimal(0)}
    assert number_of(look_up(make("0.930"), ratios)) == Decimal("-0.0045")
    assert number_of(look_up(make("0.90"), ratios, LEVY)) == Decimal(0)


def test_a_value_that_the_table_leaves_out_is_an_error(make: Make) -> None:
    with pytest.raises(KeyError):
        look_up(make("0.94"), {Decimal("0.93"): Decimal(1)})


def test_a_whole_is_allocated_by_weights(make: Make) -> None:
    weights = [make("1"), make("1"), make("1")]
    parts = allocate(make("100"), weights, Decimal(1))
    assert [number_of(part) for part in parts] == [33, 34, 33]
    assert [number_of(part) for part in allocate(make("7.7"), weights[:1], Decimal(1))] == [Decimal("7.7")]


def test_an_allocation_to_nobody_is_an_error_of_the_rule(make: Make) -> None:
    with pytest.raises(AssertionError, match=r"^a whole is split into at least one part$"):
        allocate(make("100"), [], Decimal(1))


@pytest.mark.parametrize("step", ["0", "-0.01"])
def test_a_step_is_above_zero(make: Make, step: str) -> None:
    with pytest.raises(AssertionError, match=f"^a rounding needs a step above zero, not {step}$"):
        Rounding(Decimal(step))
    with pytest.raises(AssertionError, match=f"^an allocation needs a step above zero, not {step}$"):
        allocate(make("100"), [make("1")], Decimal(step))


def test_a_name_changes_no_number(make: Make) -> None:
    assert number_of(named(Term.TOTAL, make("5.50"), "peak", source=LEVY)) == Decimal("5.5")


def test_a_rounding_without_a_source_is_that_of_money() -> None:
    assert (FEN.step, FEN.source) == (Decimal("0.01"), None)
