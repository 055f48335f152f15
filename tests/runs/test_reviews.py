"""A table of issued bills diagnosed into a directory: the bills that differ ranked, each to be looked at by itself."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.bulk.paths import request_data
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.runs.batches import Batch, Settings, Watcher
from billcalc.runs.causes_workbook import BulkDiagnosis
from billcalc.runs.diagnosing import issued_data
from billcalc.runs.layout_guess import guess_layout
from billcalc.runs.layout_names import Known, known_names, meanings
from billcalc.runs.reviews import TABLE, WORKBOOK, bill_alone, ranked_bills, review
from billcalc.runs.shared_facts import KVA, shared_template, told_facts
from billcalc.tariff.catalog import Catalog
from billcalc.words.language import Language
from tests.documents import ROOT

AUDIT = ROOT / "fixtures" / "audit"
TEMPLATE = str(ROOT / "fixtures" / "bulk" / "template.yaml")
WHERE = (
    "地区=广西，用电类别=大工业，计价方式=两部制，电压等级=110千伏，购电方式=代理购电，分时=是",
    "基本电费方式=按容量,力调标准=0.9,计量侧=高供高计",
)
LINES = ROOT / "fixtures" / "audit" / "issued.csv"


@cache
def tariffs() -> Catalog:
    return load_catalog(areas=["cn-guangxi"])


def settings(requests: Path, **told: object) -> Settings:
    out = requests.parent / "unused.csv"
    return Settings([str(requests)], out, template=TEMPLATE, catalog=tariffs(), workers=1, **told)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BulkDiagnosis]:
    folder = tmp_path_factory.mktemp("review")
    counts, found = review(settings(AUDIT / "requests.csv", language=Language.CHINESE), LINES, folder)
    assert (counts.billed, counts.rejected) == (2, 0)
    return folder, found


def test_the_bill_that_differs_is_ranked_with_its_cause(reviewed: tuple[Path, BulkDiagnosis]) -> None:
    """The standard 0.85 in place of 0.90 takes 12930.56 too much off (fixtures/audit/README.md)."""
    folder, found = reviewed
    count, [bill] = ranked_bills(folder)

    assert (count, bill.number, bill.account, bill.month) == (1, 1, "0301", None)
    assert (bill.difference, bill.left, bill.area) == (Decimal("-12930.56"), Decimal("0.00"), "cn-guangxi")
    assert bill.issued - bill.recomputed == bill.difference
    assert (bill.status, "0.85" in bill.what) == ("proved", True)
    assert (found.comparison.over, found.comparison.under, dict(found.statuses)) == (0, 1, {"proved": 1})


def test_bills_are_chosen_by_cause_area_and_status_and_page_by_page(reviewed: tuple[Path, BulkDiagnosis]) -> None:
    folder, _ = reviewed

    assert ranked_bills(folder, cause="standard", area="cn-guangxi", status="proved")[0] == 1
    for other in ({"cause": "stand"}, {"area": "cn-hubei"}, {"status": "unexplained"}, {"cause": "' OR 1=1 --"}):
        assert ranked_bills(folder, **other) == (0, [])  # type: ignore[arg-type]
    assert ranked_bills(folder, first=1) == (1, [])
    assert ranked_bills(folder, most=0) == (1, [])


def test_a_bill_is_looked_at_by_itself(reviewed: tuple[Path, BulkDiagnosis]) -> None:
    folder, _ = reviewed
    alone = bill_alone(folder, 1)

    assert alone is not None
    bill = calculate(validated(Request, json.loads(alone.request)), tariffs())
    assert isinstance(bill, Bill)
    assert bill.total == alone.ranked.recomputed
    assert alone.issued["purchase"] == Decimal("353527.24")
    assert {"name": "purchase", "code": "purchase", "amount": "353527.24"} in issued_data(alone.issued, bill, ())[
        "lines"
    ]
    assert bill_alone(folder, 2) is None


def test_what_differs_is_there_for_people_with_its_causes(reviewed: tuple[Path, BulkDiagnosis]) -> None:
    folder, _ = reviewed
    workbook = CalamineWorkbook.from_path(str(folder / WORKBOOK))

    assert workbook.sheet_names == ["汇总", "差异清单", "原因清单"]
    assert "0301" in workbook.get_sheet_by_name("原因清单").to_python()[1]
    assert not (folder / TABLE).exists()


def test_what_is_too_long_for_a_workbook_is_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billcalc.tables.workbook_writing.WORKBOOK_ROWS_MAX", 0)
    review(settings(AUDIT / "requests.csv"), LINES, tmp_path)

    assert "0301" in (tmp_path / TABLE).read_text(encoding="utf-8")
    assert not (tmp_path / WORKBOOK).exists()
    assert ranked_bills(tmp_path)[0] == 1


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as told:
        review(settings(AUDIT / "requests.csv"), tmp_path / "nothing.csv", tmp_path)
    assert told.value.faults[0].code is FaultCode.CANNOT_READ


def test_of_exact_numbers_in_columns_the_request_is_exact(tmp_path: Path) -> None:
    """Parquet has decimals where a table of texts has words."""
    head, *rows = [line.split(",") for line in (AUDIT / "requests.csv").read_text(encoding="utf-8").splitlines()]
    accounts, *numbers = zip(*rows, strict=True)
    exact = [pa.array(map(Decimal, column), pa.decimal128(12, 2)) for column in numbers]
    requests = tmp_path / "requests.parquet"
    pq.write_table(pa.table([pa.array(accounts), *exact], names=head), requests)
    folder = tmp_path / "review"
    folder.mkdir()
    review(settings(requests), LINES, folder)
    alone = bill_alone(folder, 1)

    assert alone is not None
    assert json.loads(alone.request)["metering_points"][0]["readings"][1]["peak"] == "0.95"


def guessed(folder: Path, rows: list[str]) -> tuple[Settings, Path]:
    """A table that has both, of several months, with a layout that was guessed."""
    table = folder / "bills.csv"
    head = "户号,电费年月,峰电量,平电量,谷电量,变压器容量,功率因数,力调电费,基本电费,合计"
    table.write_text("\n".join([head, *rows]), encoding="utf-8")
    layout = guess_layout(str(table)).accepted(str(table))
    template = shared_template(told_facts(WHERE, where=""), layout.requests.values(), where="")
    told = Settings([str(table)], folder / "o.csv", template=template, layout=layout, catalog=tariffs(), workers=1)
    return told, table


def right(month: str) -> Decimal:
    """The total of a bill of the table, for which it is right but for its basic charge."""
    facts = shared_template({**told_facts(WHERE, where=""), "month": month}, [KVA], where="")
    kwh = {f"metering_points.0.given.kwh.{band}": "1000" for band in ("peak", "flat", "valley")}
    bill = calculate(validated(Request, request_data(facts, {**kwh, KVA: "315", "facts.S1.cosphi": "0.90"})), tariffs())
    assert isinstance(bill, Bill)
    return bill.total


def test_months_are_told_apart_and_a_section_is_of_its_lines(tmp_path: Path) -> None:
    """A month of 315 kVA at 21.4 is 6741.00, of 400 kVA 8560.00: 1819.00 too much in June."""
    june = f"0301,202406,1000,1000,1000,315,0.90,0.00,8560.00,{right('202406') + Decimal(1819)}"
    told, table = guessed(tmp_path, [june, f"0301,202407,1000,1000,1000,315,0.90,0.00,6741.00,{right('202407')}"])
    review(told, table, tmp_path)
    count, [bill] = ranked_bills(tmp_path)
    alone = bill_alone(tmp_path, 1)

    assert (count, bill.month, bill.difference) == (1, "2024-06", Decimal("1819.00"))
    assert alone is not None
    assert json.loads(alone.request)["period"]["from"] == "2024-06-01"
    ours = calculate(validated(Request, json.loads(alone.request)), tariffs())
    assert isinstance(ours, Bill)
    lines = issued_data(alone.issued, ours, ["network_capacity"])["lines"]
    [basic] = [each for each in lines if each.get("section") == "network_capacity"]
    assert basic == {
        "name": "network_capacity", "code": ["capacity"], "section": "network_capacity", "amount": "8560.00"
    }  # fmt: skip


def test_a_row_that_is_no_request_keeps_no_other_bill_of_its_account_from_being_diagnosed(tmp_path: Path) -> None:
    june = f"0301,202406,1000,1000,1000,315,0.90,0.00,8560.00,{right('202406') + Decimal(1819)}"
    told, table = guessed(tmp_path, [june, june.replace("202406", "202407")])
    table.write_text(table.read_text(encoding="utf-8").replace("202407", "202413"), encoding="utf-8")
    counts, found = review(told, table, tmp_path)

    assert (counts.billed, counts.rejected, dict(found.statuses)) == (1, 1, {"proved": 1})
    assert [each.month for each in ranked_bills(tmp_path)[1]] == ["2024-06"]


class _Interrupted(Exception):
    pass


class _Interrupting(Watcher):
    """Ends a review when a piece is billed."""

    def goes_on(self, counts: object) -> None:
        raise _Interrupted


class _Listening(Watcher):
    def __init__(self) -> None:
        self.resumed: list[bool] = []

    def begins(self, batch: Batch) -> None:
        self.resumed.append(batch.resumed)


def test_an_interrupted_review_goes_on(tmp_path: Path) -> None:
    with pytest.raises(_Interrupted):
        review(settings(AUDIT / "requests.csv"), LINES, tmp_path, watcher=_Interrupting())
    listening = _Listening()
    review(settings(AUDIT / "requests.csv"), LINES, tmp_path, watcher=listening)

    assert listening.resumed == [True]
    assert ranked_bills(tmp_path)[0] == 1


def test_all_that_a_column_may_be_is_known_by_its_usual_name() -> None:
    told = meanings()

    assert told[Known(path="account")] == "户号"
    assert told[Known(code="total")] == "合计"
    assert set(told) >= {Known(path=each.path) for each in known_names().values() if each.path is not None}
    assert len(set(told)) == len(told)
