"""``billcalc diagnose``: the causes of what an issued bill differs by, as text and as data."""

import json
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.documents import ROOT

P1 = str(ROOT / "fixtures/official/guangxi-2024-06-p1/request.yaml")
ISSUED = Path(__file__).parents[2] / "fixtures" / "issued"


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """The bill of P1 whose adjustment is by the standard 0.85: cosφ 0.93 gives −1.10 % of 1616116.19 there."""
    data = json.loads(call("bill", P1, "--format", "json").stdout)
    lines = [
        {
            "code": line["code"], "section": line["section"], "group": line["group"], "amount": line["amount"],
            **({"band": line["band"]} if line["band"] else {}),
        }
        for line in data["lines"]
    ]  # fmt: skip
    [line] = [line for line in lines if line["section"] == "power_factor"]
    line["amount"] = "0.00"
    issued = tmp_path / "issued.json"
    issued.write_text(json.dumps({"lines": lines}), encoding="utf-8")
    return str(issued)


def test_the_causes_are_told_in_chinese_with_rule_and_file(wrong: str) -> None:
    result = call("diagnose", P1, wrong, "--lang", "zh")
    assert result.exit_code == 1
    assert "已证实" in result.stdout
    assert "功率因数标准记为 不考核，应为 0.90" in result.stdout
    assert "(83)水电财字第215号" in result.stdout
    assert "供用电合同约定的考核标准" in result.stdout


def test_the_causes_are_told_as_data(wrong: str) -> None:
    found = json.loads(call("diagnose", P1, wrong, "--format", "json").stdout)
    assert (found["kind"], found["status"], found["difference_amount"]) == ("diagnosis", "proved", "7272.52")
    assert "standard" in {cause["cause"] for answer in found["answers"] for cause in answer["causes"]}


def test_two_causes_are_told_alone_and_together_with_rule_and_file() -> None:
    """By hand: 80000 kVA × 19/30 × 21.4 = 1084266.74, and 1345049.67 × −0.95 % = −12777.97, in place of −7272.52."""
    issued = str(ISSUED / "examples" / "guangxi-two-causes.csv")
    result = call("diagnose", P1, issued, "--lang", "zh")
    rows = [" ".join(row.split()) for row in result.stdout.splitlines()]
    assert result.exit_code == 1
    for told in (
        "A 变压器 T1 按 80000 千伏安计费，应为 100000 千伏安",
        "B 受电点 S1 的功率因数标准记为 0.85，应为 0.90",
        "基本电费 -271066.52 0.00 0.00 0.00",
        "功率因数调整电费 1219.80 -8080.58 1355.33 0.00",
        "合计 -269846.72 -8080.58 1355.33 0.00",
        "核查：变压器铭牌容量，以及供用电合同",
        "核查：供用电合同约定的考核标准，以及用电容量和用电性质",
    ):
        assert told in rows, told
    assert sum(row.startswith("依据：") for row in rows) == 2
    page = (ROOT / "docs/causes.md").read_text(encoding="utf-8")
    assert result.stdout in page


def test_a_bill_that_agrees_ends_with_nothing(tmp_path: Path) -> None:
    total = json.loads(call("bill", P1, "--format", "json").stdout)["total"]
    issued = tmp_path / "issued.json"
    issued.write_text(json.dumps({"lines": [], "total": total}), encoding="utf-8")
    result = call("diagnose", P1, str(issued), "--lang", "en")
    assert (result.exit_code, "nothing differs" in result.stdout) == (0, True)


def test_what_cannot_be_read_ends_with_two(tmp_path: Path) -> None:
    assert call("diagnose", P1, str(tmp_path / "nowhere.json")).exit_code == 2
    rows = tmp_path / "rows.csv"
    rows.write_text('code,amount\npurchase,1.00\nlevies,"1,000.00"\n', encoding="utf-8")
    result = call("diagnose", P1, str(rows), "--lang", "en")
    assert result.exit_code == 2
    assert "could not be read" in result.stdout


@pytest.mark.parametrize(
    ("name", "hindrance"), [("guangxi-does-not-add-up", "does_not_add_up"), ("guangxi-unmapped", "unmapped")]
)
def test_a_bill_that_is_wrong_in_itself_is_told_first_and_nothing_is_guessed(name: str, hindrance: str) -> None:
    issued = str(ISSUED / "examples" / f"{name}.yaml")
    found = json.loads(call("diagnose", P1, issued, "--format", "json").stdout)
    assert (found["status"], found["answers"]) == ("hindered", [])
    assert hindrance in json.dumps(found["hindrances"])


def test_a_table_with_a_row_of_the_code_total_is_told_before_any_cause(wrong: str, tmp_path: Path) -> None:
    lines = json.loads(Path(wrong).read_text(encoding="utf-8"))["lines"]
    rows = [",".join(line.get(key, "") for key in ("code", "group", "band", "amount")) for line in lines]
    table = tmp_path / "issued.csv"
    table.write_text("\n".join(["code,group,band,amount", *rows, "total,,,1.00"]), encoding="utf-8")
    found = json.loads(call("diagnose", P1, str(table), "--format", "json").stdout)
    assert (found["status"], found["answers"]) == ("hindered", [])
    assert "unmapped" in json.dumps(found["hindrances"])


def test_a_request_that_cannot_be_billed_is_refused_and_nothing_is_guessed(tmp_path: Path) -> None:
    asked = tmp_path / "request.yaml"
    asked.write_text(Path(P1).read_text(encoding="utf-8").replace("110kV", "35kV"), encoding="utf-8")
    issued = str(ISSUED / "examples" / "guangxi-two-causes.csv")
    result = call("diagnose", str(asked), issued, "--lang", "en")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no_price" in result.stderr


def test_the_workbook_is_written_and_goes_with_its_format(wrong: str, tmp_path: Path) -> None:
    out = tmp_path / "causes.xlsx"
    result = call("diagnose", P1, wrong, "--format", "xlsx", "--out", str(out), "--lang", "zh")
    assert (result.exit_code, result.stdout, out.read_bytes()[:2]) == (1, "", b"PK")
    for arguments in (["--format", "xlsx"], ["--out", str(out)]):
        refused = call("diagnose", P1, wrong, *arguments, "--lang", "en")
        assert (refused.exit_code, "--out FILE goes with --format xlsx" in refused.stderr) == (2, True)


def test_the_workbook_does_not_replace_what_is_read(wrong: str) -> None:
    before = Path(wrong).read_bytes()
    result = call("diagnose", P1, wrong, "--format", "xlsx", "--out", wrong, "--lang", "en")
    assert result.exit_code != 0
    assert Path(wrong).read_bytes() == before


def test_a_bill_in_the_words_of_a_utility_is_diagnosed_by_its_layout() -> None:
    request = str(ROOT / "fixtures/official/mengxi-2025-03/request.yaml")
    issued = str(ISSUED / "mengxi-2025-03.yaml")
    assert call("diagnose", request, issued, "--layout", "蒙西", "--lang", "en").exit_code == 0
    both = call("diagnose", request, issued, "--layout", "蒙西", "--mapping", "m.yaml", "--lang", "en")
    assert (both.exit_code, "--layout stands instead of" in both.stderr) == (2, True)
    assert call("diagnose", request, issued, "--layout", "国往").exit_code == 2
