"""Tables of issued bills diagnosed: every bill gets the answer that it gets alone, whether computed in columns or not."""

import csv
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from billcalc.audit.comparing import compare
from billcalc.audit.diagnose.cause import assigned
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import Cells, money_of
from billcalc.audit.diagnose.diagnosis import Recomputed, recomputed
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.diagnose.say import what_happened
from billcalc.audit.issued import IssuedBill
from billcalc.billing.request import Request
from billcalc.bulk.run import Counts
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.decimals import decimal_text, exact_sum
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.runs import bulk_diagnosis, diagnosing
from billcalc.runs.batches import Settings
from billcalc.runs.bulk_diagnosis import compare_with_causes, diagnose_requests
from billcalc.runs.causes_workbook import BulkDiagnosis
from billcalc.runs.issued_tables import IssuedTable
from billcalc.tariff.catalog import Catalog
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from tests.audit.injecting import instances, printed
from tests.cli.calling import P1, ROOT

SETS_MAX = 120
TWO_CAUSES = ROOT / "fixtures" / "issued" / "examples" / "guangxi-two-causes.csv"
PEAK = "metering_points.0.readings.1.peak"
STANDARD = "agreement.0.supply_points.S1.power_factor_standard"
BILLS = {
    "A": ("0.20", "0.90", ["standard 0.85"]),
    "B": ("0.21", "0.90", ["standard 0.80"]),
    "C": ("0.22", "0.90", []),
    "D": ("0.23", "0.90", ["standard none"]),
    "E": ("0.24", "0.85", ["standard 0.90"]),
    "F": ("0.25", "0.90", ["standard 0.85", "component_left_out none"]),
    "G": ("0.26", "0.90", ["cosphi_cut cut"]),
    "H": ("0.27", "0.90", ["digit 0.29"]),
}
"""Each with its reading, its standard, and what its issued bill is wrong by."""


@cache
def tariffs() -> Catalog:
    return load_catalog(areas=["cn-guangxi"])


@cache
def ours(peak: str, standard: str) -> Recomputed:
    data: dict[str, Any] = dict(read_document(P1).data)  # type: ignore[call-overload]
    data["metering_points"][0]["readings"][1]["peak"] = peak
    data["agreement"][0]["supply_points"]["S1"]["power_factor_standard"] = standard
    found = recomputed(validated(Request, data), tariffs())
    assert isinstance(found, Recomputed)
    return found


def codes(bill: Recomputed, wrong: list[str]) -> dict[str, str]:
    """The amounts by code of a bill that is wrong by causes of these kinds and values."""
    where = bill.situation(Cells(compare(bill.bill, printed(bill.stacked.repricing.lines(())))))
    peaks = [each for cause in CAUSES for each in cause.places(where) if each.slot == "M1.1.peak"]
    possible = [*instances(where), *(each.instance("0.29", each.right) for each in peaks)]
    causes = [next(each for each in possible if f"{each.cause} {each.value}" == name) for name in wrong]
    data = where.data
    for each in causes:
        for path, value in each.edit.assigned:
            data = assigned(data, path, value)
    catalog = bill.tariffs
    for each in causes:
        catalog = catalog if each.edit.catalog is None else each.edit.catalog(catalog)
    found: dict[str, list[Decimal]] = {}
    for line in Repricing(data, catalog).lines(()):
        found.setdefault(line.name.code, []).append(number_of(line.amount))
    return {code: decimal_text(exact_sum(amounts)) for code, amounts in found.items()}


@pytest.fixture(scope="module")
def issued() -> dict[str, dict[str, str]]:
    return {name: codes(ours(peak, standard), wrong) for name, (peak, standard, wrong) in BILLS.items()}


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


Run = Callable[..., tuple[Counts, BulkDiagnosis]]


