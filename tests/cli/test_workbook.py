"""A form that a clerk fills in with a spreadsheet, and the requests that it is read back as."""

import csv
import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.cli.calling import call
from tests.few_tariffs import few_tariffs
from tests.tables.workbooks import saved, workbook

CUSTOMER = {
    "地区（省份或价区）": "浙江",
    "电费年月（如 2026-08）": "2026-08",
    "用电类别": "工商业",
    "单一制或两部制": "两部制",
    "供电电压（如 10千伏）": "1-10千伏",
    "购电方式（代理购电、市场化、目录电价）": "代理购电",
    "是否执行分时电价（是、否）": "是",
    "基本电费计收方式（按容量、合同最大需量、实际最大需量）": "按容量",
    "运行变压器容量，每台千伏安（如 1000 630）": "1000 630",
    "功率因数标准（0.90、0.85、0.80、不考核）": "0.90",
}
READ = {
    "综合倍率": 600, "表位数（整数位）": 4,
    "尖：起码": 100, "尖：止码": 150, "峰：起码": 200, "峰：止码": 330, "平：起码": 10, "平：止码": 20,
    "谷：起码": 300, "谷：止码": 420, "正向无功：起码": 40, "正向无功：止码": 60.5,
}  # fmt: skip
TOLD = {
    "尖：当月数量": 1000,
    "峰：当月数量": 2000,
    "平：当月数量": 400,
    "谷：当月数量": 3000,
    "正向无功：当月数量": 500,
}


@cache
def new_form(*options: str) -> bytes:
    with TemporaryDirectory() as folder:
        form = Path(folder) / "empty.xlsx"
        result = call("workbook", "new", "--out", str(form), *options)
        assert result.exit_code == 0, result.stderr
        return form.read_bytes()


def empty(*options: str, lang: str = "zh") -> list[list[Any]]:
    """The cells of a new form."""
    return CalamineWorkbook.from_filelike(BytesIO(new_form("--lang", lang, *options))).get_sheet_by_index(0).to_python()


def filled_table(answers: Mapping[str, Any]) -> list[list[Any]]:
    table = empty()
    labels = [row[0] for row in table]
    assert set(answers) <= set(labels), set(answers) - set(labels)
    for row in table[2:]:
        row[1] = answers.get(row[0], row[1] if row[0] in ("综合倍率", "表位数（整数位）") else None)
    return table


def filled(folder: Path, answers: Mapping[str, Any]) -> str:
    return saved(folder / "form.xlsx", workbook(("填写", filled_table(answers))))


def read(folder: Path, form: str, lang: str = "zh") -> tuple[int, str]:
    (folder / "request.yaml").unlink(missing_ok=True)
    result = call("workbook", "read", form, "--out", str(folder / "request.yaml"), "--lang", lang)
    return result.exit_code, result.stderr


@cache
def zhejiang() -> Catalog:
    return load_catalog(areas=["cn-zhejiang"])


def bill_of(path: Path) -> Bill:
    bill = calculate(load(Request, path), zhejiang())
    assert isinstance(bill, Bill), bill
    return bill


def test_a_form_has_lists_units_notes_and_checks() -> None:
    table = empty()
    assert table[1][:4] == ["问题", "填写", "单位", "说明"]
    rows = {row[0]: row for row in table[2:]}
    assert rows["运行变压器容量，每台千伏安（如 1000 630）"][2:4] == ["千伏安", "每台之间空格，如 1000 630；仅两部制"]
    assert rows["正向无功：当月数量"][2] == "千乏时"
    assert rows["最大需量：当月数量"][2] == "千瓦"
    assert "最大需量：起码" not in rows
    form = BytesIO(new_form("--lang", "zh"))
    book = CalamineWorkbook.from_filelike(form)
    assert [each.visible for each in book.sheets_metadata] == [SheetVisibleEnum.Visible, SheetVisibleEnum.Hidden]
    choices = book.get_sheet_by_index(1).to_python()
    assert {"广西", "浙江"} <= {row[0] for row in choices}
    with zipfile.ZipFile(form) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<formula1>'选项'!$A$1:$A$" in sheet.replace("&apos;", "'")
    assert 'type="decimal"' in sheet
    english = {row[0]: row for row in empty(lang="en")[2:]}
    assert english["reactive_forward: quantity of the month"][2] == "kvarh"
    assert english["total: quantity of the month"][2] == "kWh"


def test_readings_that_were_filled_in_are_billed(tmp_path: Path) -> None:
    form = filled(tmp_path, CUSTOMER | READ)
    assert read(tmp_path, form) == (0, "")
    bill = bill_of(tmp_path / "request.yaml")
    assert {band.value: str(kwh) for band, kwh in bill.kwh["main"].items()} == {
        "sharp": "30000", "peak": "78000", "flat": "6000", "valley": "72000",
    }  # fmt: skip
    assert "# 用户自己" not in (tmp_path / "request.yaml").read_text(encoding="utf-8")
    assert call("workbook", "read", form, "--out", str(tmp_path / "request.yaml")).exit_code == 2


