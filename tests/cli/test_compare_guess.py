"""5,000 bills in a Chinese workbook: one command from the file to a ranked workbook of what is wrong in them."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from billcalc.bulk.output import Output
from billcalc.runs.batches import Settings, bill_tables
from billcalc.runs.shared_facts import shared_template, told_facts
from billcalc.runs.table_layouts import TableLayout
from billcalc.tables.readers import read_grid
from tests.cli.calling import call
from tests.tables.workbooks import saved, workbook

ROWS = 5_000
WHERE = (
    "地区=广西，用电类别=大工业，计价方式=两部制，电压等级=110千伏，购电方式=代理购电，分时=是",
    "基本电费方式=按容量,力调标准=0.9,计量侧=高供高计",
)
HEAD = [
    *("户号", "电费年月", "峰电量", "平电量", "谷电量", "变压器容量", "功率因数"),
    *("①力调电费（元）", "②基本电费（元）", "③代征（元）", "合计", "抄表员"),
]
SECTIONS = ("power_factor", "network_capacity", "levies")
WAYS: Mapping[str, tuple[str, str]] = {
    "capacity of another transformer": ("network_capacity", "14552.00"),
    "a levy left out": ("levies", "-90.00"),
    "a fen": ("power_factor", "0.01"),
    "two digits exchanged": ("network_capacity", "-27.00"),
    "energy of the month before": ("rest", "1234.56"),
}
"""The section that is wrong, and by how much [CNY]."""


def told(rows: int) -> Iterator[list[str]]:
    """Account, month, energies, capacity and power factor of each bill."""
    random = Random(11)
    for number in range(rows):
        kwh = [f"{random.randint(10_000, 900_000):,}" for _ in range(3)]
        cosphi = f"0.{random.randint(80, 99)}"
        yield [f"0{3_012_345_678 + number}", "202406", *kwh, random.choice(["315", "1,000", "6,300"]), cosphi]


def recomputed(folder: Path, rows: list[list[str]]) -> dict[str, dict[str, Decimal]]:
    """By account the money of each section, billed in columns from a table of its own."""
    paths = {name: path for name, path in zip(HEAD, PATHS, strict=False) if path}
    table = folder / "requests.csv"
    lines = [",".join(HEAD[:7]), *(",".join(cell.replace(",", "") for cell in row) for row in rows)]
    table.write_text("\n".join(lines), encoding="utf-8")
    template = shared_template(told_facts(WHERE, where="--where"), paths.values(), where="--where")
    layout = TableLayout.model_validate({"requests": paths, "issued": {"account": "户号"}})
    out = folder / "ours.csv"
    bill_tables(Settings([str(table)], out, output=Output.COMPONENTS, template=template, layout=layout, workers=1))
    money: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    with out.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            money[line["account"]][line["section"]] += Decimal(line["amount"])
            money[line["account"]]["total"] += Decimal(line["amount"])
    return money


PATHS = (
    "account",
    "month",
    *(f"metering_points.0.given.kwh.{band}" for band in ("peak", "flat", "valley")),
    "agreement.0.supply_points.S1.transformers.0.kva",
    "facts.S1.cosphi",
)


def test_one_command_ranks_all_wrong_bills_of_a_workbook_and_none_falsely(tmp_path: Path) -> None:
    rows = list(told(ROWS))
    ours = recomputed(tmp_path, rows)
    assert ours["03012345678"]["network_capacity"] == Decimal(rows[0][5].replace(",", "")) * Decimal("21.4")
    wrong: dict[str, tuple[str, Decimal]] = {}
    table: list[list[Any]] = [["某供电所2024年6月高压用户电费清单"], [], HEAD]
    for number, row in enumerate(rows):
        money = dict(ours[row[0]])
        if number % 100 == 57:
            section, by = list(WAYS.values())[number // 100 % len(WAYS)]
            wrong[row[0]] = section, Decimal(by)
            money[section] = money.get(section, Decimal(0)) + Decimal(by)
            money["total"] += Decimal(by)
        table.append([*row, *(f"{money[each]:,.2f}" for each in SECTIONS), f"{money['total']:,.2f}", "甲"])
    table.append(["合计", *[None] * 9, "1.00", None])
    bills = saved(tmp_path / "bills.xlsx", workbook(("6月", table), merged=[(0, 0, 0, 11)]))
    out = tmp_path / "ranked.xlsx"

    result = call(
        "compare", "--bulk", bills, "--guess", "--where", WHERE[0], "--where", WHERE[1], "--out", str(out), "--lang", "zh"
    )  # fmt: skip

    assert result.exit_code == 1, result.stderr
    assert "无法识别或已由其他列给出、不读取的列：抄表员" in result.stdout
    assert "已出账单表中未读取的列：抄表员" in result.stdout
    assert result.stderr == f"{bills}：未读取的列：抄表员\n"
    assert "同一月份复算有多张账单" not in result.stdout
    ranked = read_grid(f"{out}#差异清单", max_bytes=1 << 24).rows
    head = [cell.text for cell in ranked[0]]
    name, item, off = (head.index(column) for column in ("户号", "项目", "差额"))
    found = {row[name].text: (row[item].text, Decimal(row[off].text)) for row in ranked[1:]}
    assert len(wrong) == ROWS // 100 == len(ranked) - 1
    assert found == wrong
    sizes = [abs(Decimal(row[off].text)) for row in ranked[1:]]
    assert sizes == sorted(sizes, reverse=True)
    summary = CalamineWorkbook.from_path(out).get_sheet_by_name("汇总").to_python()
    assert ["一致", 4950] in [row[:2] for row in summary]
    assert ["无法比对", 0] in [row[:2] for row in summary]


def bills_of(folder: Path, head: str, *rows: str) -> str:
    path = folder / "bills.csv"
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return str(path)


def test_columns_of_words_tell_what_is_not_the_same_for_all(tmp_path: Path) -> None:
    bills = bills_of(
        tmp_path,
        "户号,用电类别,计价方式,电压等级,购电方式,力调标准,基本电费计收方式,峰电量,平电量,谷电量,变压器容量,功率因数,基本电费,合计",
        "0301,大工业,两部制,110千伏,代理购电,0.90,按容量,1000,1000,1000,1000,0.90,21400.00,1.00",
        "0302,工商业,两部制,110kV,代理购电,0.85,按容量,1000,1000,1000,2000,0.85,42900.00,1.00",
    )
    out = tmp_path / "ranked.csv"
    where = "地区=广西,月份=202406,分时=是,计量侧=高供高计"
    result = call("compare", "--bulk", bills, "--guess", "--where", where, "--out", str(out), "--lang", "en")
    assert result.exit_code == 1, result.stderr
    found = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [(row["account"], row["difference"]) for row in found if row["code"] == "network_capacity"] == [
        ("0302", "100.00")
    ]


def test_facts_stand_beside_a_layout_of_ones_own_as_beside_a_guess(tmp_path: Path) -> None:
    bills = bills_of(
        tmp_path,
        "户号,电费年月,峰电量,平电量,谷电量,变压器容量,功率因数,基本电费,合计",
        "0301,202406,1000,1000,1000,1000,0.90,21400.00,1.00",
        "0302,202406,1000,1000,1000,2000,0.90,42900.00,1.00",
    )
    layout = tmp_path / "layout.yaml"
    assert call("layout", "guess", bills, "--out", str(layout)).exit_code == 0
    found = []
    for how in (("--guess",), ("--layout", str(layout))):
        out = tmp_path / "ranked.csv"
        told = call("compare", "--bulk", bills, *how, "--where", WHERE[0], "--where", WHERE[1], "--out", str(out))
        assert told.exit_code == 1, told.stderr
        found.append(out.read_text(encoding="utf-8"))
    assert found[0] == found[1]
    assert '"network_capacity",42900.00,42800.00,100.00' in found[0]


def test_bands_that_do_not_make_the_total_energy_are_doubted(tmp_path: Path) -> None:
    bills = bills_of(
        tmp_path,
        "户号,电费年月,峰电量,平电量,谷电量,总电量,变压器容量,功率因数,合计",
        "0301,202406,1000,1000,1000,3000,1000,0.90,1.00",
        "0302,202406,1000,1000,1000,4000,1000,0.90,1.00",
    )
    where = [option for each in WHERE for option in ("--where", each)]
    told = call("compare", "--bulk", bills, "--guess", *where, "--out", str(tmp_path / "o.csv"), "--lang", "en")
    assert told.exit_code == 1, told.stderr
    assert "1  total_differs_from_bands" in told.stdout


def test_words_that_are_none_leave_a_column_unknown(tmp_path: Path) -> None:
    bills = bills_of(
        tmp_path, "户号,用电类别,电压等级,计价方式,购电方式,力调标准,基本电费方式,年月,合计", "1,甲,乙,丙,丁,戊,己,庚,1"
    )
    result = call("layout", "guess", bills, "--lang", "en")
    assert (
        "not known, or told by other columns; not read: 用电类别、电压等级、计价方式、购电方式、力调标准、基本电费方式、年月\n"
        in result.stdout
    )


def test_everything_that_is_told_nowhere_is_asked_for_at_once(tmp_path: Path) -> None:
    bills = bills_of(tmp_path, "户号,电费年月,用电类别,合计", "0301,202406,大工业,1.00")
    result = call("compare", "--bulk", bills, "--guess", "--where", "计价方式=两部制", "--out", str(tmp_path / "o.csv"))
    assert result.exit_code == 2
    missing = ["area", "voltage", "purchase", "time_of_use", "mode", "standard", "side"]
    assert [
        name for name in missing if f'--where: invalid input [missing_key]: the key "{name} (' in result.stderr
    ] == missing
    assert result.stderr.count("missing_key") == len(missing)


def test_a_table_without_accounts_or_totals_is_refused(tmp_path: Path) -> None:
    bills = bills_of(tmp_path, "甲,乙", "1,2")
    result = call("compare", "--bulk", bills, "--guess", "--out", str(tmp_path / "o.csv"), "--lang", "zh")
    assert (result.exit_code, result.stderr.count("甲, 乙")) == (2, 2)
    template = tmp_path / "template.yaml"
    template.write_text("area: cn-guangxi\n", encoding="utf-8")
    bills = bills_of(tmp_path, "户号,合计", "1,2")
    result = call("compare", "--bulk", bills, "--guess", "--template", str(template), "--out", str(tmp_path / "o.csv"))
    assert result.exit_code in (1, 2)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--guess", "--layout", "l.yaml"), "--guess stands instead of --layout"),
        (("--guess", "--where", "area=x", "--template", "t.yaml"), "--where goes with --guess"),
        (("--layout", "l.yaml", "--requests", "r.csv", "--where", "area=x"), "--where goes with --guess"),
    ],
)
def test_a_guess_stands_alone(options: tuple[str, ...], told: str) -> None:
    result = call("compare", "--bulk", "b.csv", "--out", "o.csv", *options, "--lang", "en")
    assert (result.exit_code, told in result.stderr) == (2, True)
