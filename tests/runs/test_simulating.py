"""A variant is the request with its changes: a merge patch, then edits by JSON pointer."""

from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.runs.simulating import Simulation, Variant, _edited, merged, variant_bill
from tests.api.calling import request_data, tariffs


@pytest.mark.parametrize(
    ("data", "patch", "found"),  # RFC 7396, appendix A
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        (["a", "b"], {"a": "1"}, {"a": "1"}),
    ],
)
def test_a_patch_is_merged(data: Any, patch: Any, found: Any) -> None:
    assert merged(data, patch) == found


@pytest.mark.parametrize(
    ("pointer", "value", "found"),
    [
        ("/a/0/b", "9", {"a": [{"b": "9"}, "2"], "c~/": "3"}),
        ("/a/1", None, {"a": [{"b": "1"}], "c~/": "3"}),
        ("/a/-", "4", {"a": [{"b": "1"}, "2", "4"], "c~/": "3"}),
        ("/c~0~1", "5", {"a": [{"b": "1"}, "2"], "c~/": "5"}),
        ("/d", "6", {"a": [{"b": "1"}, "2"], "c~/": "3", "d": "6"}),
    ],
)
def test_an_edit_puts_a_value_in_its_place(pointer: str, value: Any, found: Any) -> None:
    data = {"a": [{"b": "1"}, "2"], "c~/": "3"}
    assert _edited(data, pointer, value, where="/edits") == found
    assert data == {"a": [{"b": "1"}, "2"], "c~/": "3"}


@pytest.mark.parametrize("pointer", ["", "a", "/a/2", "/a/-/b", "/a/x", "/a/²", "/x/y", "/a/1/z", "/c~0~1/0"])
def test_a_place_that_is_not_there_is_told(pointer: str) -> None:
    with pytest.raises(InvalidInput, match="has no place"):
        _edited({"a": [{"b": "1"}, "2"], "c~/": "3"}, pointer, "4", where="/edits")


def test_what_is_left_out_must_be_there() -> None:
    with pytest.raises(InvalidInput, match="has no place /b"):
        _edited({"a": "1"}, "/b", None, where="/edits")


def test_a_patch_comes_before_the_edits() -> None:
    asked = request_data()
    place = "/agreement/0/supply_points/S1/power_factor_standard"
    variant = Variant(name="x", patch={"period": {"from": "2024-06-01"}}, edits={place: "0.85"})
    found = variant_bill(asked, variant, tariffs())
    assert isinstance(found, tuple)  # the agreement begins on the 12th
    assert found[0].code is FaultCode.AGREEMENT_GAP


@pytest.mark.parametrize(
    ("variants", "code"),
    [
        ([{"name": "a"}], FaultCode.MISSING_KEY),
        ([{"name": "a", "patch": {}}, {"name": "a", "edits": {}}], FaultCode.DUPLICATE_ID),
        ([{"name": str(number), "patch": {}} for number in range(65)], FaultCode.TOO_MANY),
    ],
)
def test_variants_change_something_and_have_a_name_each(variants: list[Any], code: FaultCode) -> None:
    with pytest.raises(InvalidInput) as told:
        validated(Simulation, {"request": request_data(), "variants": variants})
    assert [fault.code for fault in told.value.faults] == [code]


VOLTAGE = "/agreement/0/groups/main/voltage"


@pytest.mark.parametrize(
    ("told", "place", "words"),
    [
        ({"edits": {VOLTAGE: "35kV", "/agreement/0/groups/main": {}}}, "/v/edits", "has no effect beside"),
        ({"patch": {"area": "cn-gansu"}, "edits": {"/area": "cn-guangxi"}}, "/v/edits", "has no effect beside"),
        ({"edits": {VOLTAGE: "35kV", "/agreement/00/groups/main/voltage": "10kV"}}, "/v/edits", "has no place"),
        ({"patch": {"aera": None}}, "/v/patch", "has no place /aera"),
        ({"patch": {"conventions": {"levies/": None}}}, "/v/patch", "has no place /conventions/levies~1"),
    ],
)
def test_a_change_without_effect_is_told(told: dict[str, Any], place: str, words: str) -> None:
    faults = variant_bill(request_data(), Variant(name="x", **told), tariffs(), where="/v")
    assert not isinstance(faults, Bill | Refusal)
    assert faults[0].where == place
    assert words in str(InvalidInput(faults))


def test_changes_below_one_another_in_their_order_and_several_that_add_have_effect() -> None:
    point = request_data()["metering_points"][0]
    more = {"/metering_points/0": {**point, "side": "low"}, "/metering_points/0/side": "high"}
    both = {"patch": {"period": request_data()["period"]}, "edits": more}
    assert isinstance(variant_bill(request_data(), Variant(name="x", **both), tariffs()), Bill)
    adding = {"/given/-": {"code": "a"}}
    [fault, *_] = variant_bill({**request_data(), "given": []}, Variant(name="x", edits=adding), tariffs())  # type: ignore[misc]
    assert fault.where == "/given/0"
