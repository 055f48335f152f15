"""Rows that name files of intervals are billed as the request with that file is, or rejected with its place."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from billcalc.bulk.output import Output
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.batches import Settings, bill_tables
from billcalc.runs.bulk_diagnosis import diagnose_requests
from billcalc.tables.interval_statements import Stated
from tests.cli.calling import ROOT, call

SAMPLES = ROOT / "fixtures" / "intervals"
REQUEST = SAMPLES / "door" / "request.yaml"
FILE, FILL = "metering_points.0.intervals.file", "metering_points.0.intervals.fill"


@pytest.fixture(scope="module")
def tariffs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What bills in Beijing need, which is read soon."""
    made: Path = tmp_path_factory.mktemp("library")
    for place in ("national", "beijing"):
        shutil.copytree(ROOT / "tariffs" / "cn" / place, made / "cn" / place)
    return made


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(folder: Path, *rows: str) -> str:
    path = folder / "accounts.csv"
    path.write_text("\n".join([f"account,{FILE},{FILL}", *rows]), encoding="utf-8")
    return str(path)


def test_each_row_is_billed_by_the_file_that_it_names(tmp_path: Path, tariffs: Path) -> None:
    names = ["times/spreadsheet", "step/hours", "gb18030", "times/spreadsheet", "nowhere", "step/five_minutes"]
    files = [SAMPLES / f"{name}.csv" for name in names]
    zero = "zero"
    rows = [f"A{number},{file},{zero if number == 3 else ''}" for number, file in enumerate(files)]
    inputs = table(tmp_path, *rows, "A9,,", "A10,accounts.csv,")
    out = tmp_path / "bills.csv"
    counts = bill_tables(Settings(inputs=[inputs], out=out, template=str(REQUEST), tariffs=tariffs, workers=1))
    assert (counts.rows, counts.billed) == (8, 4)
    assert {row["account"]: row["total"] for row in rows_of(out)} == {
        "A0": "20.84",
        "A1": "83.37",
        "A2": "20.84",
        "A3": "20.84",
    }
    told = {row["account"]: (row["field"], row["code"]) for row in rows_of(tmp_path / "bills.csv.rejects.csv")}
    assert told["A4"] == (str(files[4]), "cannot_read")
    assert told["A5"] == (str(files[5]), "not_stated")
    assert told["A9"][1] == "energy_not_measured"
    assert told["A10"] == ("accounts.csv", "cannot_read")


