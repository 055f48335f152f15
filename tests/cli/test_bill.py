"""``billcalc bill``: what it prints where, its exit codes, its languages."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from billcalc.wire.bill import bill_json
from tests.cli.calling import P1, ROOT, call, data_of
from tests.explain.bills import official


def changed(tmp_path: Path, **changes: Any) -> str:
    """The first issued bill's request with some keys changed."""
    request = yaml.load(Path(P1).read_text(encoding="utf-8"), yaml.BaseLoader)
    path = tmp_path / "request.json"
    path.write_text(json.dumps({**request, **changes}).replace('"true"', "true"), encoding="utf-8")
    return str(path)


def test_a_bill_is_printed_with_its_problems_on_standard_output() -> None:
    result = call("bill", P1)
    assert (result.exit_code, result.stderr) == (0, "")
    told = result.stdout.splitlines()
    assert told[0].startswith("Electricity bill  cn-guangxi  2024-06-12 to 2024-06-30")
    assert any(row.split() == ["Total", "1629271.00"] for row in told)
    assert "note: metering point M1" in result.stdout


def test_a_bill_as_json_is_that_of_explain_in_the_same_bytes() -> None:
    first, second = call("bill", P1, "--format", "json"), call("bill", P1, "--format", "json")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout_bytes == second.stdout_bytes == bill_json(official("guangxi-2024-06-p1"))
    assert data_of(first)["total"] == "1629271.00"


def test_json_is_the_same_under_every_locale_unless_a_language_is_asked_for() -> None:
    english, chinese = (
        call("bill", P1, "--format", "json"),
        call("bill", P1, "--format", "json", env={"LC_ALL": "zh_CN.UTF-8"}),
    )
    assert english.stdout_bytes == chinese.stdout_bytes
    asked = data_of(call("bill", P1, "--format", "json", "--lang", "zh"))
    assert asked["problems"][0]["message"].startswith("计量点 M1：")


def test_a_request_is_read_from_standard_input() -> None:
    from_input = call("bill", "-", given=Path(P1).read_bytes())
    assert from_input.exit_code == 0
    assert from_input.stdout == call("bill", P1).stdout


def test_a_request_may_be_json(tmp_path: Path) -> None:
    assert call("bill", changed(tmp_path)).stdout == call("bill", P1).stdout


def test_a_bill_without_derivation_has_the_same_amounts_and_no_steps() -> None:
    short, whole = (data_of(call("bill", P1, "--format", "json", *options)) for options in (["--no-derivation"], []))
    assert all(line["steps"] == [] for line in short["lines"])
    assert any(line["steps"] for line in whole["lines"])
    assert [line["amount"] for line in short["lines"]] == [line["amount"] for line in whole["lines"]]
    assert (short["id"], short["total"]) == (whole["id"], whole["total"])


@pytest.mark.parametrize(
    ("environment", "title"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "电费账单"),
        ({"LANG": "en_US.UTF-8"}, "Electricity bill"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "Electricity bill"),
        ({"LANG": "C", "LC_MESSAGES": "zh_TW.UTF-8"}, "电费账单"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "电费账单"),
        ({}, "Electricity bill"),
    ],
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str], title: str) -> None:
    assert call("bill", P1, env=environment).stdout.startswith(title)


def test_the_language_asked_for_wins_over_the_locale() -> None:
    assert call("bill", P1, "--lang", "en", env={"LANG": "zh_CN.UTF-8"}).stdout.startswith("Electricity bill")
    assert call("bill", P1, "--lang", "zh", env={"LANG": "en_US.UTF-8"}).stdout.startswith("电费账单")


