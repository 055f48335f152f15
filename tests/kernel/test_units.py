"""The algebra of units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.kernel.units import CNY, DAY, HOUR, KVA, KVARH, KW, KWH, PURE, UnitError, divided, multiplied, summed


@pytest.fixture(autouse=True, scope="module")
def _nothing_is_remembered() -> None:
    """What other tests have asked for is worked out anew."""
    multiplied.cache_clear()
    divided.cache_clear()


BASES = [KWH, KVARH, KW, KVA, DAY, HOUR, CNY]


@st.composite
def units(draw: st.DrawFn) -> str:
    """Units as products and quotients make them, such as ``CNY/day·kVA``."""
    unit = PURE
    for base in draw(st.lists(st.sampled_from(BASES), max_size=3)):
        unit = multiplied(unit, base)
    for base in draw(st.lists(st.sampled_from(BASES), max_size=3)):
        unit = divided(unit, base)
    return unit


@pytest.mark.parametrize(
    ("left", "right", "product"),
    [
        (KWH, "CNY/kWh", CNY),
        ("CNY/kWh", KWH, CNY),
        (KVA, DAY, "day·kVA"),
        (DAY, KVA, "day·kVA"),
        (KW, KW, "kW·kW"),
        (KW, HOUR, KWH),
        ("CNY/kW", "1/h", "CNY/kWh"),
        ("kvar", HOUR, KVARH),
        ("kW·kVAh·kVAh", "1/kVA·kVA·h", KWH),
        (KWH, PURE, KWH),
        (PURE, PURE, PURE),
        ("CNY/day·kVA", "day·kVA", CNY),
        ("CNY/day·kVA", KVA, "CNY/day"),
        ("1/kWh", KWH, PURE),
        ("1/kWh", "1/kWh", "1/kWh·kWh"),
    ],
)
def test_the_unit_of_a_product(left: str, right: str, product: str) -> None:
    assert multiplied(left, right) == product


@pytest.mark.parametrize(
    ("above", "below", "quotient"),
    [
        ("day·kVA", DAY, KVA),
        (KWH, KWH, PURE),
        (CNY, KWH, "CNY/kWh"),
        (CNY, "CNY/kWh", KWH),
        (PURE, KWH, "1/kWh"),
        (KWH, PURE, KWH),
        ("CNY/kVA", DAY, "CNY/day·kVA"),
        (KW, "kW·kW", "1/kW"),
    ],
)
def test_the_unit_of_a_quotient(above: str, below: str, quotient: str) -> None:
    assert divided(above, below) == quotient


@pytest.mark.parametrize(
    ("left", "right", "unit"),
    [(KWH, KWH, KWH), ("kWh·kWh", "kvarh·kvarh", "kVAh·kVAh"), ("kvarh·kvarh", "kWh·kWh", "kVAh·kVAh")],
)
def test_the_unit_of_a_sum(left: str, right: str, unit: str) -> None:
    assert summed(left, right) == unit


def test_what_does_not_go_together_has_no_sum() -> None:
    with pytest.raises(UnitError, match="kWh and kvarh do not go together"):
        summed(KWH, KVARH)


@given(units(), units(), units())
def test_products_of_units_are_associative(first: str, second: str, third: str) -> None:
    assert multiplied(multiplied(first, second), third) == multiplied(first, multiplied(second, third))


@given(units(), units())
def test_products_of_units_are_commutative(left: str, right: str) -> None:
    assert multiplied(left, right) == multiplied(right, left)


@given(units(), units())
def test_dividing_undoes_multiplying(unit: str, other: str) -> None:
    assert divided(multiplied(unit, other), other) == unit
    assert multiplied(divided(unit, other), other) == unit


@given(units(), units(), units())
def test_dividing_twice_divides_by_the_product(unit: str, first: str, second: str) -> None:
    assert divided(divided(unit, first), second) == divided(unit, multiplied(first, second))


@given(units())
def test_a_ratio_changes_no_unit(unit: str) -> None:
    assert multiplied(unit, PURE) == divided(unit, PURE) == unit
    assert divided(unit, unit) == PURE


def test_a_unit_error_is_the_error_of_the_rule_s_author() -> None:
    assert issubclass(UnitError, AssertionError)
