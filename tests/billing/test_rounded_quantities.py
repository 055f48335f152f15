"""What is rounded before it is priced or added: demand to a step, capacity of a part month, the adjustment by groups."""

from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    CONVENTIONS,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    conventions,
    entry,
    line,
    point,
    problems,
    quantities,
    reading,
    request,
    transformer,
)
from tests.billing.test_demand import ACTUAL, contracted, month


def told(**basic: str) -> Any:
    return catalog(conventions=conventions(told={**CONVENTIONS, "basic": {**CONVENTIONS["basic"], **basic}}))


WHOLE = {"demand_round": "1"}
KEPT = {"demand_round": "0.01"}


def actual(shown: str) -> Data:
    return month(entry("2020-01-01", basic=ACTUAL), kw=shown)


@pytest.mark.parametrize(
    ("shown", "billed", "amount"),
    # registers × 100 that two bills of Anhui print as 83.4 and 67.8 kW, at 40 a kW; and one at a half
    [("0.834", "83", "3320.00"), ("0.678", "68", "2720.00"), ("0.835", "84", "3360.00")],
)
def test_a_demand_may_be_rounded_to_whole_kilowatts_before_it_is_priced(shown: str, billed: str, amount: str) -> None:
    demand = line(bill(actual(shown), told(**WHOLE)), "demand")
    assert (str(demand.quantity), str(demand.amount)) == (billed, amount)


def test_a_demand_is_kept_as_it_is_where_the_step_is_below_its_digits() -> None:
    assert amounts(bill(actual("0.8341"), told(**KEPT)), "demand") == ["3336.40"]  # 83.41 kW


def test_a_demand_is_rounded_before_it_is_held_against_the_contract() -> None:
    assert quantities(bill(contracted("500", "5.2549"), told(**WHOLE)), "demand") == ["500"]  # 525 is 105 % exactly
    assert quantities(bill(contracted("500", "5.255"), told(**WHOLE)), "demand") == ["527.00"]  # 525 + 2 × 1


def test_a_given_demand_is_rounded_as_a_read_one() -> None:
    given = changed(actual("0.834"), {"facts.S1.demand_kw": "83.45"})
    answer = bill(given, told(**WHOLE))
    assert quantities(answer, "demand") == ["83"]
    assert not problems(answer, ProblemCode.DEMAND_DIFFERS)  # 83.4 is 83 too


def test_the_demand_of_each_meter_is_rounded_before_they_are_added() -> None:
    other = point(id="M2", readings=[reading("2024-07-01", "opening", peak="0", flat="0", valley="0", reactive_forward="0",
                  maximum_demand="0"), reading("2024-08-01", "closing", peak="0", flat="0", valley="0",
                  reactive_forward="0", maximum_demand="0.674")])  # fmt: skip
    data = actual("0.834")
    data["metering_points"].append(other)
    assert quantities(bill(data, told(**WHOLE)), "demand") == ["150"]  # 83 + 67; of 150.8 it would be 151


def test_where_nobody_tells_a_demand_is_not_rounded_and_the_doubt_has_the_money() -> None:
    answer = bill(actual("0.834"))
    assert quantities(answer, "demand") == ["83.400"]
    [doubt] = problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
    assert (doubt.facts["key"], doubt.severity) == ("basic.demand_round", Severity.DOUBT)
    # 0.4 kW less at 40, and −0.75 % of it
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [("1", "-15.88")]
    assert not problems(bill(actual("0.83")), ProblemCode.CONVENTION_UNDOCUMENTED)


def test_the_capacity_of_a_part_month_may_be_rounded_to_whole_kilovoltamperes() -> None:
    """8,050 kVA for 12 of 31 days and then by demand: 3,116 (3,116.129), and for the other 19 days 4,934 (4,933.871)."""
    supply = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(kva="8050")]}}
    for end, kva in (("2024-07-13", "3116"), ("2024-07-20", "4934")):
        data = request(agreement=[entry("2020-01-01", supply_points=supply)])
        data = changed(data, {"period.to": end, "metering_points.0.readings.1.at": end})
        answer = bill(data, told(kva_round="1", days="calendar"))
        assert quantities(answer, "capacity") == [kva]


# The adjustment for each group


def two_groups(**told_of_base: Any) -> Data:
    """Two shops behind one meter, each with half of its energy at 0.033534: 100.60."""
    shops = {"main": SHOP, "other": {**SHOP, "subclass": "other"}}
    child = {"id": "R", "kind": "ratio", "group": "other", "value": "0.5"}
    sheet = {"title": "contract", "components": [{"code": "one", "section": "energy", "price": "0.033534"}]}
    agreement = [entry("2020-01-01", groups=shops, basic={"mode": "exempt"})]
    data = request(agreement=agreement, price_sheet=sheet, metering_points=[point(children=[child])])
    return changed(data, {"conventions.power_factor": told_of_base} if told_of_base else {})


def test_the_adjustment_may_be_rounded_for_each_group_of_one_power_factor() -> None:
    # −0.75 % of 201.20 is −1.509; of 100.60 it is −0.7545, twice
    assert amounts(bill(two_groups(round="once")), "power_factor") == ["-1.51"]
    by_group = line(bill(two_groups(round="group")), "power_factor")
    assert (str(by_group.quantity), str(by_group.amount)) == ("201.20", "-1.50")


def test_with_several_groups_the_doubt_tells_the_money_of_rounding_for_each() -> None:
    base = {key: value for key, value in CONVENTIONS["power_factor"].items() if key != "round"}
    made = catalog(conventions=conventions(told={**CONVENTIONS, "power_factor": base}))
    [doubt] = problems(bill(two_groups(), made), ProblemCode.CONVENTION_UNDOCUMENTED)
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [("line", "0.01"), ("group", "0.01")]
