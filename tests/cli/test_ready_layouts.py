"""Layouts that come with the program, by name at every door."""

import csv
from pathlib import Path

import pytest

from billcalc.audit.layout import Column
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.layout_guess import guess_layout
from billcalc.runs.long_layouts import long_layout
from billcalc.runs.ready_layouts import ready_code, ready_layout, ready_layouts
from billcalc.vocabulary import Section
from tests.cli.calling import ROOT, call
from tests.runs.issued import compared, written

OFFICIAL = ROOT / "fixtures" / "official"
ISSUED = ROOT / "fixtures" / "issued"


@pytest.mark.parametrize(
    ("bill", "file", "layout"),
    [
        ("chongqing-lines", "chongqing-lines.csv", "国网"),
        ("shandong-2025-05", "shandong-2025-05.yaml", "State-Grid"),
        ("hubei-2025-10", "hubei-2025-10.yaml", "国家电网"),
        ("guangxi-2025-04-p1", "guangxi-2025-04-p1.csv", "南网"),
        ("guangxi-2024-06-p1", "guangxi-2024-06-p1.yaml", "southern-grid"),
        ("mengxi-2025-03", "mengxi-2025-03.yaml", "蒙 西"),
    ],
)
def test_a_real_bill_agrees_in_the_words_of_its_utility(bill: str, file: str, layout: str) -> None:
    result = call(
        "compare", str(OFFICIAL / bill / "request.yaml"), str(ISSUED / file), "--layout", layout, "--lang", "en"
    )
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "No line differs" in result.stdout


def test_each_name_tells_its_section_and_every_utility_its_names() -> None:
    for code, layout in ready_layouts().items():
        assert {ready_code(name) for name in (code, *layout.called)} == {code}
        assert all(len(meaning.sections) == 1 and meaning.codes for meaning in layout.names.values())
        assert {Column.NAME, Column.AMOUNT} <= set(layout.heads.values())


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", str(OFFICIAL / "mengxi-2025-03" / "request.yaml"), str(ISSUED / "mengxi-2025-03.yaml")),
        ("compare", "--bulk", "bills.csv", "--out", "out.csv"),
    ],
)
def test_of_a_name_that_no_layout_has_the_nearest_are_told(arguments: tuple[str, ...]) -> None:
    result = call(*arguments, "--layout", "国往", "--lang", "zh")
    assert (result.exit_code, result.stderr) == (
        2, "国往: 输入有误 [unknown_reference]：不存在布局“国往”；请使用以下之一：国网, 中国南方电网, 蒙西电网\n",
    )  # fmt: skip
    assert 'there is no layout "nothing"' in call("layout", "show", "nothing", "--lang", "en").stderr


def test_a_layout_and_a_mapping_are_told_one_at_a_time() -> None:
    result = call("compare", "r.yaml", "i.csv", "--layout", "国网", "--mapping", "m.yaml", "--lang", "en")
    assert (result.exit_code, "--layout stands instead of" in result.stderr) == (2, True)


