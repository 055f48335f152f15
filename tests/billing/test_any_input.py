"""Whatever stands in a request, the answer is a bill, a refusal or faults, and can be written down."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from billcalc import load_catalog
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import AnyDocument
from tests.billing.cases import Data, bill, changed, entry, fault, parsed, reading, request
from tests.billing.test_no_crash import places

ROOT = Path(__file__).parents[2]
OFFICIAL = sorted((ROOT / "fixtures/official").glob("*/request.yaml"))

HOSTILE: list[Any] = [
    "\ud800", "a\udfffb", 10**5000, -(10**5000), "9" * 41, "9" * 5000, "1e999999999", "-0", "0.0000000000000000000000001",
    "0001-01-01", "0001-01-02", "9999-12-31", "1900-01-01", "2199-12-31", "400", "999999999", 0, -1, 1.5, float("inf"),
    float("nan"), True, None, [], {}, [[]], ["peak"], {"peak": "1"}, "", " ", "peak", "none", "99999999999999999999999999999999",
]  # fmt: skip
HOSTILE_KEYS = ["\ud800", "", "peak", "total", "S1", "9" * 60, "from", "digits"]


@cache
def official(place: int) -> tuple[Data, Catalog]:
    """An official request, and the tariffs of its area."""
    data: Any = read_document(str(OFFICIAL[place])).data
    return data, load_catalog(areas=[data["area"]])


def answer_of(data: Data, tariffs: Catalog) -> Bill | Refusal | InvalidInput:
    """What is answered: everything else that is raised fails the test."""
    try:
        return calculate(validated(Request, data), tariffs)
    except InvalidInput as invalid:
        return invalid


def check(data: Data, tariffs: Catalog) -> None:
    """The answer can be written, and the lines of a bill sum to its total."""
    told = answer_of(data, tariffs)
    if isinstance(told, Bill):
        assert exact_sum(line.amount for line in told.lines) == told.total
        told = told.problems[0] if told.problems else told  # type: ignore[assignment]
    assert str(told).encode()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(number=st.integers(0, len(OFFICIAL) - 1), drawn=st.data())
def test_an_official_request_with_anything_in_it_is_answered(number: int, drawn: st.DataObject) -> None:
    data, tariffs = official(number)
    data = deepcopy(data)
    for _ in range(drawn.draw(st.integers(1, 3))):
        *way, last = drawn.draw(st.sampled_from(list(places(data))))
        node: Any = data
        for part in way:
            node = node[part]
        if isinstance(node, dict) and drawn.draw(st.booleans()):
            node[drawn.draw(st.sampled_from(HOSTILE_KEYS))] = node[last]
        else:
            node[last] = deepcopy(drawn.draw(st.sampled_from(HOSTILE)))
    check(data, tariffs)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_every_place_of_a_request_takes_anything(value: Any) -> None:
    data = request()
    for way in list(places(data)):
        spoilt = deepcopy(data)
        node: Any = spoilt
        for part in way[:-1]:
            node = node[part]
        node[way[-1]] = deepcopy(value)
        check(spoilt, Catalog([]))


@example("0001-01-01")
@example("9999-12-31")
@given(day=st.dates().filter(lambda day: not 1900 <= day.year < 2200).map(str))
def test_days_of_years_that_no_bill_is_of_are_told(day: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        parsed(changed(request(), {"cycle.from": day}))
    assert raised.value.faults[0].code in (FaultCode.OUT_OF_RANGE, FaultCode.SPAN_REVERSED)
    assert raised.value.faults[0].facts["range"] == "1900-01-01..2199-12-31"


def test_half_of_a_character_is_no_text() -> None:
    line = {"code": "g", "section": "energy", "group": "main", "amount": "1", "label": "a\ud800"}
    with pytest.raises(InvalidInput) as raised:
        parsed(request(given=[line]))
    assert (raised.value.faults[0].code, raised.value.faults[0].where) == (FaultCode.WRONG_TYPE, "/given/0/label")


def test_half_of_a_character_is_no_key() -> None:
    with pytest.raises(InvalidInput) as raised:
        parsed(changed(request(), {"facts": {"\ud800": {"demand_kw": "1"}}}))
    assert [str(each).encode() for each in raised.value.faults]
    assert (raised.value.faults[0].code, raised.value.faults[0].where) == (FaultCode.WRONG_TYPE, "/facts/\\ud800")
    parsed(changed(request(), {"price_sheet": {"title": "合同"}}))


def test_hundreds_of_sub_meters_are_billed_with_their_derivation() -> None:
    children = [{"id": f"C{n}", "kind": "fixed", "group": "main", "value": "1", "band": "valley"} for n in range(490)]
    answer = bill(changed(request(), {"metering_points.0.children": children}))
    assert str(answer.kwh["main"]["valley"]) == "3000"  # type: ignore[index]


def test_the_largest_of_many_demands_is_billed_with_its_derivation() -> None:
    zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), "0")
    days = [f"2024-07-{day:02}" for day in range(2, 31)]
    cuts = [reading(day, "cut", **zeros, maximum_demand="1") for day in days for _ in range(1)]
    data = request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])
    first, last = data["metering_points"][0]["readings"]
    answer = bill(changed(data, {"metering_points.0.readings": [first, *cuts, last]}))
    assert [str(line.quantity) for line in answer.lines if line.code == "demand"] == ["500"]


@pytest.mark.parametrize("amount", ["1.005", "-0.001", "0.0000001"])
def test_a_given_amount_finer_than_a_fen_is_a_fault(amount: str) -> None:
    line = {"code": "g", "section": "energy", "group": "main", "amount": amount}
    found = fault(request(given=[line]))
    assert (found.code, found.where, found.facts) == (FaultCode.AMOUNT_TOO_FINE, "/given/0/amount", {"amount": amount})
    whole = bill(request(given=[{**line, "amount": "1.0500"}]))
    assert str(whole.total) == "32873.55"


def test_a_ratio_of_a_list_is_a_fault() -> None:
    hours: Data = {
        "id": "cn/test/time_of_use/2020-01", "kind": "time_of_use", "area": "cn-test",
        "effective": {"from": "2020-01-01"}, "document": {"title": "hours"}, "evidence": "secondary",
        "recorded_on": "2024-01-01", "remainder": "flat",
        "periods": {"all": {"bands": {"peak": ["08:30-12:00"]}}},
        "ratios": {"all": {"bands": {"peak": {"of": ["peak"], "factor": "1.5"}}}},
        "floats": {"none": {"sections": []}},
    }  # fmt: skip
    with pytest.raises(InvalidInput) as raised:
        validated(AnyDocument, hours)
    assert {each.code for each in raised.value.faults} == {FaultCode.UNKNOWN_WORD}
