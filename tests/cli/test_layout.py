"""From a Chinese workbook of bills to a ranked workbook of what is wrong in them, with a layout that was guessed."""

import csv
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.layout_guess import guess_layout
from billcalc.tables.readers import read_grid
from tests.cli.calling import call
from tests.tables.workbooks import saved, workbook

TEMPLATE = """
area: cn-guangxi
agreement:
- from: 2024-01-01
  groups:
    main: {class: industrial_commercial, billing: two_part, voltage: 110kV, time_of_use: true, purchase: agent}
  supply_points:
    P9: {power_factor_standard: "0.90", transformers: [{id: T1, state: in_service}]}
  basic: {mode: capacity}
metering_points:
- {id: M1, group: main, supply_point: P9, side: high}
"""
PATHS = {
    "户号": "account", "电费年月": "month",
    "峰电量": "metering_points.0.given.kwh.peak", "平电量": "metering_points.0.given.kwh.flat", "谷电量": "metering_points.0.given.kwh.valley",
    "变压器容量": "agreement.0.supply_points.P9.transformers.0.kva", "功率因数": "facts.P9.cosphi",
}  # fmt: skip
HEAD = [*PATHS, "①力调电费（元）", "基本电费", "代征", "其他", "合计", "备注"]
SECTIONS = {"①力调电费（元）": "power_factor", "基本电费": "network_capacity", "代征": "levies"}
ROWS = 5000 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 300


def facts(rows: int) -> Iterator[list[str]]:
    random = Random(7)
    for number in range(rows):
        kwh = [str(random.randint(10_000, 900_000)) for _ in range(3)]
        cosphi = str(Decimal(random.randint(80, 100)) / 100)
        yield [f"0{3_012_345_678 + number}", "202406", *kwh, str(random.choice([315, 1000, 2500, 6300])), cosphi]