def diagnosed(
    directory: Path, bills: dict[str, dict[str, str]], out: str, run: Run = diagnose_requests, **told: Any
) -> BulkDiagnosis:
    asked = [["account", PEAK, STANDARD], *([name, peak, standard] for name, (peak, standard, _) in BILLS.items())]
    lines = [["account", "code", "amount"], *([name, *each] for name, bill in bills.items() for each in bill.items())]
    settings = Settings(
        [str(written(directory / "requests.csv", asked))],
        directory / out,
        template=P1,
        workers=1,
        catalog=tariffs(),
        **told,
    )
    counts, found = run(settings, written(directory / "issued.csv", lines), sets_max=SETS_MAX)
    assert counts.billed == len(BILLS)
    return found


def alone(name: str, bill: dict[str, str]) -> list[tuple[str, ...]]:
    """The causes of one bill, as a single diagnosis tells them."""
    peak, standard, _ = BILLS[name]
    lines = [{"name": code, "code": code, "amount": amount} for code, amount in bill.items()]
    found = ours(peak, standard).diagnosed(
        validated(IssuedBill, {"lines": sorted(lines, key=str)}), sets_max=SETS_MAX, sizes_max=2
    )
    return sorted(
        (str(number), cause.cause, what_happened(LEXICONS[Language.ENGLISH], cause), f"{money_of(share):.2f}")
        for number, answer in enumerate(found.answers, start=1)
        for cause, share in zip(answer.causes, answer.shares, strict=True)
    )


@pytest.fixture(scope="module")
def expected(issued: dict[str, dict[str, str]]) -> dict[str, list[tuple[str, ...]]]:
    return {name: alone(name, bill) for name, bill in issued.items()}


