"""``--intervals``: files of load curves at every command that reads a request."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import ROOT, call, data_of
from tests.tables.workbooks import saved, workbook

SAMPLES = ROOT / "fixtures" / "intervals"
REQUEST = str(SAMPLES / "door" / "request.yaml")
HEADS = ",".join(["date", *(f"{hour}:00" for hour in range(24))])
CURVE = f"{HEADS}\n2024-02-01,{','.join('100' if hour in (10, 11, 12) else '0' for hour in range(24))}\n"
"""300 kWh between 10:00 and 13:00: peak in Beijing, 352.41 by the notice of February 2024."""


@pytest.fixture
def curve(tmp_path: Path) -> str:
    path = tmp_path / "load.csv"
    path.write_text(CURVE, encoding="utf-8")
    return str(path)


def issued_lines(bill: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of a bill, as another issues them."""
    keys = ("code", "band", "group", "amount")
    return [{key: line[key] for key in keys if line.get(key)} for line in bill["lines"]]


def test_a_file_is_billed_at_every_command_that_reads_a_request(curve: str, tmp_path: Path) -> None:
    given = ("--intervals", f"M1={curve}", "--intervals-as", "values=kwh")
    bill = data_of(call("bill", REQUEST, *given, "--format", "json"))
    assert bill["total"] == "352.41"
    assert "352.41" in call("explain", REQUEST, *given).stdout
    issued = tmp_path / "issued.json"
    issued.write_text(json.dumps({"total": "352.41", "lines": issued_lines(bill)}), encoding="utf-8")
    assert call("compare", REQUEST, str(issued), *given).exit_code == 0
    assert call("diagnose", REQUEST, str(issued), *given).exit_code == 0


@pytest.mark.parametrize(
    ("name", "stated", "total"),
    [
        ("wide/in_order", ("values=kwh",), "352.41"),
        ("wide/sorted_as_texts", ("values=kwh",), "352.41"),
        ("times/iso_ends", ("times=ends",), "20.84"),
        ("times/ends_with_24_00", ("times=ends",), "20.84"),
        ("times/spreadsheet", (), "20.84"),
        ("gb18030", (), "20.84"),
        ("step/hours", (), "83.37"),
        ("fed_back/hour_below_zero", (), None),
    ],
)
def test_the_samples_are_billed(name: str, stated: tuple[str, ...], total: str | None) -> None:
    options = [each for pair in stated for each in ("--intervals-as", pair)]
    result = call("bill", REQUEST, "--format", "json", "--intervals", str(SAMPLES / f"{name}.csv"), *options)
    bill = data_of(result)
    assert bill["total"] == total or total is None
    assert ("GB18030" in result.stderr) == (name == "gb18030")
    told = [problem["facts"] for problem in bill["problems"] if problem["code"] == "energy_fed_back"]
    assert told == ([] if total else [{"point": "M1", "energy": "0.5"}])


@pytest.mark.parametrize(
    ("name", "stated", "code"),
    [
        ("wide/total_for_an_hour", ("values=kwh",), "hours_of_day"),
        ("times/iso_ends", (), "not_stated"),
        ("step/five_minutes", (), "not_stated"),
        ("step/five_minutes", ("step=15",), "step_differs"),
        ("wide/in_order", ("values",), "wrong_type"),
        ("nowhere", (), "cannot_read"),
    ],
)
def test_what_cannot_be_billed_is_told_with_its_place(name: str, stated: tuple[str, ...], code: str) -> None:
    path = str(SAMPLES / f"{name}.csv")
    options = [each for pair in stated for each in ("--intervals-as", pair)]
    result = call("bill", REQUEST, "--intervals", path, *options)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
    assert result.stderr.startswith("--intervals-as: " if code == "wrong_type" else path)
    chinese = call("bill", REQUEST, "--intervals", path, *options, "--lang", "zh")
    assert f"[{code}]" in chinese.stderr