def recomputed(folder: Path, rows: Sequence[Sequence[str]]) -> dict[str, dict[str, Decimal]]:
    """The money of each section of each account."""
    with (folder / "requests.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(PATHS), *rows])
    (folder / "columns.yaml").write_text(yaml.safe_dump(PATHS, allow_unicode=True), encoding="utf-8")
    out = folder / "ours.csv"
    result = call(
        "batch", str(folder / "requests.csv"), "--columns", str(folder / "columns.yaml"), "--workers", "1",
        "--template", str(folder / "template.yaml"), "--out", str(out), "--output", "components",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    money: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    with out.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            money[row["account"]][row["section"]] += Decimal(row["amount"])
            money[row["account"]]["total"] += Decimal(row["amount"])
    return money


def spoil(number: int, money: dict[str, Decimal]) -> str | None:
    """One row in a hundred is wrong in a known way; the section that is wrong."""
    if number % 100 != 57:
        return None
    way = number // 100 % 3
    section = ("network_capacity", "levies", "power_factor")[way]
    wrong = (Decimal("1000"), Decimal("-90.00"), Decimal("0.01"))[way]
    money[section] += wrong
    money["total"] += wrong
    return section


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def test_all_wrong_bills_of_a_workbook_are_found_and_none_falsely(folder: Path) -> None:
    rows = list(facts(ROWS))
    ours = recomputed(folder, rows)
    wrong: dict[str, str] = {}
    table: list[list[Any]] = [["某供电所高压用户电费清单"], [], HEAD]
    for number, row in enumerate(rows):
        money = dict(ours[row[0]])
        section = spoil(number, money)
        if section is not None:
            wrong[row[0]] = section
        amounts = [money[each] for each in SECTIONS.values()]
        table.append([*row, *(f"{each:,.2f}" for each in amounts), "甲", f"{money['total']:,.2f}", None])
    table.append(["合计", *[None] * 10, "1.00", None])
    bills = saved(folder / "bills.xlsx", workbook(("2024年6月", table), merged=[(0, 0, 0, 12)]))
    template, layout, out = (str(folder / name) for name in ("template.yaml", "layout.yaml", "ranked.xlsx"))

    guessed = call("layout", "guess", bills, "--template", template, "--out", layout, "--lang", "zh")
    assert guessed.exit_code == 0, guessed.stderr
    assert "无法识别或已由其他列给出、不读取的列：其他、备注" in guessed.stdout
    assert yaml.safe_load(Path(layout).read_text(encoding="utf-8")) == {
        "requests": PATHS | {},
        "separators": True,
        "issued": {
            "account": "户号", "month": "电费年月", "columns": {"合计": "total"}, "sections": SECTIONS, "rest": True, "separators": True,
        },
    }  # fmt: skip

    compared = call(
        "compare", "--bulk", bills, "--layout", layout, "--template", template, "--out", out, "--lang", "zh"
    )
    assert compared.exit_code == 1, compared.stderr
    ranked = read_grid(f"{out}#差异清单", max_bytes=1 << 24).rows
    head = [cell.text for cell in ranked[0]]
    found = {row[head.index("户号")].text: row[head.index("项目")].text for row in ranked[1:]}
    assert found == wrong
    assert len(ranked) == len(wrong) + 1
    differences = [abs(Decimal(row[head.index("整单差额")].text)) for row in ranked[1:]]
    assert differences == sorted(differences, reverse=True)
    assert f"  不一致  {len(wrong)}".split() in [line.split() for line in compared.stdout.splitlines()]


def guessed(folder: Path, head: Sequence[str], *rows: Sequence[str]) -> dict[str, str | None]:
    path = folder / "bills.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return {each.column: each.path or each.code for each in guess_layout(str(path)).columns}


def test_what_stands_in_a_column_decides_beside_its_name(folder: Path) -> None:
    head = ["户号", "年月", "峰电量", "总电量", "合计", "电费合计", "力调电费", "月份"]
    found = guessed(
        folder,
        head,
        ["0301", "六月", "10", "10", "1.00", "1.00", "x", ""],
        ["0302", "七月", "1,000", "5", "2.00", "2.00", "1", ""],
    )
    assert found == {
        "户号": "account", "年月": None, "峰电量": "metering_points.0.given.kwh.peak", "总电量": "metering_points.0.given.kwh.total",
        "合计": "total", "电费合计": None, "力调电费": None, "月份": "month",
    }  # fmt: skip


ACCOUNT = ("户号", "0301", "0302")
PEAK = ("峰电量", "10", "20")


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (
            [("变压器容量", "1,000", "630"), ("运行容量", "1000", "500")],
            ["“变压器容量”和“运行容量”都可能是", "有 1 行两者不同"],
        ),
        ([("合计", "1", "2"), ("应收电费合计", "3", "4")], ["“合计”和“应收电费合计”都可能是 total", "有 2 行两者不同"]),
        ([("电压等级", "10kV", "110kV"), ("供电电压", "10千伏", "35千伏")], ["有 1 行两者不同"]),
        ([("谷电量", "5kWh", "6")], ["按列名“谷电量”应为 metering_points.0.given.kwh.valley", '如"5kWh"']),
        ([("尖峰电量", "-", "5")], ["按列名“尖峰电量”应为 metering_points.0.given.kwh.sharp", '如"-"']),
        ([("尖", "5", "")], ["“尖”看来是某一时段的电量"]),
        ([("谷电量MWh", "5", "6")], ["“谷电量MWh”看来是某一时段的电量"]),
    ],
)
def test_what_a_guess_cannot_decide_is_told_and_nothing_is_compared_by_it(
    folder: Path, columns: Sequence[Sequence[str]], told: Sequence[str]
) -> None:
    path = str(table_of(folder, ACCOUNT, PEAK, *columns))
    shown = call("layout", "guess", path, "--lang", "zh")
    assert (shown.exit_code, [each for each in told if each not in shown.stdout]) == (1, [])
    used = call("compare", "--bulk", path, "--guess", "--out", str(folder / "out.csv"), "--lang", "zh")
    assert (used.exit_code, [each for each in told if each not in used.stderr]) == (2, [])


