"""A basic charge that several groups of a supply point share."""

from typing import Any

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.decimals import exact_sum
from tests.billing.cases import (
    INDUSTRY,
    NETWORK,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    entry,
    fault,
    line,
    lines,
    point,
    prices,
    problems,
    quantities,
    refusal,
    request,
    transformer,
)


def shared(basic: Data, **groups: Data) -> Data:
    """Groups with a meter each at supply point S1."""
    groups = groups or {"main": INDUSTRY, "other": INDUSTRY}
    meters = [
        {**point(id=f"M{number}", group=name), "not_installed": ["maximum_demand"]}
        for number, name in enumerate(groups)
    ]
    return request(agreement=[entry("2020-01-01", groups=groups, basic=basic)], metering_points=meters)


def shares(**weights: str) -> Data:
    return {"mode": "capacity", "demand_shares": weights}


def test_demand_is_shared_to_six_decimals_and_the_parts_sum_to_it_exactly() -> None:
    basic = {"mode": "actual", "demand_shares": {"main": "7255282", "other": "455"}}
    answer = bill(changed(shared(basic), {"facts.S1.demand_kw": "30844"}))
    # 30844 × 455 ÷ 7255737 = 1.934196…
    assert quantities(answer, "demand") == ["30842.065804", "1.934196"]
    assert exact_sum(each.quantity for each in lines(answer, "demand") if each.quantity is not None) == 30844
    assert amounts(answer, "demand") == ["1233682.63", "77.37"]


def test_capacity_is_shared_too_and_shown_for_each_group() -> None:
    answer = bill(shared(shares(main="2", other="1")))
    assert quantities(answer, "capacity") == ["666.666667", "333.333333"]
    assert amounts(answer, "capacity") == ["20000.00", "10000.00"]


def test_each_group_is_shown_its_part_of_a_cut_month() -> None:
    basic = {"mode": "actual", "demand_shares": {"main": "3", "other": "1"}}
    data = changed(shared(basic), {"facts.S1.demand_kw": "500", "period.from": "2024-07-12"})
    for number in "01":
        data = changed(data, {f"metering_points.{number}.readings.0.at": "2024-07-12"})
    # 375 and 125 kW for 20 of 31 days
    assert quantities(bill(data), "demand") == ["241.935484", "80.645161"]
    assert amounts(bill(data), "demand") == ["9677.42", "3225.81"]


def test_a_group_that_pays_alone_needs_no_share() -> None:
    answer = bill(shared({"mode": "capacity"}, main=INDUSTRY, shop=SHOP))
    assert [(each.group, str(each.quantity)) for each in lines(answer, "capacity")] == [("main", "1000")]


def test_a_share_that_is_missing_is_found() -> None:
    found = fault(shared(shares(main="1")))
    assert (found.code, found.where) == (FaultCode.MISSING_KEY, "/agreement/0/basic/demand_shares")
    assert found.facts == {"key": "other"}


def test_shares_that_are_all_zero_are_a_fault() -> None:
    found = fault(shared(shares(main="0", other="0")))
    assert (found.code, found.where) == (FaultCode.OUT_OF_RANGE, "/agreement/0/basic/demand_shares/main")


def test_groups_that_pay_different_prices_cannot_share_a_charge() -> None:
    dear = {**NETWORK[1], "price": "35", "for": {"billing": "two_part", "voltage": "35kV"}}
    cheap = {**NETWORK[1], "for": {"billing": "two_part", "voltage": "10kV"}}
    tariffs = catalog(network=prices("network_price", [NETWORK[0], dear, cheap, NETWORK[2]]))
    refused = refusal(
        shared(shares(main="1", other="1"), main=INDUSTRY, other={**INDUSTRY, "voltage": "35kV"}), tariffs
    )
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/agreement/0/basic")


def test_each_part_is_in_the_base_as_its_group_says() -> None:
    outside = {**INDUSTRY, "power_factor": {"money_in_base": False}}
    answer = bill(shared(shares(main="1", other="1"), main=INDUSTRY, other=outside))
    # main: 2400 energy + 600 network + 15000 capacity; cosφ = 12000 ÷ √(12000² + 2400²) = 0.98
    assert str(line(answer, "power_factor").quantity) == "18000.00"
    assert amounts(answer, "power_factor") == ["-135.00"]


def test_each_part_belongs_to_the_scope_of_its_group() -> None:
    data = changed(shared(shares(main="2", other="1")), {"conventions.power_factor.scope": "group"})
    answer = bill(data)
    assert [(each.group, str(each.quantity)) for each in lines(answer, "power_factor")] == [
        ("main", "23000.00"),
        ("other", "13000.00"),
    ]


