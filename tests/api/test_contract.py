"""The contract: committed, current, valid; its examples are real bills and are executed."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from billcalc_api.openapi import contract_text
from tests.api.calling import CONTRACT, LINES, Caller, contract, hold_to_schema, request_data


def test_the_committed_contract_is_current() -> None:
    committed = CONTRACT.read_text(encoding="utf-8")

    assert committed == contract_text(), "run: python -m billcalc_api.openapi > api/openapi.json"


def test_the_service_serves_its_contract(service: Caller) -> None:
    assert service("GET", "/openapi.json").json() == contract()


def test_every_schema_is_a_schema_and_every_reference_leads_somewhere() -> None:
    schemas = contract()["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    text = json.dumps(contract())
    named = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}

    assert named <= set(schemas)


def test_the_examples_are_requests_of_the_contract_and_are_answered(service: Caller) -> None:
    executed = 0
    for path, operations in contract()["paths"].items():
        for method, operation in operations.items():
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                for example in content.get("examples", {}).values():
                    value = example["value"]
                    hold_to_schema(content["schema"], value)
                    body = value if media_type == LINES else json.dumps(value)
                    answer = service(method, path, content=body, headers={"content-type": media_type})
                    assert answer.status_code == 200
                    executed += 1

    assert executed == 7


def test_the_example_is_the_real_bill_and_its_comparison_finds_nothing(service: Caller) -> None:
    paths = contract()["paths"]

    def example(path: str) -> object:
        content = paths[path]["post"]["requestBody"]["content"]["application/json"]
        return content.get("examples", {})["guangxi-2024-06-p1"]["value"]

    assert service.bill(example("/v1/bills")).json()["total"] == "1629271.00"
    assert service("POST", "/v1/bills:compare", json=example("/v1/bills:compare")).json()["agrees"] is True


def set_at(data: Any, path: tuple[str | int, ...], value: object) -> None:
    for step in path[:-1]:
        data = data.setdefault(step, {}) if isinstance(step, str) else data[step]
    data[path[-1]] = value


@pytest.mark.parametrize(
    ("path", "value", "fits"),
    [
        (("agreement", 0, "groups", "main group"), {}, False),
        (("agreement", 0, "supply_points", "变压器"), {}, False),
        (("facts", ""), {}, False),
        (("events", "Peak Days"), {}, False),
        (("events", "peak_days"), {"2024-06-15": "1"}, True),
        (("metering_points", 0, "config", 0, "digits"), -1, False),
        (("metering_points", 0, "config", 0, "digits"), 1_000_000_000, False),
        (("metering_points", 0, "config", 0, "digits"), 6, True),
        (("metering_points", 0, "config", 0, "digits"), "1234567890", False),
        (("conventions", "price_by"), {"time_of_use": "billing_month"}, False),
        (("conventions", "price_by"), {"levies": "billing_month"}, True),
        (("conventions", "total_round"), "0", False),
        (("conventions", "total_round"), "0.00", False),
        (("conventions", "total_round"), "-1", False),
        (("conventions", "total_round"), "00.010", True),
        (("conventions", "total_round"), "10", False),
    ],
)
def test_the_schema_refuses_what_the_service_calls_malformed(
    path: tuple[str | int, ...], value: object, fits: bool, service: Caller
) -> None:
    asked = request_data()
    set_at(asked, path, value)
    schema = {"$ref": "#/components/schemas/Request", "components": contract()["components"]}

    assert Draft202012Validator(schema).is_valid(asked) == fits
    assert (service.bill(asked).status_code != 400) == fits


@pytest.mark.parametrize(
    ("start", "step", "fits"),
    [
        ("2024-06-01T00:00:00+08:00", 15, True),
        ("2024-06-01T23:45Z", "5", True),
        ("2024-06-01T24:00+08:00", 15, False),
        ("2024-13-01T00:00+08:00", 15, False),
        ("2024-06-01T00:60+08:00", 15, False),
        ("2024-06-01T00:00+24:00", 15, False),
        ("2024-06-01T00:00+08:00", 7, False),
    ],
)
def test_the_schema_knows_instants_and_the_steps_of_intervals(start: str, step: object, fits: bool) -> None:
    intervals = {"start": start, "step": step, "unit": "kwh", "fill": "refuse", "values": ["1"]}
    schema = {"$ref": "#/components/schemas/Intervals", "components": contract()["components"]}

    assert Draft202012Validator(schema).is_valid(intervals) == fits
