"""A meter behind the transformer of a customer on high voltage: its losses are not calculated yet."""

from billcalc.kernel.wording import RefusalCode
from tests.billing.cases import (
    HOME,
    INDUSTRY,
    bill,
    changed,
    entry,
    line,
    number,
    point,
    quantities,
    reading,
    refusal,
    request,
)


def test_readings_behind_the_transformer_of_a_high_voltage_customer_are_refused() -> None:
    refused = refusal(changed(request(), {"metering_points.0.side": "low"}))
    assert (refused.code, refused.where) == (RefusalCode.LOSS_NOT_CALCULATED, "/metering_points/0/side")


def test_what_is_given_of_the_low_side_is_refused_and_with_its_losses_it_is_billed_at_the_high_side() -> None:
    given = {"kwh": {"peak": "1", "flat": "2", "valley": "3"}}
    low = changed(request(), {"metering_points.0.side": "low", "metering_points.0.given": given})
    assert refusal(low).code is RefusalCode.LOSS_NOT_CALCULATED
    with_losses = changed(low, {"metering_points.0.side": "high"})
    assert quantities(bill(with_losses), "network_energy") == ["6"]


def test_a_low_voltage_customer_has_no_loss_to_add() -> None:
    low = changed(request(), {"metering_points.0.side": "low", "agreement.0.groups.main.voltage": "<1kV"})
    assert quantities(bill(low), "network_energy") == ["6000"]


def test_a_sub_meter_behind_the_transformer_has_no_loss_of_its_own() -> None:
    groups = {"main": INDUSTRY, "home": HOME}
    child = point(
        id="M2", group="home", side="low", not_installed=["reactive_forward"],
        readings=[reading("2024-07-01", "opening", total="0"), reading("2024-08-01", "closing", total="6")],
    )  # fmt: skip
    parent = point(children=[{"id": "C", "kind": "meter", "group": "home", "point": "M2"}])
    data = request(agreement=[entry("2020-01-01", groups=groups)], metering_points=[parent, child])
    assert line(bill(data), "home_energy").quantity == number("600")
