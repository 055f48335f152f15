"""Printed names with numbering, circled digits and brackets, as layouts and our own names know them."""

from decimal import Decimal

from billcalc.audit import Layout, compare, read_data
from billcalc.audit.comparison import Outcome
from billcalc.audit.reading import Reading, read_rows
from billcalc.fields.cells import Cell
from billcalc.vocabulary import Band
from tests.audit.issuing import our_bill, our_line

LAYOUT = Layout.model_validate(
    {
        "columns": {"项目": "name", "类别": "section", "金额": "amount"},
        "names": {"电能电费": "purchase", "其他": "other"},
        "sections": {"输配电费": "network_energy"},
        "subtotals": {"电费小计": {"section": "energy"}},
        "total": "应收合计",
        "facts": {"功率因数": "cosphi"},
        "tax": {"rate": "13%", "names": "税额"},
        "ignore": "其中：附加",
    }
)


def read(*rows: tuple[str, str, str]) -> Reading:
    table = [("项目", "类别", "金额"), *rows]
    cells = [tuple(Cell(text, f"row {number}") for text in row) for number, row in enumerate(table)]
    return read_rows(cells, layout=LAYOUT, where="t")


def test_every_kind_of_row_is_known_with_numbering_and_brackets() -> None:
    reading = read(
        ("①电能电费（峰）", "", "1.00"),
        ("（2）电能电费（元）", "③输配电费（元）", "2.00"),
        ("一、电费小计", "", "3.00"),
        ("实际功率因数", "", "0.00"),
        ("功率因数（实际）", "", "0.95"),
        ("3.税额（元）", "", "0.39"),
        ("其中：附加（元）", "", "0.10"),
        ("应收合计（小写）", "", "3.39"),
    )
    assert not reading.faults
    lines = [(line.codes, [each.value for each in line.sections], line.band) for line in reading.bill.lines]
    assert lines == [(("purchase",), [], Band.PEAK), (("purchase",), ["network_energy"], None), ((), [], None)]
    assert [subtotal.amount for subtotal in reading.bill.subtotals] == [Decimal("3.00")]
    assert reading.bill.total == Decimal("3.39")
    assert reading.bill.facts.cosphi == Decimal("0.95")
    assert reading.bill.tax is not None
    assert reading.bill.tax.amount == Decimal("0.39")
    assert reading.ignored == ("其中：附加（元）",)


def test_a_row_that_one_list_has_to_the_letter_is_of_no_other() -> None:
    layout = Layout.model_validate({"names": {"合计（元）": "other"}, "total": "合计"})
    assert not layout.is_total("合计（元）")
    assert layout.is_total("合计")
    assert not layout.is_total(None)


def test_the_name_that_our_own_bill_prints_is_known_with_its_number() -> None:
    bill = our_bill(our_line("upstream_loss", "5.00"))
    told = {"lines": [{"name": "②上网环节线损费用（元）", "amount": "5.00"}]}
    comparison = compare(bill, read_data(told, where=str).bill)
    assert [entry.outcome for entry in comparison.entries] == [Outcome.AGREES]
