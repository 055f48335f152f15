"""``billcalc diagnose --bulk``: why the bills of a table differ, in both languages."""

import csv
from pathlib import Path

from tests.cli.calling import P1, call

HEAD = "account,metering_points.0.readings.1.peak\n"


def test_a_table_is_diagnosed_and_told_in_chinese(tmp_path: Path) -> None:
    """The adjustment by the standard 0.85 in place of 0.90 is −0.95 % in place of −0.45 %."""
    requests, out = tmp_path / "requests.csv", tmp_path / "lines.csv"
    requests.write_text(f"{HEAD}A,0.2\nB,0.2\n", encoding="utf-8")
    call("batch", str(requests), "--template", P1, "--out", str(out), "--output", "components")
    with out.open(encoding="utf-8", newline="") as file:
        rows = [[row["account"], row["code"], row["amount"]] for row in csv.DictReader(file)]
    issued = tmp_path / "issued.csv"
    told = [
        [account, code, "0.00" if (account, code) == ("A", "power_factor") else amount]
        for account, code, amount in rows
    ]
    with issued.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["account", "code", "amount"], *told])
    causes = tmp_path / "causes.csv"
    bulk = ["diagnose", "--bulk", str(issued), "--requests", str(requests), "--template", P1, "--out", str(causes)]
    result = call(*bulk, "--lang", "zh")
    assert result.exit_code == 1
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0] == "已出账单差异原因诊断"
    assert "不一致的账单 1" in lines
    assert "已证实 1" in lines
    assert "功率因数标准 cn-guangxi 1 7272.52" in lines
    with causes.open(encoding="utf-8", newline="") as file:
        assert {row["account"] for row in csv.DictReader(file)} == {"A"}
    differences = tmp_path / "differences.csv"
    compare = ["compare", *bulk[1:-1], str(differences), "--causes", "--lang", "zh"]
    result = call(*compare)
    assert result.exit_code == 1
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines.index("已出账单与复算账单批量比对") < lines.index("已出账单差异原因诊断")
    assert "功率因数标准 cn-guangxi 1 7272.52" in lines
    with differences.open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["code"], row["status"], row["cause"]) == ("power_factor", "proved", "standard")


def test_a_table_that_agrees_ends_with_zero(tmp_path: Path) -> None:
    requests, issued = tmp_path / "requests.csv", tmp_path / "issued.csv"
    requests.write_text(f"{HEAD}A,0.2\n", encoding="utf-8")
    out = ["--output", "components", "--out", str(issued)]
    call("batch", str(requests), "--template", P1, *out)
    causes = str(tmp_path / "causes.xlsx")
    result = call("diagnose", "--bulk", str(issued), "--requests", str(requests), "--template", P1, "--out", causes)
    assert result.exit_code == 0


def test_its_help_has_both_ways_to_call_it() -> None:
    told = call("diagnose", "--help", "--lang", "en").stdout
    assert "--bulk ISSUED --requests IN --out OUT" in told


def test_a_table_in_the_words_of_a_utility_is_read_by_its_layout_and_a_dry_run_tells_how(tmp_path: Path) -> None:
    requests, issued = tmp_path / "requests.csv", tmp_path / "issued.csv"
    requests.write_text(f"{HEAD}A,0.2\n", encoding="utf-8")
    issued.write_text("户号,项目,金额\nA,合计,1629271.00\n", encoding="utf-8")
    bulk = ["diagnose", "--bulk", str(issued), "--requests", str(requests), "--template", P1]
    bulk += ["--out", str(tmp_path / "causes.csv"), "--layout"]
    dry = call(*bulk, "南网", "--dry-run", "--lang", "en")
    assert (dry.exit_code, f"{issued} (1): 户号 → account, 项目 → code, 金额 → amount" in dry.stdout) == (0, True)
    assert not (tmp_path / "causes.csv").exists()
    assert call(*bulk, "南网").exit_code == 0
    assert call(*bulk, "国往").exit_code == 2
    assert call(*bulk, "南网", "--mapping", "m.yaml").exit_code == 2