def test_the_template_may_name_one_file_for_all_and_statements_are_those_of_the_run(
    tmp_path: Path, tariffs: Path
) -> None:
    curve = SAMPLES / "times" / "iso_ends.csv"
    template = tmp_path / "template.yaml"
    text = REQUEST.read_text(encoding="utf-8").replace("side: high}", f"side: high, intervals: {{file: {curve}}}}}")
    template.write_text(text, encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("account\nA1\nA2\n", encoding="utf-8")
    inputs, out = str(tmp_path / "accounts.csv"), tmp_path / "bills.csv"
    told = (
        "batch",
        inputs,
        "--template",
        str(template),
        "--out",
        str(out),
        "--workers",
        "1",
        "--tariffs",
        str(tariffs),
    )
    assert call(*told).exit_code == 1
    assert call(*told, "--intervals-as", "times=ends").exit_code == 0
    assert [row["total"] for row in rows_of(out)] == ["20.84", "20.84"]
    wrong = call(*told, "--intervals-as", "times")
    assert (wrong.exit_code, "--intervals-as: " in wrong.stderr) == (2, True)


def test_a_dry_run_says_what_would_be_read_and_written_and_writes_nothing(tmp_path: Path, tariffs: Path) -> None:
    curve = SAMPLES / "step" / "hours.csv"
    inputs, out = tmp_path / "in.csv", tmp_path / "bills.csv"
    inputs.write_text(f"户号,曲线,备注\nA1,{curve},x\n", encoding="utf-8")
    mapping = tmp_path / "columns.yaml"
    mapping.write_text(f"户号: account\n曲线: {FILE}\n", encoding="utf-8")
    told = (*("batch", str(inputs), "--template", str(REQUEST), "--columns", str(mapping)), "--tariffs", str(tariffs))
    before = sorted(tmp_path.iterdir())
    result = call(*told, "--out", str(out), "--dry-run")
    assert [line.split(None, 2)[-1] for line in result.stdout.splitlines()] == [
        "1",
        f"{inputs} (1): 户号 → account, 曲线 → {FILE}",
        f"{inputs}: 备注",
        *map(str, (REQUEST, mapping, curve, out, f"{out}.rejects.csv")),
    ]
    assert (result.exit_code, sorted(tmp_path.iterdir())) == (0, before)
    assert "将写出" in call(*told, "--out", str(out), "--dry-run", "--lang", "zh").stdout
    assert call(*told, "--out", str(inputs), "--dry-run").exit_code == 2
    whole = call("batch", table(tmp_path, "A1,,"), "--template", str(REQUEST), "--out", str(out), "--dry-run")
    assert "not read" not in whole.stdout


def test_no_more_than_a_few_files_are_kept_and_each_is_read_again(tmp_path: Path, tariffs: Path) -> None:
    text = (SAMPLES / "times" / "spreadsheet.csv").read_text(encoding="utf-8")
    rows = []
    for number in range(10):
        (tmp_path / f"{number}.csv").write_text(text, encoding="utf-8")
        rows.append(f"A{number},{tmp_path / f'{number}.csv'},")
    counts = bill_tables(
        Settings(
            inputs=[table(tmp_path, *rows)],
            out=tmp_path / "bills.csv",
            template=str(REQUEST),
            tariffs=tariffs,
            workers=1,
        )
    )
    assert counts.billed == 10


def test_what_is_stated_of_no_file_or_a_file_that_would_be_overwritten_is_refused(
    tmp_path: Path, tariffs: Path
) -> None:
    inputs = table(tmp_path, "A1,,")
    with pytest.raises(InvalidInput) as caught:
        bill_tables(
            Settings(
                inputs=[inputs],
                out=tmp_path / "o.csv",
                template=str(REQUEST),
                tariffs=tariffs,
                workers=1,
                intervals=Stated(step=15),
            )
        )
    assert [fault.code for fault in caught.value.faults] == [FaultCode.MISSING_KEY]
    out = tmp_path / "curve.csv"
    with pytest.raises(InvalidInput) as caught:
        bill_tables(
            Settings(inputs=[table(tmp_path, f"A1,{out},")], out=out, template=str(REQUEST), tariffs=tariffs, workers=1)
        )
    assert [fault.code for fault in caught.value.faults] == [FaultCode.OUTPUT_CLASHES]


@pytest.mark.parametrize("count", [1, 5], ids=["alone", "together"])
def test_bills_are_diagnosed_by_the_files_that_their_rows_name(tmp_path: Path, tariffs: Path, count: int) -> None:
    """24 kWh of a day, and 96 of another file: the network losses, 0.012185 a kWh, were left out of every bill."""
    kinds = [("times/spreadsheet", "-0.29"), ("step/hours", "-1.17")]
    names = [kinds[number % 2][0] for number in range(count * 2)]
    inputs = table(tmp_path, *(f"A{number},{SAMPLES / name}.csv," for number, name in enumerate(names)))
    settings = Settings(inputs=[inputs], out=tmp_path / "lines.csv", template=str(REQUEST), tariffs=tariffs, workers=1)
    bill_tables(replace(settings, output=Output.COMPONENTS))
    lines = [(row["account"], row["code"], row["amount"]) for row in rows_of(tmp_path / "lines.csv")]
    issued = tmp_path / "issued.csv"
    told = [f"{account},{code},{'0.00' if code == 'upstream_loss' else amount}" for account, code, amount in lines]
    issued.write_text("\n".join(["account,code,amount", *told]), encoding="utf-8")
    _, found = diagnose_requests(replace(settings, out=tmp_path / "causes.csv"), issued)
    assert found.statuses == {"proved": 2 * count}
    causes = {
        (row["account"], row["amount"])
        for row in rows_of(tmp_path / "causes.csv")
        if row["cause"] == "component_left_out"
    }
    assert causes == {(f"A{number}", kinds[number % 2][1]) for number in range(2 * count)}


def test_rows_at_prices_by_interval_are_billed_as_their_requests_are(tmp_path: Path) -> None:
    """120.804 of energy and 29.526 of the network, and the double of the energies."""
    request = ROOT / "fixtures" / "by_hand" / "prices-by-hour" / "request.yaml"
    text = request.read_text(encoding="utf-8")
    before, _, after = text.partition("  intervals:")
    template = tmp_path / "template.yaml"
    template.write_text(before + "price_sheet:" + after.partition("price_sheet:")[2], encoding="utf-8")
    quarters = ["2.5"] * 32 + ["5"] * 48 + ["3.75"] * 16
    for name, factor in (("a", 1), ("b", 2), ("c", 0)):
        rows = [
            f"2024-07-01 {place // 4:02}:{place % 4 * 15:02},{float(each) * factor}"
            for place, each in enumerate(quarters)
        ]
        (tmp_path / f"{name}.csv").write_text("\n".join(["timestamp,kwh", *rows]), encoding="utf-8")
    inputs = table(tmp_path, *(f"{name},{tmp_path / name}.csv," for name in "abc"))
    out = tmp_path / "bills.csv"
    bill_tables(Settings(inputs=[inputs], out=out, template=str(template), workers=1))
    assert [row["total"] for row in rows_of(out)] == ["150.33", "300.66", "0.00"]