def test_quantities_that_were_filled_in_are_billed(tmp_path: Path) -> None:
    assert read(tmp_path, filled(tmp_path, CUSTOMER | TOLD)) == (0, "")
    assert {band.value: str(kwh) for band, kwh in bill_of(tmp_path / "request.yaml").kwh["main"].items()} == {
        "sharp": "1000", "peak": "2000", "flat": "400", "valley": "3000",
    }  # fmt: skip


def test_residents_need_neither_mode_nor_purchase(tmp_path: Path) -> None:
    answers = {
        "地区（省份或价区）": "浙江", "电费年月（如 2026-08）": "202608", "用电类别": "居民", "供电电压（如 10千伏）": "220V",
        "是否执行分时电价（是、否）": "否", "功率因数标准（0.90、0.85、0.80、不考核）": "none", "总：当月数量": 100,
    }  # fmt: skip
    assert read(tmp_path, filled(tmp_path, answers)) == (0, "")
    text = (tmp_path / "request.yaml").read_text(encoding="utf-8")
    assert 'purchase: "catalogue"' in text
    assert "mode: exempt" in text


def test_a_contract_and_its_demand_are_asked_for_by_their_mode(tmp_path: Path) -> None:
    mode = {"基本电费计收方式（按容量、合同最大需量、实际最大需量）": "合同最大需量"}
    code, told = read(tmp_path, filled(tmp_path, CUSTOMER | mode | TOLD))
    assert code == 2
    assert "form.xlsx: 需要填写：合同最大需量（千瓦）" in told
    assert "需要填写：最大需量：当月数量" in told
    more = {"合同最大需量（千瓦）": 500, "最大需量：止码": 0.8}
    assert read(tmp_path, filled(tmp_path, CUSTOMER | mode | READ | more)) == (0, "")
    assert 'contracts: {regular: "500"}' in (tmp_path / "request.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"地区（省份或价区）": "广东西"}, "填写!B3: 没有地区“广东西”；相近的有 "),
        ({"电费年月（如 2026-08）": "八月"}, "填写!B4: “八月”不是年月：请写成 2026-08"),
        ({"用电类别": "工"}, "填写!B5: “工”不在其中：工商业, 大工业,"),
        ({"合同最大需量（千瓦）": 5}, "填写!B12: 按其他各项，此处不应有“5”：请清空，或更正其他各项"),
        ({"总：起码": 5}, ": 既有起止码又有当月数量：请只保留一种"),
        ({"尖：当月数量": "x"}, "“x”不是数字：请写数字，如 1234.5"),
        ({"正向无功：当月数量": None}, ": 需要填写：正向无功：当月数量"),
        (dict.fromkeys(TOLD), ": 需要填写：总：当月数量"),
        ({"运行变压器容量，每台千伏安（如 1000 630）": "1,250"}, "填写!B11: “1,250”可能是一个数，也可能是几个数"),
        ({"尖：当月数量": "1,5"}, "“1,5”不是数字：请写数字，如 1234.5"),
    ],
)
def test_what_cannot_be_taken_is_told_by_the_address_of_its_cell(
    tmp_path: Path, answers: dict[str, Any], told: str
) -> None:
    code, said = read(tmp_path, filled(tmp_path, CUSTOMER | TOLD | answers))
    assert (code, told in said) == (2, True), said
    assert not (tmp_path / "request.yaml").exists()


def test_a_closing_below_the_opening_and_rows_that_are_no_questions_are_told(tmp_path: Path) -> None:
    assert "止码小于起码" in read(tmp_path, filled(tmp_path, CUSTOMER | READ | {"平：止码": 1}))[1]
    table = [["a", "b", "c"], ["用电类别", "工商业", "x"], ["用电类别", "居民", "x"], ["甲", "1", "x"]]
    code, said = read(tmp_path, saved(tmp_path / "x.xlsx", workbook(("s", table))), lang="en")
    assert code == 2
    assert 's!A3: "用电类别" stands there twice' in said
    assert 's!A4: "甲" is no question of the form' in said
    assert "an answer is needed: Area (province or price zone)" in said


def test_numbers_with_separators_of_thousands_are_taken(tmp_path: Path) -> None:
    told = TOLD | {"尖：当月数量": "1,000", "峰：当月数量": "1,234,567.5"}
    assert read(tmp_path, filled(tmp_path, CUSTOMER | told)) == (0, "")
    text = (tmp_path / "request.yaml").read_text(encoding="utf-8")
    assert 'sharp: "1000"' in text
    assert 'peak: "1234567.5"' in text