def test_what_a_spreadsheet_hides_and_is_read_is_told(tmp_path: Path) -> None:
    rows = [row.split(",") for row in CURVE.splitlines()]
    book = workbook(("S", rows), hidden_rows=[1], hidden_columns=[(11, 12)])
    given = ("--intervals", saved(tmp_path / "load.xlsx", book), "--intervals-as", "values=kwh")
    result = call("bill", REQUEST, *given, "--format", "json")
    assert data_of(result)["total"] == "352.41"
    assert "load.xlsx: 1 hidden rows are read, too\n" in result.stderr
    assert "load.xlsx: hidden columns are read, too: 10:00, 11:00\n" in result.stderr
    assert "load.xlsx：隐藏的列也已读取：10:00, 11:00\n" in call("bill", REQUEST, *given, "--lang", "zh").stderr


def test_columns_of_a_file_that_nobody_reads_are_named(tmp_path: Path) -> None:
    path = tmp_path / "load.csv"
    hours = [f"2024-02-01 {hour:02}:00,1,30,V,G,,M1,1" for hour in range(24)]
    path.write_text("\n".join(["timestamp,kwh,kW,remark,quality,,meter,ratio", *hours]), encoding="utf-8")
    given = ("--intervals", str(path), "--intervals-as", "measured=G")
    result = call("bill", REQUEST, *given, "--format", "json")
    assert data_of(result)["lines"]
    assert result.stderr == f"{path}: not read: kW, remark\n"


def test_a_file_of_which_all_is_read_says_nothing(curve: str) -> None:
    result = call("bill", REQUEST, "--intervals", curve, "--intervals-as", "values=kwh", "--format", "json")
    assert result.stderr == ""


def test_a_statement_without_a_file_is_refused() -> None:
    result = call("bill", REQUEST, "--intervals-as", "times=ends")
    assert (result.exit_code, "--intervals-as: invalid input [missing_key]" in result.stderr) == (2, True)


def test_hours_that_the_file_lacks_are_refused() -> None:
    path = str(SAMPLES / "step" / "five_minutes.csv")
    result = call("bill", REQUEST, "--intervals", path, "--intervals-as", "times=starts", "--format", "json")
    assert (result.exit_code, data_of(result)["code"]) == (3, "intervals_missing")


def test_an_area_without_a_clock_is_refused(tmp_path: Path, curve: str) -> None:
    kind = Path("cn") / "national" / "plausibility"
    shutil.copytree(ROOT / "tariffs" / kind, tmp_path / "tariffs" / kind)
    result = call("bill", REQUEST, "--intervals", curve, "--tariffs", str(tmp_path / "tariffs"))
    assert (result.exit_code, "[no_document]" in result.stderr) == (3, True)


def test_a_file_of_prices_is_billed_beside_the_energies_of_the_request(tmp_path: Path) -> None:
    request = ROOT / "fixtures" / "by_hand" / "prices-by-hour" / "request.yaml"
    bare = tmp_path / "request.yaml"
    bare.write_text(request.read_text(encoding="utf-8").partition("  series:")[0], encoding="utf-8")
    by_hour = ["210"] * 8 + ["456.3"] * 3 + ["-80"] * 3 + ["512"] * 6 + ["333.1"] * 4
    rows = [f"2024-07-01 {hour:02}:00,A,{price}" for hour, price in enumerate(by_hour)]
    prices = tmp_path / "prices.csv"
    prices.write_text("\n".join(["时间,节点,电价（元/兆瓦时）", *rows]), encoding="utf-8")
    given = ("--prices", f"purchase={prices}", "--format", "json")
    result = call("bill", str(bare), *given, "--prices-as", "times=starts")
    assert (data_of(result)["total"], "节点" in result.stderr) == ("150.33", True)
    out = tmp_path / "bill.html"
    assert call("bill", str(bare), *given[:2], "--format", "html", "--out", str(out)).exit_code == 0
    assert call("bill", str(bare), "--prices", str(prices)).exit_code == 2
    assert call("bill", str(bare), "--prices-as", "times=starts").exit_code == 2