@pytest.mark.parametrize(
    "column",
    [
        ("尖", "0", ""),
        ("上月谷电量", "5", "6"),
        ("抄见谷", "5", "6"),
        ("高峰电量", "x", "y"),
        ("电压等级", "高压", "35kV及以上"),
        ("低谷时段电量", "5", "6"),
        ("谷电费", "5", "6"),
        ("谷电量占比", "0.5", "0.5"),
        ("平均电价", "0.6", "0.6"),
        ("客户编号", "1", "2"),
        ("本期电量", "30", "30"),
        ("抄表员", "甲", "乙"),
    ],
)
def test_what_cannot_be_a_loss_is_no_doubt_of_a_guess(folder: Path, column: Sequence[str]) -> None:
    path = table_of(folder, ACCOUNT, PEAK, ("总电量", "30", "30.0"), ("合计", "1", "2"), column)
    assert guess_layout(str(path)).doubts == ()


def test_of_a_table_of_amounts_alone_only_these_are_doubted(folder: Path) -> None:
    capacities = [("变压器容量", "1", "2"), ("运行容量", "3", "4")]
    guess = guess_layout(str(table_of(folder, ACCOUNT, ("合计", "1", "2"), *capacities)))
    assert guess.accepted("t", has_requests=False).issued.columns == {"合计": "total"}
    with pytest.raises(InvalidInput, match="may both be"):
        guess.accepted("t")


def table_of(folder: Path, *columns: Sequence[str]) -> Path:
    path = folder / "bills.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(zip(*columns, strict=True))
    return path


def test_amounts_that_make_the_total_leave_no_rest(folder: Path) -> None:
    head = ["户号", "购电电费", "基本电费", "合计"]
    rows = [
        ["0301", "10.00", "2.00", "12.00"],
        ["0302", "10.00", "2.01", "12.01"],
        ["0303", "1.00", "", "9.00"],
        ["合计", "", "", "33.01"],
    ]
    path = folder / "bills.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    result = call("layout", "guess", str(path), "--lang", "en")
    assert result.exit_code == 0
    assert "3 rows looked at" in result.stdout
    assert "the amounts make the total in 2 of 3 rows\n" in result.stdout
    assert guess_layout(str(path)).layout() == {
        "requests": {"户号": "account"},
        "separators": False,
        "issued": {"account": "户号", "columns": {"合计": "total"}, "sections": {"购电电费": "energy", "基本电费": "network_capacity"}},
    }  # fmt: skip


def test_a_table_whose_total_and_accounts_are_not_known_ends_with_one(folder: Path) -> None:
    (folder / "bills.csv").write_text("甲,乙,乙\n1,2,3\n", encoding="utf-8")
    result = call("layout", "guess", str(folder / "bills.csv"), "--template", str(folder / "none.csv"))
    assert result.exit_code == 2
    (folder / "none.yaml").write_text("area: cn-guangxi\n", encoding="utf-8")
    result = call("layout", "guess", str(folder / "bills.csv"), "--template", str(folder / "none.yaml"))
    assert result.exit_code == 1
    assert "not known, or told by other columns; not read: 甲、乙" in result.stdout


def test_an_empty_table_has_a_layout_by_its_names(folder: Path) -> None:
    assert guessed(folder, ["户号", "合计"]) == {"户号": "account", "合计": "total"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--layout", "l.yaml", "--mapping", "m.yaml"], "--layout stands instead of --columns and --mapping"),
        ([], "--requests, --layout or --guess is needed"),
    ],
)
def test_a_layout_stands_alone(folder: Path, arguments: list[str], told: str) -> None:
    result = call("compare", "--bulk", str(folder / "b.csv"), "--out", str(folder / "o.csv"), *arguments)
    assert (result.exit_code, told in result.stderr) == (2, True)
