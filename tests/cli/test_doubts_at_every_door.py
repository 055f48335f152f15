"""A doubt about a bill is told wherever its money is: on the bill, beside an issued one, and in what corrects it."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from billcalc.cli.table_runs import problem_lines
from billcalc.words.language import Language
from tests.cli.calling import P1, ROOT, call

DOUBT = "own_price_implausible"
ISSUED = str(ROOT / "fixtures" / "issued" / "guangxi-2024-06-p1.yaml")
GIVEN = ROOT / "fixtures" / "bulk" / "given.yaml"
FEN = """price_sheet:
  title: contract
  instead_of: [purchase_price]
  not_charged: [upstream_loss, system_operation]
  components: [{code: purchase, section: energy, price: {bands: {peak: "57.035", flat: "0.36", valley: "0.14965"}}}]
"""
"""The price of the peak in fen: 57.035 for 0.57035 yuan."""
SINGLE = {
    "bill": ("bill", "{request}"),
    "compare": ("compare", "{request}", ISSUED),
    "diagnose": ("diagnose", "{request}", ISSUED),
    "check": ("check", "{request}"),
    "rebill": ("rebill", "{case}"),
}
BULK = {
    "batch": ("batch", "{table}", "--template", "{template}", "--out", "{out}"),
    "compare": ("compare", "--bulk", "{issued}", "--requests", "{table}", "--template", "{template}", "--out", "{out}"),
    "diagnose": ("diagnose", "--bulk", "{issued}", "--requests", "{table}", "--template", "{template}", "--out", "{out}"),
    "check": ("check", "--bulk", "{table}", "--template", "{template}", "--out", "{out}"),
    "audit": ("audit", "run", "--store", "{store}", "--requests", "{table}", "--template", "{template}"),
}  # fmt: skip


@pytest.fixture
def told(tmp_path: Path) -> dict[str, str]:
    """Files with one doubt in each, by what they are."""
    right = {"price_sheet.components.0.price.bands.peak": "57.035"}
    files = {
        "request": Path(P1).read_text(encoding="utf-8") + FEN,
        "billed": Path(P1).read_text(encoding="utf-8") + FEN.replace("57.035", "0.57035"),
        "case": f"case: a\ncause: price\nright: {json.dumps(right)}\nmonths: [{{billed: billed.yaml}}]\n",
        "template": GIVEN.read_text(encoding="utf-8") + FEN,
    }
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    bands = ",".join(f"metering_points.0.given.kwh.{band}" for band in ("peak", "flat", "valley"))
    (tmp_path / "table.csv").write_text(f"account,{bands}\n0301,1000,1000,1000\n", encoding="utf-8")
    (tmp_path / "issued.csv").write_text("account,total\n0301,1.00\n", encoding="utf-8")
    paths = {name: str(tmp_path / f"{name}.yaml") for name in files}
    tables = {name: str(tmp_path / f"{name}.csv") for name in ("table", "issued", "out")}
    return {**paths, **tables, "store": str(tmp_path / "audit.db")}


@pytest.mark.parametrize("shape", ["table", "json"])
@pytest.mark.parametrize("door", SINGLE)
def test_a_doubt_is_told_beside_the_money_of_a_bill(door: str, shape: str, told: dict[str, str]) -> None:
    result = call(*(each.format(**told) for each in SINGLE[door]), "--format", shape, "--lang", "en")
    assert DOUBT in result.stdout


@pytest.mark.parametrize("door", BULK)
def test_doubts_are_counted_beside_the_money_of_many(door: str, told: dict[str, str]) -> None:
    result = call(*(each.format(**told) for each in BULK[door]), "--lang", "en")
    assert DOUBT in result.stdout


def test_a_bill_without_a_doubt_has_no_heading_for_them() -> None:
    result = call("compare", P1, ISSUED, "--lang", "en")
    assert (result.exit_code, "Doubts" in result.stdout) == (0, False)


def test_the_workbook_of_a_diagnosis_has_the_doubts(told: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "causes.xlsx"
    call("diagnose", told["request"], ISSUED, "--format", "xlsx", "--out", str(out), "--lang", "en")
    first = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    assert any(DOUBT in str(cell) for row in first for cell in row)


def test_bills_without_problems_have_no_heading_for_them() -> None:
    assert list(problem_lines({}, Language.ENGLISH)) == []
