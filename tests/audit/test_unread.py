"""Rows that could not be read: they are told, and nothing is said of the lines that they may be."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit import Comparison, Layout, Reading, compare, read_data, read_rows
from billcalc.audit.comparison import Cause, Outcome
from billcalc.audit.report import comparison_text
from billcalc.explain.printing import plain_text
from billcalc.files.loading import load
from billcalc.kernel.decimals import exact_sum
from billcalc.tables.csv_text import parse_csv
from billcalc.vocabulary import Band, Section
from billcalc.wire.comparison import comparison_data
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.audit.issuing import ISSUED, our_bill, our_line, recomputed
from tests.cli.calling import ROOT, call

P1 = "fixtures/official/guangxi-2024-06-p1/request.yaml"
WORDS = ISSUED / "layouts" / "printed-words.yaml"
WHOLE = (ISSUED / "examples" / "full-width-quantity.csv").read_text(encoding="utf-8")


def read(text: str) -> Reading:
    return read_rows(parse_csv(text, place=str), layout=load(Layout, WORDS), where="0")


def compared(text: str) -> Comparison:
    reading = read(text)
    return compare(recomputed("guangxi-2024-06-p1"), reading.bill, unread=reading.unread)


def nothing_is_said(comparison: Comparison) -> None:
    assert not comparison.findings
    assert not comparison.own
    assert not comparison.causes
    assert exact_sum(comparison.causes.values()) == comparison.difference


@pytest.mark.parametrize("name", ["full-width-quantity", "percent"])
def test_full_width_digits_and_percent_are_read(name: str) -> None:
    result = call("compare", str(ROOT / P1), str(ISSUED / "examples" / f"{name}.csv"), "--mapping", str(WORDS))
    assert result.exit_code == 0
    assert "No line differs: 10 printed lines agree." in result.stdout


@pytest.mark.parametrize(
    ("printed", "number"),
    [("-0.45%", "-0.0045"), ("－０．４５％", "-0.0045"), ("−0.45 %", "-0.0045"), ("1%", "0.01"), ("２１．４", "21.4")],
)
def test_a_price_may_be_in_percent(printed: str, number: str) -> None:
    reading = read_data({"lines": [{"name": "a", "price": printed, "amount": "１．００"}]}, where=str)
    assert not reading.faults
    assert (reading.bill.lines[0].price, reading.bill.lines[0].amount) == (Decimal(number), Decimal("1.00"))


@pytest.mark.parametrize(
    "line", [{"price": "%"}, {"price": "1%%"}, {"quantity": "1%"}, {"amount": "1%"}, {"price": f"{'9' * 30}%"}]
)
def test_what_is_no_number_in_percent_is_a_fault(line: dict[str, str]) -> None:
    reading = read_data({"lines": [{"name": "a", "amount": "1.00", **line}]}, where=str)
    assert [fault.where for fault in reading.faults] == [str(("lines", 0, *line))]


@pytest.mark.parametrize(("figure", "kept"), [("63333.33", "price"), ("21.4", "quantity")])
def test_a_row_with_a_figure_that_cannot_be_read_is_compared_by_its_amount(figure: str, kept: str) -> None:
    text = WHOLE.replace("６３３３３．３３", "63333.33").replace(f",{figure},", ",x,")
    reading = read(text)
    assert (len(reading.faults), reading.partly, reading.unread) == (1, 1, ())
    line = reading.bill.lines[5]
    assert [getattr(line, part) is not None for part in ("quantity", "price")] == [kept == "quantity", kept == "price"]
    comparison = compared(text)
    nothing_is_said(comparison)
    assert len(comparison.of(Outcome.AGREES)) == 10
    both = read(text.replace(",x,21.4,", ",x,y,").replace(",63333.33,x,", ",y,x,"))
    assert (both.partly, both.bill.lines[5].amount) == (1, Decimal("1355333.26"))


def test_a_row_whose_amount_cannot_be_read_is_neither_missing_nor_makes_the_total_wrong() -> None:
    text = WHOLE.replace("21.4,1355333.26", '21.4,"1,355,333.26"')
    comparison = compared(text)
    nothing_is_said(comparison)
    [entry] = comparison.of(Outcome.NOT_READ)
    assert [line.code for line in entry.recomputed] == ["capacity"]
    assert (comparison.unread, comparison.agrees) == (1, False)
    assert Section.NETWORK_CAPACITY not in {section.section for section in comparison.sections}


def test_a_line_that_no_unread_row_may_be_is_missing_all_the_same() -> None:
    rows = WHOLE.replace("21.4,1355333.26", "21.4,?").splitlines()
    comparison = compared("\n".join(row for row in rows if not row.startswith("输配电费")))
    [missing] = comparison.findings
    assert [line.code for line in missing.recomputed] == ["network_energy"]
    assert comparison.causes == {Cause.MISSING_FROM_ISSUED: Decimal("-37948.68"), Cause.NOT_READ: Decimal("37948.68")}


@pytest.mark.parametrize("row", ["?,,1,1,x", "基本电费,,1", '基本电费,,1,1,1,1,"x"'])
def test_a_row_of_which_not_even_the_name_is_known_may_be_any_line(row: str) -> None:
    rows = [each for each in WHOLE.splitlines() if not each.startswith(("基本电费", "输配电费"))]
    comparison = compared("\n".join([*rows, row]))
    nothing_is_said(comparison)
    assert len(comparison.of(Outcome.NOT_READ)) == 2


def test_a_row_whose_band_cannot_be_read_may_be_any_band_of_its_line() -> None:
    text = WHOLE.replace("代购电费,峰,", "代购电费,蜂,").replace("代购电费,平,105600,0.467564,49374.76\n", "")
    comparison = compared(text)
    assert not comparison.findings
    bands = [entry.recomputed[0].band for entry in comparison.of(Outcome.NOT_READ)]
    assert Band.PEAK in bands
    assert Band.FLAT in bands
    assert Band.VALLEY not in bands


def issued(*lines: dict[str, Any], **told: Any) -> Reading:
    return read_data({"lines": list(lines), **told}, where=str)


def test_a_sum_of_which_a_part_could_not_be_read_is_not_said_to_differ() -> None:
    bill = our_bill(our_line("network_energy", "6.00", section=Section.NETWORK_ENERGY))
    parts = [
        {"code": "network_energy", "band": band, "amount": amount} for band, amount in (("peak", "x"), ("flat", "2.00"))
    ]
    reading = issued(*parts, total="6.00")
    comparison = compare(bill, reading.bill, unread=reading.unread)
    [entry] = comparison.entries
    assert entry.outcome is Outcome.NOT_READ
    assert not comparison.causes


def test_a_band_that_was_read_differs_though_another_row_could_not_be_read() -> None:
    bill = our_bill(our_line("purchase", "1.00", band=Band.PEAK), our_line("purchase", "2.00", band=Band.FLAT))
    reading = issued(
        {"code": "purchase", "band": "peak", "amount": "1.50"}, {"code": "purchase", "band": "?", "amount": "2.00"}
    )
    comparison = compare(bill, reading.bill, unread=reading.unread)
    [differing] = comparison.findings
    assert differing.recomputed[0].band is Band.PEAK
    assert [entry.recomputed[0].band for entry in comparison.of(Outcome.NOT_READ)] == [Band.FLAT]


@pytest.mark.parametrize("line", [None, 1, "电费", {"name": "a", "amount": "1", "colour": "red"}, {"amount": "1"}])
def test_what_is_no_line_is_a_row_that_was_not_read(line: object) -> None:
    reading = read_data({"lines": [line]}, where=str)
    assert len(reading.unread) == 1
    assert reading.faults
    assert reading.bill.lines == ()


def test_sums_are_not_checked_where_a_row_is_not_known() -> None:
    reading = issued({"code": "purchase", "amount": "x"}, subtotals=[{"section": "energy", "amount": "5"}], total="5")
    assert compare(our_bill(our_line("purchase", "5")), reading.bill, unread=reading.unread).own == ()


def test_the_report_and_the_data_say_what_was_not_read() -> None:
    reading = read(WHOLE.replace("21.4,1355333.26", "21.4,?").replace("0.0777", "?"))
    comparison = compare(recomputed("guangxi-2024-06-p1"), reading.bill, unread=reading.unread)
    told = plain_text(comparison_text(comparison, lexicon=ENGLISH, reading=reading))
    for line in (
        "Not read (2)",
        "  rows that are not compared: 1; nothing is said of the lines that they may be",
        "  rows that are compared by their amounts: 1",
        "  whether it adds up is not known, for not all rows could be read",
        "Lines that agree: 9",
    ):
        assert line in told.splitlines()
    assert "Missing" not in told
    assert "No line differs" not in told
    assert "未比对的行：1" in plain_text(comparison_text(comparison, lexicon=CHINESE, reading=reading))
    data = comparison_data(comparison, reading=reading)
    assert (data["agrees"], len(data["unread"]), len(data["not_read"]), data["missing"]) == (False, 2, 1, [])


def test_a_row_that_cannot_be_read_ends_the_command_with_two() -> None:
    unreadable = str(ISSUED / "examples" / "unreadable.csv")
    market = str(ROOT / "fixtures/official/guangxi-2025-04-p1/request.yaml")
    result = call("compare", market, unreadable, "--mapping", str(ISSUED / "layouts" / "guangxi.yaml"))
    assert result.exit_code == 2
    assert "whether it adds up is not known" in result.stdout
