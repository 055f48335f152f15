"""Sums of which a bill prints no line stand for all our lines of their sections."""

from typing import Any

import pytest

from billcalc.audit import Comparison, IssuedLine, compare
from billcalc.audit.comparison import Outcome
from billcalc.vocabulary import Section
from tests.audit.issuing import our_bill, our_line, printed

BILL = our_bill(
    our_line("purchase", "5.00"),
    our_line("rural_grid_loan", "2.00", section=Section.LEVIES),
    our_line("renewable_energy", "1.00", section=Section.LEVIES),
    our_line("capacity", "9.00", section=Section.NETWORK_CAPACITY),
)


def outcomes(comparison: Comparison) -> dict[str, str]:
    return {
        " + ".join(line.name or line.codes[0] for line in entry.issued)
        or entry.recomputed[0].code: f"{entry.outcome.value} {entry.difference}"
        for entry in comparison.entries
    }


def issued(*lines: dict[str, Any], subtotals: list[dict[str, Any]], total: str = "17.00") -> Any:
    return printed(*lines, subtotals=subtotals, total=total)


PURCHASE = {"code": "purchase", "amount": "5.00"}
LEVIES = {"name": "基金", "section": "levies", "amount": "3.00"}
BASIC = {"section": "network_capacity", "amount": "9.00"}


def test_sections_that_are_known_by_their_sums_are_compared_beside_lines() -> None:
    comparison = compare(BILL, issued(PURCHASE, subtotals=[LEVIES, BASIC]))
    assert outcomes(comparison) == {"purchase": "agrees 0.00", "基金": "agrees 0.00", "network_capacity": "agrees 0.00"}
    assert comparison.agrees
    wrong = compare(BILL, issued(PURCHASE, subtotals=[{**LEVIES, "amount": "3.50"}, BASIC], total="17.50"))
    assert outcomes(wrong)["基金"] == "differing 0.50"
    assert not wrong.own


def test_a_sum_whose_lines_are_printed_stays_a_sum() -> None:
    loan = {"code": "rural_grid_loan", "amount": "2.00"}
    comparison = compare(BILL, issued(PURCHASE, loan, subtotals=[LEVIES, BASIC]))
    assert outcomes(comparison)["renewable_energy"] == "missing -1.00"
    assert "基金" not in outcomes(comparison)


def test_of_sums_within_each_other_the_smallest_are_compared() -> None:
    both = {"name": "其他", "section": ["levies", "network_capacity"], "amount": "12.00"}
    comparison = compare(BILL, issued(PURCHASE, subtotals=[both, LEVIES, BASIC]))
    assert outcomes(comparison) == {"purchase": "agrees 0.00", "基金": "agrees 0.00", "network_capacity": "agrees 0.00"}
    alone = compare(BILL, issued(PURCHASE, subtotals=[both]))
    assert outcomes(alone) == {"purchase": "agrees 0.00", "其他": "agrees 0.00"}


@pytest.mark.parametrize(
    ("unknown", "whole"), [("3.00", False), ("1.00", True)], ids=["may be the sum", "cannot be the sum"]
)
def test_a_sum_that_an_unknown_line_may_make_stays_a_sum(unknown: str, *, whole: bool) -> None:
    comparison = compare(BILL, issued(PURCHASE, {"name": "甲", "amount": unknown}, subtotals=[LEVIES, BASIC]))
    assert ("基金" in outcomes(comparison)) is whole
    assert outcomes(comparison)["甲"] == f"unmapped {unknown}"


def test_a_sum_of_nothing_is_compared_beside_an_unknown_line() -> None:
    comparison = compare(
        BILL, issued(PURCHASE, {"name": "甲", "amount": "1.00"}, subtotals=[{**LEVIES, "amount": "0.00"}, BASIC])
    )
    assert outcomes(comparison)["基金"] == "differing -3.00"


def test_a_sum_of_a_group_or_of_a_section_that_we_have_not_stays_a_sum() -> None:
    of_group = {"section": "levies", "group": "main", "amount": "3.00"}
    refunds = {"name": "退补", "section": "refunds", "amount": "1.00"}
    found = outcomes(compare(BILL, issued(PURCHASE, subtotals=[of_group, refunds, BASIC])))
    assert found["rural_grid_loan"] == "missing -2.00"
    assert "退补" not in found


def test_a_row_that_was_not_read_may_be_the_line_of_a_sum() -> None:
    lost = IssuedLine.model_validate({"code": "renewable_energy", "amount": "0"})
    comparison = compare(BILL, issued(PURCHASE, subtotals=[LEVIES, BASIC]), unread=[lost])
    assert {entry.recomputed[0].code: entry.outcome for entry in comparison.entries if not entry.issued} == {
        "rural_grid_loan": Outcome.MISSING,
        "renewable_energy": Outcome.NOT_READ,
    }
