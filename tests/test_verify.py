"""A bill's JSON proves itself, and what is changed in it is found, by a file that shares nothing with the engine."""

import ast
import json
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from billcalc import verify as module
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.verify import SAYS, main, report, verify
from billcalc.wire.bill import bill_data
from billcalc.wire.json_writing import json_text
from tests.proofs import REQUESTS, Data, at, billed, codes, proof, put, step_of, tariffs, written


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.parent.name)
def test_a_bill_proves_itself(path: Path) -> None:
    assert codes(json.loads(written(path))) == []


def test_what_no_text_computes_is_told_as_not_followed() -> None:
    left = {code for _, code in codes(proof(), is_open=True)}
    assert left == {"calendar"}  # how many days of a month without a whole one count


def test_a_bill_without_its_documents_says_what_it_could_not_follow() -> None:
    bill = json.loads(json_text(bill_data(billed(REQUESTS[0]))))
    assert codes(bill) == []
    assert {code for _, code in codes(bill, is_open=True)} >= {"no_content", "no_seal"}


def test_a_bill_without_derivation_says_so() -> None:
    found = calculate(load(Request, REQUESTS[0]), tariffs(), derivation=False)
    assert isinstance(found, Bill)
    left = verify(json.loads(json_text(bill_data(found))))
    assert {each.code for each in left} == {"no_content", "no_seal", "no_steps", "not_computed", "alternative"}
    assert all(each.is_open for each in left)


def _reading(bill: Data) -> str:
    return step_of(bill, r"\(\{0\} − \{1\}\) × \{2\}")


CHANGES: list[tuple[str, Callable[[Data], tuple[str, Any]], str]] = [
    ("not_kind", lambda _: ("/kind", "refusal"), "/kind"),
    ("content_changed", lambda bill: ("/documents/0/content", bill["documents"][0]["content"] + " "), "/documents/0"),
    ("requested_otherwise", lambda _: ("/area", "cn-hubei"), "/area"),
    ("id", lambda _: ("/version", "0.0.9"), "/id"),
    ("said_otherwise", lambda _: ("/sources/0/title", "x"), "/sources/0/title"),
    ("unbound", lambda _: ("/sources/0/id", "cn/x"), "/sources/0"),
    ("evidence", lambda _: ("/evidence", "official_text"), "/evidence"),
    ("not_given", lambda _: ("/lines/0/given", True), "/lines/0/given"),
    ("no_steps", lambda _: ("/lines/0/steps", []), "/lines/0"),
    ("last_step", lambda _: ("/lines/0/amount", "1.00"), "/lines/0/amount"),
    ("days", lambda _: ("/lines/0/to", "2024-07-02"), "/lines/0"),
    ("not_computed", lambda _: ("/lines/0/quantity", "1"), "/lines/0/quantity"),
    ("not_computed", lambda _: ("/power_factors/0/cosphi", "0.5"), "/power_factors/0/cosphi"),
    ("not_cited", lambda _: ("/lines/0/sources", []), "/lines/0/sources"),
    ("no_source", lambda _: ("/lines/0/sources", ["cn/x"]), "/lines/0/sources"),
    ("no_word", lambda _: ("/lines/0/label", "x"), "/lines/0/label"),
    ("other_result", lambda _: ("/lines/0/steps/1/operands/0/value", "2"), "/lines/0/steps/1/operands/0"),
    ("no_origin", lambda _: ("/lines/0/steps/1/operands/0/name", "x"), "/lines/0/steps/1/operands/0"),
    ("unused", lambda _: ("/lines/0/steps/1/operands/0/name", "x"), "/lines/0/steps/0"),
    ("requested", lambda _: ("/lines/0/steps/0/operands/0/at", "/cycle/from"), "/lines/0/steps/0/operands/0"),
    ("comes_to", lambda _: ("/lines/0/steps/0/value", "7"), "/lines/0/steps/0"),
    ("other_unit", lambda _: ("/lines/0/steps/0/unit", "kW"), "/lines/0/steps/0"),
    ("exact", lambda bill: (_reading(bill) + "/exact", "7"), "/lines/0/steps/0"),
    ("exact", lambda bill: (_reading(bill) + "/exact", None), "/lines/0/steps/0"),
    ("units", lambda bill: (_reading(bill) + "/operands/0/unit", "kW"), "/lines/0/steps/0"),
    ("formula", lambda bill: (_reading(bill) + "/formula", "{0} {1}"), "/lines/0/steps/0"),
    ("sum", lambda _: ("/total", "1.00"), "/total"),
    ("sum", lambda _: ("/sections/0/amount", "1.00"), "/sections"),
    ("sum", lambda _: ("/kwh/main/peak", "1"), "/kwh/main/peak"),
    ("not_a_bill", lambda _: ("/lines", 7), ""),
    ("not_a_bill", lambda _: ("/total", "1e3"), ""),
    ("not_a_bill", lambda bill: (_reading(bill) + "/rounded_to", "0"), ""),
]


