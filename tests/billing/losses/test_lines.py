"""The loss of a line: as a share, by the month, and by its resistance."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from tests.billing.cases import CONVENTIONS, Data, bill, catalog, conventions, fault, problems, refusal
from tests.billing.losses.lost import FIXED, FORMULA, kwh_lost, low, supply_point

CURRENT: Data = {
    "method": "current",
    "resistance_ohm": "50",
    "reactance_ohm": "30",
    "voltage_kv": "10",
    "load_shape": "1",
}
NONE: Data = {"method": "none"}
PLAIN = {"agreement.0.supply_points": {"S1": supply_point(standard="none")}}


def line(told: Data, *, transformer: Data = NONE, changes: dict[str, Any] | None = None, **more: str) -> Data:
    return low({"transformer": transformer, "line": told, **more}, changes)


def test_a_share_is_of_the_reading_with_the_loss_of_the_transformer() -> None:
    told: Data = {"method": "share", "share": "0.01", "reactive_share": "0.1"}
    both = line(told, transformer=FORMULA)
    # 1 % of 6173, 10 % of 1992
    assert kwh_lost(both) == [("235", "991")]
    [loss] = bill(both).losses
    assert (str(loss.transformer_kwh), str(loss.line_kwh)) == ("173", "62")
    assert kwh_lost(line(told, transformer=FORMULA, changes={"conventions.losses.line_of": "reading"})) == [
        ("233", "912")
    ]
    assert kwh_lost(line(told)) == [("60", "120")]


def test_what_the_share_is_of_is_doubted_where_nobody_tells() -> None:
    untold = catalog(conventions=conventions(told={key: each for key, each in CONVENTIONS.items() if key != "losses"}))
    told: Data = {"method": "share", "share": "0.01", "reactive_share": "0.1"}

    def doubted(data: Data) -> list[str]:
        return [each.facts["key"] for each in problems(bill(data, untold), ProblemCode.CONVENTION_UNDOCUMENTED)]

    assert "losses.line_of" in doubted(line(told, transformer=FORMULA))
    assert "losses.line_of" not in doubted(line(told))
    assert "losses.line_of" not in doubted(line(FIXED, transformer=FORMULA))


def test_a_line_may_lose_so_much_each_month() -> None:
    assert kwh_lost(line(FIXED, transformer=FORMULA)) == [("483", "1412")]


def test_a_line_loses_by_its_resistance_and_what_it_carries() -> None:
    # 50 × (6000² + 1200²) ÷ (1000 × 10² × 744) = 25.161290; with 30 Ω 15.096774
    assert kwh_lost(line(CURRENT)) == [("25", "15")]
    assert kwh_lost(line({**CURRENT, "load_shape": "2"})) == [("50", "30")]


def test_a_line_loses_three_times_the_square_of_its_current() -> None:
    told = {"method": "current", "resistance_ohm": "0.5", "reactance_ohm": "0.3", "current_a": "20"}
    # 3 × 20² × 0.5 × 744 ÷ 1000 = 446.4; with 0.3 Ω 267.84
    assert kwh_lost(line(told)) == [("446", "268")]
    assert kwh_lost(line(told, hours="500")) == [("300", "180")]


def test_a_line_without_a_reactance_tells_no_reactive_loss() -> None:
    told = {key: each for key, each in CURRENT.items() if key != "reactance_ohm"}
    assert fault(line(told)).facts["key"] == "reactance_ohm"
    assert kwh_lost(line(told, changes=PLAIN)) == [("25", None)]


def test_a_line_without_a_voltage_is_a_fault() -> None:
    found = fault(line({**CURRENT, "voltage_kv": "0"}))
    assert (found.code, found.where) == (FaultCode.OUT_OF_RANGE, "/metering_points/0/losses/line/voltage_kv")


@pytest.mark.parametrize("told", [CURRENT, {"method": "share", "share": "0.01", "reactive_share": "0.1"}])
def test_what_needs_reactive_energy_needs_its_register(told: Data) -> None:
    data = line(told, changes=PLAIN)
    for number in (0, 1):
        del data["metering_points"][0]["readings"][number]["reactive_forward"]
    refused = refusal(data)
    assert (refused.code, refused.facts["needed_by"]) == (RefusalCode.REGISTER_MISSING, "the losses")
    not_installed = {**PLAIN, "metering_points.0.not_installed": ["reactive_forward"]}
    bare = line(told, changes=not_installed)
    for number in (0, 1):
        del bare["metering_points"][0]["readings"][number]["reactive_forward"]
    if told is CURRENT:
        assert fault(bare).facts["key"] == "current_a"
    else:
        assert kwh_lost(bare) == [("60", None)]
