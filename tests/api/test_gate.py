"""The gate: ids, keys, places, headers, log lines, and that a failure tells nothing."""

import json
import logging
from pathlib import Path

import pytest

from billcalc_api import bills
from billcalc_api.keys import create_key, revoke_key
from tests.api.calling import Caller, problem_of, request_data
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
