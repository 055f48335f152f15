"""Variants of one request: each billed as a request of its own, with what it differs by."""

from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from billcalc.words.language import Language
from billcalc_api import simulations
from billcalc_api.bodies import JSON, Body
from billcalc_api.calculating import OverBudget, Tools
from billcalc_api.simulations import answer
from billcalc_api.texts import compact
from tests.api.calling import Caller, contract, problem_of, request_data, tariffs

STANDARD = "/agreement/0/supply_points/S1/power_factor_standard"
PATH = "/v1/simulations"


def asked(*variants: Any) -> dict[str, Any]:
    return {"request": request_data(), "variants": list(variants)}


def test_a_variant_is_the_bill_of_the_changed_request(service: Caller) -> None:
    told = service("POST", PATH, json=asked({"name": "0.85", "edits": {STANDARD: "0.85"}})).json()
    changed = request_data()
    changed["agreement"][0]["supply_points"]["S1"]["power_factor_standard"] = "0.85"
    bill = service.bill(changed).json()
    [variant] = told["variants"]
    assert (told["base"]["total"], variant["total"], variant["id"]) == ("1629271.00", bill["total"], bill["id"])
    assert [line["code"] for line in variant["lines"]] == ["power_factor"]
    sums = sum(Decimal(line["difference"]) for line in variant["lines"])
    assert sums == Decimal(variant["difference"]) == Decimal(bill["total"]) - Decimal("1629271.00")


def test_lines_that_only_one_of_the_bills_has_are_told(service: Caller) -> None:
    given = {"code": "other", "label": "其他", "section": "energy", "group": "main", "amount": "12.30"}
    told = service("POST", PATH, json=asked({"name": "more", "patch": {"given": [given]}})).json()
    [line] = [line for line in told["variants"][0]["lines"] if line["code"] == "other"]
    assert (line["base"], line["variant"], line["difference"]) == (None, "12.30", "12.30")


def test_each_variant_is_answered_for_itself(service: Caller) -> None:
    refused = {"name": "nowhere", "patch": {"area": "cn-gansu"}}
    invalid = {"name": "broken", "edits": {"/nothing/0": "1"}}
    same = {"name": "same", "patch": {}}
    answered = service("POST", f"{PATH}?lang=zh", json=asked(refused, invalid, same))
    told = answered.json()
    assert [(each["name"], each["kind"]) for each in told["variants"]] == [
        ("nowhere", "refusal"),
        ("broken", "invalid"),
        ("same", "bill"),
    ]
    [fault] = told["variants"][1]["faults"]
    assert (fault["code"], fault["where"]) == ("inconsistent", "/variants/1/edits")
    assert "请求中没有 /nothing/0 这个位置" in fault["message"]
    assert (told["variants"][2]["difference"], told["variants"][2]["lines"]) == ("0.00", [])
    schema = {**contract(), "$ref": "#/components/schemas/Simulation"}
    Draft202012Validator(schema).validate(told)


def test_a_request_that_cannot_be_billed_has_no_variants(service: Caller) -> None:
    elsewhere = {**asked({"name": "same", "patch": {}}), "request": {**request_data(), "area": "cn-gansu"}}
    answered = service("POST", PATH, json=elsewhere)
    assert answered.status_code == 422
    assert answered.json()["pointer"].startswith("/request")
    assert problem_of(service("POST", PATH, json={"request": request_data()})) == (400, "missing_key")


def test_a_variant_that_takes_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def over(*_: Any, **__: Any) -> None:
        raise OverBudget

    monkeypatch.setattr(simulations, "variant_bill", over)
    body = Body(compact(asked({"name": "long", "patch": {}})), JSON)
    found = answer(Tools(tariffs(), 1 << 20, 5), body, Language.ENGLISH)
    assert b'"too_much_work"' in found.body
