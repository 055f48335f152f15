"""``billcalc check``: what speaks, what passes and what could not be checked, as text and as data."""

import json
from concurrent.futures import BrokenExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from billcalc.bulk.paths import request_data
from tests.cli.calling import P1, call
from tests.documents import ROOT
from tests.runs.accounts_with_history import READINGS, TEMPLATE, row_of


@pytest.fixture
def july(tmp_path: Path) -> str:
    """The month after P1, which opens with 0.5 where P1 closed with 0.75."""
    text = Path(P1).read_text(encoding="utf-8").replace("2024-07-01", "2024-08-01")
    text = text.replace("2024-06-12", "2024-07-01").replace("2024-06-01", "2024-07-01")
    head, _, _ = text.partition("  readings:")
    path = tmp_path / "july.yaml"
    path.write_text(
        f"""{head}  readings:
  - {{at: 2024-07-01, kind: opening, total: "0.5", peak: "0.2", flat: "0.16", valley: "0.38", reactive_forward: "0.3"}}
  - {{at: 2024-08-01, kind: closing, total: "1.24", peak: "0.4", flat: "0.32", valley: "0.76", reactive_forward: "0.6"}}
""",
        encoding="utf-8",
    )
    return str(path)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """The month of P1, beside a file that is no request."""
    folder = tmp_path / "months"
    folder.mkdir()
    (folder / "2024-06.yaml").write_text(Path(P1).read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "notes.txt").write_text("no request", encoding="utf-8")
    return folder


def test_a_request_alone_tells_what_speaks_and_what_is_missing_for_the_rest() -> None:
    result = call("check", P1, "--lang", "en")
    assert result.exit_code == 1
    assert "[bands_differ_from_total] metering point M1" in result.stdout
    assert "energy jump: without the energy of the month before" in result.stdout
    assert "Passed: 32" in result.stdout


def test_earlier_months_are_compared_with(july: str, history: Path) -> None:
    result = call("check", july, "--history", str(history), "--lang", "zh")
    assert result.exit_code == 1
    assert "[period_gap]" not in result.stdout
    assert "[opening_differs] 起码 0.5 与上期止码 0.75 不符" in result.stdout
    assert "电量突增突减：缺少" not in result.stdout
    assert "[period_length_abnormal]" not in result.stdout


def test_the_answers_are_told_as_data(july: str, history: Path) -> None:
    data = json.loads(call("check", july, "--history", str(history), "--format", "json").stdout)
    by_code = {each["code"]: each for each in data["checks"]}
    assert (data["kind"], len(by_code)) == ("checks", 60)
    opening = by_code["opening_differs"]
    assert (opening["level"], opening["answer"], opening["figures"]) == (
        "contradiction", "speaks", {"opening": "0.5", "closing_1": "0.75"},
    )  # fmt: skip
    assert opening["messages"] == [
        "it opens with 0.5, and the month before closed with 0.75; look for an exchange, or for a reading that is wrong"
    ]
    assert by_code["capacity_overrun"]["missing"] == ["demand_kw"]


def test_limits_of_ones_own_are_told_with_who_decided_them(tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        "{id: ours, from: 2020-01-01, changed_by: office, source: ours, limits: [\n"
        " {check: band_share_implausible, set: {limit: '0.2'}, for: {company: N, class: 工商业}, source: shops}]}",
        encoding="utf-8",
    )
    told = call("check", P1, "--thresholds", str(ours), "--company", "N", "--account", "A", "--lang", "en")
    assert "limit: ours (office): shops" in told.stdout
    assert "[band_share_implausible]" in told.stdout
    assert "[band_share_implausible]" not in call("check", P1, "--thresholds", str(ours), "--lang", "en").stdout


def test_a_check_that_is_off_is_told(tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        "{id: ours, from: 2020-01-01, changed_by: office, source: ours, limits: [\n"
        " {check: energy_jump, off: true, source: seasonal}]}",
        encoding="utf-8",
    )
    assert (
        "energy jump: switched off by ours (office): seasonal"
        in call("check", P1, "--thresholds", str(ours), "--lang", "en").stdout
    )


