"""Findings over the service: the same life as from the command line, and the owner of the key is who acts."""

import json
from pathlib import Path
from typing import Any

import pytest

from billcalc.store.store import Store
from billcalc_api.keys import create_key
from tests.api.calling import Caller, problem_of, request_data
from tests.api.calling import service as new_service
from tests.store.auditing import check, examined, run

ISSUED = {"lines": [{"name": "电费", "code": "purchase", "amount": "1.00"}], "total": "1679271.00"}


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "findings.sqlite")


@pytest.fixture
def service(place: str) -> Caller:
    return new_service(store=place)


def audited(service: Caller, **told: Any) -> dict[str, Any]:
    account = {"account": "A-1", "request": request_data(), **told}
    answer = service("POST", "/v1/audit-runs", json={"accounts": [account], "note": "theme"})
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()
    return data


def acted(service: Caller, number: int, kind: str, key: str = "", **told: Any) -> Any:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return service("POST", f"/v1/findings/{number}/events", json={"kind": kind, **told}, headers=headers)


def test_a_run_keeps_what_it_finds_and_tells_what_it_could_not_examine(service: Caller) -> None:
    told = audited(service, issued=ISSUED)
    assert (told["run"]["id"], told["run"]["counts"]["compared"], told["refused"]) == (1, 1, [])
    found = service("GET", "/v1/findings?code=bill_differs").json()["findings"]
    assert [(each["account"], each["period"], each["money"]) for each in found] == [("A-1", "2024-06", "50000.00")]
    assert [each["id"] for each in service("GET", "/v1/audit-runs").json()["runs"]] == [1]


@pytest.mark.parametrize(
    ("names", "code", "number"),
    [
        (["A-1", "Ａ-1 "], "twice", 1),
        (["0301", "301"], "twice", 1),
        (["3.01235E+12"], "spoilt_name", 0),
        (["A-1", "合计"], "row_of_sums", 1),
        ([" "], "missing_key", 0),
    ],
)
def test_an_account_that_is_none_or_comes_back_is_refused_as_in_a_table(
    service: Caller, names: list[str], code: str, number: int
) -> None:
    accounts = [{"account": name, "request": request_data()} for name in names]
    told = service("POST", "/v1/audit-runs", json={"accounts": accounts})
    assert problem_of(told) == (400, code)
    assert told.json()["faults"][0]["pointer"] == f"/accounts/{number}/account"
    assert service("GET", "/v1/audit-runs").json()["runs"] == []


def test_a_run_over_no_account_is_refused_and_a_bill_that_cannot_be_compared_counted(service: Caller) -> None:
    assert problem_of(service("POST", "/v1/audit-runs", json={"accounts": []})) == (400, "wrong_type")
    finer = {"lines": [{"name": "电费", "code": "purchase", "amount": "1.005"}], "total": "1.005"}
    counts = audited(service, issued=finer)["run"]["counts"]
    assert (counts["compared"], counts["not_compared"]) == (0, 1)
    assert audited(service)["run"]["counts"]["not_compared"] == 0


def test_what_is_doubtful_about_a_recomputed_bill_is_told_beside_what_was_found(service: Caller) -> None:
    assert audited(service)["doubts"] == []
    bands = {"peak": "57.035", "flat": "0.36", "valley": "0.14965"}
    sheet = {
        "title": "contract",
        "instead_of": ["purchase_price"],
        "not_charged": ["upstream_loss", "system_operation"],
        "components": [{"code": "purchase", "section": "energy", "price": {"bands": bands}}],
    }
    [told] = audited(service, request={**request_data(), "price_sheet": sheet})["doubts"]
    assert (told["account"], told["period"]) == ("A-1", "2024-06")
    assert [each["code"] for each in told["doubts"]] == ["own_price_implausible"]
    assert told["doubts"][0]["message"]


def test_an_account_that_cannot_be_billed_is_told_with_its_place(service: Caller) -> None:
    late = json.loads(json.dumps(request_data()).replace("2024-06", "2035-06").replace("2024-07", "2035-07"))
    told = audited(service, request=late)
    assert (told["refused"][0]["code"], told["run"]["counts"]["refused"]) == ("no_document", 1)
    assert told["refused"][0]["where"].startswith("/accounts/0/request")
    told = audited(service, history=[late])
    assert told["refused"][0]["where"].startswith("/accounts/0/history/0")
    wrong = request_data()
    wrong["metering_points"][0]["readings"][-1]["at"] = "2024-06-20"
    assert audited(service, request=wrong)["refused"][0]["where"].startswith("/accounts/0/request/")


