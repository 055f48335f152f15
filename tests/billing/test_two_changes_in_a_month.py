"""A price and the agreement that change in one month: both are billed, each from its own day."""

from tests.billing.cases import (
    INDUSTRY,
    NETWORK,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    codes,
    entry,
    prices,
    quantities,
    reading,
    request,
    transformer,
)

CUT = reading("2024-07-11", "cut", peak="1", flat="2", valley="3")
"""600 kWh of the 6,000 are before 11 July."""


def network(energy: str, capacity: str) -> list[Data]:
    return [{**NETWORK[0], "price": energy}, {**NETWORK[1], "price": capacity}]


TARIFFS = catalog(
    network=[
        prices("network_price", network("0.1", "30"), until="2024-07-11"),
        prices("network_price", network("0.12", "31"), "2024-07-11"),
    ]
)
"""From 11 July on the network energy costs 0.12 and no longer 0.1, a kVA 31 and no longer 30."""


def increased(day: str) -> Data:
    """1,000 kVA, and from a day of July on 500 kVA more; the meter is read where the price changes."""
    more = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2", "500")]}}
    data = request(agreement=[entry("2020-01-01"), entry(day, supply_points=more)])
    data["metering_points"][0]["readings"].insert(1, CUT)
    return data


def test_a_new_price_and_a_new_transformer_ten_days_later_are_both_billed() -> None:
    answer = bill(increased("2024-07-21"), TARIFFS)
    # 1000 × 10/31 = 322.580… to 10 July, the same to 20 July, then 1500 × 11/31 = 532.258…
    assert quantities(answer, "capacity") == ["322.58", "322.58", "532.26"]
    # 322.58 × 30, 322.58 × 31, 532.26 × 31: 36177.44
    assert amounts(answer, "capacity") == ["9677.40", "9999.98", "16500.06"]
    # 600 × 0.1, 5400 × 0.12: 708.00; the new transformer cuts no energy
    assert amounts(answer, "network_energy") == ["60.00", "648.00"]
    # 1000 × 0.8 + 2000 × 0.5 + 3000 × 0.2 = 2400.00; −0.75 % of 2400.00 + 708.00 + 36177.44 = 39285.44 is −294.6408
    assert amounts(answer, "power_factor") == ["-294.64"]
    # 39285.44 + 6000 × 0.02 − 294.64
    assert str(answer.total) == "39110.80"
    assert codes(answer) == set()


def test_a_new_price_and_a_new_transformer_on_one_day_are_both_billed() -> None:
    answer = bill(increased("2024-07-11"), TARIFFS)
    # 1000 × 10/31 = 322.580… at 30, 1500 × 21/31 = 1016.129… at 31: 41177.43
    assert quantities(answer, "capacity") == ["322.58", "1016.13"]
    assert amounts(answer, "capacity") == ["9677.40", "31500.03"]
    assert amounts(answer, "network_energy") == ["60.00", "648.00"]
    # −0.75 % of 2400.00 + 708.00 + 41177.43 = 44285.43 is −332.140725
    assert amounts(answer, "power_factor") == ["-332.14"]
    # 44285.43 + 120.00 − 332.14
    assert str(answer.total) == "44073.29"
    assert codes(answer) == set()


def test_a_new_price_and_a_new_price_system_ten_days_later_are_both_billed() -> None:
    one_part = [{**NETWORK[0], "price": price, "for": {"billing": "one_part"}} for price in ("0.2", "0.22")]
    two_parts = [
        [{**NETWORK[0], "price": price, "for": {"billing": "two_part"}}, NETWORK[1]] for price in ("0.1", "0.12")
    ]
    tariffs = catalog(
        network=[
            prices("network_price", [one_part[0], *two_parts[0]], until="2024-07-11"),
            prices("network_price", [one_part[1], *two_parts[1]], "2024-07-11"),
        ]
    )
    no_standard = {"S1": {"power_factor_standard": "none", "transformers": [transformer()]}}
    shop = entry("2020-01-01", groups={"main": SHOP}, supply_points=no_standard, basic={"mode": "exempt"})
    data = request(agreement=[shop, entry("2024-07-21", groups={"main": INDUSTRY}, supply_points=no_standard)])
    data["metering_points"][0]["readings"][1:1] = [CUT, reading("2024-07-21", "cut", peak="5", flat="10", valley="15")]
    answer = bill(data, tariffs)
    # in one part 600 × 0.2, then (3000 − 600) × 0.22; in two parts 3000 × 0.12: 1008.00
    assert amounts(answer, "network_energy") == ["120.00", "528.00", "360.00"]
    # 1000 × 11/31 = 354.838…; 354.84 × 30
    assert (quantities(answer, "capacity"), amounts(answer, "capacity")) == (["354.84"], ["10645.20"])
    # purchase 2400.00 + 1008.00 + 10645.20 + levies 6000 × 0.02
    assert str(answer.total) == "14173.20"
    assert codes(answer) == set()
