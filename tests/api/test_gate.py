"""The gate: ids, keys, places, headers, log lines, and that a failure tells nothing."""

import json
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from billcalc_api import bills
from billcalc_api.calculating import Answer, Ended, Full
from billcalc_api.keys import create_key, revoke_key
from billcalc_api.state import Service
from tests.api.calling import LINES, Caller, problem_of, request_data
from tests.api.calling import service as new_service


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys.jsonl"


def test_an_answer_has_a_request_id_of_its_own_or_the_client_s(service: Caller) -> None:
    first, second = (service("GET", "/healthz").headers["x-request-id"] for _ in range(2))
    told = service("GET", "/healthz", headers={"x-request-id": "month-end.17"}).headers["x-request-id"]
    unfit = service("GET", "/healthz", headers={"x-request-id": 'a"b'}).headers["x-request-id"]

    assert first != second
    assert (told, unfit != 'a"b') == ("month-end.17", True)


@pytest.mark.parametrize("path", ["/healthz", "/v1/tariffs", "/nothing", "/metrics"])
def test_every_answer_has_safe_headers(service: Caller, path: str) -> None:
    headers = service("GET", path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_unknown_paths_and_methods_are_problems(service: Caller) -> None:
    assert problem_of(service("GET", "/v1/nothing")) == (404, "not_found")
    assert problem_of(service("GET", "/v1/bills/")) == (404, "not_found")
    answer = service("PUT", "/v1/tariffs")
    assert problem_of(answer) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"


def test_a_key_opens_the_service_until_it_is_revoked(keys: Path) -> None:
    key = create_key(keys, "audit")
    service = new_service(keys=keys)
    allowed = service("GET", "/v1/tariffs", headers={"authorization": f"Bearer {key}"})
    revoke_key(keys, "audit")
    later = new_service(keys=keys)("GET", "/v1/tariffs", headers={"authorization": f"Bearer {key}"})

    assert allowed.status_code == 200
    assert problem_of(later) == (401, "unauthorized")


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer ", "Bearer bck_wrong", "Basic YTpi", "Bearer \xe9"])
def test_without_a_key_only_health_is_told(keys: Path, header: str | None) -> None:
    create_key(keys, "audit")
    service = new_service(keys=keys)
    headers = {} if header is None else {"authorization": header.encode("latin-1")}

    for path in ("/v1/tariffs", "/metrics", "/openapi.json", "/nothing"):
        answer = service("GET", path, headers=headers)
        assert problem_of(answer) == (401, "unauthorized")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert service("GET", "/healthz", headers=headers).status_code == 200
    assert service("GET", "/readyz", headers=headers).status_code == 200


def test_without_keys_another_address_than_loopback_is_refused(service: Caller) -> None:
    answer = service("GET", "http://192.0.2.7:8000/v1/tariffs")

    assert problem_of(answer) == (401, "unauthorized")
    assert "BILLCALC_KEYS" in answer.json()["detail"]


def test_a_full_service_says_when_to_come_back() -> None:
    service = new_service(concurrency_max=0)
    answer = service.bill(request_data())

    assert problem_of(answer) == (429, "too_many_requests")
    assert answer.headers["retry-after"] == "1"
    assert service("GET", "/healthz").status_code == 200


def test_places_are_given_back() -> None:
    service = new_service(concurrency_max=1)

    assert service.bill(request_data()).status_code == 200
    assert service.bill([]).status_code == 400
    assert service.bill(request_data()).status_code == 200


def test_a_failure_tells_nothing_of_itself(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def failing(*_: object, **__: object) -> object:
        raise RuntimeError("/etc/billcalc and customer 4711")

    monkeypatch.setattr(bills, "calculate", failing)
    with caplog.at_level(logging.INFO):
        answer = new_service().bill(request_data())

    assert problem_of(answer) == (500, "internal_error")
    assert "4711" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert "RuntimeError" not in answer.text


def test_a_log_line_tells_the_request_and_nothing_of_the_customer(
    service: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    asked = {**request_data(), "account": "customer-4711"}
    with caplog.at_level(logging.INFO, logger="billcalc_api"):
        service("POST", "/v1/bills?explain=steps&token=4711", json=asked, headers={"x-request-id": "r1"})
        service("GET", "/v1/tariffs/customer/4711")
    first, second = (json.loads(record.message) for record in caplog.records)

    assert datetime.fromisoformat(first.pop("at")).tzinfo is UTC
    assert {**first, "ms": 0} == {
        "event": "request",
        "request_id": "r1",
        "method": "POST",
        "route": "/v1/bills",
        "status": 400,
        "ms": 0,
    }
    assert second["route"] == "/v1/tariffs/{document_id:path}"
    assert "4711" not in caplog.text
    assert "cn-guangxi" not in caplog.text


def test_a_log_line_names_the_key_and_a_failure_its_place(
    keys: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    key = create_key(keys, "erp")
    service = new_service(keys=keys)
    headers = {"authorization": f"Bearer {key}", "x-request-id": "r1"}

    def failing(*_: object, **__: object) -> object:
        raise RuntimeError("customer 4711")

    monkeypatch.setattr(bills, "calculate", failing)
    with caplog.at_level(logging.INFO, logger="billcalc_api"):
        answer = service("POST", "/v1/bills", json=request_data(), headers=headers)
    failure, request = (json.loads(record.message) for record in caplog.records)

    assert answer.status_code == 500
    assert (failure["event"], failure["key"], failure["request_id"], failure["error"]) == (
        "failure",
        "erp",
        "r1",
        "RuntimeError",
    )
    assert any(place.startswith("api/billcalc_api/bills.py:") and place.endswith(" answer") for place in failure["at"])
    assert (request["key"], request["status"]) == ("erp", 500)
    assert "4711" not in caplog.text
    assert key not in caplog.text


def test_who_waits_too_long_and_what_takes_too_long_are_told(service: Caller) -> None:
    held: Service = service.app.state.service

    def raising(error: Exception) -> Callable[..., Awaitable[Answer]]:
        async def run(*_: object, **__: object) -> Answer:
            raise error

        return run

    try:
        held.run = raising(Full())
        full = [
            service.bill(request_data()),
            service("POST", "/v1/bills:batch", content=b"{}", headers={"content-type": LINES}),
        ]
        held.run = raising(Ended())
        ended = service.bill(request_data())
    finally:
        held.run = None

    assert [problem_of(answer) for answer in full] == [(503, "busy")] * 2
    assert full[0].headers["retry-after"] == "1"
    assert problem_of(ended) == (400, "too_much_work")


def test_a_key_has_as_many_places_as_are_free(keys: Path) -> None:
    one, other = create_key(keys, "one"), create_key(keys, "other")
    service = new_service(keys=keys, concurrency_max=4)
    active = service.app.state.service.active

    def status(key: str) -> int:
        headers = {"authorization": f"Bearer {key}"}
        return service("POST", "/v1/bills", json=request_data(), headers=headers).status_code

    active["one"] = 1
    assert (status(one), status(other)) == (200, 200)
    active["one"] = 2
    assert (status(one), status(other)) == (429, 200)
    active["third"] = 2
    assert (status(one), status(other)) == (503, 503)
    assert service("GET", "/healthz").status_code == 200
    assert active == {"one": 2, "third": 2}


def test_where_the_keys_cannot_be_read_nobody_is_let_in(keys: Path, caplog: pytest.LogCaptureFixture) -> None:
    key = create_key(keys, "audit")
    service = new_service(keys=keys)
    keys.write_text("damage", encoding="utf-8")
    answer = service("GET", "/v1/tariffs", headers={"authorization": f"Bearer {key}"})

    assert problem_of(answer) == (503, "keys_unreadable")
    assert "KeysError" in caplog.text
    assert service("GET", "/readyz").status_code == 200