@pytest.mark.parametrize(
    ("column", "written", "cell"), [(2, "兆瓦时", "C24"), (3, "另有 500", "D24"), (4, 9999, "E24")]
)
def test_another_unit_or_number_beside_an_answer_is_told(tmp_path: Path, column: int, written: Any, cell: str) -> None:
    table = empty()
    for row in table[2:]:
        row[1] = (CUSTOMER | TOLD).get(row[0])
    for row in table:
        row += [None] * (5 - len(row))
    table[1][4] = "填写"
    [peak] = [row for row in table if row[0] == "峰：当月数量"]
    peak[column] = written
    code, said = read(tmp_path, saved(tmp_path / "form.xlsx", workbook(("填写", table))))
    assert (code, f"填写!{cell}: “{written}”不会被读取" in said) == (2, True), said


def test_the_units_of_a_form_in_the_other_language_are_its_own(tmp_path: Path) -> None:
    table = empty(lang="en")
    chinese = {row[0]: row[1] for row in filled_table(CUSTOMER | TOLD)}
    for row, answer in zip(table[2:], list(chinese.values())[2:], strict=True):
        row[1] = answer
    assert read(tmp_path, saved(tmp_path / "form.xlsx", workbook(("form", table)))) == (0, "")


def test_a_file_that_is_no_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"PK\x03\x04")
    assert "cannot_read" in read(tmp_path, str(path))[1]
    assert call("workbook", "new", "--out", str(path)).exit_code == 2


# Many accounts


def many(folder: Path, *rows: Mapping[str, Any]) -> str:
    [head] = empty("--many")
    table: list[list[Any]] = [head, *([row.get(label) for label in head] for row in rows)]
    return saved(folder / "accounts.xlsx", workbook(("填写", table)))


def test_a_row_for_each_account_becomes_a_table_for_batch(tmp_path: Path) -> None:
    guangxi = {"地区（省份或价区）": "广西", "电费年月（如 2026-08）": "2024-06", "供电电压（如 10千伏）": "110千伏"}
    read_out, told = (
        CUSTOMER | guangxi | READ,
        CUSTOMER | guangxi | TOLD | {"运行变压器容量，每台千伏安（如 1000 630）": "315"},
    )
    read_out = {label: answer for label, answer in read_out.items() if not label.startswith("尖")}
    told = {label: answer for label, answer in told.items() if not label.startswith("尖")}
    form = many(tmp_path, {"户号": "0301", **read_out}, {"户号": "0302", **told})
    out, bills, few = tmp_path / "requests.csv", tmp_path / "bills.csv", few_tariffs()
    assert call("workbook", "read", form, "--out", str(out), "--lang", "zh").exit_code == 0
    result = call("batch", str(out), "--out", str(bills), "--workers", "1", "--tariffs", str(few))
    assert result.exit_code == 0, (tmp_path / "bills.csv.rejects.csv").read_text(encoding="utf-8")
    totals = {row["account"]: row["total"] for row in csv.DictReader(bills.read_text(encoding="utf-8").splitlines())}
    for account, answers in (("0301", read_out), ("0302", told)):
        read(tmp_path, filled(tmp_path, answers))
        bill = calculate(load(Request, tmp_path / "request.yaml"), load_catalog(few))
        assert isinstance(bill, Bill), bill
        assert str(bill.total) == totals[account]


def test_what_is_wrong_with_a_row_is_told_by_its_cells(tmp_path: Path) -> None:
    form = many(tmp_path, {**CUSTOMER, **TOLD}, {"户号": "0302", **CUSTOMER, **TOLD, "用电类别": "工"})
    result = call("workbook", "read", form, "--out", str(tmp_path / "requests.csv"), "--lang", "zh")
    assert result.exit_code == 2
    assert "填写!A2: 需要填写：户号" in result.stderr
    assert "填写!D3: “工”不在其中" in result.stderr
    assert not (tmp_path / "requests.csv").exists()


def test_files_have_names_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    form = filled(tmp_path, CUSTOMER | TOLD)
    Path(form).rename("filled.xlsx")
    result = call("workbook", "new", "--lang", "en")
    assert result.stdout == "form.xlsx is written: fill it in, then: billcalc workbook read form.xlsx\n"
    result = call("workbook", "read", "filled.xlsx", "--lang", "zh")
    assert result.stdout == "已写入 request.yaml。接着运行：billcalc bill request.yaml\n"
    many(tmp_path, {"户号": "1", **CUSTOMER, **TOLD})
    assert "billcalc batch requests.csv" in call("workbook", "read", "accounts.xlsx", "--lang", "zh").stdout
