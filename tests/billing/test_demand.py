"""The basic charge by demand: contracted with its floor and excess, and actual; which demand bills which days."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    INDUSTRY,
    NETWORK,
    Data,
    amounts,
    basic_rules,
    bill,
    catalog,
    changed,
    codes,
    entry,
    fault,
    faults,
    line,
    lines,
    number,
    point,
    prices,
    problems,
    quantities,
    reading,
    refusal,
    request,
    transformer,
)

ACTUAL = {"mode": "actual"}


def contract(kw: str) -> Data:
    return {"mode": "contracted", "contracts": {"regular": kw}}


def demands(*shown: tuple[str, str, str]) -> Data:
    """Metering point M1 with the demand that its meter showed at some readings."""
    readings = [reading(at, kind, **({"maximum_demand": kw} if kw else {})) for at, kind, kw in shown]
    zeros, more = dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), "0"), {
        "peak": "10", "flat": "20", "valley": "30", "reactive_forward": "12"
    }  # fmt: skip
    readings[0].update(zeros)
    readings[-1].update(more)
    return point(readings=readings)


def month(*entries: Data, kw: str = "5", **changes: Any) -> Data:
    """July 2024 with a maximum demand of 100 times what the meter shows."""
    data = request(agreement=list(entries), **changes)
    return (
        changed(data, {"metering_points.0.readings.1.maximum_demand": kw}) if "metering_points" not in changes else data
    )


def contracted(contract_kw: str, shown: str, kva: str = "1000") -> Data:
    points = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(kva=kva)]}}
    return month(entry("2020-01-01", basic=contract(contract_kw), supply_points=points), kw=shown)


@pytest.mark.parametrize(
    ("shown", "billed", "amount"),
    [
        ("3", "500", "20000.00"),  # below the contract: the contract
        ("5.25", "500", "20000.00"),  # 525 kW is 105 % exactly
        ("5.2501", "525.02", "21000.80"),  # 1.05 × 500 + 2 × 0.01
        ("6", "675", "27000.00"),  # 525 + 2 × 75
    ],
)
def test_contracted_demand_is_free_up_to_105_percent_and_double_above(shown: str, billed: str, amount: str) -> None:
    demand = line(bill(contracted("500", shown)), "demand")
    assert (demand.quantity, str(demand.amount), demand.unit) == (number(billed), amount, "kW")


def test_a_contract_below_40_percent_of_the_running_capacity_is_billed_at_it() -> None:
    assert quantities(bill(contracted("300", "3.5")), "demand") == ["400.00"]
    assert quantities(bill(contracted("400", "3.5")), "demand") == ["400"]
    # the excess is of the floor too: 420 + 2 × 80
    assert quantities(bill(contracted("300", "5")), "demand") == ["580.0000"]


def test_a_contract_below_its_floor_is_told() -> None:
    answer = bill(contracted("300", "3.5"))
    [problem] = problems(answer, ProblemCode.CONTRACT_BELOW_FLOOR)
    assert (problem.severity, problem.where) == (Severity.NOTE, "/agreement/0/basic/contracts/regular")
    assert problem.facts == {
        "supply_point": "S1", "rule": "cn-test/basic_charge_rules/2024-06-01", "contract": "300", "limit": "400",
    }  # fmt: skip
    assert codes(bill(contracted("400", "3.5"))) == set()


def test_the_floor_is_of_the_capacity_that_runs() -> None:
    points = {
        "S1": {
            "power_factor_standard": "0.90",
            "transformers": [transformer(), transformer("T2", "1000", "suspended")],
        }
    }
    data = month(entry("2020-01-01", basic=contract("300"), supply_points=points), kw="3")
    assert quantities(bill(data), "demand") == ["400.00"]
    asleep = changed(data, {"agreement.0.supply_points.S1.transformers.0.state": "suspended"})
    assert quantities(bill(asleep), "demand") == ["300"]


def test_an_excess_is_a_doubt_with_the_money_of_the_other_reading() -> None:
    answer = bill(contracted("500", "6"))
    [problem] = problems(answer, ProblemCode.EXCESS_DEMAND)
    assert problem.where == "/facts/S1/demand_kw"
    assert (problem.facts["metered"], problem.facts["limit"]) == ("600", "525")
    assert problem.facts["rule"] == "cn-test/basic_charge_rules/2024-06-01"
    # 25 kW less at 40, and −0.75 % of them: −1000 + 7.50
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("the other band", "-992.50")]
    assert codes(bill(contracted("500", "5.25"))) == set()


def test_rules_without_an_excess_bill_the_contract() -> None:
    rules = basic_rules("2024-06-01", "calendar", over_steps=[])
    answer = bill(contracted("500", "9"), catalog(rules_2024=rules))
    assert quantities(answer, "demand") == ["500"]


def test_actual_demand_has_no_floor() -> None:
    answer = bill(month(entry("2020-01-01", basic=ACTUAL), kw="0.5"))
    assert (quantities(answer, "demand"), amounts(answer, "demand")) == (["50.0"], ["2000.00"])


def test_actual_demand_needs_no_transformer_where_no_discount_asks_for_one() -> None:
    data = month(entry("2020-01-01", basic=ACTUAL, supply_points={"S1": {"power_factor_standard": "0.90"}}))
    answer = bill(data, catalog(rules_2024=None))
    assert amounts(answer, "demand") == ["20000.00"]
    assert codes(answer) == set()


def test_contracted_demand_without_transformers_has_no_floor_to_compare_with() -> None:
    data = month(entry("2020-01-01", basic=contract("500"), supply_points={"S1": {"power_factor_standard": "0.90"}}))
    found = fault(data)
    assert (found.code, found.where) == (FaultCode.CAPACITY_MISSING, "/agreement/0/supply_points/S1")
    assert found.facts["mode"] == "contracted"


# Which demand bills which days


def test_a_cut_month_bills_its_share_of_the_demand() -> None:
    data = month(entry("2020-01-01", basic=contract("500")), kw="5")
    cut = changed(data, {"period.from": "2024-07-12", "metering_points.0.readings.0.at": "2024-07-12"})
    demand = line(bill(cut), "demand")
    # 500 × 20/31 = 322.580645…, and 500 × 40 × 20 ÷ 31
    assert (str(demand.quantity), str(demand.amount)) == ("322.580645", "12903.23")


def test_a_demand_that_was_read_at_the_cut_bills_each_segment_by_its_own() -> None:
    readings = demands(("2024-07-01", "opening", "0"), ("2024-07-16", "cut", "4"), ("2024-08-01", "closing", "7"))
    entries = [entry("2020-01-01", basic=contract("500")), entry("2024-07-16", basic=contract("600"))]
    answer = bill(month(*entries, metering_points=[readings]))
    # 500 × 15/31; 630 + 2 × 70 = 770, × 16/31: 241.935…, 397.419…
    assert quantities(answer, "demand") == ["241.935484", "397.419355"]
    assert amounts(answer, "demand") == ["9677.42", "15896.77"]
    [problem] = problems(answer, ProblemCode.EXCESS_DEMAND)
    assert problem.facts["span"] == "2024-07-16/2024-08-01"


def test_a_demand_that_was_not_read_at_the_cut_is_no_penalty_in_either_segment() -> None:
    readings = demands(("2024-07-01", "opening", "0"), ("2024-08-01", "closing", "9"))
    entries = [entry("2020-01-01", basic=contract("500")), entry("2024-07-16", basic=contract("600"))]
    answer = bill(month(*entries, metering_points=[readings]))
    assert quantities(answer, "demand") == ["241.935484", "309.677419"]  # 500 × 15/31, 600 × 16/31
    found = problems(answer, ProblemCode.DEMAND_NOT_READ)
    assert [(each.where, each.facts["span"]) for each in found] == [
        ("/facts/S1/demand_kw", "2024-07-01/2024-07-16"),
        ("/facts/S1/demand_kw", "2024-07-16/2024-08-01"),
    ]


def test_actual_demand_is_not_cut_by_what_it_does_not_depend_on() -> None:
    more = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2")]}}
    entries = [entry("2020-01-01", basic=ACTUAL), entry("2024-07-16", basic=ACTUAL, supply_points=more)]
    assert quantities(bill(month(*entries)), "demand") == ["500"]


def test_a_new_price_splits_the_demand_by_days_and_needs_no_reading() -> None:
    dearer = [{**each, "price": "50"} if each["code"] == "demand" else each for each in NETWORK]
    tariffs = catalog(network=[prices("network_price", NETWORK), prices("network_price", dearer, "2024-07-16")])
    answer = bill(month(entry("2020-01-01", basic=contract("400")), kw="5"), tariffs)
    # 420 + 2 × 80 = 580 in both: 580 × 40 × 15 ÷ 31 and 580 × 50 × 16 ÷ 31
    assert amounts(answer, "demand") == ["11225.81", "14967.74"]
    assert quantities(answer, "demand") == ["280.645161", "299.354839"]
    actual = bill(month(entry("2020-01-01", basic=ACTUAL)), tariffs)
    assert amounts(actual, "demand") == ["9677.42", "12903.23"]


def test_a_reading_at_a_new_price_bills_each_price_by_its_own_demand() -> None:
    dearer = [{**each, "price": "50"} if each["code"] == "demand" else each for each in NETWORK]
    tariffs = catalog(network=[prices("network_price", NETWORK), prices("network_price", dearer, "2024-07-16")])
    readings = demands(("2024-07-01", "opening", "0"), ("2024-07-16", "cut", "4"), ("2024-08-01", "closing", "7"))
    answer = bill(month(entry("2020-01-01", basic=ACTUAL), metering_points=[readings]), tariffs)
    assert quantities(answer, "demand") == ["193.548387", "361.290323"]  # 400 × 15/31, 700 × 16/31


def test_the_larger_demand_of_exchanged_meters_counts_each_with_its_multiplier() -> None:
    readings = demands(
        ("2024-07-01", "opening", "0"),
        ("2024-07-11", "removal", "6"),
        ("2024-07-11", "installation", ""),
        ("2024-08-01", "closing", "2.5"),
    )
    for index, registers in ((1, {"peak": "3", "flat": "6", "valley": "9", "reactive_forward": "4"}), (2, {})):
        zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), "0")
        readings["readings"][index].update(registers or zeros)
    readings["config"].append({"from": "2024-07-11", "meter": "B", "multiplier": "300", "digits": "4"})
    answer = bill(month(entry("2020-01-01", basic=ACTUAL), metering_points=[readings]))
    assert quantities(answer, "demand") == ["750.0"]  # 6 × 100 against 2.5 × 300


def test_an_exchanged_meter_that_was_not_read_leaves_the_demand_unknown() -> None:
    readings = demands(
        ("2024-07-01", "opening", "0"), ("2024-07-11", "removal", ""), ("2024-07-11", "installation", ""),
        ("2024-08-01", "closing", "2.5"),
    )  # fmt: skip
    readings["config"].append({"from": "2024-07-11", "meter": "B", "multiplier": "100", "digits": "4"})
    readings["readings"][1].update({"peak": "3", "flat": "6", "valley": "9", "reactive_forward": "4"})
    readings["readings"][2].update(dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), "0"))
    refused = refusal(month(entry("2020-01-01", basic=ACTUAL), metering_points=[readings]))
    assert (refused.code, refused.where) == (RefusalCode.DEMAND_MISSING, "/facts/S1/demand_kw")
    answer = bill(month(entry("2020-01-01", basic=contract("500")), metering_points=[readings]))
    assert quantities(answer, "demand") == ["500"]
    assert len(problems(answer, ProblemCode.DEMAND_NOT_READ)) == 1


def test_two_demands_that_were_read_within_a_segment_count_by_the_larger() -> None:
    readings = demands(("2024-07-01", "opening", "0"), ("2024-07-16", "cut", "6"), ("2024-08-01", "closing", "4"))
    assert quantities(bill(month(entry("2020-01-01", basic=ACTUAL), metering_points=[readings])), "demand") == ["600"]


def test_the_demands_of_two_meters_are_added_but_not_one_inside_the_other() -> None:
    other = point(id="M2")
    data = month(entry("2020-01-01", basic=ACTUAL), metering_points=[point(), other])
    assert quantities(bill(data), "demand") == ["1000"]
    inside = point(children=[{"id": "C", "kind": "meter", "group": "main", "point": "M2"}])
    small = changed(other, {"readings.1.peak": "1", "readings.1.flat": "1", "readings.1.valley": "1"})
    assert quantities(bill(month(entry("2020-01-01", basic=ACTUAL), metering_points=[inside, small])), "demand") == [
        "500"
    ]


def test_a_meter_without_a_demand_register_says_so_or_leaves_the_demand_unknown() -> None:
    other = point(id="M2")
    for each in other["readings"]:
        del each["maximum_demand"]
    data = month(entry("2020-01-01", basic=ACTUAL), metering_points=[point(), other])
    assert refusal(data).code is RefusalCode.DEMAND_MISSING
    assert quantities(bill(changed(data, {"metering_points.1.not_installed": ["maximum_demand"]})), "demand") == ["500"]
    neither = changed(
        data,
        {"metering_points.1.not_installed": ["maximum_demand"], "metering_points.0.not_installed": ["maximum_demand"]},
    )
    assert refusal(neither).code is RefusalCode.DEMAND_MISSING


def test_the_meter_of_a_group_that_does_not_pay_the_charge_does_not_count() -> None:
    groups = {"main": INDUSTRY, "shop": {**INDUSTRY, "billing": "one_part"}}
    data = month(
        entry("2020-01-01", basic=ACTUAL, groups=groups), metering_points=[point(), point(id="M2", group="shop")]
    )
    assert quantities(bill(data), "demand") == ["500"]
    shared = point(group="shop", children=[{"id": "C", "kind": "ratio", "group": "main", "value": "0.5"}])
    assert quantities(
        bill(month(entry("2020-01-01", basic=ACTUAL, groups=groups), metering_points=[shared])), "demand"
    ) == ["500"]


@pytest.mark.parametrize("place", ["facts.S1.demand_kw", "metering_points.0.given.demand_kw"])
def test_a_given_demand_is_that_of_the_cycle(place: str) -> None:
    answer = bill(changed(month(entry("2020-01-01", basic=ACTUAL)), {place: "640"}))
    assert quantities(answer, "demand") == ["640"]
    [problem] = problems(answer, ProblemCode.GIVEN_FACT)
    assert (problem.where, problem.facts) == (f"/{place.replace('.', '/')}", {"fact": "demand_kw"})
    entries = [entry("2020-01-01", basic=contract("500")), entry("2024-07-16", basic=contract("600"))]
    two_terms = bill(changed(month(*entries), {place: "900"}))
    assert quantities(two_terms, "demand") == ["241.935484", "309.677419"]
    assert len(problems(two_terms, ProblemCode.DEMAND_NOT_READ)) == 2


def test_a_demand_between_other_terms_is_its_own() -> None:
    readings = demands(
        ("2024-07-01", "opening", "0"), ("2024-07-11", "cut", "4"), ("2024-07-21", "cut", "5"),
        ("2024-08-01", "closing", "6"),
    )  # fmt: skip
    entries = [
        entry("2020-01-01", basic=ACTUAL),
        entry("2024-07-11", basic={"mode": "capacity"}),
        entry("2024-07-21", basic=ACTUAL),
    ]
    answer = bill(month(*entries, metering_points=[readings]))
    assert quantities(answer, "demand") == ["129.032258", "212.903226"]  # 400 × 10/31, 600 × 11/31
    assert quantities(answer, "capacity") == ["322.58"]


def test_a_meter_that_was_put_in_later_is_read_for_its_days() -> None:
    later = point(id="M2")
    later["config"][0]["from"] = "2024-07-16"
    later["readings"][0].update(at="2024-07-16", kind="installation")
    later["readings"][1]["maximum_demand"] = "2"
    readings = demands(("2024-07-01", "opening", "0"), ("2024-07-16", "cut", "4"), ("2024-08-01", "closing", "7"))
    entries = [entry("2020-01-01", basic=contract("500")), entry("2024-07-16", basic=contract("600"))]
    answer = bill(month(*entries, metering_points=[readings, later]))
    # 400 kW before: the contract of 500. Then 700 + 200: 630 + 2 × 270 = 1170, × 16/31
    assert quantities(answer, "demand") == ["241.935484", "603.870968"]


def test_a_month_without_any_billed_day_has_no_demand_charge() -> None:
    data = changed(
        month(entry("2020-01-01", basic=ACTUAL)), {"period.from": "2024-07-31", "conventions.basic.first_day": "free"}
    )
    data = changed(data, {"metering_points.0.readings.0.at": "2024-07-31"})
    assert lines(bill(data), "demand") == []


# Contracts


def test_a_contract_that_is_missing_or_of_no_supply_point_is_found() -> None:
    missing = fault(month(entry("2020-01-01", basic={"mode": "contracted"})))
    assert (missing.code, missing.where) == (FaultCode.CONTRACT_MISSING, "/agreement/0/basic/contracts")
    assert missing.facts == {"supply_point": "S1"}
    [unknown] = faults(month(entry("2020-01-01", basic={"mode": "contracted", "contracts": {"night": "5"}})))
    assert (unknown.code, unknown.where) == (FaultCode.UNKNOWN_REFERENCE, "/agreement/0/basic/contracts/night")
    assert unknown.facts == {"kind": "contract", "id": "night", "known": "S1, regular"}


def two_supply_points(**basic: Any) -> Data:
    points = {name: {"power_factor_standard": "0.90", "transformers": [transformer()]} for name in ("S1", "S2")}
    groups = {"main": INDUSTRY, "other": INDUSTRY}
    meters = [point(), point(id="M2", group="other", supply_point="S2")]
    return request(
        agreement=[entry("2020-01-01", groups=groups, supply_points=points, basic=basic)], metering_points=meters
    )


def test_one_contract_is_not_billed_at_two_supply_points() -> None:
    found = fault(two_supply_points(mode="contracted", contracts={"regular": "500"}))
    assert (found.code, found.facts) == (FaultCode.CONTRACT_MISSING, {"supply_point": "S1"})
    data = two_supply_points(mode="contracted", contracts={"S1": "500", "S2": "700"})
    assert quantities(bill(data), "demand") == ["500", "700"]


def test_the_contract_of_another_supply_point_cuts_nothing() -> None:
    data = two_supply_points(mode="contracted", contracts={"S1": "500", "S2": "700"})
    later = changed(data["agreement"][0], {"from": "2024-07-16", "basic.contracts.S2": "800"})
    data["agreement"].append(later)
    demand = lines(bill(data), "demand")
    assert [(each.group, str(each.span)) for each in demand] == [
        ("main", "2024-07-01/2024-08-01"),
        ("other", "2024-07-01/2024-07-16"),
        ("other", "2024-07-16/2024-08-01"),
    ]


def test_rules_that_change_within_a_demand_are_refused() -> None:
    data = request("2024-05-24", "2024-06-24", agreement=[entry("2020-01-01", basic=ACTUAL)])
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/cycle")
    assert "2024-06-01" in str(refused)
    same = catalog(rules_2024=basic_rules("2024-06-01", "calendar"))
    assert quantities(bill(data, same), "demand") == ["500"]