def test_a_finding_lives_over_the_service_as_it_does_on_the_command_line(service: Caller) -> None:
    audited(service, issued=ISSUED)
    number = service("GET", "/v1/findings?code=bill_differs").json()["findings"][0]["id"]
    assert acted(service, number, "assigned", to="wang").json()["finding"]["status"] == "assigned"
    assert problem_of(acted(service, number, "closed")) == (409, "act_not_allowed")
    acted(service, number, "confirmed")
    documents = [{"kind": "back_bill", "sha256": "a" * 64, "total_fen": -5000000}]
    assert problem_of(acted(service, number, "corrected", documents=documents[:0])) == (400, "missing_key")
    assert problem_of(acted(service, number, "corrected", documents=documents)) == (409, "two_persons")
    chinese = service(
        "POST", f"/v1/findings/{number}/events?lang=zh", json={"kind": "corrected", "documents": documents}
    )
    assert "须由另一人办理" in chinese.json()["detail"]
    shown = service("GET", f"/v1/findings/{number}").json()
    assert [event["kind"] for event in shown["events"]] == ["found", "assigned", "confirmed"]
    assert shown["values"]["issued_fen"] == 167927100
    proof = service("POST", "/v1/audit-log:verify", json={}).json()
    assert (proof["whole"], proof["checkpoints"]) == (True, 0)
    kept = {"store": proof["store"], "seq": proof["events"], "head": proof["head"], "at": "2024-08-01T00:00:00Z"}
    again = service("POST", "/v1/audit-log:verify", json={"checkpoints": [kept, {**kept, "seq": 99}]}).json()
    assert (again["checkpoints"], again["tamperings"][0]["damage"]) == (1, "tail_cut")


def test_the_owner_of_the_key_is_who_acts(tmp_path: Path, place: str) -> None:
    store = Store(place, make=True)
    run(store, examined(check(kwh="7")))
    keys = tmp_path / "keys.jsonl"
    li, wang = create_key(keys, "li"), create_key(keys, "wang")
    service = new_service(store=place, keys=keys)
    acted(service, 1, "assigned", li, to="wang")
    shown = acted(service, 1, "confirmed", wang).json()
    assert [event["actor"] for event in shown["events"]] == ["li", "li", "wang"]
    assert shown["finding"]["confirmed_by"] == "wang"
    assert problem_of(acted(service, 1, "note", text="x"))[0] == 401
    store.close()


def test_the_rules_of_the_office_hold_at_the_service(tmp_path: Path, place: str) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(
        'id: ours\nfrom: 2000-01-01\nchanged_by: us\nsource: decided\ntwo_persons_above: "90000"\n', encoding="utf-8"
    )
    service = new_service(store=place, audit_rules=rules)
    audited(service, issued=ISSUED)
    number = service("GET", "/v1/findings?code=bill_differs").json()["findings"][0]["id"]
    acted(service, number, "assigned", to="wang")
    acted(service, number, "confirmed")
    documents = [{"kind": "back_bill", "sha256": "a" * 64, "total_fen": -5000000}]
    assert acted(service, number, "corrected", documents=documents).status_code == 200


def test_findings_are_listed_by_what_is_asked_for(service: Caller, place: str) -> None:
    store = Store(place)
    run(store, examined(check(kwh="7")), examined(check("loss_jump", kwh="7")))
    store.close()
    assert (
        len(service("GET", "/v1/findings?open=true&status=found&account=A-1&run=1&period=2024-07").json()["findings"])
        == 2
    )
    assert service("GET", "/v1/findings?to=wang").json()["findings"] == []
    assert problem_of(service("GET", "/v1/findings?status=lost"))[0] == 400
    assert problem_of(service("GET", "/v1/findings/9")) == (404, "no_finding")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/findings"),
        ("GET", "/v1/findings/1"),
        ("POST", "/v1/findings/1/events"),
        ("GET", "/v1/audit-runs"),
        ("POST", "/v1/audit-runs"),
        ("POST", "/v1/audit-log:verify"),
    ],
)
def test_a_service_without_a_store_says_so(method: str, path: str) -> None:
    answer = new_service()(method, path, **({"json": {}} if method == "POST" else {}))
    assert problem_of(answer) == (404, "no_store")


def test_a_body_that_is_none_is_refused(service: Caller) -> None:
    assert problem_of(service("POST", "/v1/audit-runs", json={"accounts": 1})) == (400, "wrong_type")


def test_a_store_that_fails_is_told_without_its_place(service: Caller, place: str) -> None:
    Path(place).write_bytes(b"no database any more" * 100)
    answer = service("GET", "/v1/findings")
    assert problem_of(answer) == (503, "store_failed")
    assert place not in answer.text


@pytest.mark.parametrize(
    ("path", "allow"),
    [("/v1/audit-runs", "GET, POST"), ("/v1/findings", "GET"), ("/v1/findings/1/events", "POST"), ("/healthz", "GET")],
)
def test_all_methods_of_a_path_are_told_where_another_is_asked(service: Caller, path: str, allow: str) -> None:
    answer = service("DELETE", path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allow)
