"""Issued tables that tell sections and rests, and the workbook of what differs."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from billcalc.files.loading import load
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.bulk_comparison import compare_tables
from billcalc.runs.issued_tables import IssuedTable
from billcalc.words.language import Language
from tests.runs.issued import OURS, compared, recomputed, written
from tests.tables.workbooks import saved, workbook


def test_a_section_that_is_told_in_one_amount_is_compared_as_one(tmp_path: Path) -> None:
    issued = "account,能量,合计\nA,12.00,12.00\nB,5.00,5.00\n合 计,17.00,17.00\n"
    table = IssuedTable.model_validate({"sections": {"能量": "购电电费"}, "columns": {"合计": "total"}})
    outcome, rows = compared(tmp_path, issued, OURS, table=table)
    assert [row[:5] for row in rows] == [["B", "-1.00", "differing", "energy", "5.00"]]
    assert (outcome.matched, outcome.agreeing, outcome.totals) == (2, 1, 1)
    assert (outcome.over, outcome.under, outcome.too_much, outcome.too_little) == (0, 1, Decimal(0), Decimal(-1))


def test_what_no_column_tells_is_compared_as_the_rest_of_the_total(tmp_path: Path) -> None:
    issued = "account,levies,total\nA,2.00,12.00\nB,1.50,6.50\nC,,3.00\nD,1.00,\nE,x,9.00\n"
    table = IssuedTable(columns={"levies": "levies", "total": "total"}, rest=True)
    ours = [*OURS, ("C", "energy", "2.00"), ("D", "energy", "1.00")]
    outcome, rows = compared(tmp_path, issued, ours, table=table)
    assert [row[:1] + row[2:4] + row[6:] for row in rows] == [
        ["C", "differing", "rest", "1.00"],
        ["B", "differing", "levies", "0.50"],
        ["D", "missing_in_issued", "rest", "-1.00"],
        ["D", "missing_in_recomputed", "levies", "1.00"],
    ]
    assert (outcome.matched, outcome.unreadable) == (4, 1)
    assert outcome.by_kind[0].code == "rest"


def test_amounts_with_separators_are_read_where_the_layout_says_so(tmp_path: Path) -> None:
    issued = 'account,energy\nA,"1,234.56"\nB,"12,34.5"\n'
    table = IssuedTable(columns={"energy": "energy"}, separators=True)
    outcome, _ = compared(tmp_path, issued, [("A", "energy", "1234.56"), ("B", "energy", "1.00")], table=table)
    assert (outcome.agreeing, outcome.unreadable) == (1, 1)


@pytest.mark.parametrize(
    ("layout", "told"),
    [
        (b"code: item\namount: money\nrest: true", "only a wide table"),
        (b"codes: {a: b}\nsections: {c: levies}", "only a wide table"),
        (b"columns: {a: levies}\nsections: {b: levies}", "levies is told as a line and as a section"),
        (b"columns: {a: energy}\nsections: {a: levies}", "a is told as a line and as a section"),
        (b"columns: {a: levies}\nrest: true", "name its column"),
    ],
)
def test_a_section_and_a_rest_are_told_once(layout: bytes, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        load(IssuedTable, layout)


def test_a_workbook_begins_with_what_was_found(tmp_path: Path) -> None:
    issued = written(tmp_path, "account,energy,levies\nA,11.00,2.00\nB,5.00,0.50\n")
    out = tmp_path / "differences.xlsx"
    for language, title in ((Language.ENGLISH, "summary"), (Language.CHINESE, "汇总")):
        compare_tables(issued, recomputed(tmp_path, OURS), out, table=IssuedTable(), language=language)
        book = CalamineWorkbook.from_path(out)
        rows = book.get_sheet_by_name(title).to_python()
        assert [row[1] for row in rows[:5]] == [2, 2, 2, 0, 2]
        assert [row[1:3] for row in rows[13:15]] == [[1, 1], [1, -0.5]]
        assert [row[1:6] for row in rows[17:19]] == [["energy", 1, 1, 0, 0], ["levies", 0, 0, 1, -0.5]]
        assert [row[:3] for row in rows[21:23]] == [["energy", 1, 1], ["levies", 1, 0.5]]
    assert book.get_sheet_by_name("差异清单").to_python()[0] == [
        "户号",
        "整单差额",
        "类别",
        "项目",
        "已出",
        "复算",
        "差额",
    ]
    with zipfile.ZipFile(out) as packed:
        sheets = [packed.read(f"xl/worksheets/sheet{number}.xml") for number in (1, 2)]
        assert "xl/charts/chart1.xml" in packed.namelist()
    assert b"<autoFilter" in sheets[1]
    assert b'state="frozen"' in sheets[1]


def test_a_workbook_of_bills_that_agree_has_no_chart(tmp_path: Path) -> None:
    issued = written(tmp_path, "account,energy,levies\nA,10.00,2.00\nB,5.00,1.00\n")
    out = tmp_path / "differences.xlsx"
    assert compare_tables(issued, recomputed(tmp_path, OURS), out, table=IssuedTable()).agrees
    with zipfile.ZipFile(out) as packed:
        assert "xl/charts/chart1.xml" not in packed.namelist()


def test_a_table_without_a_column_of_amounts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"inconsistent: a table of issued bills is long \(code, amount and codes\)"):
        compared(tmp_path, "account\nA\n", OURS)


def test_what_is_missing_beside_an_unmapped_line_is_not_called_forgotten(tmp_path: Path) -> None:
    issued = "account,code,amount\nA,能量,10.00\nA,levies,2.00\nB,能量,5.00\nC,levies,1.00\nC,甲,4.00\nB,甲,4.00\n"
    ours = [*OURS, ("C", "energy", "3.00"), ("C", "levies", "1.00")]
    outcome, rows = compared(tmp_path, issued, ours)
    assert {tuple(row[:1] + row[2:4]) for row in rows} == {
        ("A", "unmapped", "能量"),
        ("A", "may_be_unmapped", "energy"),
        ("B", "unmapped", "能量"),
        ("B", "unmapped", "甲"),
        ("B", "may_be_unmapped", "energy"),
        ("B", "may_be_unmapped", "levies"),
        ("C", "unmapped", "甲"),
        ("C", "may_be_unmapped", "energy"),
    }
    assert outcome.proposals == (("能量", "energy", 2),)


def test_sections_of_a_long_table_are_named_where_its_rows_name_no_account(tmp_path: Path) -> None:
    table = IssuedTable.model_validate({"code": "项", "amount": "额", "sections": {"能量": "energy", "光": "levies"}})
    outcome, rows = compared(tmp_path, "account,项,额\nA,能量,12.00\nB,能量,6.50\n,能量,1.00\n", OURS, table=table)
    assert [row[:1] + row[2:4] + row[6:] for row in rows] == [["B", "differing", "energy", "0.50"]]
    assert outcome.nameless == 1


@pytest.mark.parametrize(
    ("issued", "table"),
    [
        ("account,合计(分)\nA,1200\n", IssuedTable(columns={"合计(分)": "total"})),
        ("account,电费（万元）\nA,0.0012\n", IssuedTable.model_validate({"sections": {"电费（万元）": "energy"}})),
        ("account,项目,金额(分)\nA,energy,1200\n", IssuedTable(code="项目", amount="金额(分)")),
        ("account,code,amount\nA,合计(万元),0.0012\n", IssuedTable(codes={"合计(万元)": "total"})),
    ],
)
def test_amounts_in_another_unit_of_money_are_refused(tmp_path: Path, issued: str, table: IssuedTable) -> None:
    with pytest.raises(InvalidInput) as invalid:
        compared(tmp_path, issued, OURS, table=table)
    assert [fault.facts["reason"] for fault in invalid.value.faults] == ["unit_of_column"]


def test_amounts_that_say_they_are_in_yuan_are_compared(tmp_path: Path) -> None:
    table = IssuedTable(columns={"合计（元）": "total"})
    outcome, rows = compared(tmp_path, "account,合计（元）\nA,12.00\nB,6.00\n", OURS, table=table)
    assert (outcome.matched, rows) == (2, [])


def test_what_a_workbook_of_issued_bills_hides_is_told(tmp_path: Path) -> None:
    rows = [("account", "note", "total"), ("A", "x", "12.00"), ("B", "y", "6.00")]
    issued = saved(tmp_path / "issued.xlsx", workbook(("6", rows), hidden_rows=[2], hidden_columns=[(1, 2)]))
    out = tmp_path / "out.csv"
    outcome = compare_tables(
        Path(issued), recomputed(tmp_path, OURS), out, table=IssuedTable(columns={"total": "total"})
    )
    assert (outcome.hidden, outcome.hidden_columns, outcome.unread) == (1, ("total",), ("note",))


def test_a_column_of_energy_is_no_column_of_amounts(tmp_path: Path) -> None:
    table = IssuedTable(columns={"峰电量": "energy", "合计": "total"})
    with pytest.raises(InvalidInput) as invalid:
        compared(tmp_path, "account,峰电量,合计\nA,10.00,12.00\n", OURS, table=table)
    assert [fault.facts["value"] for fault in invalid.value.faults] == ["电量"]
