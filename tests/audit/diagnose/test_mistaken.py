"""What numbers may have been by mistake: worked out by hand, of many rows at once, as far as 64 bits reach."""

from decimal import Decimal

import numpy as np
import pytest

from billcalc.audit.diagnose.mistaken import (
    Options,
    Written,
    contracts,
    exchanged,
    misread,
    of_list,
    ratios,
    sizes,
    written,
)
from billcalc.audit.diagnose.stacked import column_of
from billcalc.bulk.column import Column


def told(*numbers: str, digits: int = 1, decimals: int = 0) -> Written:
    return written(column_of([Decimal(each) for each in numbers]), len(numbers), digits=digits, decimals=decimals)


def texts(found: Options, row: int = 0) -> set[str]:
    """The options of a row, without zeros at the end."""
    chosen = found.numbers[found.rows == row].tolist()
    return {f"{Decimal(each).scaleb(-found.scale).normalize():f}" for each in chosen}


def test_a_digit_is_read_as_any_other() -> None:
    assert texts(misread(told("10"))) == {
        *("0", "20", "30", "40", "50", "60", "70", "80", "90"),
        *("11", "12", "13", "14", "15", "16", "17", "18", "19"),
    }


def test_zeros_that_a_register_shows_are_misread_too() -> None:
    """12.5 on a register of three digits and two decimals is 012.50."""
    found = texts(misread(told("12.5", digits=3, decimals=2)))
    assert {"12.51", "12.59", "112.5", "912.5"} <= found
    assert len(found) == 5 * 9
    assert {"1012.5", "12.501"}.isdisjoint(found)
    assert {"12.05", "102.5"} <= texts(exchanged(told("12.5", digits=3, decimals=2)))


def test_a_register_shows_as_many_decimals_as_another_of_its_meter() -> None:
    beside = [column_of([Decimal("1.25"), Decimal("3.00")])]
    found = misread(written(column_of([Decimal("7.1"), Decimal("7.1")]), 2, beside=beside))
    assert {"7.13"} <= texts(found, 0)
    assert {"7.13"}.isdisjoint(texts(found, 1))


def test_two_neighbouring_digits_are_exchanged() -> None:
    assert texts(exchanged(told("12.34"))) == {"21.34", "13.24", "12.43"}
    assert texts(exchanged(told("11"))) == set()


def test_every_row_has_its_own() -> None:
    found = exchanged(told("12", "34", "55"))
    assert [texts(found, row) for row in range(3)] == [{"21"}, {"43"}, set()]


def test_a_multiplier_is_another_ratio_of_rated_currents() -> None:
    found = ratios(told("100", "100", "60"), (Decimal(1), Decimal(5)))
    assert texts(found, 0) == texts(found, 1) == {"1", "10", "20", "500", "1000"}
    assert texts(found, 2) == {"1", "6", "12", "300", "600"}
    assert texts(ratios(told("100"), ())) == {"1", "10", "1000"}


def test_a_size_is_one_that_is_made_or_a_slip_of_the_pen_and_each_comes_once() -> None:
    found = sizes(told("100"), (Decimal(100), Decimal(160), Decimal("31.5")))
    assert {"160", "31.5", "110", "10"} <= texts(found)
    assert "100" not in texts(found)
    assert len(found.numbers) == len(texts(found))


def test_a_contract_is_that_of_before_or_ten_times_it() -> None:
    found = texts(contracts(told("605"), (Decimal("700.25"),)))
    assert {"700.25", "6050", "60.5", "65", "650", "615"} <= found
    assert "0" not in texts(contracts(told("0"), ()))


@pytest.mark.parametrize("number", ["1234567890123456789", "0.12345678901234567"])
def test_a_number_of_more_digits_than_are_looked_at_has_no_other(number: str) -> None:
    numbers = np.array([int(Decimal(number).scaleb(17 if "." in number else 0))], dtype=object)
    found = written(Column.of(numbers, 17 if "." in number else 0), 1)
    assert found.fits.tolist() == [False]
    for options in (misread(found), exchanged(found), ratios(found, ()), sizes(found, (Decimal(5),))):
        assert options.numbers.tolist() == []


def test_what_64_bits_do_not_hold_beside_a_number_is_left_out() -> None:
    long = Decimal("0.1234567890123456"), Decimal(10) ** 20, Decimal(7)
    assert texts(of_list(told("123456"), long)) == {"7"}
