"""Corrections over the service: the documents, letter and bills that ``billcalc rebill`` makes."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.api.calling import Caller, contract, problem_of
from tests.cli.calling import call
from tests.corrections.cases import month
from tests.documents import ROOT

PATH = "/v1/corrections"
SLOW = ROOT / "fixtures/published/meter-slow-10pct-50000/case.yaml"


def case(**more: Any) -> dict[str, Any]:
    return {
        "case": "2023-1",
        "cause": "multiplier",
        "right": {"metering_points.0.config.0.multiplier": "20"},
        "months": [{"billed": month()}],
        **more,
    }


def test_a_case_is_corrected_as_the_command_does_it(service: Caller) -> None:
    made = json.loads(call("rebill", str(SLOW), "--format", "json").stdout)
    answer = service("POST", PATH, json={"case": made["stated"]})
    assert answer.json() == made
    Draft202012Validator({**contract(), "$ref": "#/components/schemas/Correction"}).validate(answer.json())


def test_the_letter_is_in_the_language_that_is_asked_for(service: Caller) -> None:
    english, chinese = (service("POST", f"{PATH}{asked}", json={"case": case()}).text for asked in ("?letter=en", ""))
    assert "Letter of correction" in english
    assert "电费退补通知书" in chinese


def test_a_correction_is_undone_once(service: Caller) -> None:
    made = service("POST", PATH, json={"case": case()}).json()
    undone = service("POST", PATH, json={"undo": made}).json()
    assert undone["undoes"] == next(each["sha256"] for each in made["documents"] if each["kind"] == "back_bill")
    again = service("POST", PATH, json={"undo": made, "earlier": [undone]})
    assert (*problem_of(again), again.json()["pointer"]) == (400, "inconsistent", "/undo/documents")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, (400, "missing_key", "")),
        ({"case": case(), "undo": {}}, (400, "missing_key", "")),
        ({"case": case(), "earlier": [{}]}, (400, "unknown_word", "/earlier/0")),
        ({"undo": {"case": "x"}}, (400, "unknown_word", "/undo")),
        ({"case": case(months=[{"billed": month(), "issued": "1"}])}, (400, "inconsistent", "/case/months/0/issued")),
        ({"case": case(months=[{"billed": {**month(), "price_sheet": None}}])}, (422, None, "/case/months/0/billed")),
    ],
)
def test_what_is_wrong_is_told_by_its_place(service: Caller, asked: Any, told: tuple[int, str | None, str]) -> None:
    answer = service("POST", PATH, json=asked)
    status, code, place = told
    assert answer.status_code == status
    assert code in (None, answer.json()["code"])
    assert answer.json()["pointer"].startswith(place)
