"""``billcalc advise``: published examples, its shapes, its faults."""

import csv
import json
from concurrent.futures import BrokenExecutor
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from billcalc.files.documents import read_document
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refusal, Refused
from tests.cli.calling import P1, call, data_of
from tests.documents import ROOT

PUBLISHED = ROOT / "fixtures/published"
CASES = sorted(path.parent for path in PUBLISHED.glob("*/expected_advice.yaml"))
BREAK_EVEN = PUBLISHED / "basic-breakeven-74pct/request.yaml"


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_published_example_comes_to_what_was_published(folder: Path) -> None:
    expected: Any = read_document(str(folder / "expected_advice.yaml")).data
    data = data_of(call("advise", str(folder / "request.yaml"), "--format", "json"))
    if "ways" in expected:
        found = {each["way"]: Decimal(each["total"]) - Decimal(expected["energy"]) for each in data["basic"]["wholes"]}
        assert {way: f"{found[way]:.2f}" for way in expected["ways"]} == expected["ways"]
        assert [each["way"] for each in data["basic"]["plan"]["months"]] == expected["plan"]
        assert data["basic"]["contracts"] == {name: int(kw) for name, kw in expected["contracts"].items()}
    saved = {each["target"]: each["saved"] for each in data["power_factor"]["targets"]}
    assert saved == expected.get("saved", {})


def test_just_above_the_published_break_even_the_capacity_costs_less() -> None:
    above = read_document(str(BREAK_EVEN)).data
    assert isinstance(above, dict)
    above["metering_points"][0]["readings"][1]["maximum_demand"] = "737"
    data = data_of(call("advise", "-", "--format", "json", given=json.dumps(above, default=str)))
    totals = {each["way"]: each["total"] for each in data["basic"]["wholes"]}
    assert (totals["capacity"], totals["actual"]) == ("28050.00", "28056.00")


def test_the_text_is_in_the_language_that_is_asked_for() -> None:
    assert "1369" not in call("advise", str(BREAK_EVEN)).stdout
    result = call("advise", str(BREAK_EVEN), "--lang", "zh")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "用电优化建议")
    assert "按合同最大需量" in result.stdout


def test_load_is_told_in_kilowatt_hours_or_per_cent() -> None:
    data = data_of(call("advise", P1, "--shift", "5000kWh", "--format", "json"))
    assert (data["shift"]["kwh"], data["shift"]["percent"], data["shift"]["moved_kwh"]) == ("5000", None, "5000")
    chinese = data_of(call("advise", P1, "--shift", "5000千瓦时", "--format", "json"))
    assert chinese["shift"] == data["shift"]
    half = data_of(call("advise", P1, "--shift", "0.5 %", "--format", "json"))
    assert half["shift"]["percent"] == "0.5"


@pytest.mark.parametrize("told", ["5000", "-1%", "100.1%", "1e3kWh", "much", "9" * 30 + "%"])
def test_load_that_is_told_otherwise_is_a_misuse(told: str) -> None:
    result = call("advise", P1, "--shift", told)
    assert result.exit_code == 2
    assert "1% or 5000kWh" in result.stderr


def test_a_workbook_has_the_advice_on_a_sheet(tmp_path: Path) -> None:
    out = tmp_path / "advice.xlsx"
    assert call("advise", str(BREAK_EVEN), "--format", "xlsx", "--out", str(out)).exit_code == 0
    sheet = CalamineWorkbook.from_filelike(BytesIO(out.read_bytes())).get_sheet_by_name("Advice").to_python()
    assert sheet[0][0] == "Advice"
    assert any(row[0] == "The ways of paying the basic charge" for row in sheet)


def test_a_workbook_needs_a_file_and_nothing_else_takes_one(tmp_path: Path) -> None:
    assert call("advise", P1, "--format", "xlsx").exit_code == 2
    assert call("advise", P1, "--out", str(tmp_path / "advice.xlsx")).exit_code == 2


def test_a_workbook_never_takes_the_place_of_a_month(tmp_path: Path) -> None:
    month = tmp_path / "month.yaml"
    month.write_bytes(Path(P1).read_bytes())
    result = call("advise", str(month), "--format", "xlsx", "--out", str(month))
    assert result.exit_code == 2
    assert month.read_bytes() == Path(P1).read_bytes()


def test_months_that_are_not_of_one_customer_are_told_with_their_lines() -> None:
    result = call("advise", P1, str(BREAK_EVEN))
    assert result.exit_code == 2
    assert f"{P1}:" in result.stderr
    assert "the days from 2018-07-01 to 2024-06-12 are in no month" in result.stderr
    assert "all months are of one customer" in result.stderr


def test_months_that_cannot_be_billed_are_refused_with_what_is_missing() -> None:
    unpriced = read_document(P1).data
    assert isinstance(unpriced, dict)
    unpriced["area"] = "cn-xizang"
    result = call("advise", "-", given=json.dumps(unpriced, default=str))
    assert result.exit_code == 3


def test_a_row_that_the_tariffs_do_not_tell_enough_of_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Refused(
            Refusal(RefusalCode.NO_DOCUMENT, "a.csv:1/area", {"kind": "clock", "area": "x", "day": "2024-01-01"})
        )

    monkeypatch.setattr("billcalc.cli.advise.read_months", refuse)
    result = call("advise", "a.csv")
    assert (result.exit_code, "a.csv:1/area" in result.stderr) == (3, True)


def test_a_month_that_is_no_request_is_told_with_its_line(tmp_path: Path) -> None:
    month = tmp_path / "month.yaml"
    month.write_text("area: cn\nunknown: 1\n", encoding="utf-8")
    result = call("advise", str(month))
    assert result.exit_code == 2
    assert f"{month}:2:1" in result.stderr


def months_table(folder: Path) -> str:
    """A table of a published example with a row for each of two accounts."""
    path = folder / "months.csv"
    path.write_text("account,metering_points.0.readings.1.maximum_demand\nA-1,736\nA-2,900\n", encoding="utf-8")
    return str(path)


def test_tables_are_advised_on_with_a_row_for_each_account(tmp_path: Path) -> None:
    out = tmp_path / "advice.csv"
    template = ("--template", str(BREAK_EVEN))
    result = call("advise", "--bulk", months_table(tmp_path), "--out", str(out), *template)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Advice on accounts"
    with out.open(encoding="utf-8", newline="") as file:
        assert [row["account"] for row in csv.DictReader(file)] == ["A-1", "A-2"]
    chinese = call("advise", "--bulk", months_table(tmp_path), "--out", str(out), *template, "--lang", "zh")
    assert "有更省计收方式的户数" in chinese.stdout


def test_a_worker_that_ended_and_a_result_in_place_of_a_table_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = months_table(tmp_path)
    assert call("advise", "--bulk", told, "--out", told).exit_code == 2

    def killed(*_: object, **__: object) -> None:
        raise BrokenExecutor

    monkeypatch.setattr("billcalc.runs.bulk_advice.advise_tables", killed)
    assert call("advise", "--bulk", told, "--out", str(tmp_path / "advice.csv")).exit_code == 4


def test_a_table_of_which_rows_cannot_be_billed_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "months.csv"
    path.write_text("account,metering_points.0.readings.1.maximum_demand\nA-1,much\n", encoding="utf-8")
    out = tmp_path / "advice.xlsx"
    result = call("advise", "--bulk", str(path), "--out", str(out), "--template", str(BREAK_EVEN))
    assert (result.exit_code, out.exists()) == (1, True)
