"""``billcalc compare --bulk``: a table of issued bills beside the recomputed ones."""

import csv
from decimal import Decimal
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from billcalc.cli import table_runs
from tests.cli.calling import P1, call

HEAD = "account,metering_points.0.readings.1.total\n"


@pytest.fixture
def requests(tmp_path: Path) -> Path:
    path = tmp_path / "requests.csv"
    path.write_text(f"{HEAD}A,0.75\nB,0.75\nC,-1\n", encoding="utf-8")
    return path


@pytest.fixture
def lines(tmp_path: Path, requests: Path) -> list[list[str]]:
    """The recomputed lines of A and B."""
    out = tmp_path / "lines.csv"
    call("batch", str(requests), "--template", P1, "--out", str(out), "--output", "components")
    with out.open(encoding="utf-8", newline="") as file:
        return [[row["account"], row["code"], row["amount"]] for row in csv.DictReader(file)]


def issue(directory: Path, rows: list[list[str]]) -> str:
    path = directory / "issued.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["户号", "项目", "金额", "备注"], *([*row, ""] for row in rows)])
    (directory / "layout.yaml").write_text("account: 户号\ncode: 项目\namount: 金额\n", encoding="utf-8")
    return str(path)


def compare(directory: Path, issued: str, *more: str, out: str = "differences.csv") -> tuple[int, str, str]:
    mapping = ("--mapping", str(directory / "layout.yaml"), "--template", P1, "--out", str(directory / out))
    result = call("compare", "--bulk", issued, "--requests", str(directory / "requests.csv"), *mapping, *more)
    return result.exit_code, result.stdout, result.stderr


def test_bills_that_agree_end_with_zero(tmp_path: Path, requests: Path, lines: list[list[str]]) -> None:
    requests.write_text(f"{HEAD}A,0.75\nB,0.75\n", encoding="utf-8")
    code, stdout, stderr = compare(tmp_path, issue(tmp_path, lines))
    assert (code, stderr) == (0, "")
    assert stdout == (
        "Issued bills beside the recomputed ones\n"
        "Requests             2\n"
        "  billed             2\n"
        "Issued accounts      2\n"
        "  in both            2\n"
        "Recomputed accounts  2\n"
        "  in both            2\n"
        "In both              2\n"
        "  agree              2\n"
        "  differ             0\n"
        "columns of the issued table that were not read: 备注\n"
        "\n"
        "Money of the accounts in both [CNY]\n"
        "           issued  recomputed  difference\n"
        "Total  3258542.00  3258542.00        0.00\n"
        "\n"
        "Problems of the recomputed bills\n"
        "2  total_differs_from_bands\n"
    )
    assert (tmp_path / "differences.csv").read_text(encoding="utf-8").count("\n") == 1
    assert (tmp_path / "differences.csv.rejects.csv").read_text(encoding="utf-8").count("\n") == 1
    assert not list(tmp_path.glob(".billcalc-*"))


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["  rejected                                        1", "  whose request was rejected                      1",
                "Issued rows without an account                    1", "(none)        1       +1.50           1.50",
                "capacity      1     -100.00         100.00", "A        1629272.50  1629271.00       +1.50"]),
        ("zh", ["  未计费                        1", "  请求未能计费                  1", "没有户号的已出账单行            1", "（无） 1 +1.50 1.50",
                "容量电费（capacity） 1 -100.00 100.00"]),
    ],
)  # fmt: skip
def test_what_differs_is_ranked_and_counted(tmp_path: Path, lines: list[list[str]], lang: str, told: list[str]) -> None:
    rows = [
        [account, code, str(Decimal(amount) - 100) if (account, code) == ("B", "capacity") else amount]
        for account, code, amount in lines
    ]
    issued = issue(tmp_path, [*rows, ["A", "", "1.50"], ["C", "levies", "5"], ["", "levies", "5"]])

    code, stdout, _ = compare(tmp_path, issued, "--lang", lang)

    assert code == 1
    words = [line.split() for line in stdout.splitlines()]
    for line in told:
        assert line.split() in words
    rejects = list(csv.reader(StringIO((tmp_path / "differences.csv.rejects.csv").read_text(encoding="utf-8"))))
    assert [line[1:3] for line in rejects[1:]] == [["3", "C"], ["19", ""]]


def test_what_cannot_be_compared_is_told_in_the_language_that_is_asked_for(
    tmp_path: Path, lines: list[list[str]]
) -> None:
    rows = [*([name, code, "x"] for name, code, _ in lines[:1]), *lines[1:], ["", "purchase", "1.00"]]
    code, _, _ = compare(tmp_path, issue(tmp_path, rows), "--lang", "zh")
    assert code == 1
    with (tmp_path / "differences.csv.rejects.csv").open(encoding="utf-8", newline="") as file:
        told = {row["code"]: row["message"] for row in csv.DictReader(file)}
    assert told["missing_key"] == "缺少键“户号”；请补充"
    assert told["not_a_number"].endswith("；请更正该数字")
    assert "为负数" in told["negative"]


