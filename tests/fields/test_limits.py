"""Lists and spans of an input are limited before work is done on them, and so are the faults that are told."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from billcalc.audit import IssuedBill
from billcalc.billing.request import Period, Request
from billcalc.fields import Model, NotNegative, validated
from billcalc.fields.limits import DAYS_MAX, LIMITS, YEARS
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import FAULTS_MAX, Fault, InvalidInput
from billcalc.wire.request import request_schema

ROOT = Path(__file__).parents[2]


def faults_of(model: type[Model], data: object) -> tuple[Fault, ...]:
    with pytest.raises(InvalidInput) as caught:
        validated(model, data)
    return caught.value.faults


def open_ended(schema: Any, way: str = "") -> Iterator[str]:
    """The lists and mappings of a schema that have no limit."""
    if isinstance(schema, dict):
        kind = schema.get("type")
        if kind == "array" and "maxItems" not in schema:
            yield way
        if kind == "object" and isinstance(schema.get("additionalProperties"), dict) and "maxProperties" not in schema:
            yield way
        for key, value in schema.items():
            yield from open_ended(value, f"{way}/{key}")
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from open_ended(value, f"{way}/{number}")


@pytest.mark.parametrize("schema", [request_schema(), IssuedBill.model_json_schema()], ids=["request", "issued"])
def test_every_list_and_mapping_has_a_limit(schema: dict[str, Any]) -> None:
    assert list(open_ended(schema)) == []


def test_a_list_that_is_too_long_is_refused_whatever_is_in_it() -> None:
    before = process_time()
    given = [fault for fault in faults_of(Request, {"given": [{}] * 150_000}) if fault.where == "/given"]

    assert given == [Fault(FaultCode.TOO_MANY, "/given", {"count": "150000", "limit": "1000"})]
    assert process_time() - before < 5


def test_as_many_as_the_limit_may_stand() -> None:
    faults = faults_of(IssuedBill, {"lines": [{}] * LIMITS["issued.lines"]})

    assert FaultCode.TOO_MANY not in {fault.code for fault in faults}


@pytest.mark.parametrize("days", [DAYS_MAX, DAYS_MAX + 1])
def test_a_span_is_a_year_at_most(days: int) -> None:
    start = date(2024, 1, 1)
    told = {"from": str(start), "to": str(start + timedelta(days=days))}
    if days == DAYS_MAX:
        assert validated(Period, told).span.days == days
        return
    [fault] = faults_of(Period, told)
    assert (fault.code, fault.facts["days"], fault.facts["limit"]) == (FaultCode.SPAN_TOO_LONG, "367", "366")


@pytest.mark.parametrize(
    ("start", "end"), [("0001-01-01", "0001-02-01"), ("9999-12-01", "9999-12-31"), ("2024-06-01", "9999-12-31")]
)
def test_a_year_in_which_there_are_no_bills_is_out_of_range(start: str, end: str) -> None:
    fault, *_ = faults_of(Period, {"from": start, "to": end})

    assert (fault.code, fault.facts["range"]) == (FaultCode.OUT_OF_RANGE, "1900-01-01..2199-12-31")


def test_at_most_so_many_faults_are_told_and_then_how_many_more() -> None:
    with pytest.raises(InvalidInput) as caught:
        raise InvalidInput(Fault(FaultCode.EMPTY, f"/{place}") for place in range(FAULTS_MAX + 5))
    told = caught.value.faults

    assert len(told) == FAULTS_MAX
    assert told[-2:] == (
        Fault(FaultCode.EMPTY, f"/{FAULTS_MAX - 2}"),
        Fault(FaultCode.MORE_FAULTS, "", {"count": "6"}),
    )


def test_exactly_as_many_faults_as_may_be_told_are_all_told() -> None:
    assert {fault.code for fault in InvalidInput([Fault(FaultCode.EMPTY, "")] * FAULTS_MAX).faults} == {FaultCode.EMPTY}


class Meter(Model):
    multiplier: NotNegative


def test_of_very_many_faults_of_a_record_the_first_are_found_and_the_rest_counted() -> None:
    faults = faults_of(Meter, {"multiplier": "1", **{f"key{number}": "" for number in range(100_000)}})

    assert len(faults) == FAULTS_MAX
    assert faults[0].where == "/key0"
    assert faults[-1] == Fault(FaultCode.MORE_FAULTS, "", {"count": str(100_000 - FAULTS_MAX + 1)})


@pytest.mark.parametrize(
    ("name", "years", "faults"),
    [("requests.md", "{} to {}", "{:,} faults"), ("requests.zh-CN.md", "{} 至 {}", "{:,} 个错误")],
)
def test_the_page_of_requests_lists_every_limit(name: str, years: str, faults: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    told = {
        name: int(number.replace(",", ""))
        for name, number in re.findall(r"^\| `([^`]+)` \| ([0-9,]+) \|", page, re.MULTILINE)
    }

    assert told == {**LIMITS, "cycle, period (days)": DAYS_MAX}
    assert years.format(YEARS[0], YEARS[-1]) in page
    assert faults.format(FAULTS_MAX) in page


def test_limits_stand_in_the_schema_that_is_published() -> None:
    schema = json.loads((ROOT / "docs/schema/request.schema.json").read_text(encoding="utf-8"))

    assert schema["properties"]["given"]["maxItems"] == LIMITS["given"]
    assert schema["$defs"]["Agreement"]["properties"]["groups"]["maxProperties"] == LIMITS["agreement.groups"]