@pytest.mark.parametrize("rows_min", [2, 10], ids=["together", "one_by_one"])
def test_each_bill_gets_the_answer_that_it_gets_alone(
    tmp_path: Path,
    issued: dict[str, dict[str, str]],
    expected: dict[str, list[tuple[str, ...]]],
    monkeypatch: pytest.MonkeyPatch,
    rows_min: int,
) -> None:
    monkeypatch.setattr(diagnosing, "ROWS_MIN", rows_min)
    found = diagnosed(tmp_path, issued, "causes.csv")
    with (tmp_path / "causes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["account"] for row in rows} == set(BILLS) - {"C"}
    assert all(row["area"] == "cn-guangxi" for row in rows)
    for name in sorted(set(BILLS) - {"C"}):
        told = [(row["answer"], row["cause"], row["what"], row["amount"]) for row in rows if row["account"] == name]
        assert sorted(told) == expected[name]
        assert {row["left"] for row in rows if row["account"] == name} == {"0.00"}
    assert found.statuses == {"proved": 7}
    apart = [abs(Decimal(row["bill_difference"])) for row in rows]
    assert apart == sorted(apart, reverse=True)
    assert sum(each.bills for each in found.by_cause) >= 4


def test_the_workbook_begins_with_how_many_and_what_each_cause_comes_to(
    tmp_path: Path, issued: dict[str, dict[str, str]]
) -> None:
    wrong = {**issued["C"], "capacity": "1.23"}
    bills = {"C": wrong, "A": {**issued["A"], "no such line": "5.00"}}
    found = diagnosed(tmp_path, bills, "causes.xlsx", language=Language.CHINESE)
    assert found.statuses == {"hindered": 1, "unexplained" if "unexplained" in found.statuses else "not_searched": 1}
    book = CalamineWorkbook.from_path(tmp_path / "causes.xlsx")
    assert book.sheet_names == ["汇总", "原因清单"]
    summary = [row[:3] for row in book.get_sheet_by_name("汇总").to_python()]
    assert summary[0][:2] == ["不一致的账单", 2]
    assert [row[1] for row in summary if str(row[0]).strip() in ("未解释", "未解释且未查遍")][:2].count(1) == 1
    listed = book.get_sheet_by_name("原因清单").to_python()
    assert listed[0][:3] == ["户号", "地区", "整单差额"]
    assert {row[3] for row in listed[1:]} <= {"须先改正", "未解释", "未解释且未查遍"}


def test_a_comparison_has_the_causes_of_a_bill_beside_its_differences(
    tmp_path: Path, issued: dict[str, dict[str, str]]
) -> None:
    """A was assessed by 0.85; B has an amount that no cause makes; Z was not issued."""
    bills = {"A": issued["A"], "B": {**codes(ours("0.21", "0.90"), []), "capacity": "1.23"}, "C": issued["C"]}
    found = diagnosed(tmp_path, bills, "differences.csv", compare_with_causes)
    with (tmp_path / "differences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[-4:] == ["status", "answers", "cause", "what"]
    [mine] = [row for row in rows if row["account"] == "A"]
    assert (mine["code"], mine["status"]) == ("power_factor", "proved")
    assert (mine["cause"], mine["what"][:23]) == ("standard", "supply point S1 was ass")
    assert {row["cause"] for row in rows if row["account"] != "A"} == {""}
    assert {row["status"] for row in rows if row["account"] == "B"} <= {"unexplained", "not_searched"}
    assert {row["status"] for row in rows if row["kind"] == "only_recomputed"} == {""}
    assert sum(found.statuses.values()) == found.comparison.differing == 2


def test_a_comparison_as_a_workbook_tells_what_each_cause_comes_to(
    tmp_path: Path, issued: dict[str, dict[str, str]]
) -> None:
    bills = {"A": issued["A"], "B": {**issued["B"], "capacity": "1.23"}, "D": issued["D"]}
    diagnosed(tmp_path, bills, "differences.xlsx", compare_with_causes, language=Language.CHINESE)
    book = CalamineWorkbook.from_path(tmp_path / "differences.xlsx")
    assert book.sheet_names == ["汇总", "差异清单", "原因清单"]
    summary = [row[:4] for row in book.get_sheet_by_name("汇总").to_python()]
    told = {str(row[0]).strip(): row[1] for row in summary}
    assert (told["已证实"], told["部分解释"]) == (2, 1)
    [at] = [place for place, row in enumerate(summary) if row[0] == "按原因和地区 [元]"]
    assert summary[at + 1] == ["原因", "地区", "户数", "金额"]
    assert ["功率因数标准", "cn-guangxi", 3] in [row[:3] for row in summary[at + 2 :]]
    head, *rows = book.get_sheet_by_name("差异清单").to_python()
    assert head[-4:] == ["结论", "解释个数", "原因", "说明"]
    assert {row[-2] for row in rows if row[0] in ("A", "D")} == {"功率因数标准"}
    head, *rows = book.get_sheet_by_name("原因清单").to_python()
    assert head[:5] == ["原因", "户号", "地区", "整单差额", "结论"]
    standards = [row for row in rows if row[0] == "功率因数标准"]
    assert {row[1] for row in standards} == {"A", "B", "D"}
    money = [abs(float(str(row[head.index("原因金额")]))) for row in standards]
    assert money == sorted(money, reverse=True)


def test_months_and_sections_of_a_wide_table_are_diagnosed(tmp_path: Path) -> None:
    """Without the loan for rural grids the levies of June 2024 are 13101.33 in place of 20427.33."""
    bill = codes(ours("0.20", "0.90"), [])
    assert bill["levies"] == "20427.33"
    total = decimal_text(exact_sum(map(Decimal, bill.values())) - Decimal("20427.33") + Decimal("13101.33"))
    issued = written(
        tmp_path / "issued.csv", [["account", "month", "附加", "合计"], ["A", "2024-06", "13101.33", total]]
    )
    requests = written(tmp_path / "requests.csv", [["account", PEAK], ["A", "0.20"], ["Z", "0.20"]])
    table = IssuedTable.model_validate({"columns": {"合计": "total"}, "sections": {"附加": "levies"}})
    settings = Settings([str(requests)], tmp_path / "causes.csv", template=P1, workers=1)
    _, found = diagnose_requests(settings, issued, mapping=table, sets_max=500)
    assert found.statuses == {"proved": 1}
    assert "component_left_out" in {each.cause for each in found.by_cause}
    with (tmp_path / "causes.csv").open(encoding="utf-8", newline="") as file:
        assert {(row["account"], row["month"]) for row in csv.DictReader(file)} == {("A", "2024-06")}


def test_a_table_without_a_tax_is_compared_and_not_diagnosed(tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text("tax: {rate: 13%}\n", encoding="utf-8")
    settings = Settings([str(tmp_path / "r.csv")], tmp_path / "o.csv")
    for told in (mapping, IssuedTable.model_validate({"tax": {"rate": "13%"}})):
        for run in (diagnose_requests, compare_with_causes):
            with pytest.raises(InvalidInput, match="causes are not looked for"):
                run(settings, tmp_path / "i.csv", mapping=told)


def test_of_answers_that_a_bill_cannot_tell_apart_the_one_is_first_that_proves_more_bills() -> None:
    """A's own order is voltage, table, class; two other bills of the area are proved by the table, four elsewhere by the voltage."""
    table, voltage, other_class = (("price_table", "last month"), ("voltage", "10 kV"), ("customer_class", "small"))
    proved = {
        ("A", "cn-x"): [[voltage], [table], [other_class], [table, voltage]],
        ("B", "cn-x"): [[table]],
        ("C", "cn-x"): [[table, other_class], [table, ("customer_class", "large")]],
        **{(f"V{number}", "cn-y"): [[voltage]] for number in range(4)},
    }
    rows = [
        (*name, status, number, *cause, "1", "1", "0", "0", "", "")
        for status, bills in (("proved", proved), ("part", {("P", "cn-x"): [[voltage], [table]]}))
        for name, answers in bills.items()
        for number, answer in enumerate(answers, start=1)
        for cause in answer
    ]
    columns = [
        pa.array([Decimal(each) if field.type == bulk_diagnosis._MONEY else each for each in column], field.type)
        for column, field in zip(zip(*rows, strict=True), bulk_diagnosis._CAUSES, strict=True)
    ]
    with duckdb.connect() as connection:
        bulk_diagnosis._keep(connection, [pa.Table.from_arrays(columns, schema=bulk_diagnosis._CAUSES)])
        connection.execute(bulk_diagnosis._ORDER)
        told = connection.execute("SELECT account, answer, cause, what FROM causes ORDER BY ALL").fetchall()
    orders = {name: [each[1:] for each in told if each[0] == name] for name in ("A", "C", "P")}
    assert orders["A"] == [(1, *table), (2, *other_class), (3, *voltage), (4, *table), (4, *voltage)]
    assert orders["C"] == [(1, *other_class), (1, *table), (2, "customer_class", "large"), (2, *table)]
    assert orders["P"] == [(1, *voltage), (2, *table)]


def test_sentences_are_kept_up_to_a_number_and_said_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_diagnosis, "_SAID_MAX", 0)
    bill = ours("0.20", "0.90")
    where = bill.situation(Cells(compare(bill.bill, printed(bill.stacked.repricing.lines(())))))
    one, other = [each for each in instances(where) if each.cause == "standard"][:2]
    words = bulk_diagnosis._Words(Language.ENGLISH)
    first = words.of(one)
    assert words.of(other) != first
    assert words.of(one) == first


@pytest.mark.parametrize("count", [1, 5], ids=["alone", "together"])
def test_what_two_causes_do_alone_and_together_stands_in_the_row_of_each(tmp_path: Path, count: int) -> None:
    """By hand in docs/causes.md: the size −271066.52 + 1219.80, the standard −8080.58, together another 1355.33."""
    issued: dict[str, Decimal] = {}
    with TWO_CAUSES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            issued[row["code"]] = issued.get(row["code"], Decimal()) + Decimal(row["amount"])
    accounts, lines = tmp_path / "accounts.csv", tmp_path / "issued.csv"
    names = [f"A{number}" for number in range(count)]
    accounts.write_text("\n".join(["account", *names]), encoding="utf-8")
    told = [f"{name},{code},{amount}" for name in names for code, amount in issued.items()]
    lines.write_text("\n".join(["account,code,amount", *told]), encoding="utf-8")
    out = tmp_path / "causes.csv"
    diagnose_requests(Settings([str(accounts)], out, template=P1, workers=1, catalog=tariffs()), lines)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["account"] for row in rows} == set(names)
    assert {(row["cause"], row["amount"], row["alone"], row["together"], row["left"]) for row in rows} == {
        ("capacity_size", "-269169.05", "-269846.72", "1355.33", "0.00"),
        ("standard", "-7402.92", "-8080.58", "1355.33", "0.00"),
    }