@pytest.mark.parametrize(("column", "is_named"), [("月份", True), ("电费年月", True), ("抄表员", False)])
def test_a_column_of_months_that_is_not_read_is_a_doubt(
    tmp_path: Path, lines: list[list[str]], column: str, is_named: bool
) -> None:
    issue(tmp_path, [])
    (tmp_path / "layout.yaml").write_text("account: account\n", encoding="utf-8")
    issued = tmp_path / "own.csv"
    rows = "".join(f"{','.join(row)},2024-06\n" for row in lines)
    issued.write_text(f"account,code,amount,{column}\n{rows}", encoding="utf-8")
    said = f"column {column} of the issued table tells months and is not read"
    _, stdout, _ = compare(tmp_path, str(issued))
    assert (said in stdout, f"that were not read: {column}" in stdout) == (is_named, True)
    (tmp_path / "layout.yaml").write_text(f"account: account\nmonth: {column}\n", encoding="utf-8")
    assert said not in compare(tmp_path, str(issued), "--restart")[1]


def test_no_column_is_named_where_all_are_read(tmp_path: Path, lines: list[list[str]]) -> None:
    issue(tmp_path, [])
    (tmp_path / "layout.yaml").write_text("account: account\n", encoding="utf-8")
    issued = tmp_path / "own.csv"
    issued.write_text("account,code,amount\n" + "".join(f"{','.join(row)}\n" for row in lines), encoding="utf-8")
    code, stdout, _ = compare(tmp_path, str(issued))
    assert code == 1  # a request was rejected
    assert "not read" not in stdout


def test_a_tolerance_is_an_amount(tmp_path: Path, requests: Path, lines: list[list[str]]) -> None:
    requests.write_text(f"{HEAD}A,0.75\nB,0.75\n", encoding="utf-8")
    issued = issue(tmp_path, [*lines, ["A", "fee", "0.01"]])
    assert compare(tmp_path, issued, "--tolerance", "0.01")[0] == 0
    assert compare(tmp_path, issued)[0] == 1
    code, _, stderr = compare(tmp_path, issued, "--tolerance", "-1")
    assert code == 2
    assert "-1 is negative: give zero or more" in stderr


def test_a_bar_is_shown_on_a_terminal(tmp_path: Path, lines: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_runs, "sys", SimpleNamespace(stderr=Terminal()))
    assert compare(tmp_path, issue(tmp_path, lines))[0] == 1


