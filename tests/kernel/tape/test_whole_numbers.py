"""The primitives on whole numbers are those on exact decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.kernel.numbers import cosphi_number, quotient_number
from billcalc.kernel.tape.whole_numbers import cosphi, nearest


@pytest.mark.parametrize(("numerator", "divisor"), [(5, 2), (-5, 2), (5, -2), (-5, -2), (1, 3), (0, 7), (3, 0)])
def test_the_nearest_of_a_quotient(numerator: int, divisor: int) -> None:
    assert nearest(numerator, divisor) == quotient_number(Decimal(numerator), Decimal(divisor), Decimal(1))


@pytest.mark.parametrize(("active", "reactive"), [(0, 0), (0, 5), (-1, 0), (1, 0), (3, 4), (199, 20), (10**30, 1)])
def test_the_power_factor(active: int, reactive: int) -> None:
    assert Decimal(cosphi(active, reactive, 100)).scaleb(-2) == cosphi_number(
        Decimal(active), Decimal(reactive), Decimal("0.01")
    )


@given(active=st.integers(0, 10**9), reactive=st.integers(0, 10**9))
def test_any_power_factor(active: int, reactive: int) -> None:
    assert Decimal(cosphi(active, reactive, 100)).scaleb(-2) == cosphi_number(
        Decimal(active), Decimal(reactive), Decimal("0.01")
    )
