"""Claims: published answers, the turn of a year, the least fee, ceilings and fixed multiples."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.claims.case import Act, ClaimCase
from billcalc.claims.claimed import Claimed, Item, claimed
from billcalc.claims.rules import rules_in_force
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.claims import claim_rules


def claims(**told: Any) -> Claimed:
    return claimed(validated(ClaimCase, {"case": "K1", **told}), claim_rules())


def fees(**debt: Any) -> list[Decimal]:
    told = {"owed": "900", "due": "2008-12-21", "paid": "2009-01-15", "customer": "other", **debt}
    return [line.amount for line in claims(debts=[told]).lines]


def test_a_debt_is_cut_at_the_turn_of_its_year() -> None:
    assert fees() == [Decimal("18.00"), Decimal("40.50")]
    assert fees(across_years="整段跨年") == [Decimal("67.50")], "25 days at one rate are one run"
    assert fees(across_years="whole", paid="2008-12-31") == [Decimal("18.00")]
    assert fees(due="2008-12-31") == [Decimal("40.50")], "from 1 January on all days are of the later year"
    assert fees(paid="2008-12-31") == [Decimal("18.00")]


def test_a_household_has_one_rate_in_every_year() -> None:
    assert fees(customer="居民") == [Decimal("22.50")]


def test_days_at_one_rate_are_rounded_once() -> None:
    """1 day before the turn and 1 after it: 1005 × 2 × 0.003 = 6.03, and in two halves it would be 3.02 twice."""
    turn = {"owed": "1005", "due": "2008-12-30", "paid": "2009-01-01"}
    assert fees(**turn, across_years="whole") == [Decimal("6.03")]
    assert fees(**turn, customer="residential") == [Decimal("2.01")]


def test_a_fee_is_raised_to_the_least() -> None:
    told = claims(debts=[{"owed": "20", "due": "2008-12-21", "paid": "2009-01-15", "customer": "residential"}])
    assert [line.amount for line in told.lines] == [Decimal("0.50"), Decimal("0.50")]
    assert told.lines[-1].item is Item.LEAST_FEE
    assert told.total == 1


def cited(told: Claimed) -> list[tuple[Decimal, list[str]]]:
    return [(line.amount, [source.id for source in line.sources]) for line in told.lines]


BOTH = ["claims-1996", "claims-2024"]


def test_a_change_of_the_document_that_leaves_the_rate_cuts_nothing() -> None:
    """152 days by the rules of 1996 and 231 by those of 2024: 1009.95 × 383 × 0.003 = 1160.43, in two parts 1160.44."""
    debt = {"owed": "1009.95", "due": "2023-12-31", "paid": "2025-01-17", "customer": "other"}
    assert cited(claims(debts=[debt])) == [(Decimal("1160.43"), BOTH)]
    home = {"owed": "1005", "due": "2024-05-30", "paid": "2024-06-01", "customer": "residential"}
    assert cited(claims(debts=[home])) == [(Decimal("2.01"), BOTH)], "1.005 a day"


def test_the_turn_of_the_year_still_cuts_where_the_document_changes_too() -> None:
    """17 days at 2 per mille, then 162 at 3; and 215 at 2, then 1 at 3."""
    debt = {"owed": "1000", "due": "2023-12-14", "paid": "2024-06-10", "customer": "other"}
    told = claims(debts=[debt])
    assert cited(told) == [(Decimal("34.00"), BOTH[:1]), (Decimal("486.00"), BOTH)]
    assert [line.span and line.span.start for line in told.lines] == [date(2023, 12, 15), date(2024, 1, 1)]
    later = {"owed": "1000", "due": "2024-05-30", "paid": "2025-01-01", "customer": "other"}
    assert cited(claims(debts=[later])) == [(Decimal("430.00"), BOTH), (Decimal("3.00"), BOTH[1:])]


def test_a_change_of_the_rate_cuts() -> None:
    old, new = claim_rules()
    dearer = new.model_copy(update={"late_fee": new.late_fee.model_copy(update={"same_year": Decimal("0.004")})})
    debt = {"owed": "1000", "due": "2024-05-30", "paid": "2024-06-02", "customer": "other"}
    told = claimed(validated(ClaimCase, {"case": "K1", "debts": [debt]}), (old, dearer))
    assert cited(told) == [(Decimal("2.00"), BOTH[:1]), (Decimal("8.00"), BOTH[1:])]


def test_there_are_no_rules_before_the_first_document() -> None:
    assert rules_in_force(claim_rules(), date(1996, 10, 8)).id == "claims-1996"
    assert [line.amount for line in claims(debts=[{**OLD, "due": "1996-10-07", "paid": "1996-10-08"}]).lines] == [2]
    with pytest.raises(InvalidInput) as raised:
        claims(debts=[OLD], found="1990-01-01", thefts=[{"kwh": "1", "price": "1"}])
    assert [(fault.where, fault.facts["range"]) for fault in raised.value.faults] == [
        ("/debts/0/due", "1996-10-08.."),
        ("/found", "1996-10-08.."),
    ]


OLD = {"owed": "1000", "due": "1996-10-06", "paid": "1996-10-08", "customer": "other"}


def test_the_parts_of_a_debt_are_raised_to_the_least_together() -> None:
    part = {"owed": "20", "due": "2009-01-10", "customer": "residential"}
    told = claims(debts=[{**part, "paid": "2009-01-20"}, {**part, "paid": "2009-01-25"}])
    assert [(line.pointer, line.amount) for line in told.lines] == [
        ("/debts/0", Decimal("0.20")),
        ("/debts/1", Decimal("0.30")),
        ("/debts/1", Decimal("0.50")),
    ]


def test_claims_stand_in_the_order_of_the_debts() -> None:
    """Debts of one due day are raised together after the last of them, whatever stands between."""
    part = {"owed": "20", "due": "2009-01-10", "customer": "residential"}
    between = {"owed": "1000", "due": "2009-02-10", "paid": "2009-02-20", "customer": "residential"}
    told = claims(debts=[{**part, "paid": "2009-01-25"}, between, {**part, "paid": "2009-01-20"}])
    assert [(line.pointer, line.item, line.amount) for line in told.lines] == [
        ("/debts/0", Item.LATE_FEE, Decimal("0.30")),
        ("/debts/1", Item.LATE_FEE, Decimal("10.00")),
        ("/debts/2", Item.LATE_FEE, Decimal("0.20")),
        ("/debts/2", Item.LEAST_FEE, Decimal("0.50")),
    ]


def test_what_corrected_bills_charge_is_not_claimed_again() -> None:
    two_part = {"act": "sealed", "billing": "two_part", "capacity": "10", "price": "20", "months": "1", "days": "0"}
    assert amounts(**two_part, rebilled=True) == [Decimal("400.00")]
    theft = {"kwh": "100", "price": "0.5", "rebilled": True}
    assert [line.amount for line in claims(found="2008-06-30", thefts=[theft]).lines] == [Decimal("150.00")]


@given(
    owed=st.decimals(min_value=1, max_value=10**6, places=2),
    due=st.dates(date(2010, 1, 1), date(2013, 12, 31)),
    days=st.integers(1, 800),
    between=st.data(),
)
def test_days_paid_apart_come_to_the_days_paid_together(
    owed: Decimal, due: date, days: int, between: st.DataObject
) -> None:
    """A debt of some days is that of its years, to the fen of each: midnight of 31 December cuts it."""
    paid = due + timedelta(days)
    told = claims(debts=[{"owed": str(owed), "due": str(due), "paid": str(paid), "customer": "other"}])
    of_fees = [line for line in told.lines if line.item is Item.LATE_FEE]
    turn = date(due.year, 12, 31)
    in_year = (min(paid, turn) - due).days
    parts = [(in_year, Decimal("0.002")), (days - in_year, Decimal("0.003"))]
    expected = [
        (owed * count * rate).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP") for count, rate in parts if count
    ]
    assert [line.amount for line in of_fees] == expected
    assert told.total == max(sum(expected), 1)
    longer = between.draw(st.integers(1, 30))
    more = claims(
        debts=[{"owed": str(owed), "due": str(due), "paid": str(paid + timedelta(longer)), "customer": "other"}]
    )
    assert more.total >= told.total, "who pays later never pays less"


def amounts(found: str = "2008-06-30", **breach: Any) -> list[Decimal]:
    return [line.amount for line in claims(found=found, breaches=[breach]).lines]


def test_what_breaches_cost() -> None:
    assert amounts(act="高价低接", difference="195") == [Decimal("195.00"), Decimal("390.00")]
    assert amounts(act="higher_price", difference="195", rebilled=True) == [Decimal("390.00")]
    two_part = {"billing": "two_part", "capacity": "2000", "price": "15", "months": "2", "days": "21"}
    assert amounts(act="sealed", **two_part) == [Decimal("81000.00"), Decimal("162000.00")]
    assert amounts(act="over_capacity", billing="one_part", capacity="12.5") == [Decimal("625.00")]
    assert amounts(act="sealed", billing="单一制", capacity="10", times="2") == [Decimal("600.00")]
    assert amounts(act="meter", customer="residential", times="2") == [Decimal("1000.00")]
    assert amounts(act="meter", customer="other", times="1") == [Decimal("5000.00")]
    assert amounts(act="own_source", capacity="3") == [Decimal("1500.00")]


def test_a_ceiling_is_not_a_multiple() -> None:
    assert amounts("2025-01-31", act="higher_price", difference="100", multiple="1.5")[1] == Decimal("150.00")
    assert amounts(act="higher_price", difference="100", multiple="2")[1] == Decimal("200.00"), "as it is fixed"
    with pytest.raises(InvalidInput) as raised:
        amounts("2025-01-31", act="higher_price", difference="100")
    assert raised.value.faults[0].facts["key"] == "multiple"


def test_what_theft_costs_where_its_time_is_known() -> None:
    told = claims(found="2008-06-30", thefts=[{"power": "5", "hours": "8", "days": "10", "price": "0.5"}])
    assert [line.amount for line in told.lines] == [Decimal("200.00"), Decimal("600.00")]


def test_every_document_has_every_act() -> None:
    for document in claim_rules():
        assert [rule.act for rule in document.acts] == list(Act)
        assert all((rule.multiple or rule.rate) is not None for rule in document.acts)
