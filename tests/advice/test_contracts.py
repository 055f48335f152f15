"""The cheapest contract: the same as by trying every whole kilowatt."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from billcalc.advice.contracts import ContractMonth, best_contract, contract_month
from billcalc.advice.editing import with_basic
from billcalc.agreement.models import BasicMode
from billcalc.kernel.decimals import exact_sum
from billcalc.tariff.catalog import Catalog
from tests.advice.cases import BY_CONTRACT, months, tariffs
from tests.billing.cases import NETWORK, Data, basic_rules, bill, catalog, changed, parsed, prices

POINT = "S1"
SMALL: Data = {"agreement.0.supply_points.S1.transformers.0.kva": "200"}


def by_contract(data: list[Data], among: Catalog | None = None) -> list[ContractMonth]:
    """The months, billed by contract."""
    zero = {POINT: Decimal(0)}
    return [
        contract_month(with_basic(parsed(each), BasicMode.CONTRACTED, zero)[0], among or tariffs()) for each in data
    ]


def brute_force(found: list[ContractMonth], most: int) -> Decimal:
    """The least that months cost over every whole contract."""
    return min(exact_sum(month.total({POINT: kw}) for month in found) for kw in range(most + 1))


def test_a_contract_that_the_demand_just_does_not_exceed_is_best() -> None:
    # 500 kW ÷ 1.05 = 476.19: with 477 kW the 500 kW are within 105 %
    assert best_contract(by_contract(months("500")), POINT, {}) == (477, Decimal("22034.40"))
    # energy 2400.00, network 600.00, 477 × 40 = 19080.00, less 0.75 % of these 22080.00: −165.60; and levies 120.00


def test_a_contract_at_exactly_105_per_cent_is_not_exceeded() -> None:
    assert best_contract(by_contract(months("525")), POINT, {})[0] == 500


def test_below_the_floor_every_contract_costs_what_the_floor_does_and_the_highest_of_them_is_told() -> None:
    found = by_contract(months("100"))
    assert best_contract(found, POINT, {})[0] == 400  # 40 % of 1,000 kVA
    assert found[0].total({POINT: 0}) == found[0].total({POINT: 400})


def test_one_contract_of_several_months_lies_between_their_demands() -> None:
    found = by_contract(months("500", "900", "500", **SMALL))
    best, cost = best_contract(found, POINT, {})
    # above 477 two months pay 80 a kW more, and the third 42 less for each kW that it exceeds by less
    assert best == 477
    assert cost == brute_force(found, 1200)


@pytest.mark.parametrize("told", [{"free_band": True}, {"above": "0.10", "factor": "3"}])
def test_other_rules_of_what_exceeds_a_contract_have_their_own_best(told: dict[str, Any]) -> None:
    step = {"above": "0.05", "factor": "2", "free_band": False, **told}
    among = catalog(rules_2024=basic_rules("2024-06-01", "calendar", over_steps=[step]))
    found = by_contract(months("90", "170", "130", **SMALL), among)
    assert best_contract(found, POINT, {})[1] == brute_force(found, 260)


def test_two_steps_of_what_exceeds_a_contract_bend_it_twice() -> None:
    steps = [{"above": "0", "factor": "2", "free_band": True}, {"above": "0.10", "factor": "3", "free_band": False}]
    among = catalog(rules_2024=basic_rules("2024-06-01", "calendar", over_steps=steps, floor_share="0"))
    found = by_contract(months("90", "170", "130", "20", **SMALL), among)
    assert best_contract(found, POINT, {})[1] == brute_force(found, 260)


def test_where_what_two_months_pay_outweighs_roundings_decide_and_each_contract_is_tried() -> None:
    # a step at ×2 without a limit above the contract: one month exceeds it and pays 40 a kW less, one does not and pays
    # 40 more, so that between 100 and 200 kW every contract costs the same but for the roundings
    steps = [{"above": "0", "factor": "2", "free_band": True}]
    among = catalog(rules_2024=basic_rules("2024-06-01", "calendar", over_steps=steps, floor_share="0"))
    found = by_contract(months("80", "160", **SMALL), among)
    best, cost = best_contract(found, POINT, {})
    assert cost == brute_force(found, 200)
    assert found[0].total({POINT: best}) + found[1].total({POINT: best}) == cost


def test_where_demand_is_free_not_every_kilowatt_is_tried() -> None:
    free = [*NETWORK[:2], {**NETWORK[2], "price": "0"}]
    [found] = by_contract(months("9000"), catalog(network=prices("network_price", free)))
    assert best_contract([found], POINT, {})[1] == found.total({POINT: 0})
    assert len(found._known) < 3 * 1000


def test_the_discount_for_intensive_use_is_in_the_money_of_a_contract() -> None:
    # 6,000 kWh over 20 kVA are 300 a kVA: the kW costs 36
    tiny = {"agreement.0.supply_points.S1.transformers.0.kva": "20"}
    found = by_contract(months("21", **tiny))
    assert best_contract(found, POINT, {})[0] == 20
    assert found[0].total({POINT: 21}) - found[0].total({POINT: 20}) == Decimal("35.73")  # 36.00 less 0.75 % of it


def test_the_money_of_a_contract_is_that_of_the_bill_with_it() -> None:
    told = changed(months("500")[0], {"agreement.0.basic": BY_CONTRACT})
    assert by_contract(months("500"))[0].total({POINT: 600}) == bill(told, tariffs()).total


def test_a_demand_that_was_not_read_is_told() -> None:
    data = months("500")[0]
    for reading in data["metering_points"][0]["readings"]:
        del reading["maximum_demand"]
    assert by_contract([data])[0].unread == (POINT,)


@pytest.mark.no_cover
@settings(max_examples=12)
@given(st.lists(st.integers(0, 260), min_size=1, max_size=3), st.sampled_from(["50", "123.4", "200", "20"]))
@example([100, 205], "200")
def test_the_best_contract_costs_what_the_best_of_all_whole_kilowatts_does(demands: list[int], kva: str) -> None:
    data = months(*map(str, demands), **{"agreement.0.supply_points.S1.transformers.0.kva": kva})
    found = by_contract(data)
    best, cost = best_contract(found, POINT, {})
    assert cost == brute_force(found, 280) == exact_sum(month.total({POINT: best}) for month in found)
