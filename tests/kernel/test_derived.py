"""Derived values: their units, and what they remember."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from billcalc.kernel.derived import Comparison, Derived
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.terms import Term
from billcalc.kernel.units import UnitError
from billcalc.kernel.values import (
    Rounding,
    Value,
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
TABLE = Source("cn/national/power_factor_rules/1983", "功率因数调整电费办法", Evidence.OFFICIAL_TEXT)


def derived(text: str, unit: str) -> Derived:
    return Derived(Decimal(text), unit, "given", term=Term.AMOUNT)


ENERGY = derived("5", "kWh")
MORE_ENERGY = derived("7", "kWh")
DEMAND = derived("4", "kW")
PRICE = derived("0.5", "CNY/kWh")
RATIO = derived("0.4", "1")
ACTIVE = derived("4", "kWh")
REACTIVE = derived("3", "kvarh")


def facts(value: Value) -> tuple[str, str, str]:
    assert isinstance(value, Derived)
    return str(value.number), value.unit, value.operation


def made_of(value: Value) -> tuple[Derived, ...]:
    assert isinstance(value, Derived)
    return value.operands


def test_a_derived_value_shows_its_number_unit_and_operation() -> None:
    assert repr(ENERGY + MORE_ENERGY) == "Derived(12 kWh, +)"


@pytest.mark.parametrize(
    ("make", "expected", "operands"),
    [
        (lambda: ENERGY + MORE_ENERGY, ("12", "kWh", "+"), (ENERGY, MORE_ENERGY)),
        (lambda: ENERGY - MORE_ENERGY, ("-2", "kWh", "-"), (ENERGY, MORE_ENERGY)),
        (lambda: ENERGY * PRICE, ("2.5", "CNY", "×"), (ENERGY, PRICE)),
        (lambda: PRICE * ENERGY, ("2.5", "CNY", "×"), (PRICE, ENERGY)),
        (lambda: -ENERGY, ("-5", "kWh", "neg"), (ENERGY,)),
        (lambda: maximum(ENERGY, MORE_ENERGY), ("7", "kWh", "max"), (ENERGY, MORE_ENERGY)),
        (lambda: minimum(ENERGY, MORE_ENERGY), ("5", "kWh", "min"), (ENERGY, MORE_ENERGY)),
        (lambda: total([ENERGY, MORE_ENERGY, ENERGY]), ("17", "kWh", "+"), (ENERGY, MORE_ENERGY, ENERGY)),
        (lambda: rounded(PRICE, Rounding(Decimal(1))), ("1", "CNY/kWh", "round"), (PRICE,)),
        (lambda: quotient(ENERGY, DEMAND, FEN), ("1.25", "h", "quotient"), (ENERGY, DEMAND)),
        (lambda: cosphi(ACTIVE, REACTIVE, FEN), ("0.80", "1", "cosphi"), (ACTIVE, REACTIVE)),
        (lambda: look_up(RATIO, {Decimal("0.40"): Decimal("0.15")}, TABLE), ("0.15", "1", "table"), (RATIO,)),
        (lambda: choose(ENERGY < MORE_ENERGY, DEMAND, derived("9", "kW")), ("4", "kW", "choose"), (DEMAND,)),
        (lambda: choose(ENERGY > MORE_ENERGY, derived("9", "kW"), DEMAND), ("4", "kW", "choose"), (DEMAND,)),
        (lambda: named(Term.TOTAL, ENERGY), ("5", "kWh", "name"), (ENERGY,)),
    ],
    ids=lambda each: each[2] if isinstance(each, tuple) and len(each) == 3 else None,
)
def test_a_value_remembers_what_was_done_to_what(
    make: Callable[[], Value], expected: tuple[str, str, str], operands: tuple[Derived, ...]
) -> None:
    value = make()
    assert facts(value) == expected
    assert len(made_of(value)) == len(operands)
    assert all(found is operand for found, operand in zip(made_of(value), operands, strict=True))


def test_a_bare_number_takes_the_unit_of_what_it_is_added_to() -> None:
    for value in (ENERGY + 2, 2 + ENERGY, ENERGY - 2):
        assert {operand.unit for operand in made_of(value)} == {"kWh"}
        assert sorted(operand.operation for operand in made_of(value)) == ["given", "number"]


def test_a_bare_number_on_the_left_stays_on_the_left() -> None:
    assert [operand.number for operand in made_of(2 + ENERGY)] == [2, 5]
    assert [operand.number for operand in made_of(2 * ENERGY)] == [2, 5]
    assert [operand.number for operand in made_of(ENERGY * 2)] == [5, 2]


def test_a_bare_factor_is_a_ratio() -> None:
    assert facts(2 * ENERGY) == ("10", "kWh", "×")
    assert [operand.unit for operand in made_of(2 * ENERGY)] == ["1", "kWh"]


@pytest.mark.parametrize(
    ("combine", "message"),
    [
        (lambda: ENERGY + DEMAND, "kWh and kW do not go together"),
        (lambda: ENERGY - DEMAND, "kWh and kW do not go together"),
        (lambda: ENERGY < DEMAND, "kWh and kW do not go together"),
        (lambda: ENERGY <= DEMAND, "kWh and kW do not go together"),
        (lambda: DEMAND > ENERGY, "kW and kWh do not go together"),
        (lambda: DEMAND >= ENERGY, "kW and kWh do not go together"),
        (lambda: maximum(ENERGY, DEMAND), "kWh and kW do not go together"),
        (lambda: minimum(ENERGY, DEMAND), "kWh and kW do not go together"),
        (lambda: total([ENERGY, MORE_ENERGY, DEMAND]), "kWh and kW do not go together"),
        (lambda: total([ENERGY, DEMAND, MORE_ENERGY]), "kWh and kW do not go together"),
        (lambda: choose(ENERGY < MORE_ENERGY, ENERGY, DEMAND), "kWh and kW do not go together"),
        (lambda: choose(ENERGY > MORE_ENERGY, ENERGY, DEMAND), "kW and kWh do not go together"),
        (lambda: allocate(PRICE, [ENERGY, DEMAND], FEN.step), "kWh and kW do not go together"),
        (lambda: cosphi(ENERGY, ENERGY, FEN), "a power factor is of kWh and kvarh, not of kWh and kWh"),
        (lambda: cosphi(REACTIVE, ENERGY, FEN), "a power factor is of kWh and kvarh, not of kvarh and kWh"),
    ],
)
def test_units_that_do_not_go_together_are_an_error_of_the_rule(combine: Callable[[], object], message: str) -> None:
    with pytest.raises(UnitError, match=f"^{message}$"):
        combine()


def test_a_comparison_keeps_both_sides_its_sign_and_its_outcome() -> None:
    for comparison, sign, holds in (
        (ENERGY < MORE_ENERGY, "<", True),
        (ENERGY <= MORE_ENERGY, "≤", True),
        (ENERGY > MORE_ENERGY, ">", False),
        (ENERGY >= MORE_ENERGY, "≥", False),
    ):
        assert (comparison.left, comparison.sign, comparison.right) == (ENERGY, sign, MORE_ENERGY)
        assert comparison.holds is bool(comparison) is holds


def test_a_choice_remembers_its_comparison() -> None:
    comparison = ENERGY > 4
    taken = choose(comparison, DEMAND, derived("9", "kW"))
    assert isinstance(taken, Derived)
    assert isinstance(comparison, Comparison)
    assert taken.comparison is comparison
    assert facts(comparison.right) == ("4", "kWh", "number")


def test_a_rounding_is_remembered_with_what_states_it() -> None:
    stated = Rounding(Decimal("0.01"), TABLE)
    active, reactive = ENERGY, REACTIVE
    for value in (rounded(PRICE, stated), quotient(ENERGY, DEMAND, stated), cosphi(active, reactive, stated)):
        assert isinstance(value, Derived)
        assert value.rounding is stated
        assert value.source is None


def test_a_power_factor_remembers_both_energies() -> None:
    first, second = made_of(cosphi(ENERGY, REACTIVE, FEN))
    assert (first, second) == (ENERGY, REACTIVE)


def test_a_table_s_entry_remembers_the_table_s_source() -> None:
    value = look_up(RATIO, {Decimal("0.4"): Decimal(1)}, TABLE)
    assert isinstance(value, Derived)
    assert value.source is TABLE


def test_each_part_of_a_whole_remembers_its_weight_and_all_weights() -> None:
    weights = [ENERGY, MORE_ENERGY]
    parts = allocate(DEMAND, weights, Decimal("0.1"))
    assert [facts(part) for part in parts] == [("1.7", "kW", "share"), ("2.3", "kW", "share")]  # 4 × 5 ÷ 12 = 1.66…
    for part, weight in zip(parts, weights, strict=True):
        whole, own, all_weights = made_of(part)
        assert (whole, own) == (DEMAND, weight)
        assert facts(all_weights) == ("12", "kWh", "+")
        assert isinstance(part, Derived)
        assert part.rounding == Rounding(Decimal("0.1"))


def test_the_only_part_of_a_whole_has_its_weight_as_all_weights() -> None:
    (part,) = allocate(DEMAND, [ENERGY], Decimal(1))
    assert made_of(part) == (DEMAND, ENERGY, ENERGY)


def test_a_name_keeps_its_term_qualifiers_and_source() -> None:
    value = named(Term.BILLED_ENERGY, ENERGY, "main", "peak", source=TABLE)
    assert isinstance(value, Derived)
    assert (value.term, value.qualifiers, value.source) == (Term.BILLED_ENERGY, ("main", "peak"), TABLE)


def test_a_value_without_a_past_remembers_nothing() -> None:
    bare = Derived(Decimal(1), "1", "number")
    assert (bare.operands, bare.term, bare.qualifiers, bare.rounding, bare.comparison, bare.source) == (
        (),
        None,
        (),
        None,
        None,
        None,
    )