def given(group: str) -> Data:
    return {"code": "agreed", "section": "network_capacity", "group": group, "amount": "9.00", "supplies": ["capacity"]}


def test_given_lines_stand_for_the_charge_of_their_own_groups_only() -> None:
    both = bill({**shared(shares(main="2", other="1")), "given": [given("main"), given("other")]})
    assert lines(both, "capacity") == []
    refused = refusal({**shared(shares(main="2", other="1")), "given": [given("other")]})
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/given")
    elsewhere = bill({**shared({"mode": "capacity"}, main=INDUSTRY, shop=SHOP), "given": [given("shop")]})
    assert quantities(elsewhere, "capacity") == ["1000"]


def test_a_new_share_cuts_the_charge() -> None:
    data = shared(shares(main="1", other="1"))
    data["agreement"].append(changed(data["agreement"][0], {"from": "2024-07-16", "basic.demand_shares.main": "3"}))
    answer = bill(data)
    # half of 483.87, then three quarters of 516.13
    assert quantities(answer, "capacity") == ["241.935000", "241.935000", "387.097500", "129.032500"]


def test_the_groups_are_those_of_the_supply_point() -> None:
    points: Any = {
        name: {"power_factor_standard": "0.90", "transformers": [transformer(kva=kva)]}
        for name, kva in (("S1", "1000"), ("S2", "50"))
    }
    groups = {"main": INDUSTRY, "other": INDUSTRY, "shop": SHOP}
    meters = [
        point(),
        point(id="M2", group="other", supply_point="S2"),
        point(id="M3", group="shop", supply_point="S2"),
    ]
    data = request(agreement=[entry("2020-01-01", groups=groups, supply_points=points)], metering_points=meters)
    assert [(each.group, str(each.amount)) for each in lines(bill(data), "capacity")] == [
        ("main", "30000.00"),
        ("other", "1500.00"),
    ]
    shop_only = changed(
        data, {"metering_points.1.supply_point": "S1", "agreement.0.basic.demand_shares": {"main": "1", "other": "1"}}
    )
    assert [each.group for each in lines(bill(shop_only), "capacity")] == ["main", "other"]


def test_a_transformer_is_that_of_its_supply_point_whatever_another_one_calls_its_own() -> None:
    """Each place that names a transformer names its supply point, too: T1 of S1 and T1 of S2 are two."""
    points: Any = {
        name: {"power_factor_standard": "0.90", "transformers": [transformer(kva=kva)]}
        for name, kva in (("S1", "1000"), ("S2", "50"))
    }
    groups = {"main": INDUSTRY, "other": INDUSTRY}
    data = request(
        agreement=[entry("2020-01-01", groups=groups, supply_points=points)],
        metering_points=[point(), point(id="M2", group="other", supply_point="S2")],
    )
    assert amounts(bill(data), "capacity") == ["30000.00", "1500.00"]
    order = {"kind": "suspension", "supply_point": "S2", "transformers": ["T1"], "sealed": "2024-07-01"}
    resting = changed(
        data["agreement"][0], {"supply_points.S2.transformers.0.state": "suspended", "from": "2024-07-01"}
    )
    data["agreement"].append(resting)
    assert amounts(bill({**data, "changes": [order]}), "capacity") == ["30000.00"]


def test_a_supply_point_nobody_meters_has_nobody_to_pay_its_charge() -> None:
    points: Any = {name: {"power_factor_standard": "0.90", "transformers": [transformer()]} for name in ("S1", "S2")}
    refused = refusal(request(agreement=[entry("2020-01-01", supply_points=points)]))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/metering_points")
    assert "S2" in str(refused)


def test_without_meters_every_two_part_group_pays() -> None:
    groups = {"main": INDUSTRY, "shop": SHOP}
    data = request(agreement=[entry("2020-01-01", groups=groups)], metering_points=[], facts={"S1": {"cosphi": "0.95"}})
    answer = bill(data)
    assert [(each.group, str(each.amount)) for each in answer.lines] == [("main", "30000.00"), ("S1", "-225.00")]


def test_a_share_of_nothing_is_a_doubt() -> None:
    answer = bill(shared(shares(main="0", other="600")))
    assert amounts(answer, "capacity") == ["0.00", "30000.00"]
    [doubt] = problems(answer, ProblemCode.DEMAND_SHARE_OF_NOTHING)
    assert (doubt.where, doubt.facts) == (
        "/agreement/0/basic/demand_shares/main", {"group": "main", "supply_point": "S1"}
    )  # fmt: skip
    assert problems(bill(shared(shares(main="1", other="600"))), ProblemCode.DEMAND_SHARE_OF_NOTHING) == []
