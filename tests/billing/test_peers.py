"""What other programs get wrong (the design, section 12), as far as one bill can show it."""

from tests.billing.cases import (
    NETWORK,
    amounts,
    bill,
    catalog,
    changed,
    entry,
    line,
    prices,
    quantities,
    request,
    transformer,
)

FEE = {"code": "metering_fee", "section": "network_energy", "quantity": "months", "price": "100"}


def test_demand_and_fees_follow_a_price_that_changes_inside_the_month() -> None:
    before = [*NETWORK, FEE]
    after = [
        {**each, "price": {"demand": "50", "metering_fee": "200"}.get(each["code"], each["price"])} for each in before
    ]
    network = [prices("network_price", before), prices("network_price", after, "2024-07-16")]
    answer = bill(request(agreement=[entry("2020-01-01", basic={"mode": "actual"})]), catalog(network=network))
    # 500 kW × 40 × 15 ÷ 31, 500 × 50 × 16 ÷ 31; 100 × 15/31, and 200 less 200 × 15/31
    assert amounts(answer, "demand") == ["9677.42", "12903.23"]
    assert amounts(answer, "metering_fee") == ["48.39", "103.23"]


def test_a_monthly_fee_is_not_made_of_days_of_the_year() -> None:
    tariffs = catalog(network=prices("network_price", [*NETWORK, FEE]))
    assert amounts(bill(request("2023-02-01", "2023-03-01"), tariffs), "metering_fee") == ["100.00"]  # not 92.05


def test_the_best_power_factor_at_standard_085_gives_back_110_percent_of_a_hundredth() -> None:
    points = {"S1": {"power_factor_standard": "0.85", "transformers": [transformer()]}}
    assert (
        str(line(bill(request(agreement=[entry("2020-01-01", supply_points=points)])), "power_factor").price)
        == "-0.0110"
    )


def test_the_basic_charge_is_in_the_base_of_the_power_factor() -> None:
    assert quantities(bill(request()), "power_factor") == ["33000.00"]  # of which 30,000 are capacity


def test_a_total_is_not_rounded_to_a_tenth() -> None:
    data = changed(request(), {"metering_points.0.readings.1.flat": "20.01"})
    assert str(bill(data).total) == "32873.12"


def test_a_register_that_counts_through_zero_is_read_by_the_digits_of_its_meter() -> None:
    data = changed(request(), {"metering_points.0.readings.0.peak": "999.5", "metering_points.0.config.0.digits": "5"})
    data = changed(
        data, {"metering_points.0.readings.1.peak": "0.5", "metering_points.0.readings.1.rollover": ["peak"]}
    )
    assert quantities(bill(data), "purchase")[0] == "9900100"  # 100000 − 999.5 + 0.5, and not 1000 − 999.5 + 0.5
