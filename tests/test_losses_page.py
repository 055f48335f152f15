"""The worked case of docs/losses.md: the bill has the figures that the page computes by hand."""

from decimal import Decimal

from billcalc import Bill, Request, calculate, load_catalog
from billcalc.fields import validated
from billcalc.files.documents import parse_document
from billcalc.kernel.decimals import decimal_text
from tests.documents import ROOT, blocks_of

PAGE = ROOT / "docs/losses.md"


def test_the_worked_case_comes_to_the_figures_of_its_page() -> None:
    [block] = [each for each in blocks_of(PAGE) if each.label == "request"]
    request = validated(Request, parse_document(block.text, name="losses.yaml").data)
    bill = calculate(request, load_catalog(areas=[request.area]))

    assert isinstance(bill, Bill)
    [loss] = bill.losses
    text = PAGE.read_text(encoding="utf-8").replace(",", "")
    for step in loss.steps:
        if step.term.value in ("iron_loss", "copper_loss"):
            assert f"| {decimal_text(step.number)} {step.unit} |" in text
    assert (loss.kwh, loss.kvarh) == (Decimal(1696), Decimal(8552))
    assert [decimal_text(kwh) for kwh in bill.kwh["main"].values()] == ["0", "60509", "80678", "60509"]
    assert (bill.power_factors[0].cosphi, bill.power_factors[0].reactive_kvarh) == (Decimal("0.96"), Decimal(58552))