@pytest.mark.parametrize(("code", "change", "where"), CHANGES)
def test_what_is_changed_is_named(code: str, change: Callable[[Data], tuple[str, Any]], where: str) -> None:
    bill = proof()
    assert (where, code) in codes(put(bill, *change(bill)))


def test_a_figure_that_its_document_does_not_have_is_named() -> None:
    bill = proof()
    step = step_of(bill, r"\{0\} × \{1\}")
    assert (f"{step}/operands/1", "no_figure") in codes(put(bill, f"{step}/operands/1/value", "0.7"))
    assert (f"{step}/operands/1", "not_cited") in codes(put(bill, f"{step}/operands/1/source", "cn/x"))


def test_the_words_of_a_bill_without_documents_are_held_to_its_request() -> None:
    bill = {**proof("general-shapes"), "documents": []}
    for key in ("code", "group"):
        assert "no_word" in {each.code for each in verify(put(bill, f"/lines/0/{key}", "x"))}


def test_a_document_under_another_name_is_named() -> None:
    bill = proof()
    changed = put(bill, "/documents/0", {**bill["documents"][1], "id": bill["documents"][0]["id"]})
    assert ("/documents/0", "other_content") in codes(changed)


def test_a_power_factor_is_checked_by_squares_and_its_ratio_in_the_table() -> None:
    bill = proof()  # 488400 kWh and 198000 kvarh: 0.9267, so 0.93
    cosphi, table = step_of(bill, r"cosphi\(.*"), step_of(bill, r"table\(.*")
    for wrong in ("0.92", "0.94", "0.925", "1.93"):
        assert (cosphi, "cosphi") in codes(put(bill, f"{cosphi}/value", wrong))
    assert (table, "table") in codes(put(bill, f"{table}/value", "-0.0046"))
    assert (table, "comparison") in codes(put(bill, f"{table}/operands/1/value", "0"))


def test_a_table_goes_on_below_its_last_row() -> None:
    bill = proof("mengxi-2025-03")  # a power factor of 0.02: 95 % at 0.25, and 2 % for each hundredth below
    table = step_of(bill, r"table\(.*")
    assert at(bill, f"{table}/value") == "1.41"
    assert (table, "table") in codes(put(bill, f"{table}/value", "1.43"))


def test_a_part_of_a_whole_is_the_difference_of_two_running_sums() -> None:
    bill = proof("shared-demand")
    (pointer, _), *_ = (
        (f"/lines/{number}/steps/{index}", step)
        for number, line in enumerate(bill["lines"])
        for index, step in enumerate(line["steps"])
        if "share" in step and not step["share"]["is_last"]
    )
    assert (pointer, "last_part") in codes(put(bill, f"{pointer}/share", {"before": "0", "is_last": True}))


def step(formula: str, value: str, *operands: tuple[str, str], unit: str = "kWh", **told: Any) -> str | None:
    """What is wrong with one step, or None."""
    named: list[Data] = [
        {"name": "a", "of": [str(index)], "value": each, "unit": of} for index, (each, of) in enumerate(operands)
    ]
    data: Data = {"formula": formula, "value": value, "unit": unit, "exact": None, "rounded_to": None, "of": [], **told}
    amounts = [module.Amount(module._number(each["value"]), each["unit"]) for each in named]
    try:
        found = module._Formula(data, amounts, []).result()
    except module.Wrong as wrong:
        return str(wrong)
    return None if (found.number, found.unit or unit) == (module._number(value), unit) else "comes_to"


@pytest.mark.parametrize(
    ("formula", "value", "operands"),
    [
        ("{0} − {1} + {2}", "8", (("10", "kWh"), ("5", "kWh"), ("3", "kWh"))),
        ("max({0}, min({1}, {2}))", "10", (("10", "kWh"), ("5", "kWh"), ("3", "kWh"))),
        ("−{0} [{0} ≥ {1}] [{1} < {0}] [{1} ≤ {0}] [{0} > {1}]", "-10", (("10", "kWh"), ("5", "kWh"))),
        ("({0} [{0} > 0]) × 2", "20", (("10", "kWh"),)),
        ("round({0}, 0.1) + round(−{0}, 1)", "0.3", (("1.25", "kWh"),)),
    ],
)
def test_a_formula_is_read_as_it_is_written(formula: str, value: str, operands: tuple[tuple[str, str], ...]) -> None:
    assert step(formula, value, *operands) is None


