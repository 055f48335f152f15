"""Requests without a query go straight to their route: they are answered as the framework answers them."""

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api.calling import Caller, request_data, service

BROKEN = {**request_data(), "area": "nowhere"}
UNBILLED = {**request_data(), "area": "cn-hainan"}


def told(answer: httpx.Response) -> tuple[int, bytes, Mapping[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status_code, answer.content, headers


@pytest.fixture(scope="module")
def asked() -> Caller:
    return service()


@pytest.mark.parametrize(
    "options",
    [
        {"json": request_data()},
        {"json": BROKEN},
        {"json": UNBILLED},
        {"content": b"{", "headers": {"content-type": "application/json"}},
        {"content": b"", "headers": {"content-type": "text/plain"}},
        {"json": UNBILLED, "headers": {"accept-language": "zh"}},
        {"files": {"request": (None, json.dumps(request_data()))}},
    ],
)
def test_the_answer_is_that_of_the_framework(asked: Caller, options: dict[str, Any]) -> None:
    assert told(asked("POST", "/v1/bills", **options)) == told(asked("POST", "/v1/bills?explain=none", **options))


def test_another_method_and_another_path_are_the_frameworks(asked: Caller) -> None:
    assert asked("GET", "/v1/bills").status_code == 405
    assert asked("POST", "/v1/bills/", json={}).status_code == 404


def test_both_ways_are_counted_as_one_route() -> None:
    asked = service()
    for path in ("/v1/bills", "/v1/bills?explain=none"):
        assert asked("POST", path, json=request_data()).status_code == 200
    counted = 'billcalc_requests_total{method="POST",route="/v1/bills",status="200"} 2.0'
    assert counted in asked("GET", "/metrics").text


def test_behind_a_prefix_the_framework_finds_the_route() -> None:
    asked = service()
    outer = FastAPI()
    outer.mount("/billing", asked.app)
    answer = Caller(outer)("POST", "/billing/v1/bills", json=request_data())
    assert (answer.status_code, answer.json()["kind"]) == (200, "bill")
