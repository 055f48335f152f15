"""``billcalc explain``: the derivations of a bill's lines."""

from pathlib import Path

from tests.cli.calling import P1, call, data_of


def test_all_lines_are_explained_in_the_order_of_the_bill() -> None:
    result = call("explain", P1, "--lang", "zh")
    assert (result.exit_code, result.stderr) == (0, "")
    titles = [row for row in result.stdout.splitlines() if row and not row.startswith(" ")]
    assert titles[0] == "代购电费（峰）  91316.81 元"
    assert titles[-2:] == ["功率因数调整电费  −7272.52 元", "合计  1629271.00 元"]
    assert len(titles) == 11


def test_the_lines_asked_for_are_explained() -> None:
    result = call("explain", P1, "--line", "capacity", "--line", "power_factor")
    titles = [row for row in result.stdout.splitlines() if row and not row.startswith(" ")]
    assert titles == [
        "Basic charge by capacity  1355333.26 CNY",
        "Power-factor adjustment  −7272.52 CNY",
        "Total  1629271.00 CNY",
    ]
    assert "= 100000 kVA × 19 ÷ 30 = 63333.33333333… → 63333.33 kVA" in result.stdout
    assert "= 1616116.19 CNY × −0.0045 = −7272.522855 → −7272.52 CNY" in result.stdout


def test_a_code_stands_for_all_lines_that_have_it() -> None:
    told = data_of(call("explain", P1, "--format", "json", "--line", "purchase"))
    assert [line["band"] for line in told["lines"]] == ["peak", "flat", "valley"]


def test_a_derivation_as_json_is_the_same_bytes_twice() -> None:
    first, second = (call("explain", P1, "--format", "json", "--line", "capacity") for _ in range(2))
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout_bytes == second.stdout_bytes
    (capacity,) = data_of(first)["lines"]
    assert [step["numbers"] for step in capacity["steps"]] == [
        "100000 kVA × 19 ÷ 30",
        "63333.33 kVA × 21.4 CNY/kVA per month",
    ]


def test_an_unknown_line_is_refused_with_those_that_are_known() -> None:
    result = call("explain", P1, "--line", "capacity", "--line", "demand", "--line", "fee")
    assert (result.exit_code, result.stdout) == (2, "")
    known = "purchase, upstream_loss, network_energy, capacity, coal_capacity, other_operation, levies, power_factor"
    assert result.stderr.splitlines() == [
        f'--line: invalid input [unknown_reference]: there is no line "demand"; use one of: {known}',
        f'--line: invalid input [unknown_reference]: there is no line "fee"; use one of: {known}',
    ]


def test_an_unknown_line_as_json() -> None:
    result = call("explain", P1, "--line", "demand", "--format", "json", "--lang", "zh")
    assert result.exit_code == 2
    (fault,) = data_of(result)["faults"]
    assert (fault["code"], fault["where"], fault["facts"]["id"]) == ("unknown_reference", "--line", "demand")
    assert fault["message"].startswith("不存在电费行“demand”；请使用以下之一：purchase,")


def test_a_bill_that_cannot_be_calculated_cannot_be_explained(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(Path(P1).read_text(encoding="utf-8").replace("cn-guangxi", "cn-gansu"), encoding="utf-8")
    result = call("explain", str(path), "--lang", "zh")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "(/area): 无法计费 [no_document]：cn-gansu 在 " in result.stderr


def test_the_help_shows_an_example() -> None:
    assert (
        "billcalc explain request.yaml --line capacity --line power_factor --lang zh"
        in call("explain", "--help").stdout
    )
