"""Tax invoices: lines without a tax are compared without it, or told once where nothing tells of it."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit import Comparison, Layout, Reading, compare, read_data, read_rows
from billcalc.audit.comparison import Cause, Fact, Outcome, Verdict
from billcalc.audit.diagnose import Diagnosis, Status, diagnose
from billcalc.audit.diagnose.diagnosis import Hindrance
from billcalc.audit.report import comparison_text
from billcalc.billing.request import Request
from billcalc.explain.printing import plain_text
from billcalc.fields import validated
from billcalc.files.loading import load
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import InvalidInput
from billcalc.tables.csv_text import parse_csv
from billcalc.vocabulary import Section
from billcalc.wire.comparison import comparison_data
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.audit.issuing import ISSUED, our_bill, our_line, printed, recomputed, tariffs
from tests.cli.calling import ROOT, call

P1 = str(ROOT / "fixtures/official/guangxi-2024-06-p1/request.yaml")
NET = ISSUED / "examples" / "net-of-tax.csv"
TOLD, UNTOLD = (ISSUED / "layouts" / name for name in ("net-of-tax.yaml", "printed-amounts.yaml"))


def read(text: str, layout: Layout) -> Reading:
    return read_rows(parse_csv(text, place=str), layout=layout, where="0")


def compared(text: str, layout: Layout, **told: Any) -> Comparison:
    reading = read(text, layout)
    comparison = compare(recomputed("guangxi-2024-06-p1"), reading.bill, **told)
    assert exact_sum(comparison.causes.values()) == comparison.difference
    return comparison


def test_lines_without_a_tax_that_is_told_agree() -> None:
    result = call("compare", P1, str(NET), "--mapping", str(TOLD))
    assert result.exit_code == 0
    comparison = compared(NET.read_text(encoding="utf-8"), load(Layout, TOLD))
    assert (len(comparison.of(Outcome.AGREES)), comparison.agrees, comparison.tax) == (10, True, Decimal("0.13"))
    [tax] = [fact for fact in comparison.facts if fact.fact is Fact.TAX]
    assert (tax.issued, tax.recomputed, tax.verdict) == (Decimal("187438.27"), Decimal("187438.27"), Verdict.AGREES)
    # 1629271.00 less the tax
    assert comparison.total_issued == comparison.bill.total == Decimal("1441832.73")


def test_lines_without_a_tax_that_nothing_tells_are_one_finding() -> None:
    result = call("compare", P1, str(NET), "--mapping", str(UNTOLD))
    assert result.exit_code == 1
    told = "The printed lines are ours without a tax of 13 %, which nothing tells: say tax: {rate: 13%, names: […]} in the mapping"
    assert told in result.stdout.splitlines()
    assert "Differing" not in result.stdout
    assert "Unmapped" not in result.stdout
    comparison = compared(NET.read_text(encoding="utf-8"), load(Layout, UNTOLD))
    assert (comparison.findings, comparison.own, comparison.untold_tax) == ((), (), Decimal("0.13"))
    assert len(comparison.of(Outcome.NET)) == 11
    assert "13 % 的税" in plain_text(comparison_text(comparison, lexicon=CHINESE))
    assert comparison_data(comparison)["untold_tax"] == "0.13"


def test_a_line_that_is_wrong_besides_the_tax_differs() -> None:
    text = NET.read_text(encoding="utf-8").replace("33582.90", "33592.90").replace("1629271.00", "1629281.00")
    comparison = compared(text, load(Layout, TOLD))
    [entry] = comparison.findings
    assert (entry.issued[0].name, entry.difference) == ("输配电费", Decimal("10.00"))
    assert comparison.causes == {Cause.DIFFERING: Decimal("10.00")}


def test_a_tax_that_is_not_ours_is_a_fact_that_differs() -> None:
    text = NET.read_text(encoding="utf-8").replace("187438.27", "187438.28").replace("1629271.00", "1629271.01")
    comparison = compared(text, load(Layout, TOLD))
    assert [fact.fact for fact in comparison.differing_facts] == [Fact.TAX]
    assert "  tax issued 187438.28 CNY, recomputed 187438.27 CNY" in plain_text(
        comparison_text(comparison, lexicon=ENGLISH)
    )
    assert compared(text, load(Layout, TOLD), tolerance=Decimal("0.01")).agrees


BILL = our_bill(
    our_line("purchase", "113.00", quantity="100", price="1.13"),
    our_line("power_factor", "-1.13", section=Section.POWER_FACTOR, quantity="113.00", price="-0.01"),
)
LINES = (
    {"code": "purchase", "quantity": "100", "price": "1", "amount": "100.00"},
    {"code": "power_factor", "quantity": "100.00", "price": "-0.01", "amount": "-1.00"},
)


def test_a_bill_may_tell_of_its_tax_itself() -> None:
    comparison = compare(BILL, printed(*LINES, tax={"rate": "13%", "amount": "12.87"}, total="111.87"))
    assert comparison.agrees
    assert not [part for entry in comparison.entries for part in entry.parts if part.verdict is Verdict.DIFFERS]


def test_a_tax_whose_amount_is_not_printed_is_what_ours_would_be() -> None:
    comparison = compare(BILL, printed(*LINES, tax={"rate": "0.13"}, total="111.87"))
    assert comparison.agrees
    assert Fact.TAX not in {fact.fact for fact in comparison.facts}
    assert compare(BILL, printed(*LINES, tax={"rate": "0.13"})).total_issued == Decimal("99.00")


@pytest.mark.parametrize("rate", ["0", "-0.13"])
def test_a_rate_that_is_none_is_refused(rate: str) -> None:
    with pytest.raises(InvalidInput, match="out_of_range"):
        printed(*LINES, tax={"rate": rate})


def test_a_layout_may_tell_the_amount_and_the_bill_goes_first() -> None:
    layout = validated(Layout, {"tax": {"rate": "13%", "amount": "1.00", "names": "税额"}})
    lines = [{"name": "税额", "amount": "2.00"}]
    for data, amount in (
        ({"lines": []}, "1.00"),
        ({"lines": lines}, "2.00"),
        ({"lines": lines, "tax": {"rate": "0.06", "amount": "3.00"}}, "3.00"),
    ):
        told = read_data(data, layout=layout, where=str).bill.tax
        assert told is not None
        assert told.amount == Decimal(amount)
    bare = read_data({"lines": []}, layout=validated(Layout, {"tax": {"rate": "0.13"}}), where=str).bill.tax
    assert bare is not None
    assert (bare.rate, bare.amount) == (Decimal("0.13"), None)


def test_a_tax_that_stands_twice_or_is_no_number_is_told_with_its_place() -> None:
    text = NET.read_text(encoding="utf-8")
    row = "税额,,187438.27\n"
    twice = read(text.replace(row, row + row), load(Layout, TOLD))
    assert [fault.code.value for fault in twice.faults] == ["duplicate_key"]
    with pytest.raises(InvalidInput, match="not_a_number"):
        read(text.replace(row, "税额,,x\n"), load(Layout, TOLD))


@pytest.mark.parametrize(
    "amounts",
    [
        ("100.00", "10.00"),  # 13 % of both
        ("100.00", "8.00"),  # of one of them
        ("120.00", "12.00"),  # more than ours: no tax was left out
        ("100.00", None),
    ],
)
def test_only_one_tax_of_all_lines_is_told_once_and_else_they_differ_each(amounts: tuple[str, str | None]) -> None:
    bill = our_bill(our_line("purchase", "113.00"), our_line("levies", "11.30"))
    lines = [
        {"code": code, "amount": amount}
        for code, amount in zip(("purchase", "levies"), amounts, strict=True)
        if amount is not None
    ]
    comparison = compare(bill, printed(*lines))
    if amounts == ("100.00", "10.00"):
        assert comparison.untold_tax == Decimal("0.13")
        return
    assert comparison.untold_tax is None
    assert comparison.of(Outcome.DIFFERING)


def test_where_one_line_agrees_no_tax_is_guessed() -> None:
    bill = our_bill(our_line("purchase", "113.00"), our_line("levies", "11.30"), our_line("refund", "5.00"))
    lines = [
        {"code": "purchase", "amount": "100"},
        {"code": "levies", "amount": "10"},
        {"code": "refund", "amount": "5"},
    ]
    assert len(compare(bill, printed(*lines)).of(Outcome.DIFFERING)) == 2


def test_causes_are_not_looked_for_in_lines_without_their_tax() -> None:
    request = load(Request, P1)
    text = NET.read_text(encoding="utf-8")
    right, wrong = (
        read(each, load(Layout, TOLD)).bill
        for each in (text, text.replace("80811.34", "80811.24").replace("1629271.00", "1629270.90"))
    )
    agreeing = diagnose(request, right, tariffs())
    assert isinstance(agreeing, Diagnosis)
    assert agreeing.status is Status.AGREES
    hindered = diagnose(request, wrong, tariffs())
    assert isinstance(hindered, Diagnosis)
    assert (hindered.status, hindered.hindrances) == (Status.HINDERED, (Hindrance.WITHOUT_TAX,))
