"""Documents and price sheets: pages, ETags, sources."""

import json
from itertools import pairwise

import pytest

from tests.api.calling import Caller, problem_of, tariffs
from tests.cli.calling import call

SHEET = {
    "area": "cn-guangxi",
    "class": "industrial_commercial",
    "billing": "two_part",
    "voltage": "110kV",
    "purchase": "agent",
    "on": "2024-06-15",
}
LEVIES = "/v1/tariffs/cn/guangxi/levies/2023-06"


def test_pages_lead_through_all_documents_once(service: Caller) -> None:
    found: list[str] = []
    cursor, pages = "", 0
    while True:
        told = service("GET", f"/v1/tariffs?limit=7{cursor}").json()
        found += [item["id"] for item in told["items"]]
        pages += 1
        if told["next_cursor"] is None:
            break
        cursor = f"&cursor={told['next_cursor']}"

    assert pages > 1
    assert sorted(found) == sorted(document.id for document in tariffs().documents)
    assert all(earlier < later for earlier, later in pairwise(found))


def test_documents_are_found_by_area_kind_and_day(service: Caller) -> None:
    told = service("GET", "/v1/tariffs?area=cn-guangxi&kind=levies&as_of=2024-06-15").json()
    before = service("GET", "/v1/tariffs?area=cn-guangxi&kind=levies&as_of=2000-01-01").json()

    assert [item["id"] for item in told["items"]] == ["cn/guangxi/levies/2023-06"]
    assert (before["items"], before["next_cursor"]) == ([], None)
    assert told["tariff_set"] == tariffs().version


def test_a_foreign_cursor_is_refused(service: Caller) -> None:
    assert problem_of(service("GET", "/v1/tariffs?cursor=%C3%A9")) == (400, "unknown_cursor")
    assert problem_of(service("GET", "/v1/tariffs?cursor=a")) == (400, "unknown_cursor")


def test_wrong_parameters_are_told_by_name(service: Caller) -> None:
    answer = service("GET", "/v1/tariffs?limit=0&as_of=tomorrow")

    assert problem_of(answer) == (400, "invalid_parameter")
    assert [told["parameter"] for told in answer.json()["parameters"]] == ["as_of", "limit"]


def test_a_document_is_kept_by_its_etag(service: Caller) -> None:
    first = service("GET", LEVIES)
    etag = first.headers["etag"]
    again = service("GET", LEVIES, headers={"if-none-match": etag})
    one_of = service("GET", LEVIES, headers={"if-none-match": f'"other", {etag}'})
    other = service("GET", LEVIES, headers={"if-none-match": '"other"'})

    assert first.json()["id"] == "cn/guangxi/levies/2023-06"
    assert etag.startswith('"')
    assert "immutable" in first.headers["cache-control"]
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert (one_of.status_code, other.status_code) == (304, 200)


def test_an_unknown_document_is_not_found(service: Caller) -> None:
    assert problem_of(service("GET", "/v1/tariffs/cn/atlantis/levies/2024-06")) == (404, "unknown_document")


def test_a_price_sheet_names_the_document_of_each_component(service: Caller) -> None:
    told = service("GET", "/v1/price-sheets", params=SHEET).json()
    prices = {component["code"]: component["price"] for component in told["components"]}

    assert prices["purchase"]["bands"]["peak"] == "0.691794"
    assert {component["source"] for component in told["components"]} <= {source["id"] for source in told["sources"]}


def test_a_price_sheet_that_is_not_there_is_refused(service: Caller) -> None:
    answer = service("GET", "/v1/price-sheets", params={**SHEET, "on": "1999-01-01"})

    assert problem_of(answer) == (422, "no_document")


def test_a_price_sheet_needs_its_parameters(service: Caller) -> None:
    answer = service("GET", "/v1/price-sheets", params={"area": "cn-guangxi"})

    assert problem_of(answer) == (400, "invalid_parameter")
    assert {told["parameter"] for told in answer.json()["parameters"]} == {
        "class",
        "billing",
        "voltage",
        "purchase",
        "on",
    }


@pytest.mark.parametrize("area", ["cn-guangdong-north", "广西"])
def test_coverage_is_what_the_command_tells(service: Caller, area: str) -> None:
    told = service("GET", "/v1/coverage", params={"area": area}).json()

    assert told == json.loads(call("tariffs", "coverage", "--area", area, "--format", "json").stdout)


def test_coverage_of_an_area_has_what_it_lies_in_and_without_one_all(service: Caller) -> None:
    whole = service("GET", "/v1/coverage").json()["covered"]
    some = service("GET", "/v1/coverage?area=cn-guangdong-north").json()["covered"]

    assert {each["area"] for each in some} == {"cn-guangdong-north", "cn-guangdong", "cn"}
    assert {each["area"] for each in whole} == tariffs().areas
    levies = [each for each in whole if (each["area"], each["kind"]) == ("cn-guangxi", "levies")]
    assert "cn/guangxi/levies/2023-06" in levies[-1]["documents"]


def test_coverage_of_no_area_is_refused_with_the_nearest(service: Caller) -> None:
    answer = service("GET", "/v1/coverage?area=cn-anhu&lang=zh")

    assert problem_of(answer) == (400, "unknown_area")
    assert "没有名为“cn-anhu”的地区" in answer.json()["detail"]
    assert "cn-anhui" in answer.json()["detail"]
    assert problem_of(service("GET", "/v1/coverage?area=Anhui")) == (400, "invalid_parameter")
