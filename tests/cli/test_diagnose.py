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
    assert "按功率因数标准 无 考核，应为 0.90" in result.stdout
    assert "(83)水电财字第215号" in result.stdout
    assert "供用电合同约定的考核标准" in result.stdout


def test_the_causes_are_told_as_data(wrong: str) -> None:
    found = json.loads(call("diagnose", P1, wrong, "--format", "json").stdout)
    assert (found["kind"], found["status"], found["difference_amount"]) == ("diagnosis", "proved", "7272.52")
    assert "standard" in {cause["cause"] for answer in found["answers"] for cause in answer["causes"]}


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
