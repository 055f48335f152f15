"""On which side a meter stands, and which losses may be told of it."""

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from tests.billing.cases import (
    HOME,
    INDUSTRY,
    Data,
    bill,
    changed,
    entry,
    fault,
    line,
    number,
    point,
    problems,
    quantities,
    reading,
    refusal,
    request,
)
from tests.billing.losses.lost import FIXED, FORMULA, LINE, kwh_lost, low


def test_readings_behind_the_transformer_of_a_high_voltage_customer_need_a_loss() -> None:
    refused = refusal(low(None))
    assert (refused.code, refused.where) == (RefusalCode.LOSS_NOT_CALCULATED, "/metering_points/0/side")


def test_the_loss_of_a_line_is_not_that_of_the_transformer() -> None:
    assert refusal(low({"line": LINE})).code is RefusalCode.LOSS_NOT_CALCULATED


def test_what_is_given_of_the_low_side_needs_a_loss_or_to_be_told_that_it_has_none() -> None:
    given = {"metering_points.0.given": {"kwh": {"peak": "1", "flat": "2", "valley": "3"}}}
    assert refusal(low(None, given)).code is RefusalCode.LOSS_NOT_CALCULATED
    none = low({"transformer": {"method": "none"}}, given)
    assert quantities(bill(none), "network_energy") == ["6"]


def test_a_low_voltage_customer_has_no_loss_to_add() -> None:
    cheap = {"agreement.0.groups.main.voltage": "<1kV"}
    assert quantities(bill(low(None, cheap)), "network_energy") == ["6000"]


def test_a_low_voltage_customer_bears_the_loss_that_was_agreed_on() -> None:
    assert kwh_lost(low({"transformer": FIXED}, {"agreement.0.groups.main.voltage": "<1kV"})) == [("310", "620")]


def test_a_sub_meter_behind_the_transformer_has_no_loss_of_its_own() -> None:
    groups = {"main": INDUSTRY, "home": HOME}
    child = point(
        id="M2", group="home", side="low", not_installed=["reactive_forward"],
        readings=[reading("2024-07-01", "opening", total="0"), reading("2024-08-01", "closing", total="6")],
    )  # fmt: skip
    parent = point(children=[{"id": "C", "kind": "meter", "group": "home", "point": "M2"}])
    data = request(agreement=[entry("2020-01-01", groups=groups)], metering_points=[parent, child])
    assert line(bill(data), "home_energy").quantity == number("600")
    found = fault(changed(data, {"metering_points.1.losses": {"transformer": FIXED}}))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/metering_points/1/losses")


def test_a_meter_on_the_high_side_shows_what_the_transformer_loses() -> None:
    found = fault(changed(low({"transformer": FORMULA}), {"metering_points.0.side": "high"}))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/metering_points/0/losses/transformer")


def test_a_meter_on_the_high_side_may_have_a_line_before_it() -> None:
    assert kwh_lost(changed(low({"line": LINE}), {"metering_points.0.side": "high"})) == [("60", "0")]


@pytest.mark.parametrize(
    "changes", [{"metering_points.0.side": "high"}, {"agreement.0.groups.main.voltage": "<1kV"}], ids=["high", "<1kV"]
)
def test_no_loss_is_told_without_effect_where_none_could_be(changes: Data) -> None:
    told = bill(low({"transformer": {"method": "none"}}, changes))
    places = [each.where for each in problems(told, ProblemCode.STATED_WITHOUT_EFFECT)]
    assert "/metering_points/0/losses/transformer/method" in places


def test_a_transformer_that_the_supply_point_has_not_is_a_fault() -> None:
    unknown = {**FORMULA, "transformers": {"T9": FORMULA["transformers"]["T1"]}}
    found = fault(low({"transformer": unknown}))
    assert (found.code, found.facts["id"], found.facts["known"]) == (FaultCode.UNKNOWN_REFERENCE, "T9", "T1")
    assert found.where == "/metering_points/0/losses/transformer/transformers/T9"
    table = {"method": "table", "transformer": "T9", "bands": [{"kwh": "1"}]}
    assert fault(low({"transformer": table})).where == "/metering_points/0/losses/transformer/transformer"


def test_a_method_is_told_in_chinese_too() -> None:
    assert kwh_lost(low({"transformer": {**FIXED, "method": "定量"}})) == [("310", "620")]
    found = fault(low({"transformer": {**FIXED, "method": "guess"}}))
    assert (found.code, found.where) == (FaultCode.UNKNOWN_WORD, "/metering_points/0/losses/transformer/method")
    assert fault(low({"transformer": "none"})).code is FaultCode.WRONG_TYPE


def test_the_side_of_a_low_voltage_customer_decides_nothing() -> None:
    told = bill(changed(request(), {"agreement.0.groups.main.voltage": "<1kV"}))
    places = [each.where for each in problems(told, ProblemCode.STATED_WITHOUT_EFFECT)]
    assert "/metering_points/0/side" in places
