"""One bill and one comparison: the answers, and everything that is wrong with a request."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from billcalc.verify import verify
from billcalc_api.contract import example
from tests.api.calling import OFFICIAL, P1, Caller, contract, problem_of, request_data, request_text
from tests.api.calling import service as new_service

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("name", OFFICIAL)
def test_a_real_bill_is_calculated_with_and_without_its_steps(service: Caller, name: str) -> None:
    plain, explained = (service.bill(request_data(name), explain=told) for told in ("none", "steps"))

    assert (plain.status_code, explained.status_code) == (200, 200)

    def bare(bill: dict[str, Any]) -> dict[str, Any]:
        """Without the derivation and the documents that only it names."""
        return {**bill, "sources": [], "lines": [{**line, "steps": [], "sources": []} for line in bill["lines"]]}

    assert bare(explained.json()) == bare(plain.json())
    assert all(line["steps"] or line["given"] for line in explained.json()["lines"])


def test_a_proof_is_sealed_and_has_its_documents(service: Caller) -> None:
    bill = service.bill(request_data(), explain="proof").json()
    assert [finding for finding in verify(bill) if not finding.is_open] == []
    assert bill["seal"] is not None
    assert all(document["content"] for document in bill["documents"])


@pytest.mark.parametrize("path", ["/v1/bills:compare", "/v1/bills:diagnose"])
def test_what_is_found_of_an_issued_bill_is_proved(service: Caller, path: str) -> None:
    asked = {"request": request_data(), "issued": example("guangxi-2024-06-p1-issued")}
    found = service("POST", f"{path}?explain=proof", json=asked).json()
    assert [finding for finding in verify(found) if not finding.is_open] == []
    assert found["seal"] is not None


def test_tables_are_compared_without_a_proof(service: Caller) -> None:
    answer = service(
        "POST", "/v1/bills:compare?explain=proof", files={"issued": ("i.csv", b"a,b"), "guess": (None, "yes")}
    )
    assert (answer.status_code, answer.json()["pointer"]) == (400, "/explain")
    assert "a comparison of tables has no proof" in answer.json()["detail"]


def test_the_same_request_gives_the_same_bytes() -> None:
    first, second = new_service(), new_service()

    assert first.bill(request_data()).content == second.bill(request_data()).content


def test_decimals_are_strings(service: Caller) -> None:
    def numbers(data: Any) -> list[object]:
        if isinstance(data, dict | list):
            parts = data.values() if isinstance(data, dict) else data
            return [found for part in parts for found in numbers(part)]
        return [data] if isinstance(data, int | float) and not isinstance(data, bool) else []

    bill = service.bill(request_data(), explain="steps").json()
    assert numbers({**bill, "request": None}) == []  # the request has counts, as it was read


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"area": "Guangxi"}, "wrong_type", "/area"),
        ({"period": {"from": "2024-06-12"}}, "missing_key", "/period"),
        ({"colour": "red"}, "unknown_key", "/colour"),
        ({"period": {"from": "2024-06-31", "to": "2024-07-01"}}, "wrong_type", "/period/from"),
    ],
)
def test_an_invalid_request_tells_its_place_and_code(
    service: Caller, change: dict[str, Any], code: str, pointer: str
) -> None:
    answer = service.bill({**request_data(), **change})

    assert problem_of(answer) == (400, code)
    assert answer.json()["pointer"] == pointer
    assert answer.json()["detail"] == answer.json()["faults"][0]["message"]


def test_all_faults_are_told(service: Caller) -> None:
    told = service.bill({**request_data(), "area": "?", "colour": "red"}).json()

    assert {fault["pointer"] for fault in told["faults"]} == {"/area", "/colour"}


def test_a_json_number_is_refused_with_its_correction(service: Caller) -> None:
    text = request_text(P1).replace('"100000"', "100000")
    answer = service("POST", "/v1/bills", content=text, headers=JSON)

    assert answer.status_code == 400
    assert answer.json()["pointer"] == "/agreement/0/supply_points/S1/transformers/0/kva"
    assert '"100000"' in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"{", "syntax"),
        (b'{"area": NaN}', "syntax"),
        (b'{"area": 1, "area": 2}', "duplicate_key"),
        (b"\xff", "not_text"),
        (b"[" * 100_000, "too_deep"),
        (b"null", "wrong_type"),
    ],
)
def test_a_body_that_is_no_request_is_a_problem_of_the_whole(service: Caller, body: bytes, code: str) -> None:
    answer = service("POST", "/v1/bills", content=body, headers=JSON)

    assert problem_of(answer) == (400, code)
    assert answer.json()["pointer"] == ""


def test_a_refusal_has_a_typed_reason(service: Caller) -> None:
    answer = service.bill({**request_data(), "area": "cn-gansu"})

    assert problem_of(answer) == (422, "no_document")
    told = answer.json()
    assert (told["reason"], told["pointer"], told["facts"]["area"]) == ("no_document", "/area", "cn-gansu")


@pytest.mark.parametrize("path", ["/v1/bills", "/v1/bills:compare", "/v1/bills:batch"])
def test_a_body_of_another_type_is_refused(service: Caller, path: str) -> None:
    answer = service("POST", path, content=b"a=1", headers={"content-type": "application/x-www-form-urlencoded"})

    without = service("POST", path, content=b"{}")

    assert problem_of(answer) == problem_of(without) == (415, "unsupported_media_type")


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_that_is_too_large_is_refused_whether_announced_or_not(announced: bool) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 10

    content = b" " * 1000 if announced else parts()
    answer = new_service(body_bytes_max=100)("POST", "/v1/bills", content=content, headers=JSON)

    assert problem_of(answer) == (413, "too_large")


def test_a_body_that_comes_too_slowly_is_refused() -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(30)

    answer = new_service(body_seconds_max=1)("POST", "/v1/bills", content=parts(), headers=JSON)

    assert problem_of(answer) == (408, "body_too_slow")


def test_an_unknown_parameter_value_is_told(service: Caller) -> None:
    answer = service("POST", "/v1/bills?explain=words", json=request_data())

    assert problem_of(answer) == (400, "invalid_parameter")
    assert answer.json()["parameters"][0]["parameter"] == "explain"


ROUTES = [(method, path) for path, told in contract()["paths"].items() if path.startswith("/v1") for method in told]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_parameter_that_a_route_does_not_know_is_told(service: Caller, method: str, path: str) -> None:
    """One that is misspelt would be taken for its default."""
    answer = service(method, f"{re.sub('{[a-z_]+}', 'x', path)}?explian=steps", json={})

    assert problem_of(answer) == (400, "invalid_parameter")
    assert [each["parameter"] for each in answer.json()["parameters"]][-1] == "explian"


def test_a_parameter_that_stands_twice_is_told(service: Caller) -> None:
    answer = service("POST", "/v1/bills?explain=none&explain=steps", json=request_data())

    assert problem_of(answer) == (400, "invalid_parameter")
    assert "several times" in answer.json()["detail"]


def test_a_body_that_is_told_to_be_packed_is_refused(service: Caller) -> None:
    answer = service("POST", "/v1/bills", content=b"{}", headers={**JSON, "content-encoding": "gzip"})

    assert problem_of(answer) == (415, "unsupported_media_type")
    assert (
        service("POST", "/v1/bills", content=b"{}", headers={**JSON, "content-encoding": "Identity"}).status_code == 400
    )


@pytest.mark.parametrize(("tolerance", "tolerated"), [("0", 0), ("5", 1)])
def test_a_difference_is_found_unless_it_is_tolerated(service: Caller, tolerance: str, tolerated: int) -> None:
    example = compare_example()
    [line] = [line for line in example["issued"]["lines"] if line["amount"] == "-7272.52"]
    line["amount"] = "-7270.52"
    found = service("POST", "/v1/bills:compare", json={**example, "tolerance": tolerance}).json()

    assert (len(found["differing"]), len(found["tolerated"])) == (1 - tolerated, tolerated)


def test_a_comparison_refuses_as_a_bill_does(service: Caller) -> None:
    example = compare_example()
    refused = service("POST", "/v1/bills:compare", json={**example, "request": {**request_data(), "area": "cn-gansu"}})
    invalid = service("POST", "/v1/bills:compare", json={"request": request_data()})

    assert problem_of(refused) == (422, "no_document")
    assert problem_of(invalid) == (400, "missing_key")
    assert invalid.json()["faults"][0]["facts"]["key"] == "issued"


def test_the_causes_of_a_difference_are_named(service: Caller) -> None:
    told = {name: value for name, value in compare_example().items() if name != "tolerance"}
    [line] = [line for line in told["issued"]["lines"] if line["amount"] == "-7272.52"]
    line["amount"] = "0.00"
    found = service("POST", "/v1/bills:diagnose", json={**told, "issued": {"lines": told["issued"]["lines"]}})
    refused = service("POST", "/v1/bills:diagnose", json={**told, "request": {**request_data(), "area": "cn-gansu"}})
    invalid = service("POST", "/v1/bills:diagnose", json={"request": request_data()})

    assert (found.status_code, found.json()["status"]) == (200, "proved")
    assert "standard" in {cause["cause"] for answer in found.json()["answers"] for cause in answer["causes"]}
    assert (problem_of(refused), problem_of(invalid)) == ((422, "no_document"), (400, "missing_key"))


def test_a_file_and_its_flow_are_checked_beside_earlier_months(service: Caller) -> None:
    alone = service("POST", "/v1/checks", json={"request": request_data()})
    twice = service("POST", "/v1/checks?lang=zh", json={"request": request_data(), "history": [request_data()]})
    elsewhere = {**request_data(), "area": "cn-gansu"}
    refused = service("POST", "/v1/checks", json={"request": elsewhere})
    earlier = service("POST", "/v1/checks", json={"request": request_data(), "history": [elsewhere]})
    invalid = service("POST", "/v1/checks", json={})

    answers = {each["code"]: each["answer"] for each in alone.json()["checks"]}
    assert (answers["bands_differ_from_total"], answers["energy_jump"]) == ("speaks", "not_checked")
    assert alone.json()["change"] is None
    [repeated] = [each for each in twice.json()["checks"] if each["code"] == "duplicate_bill"]
    assert (repeated["answer"], repeated["messages"][0][:4]) == ("speaks", "本期账期")
    assert [problem_of(each) for each in (refused, earlier)] == [(422, "no_document")] * 2
    assert problem_of(invalid) == (400, "missing_key")


def compare_example() -> dict[str, Any]:
    content = contract()["paths"]["/v1/bills:compare"]["post"]["requestBody"]["content"]["application/json"]
    value: dict[str, Any] = content["examples"][P1]["value"]
    return {**value, "issued": {**value["issued"], "lines": [dict(line) for line in value["issued"]["lines"]]}}
