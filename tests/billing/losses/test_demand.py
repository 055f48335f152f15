"""Demand with its losses (变损需量、线损需量): 500 kW raised by the share that the loss is of the energy."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.decimals import decimal_text
from tests.billing.cases import (
    AREA,
    CONVENTIONS,
    Data,
    bill,
    catalog,
    changed,
    conventions,
    document,
    entry,
    fault,
    line,
    point,
    problems,
)
from tests.billing.losses.lost import FORMULA, LINE, low, supply_point
from tests.billing.losses.test_shared import second
from tests.bulk.comparing import Tally, compare

UNTOLD = catalog(conventions=conventions(told={key: each for key, each in CONVENTIONS.items() if key != "losses"}))


def actual(losses: Data, changes: dict[str, Any] | None = None, **basic: Any) -> Data:
    terms = {"mode": "actual", **basic}
    entries = [entry("2020-01-01", supply_points={"S1": supply_point()}, basic=terms)]
    return low(losses, {"agreement": entries, **(changes or {})})


def kw_billed(data: Data, tariffs: Any = AREA) -> str:
    quantity = line(bill(data, tariffs), "demand").quantity
    assert quantity is not None
    return decimal_text(quantity)


def test_a_demand_is_raised_by_the_share_that_the_loss_is_of_the_energy() -> None:
    data = actual({"transformer": FORMULA})
    assert kw_billed(data) == "514.416667"  # 500 × 173 ÷ 6000 = 14.416667
    assert str(line(bill(data), "demand").amount) == "20576.67"
    terms = [step.term.value for step in line(bill(data), "demand").steps]
    assert "demand_loss" in terms


def test_the_loss_of_a_line_raises_it_too() -> None:
    assert kw_billed(actual({"transformer": FORMULA, "line": LINE})) == "519.583333"  # 500 × 235 ÷ 6000
    alone = actual({"line": LINE}, {"metering_points.0.side": "high"})
    assert kw_billed(alone) == "505"


def test_a_demand_is_not_raised_where_the_convention_says_so() -> None:
    assert kw_billed(actual({"transformer": FORMULA}, {"conventions.losses.demand": "none"})) == "500"


def test_a_demand_is_not_raised_where_the_rules_in_force_do_not_count_losses_in_it() -> None:
    law = document("loss_rules", "2020-01-01", {"in_demand": False})
    assert kw_billed(actual({"transformer": FORMULA}), catalog(law=law)) == "500"
    law = document("loss_rules", "2020-01-01", {"in_demand": True})
    assert kw_billed(actual({"transformer": FORMULA}), catalog(law=law)) == "514.416667"


def test_an_agreed_share_goes_before_rules_and_conventions() -> None:
    agreed = {"transformer": FORMULA, "demand_share": "0.02"}
    assert kw_billed(actual(agreed, {"conventions.losses.demand": "none"})) == "510"
    found = fault(actual({**agreed, "demand_share": "2"}))
    assert (found.code, found.where) == (FaultCode.OUT_OF_RANGE, "/metering_points/0/losses/demand_share")


def test_without_a_loss_nothing_raises_a_demand() -> None:
    assert kw_billed(actual({"transformer": {"method": "none"}})) == "500"
    still = point()["readings"][0] | {"at": "2024-08-01", "kind": "closing", "maximum_demand": "5"}
    points = {"S1": supply_point({"id": "T1", "kva": "50", "state": "suspended"})}
    entries = [entry("2020-01-01", supply_points=points, basic={"mode": "actual"})]
    at_rest = actual({"transformer": FORMULA}, {"agreement": entries, "metering_points.0.readings.1": still})
    assert kw_billed(at_rest) == "500"


def test_what_a_meter_is_given_is_raised_and_what_a_supply_point_is_given_is_not() -> None:
    given = {"metering_points.0.given": {"demand_kw": "600"}}
    assert kw_billed(actual({"transformer": FORMULA}, given)) == "617.3"
    assert kw_billed(actual({"transformer": FORMULA}, {"facts": {"S1": {"demand_kw": "600"}}})) == "600"


def test_it_is_held_against_the_contract_with_its_loss_and_rounded_after_it() -> None:
    data = actual({"transformer": FORMULA}, mode="contracted", contracts={"regular": "480"})
    assert kw_billed(data) == "524.833334"  # 504 and twice what is above it: 10.416667
    whole = actual({"transformer": FORMULA}, {"conventions.basic.demand_round": "1"})
    assert kw_billed(whole) == "514"


def test_whether_a_demand_is_raised_is_doubted_where_nobody_tells() -> None:
    found = problems(bill(actual({"transformer": FORMULA}), UNTOLD), ProblemCode.CONVENTION_UNDOCUMENTED)
    [doubt] = [each for each in found if each.facts["key"] == "losses.demand"]
    [other] = doubt.alternatives
    assert other.value == "none"
    assert other.difference is not None
    assert other.difference < 0


def test_the_demand_of_a_user_of_a_shared_transformer_is_raised_by_its_part() -> None:
    shared = {"by": "energy", "users": [{"id": "M2", "point": "M2"}]}
    data = actual({"transformer": FORMULA, "shared": shared})
    other = second()
    other["readings"][0]["maximum_demand"] = "0"
    other["readings"][1]["maximum_demand"] = "1"
    data["metering_points"].append(other)
    # 500 × 135 ÷ 6000 = 11.25 and 100 × 68 ÷ 3000 = 2.266667
    assert kw_billed(data) == "613.516667"


def test_each_part_of_a_month_raises_its_own_demand() -> None:
    shown = {"peak": "6", "flat": "12", "valley": "12", "reactive_forward": "2", "maximum_demand": "3"}
    cut = {
        "agreement": [
            entry("2020-01-01", supply_points={"S1": supply_point()}, basic={"mode": "actual"}),
            entry(
                "2024-07-11",
                supply_points={"S1": supply_point({"id": "T1", "kva": "63", "state": "in_service"})},
                basic={"mode": "contracted", "contracts": {"regular": "10"}},
            ),
        ],
        "metering_points.0.readings": [
            point()["readings"][0],
            {"at": "2024-07-11", "kind": "cut", **shown},
            point()["readings"][1],
        ],
    }
    data = changed(actual({"transformer": FORMULA}), cut)
    first = bill(data).lines
    # 66 of 3000 kWh: 300 × 66 ÷ 3000 = 6.6 → 306.6 × 10 ÷ 31
    quantities = [each.quantity for each in first if each.code == "demand"]
    assert str(quantities[0]) == "98.903226"


@pytest.mark.parametrize("losses", [{"transformer": FORMULA}, {"transformer": FORMULA, "demand_share": "0.02"}])
def test_a_raised_demand_is_the_same_in_columns(losses: Data) -> None:
    shown = ("0", "5", "9999", "1.25")
    requests = [
        (shown_kw, actual(losses, {"metering_points.0.readings.1.maximum_demand": shown_kw})) for shown_kw in shown
    ]
    compare(requests, UNTOLD, tally := Tally())
    assert tally.billed == len(shown)
    assert set(tally.paths) == {"columns"}
