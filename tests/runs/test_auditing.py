"""Runs of an audit over tables: what is checked, compared and kept, and what a run says nothing of."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from billcalc.audit.findings.records import Occasion, Run, Way
from billcalc.audit.findings.versions import checks_version
from billcalc.billing.request import Request
from billcalc.bulk.plans import Plans
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import FAULTS_MAX, InvalidInput, Refusal, Refused
from billcalc.runs.audit_files import correction_documents, rules_documents
from billcalc.runs.audit_rows import Only, Refusals, checked_rows, history_of_tables
from billcalc.runs.auditing import Audit, audit_tables
from billcalc.runs.batches import Settings, opened_requests
from billcalc.runs.check_limits import limits_documents
from billcalc.store.store import Store
from billcalc.tariff.catalog import Catalog
from tests.cli.calling import ROOT, call

AUDITED = ROOT / "fixtures" / "audit"
TEMPLATE = str(ROOT / "fixtures" / "bulk" / "template.yaml")
REQUESTS = str(AUDITED / "requests.csv")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "findings.sqlite"), make=True)


def audited(store: Store, tmp_path: Path, *, requests: str = REQUESTS, **told: Any) -> Run:
    settings = Settings(inputs=[requests], out=tmp_path / "differences.csv", template=TEMPLATE, workers=1)
    day = "2024-07-03T08:00:00Z"
    asked = Audit(settings, Occasion.DAILY, Way.ONLINE, "li", day, limits=limits_documents(), **told)
    return audit_tables(asked, store).run


def rows_of(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, rows: list[dict[str, str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def kinds(store: Store) -> list[tuple[str, str, str, int | None]]:
    return [
        (each.finding.code, each.finding.account, each.finding.period, each.finding.money_fen)
        for each in store.findings()
    ]


def test_a_bill_that_differs_is_found_with_its_cause_and_seen_again(store: Store, tmp_path: Path) -> None:
    first = audited(store, tmp_path, issued=AUDITED / "issued.csv")
    assert kinds(store) == [("bill_differs", "0301", "2024-06", -1293056)]
    assert (first.counts["compared"], first.counts["found"], first.counts["examined"]) == (2, 1, 2)
    second = audited(store, tmp_path, issued=AUDITED / "issued.csv")
    assert (second.inputs_hash, second.counts["seen_again"]) == (first.inputs_hash, 1)


def test_a_run_without_issued_bills_says_nothing_of_bills(store: Store, tmp_path: Path) -> None:
    audited(store, tmp_path, issued=AUDITED / "issued.csv")
    audited(store, tmp_path)
    assert [event.kind for event in store.finding(1).events] == ["found"]


def test_a_bill_that_is_right_now_is_gone(store: Store, tmp_path: Path) -> None:
    audited(store, tmp_path, issued=AUDITED / "issued.csv")
    rows = rows_of(AUDITED / "issued.csv")
    for row in rows:
        row["amount"] = row["amount"].replace("-24568.07", "-11637.51")
    issued = written(tmp_path / "issued.csv", rows)
    run = audited(store, tmp_path, issued=Path(issued))
    assert run.counts["gone"] == 1
    gone = store.finding(1).events[-1]
    assert gone.body == {"run": 2, "issued_fen": 260649650, "recomputed_fen": 260649650}


def test_a_bill_that_was_never_issued_is_found(store: Store, tmp_path: Path) -> None:
    rows = [row for row in rows_of(AUDITED / "issued.csv") if row["account"] == "0301"]
    audited(store, tmp_path, issued=Path(written(tmp_path / "issued.csv", rows)))
    assert ("bill_not_issued", "0302", "2024-06", -118884500) in kinds(store)


def test_a_bill_that_is_not_in_the_issued_table_any_more_is_not_looked_at(store: Store, tmp_path: Path) -> None:
    audited(store, tmp_path, issued=AUDITED / "issued.csv")
    rows = [row for row in rows_of(AUDITED / "issued.csv") if row["account"] == "0302"]
    audited(store, tmp_path, issued=Path(written(tmp_path / "issued.csv", rows)))
    assert [event.kind for event in store.finding(1).events] == ["found"]
    assert ("bill_not_issued", "0301", "2024-06", -260649650) in kinds(store)


def test_a_bill_is_found_whatever_a_spreadsheet_left_of_its_account(store: Store, tmp_path: Path) -> None:
    rows = [{**row, "account": row["account"].lstrip("0")} for row in rows_of(AUDITED / "issued.csv")]
    audited(store, tmp_path, issued=Path(written(tmp_path / "issued.csv", rows)))
    assert kinds(store) == [("bill_differs", "0301", "2024-06", -1293056)]


def test_a_line_that_one_bill_lacks_is_kept_with_the_amount_of_the_other(store: Store, tmp_path: Path) -> None:
    rows = [row for row in rows_of(AUDITED / "issued.csv") if (row["account"], row["code"]) != ("0302", "levies")]
    audited(store, tmp_path, issued=Path(written(tmp_path / "issued.csv", rows)))
    [finding] = [each.finding for each in store.findings() if each.finding.account == "0302"]
    assert finding.values["lines"] == [
        {"code": "levies", "kind": "missing_in_issued", "issued_fen": None, "recomputed_fen": 3450563}
    ]


def test_checks_speak_beside_the_months_before(store: Store, tmp_path: Path) -> None:
    july = moved(tmp_path, REQUESTS)
    alone = audited(store, tmp_path, requests=july)
    beside = audited(store, tmp_path, requests=july, history=[REQUESTS])
    assert (beside.counts["examined"], beside.counts["refused"]) == (2, 0)
    assert beside.counts["not_checked"] < alone.counts["not_checked"]


def moved(tmp_path: Path, requests: str) -> str:
    """The same requests a month later: columns go before the template."""
    days = {
        "cycle.from": "2024-07-01", "cycle.to": "2024-08-01", "period.from": "2024-07-01", "period.to": "2024-08-01",
        "agreement.0.from": "2024-07-01", "metering_points.0.config.0.from": "2024-07-01",
        "metering_points.0.readings.0.at": "2024-07-01", "metering_points.0.readings.1.at": "2024-08-01",
    }  # fmt: skip
    return written(tmp_path / "later.csv", [{**row, **days} for row in rows_of(requests)])


def test_rows_for_which_there_are_no_documents_are_told(store: Store, tmp_path: Path) -> None:
    days = {
        "cycle.from": "2035-05-01",
        "cycle.to": "2035-06-01",
        "period.from": "2035-05-01",
        "period.to": "2035-06-01",
    }
    rest = {
        "agreement.0.from": "2035-05-01", "metering_points.0.config.0.from": "2035-05-01",
        "metering_points.0.readings.0.at": "2035-05-01", "metering_points.0.readings.1.at": "2035-06-01",
    }  # fmt: skip
    late = written(tmp_path / "late.csv", [{**row, **days, **rest} for row in rows_of(REQUESTS)])
    run = audited(store, tmp_path, requests=late, history=[late])
    assert (run.counts["examined"], run.counts["refused"]) == (0, 4)


def test_a_row_whose_files_of_intervals_cannot_be_billed_is_told(store: Store, tmp_path: Path) -> None:
    def refuse(data: dict[str, Any], catalog: Catalog) -> Request:
        raise Refused(Refusal(RefusalCode.INTERVALS_MISSING, "/metering_points/0"))

    opened = opened_requests(Settings(inputs=[REQUESTS], out=tmp_path, template=TEMPLATE))
    plans, refusals = Plans(opened.catalog, opened.template, refuse), Refusals()
    only = Only({"0301", "0302"})
    assert list(checked_rows(opened.tables, plans, limits_documents(), {}, refusals, only=only)) == []
    assert [(place, trouble.code.value) for place, trouble in refusals.told] == [
        (f"{REQUESTS}:1", "intervals_missing"),
        (f"{REQUESTS}:2", "intervals_missing"),
    ]


def test_of_a_history_each_row_that_is_no_request_is_told(tmp_path: Path) -> None:
    wrong = {**rows_of(REQUESTS)[0], "agreement.0.supply_points.S1.transformers.0.kva": "12x"}
    history = written(tmp_path / "history.csv", [wrong])
    with Path(history).open("a", encoding="utf-8") as file:
        file.write("0301" + "," * len(wrong) + "\n")
    opened = opened_requests(Settings(inputs=[history], out=tmp_path, template=TEMPLATE))
    refusals = Refusals()
    assert history_of_tables(opened.tables, Plans(opened.catalog, opened.template), refusals) == {}
    assert sorted(Path(place).name for place, _ in refusals.told) == ["history.csv:1", "history.csv:2"]


def test_of_very_many_rows_the_first_are_told_and_all_are_counted() -> None:
    refusals = Refusals()
    for row in range(FAULTS_MAX + 5):
        refusals.add("in.csv", row, Refusal(RefusalCode.NO_DOCUMENT, ""))
    assert (refusals.count, len(refusals.told)) == (FAULTS_MAX + 5, FAULTS_MAX)


def test_a_document_beside_its_list_has_the_hash_that_is_told() -> None:
    [told] = correction_documents(str(AUDITED / "documents.json"))
    assert (told["kind"], told["total_fen"]) == ("back_bill", 1293056)


@pytest.mark.no_cover
def test_what_rebill_writes_is_a_correction_whose_documents_sum_to_its_money(tmp_path: Path) -> None:
    told = call("rebill", str(ROOT / "fixtures/published/ct-mixed-400000/case.yaml"), "--format", "json")
    path = tmp_path / "correction.json"
    path.write_bytes(told.stdout_bytes)
    documents = correction_documents(str(path))
    assert {each["kind"] for each in documents} == {"cancel", "replace", "back_bill", "letter"}
    assert sum(each["total_fen"] for each in documents) == 40000000


def test_of_a_correction_of_several_months_a_finding_takes_its_own(tmp_path: Path) -> None:
    head: dict[str, Any] = {"sha256": "a" * 64}
    june, july = ({"from": f"2024-0{month}-01", "to": f"2024-0{month + 1}-01"} for month in (6, 7))
    documents = [
        {**head, "kind": "back_bill", "total_fen": 1, "period": june},
        {**head, "kind": "back_bill", "total_fen": 2, "period": july},
        {**head, "kind": "letter", "total_fen": 0, "period": None},
    ]
    path = tmp_path / "correction.json"
    path.write_text(json.dumps({"documents": documents}))
    assert [each["total_fen"] for each in correction_documents(str(path), "2024-07")] == [2, 0]
    assert len(correction_documents(str(path))) == 3
    path.write_text(json.dumps({"documents": [{**documents[0], "period": {"from": "2024-06"}}]}))
    with pytest.raises(InvalidInput, match=r"correction\.json:1:"):
        correction_documents(str(path), "2024-07")


def test_rows_that_are_none_or_cannot_be_billed_are_counted(store: Store, tmp_path: Path) -> None:
    text = (ROOT / "fixtures" / "bulk" / "readings.csv").read_text(encoding="utf-8")
    head, first, *_ = text.splitlines()
    bad = tmp_path / "requests.csv"
    bad.write_text("\n".join([head, first, first + ",1", text.splitlines()[3]]) + "\n", encoding="utf-8")
    run = audited(store, tmp_path, requests=str(bad), history=[str(ROOT / "fixtures" / "bulk" / "readings.csv")])
    assert run.counts["refused"] >= 2


def test_two_rows_of_an_account_and_month_are_one_account(store: Store, tmp_path: Path) -> None:
    rows = rows_of(REQUESTS)
    kva = "agreement.0.supply_points.S1.transformers.0.kva"
    small = [{**rows[0], kva: "100"}, {**rows[0], kva: "90"}]
    run = audited(store, tmp_path, requests=written(tmp_path / "requests.csv", small))
    again = audited(store, tmp_path, requests=written(tmp_path / "requests.csv", small))
    assert (run.counts["found"] > 0, again.counts["found"], again.counts["gone"]) == (True, 0, 0)


def test_other_limits_are_another_version_of_the_checks(tmp_path: Path) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text(
        "id: ours\nfrom: 2024-01-01\nchanged_by: us\nsource: s\n"
        'limits: [{check: energy_jump, set: {limit: "0.9"}, source: s}]\n'
    )
    assert checks_version(limits_documents()) != checks_version(limits_documents([own]))
    assert len(rules_documents()) == 1