def test_where_nothing_but_advice_speaks_the_command_ends_with_nothing(tmp_path: Path) -> None:
    text = Path(P1).read_text(encoding="utf-8").replace('total: "0", ', "").replace('total: "0.75", ', "")
    quiet = tmp_path / "request.yaml"
    quiet.write_text(text, encoding="utf-8")
    result = call("check", str(quiet), "--lang", "en")
    assert (result.exit_code, "Nothing speaks." in result.stdout) == (0, True)
    quiet.write_text(text.replace('reactive_forward: "0.3"', 'reactive_forward: "0.5"'), encoding="utf-8")
    result = call("check", str(quiet), "--lang", "en")
    assert (result.exit_code, "[power_factor_below_standard]" in result.stdout) == (0, True)


def test_what_cannot_be_read_or_billed_is_said_with_its_place(history: Path, tmp_path: Path) -> None:
    assert call("check", P1, "--thresholds", str(tmp_path / "nowhere.yaml")).exit_code == 2
    assert call("check", P1, "--history", str(tmp_path / "nowhere")).exit_code == 2
    refused = tmp_path / "request.yaml"
    refused.write_text(Path(P1).read_text(encoding="utf-8").replace("110kV", "35kV"), encoding="utf-8")
    assert call("check", str(refused)).exit_code == 3
    (history / "2024-04.yaml").write_text(refused.read_text(encoding="utf-8"), encoding="utf-8")
    result = call("check", P1, "--history", str(history))
    assert (result.exit_code, "2024-04.yaml" in result.stderr) == (3, True)


def test_a_request_on_which_agreements_of_two_classes_hold_has_no_class_of_limits() -> None:
    request = ROOT / "fixtures/by_hand/farm-by-ratio/request.yaml"
    assert call("check", str(request)).exit_code in (0, 1)


def test_days_between_two_bills_are_told_as_days(july: str, history: Path) -> None:
    text = (history / "2024-06.yaml").read_text(encoding="utf-8").replace("2024-07-01", "2024-06-30")
    (history / "2024-06.yaml").write_text(
        text.replace("cycle:  {from: 2024-06-01, to: 2024-06-30}", "cycle:  {from: 2024-06-01, to: 2024-07-01}"),
        encoding="utf-8",
    )
    result = call("check", july, "--history", str(history), "--lang", "en")
    assert "[period_gap] the bill before ends before 2024-06-30, and this one begins on 2024-07-01" in result.stdout


def test_the_change_from_the_month_before_is_split_and_its_parts_sum(july: str, history: Path) -> None:
    """June had 19 days and 488400 kWh, July 132000 + 105600 + 250800 = 488400, too: the prices of July did it."""
    asked = ("check", july, "--history", str(history), "--explain-change")
    told = call(*asked, "--lang", "zh").stdout
    assert "电量：488400 → 488400 千瓦时（0 %）" in told
    assert "不含基本电费和力调电费的平均电价" in told
    change = json.loads(call(*asked, "--format", "json").stdout)["change"]
    was, now = map(Fraction, change["average"])
    assert sum(Fraction(part["amount"]) for part in change["parts"]) == now - was
    assert {part["cause"] for part in change["parts"]} == {"price"}


def test_a_change_without_a_month_before_is_a_misuse(history: Path) -> None:
    for more in ((), ("--history", str(history))):
        result = call("check", P1, *more, "--explain-change", "--lang", "en")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "--explain-change needs --history" in result.stderr


def test_tables_of_accounts_are_checked_beside_their_history(tmp_path: Path) -> None:
    rows = [row_of("A", 2024, 1, peak="300"), row_of("A", 2023, 12), row_of("A", 2023, 11)]
    names = ",".join(rows[0])
    for name, some in (("now", rows[:1]), ("before", rows[1:])):
        lines = [names, *(",".join(row.values()) for row in some)]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    template, out = tmp_path / "template.json", tmp_path / "found.csv"
    template.write_text(json.dumps(TEMPLATE), encoding="utf-8")
    told = ("--bulk", str(tmp_path / "now.csv"), "--history", str(tmp_path / "before.csv"), "--template", str(template))

    found = call("check", *told, "--out", str(out), "--lang", "zh")
    assert found.exit_code == 1
    assert "户数：已检查 1，未能计费 0" in found.stdout
    assert "电量突增突减" in found.stdout
    assert "电量突增突减" in out.read_text(encoding="utf-8")
    quiet = call("check", *told[:1], *told[3:4], *told[4:], "--out", str(out), "--lang", "en")
    assert (quiet.exit_code, "accounts: 2 checked" in quiet.stdout) == (0, True)
    unread = call("check", *told, "--out", str(out), "--thresholds", str(tmp_path / "none.yaml"))
    assert unread.exit_code == 2
    assert call("check", *told, "--out", str(tmp_path / "now.csv")).exit_code == 2


