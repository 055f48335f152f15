"""``billcalc compare``: an issued bill beside the recomputed one."""

from pathlib import Path

import pytest

from tests.cli.calling import P1, ROOT, call, data_of

ISSUED = ROOT / "fixtures" / "issued"
P1_ISSUED = str(ISSUED / "guangxi-2024-06-p1.yaml")
MARKET = str(ROOT / "fixtures" / "official" / "guangxi-2025-04-p1" / "request.yaml")
LAYOUT = ("--mapping", str(ISSUED / "layouts" / "guangxi.yaml"))
WRONG = str(ISSUED / "examples" / "wrong-price.yaml")
THREE_KINDS = str(ISSUED / "examples" / "three-kinds.csv")
UNREADABLE = str(ISSUED / "examples" / "unreadable.csv")


def test_a_bill_that_agrees_ends_with_zero() -> None:
    result = call("compare", P1, P1_ISSUED)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "No line differs: 10 printed lines agree." in result.stdout


@pytest.mark.parametrize(
    ("lang", "found"), [("zh", "输配电费：已出 42832.68，复算 37948.68，差 +4884.00"), ("en", "difference +4884.00")]
)
def test_a_bill_that_differs_ends_with_one_in_either_language(lang: str, found: str) -> None:
    result = call("compare", P1, WRONG, "--lang", lang)
    assert (result.exit_code, result.stderr) == (1, "")
    assert found in result.stdout


def test_json_has_the_findings_and_the_places_of_the_rows() -> None:
    result = call("compare", P1, WRONG, "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    told = data_of(result)
    assert [entry["amounts"]["difference"] for entry in told["differing"]] == ["4884.00", "-21.98"]
    assert told["differing"][0]["issued"][0]["where"] == f"{WRONG}:8:3"
    assert result.stdout_bytes == call("compare", P1, WRONG, "--format", "json").stdout_bytes


def test_a_csv_is_read_with_its_layout() -> None:
    csv = str(ISSUED / "guangxi-2025-04-p1.csv")
    assert call("compare", MARKET, csv, *LAYOUT).exit_code == 0
    told = data_of(call("compare", MARKET, THREE_KINDS, *LAYOUT, "--format", "json"))
    assert [len(told[kind]) for kind in ("unmapped", "missing", "differing")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "gb18030.csv: no UTF-8; read as GB18030"), ("zh", "gb18030.csv：不是 UTF-8，按 GB18030 读取")],
)
def test_a_csv_in_gb18030_is_read_and_said(lang: str, said: str) -> None:
    printed_words = str(ISSUED / "layouts" / "printed-words.yaml")
    result = call("compare", P1, str(ISSUED / "examples" / "gb18030.csv"), "--mapping", printed_words, "--lang", lang)
    assert result.exit_code == 0
    assert said in result.stderr


def test_a_csv_with_the_line_ends_of_old_macs_is_read(tmp_path: Path) -> None:
    text = (ISSUED / "guangxi-2025-04-p1.csv").read_bytes()
    (tmp_path / "mac.csv").write_bytes(text.replace(b"\r\n", b"\n").replace(b"\n", b"\r"))
    assert call("compare", MARKET, str(tmp_path / "mac.csv"), *LAYOUT).exit_code == 0


def test_a_csv_without_commas_is_told_in_either_language(tmp_path: Path) -> None:
    (tmp_path / "tabs.csv").write_text("name\tamount\na\t1\n")
    for lang, said in (("en", "between the names of the columns stands TAB"), ("zh", "列名之间是 TAB，而不是逗号")):
        result = call("compare", P1, str(tmp_path / "tabs.csv"), "--lang", lang)
        assert result.exit_code == 2
        assert "tabs.csv:1:1" in result.stderr
        assert said in result.stderr


def test_a_json_bill_is_read() -> None:
    request = str(ROOT / "fixtures" / "official" / "guangxi-2024-06-p2" / "request.yaml")
    assert call("compare", request, str(ISSUED / "guangxi-2024-06-p2.json")).exit_code == 0


def test_an_issued_bill_may_come_from_standard_input() -> None:
    assert call("compare", P1, "-", given=Path(P1_ISSUED).read_bytes()).exit_code == 0


def test_good_rows_are_compared_and_bad_ones_end_with_two() -> None:
    result = call("compare", MARKET, UNREADABLE, *LAYOUT)
    assert result.exit_code == 2
    assert 'unreadable.csv:2:24: thousands separators are not accepted: write "199508.43"' in result.stdout
    assert "whether it adds up is not known" in result.stdout


@pytest.mark.parametrize(("tolerance", "ended"), [("0", 1), ("4883.99", 1), ("4884", 0), ("4884.00", 0)])
def test_the_tolerance_is_an_amount(tolerance: str, ended: int, tmp_path: Path) -> None:
    issued = tmp_path / "issued.yaml"
    text = (
        Path(WRONG).read_text(encoding="utf-8").replace('price: "0.0877", ', "").replace('quantity: "1621000.19", ', "")
    )
    issued.write_text(text, encoding="utf-8")
    result = call("compare", P1, str(issued), "--tolerance", tolerance)
    assert result.exit_code == ended


@pytest.mark.parametrize(
    ("tolerance", "reason"),
    [
        ("-1", "-1 is negative: give zero or more"),
        ("1e2", 'write "100" instead of "1e2"'),
        ("x", '"x" is not a number'),
    ],
)
def test_what_is_no_tolerance_is_refused(tolerance: str, reason: str) -> None:
    result = call("compare", P1, P1_ISSUED, "--tolerance", tolerance)
    assert result.exit_code == 2
    assert reason in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("issued", "more", "code"),
    [
        (str(ISSUED / "nowhere.yaml"), (), "cannot_read"),
        (P1_ISSUED, ("--mapping", str(ISSUED / "nowhere.yaml")), "cannot_read"),
        (THREE_KINDS, (), "unknown_key"),
        (P1_ISSUED, ("--mapping", P1_ISSUED), "unknown_key"),
        (P1_ISSUED, ("--max-bytes", "700"), "too_large"),
    ],
)
def test_what_cannot_be_read_ends_with_two(issued: str, more: tuple[str, ...], code: str) -> None:
    result = call("compare", P1, issued, *more)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"[{code}]" in result.stderr


def test_a_request_that_cannot_be_billed_ends_with_three(tmp_path: Path) -> None:
    request = tmp_path / "request.yaml"
    request.write_text(Path(P1).read_text(encoding="utf-8").replace("2024-06", "2034-06").replace("2024-07", "2034-07"))
    result = call("compare", str(request), P1_ISSUED, "--format", "json")
    assert result.exit_code == 3
    assert data_of(result)["kind"] == "refusal"


def test_columns_of_an_issued_bill_that_nothing_is_read_of_are_told(tmp_path: Path) -> None:
    lines = (ISSUED / "guangxi-2025-04-p1.csv").read_text(encoding="utf-8-sig").splitlines()
    issued = tmp_path / "issued.csv"
    issued.write_text("\n".join([f"{lines[0]},调整后", *(f"{line},99.00" for line in lines[1:])]), encoding="utf-8")
    result = call("compare", MARKET, str(issued), *LAYOUT, "--lang", "en")
    assert (result.exit_code, result.stderr) == (0, f"{issued}: not read: 调整后\n")
    told = data_of(call("compare", MARKET, str(issued), *LAYOUT, "--format", "json"))
    assert told["unread_columns"] == ["调整后"]