def test_a_table_without_names_or_amounts_is_told_what_they_may_be_called(tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    request = str(OFFICIAL / "mengxi-2025-03" / "request.yaml")
    result = call("compare", request, str(tmp_path / "bill.csv"), "--layout", "蒙西", "--lang", "en")
    assert result.exit_code == 2
    assert 'bill.csv:1:1: invalid input [unknown_reference]: there is no column "项目 / 费用项目"' in result.stderr
    assert 'there is no column "金额 / 电费"' in result.stderr
    (tmp_path / "bill.csv").write_text("", encoding="utf-8")
    assert call("compare", request, str(tmp_path / "bill.csv"), "--layout", "蒙西").exit_code == 2


def test_layouts_are_listed_and_shown() -> None:
    listed = call("layout", "list", "--lang", "zh")
    assert [line.split()[:2] for line in listed.stdout.splitlines()[2:]] == [
        ["mengxi", "蒙西"], ["southern-grid", "南方电网"], ["state-grid", "国家电网"],
    ]  # fmt: skip
    shown = [line.split() for line in call("layout", "show", "国网", "--lang", "en").stdout.splitlines()]
    assert ["④系统运行费"] not in shown
    for row in (
        ["State", "Grid"],
        ["系统运行费", "system_operation"],
        ["合计", "total"],
        ["环比"],
        ["本期电量", "kwh.total"],
    ):
        assert row in shown
    southern = call("layout", "show", "南网", "--lang", "en").stdout
    assert "Sums" not in southern


# Tables of many bills


def issued_of(folder: Path, text: str, layout: str) -> IssuedTable:
    ready = ready_code(layout)
    table = str(written(folder, text))
    return long_layout(table, ready) or guess_layout(table, ready=ready).accepted(table).issued


LONG = """户号,电费年月,项目,金额（元）
A,202406,①直接交易电费,"1,010.00"
A,202406,绿电交易电费,2.00
A,202406,市场化购电电费,"1,012.00"
A,202406,政府性基金及附加,9.00
A,202406,功率因数,0.95
A,202406,没有的,1.00
A,202406,合计（元）,"1,022.00"
"""


def test_a_long_table_is_read_by_the_printed_names(tmp_path: Path) -> None:
    table = issued_of(tmp_path, LONG, "国网")
    assert table.model_dump(exclude_defaults=True) == {
        "account": "户号", "month": "电费年月", "code": "项目", "amount": "金额（元）",
        "codes": {"合计（元）": "total"},
        "sections": {"①直接交易电费": Section.ENERGY, "绿电交易电费": Section.ENERGY, "政府性基金及附加": Section.LEVIES},
        "ignore": ("功率因数", "市场化购电电费"), "separators": True,
    }  # fmt: skip
    ours = [("A", "purchase", "1010.00"), ("A", "green_energy", "1.50")]
    outcome, rows = compared(tmp_path, LONG, ours, table=table)
    assert [(row[3], row[4], row[7]) for row in rows] == [
        ("unmapped", "levies", "9.00"),
        ("unmapped", "没有的", "1.00"),
        ("differing", "energy", "0.50"),
    ]
    assert outcome.matched == 1


def test_of_a_wide_table_a_sum_is_read_instead_of_its_parts(tmp_path: Path) -> None:
    head = "户号,电费年月,直接交易电费,①市场化购电电费,输配电费,输配电量电费,输配容量电费,抽水蓄能容量电费,煤电容量电费,合计"
    table = issued_of(tmp_path, f"{head}\nA,202406,1,2,3,4,5,6,7,8\n", "国网")
    assert table.columns == {"输配电量电费": "network_energy", "输配容量电费": "capacity", "合计": "total"}
    assert table.sections == {
        "①市场化购电电费": Section.ENERGY, "抽水蓄能容量电费": Section.SYSTEM_OPERATION, "煤电容量电费": Section.SYSTEM_OPERATION,
    }  # fmt: skip


def test_common_names_of_sums_and_parts_are_not_read_twice_either(tmp_path: Path) -> None:
    path = written(tmp_path, "户号,年月,系统运行费,煤电容量电费,购电电费,合计\nA,202406,3.00,1.00,2.00,5.00\n")
    found = {each.column: each.code for each in guess_layout(str(path)).columns}
    assert found == {
        "户号": None,
        "年月": None,
        "系统运行费": "system_operation",
        "煤电容量电费": None,
        "购电电费": "energy",
        "合计": "total",
    }


def test_names_that_are_told_by_one_code_are_compared_with_their_section_where_others_are(tmp_path: Path) -> None:
    table = issued_of(tmp_path, "户号,年月,代购电费,代购绿电交易电费,合计\nA,202406,3.00,1.00,4.00\n", "蒙西")
    assert table.sections == {"代购电费": Section.ENERGY, "代购绿电交易电费": Section.ENERGY}


def test_a_table_of_bills_is_compared_by_the_name_of_a_layout(tmp_path: Path) -> None:
    bills = tmp_path / "bills.csv"
    bills.write_text(
        "户号,电费年月,峰电量,平电量,谷电量,受电容量,功率因数,基本电费,合计\n"
        "0301,202406,1000,1000,1000,1000,0.90,21400.00,1\n0302,202406,1000,1000,1000,2000,0.90,42800.01,1\n",
        encoding="utf-8",
    )  # fmt: skip
    out = tmp_path / "out.csv"
    where = "地区=广西,用电类别=大工业,计价方式=两部制,电压等级=110千伏,购电方式=代理购电,分时=是,基本电费方式=按容量,力调标准=0.90,计量侧=高供高计"
    result = call("compare", "--bulk", str(bills), "--layout", "南网", "--where", where, "--out", str(out))
    assert result.exit_code == 1, result.stderr
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [row["account"] for row in rows if row["code"] == "network_capacity"] == ["0302"]


@pytest.mark.parametrize(
    "text",
    [
        "户号,项目,金额\nA1,(7)电能电费（峰）,1.00\nA1,(8)基本电费,1355333.26\n",
        "户号,基本电费,合计\nA1,1355333.26,1355334.26\n",
    ],
)
def test_a_table_of_amounts_is_compared_with_requests_by_the_name_of_a_layout(tmp_path: Path, text: str) -> None:
    issued = written(tmp_path, text)
    out = tmp_path / "out.csv"
    bulk = ROOT / "fixtures" / "bulk"
    result = call(
        "compare", "--bulk", str(issued), "--layout", "南网", "--requests", str(bulk / "readings.csv"),
        "--template", str(bulk / "template.yaml"), "--out", str(out),
    )  # fmt: skip
    assert result.exit_code == 1, result.stderr
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert {row["kind"] for row in rows} <= {"only_issued", "only_recomputed", "request_rejected"}


def test_a_table_of_lines_needs_the_requests_beside_it(tmp_path: Path) -> None:
    issued = written(tmp_path, "户号,项目,金额\nA1,合计,1.00\n")
    out = str(tmp_path / "out.csv")
    result = call(
        "compare", "--bulk", str(issued), "--layout", "国网", "--where", "地区=广西", "--out", out, "--lang", "zh"
    )
    assert (result.exit_code, "缺少键“requests”" in result.stderr) == (2, True)


def test_what_is_in_no_layout_of_the_program_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="there is no layout"):
        ready_layout("x")
    assert long_layout(str(written(tmp_path, "户号,合计\nA,1\n")), "mengxi") is None
