"""Issued bills of which only sums are printed, sums that unmapped lines leave open, and lines that prove nothing."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit import Comparison, compare
from billcalc.audit.comparison import Cause, Fact, Outcome, OwnCheck, Verdict
from billcalc.audit.report import comparison_text
from billcalc.explain.printing import plain_text
from billcalc.kernel.decimals import exact_sum
from billcalc.vocabulary import Section
from billcalc.wire.comparison import comparison_data
from billcalc.words.lexicon import ENGLISH
from tests.audit.issuing import ISSUED, our_bill, our_line, printed
from tests.cli.calling import ROOT, call

P1 = str(ROOT / "fixtures/official/guangxi-2024-06-p1/request.yaml")
BILL = our_bill(
    our_line("purchase", "5.00", given=False), our_line("levies", "2.00", section=Section.LEVIES, group="other")
)


def sums(comparison: Comparison) -> list[tuple[Fact, str | None, Decimal | None, Verdict]]:
    return [
        (fact.fact, fact.of, fact.recomputed if isinstance(fact.recomputed, Decimal) else None, fact.verdict)
        for fact in comparison.facts
    ]


def report(comparison: Comparison) -> list[str]:
    return plain_text(comparison_text(comparison, lexicon=ENGLISH)).splitlines()


# Sums only


def test_a_bill_that_has_only_the_total_is_compared_by_it() -> None:
    result = call("compare", P1, str(ISSUED / "examples" / "total-only.yaml"))
    assert result.exit_code == 0
    assert "Printed sums that agree: 1" in result.stdout
    assert "Missing" not in result.stdout


def test_a_total_that_differs_is_told_with_both() -> None:
    comparison = compare(BILL, printed(total="7.50"))
    assert sums(comparison) == [(Fact.TOTAL, None, Decimal("7.00"), Verdict.DIFFERS)]
    assert not comparison.agrees
    assert not comparison.findings
    assert comparison.causes == {Cause.NOT_PRINTED: Decimal("0.50")}
    assert "  total issued 7.50 CNY, recomputed 7.00 CNY" in report(comparison)
    assert compare(BILL, printed(total="7.50"), tolerance=Decimal("0.50")).agrees


def test_a_bill_that_has_only_sections_and_groups_is_compared_by_them() -> None:
    subtotals = [
        {"section": "energy", "amount": "5.00"},
        {"name": "基金", "section": "levies", "amount": "2.10"},
        {"group": "other", "amount": "2.00"},
        {"section": "energy", "group": "other", "amount": "0.00"},
    ]
    comparison = compare(BILL, printed(subtotals=subtotals))
    assert sums(comparison) == [
        (Fact.SUBTOTAL, "energy", Decimal("5.00"), Verdict.AGREES),
        (Fact.SUBTOTAL, "基金", Decimal("2.00"), Verdict.DIFFERS),
        (Fact.SUBTOTAL, "other", Decimal("2.00"), Verdict.AGREES),
        (Fact.SUBTOTAL, "energy + other", Decimal(0), Verdict.AGREES),
    ]
    assert (comparison.agrees, comparison.total_issued, comparison.causes) == (False, Decimal("7.00"), {})
    told = report(comparison)
    assert "  sum (基金) issued 2.10 CNY, recomputed 2.00 CNY" in told
    assert "Printed sums that agree: 3" in told
    assert "  prints no lines; its sums are compared" in told
    data = comparison_data(comparison)
    assert (len(data["not_printed"]), data["missing"], data["money"]["sections"]) == (2, [], [])


def test_a_bill_that_prints_nothing_at_all_misses_our_lines() -> None:
    comparison = compare(BILL, printed())
    assert len(comparison.of(Outcome.MISSING)) == 2


# Sums that unmapped lines leave open

KNOWN = {"code": "purchase", "amount": "5.00"}


def open_sum(*unmapped: str, **told: Any) -> Comparison:
    lines = [{"name": f"x{number}", "amount": amount} for number, amount in enumerate(unmapped)]
    comparison = compare(BILL, printed(KNOWN, *lines, **told))
    assert exact_sum(comparison.causes.values()) == comparison.difference
    return comparison


@pytest.mark.parametrize(
    ("unmapped", "total"), [(("5.00",), "5.00"), (("5.00", "0.30"), "5.30"), (("1", "2", "3"), "8")]
)
def test_a_sum_that_is_no_line_of_ours_does_not_make_the_total_wrong(unmapped: tuple[str, ...], total: str) -> None:
    comparison = open_sum(*unmapped, total=total)
    assert comparison.own == ()
    assert Cause.OWN_ERROR not in comparison.causes
    shown = (
        f"  whether its total {Decimal(total):.2f} CNY is the sum of its lines is not known while lines are unmapped"
    )
    assert shown in report(comparison)


def test_a_total_that_no_unmapped_lines_explain_is_wrong() -> None:
    [error] = open_sum("5.00", total="7.00").own
    assert (error.check, error.difference) == (OwnCheck.TOTAL, Decimal("-3.00"))


def test_unmapped_lines_that_are_in_the_total_add_up() -> None:
    comparison = open_sum("1.00", total="6.00")
    assert comparison.own == ()
    assert "  adds up: 2 lines, 6.00 CNY" in report(comparison)


@pytest.mark.parametrize(("amount", "wrong"), [("5.00", False), ("6.00", False), ("5.50", True)])
def test_an_unmapped_line_may_be_in_a_subtotal(amount: str, wrong: bool) -> None:
    comparison = open_sum("1.00", subtotals=[{"section": "energy", "amount": amount}])
    assert [error.check for error in comparison.own] == [OwnCheck.SUBTOTAL] * wrong


def test_of_many_unmapped_lines_nothing_is_said_of_sums() -> None:
    assert open_sum(*["1.00"] * 13, total="99.00").own == ()


# What proves nothing


def test_lines_whose_amounts_are_given_are_told_to_prove_nothing() -> None:
    bill = our_bill(our_line("refund", "1.00"), our_line("purchase", "5.00", given=False))
    comparison = compare(bill, printed({"code": "refund", "amount": "1.00"}, KNOWN))
    assert comparison.given == 1
    assert "1 of them are amounts that the request itself gives: they prove nothing." in report(comparison)
    assert comparison_data(comparison)["agreeing_given"] == 1


def test_where_no_amount_is_given_nothing_is_said_of_that() -> None:
    bill = our_bill(our_line("purchase", "5.00", given=False))
    assert not [line for line in report(compare(bill, printed(KNOWN))) if "prove nothing" in line]
