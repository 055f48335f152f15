"""Which parts of a line agree, and what those that differ are in money."""

from decimal import Decimal

import pytest

from billcalc.audit import compare
from billcalc.audit.comparison import Effects, Entry, Outcome, Part, Verdict
from billcalc.audit.parts import compared_number
from tests.audit.issuing import our_bill, our_line, printed

OUR = our_line("capacity", "1355333.26", quantity="63333.33", price="21.4")


def finding(**told: str) -> Entry:
    [entry] = compare(our_bill(OUR), printed({"code": "capacity", **told})).entries
    return entry


@pytest.mark.parametrize(
    ("issued", "ours", "verdict"),
    [
        ("21.40", "21.4", Verdict.AGREES),
        ("21", "21.4", Verdict.AS_PRINTED),
        ("0.692", "0.691794", Verdict.AS_PRINTED),
        ("0.691", "0.691794", Verdict.DIFFERS),
        ("-7.5", "-7.45", Verdict.AS_PRINTED),
        ("63333.3300", "63333.33", Verdict.AGREES),
        ("63333.3301", "63333.33", Verdict.DIFFERS),
        (None, "1", Verdict.NOT_TOLD),
        ("1", None, Verdict.NOT_TOLD),
    ],
)
def test_a_number_with_fewer_decimals_agrees_where_ours_rounds_to_it(
    issued: str | None, ours: str | None, verdict: Verdict
) -> None:
    numbers = [None if text is None else Decimal(text) for text in (issued, ours)]
    assert compared_number(*numbers, rounded=True) is verdict


def test_where_the_amount_differs_a_number_with_fewer_decimals_differs_too() -> None:
    assert compared_number(Decimal(21), Decimal("21.4"), rounded=False) is Verdict.DIFFERS
    assert finding(price="21", amount="1329999.93").verdict(Part.PRICE) is Verdict.DIFFERS


def test_where_the_amount_agrees_it_is_what_the_bill_prints() -> None:
    entry = finding(quantity="63333", price="21.40", amount="1355333.26")
    assert entry.outcome is Outcome.AGREES
    assert entry.verdict(Part.QUANTITY) is Verdict.AS_PRINTED


def test_a_wrong_price_is_the_whole_difference() -> None:
    entry = finding(quantity="63333.33", price="22.4", amount="1418666.59")
    assert entry.effects == Effects(quantity=Decimal(0), price=Decimal("63333.33"), rest=Decimal(0))


def test_a_wrong_quantity_is_the_whole_difference() -> None:
    entry = finding(quantity="100000", price="21.4", amount="2140000.00")
    assert entry.effects == Effects(quantity=Decimal("784666.74"), price=Decimal(0), rest=Decimal(0))


def test_quantity_price_and_multiplication_share_a_difference_exactly() -> None:
    entry = finding(quantity="63334.337", price="21.3999", amount="1355348.00")
    assert entry.effects is not None
    assert entry.effects.quantity == Decimal("21.55")
    assert entry.effects.price == Decimal("-6.33")
    assert entry.effects.quantity + entry.effects.price + entry.effects.rest == entry.difference == Decimal("14.74")


@pytest.mark.parametrize("told", [{}, {"price": "22.4"}, {"quantity": "100000"}])
def test_without_both_factors_a_difference_is_not_split(told: dict[str, str]) -> None:
    assert finding(amount="1.00", **told).effects is None


def test_the_tolerance_is_for_amounts_and_not_for_prices() -> None:
    issued = printed({"code": "capacity", "quantity": "63333.33", "price": "21.4", "amount": "1355333.30"})
    bill = our_bill(OUR)
    assert [compare(bill, issued, tolerance=Decimal(text)).entries[0].outcome for text in ("0", "0.04", "0.03")] == [
        Outcome.DIFFERING,
        Outcome.TOLERATED,
        Outcome.DIFFERING,
    ]
    priced = printed({"code": "capacity", "price": "21.5", "amount": "1355333.30"})
    assert compare(bill, priced, tolerance=Decimal(1)).entries[0].outcome is Outcome.DIFFERING


def test_a_tolerance_below_zero_is_an_error_of_the_caller() -> None:
    with pytest.raises(AssertionError, match="below zero"):
        compare(our_bill(), printed(), tolerance=Decimal("-0.01"))
