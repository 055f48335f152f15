"""Claims over the service: what ``billcalc claim`` computes."""

import json

from jsonschema import Draft202012Validator

from tests.api.calling import Caller, contract, problem_of
from tests.cli.calling import call
from tests.documents import ROOT

PATH = "/v1/claims"
THEFT = ROOT / "fixtures/published/ct-swap-200-300-26942/claim.yaml"


def test_a_case_is_claimed_as_the_command_does_it(service: Caller) -> None:
    made = json.loads(call("claim", str(THEFT), "--format", "json").stdout)
    answer = service("POST", PATH, json=made["stated"])
    assert answer.json() == made
    Draft202012Validator({**contract(), "$ref": "#/components/schemas/Claims"}).validate(answer.json())


def test_what_is_wrong_is_told_by_its_place(service: Caller) -> None:
    told = {"case": "1", "found": "2025-01-31", "thefts": [{"kwh": "10", "price": "1", "multiple": "4"}]}
    answer = service("POST", f"{PATH}?lang=zh", json=told)
    assert (*problem_of(answer), answer.json()["pointer"]) == (400, "out_of_range", "/thefts/0/multiple")


def test_a_price_that_is_hardly_meant_is_a_doubt(service: Caller) -> None:
    told = {"case": "1", "found": "2025-01-31", "thefts": [{"kwh": "10", "price": "50", "multiple": "3"}]}
    [doubt] = service("POST", f"{PATH}?lang=zh", json=told).json()["doubts"]
    assert (doubt["code"], doubt["where"]) == ("own_price_implausible", "/thefts/0/price")
    assert "请核对" in doubt["message"]