def test_a_worker_that_ended_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise BrokenExecutor

    monkeypatch.setattr("billcalc.runs.bulk_checks.check_tables", killed)
    ended = call("check", "--bulk", "in.csv", "--out", str(tmp_path / "found.csv"), "--lang", "en")
    assert (ended.exit_code, "Traceback" in ended.stderr) == (4, False)


@pytest.fixture
def tables(tmp_path: Path) -> tuple[str, str]:
    """A request of January, and a table of the months before with a row of another account."""
    request = request_data(TEMPLATE, {name: cell for name, cell in row_of("A", 2024, 1).items() if name != "account"})
    (tmp_path / "january.json").write_text(json.dumps(request), encoding="utf-8")
    flat = [flattened(request_data(TEMPLATE, row_of("A", 2023, month))) for month in (11, 12)]
    other = {**flat[1], "account": "B"}
    lines = [",".join(flat[0]), *(",".join(row.values()) for row in (*flat, other))]
    (tmp_path / "months.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(tmp_path / "january.json"), str(tmp_path / "months.csv")


def flattened(data: Any, path: str = "") -> dict[str, str]:
    if isinstance(data, dict | list):
        parts = data.items() if isinstance(data, dict) else enumerate(data)
        return {
            name: cell
            for key, part in parts
            for name, cell in flattened(part, f"{path}.{key}" if path else str(key)).items()
        }
    return {path: str(data).lower() if isinstance(data, bool) else str(data)}


def test_the_history_may_be_a_table_of_which_an_account_is_told(tables: tuple[str, str]) -> None:
    request, months = tables
    for written in ("A", "a"):
        found = call("check", request, "--history", months, "--account", written, "--lang", "en")
        assert "energy jump: without" not in found.stdout
    several = call("check", request, "--history", months, "--lang", "en")
    assert (several.exit_code, 'the key "--account" is missing' in several.stderr) == (2, True)
    nobody = call("check", request, "--history", months, "--account", "C", "--lang", "en")
    assert "energy jump: without" in nobody.stdout


@pytest.mark.parametrize(
    ("wrong", "code", "told"),
    [
        ({f"{READINGS}.1.peak": "-1"}, 2, "months.csv:1/metering_points"),
        ({"price_sheet.components.0.code": ""}, 2, "months.csv:1/price_sheet"),
        ({"metering_points.0.not_installed.0": "reactive_forward"}, 3, "months.csv:1/metering_points/0"),
    ],
)
def test_a_row_of_the_history_that_cannot_be_billed_is_told(
    tables: tuple[str, str], wrong: dict[str, str], code: int, told: str
) -> None:
    request, months = tables
    row = flattened(request_data(TEMPLATE, {**row_of("A", 2023, 12), **wrong}))
    Path(months).write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    found = call("check", request, "--history", months, "--lang", "en")
    assert (found.exit_code, told in found.stderr) == (code, True), found.stderr


def test_a_table_of_one_account_needs_no_name(tables: tuple[str, str]) -> None:
    request, months = tables
    lines = Path(months).read_text(encoding="utf-8").splitlines()
    Path(months).write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    assert "energy jump: without" not in call("check", request, "--history", months, "--lang", "en").stdout
    Path(months).write_text(lines[0] + "\n", encoding="utf-8")
    assert "energy jump: without" in call("check", request, "--history", months, "--lang", "en").stdout


def test_a_month_twice_and_another_customer_are_no_history(july: str, history: Path) -> None:
    text = (history / "2024-06.yaml").read_text(encoding="utf-8")
    again = history / "again.yaml"
    again.write_text(text.replace('"0.75"', '"0.8"'), encoding="utf-8")
    result = call("check", july, "--history", str(history), "--lang", "en")
    assert result.exit_code == 2
    assert f"{again}/period: invalid input [inconsistent]: the days from 2024-06-12 on are also in" in result.stderr
    again.unlink()
    (history / "2024-06.yaml").write_text(text.replace("id: M1", "id: M7"), encoding="utf-8")
    result = call("check", july, "--history", str(history), "--lang", "zh")
    assert result.exit_code == 2
    assert "各月应为同一用户" in result.stderr