def test_invalid_input_is_told_with_its_place_on_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(Path(P1).read_text(encoding="utf-8").replace("cycle:", "cicle:"), encoding="utf-8")
    result = call("bill", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    told = result.stderr.splitlines()
    assert any(row.startswith(f'{path}:2:1: invalid input [unknown_key]: the key "cicle"') for row in told)
    assert any("[missing_key]" in row for row in told)


def test_invalid_input_as_json_is_told_on_both(tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("", encoding="utf-8")
    result = call("bill", str(path), "--format", "json", "--lang", "zh")
    assert result.exit_code == 2
    assert data_of(result) == {
        "kind": "invalid",
        "faults": [{"code": "empty", "where": str(path), "message": "输入为空；请提供内容，或检查文件名", "facts": {}}],
    }
    assert result.stderr == f"{path}: 输入有误 [empty]：输入为空；请提供内容，或检查文件名\n"


def test_a_missing_file_is_no_traceback() -> None:
    result = call("bill", "nowhere.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("nowhere.yaml: invalid input [cannot_read]: the input cannot be read:")


def test_a_contradiction_in_the_request_is_told_with_its_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(Path(P1).read_text(encoding="utf-8").replace("group: main", "group: other"), encoding="utf-8")
    text, data = call("bill", str(path)), call("bill", str(path), "--format", "json")
    assert (text.exit_code, data.exit_code) == (2, 2)
    assert text.stderr.startswith(f"{path}:")
    assert '(/metering_points/0/group): invalid input [unknown_reference]: there is no group "other"' in text.stderr
    assert [fault["where"] for fault in data_of(data)["faults"]] == ["/metering_points/0/group"]


def test_a_refusal_is_told_on_standard_error_with_its_own_exit_code(tmp_path: Path) -> None:
    result = call("bill", changed(tmp_path, area="cn-gansu"))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "(/area): cannot be billed [no_document]: no document of agency purchase prices" in result.stderr
    assert result.stderr.startswith(str(tmp_path / "request.json:1:10"))


def test_a_refusal_as_json(tmp_path: Path) -> None:
    result = call("bill", changed(tmp_path, area="cn-gansu"), "--format", "json")
    assert result.exit_code == 3
    refusal = data_of(result)
    assert (refusal["kind"], refusal["code"], refusal["where"]) == ("refusal", "no_document", "/area")
    assert result.stderr.count("\n") == 1


def test_a_request_above_the_limit_is_refused() -> None:
    result = call("bill", P1, "--max-bytes", "100")
    assert result.exit_code == 2
    assert "the input is larger than 100 bytes" in result.stderr


def test_other_tariffs_are_used_where_they_are_given(tmp_path: Path) -> None:
    result = call("bill", P1, "--tariffs", str(tmp_path / "none"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{tmp_path / 'none'}: invalid input [")


@pytest.mark.parametrize(
    "arguments",
    [["bill"], ["bill", P1, "--lang", "fr"], ["bill", P1, "--max-bytes", "0"], ["bill", P1, "--formt", "x"]],
)
def test_a_wrong_call_is_told_on_standard_error(arguments: list[str]) -> None:
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: billcalc bill")


def test_a_terminal_gets_colours_unless_it_says_no() -> None:
    assert "\x1b[1mElectricity bill" in call("bill", P1, color=True).stdout
    plain = call("bill", P1, color=True, env={"NO_COLOR": "1"}).stdout
    assert "\x1b" not in plain
    assert plain == call("bill", P1).stdout
    assert "\x1b[1m" in call("bill", P1, color=True, env={"NO_COLOR": ""}).stdout


def test_the_help_shows_an_example_and_the_exit_codes() -> None:
    told = call("bill", "--help").stdout
    assert "billcalc bill request.yaml" in told
    assert [line.split()[0] for line in told.split("Exit codes:\n")[1].splitlines()] == [
        "0",
        "2",
        "3",
        "4",
        "70",
        "130",
        "141",
    ]
    assert "  3  cannot be billed\n" in told


def test_a_fault_of_a_tariff_document_is_told_with_the_document(tmp_path: Path) -> None:
    library = shutil.copytree(ROOT / "tariffs", tmp_path / "tariffs")
    prices = library / "cn" / "guangxi" / "purchase_price" / "2024-06.yaml"
    text = prices.read_text(encoding="utf-8")
    assert ', valley: "0.243334"' in text
    prices.write_text(text.replace(', valley: "0.243334"', ""), encoding="utf-8")
    result = call("bill", P1, "--tariffs", str(library))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(
        'cn/guangxi/purchase_price/2024-06: invalid input [band_not_priced]: component "Energy purchase" has no price'
    )


@pytest.mark.parametrize(("shape", "begins"), [("xlsx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_a_bill_is_written_as_a_workbook_and_as_a_page(tmp_path: Path, shape: str, begins: bytes) -> None:
    out = tmp_path / f"bill.{shape}"
    result = call("bill", P1, "--format", shape, "--out", str(out), "--lang", "zh")
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_bytes().startswith(begins)
    assert call("bill", "-", "--format", shape, "--out", str(out), given=Path(P1).read_bytes()).exit_code == 0


@pytest.mark.parametrize("arguments", [["--format", "xlsx"], ["--format", "html"], ["--out", "bill.json"]])
def test_a_file_goes_with_the_shapes_that_are_files(arguments: list[str]) -> None:
    result = call("bill", P1, *arguments)
    assert (result.exit_code, "--out FILE goes with --format xlsx and html" in result.stderr) == (2, True)


def test_the_request_is_not_written_over(tmp_path: Path) -> None:
    request = tmp_path / "request.yaml"
    request.write_bytes(Path(P1).read_bytes())
    result = call("bill", str(request), "--format", "html", "--out", str(request))
    assert (result.exit_code, request.read_bytes()) == (2, Path(P1).read_bytes())
    assert "output_clashes" in result.stderr


def test_a_dry_run_says_what_would_be_written_and_keeps_what_is_read(tmp_path: Path) -> None:
    out = tmp_path / "bill.xlsx"
    told = call("bill", P1, "--format", "xlsx", "--out", str(out), "--dry-run", "--lang", "en")
    assert (told.exit_code, told.stdout) == (0, f"would read   {P1}\nwould write  {out}\n")
    assert not out.exists()
    assert call("bill", P1, "--dry-run", "--lang", "en").stdout == f"would read  {P1}\n"
    request, load = tmp_path / "request.yaml", tmp_path / "load.csv"
    request.write_bytes((ROOT / "fixtures/intervals/door/request.yaml").read_bytes())
    load.write_bytes((ROOT / "fixtures/intervals/times/iso_ends.csv").read_bytes())
    files = ("--intervals", f"M1={load}", "--intervals-as", "times=ends", "--format", "html")
    dry = call("bill", str(request), *files, "--out", str(tmp_path / "b.html"), "--dry-run", "--lang", "en")
    assert dry.stdout.splitlines()[:2] == [f"would read   {request}", f"would read   {load}"]
    assert call("bill", str(request), *files, "--out", str(load), "--dry-run").exit_code == 2
    assert call("bill", str(request), *files, "--out", str(load)).exit_code == 2
    assert load.read_bytes().startswith(b"timestamp")
