"""Whether an issued bill adds up by itself."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit import compare
from billcalc.audit.comparison import OwnCheck, OwnError
from billcalc.billing.bill import PowerFactorFact
from billcalc.vocabulary import Section
from tests.audit.issuing import our_bill, our_line, printed


def own(*lines: dict[str, Any], tolerance: str = "0", **told: Any) -> tuple[OwnError, ...]:
    """What a bill contradicts itself in, beside a bill of ours that proves nothing."""
    return compare(our_bill(), printed(*lines, **told), tolerance=Decimal(tolerance)).own


def line(amount: str, **told: Any) -> dict[str, Any]:
    return {"name": "电费", "amount": amount, **told}


def test_lines_that_sum_to_the_total_are_no_error() -> None:
    assert own(line("1.10"), line("-0.10"), total="1.00") == ()


def test_a_total_off_its_lines_is_told_with_the_sum() -> None:
    [error] = own(line("1.10"), line("2.20"), total="3.00")
    assert (error.check, error.name, error.row) == (OwnCheck.TOTAL, None, None)
    assert (error.printed, error.computed, error.difference) == (Decimal("3.00"), Decimal("3.30"), Decimal("-0.30"))


def test_without_a_printed_total_there_is_nothing_to_be_off() -> None:
    assert own(line("1.10")) == ()


def test_the_tolerance_is_for_the_bills_own_sums_too() -> None:
    assert own(line("1.10"), total="1.20", tolerance="0.10") == ()
    assert len(own(line("1.10"), total="1.20", tolerance="0.09")) == 1


def test_a_product_that_is_not_the_amount_is_told() -> None:
    [error] = own(line("10.05", quantity="10", price="1", band="peak"))
    assert (error.check, error.name, error.row) == (OwnCheck.PRODUCT, "电费", 0)
    assert (error.computed, error.factors) == (Decimal("10.00"), (Decimal(10), Decimal(1)))
    assert not error.may_be_rounding


@pytest.mark.parametrize("told", [{"quantity": "10"}, {"price": "1"}, {}])
def test_a_product_needs_both_its_factors(told: dict[str, str]) -> None:
    assert own(line("10.05", **told)) == ()


@pytest.mark.parametrize(("amount", "soft"), [("10.03", True), ("9.97", True), ("10.04", False), ("9.96", False)])
def test_six_bands_rounded_each_can_make_three_fen(amount: str, soft: bool) -> None:
    [error] = own(line(amount, quantity="10", price="1"))
    assert error.may_be_rounding is soft


def test_one_band_is_rounded_once() -> None:
    [error] = own(line("10.01", quantity="10", price="1", band="peak"))
    assert not error.may_be_rounding


@pytest.mark.parametrize(("amount", "soft"), [("10.02", True), ("10.03", False)])
def test_an_adjustment_can_be_rounded_for_each_line_of_the_bill(amount: str, soft: bool) -> None:
    lines = [line("1.00"), line("1.00"), line(amount, section="power_factor", quantity="100", price="0.1")]
    [error] = own(*lines, line("1.00"))
    assert (error.check, error.may_be_rounding) == (OwnCheck.POWER_FACTOR, soft)


FACTS = {"base": "100.00", "ratio": "0.1"}
ADJUSTED = {"code": "power_factor", "section": "power_factor", "amount": "11.00"}


def test_base_times_ratio_is_checked_where_they_are_printed_as_facts() -> None:
    [error] = own(ADJUSTED, facts=FACTS)
    assert (error.check, error.row, error.name) == (OwnCheck.POWER_FACTOR, 0, "power_factor")
    assert error.computed == Decimal("10.00")


def test_base_times_ratio_is_proved_by_our_own_line_of_the_same_base_and_ratio() -> None:
    scope = PowerFactorFact("S1", None, None, None, Decimal("0.1"))
    line = our_line(
        "power_factor", "10.03", section=Section.POWER_FACTOR, group="S1", quantity="100", price="0.1", given=False
    )
    bill = our_bill(line, power_factors=(scope,))
    adjusted = {"code": "power_factor", "amount": "10.03"}
    assert compare(bill, printed(adjusted, facts=FACTS)).own == ()
    [error] = compare(bill, printed(adjusted, facts={**FACTS, "base": "100.10"})).own
    assert error.difference == Decimal("0.02")


@pytest.mark.parametrize("facts", [{}, {"base": "100.00"}, {"ratio": "0.1"}])
def test_without_base_and_ratio_there_is_nothing_to_check(facts: dict[str, str]) -> None:
    assert own(ADJUSTED, facts=facts) == ()


@pytest.mark.parametrize("lines", [(), (ADJUSTED, ADJUSTED)])
def test_facts_of_one_power_factor_are_not_for_several_lines(lines: tuple[dict[str, Any], ...]) -> None:
    assert own(*lines, facts=FACTS) == ()


def test_facts_of_one_power_factor_are_not_for_a_line_that_sums_two() -> None:
    bill = our_bill(
        our_line("power_factor", "5.00", section=Section.POWER_FACTOR, group="S1"),
        our_line("power_factor", "5.00", section=Section.POWER_FACTOR, group="S2"),
    )
    lines = ({"code": "power_factor", "amount": "7.00"}, {"code": "power_factor", "amount": "9.00"})
    assert compare(bill, printed(*lines, facts=FACTS)).own == ()


def test_a_subtotal_is_the_sum_of_the_lines_of_its_section() -> None:
    lines = (line("1.00", section="energy"), line("2.00", section="levies"), line("4.00"))
    subtotals = [{"name": "基金小计", "section": "levies", "amount": "3.00"}, {"section": "energy", "amount": "1.00"}]
    [error] = own(*lines, subtotals=subtotals)
    assert (error.check, error.name, error.computed) == (OwnCheck.SUBTOTAL, "基金小计", Decimal("2.00"))


def test_a_subtotal_without_a_name_is_named_by_what_it_sums() -> None:
    [error] = own(line("1.00"), subtotals=[{"section": ["energy", "levies"], "group": "main", "amount": "3.00"}])
    assert error.name == "energy + levies + main"


def test_a_line_is_in_the_section_and_group_of_our_line_where_it_tells_none() -> None:
    bill = our_bill(our_line("levies", "2.00", section=Section.LEVIES), our_line("purchase", "1.00", group="other"))
    lines = ({"code": "levies", "amount": "2.00"}, {"code": "purchase", "amount": "1.00"})
    subtotals = [
        {"section": "levies", "amount": "2.00"},
        {"group": "main", "amount": "2.00"},
        {"group": "other", "section": "energy", "amount": "1.00"},
        {"group": "other", "section": "levies", "amount": "0.00"},
    ]
    assert compare(bill, printed(*lines, subtotals=subtotals)).own == ()


def test_a_line_printed_in_a_section_that_is_several_of_ours_is_in_that_of_our_line() -> None:
    bill = our_bill(our_line("capacity", "2.00", section=Section.NETWORK_CAPACITY))
    both = ["network_energy", "network_capacity"]
    subtotals = [{"section": both, "amount": "2.00"}, {"section": "network_energy", "amount": "0.00"}]
    lines = {"code": "capacity", "section": both, "amount": "2.00"}
    assert compare(bill, printed(lines, subtotals=subtotals)).own == ()


def test_a_subtotal_of_a_part_of_a_line_cannot_be_checked() -> None:
    bill = our_bill(our_line("levies", "2.00"), our_line("levies", "1.00", group="other"))
    subtotals = [{"group": "main", "amount": "99.00"}]
    assert compare(bill, printed({"code": "levies", "amount": "3.00"}, subtotals=subtotals)).own == ()


def test_a_known_line_that_only_the_issued_bill_has_counts_in_the_section_of_its_code() -> None:
    bill = our_bill(our_line("levies", "2.00", section=Section.LEVIES))
    lines = ({"code": "levies", "amount": "2.00"}, {"code": "levies", "amount": "0.50"})
    subtotals = [{"section": "levies", "amount": "2.50"}]
    comparison = compare(bill, printed(*lines, subtotals=subtotals))
    assert comparison.own == ()
    assert comparison.sections[0].difference == Decimal("0.50")
