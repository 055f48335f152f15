"""The discount for intensive use: 90 % of the demand price from 260 kWh for each kVA of the contract capacity on."""

from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode
from tests.billing.cases import (
    DISCOUNT,
    INDUSTRY,
    Data,
    amounts,
    basic_rules,
    bill,
    catalog,
    changed,
    codes,
    entry,
    line,
    point,
    problems,
    request,
    transformer,
)

ACTUAL = {"mode": "actual"}


def used(kwh: str, **changes: Any) -> Data:
    """July 2024: 500 kW of actual demand on 1,000 kVA, and an energy, all flat."""
    data = request(agreement=[entry("2020-01-01", basic=ACTUAL)], **changes)
    given = {"kwh": {"peak": "0", "flat": kwh, "valley": "0"}}
    return changed(data, {"metering_points.0.given": given})


@pytest.mark.parametrize(("kwh", "price", "amount"), [("260000", "36.00", "18000.00"), ("259999", "40", "20000.00")])
def test_the_discount_begins_at_exactly_260_kwh_for_each_kva(kwh: str, price: str, amount: str) -> None:
    demand = line(bill(used(kwh)), "demand")
    assert (str(demand.price), str(demand.amount)) == (price, amount)


def test_the_energy_is_not_rounded_to_whole_kwh_for_each_kva() -> None:
    # 259,999.9 ÷ 1,000 prints as 260.00 and is below it
    assert amounts(bill(used("259999.9")), "demand") == ["20000.00"]


def test_the_doubled_excess_is_discounted_too() -> None:
    basic = {"mode": "contracted", "contracts": {"regular": "400"}}
    data = changed(used("260000"), {"agreement.0.basic": basic})
    assert amounts(bill(data), "demand") == ["20880.00"]  # 580 × 36


def test_capacity_has_no_discount() -> None:
    data = changed(used("900000"), {"agreement.0.basic": {"mode": "capacity"}})
    assert amounts(bill(data), "capacity") == ["30000.00"]


def test_the_discount_is_of_rules_that_state_one() -> None:
    rules = basic_rules("2024-06-01", "calendar")
    assert amounts(bill(used("900000"), catalog(rules_2024=rules)), "demand") == ["20000.00"]


def test_suspended_capacity_is_contract_capacity() -> None:
    points = {
        "S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2", "1", "suspended")]}
    }
    data = changed(used("260000"), {"agreement.0.supply_points": points})
    assert amounts(bill(data), "demand") == ["20000.00"]
    assert amounts(bill(changed(data, {"metering_points.0.given.kwh.flat": "260260"})), "demand") == ["18000.00"]


def test_energy_and_capacity_are_those_of_all_supply_points() -> None:
    points = {name: {"power_factor_standard": "0.90", "transformers": [transformer()]} for name in ("S1", "S2")}
    groups = {"main": INDUSTRY, "other": INDUSTRY}
    data = used("260000", metering_points=[point(), point(id="M2", group="other", supply_point="S2")])
    data = changed(data, {"agreement.0.supply_points": points, "agreement.0.groups": groups})
    # 266,000 kWh on 2,000 kVA, though 260,000 of them on the 1,000 of S1
    assert amounts(bill(data), "demand") == ["20000.00", "20000.00"]


def test_the_energy_of_a_cut_month_is_compared_with_the_whole_capacity() -> None:
    data = changed(used("260000"), {"period.from": "2024-07-12", "metering_points.0.readings.0.at": "2024-07-12"})
    assert amounts(bill(data), "demand") == ["11612.90"]  # 500 × 36 × 20 ÷ 31


def changing(kwh: str) -> Data:
    """1,000 kVA until 15 July, then 2,000: 47,000 kVA·days in 31 days, so the threshold is 394,193.5… kWh."""
    points = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2")]}}
    data = used(kwh)
    data["agreement"].append(entry("2024-07-16", basic=ACTUAL, supply_points=points))
    return data


@pytest.mark.parametrize(("kwh", "amount"), [("394193", "20000.00"), ("394194", "18000.00")])
def test_a_capacity_that_changed_counts_by_its_days(kwh: str, amount: str) -> None:
    assert amounts(bill(changing(kwh)), "demand") == [amount]


def test_a_capacity_that_changed_is_a_doubt_with_both_outcomes() -> None:
    [problem] = problems(bill(changing("394193")), ProblemCode.DISCOUNT_CAPACITY_CHANGED)
    assert problem.where == "/agreement/0/supply_points/S1/transformers"
    # 10 % of 20,000, of which the power factor of 1.00 had given back 0.75 %
    told = [(each.value, str(each.difference)) for each in problem.alternatives]
    assert told == [("discount", "-1985.00"), ("no discount", "0.00")]
    granted = problems(bill(changing("394194")), ProblemCode.DISCOUNT_CAPACITY_CHANGED)[0]
    assert [str(each.difference) for each in granted.alternatives] == ["0.00", "1985.00"]


def test_an_unknown_capacity_leaves_the_discount_untested_with_a_doubt() -> None:
    data = changed(used("900000"), {"agreement.0.supply_points": {"S1": {"power_factor_standard": "0.90"}}})
    answer = bill(data)
    assert amounts(answer, "demand") == ["20000.00"]
    [problem] = problems(answer, ProblemCode.DISCOUNT_NOT_TESTED)
    assert problem.facts == {"supply_point": "S1", "missing": "capacity_of", "of": "S1"}
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("discount", "-1985.00")]


def test_an_unknown_energy_leaves_the_discount_untested_with_a_doubt() -> None:
    data = request(
        agreement=[entry("2020-01-01", basic=ACTUAL)],
        metering_points=[],
        facts={"S1": {"demand_kw": "500", "cosphi": "0.90"}},
    )
    answer = bill(data)
    assert amounts(answer) == ["20000.00", "0.00"]
    [problem] = problems(answer, ProblemCode.DISCOUNT_NOT_TESTED)
    assert problem.facts["missing"] == "energy_of_all"


def test_a_capacity_that_did_not_change_is_no_doubt() -> None:
    assert codes(bill(used("260000"))) == {"given_fact"}
    assert DISCOUNT["factor"] == "0.90"