class Terminal:
    """Says that it is one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("issued", "out", "reason"),
    [
        ("absent.csv", "out.csv", "no such file"),
    ],
)
def test_input_that_is_wrong_ends_with_two(
    tmp_path: Path, lines: list[list[str]], issued: str, out: str, reason: str
) -> None:
    issue(tmp_path, lines)
    code, stdout, stderr = compare(tmp_path, str(tmp_path / issued), out=out)
    assert (code, stdout) == (2, "")
    assert reason in stderr


def test_a_malformed_mapping_is_told_with_its_place(tmp_path: Path, lines: list[list[str]]) -> None:
    issued = issue(tmp_path, lines)
    (tmp_path / "layout.yaml").write_text("account: 户号\ncodes: 项目\n", encoding="utf-8")
    code, _, stderr = compare(tmp_path, issued)
    assert code == 2
    assert "layout.yaml:2:8" in stderr


def test_a_disk_that_fails_is_told(tmp_path: Path, requests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **told: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "differences.csv"))

    monkeypatch.setattr("billcalc.runs.recomputing.compare_requests", fails)
    code, _, stderr = compare(tmp_path, issue(tmp_path, []))
    assert (code, stderr) == (
        4,
        f"{tmp_path}/differences.csv: failed [cannot_write]: this cannot be written: no space left on device; check the "
        "name, the room on the disk, and that you may write there\nwhat was billed is kept: run again to go on\n",
    )


@pytest.mark.parametrize(("absent", "out"), [("duckdb", "out.csv"), ("xlsxwriter", "out.xlsx")])
def test_what_is_not_installed_is_told(
    tmp_path: Path, requests: Path, monkeypatch: pytest.MonkeyPatch, absent: str, out: str
) -> None:
    monkeypatch.setattr(table_runs, "find_spec", lambda name: None if name == absent else "there")
    code, _, stderr = compare(tmp_path, issue(tmp_path, []), out=out)
    assert code == 4
    assert f"{absent}: not installed; install billcalc[bulk,excel]".lower() in stderr.lower()


def test_the_help_shows_both_forms() -> None:
    text = call("compare", "--help").stdout
    assert "billcalc compare [OPTIONS] REQUEST ISSUED\n" in text
    assert "billcalc compare --bulk ISSUED --requests IN --out OUT [OPTIONS]\n" in text
    assert "--requests IN" in text


def test_an_equals_sign_does_too(tmp_path: Path, lines: list[list[str]]) -> None:
    result = call("compare", f"--bulk={issue(tmp_path, lines)}")
    assert result.exit_code == 2
    assert "Missing option '--out'" in result.stderr


def test_names_that_are_not_known_are_proposed_with_the_code_of_their_amounts(
    tmp_path: Path, requests: Path, lines: list[list[str]]
) -> None:
    requests.write_text(f"{HEAD}A,0.75\nB,0.75\n", encoding="utf-8")
    renamed = [[account, "甲项" if code == "capacity" else code, amount] for account, code, amount in lines]
    code, stdout, _ = compare(tmp_path, issue(tmp_path, renamed), "--lang", "zh")
    assert code == 1
    assert "  甲项: capacity   （2 张账单）\n" in stdout


def test_a_dry_run_tells_what_each_column_is_and_writes_nothing(
    tmp_path: Path, requests: Path, lines: list[list[str]]
) -> None:
    issued = issue(tmp_path, lines)
    code, stdout, _ = compare(tmp_path, issued, "--dry-run")
    assert (code, stdout.splitlines()) == (
        0,
        [
            "rows in      3",
            f"would read   {requests} (3): account, metering_points.0.readings.1.total",
            f"would read   {issued} ({len(lines)}): 户号 → account, 项目 → code, 金额 → amount",
            f"not read     {issued}: 备注",
            f"would read   {P1}",
            f"would read   {tmp_path / 'layout.yaml'}",
            f"would write  {tmp_path / 'differences.csv'}",
            f"would write  {tmp_path / 'differences.csv.rejects.csv'}",
        ],
    )
    assert not (tmp_path / "differences.csv").exists()
    (tmp_path / "layout.yaml").write_text("columns: {备注: total}\naccount: 户号\n", encoding="utf-8")
    assert "备注 → total" in compare(tmp_path, issued, "--dry-run")[1]
    (tmp_path / "layout.yaml").write_text("account: nobody\n", encoding="utf-8")
    assert compare(tmp_path, issued, "--dry-run")[0] == 2
    assert "nobody" in compare(tmp_path, issued, "--dry-run")[2]


def test_a_dry_run_of_a_guess_needs_no_mapping(tmp_path: Path, requests: Path) -> None:
    issued = tmp_path / "own.csv"
    issued.write_text("account,total\nA,1.00\n", encoding="utf-8")
    told = call(
        *("compare", "--bulk", str(issued), "--requests", str(requests), "--template", P1),
        *("--out", str(tmp_path / "d.csv"), "--dry-run"),
    )
    assert (told.exit_code, f"{issued} (1): account, total" in told.stdout) == (0, True)


def test_net_lines_without_a_told_tax_and_given_lines_are_told_in_the_summary(tmp_path: Path) -> None:
    requests, issued = tmp_path / "r.csv", tmp_path / "i.csv"
    requests.write_text(f"{HEAD}A,0.75\n", encoding="utf-8")
    template = tmp_path / "template.yaml"
    given = "given:\n- {code: fee, section: levies, group: main, amount: '5.00', power_factor: none}\n"
    template.write_text(Path(P1).read_text(encoding="utf-8") + given, encoding="utf-8")
    out = tmp_path / "lines.csv"
    made = call("batch", str(requests), "--template", str(template), "--out", str(out), "--output", "lines")
    assert made.exit_code == 0, made.stderr + made.stdout
    with out.open(encoding="utf-8", newline="") as file:
        ours = [(row["code"], Decimal(row["amount"])) for row in csv.DictReader(file)]

    def told(rate: str, *more: str) -> str:
        rows = [f"A,{code},{(amount / Decimal(rate)).quantize(Decimal('0.01'))}" for code, amount in ours]
        issued.write_text("\n".join(["account,code,amount", *rows]), encoding="utf-8")
        wanted = ("--requests", str(requests), "--template", str(template), "--out", str(tmp_path / "d.csv"), *more)
        return call("compare", "--bulk", str(issued), *wanted, "--lang", "en").stdout

    assert "Lines in agreement that the requests give: they prove nothing  1" in " ".join(told("1").split("\n"))
    assert "All lines of 1 bills are ours without a tax of 0.130" in told("1.13")
    mapping = tmp_path / "m.yaml"
    mapping.write_text("code: code\namount: amount\ntax: {rate: 13%}\n", encoding="utf-8")
    assert ["differ", "0"] in [line.split() for line in told("1.13", "--mapping", str(mapping)).splitlines()]