def test_a_part_is_what_its_running_sums_leave() -> None:
    thirds = ("{0} × {1} ÷ ({1} + {1} + {1})", (("100", "kWh"), ("1", "1")))
    for before, part in (("0", "33"), ("1", "34"), ("2", "33")):  # 33.3 → 33, 66.7 → 67, and what is left
        share = {"before": before, "is_last": before == "2"}
        assert step(thirds[0], part, *thirds[1], share=share, rounded_to="1") is None
        assert step(thirds[0], "35", *thirds[1], share=share, rounded_to="1") == "comes_to"
    with pytest.raises(ValueError, match="None"):
        step(thirds[0], "33", *thirds[1], share=share)


def test_units_are_multiplied_out() -> None:
    assert step("{0} × {1} ÷ {2}", "4", ("10", "kVA"), ("2", "day"), ("5", "day"), unit="kVA") is None
    assert step("{0} × {1}", "20", ("10", "kWh"), ("2", "CNY/kWh"), unit="CNY") is None
    assert step("{0} ÷ {1}", "5", ("10", "CNY"), ("2", "kWh"), unit="CNY/kWh") is None
    assert step("{0} ÷ {1}", "0", ("10", "CNY"), ("0", "kWh"), unit="CNY/kWh") is None


def test_what_has_no_end_is_shown_to_eight_places() -> None:
    thirds = ("{0} ÷ {1}", "3.33", ("10", "kWh"), ("3", "1"))
    assert step(*thirds, exact="3.33333333…", rounded_to="0.01") is None
    assert step(*thirds, exact="3.33333334…", rounded_to="0.01") == "exact"


def test_a_number_that_is_computed_of_a_list_is_left_open() -> None:
    place = "/lines/0/steps/0/operands/0"
    assert (place, "computed_of") in codes(put(proof(), f"{place}/at", "/metering_points"), is_open=True)
    assert (place, "requested") in codes(put(proof(), f"{place}/at", "/metering_points/7"))


def test_a_formula_that_it_does_not_know_is_left_open() -> None:
    bill = proof()
    place = step_of(bill, r"table\(.*")
    changed = put(bill, f"{place}/formula", "root({0})")
    assert (place, "formula") in codes(changed, is_open=True)


def test_a_whole_that_nothing_weighs_goes_to_its_last_part() -> None:
    share = {"before": "0", "is_last": True}
    told: Data = {"share": share, "rounded_to": "1"}
    assert step("{0} × {1} ÷ {1}", "7", ("7", "kWh"), ("0", "1"), **told) is None
    assert (
        step("{0} × {1} ÷ {1}", "0", ("7", "kWh"), ("0", "1"), **{**told, "share": {**share, "is_last": False}}) is None
    )


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    imported = {
        (name.name if isinstance(node, ast.Import) else str(node.module)).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported <= sys.stdlib_module_names


def test_the_file_runs_by_itself(tmp_path: Path) -> None:
    alone = tmp_path / "verify.py"
    alone.write_bytes(Path(module.__file__).read_bytes())
    run = subprocess.run(
        [sys.executable, "-I", "-S", alone, "-"], input=written(REQUESTS[0]).encode(), capture_output=True, check=True
    )
    assert run.stdout.decode() == "Every number was followed, and all hold.\n"


def test_as_a_program_it_ends_with_its_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["verify.py", str(tmp_path / "none.json")])
    with pytest.raises(SystemExit, match="2"):
        runpy.run_path(module.__file__, run_name="__main__")


def test_it_says_in_both_languages_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bill.json"
    path.write_text(json_text(put(proof(), "/total", "1.00")), encoding="utf-8")
    assert main([str(path), "--lang", "zh"]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "错误  /total: 其和应为 1629271"
    assert shown[-1] == "错误 1 处，未能核验 4 处。"
    assert main([str(path)]) == 1
    assert capsys.readouterr().out.startswith("WRONG  /total: it is the sum of 1629271\nnot followed  /lines/")


def test_what_is_no_json_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bill.json"
    path.write_text("{", encoding="utf-8")
    assert main([str(path)]) == 2
    assert main([str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.count("bill.json") == 1


def test_a_proved_bill_is_told_in_chinese() -> None:
    assert report([], "zh") == "每个数都已核验，全部成立。\n"


@pytest.mark.parametrize("code", SAYS)
def test_every_sentence_is_in_both_languages(code: str) -> None:
    english, chinese = SAYS[code]
    assert english.isascii()
    assert re.search(r"[a-z]", chinese) is None
    assert set(re.findall(r"\{\d\}", english)) == set(re.findall(r"\{\d\}", chinese))
