"""Advice through the service: what the command line says, for months that are asked for as JSON."""

from jsonschema import Draft202012Validator

from billcalc.wire.advice import advice_schema
from tests.api.calling import Caller, problem_of, request_data
from tests.cli.calling import P1, call, data_of


def test_the_service_advises_as_the_command_does(service: Caller) -> None:
    found = service("POST", "/v1/advice", json={"months": [request_data()], "shift": {"kwh": "5000"}})
    assert found.status_code == 200
    Draft202012Validator(advice_schema()).validate(found.json())
    assert found.json() == data_of(call("advise", P1, "--shift", "5000kWh", "--format", "json"))
    assert service("POST", "/v1/advice", json={"months": [request_data()]}).json()["shift"]["percent"] == "1"


def test_more_load_may_be_told_in_per_cent_and_messages_in_chinese(service: Caller) -> None:
    asked = {"months": [request_data()], "shift": {"percent": "2"}}
    found = service("POST", "/v1/advice?lang=zh", json=asked).json()
    assert found["shift"]["percent"] == "2"
    assert found["unknown"][0]["message"].startswith("不足十二个月")


def test_load_that_is_told_twice_or_is_more_than_all_is_refused(service: Caller) -> None:
    for shift, code in (({"percent": "1", "kwh": "5"}, "inconsistent"), ({"percent": "100.1"}, "out_of_range")):
        told = service("POST", "/v1/advice", json={"months": [request_data()], "shift": shift})
        assert problem_of(told) == (400, code)
        assert told.json()["faults"][0]["pointer"] == "/shift"


def test_months_that_cannot_be_advised_on_are_told_with_their_places(service: Caller) -> None:
    elsewhere = {**request_data(), "area": "cn-gansu"}
    refused = service("POST", "/v1/advice", json={"months": [elsewhere]})
    assert problem_of(refused) == (422, "no_document")
    twice = service("POST", "/v1/advice", json={"months": [request_data(), request_data()]})
    assert problem_of(twice) == (400, "inconsistent")
    assert twice.json()["faults"][0]["pointer"] == "/months/1/period"
    assert problem_of(service("POST", "/v1/advice", json={})) == (400, "missing_key")
    assert problem_of(service("POST", "/v1/advice", json={"months": []})) == (400, "empty")
