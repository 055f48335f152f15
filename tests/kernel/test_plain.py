"""Plain values: what is theirs alone; what they share with derived values is in test_values.py and test_trees.py."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from billcalc.kernel.derived import Derived
from billcalc.kernel.plain import Plain
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Value, maximum, named

TWO = Plain(Decimal(2))
DERIVED_TWO = Derived(Decimal(2), "1", "number")


def test_a_plain_value_shows_its_number() -> None:
    assert repr(Plain(Decimal("0.10"))) == "Plain(0.10)"


def test_a_plain_value_keeps_no_name() -> None:
    assert named(Term.TOTAL, TWO, "peak") is TWO


def test_comparing_plain_values_gives_a_bare_truth() -> None:
    assert (Plain(Decimal(1)) < TWO) is True


@pytest.mark.parametrize(
    "meet",
    [
        lambda: TWO + DERIVED_TWO,
        lambda: DERIVED_TWO + TWO,
        lambda: TWO * DERIVED_TWO,
        lambda: DERIVED_TWO * TWO,
        lambda: TWO < DERIVED_TWO,
        lambda: DERIVED_TWO < TWO,
    ],
)
def test_two_kinds_of_value_do_not_meet_in_a_rule(meet: Callable[[], object]) -> None:
    with pytest.raises(AssertionError, match=r"^beside a value may stand one of its own kind, a Decimal or an int$"):
        meet()


def test_the_larger_of_two_kinds_of_value_is_an_error() -> None:
    with pytest.raises(AssertionError, match=r"^values of two kinds met in one rule$"):
        maximum(TWO, DERIVED_TWO)


@pytest.mark.parametrize("value", [TWO, DERIVED_TWO])
def test_a_float_is_refused_in_a_rule(value: Value) -> None:
    with pytest.raises(AssertionError, match=r"^beside a value may stand one of its own kind, a Decimal or an int$"):
        value * 0.1  # type: ignore[operator]
