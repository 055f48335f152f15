"""The contract: committed, current, valid; its examples are real bills and are executed."""

import json

from jsonschema import Draft202012Validator

from billcalc_api.openapi import contract_text
from tests.api.calling import CONTRACT, LINES, Caller, contract, hold_to_schema


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
                for example in content["examples"].values():
                    value = example["value"]
                    hold_to_schema(content["schema"], value)
                    body = value if media_type == LINES else json.dumps(value)
                    answer = service(method, path, content=body, headers={"content-type": media_type})
                    assert answer.status_code == 200
                    executed += 1

    assert executed == 3


def test_the_example_is_the_real_bill_and_its_comparison_finds_nothing(service: Caller) -> None:
    paths = contract()["paths"]

    def example(path: str) -> object:
        content = paths[path]["post"]["requestBody"]["content"]["application/json"]
        return content["examples"]["guangxi-2024-06-p1"]["value"]

    assert service.bill(example("/v1/bills")).json()["total"] == "1629271.00"
    assert service("POST", "/v1/bills:compare", json=example("/v1/bills:compare")).json()["agrees"] is True
