"""Declared facts against what was read: what contradicts itself is a fault, what is hardly so a doubt with its money."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.billing.calculate import calculate
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import InvalidInput, Severity
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    Data,
    bill,
    catalog,
    changed,
    codes,
    document,
    entry,
    fault,
    faults,
    parsed,
    point,
    problems,
    reading,
    refusal,
    request,
)

LIMITS: Data = {
    "demand": {"per_capacity": "1.2", "minutes": "15", "mean_tolerance": "0.05", "register_step": "0.01"},
}
LIMITED: Catalog = catalog(limits=document("plausibility", "2020-01-01", LIMITS))
ACTUAL = {"agreement.0.basic": {"mode": "actual"}}
CLOSING = "metering_points.0.readings.1"
CONFIG = "metering_points.0.config.0"
IDLE = ("peak", "flat", "valley", "reactive_forward")


def demand(shown: str, **changes: Any) -> Data:
    """July 2024 by actual demand: 6,000 kWh, 1,000 kVA and a register that shows a demand, × 100."""
    return changed(request(), {**ACTUAL, f"{CLOSING}.maximum_demand": shown, **changes})


# Meters


@pytest.mark.parametrize("multiplier", ["0", "0.00", "0.1", "0.025", "0.999"])
def test_a_multiplier_below_one_is_a_fault(multiplier: str) -> None:
    for data in (request(), demand("5")):
        found = faults(changed(data, {f"{CONFIG}.multiplier": multiplier}))
        assert {(each.code, each.where) for each in found} == {
            (FaultCode.MULTIPLIER_BELOW_ONE, "/metering_points/0/config/0/multiplier")
        }


def test_a_negative_multiplier_is_a_fault() -> None:
    with pytest.raises(InvalidInput) as raised:
        parsed(changed(request(), {f"{CONFIG}.multiplier": "-100"}))
    assert [each.code for each in raised.value.faults] == [FaultCode.NEGATIVE]


@pytest.mark.parametrize("register", ["peak", "reactive_forward", "maximum_demand"])
def test_a_reading_with_more_digits_than_the_meter_is_a_fault(register: str) -> None:
    fits = bill(demand("5", **{f"{CONFIG}.digits": "2"}))
    assert fits.total
    found = fault(demand("5", **{f"{CONFIG}.digits": "2", f"{CLOSING}.{register}": "100"}))
    assert (found.code, found.where) == (FaultCode.READING_ABOVE_METER, f"/metering_points/0/readings/1/{register}")
    assert found.facts == {"register": register, "digits": "2", "reading": "100"}


@pytest.mark.parametrize("register", ["flat", "reactive_forward", "maximum_demand"])
def test_a_reading_with_more_decimals_than_the_meter_is_a_fault_where_they_are_told(register: str) -> None:
    finer = {f"{CLOSING}.{register}": "20.125"}
    assert bill(demand("5", **finer, **{f"{CONFIG}.decimals": "3"})).total
    found = fault(demand("5", **finer, **{f"{CONFIG}.decimals": "2"}))
    assert (found.code, found.where) == (FaultCode.READING_TOO_FINE, f"/metering_points/0/readings/1/{register}")


@pytest.mark.parametrize(
    ("name", "told", "range"),
    [("digits", "0", "1..12"), ("digits", "400", "1..12"), ("digits", "999999999", "1..12"), ("decimals", "13", "0..12")],
)  # fmt: skip
def test_no_meter_has_more_digits_than_any_meter(name: str, told: str, range: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        parsed(changed(request(), {f"{CONFIG}.{name}": told, f"{CLOSING}.rollover": ["flat"]}))
    [found] = raised.value.faults
    assert (found.code, found.where) == (FaultCode.OUT_OF_RANGE, f"/metering_points/0/config/0/{name}")
    assert found.facts == {"value": told, "range": range}


def test_a_register_that_rose_did_not_go_through_zero() -> None:
    found = fault(changed(request(), {f"{CLOSING}.rollover": ["flat"]}))
    assert (found.code, found.where) == (FaultCode.ROLLOVER_AND_RISE, "/metering_points/0/readings/1/flat")
    assert found.facts == {"register": "flat", "opening": "0", "closing": "20"}
    level = changed(request(), {f"{CLOSING}.rollover": ["flat"], f"{CLOSING}.flat": "0"})
    assert fault(level).code is FaultCode.ROLLOVER_AND_RISE


# Demand beside energy and transformers. 6,000 kWh in 744 h are 8.06 kW on the mean; a step of 0.01 × 100 is 1 kW.


def test_a_demand_below_the_mean_power_of_the_energy_is_a_fault() -> None:
    found = fault(demand("0.06"), LIMITED)  # 6 kW × 1.05 + 1 kW = 7.3 kW
    assert (found.code, found.where) == (FaultCode.DEMAND_BELOW_MEAN, "/metering_points/0/readings/1/maximum_demand")
    assert found.facts == {"supply_point": "S1", "span": "2024-07-01/2024-08-01", "demand": "6", "energy": "6000"}
    assert bill(demand("0.07"), LIMITED).total  # 7 kW × 1.05 + 1 kW = 8.35 kW


def test_a_given_demand_has_no_register_to_be_read_roughly() -> None:
    given = demand("0.5", facts={"S1": {"demand_kw": "7"}})
    found = fault(given, LIMITED)
    assert (found.code, found.where) == (FaultCode.DEMAND_BELOW_MEAN, "/facts/S1/demand_kw")


def test_a_demand_that_takes_more_energy_than_there_was_is_doubted_with_the_money_of_the_bare_register() -> None:
    data = demand("241", **{f"{CONFIG}.digits": "5"})  # 24,100 kW × 15 min = 6,025 kWh; 6,000 + 1
    answer = bill(changed(data, {"agreement.0.supply_points.S1.transformers": []}), LIMITED)
    [problem] = problems(answer, ProblemCode.DEMAND_ABOVE_ENERGY)
    assert (problem.severity, problem.facts["minutes"]) == (Severity.DOUBT, "15")
    [other] = problem.alternatives
    assert (other.value, other.difference) == ("without the multiplier", Decimal("-947202.30"))
    just = changed(data, {f"{CLOSING}.maximum_demand": "240"})
    assert ProblemCode.DEMAND_ABOVE_ENERGY not in codes(bill(just, LIMITED))


def test_a_demand_above_what_the_transformers_bear_is_doubted() -> None:
    answer = bill(demand("12.01"), LIMITED)
    [problem] = problems(answer, ProblemCode.DEMAND_ABOVE_CAPACITY)
    assert problem.facts == {
        "supply_point": "S1", "span": "2024-07-01/2024-08-01", "demand": "1201", "limit": "1200",
    }  # fmt: skip
    assert [each.value for each in problem.alternatives] == ["without the multiplier"]
    assert codes(bill(demand("12"), LIMITED)) == set()


def test_what_the_multiplier_makes_impossible_is_no_other_reading() -> None:
    answer = bill(demand("1300", **{f"{CONFIG}.multiplier": "1", f"{CLOSING}.flat": "1500"}), LIMITED)
    [problem] = problems(answer, ProblemCode.DEMAND_ABOVE_CAPACITY)
    assert [str(each.difference) for each in problem.alternatives] == ["0.00"]


def test_a_given_demand_has_the_read_one_beside_it_and_no_multiplier() -> None:
    answer = bill(demand("5", facts={"S1": {"demand_kw": "5000"}}), LIMITED)
    [problem] = problems(answer, ProblemCode.DEMAND_ABOVE_CAPACITY)
    assert [each.value for each in problem.alternatives] == ["read demand"]


def test_a_read_demand_that_the_energy_excludes_is_not_offered() -> None:
    answer = bill(demand("0.01", facts={"S1": {"demand_kw": "5000"}}), LIMITED)
    [problem] = problems(answer, ProblemCode.DEMAND_ABOVE_CAPACITY)
    assert problem.alternatives == ()


def test_transformers_that_are_not_told_or_out_of_service_bear_what_they_may() -> None:
    state = {"agreement.0.supply_points.S1.transformers.0.state": "suspended"}
    assert ProblemCode.DEMAND_ABOVE_CAPACITY not in codes(bill(demand("12.01", **state), LIMITED))


def test_energy_that_an_estimate_settles_or_nothing_tells_is_no_measure() -> None:
    settled = demand("0.01", **{"metering_points.0.readings.0.kind": "estimated"})
    assert bill(settled, LIMITED).total
    other = demand(
        "0.01", **{"metering_points.0.not_installed": ["maximum_demand"], "facts": {"S1": {"demand_kw": "1"}}}
    )
    assert bill(other, LIMITED).total


def test_what_no_document_limits_is_not_doubted() -> None:
    assert codes(bill(demand("12.01"))) == set()
    prices_only = catalog(limits=document("plausibility", "2020-01-01", {}))
    assert codes(bill(demand("12.01"), prices_only)) == set()


# Equipment that changes while a demand register runs on


def changing(mode: Data, *configs: Data) -> Data:
    """The energies are read on 11 July, when the multiplier changes, and the demand is not."""
    data = request(agreement=[entry("2020-01-01", basic=mode)])
    cut = reading("2024-07-11", "cut", peak="1", flat="1", valley="1", reactive_forward="1")
    readings = data["metering_points"][0]["readings"]
    return changed(data, {
        "metering_points.0.readings": [readings[0], cut, readings[1]],
        "metering_points.0.config": [*point()["config"], *configs],
    })  # fmt: skip


@pytest.mark.parametrize("mode", [{"mode": "actual"}, {"mode": "contracted", "contracts": {"S1": "500"}}])
def test_a_multiplier_that_changes_while_the_demand_register_runs_asks_for_its_reading(mode: Data) -> None:
    refused = refusal(changing(mode, {"from": "2024-07-11", "meter": "A", "multiplier": "40", "digits": "4"}))
    assert (refused.code, refused.where) == (RefusalCode.CHANGE_WITHOUT_READING, "/metering_points/0/readings")
    assert refused.facts["day"] == "2024-07-11"


def test_a_demand_that_is_given_or_read_at_the_change_is_billed() -> None:
    config = {"from": "2024-07-11", "meter": "A", "multiplier": "40", "digits": "4"}
    data = changing({"mode": "actual"}, config)
    given = bill(changed(data, {"facts": {"S1": {"demand_kw": "500"}}}))
    assert ProblemCode.DEMAND_DIFFERS not in codes(given)
    read = bill(changed(data, {"metering_points.0.readings.1.maximum_demand": "3"}))
    assert [str(each.quantity) for each in read.lines if each.code == "demand"] == ["300"]


def test_a_meter_that_is_put_in_is_told_in_config() -> None:
    data = changing({"mode": "exempt"})
    readings = data["metering_points"][0]["readings"]
    readings[1]["kind"] = "removal"
    readings.insert(2, {**readings[1], "kind": "installation"})
    found = fault(data)
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/metering_points/0/readings/2")


# Intervals beside transformers


def hourly(absurd: str, **changes: Any) -> Data:
    """Two days of 100 kWh an hour in a shop with 1,000 kVA, and one hour of another energy."""
    values: list[Any] = ["100"] * 48
    values[10] = absurd
    told = {"step": "60", "start": "2024-07-01T00:00:00+08:00", "unit": "kwh", "values": values, "fill": "refuse"}
    measured = {key: each for key, each in point().items() if key not in ("readings", "config")}
    group = {**entry("2020-01-01")["groups"]["main"], "billing": "one_part", "time_of_use": False}
    basic: Data = {"mode": "exempt"}
    agreement = changed(entry("2020-01-01", groups={"main": group}, basic=basic), {"supply_points.S1.power_factor_standard": "none"})  # fmt: skip
    data = {
        **request("2024-07-01", "2024-07-03"),
        "agreement": [agreement],
        "metering_points": [{**measured, "intervals": told}],
    }
    return changed(data, changes)


def test_an_interval_above_what_the_transformers_bear_is_doubted_with_the_money_of_its_neighbours() -> None:
    answer = bill(hourly("1201"), LIMITED)
    [problem] = problems(answer, ProblemCode.INTERVAL_ABOVE_CAPACITY)
    assert problem.where == "/metering_points/0/intervals/values/10"
    assert problem.facts == {"point": "M1", "start": "2024-07-01 10:00:00+08:00", "kw": "1201", "limit": "1200"}
    [other] = problem.alternatives  # 1,101 kWh less at 0.5 + 0.1 + 0.02
    assert (other.value, other.difference) == ("filled", Decimal("-682.62"))
    assert ProblemCode.INTERVAL_ABOVE_CAPACITY not in codes(bill(hourly("1200"), LIMITED))


def test_a_mean_power_is_taken_as_it_is() -> None:
    told = {"metering_points.0.intervals.unit": "kw", "metering_points.0.intervals.step": "30"}
    values = {"metering_points.0.intervals.values": ["100"] * 95 + ["1200.5"]}
    [problem] = problems(bill(hourly("100", **told, **values), LIMITED), ProblemCode.INTERVAL_ABOVE_CAPACITY)
    assert problem.facts["kw"] == "1200.5"


def test_an_interval_without_transformers_or_values_is_not_doubted() -> None:
    bare = hourly("9000", **{"agreement.0.supply_points.S1.transformers": []})
    assert ProblemCode.INTERVAL_ABOVE_CAPACITY not in codes(bill(bare, LIMITED))
    none: Data = {"metering_points.0.intervals.values": [None] * 48, "metering_points.0.intervals.fill": "zero"}
    assert ProblemCode.INTERVAL_ABOVE_CAPACITY not in codes(bill(hourly("1", **none), LIMITED))


# Intervals beside each other

FEW: Data = {"intervals": {"times": "5", "among": 2, "least": "1"}}
SPIKED: Catalog = catalog(limits=document("plausibility", "2020-01-01", FEW))
VALUES = "metering_points.0.intervals.values"
BARE: Data = {"agreement.0.supply_points.S1.transformers": []}


def spikes(*high: str, usual: str = "100", tariffs: Catalog = SPIKED, **changes: Any) -> list[Any]:
    values = [*high[:1], *[usual] * (48 - len(high)), *high[1:]]
    answer = bill(hourly("100", **BARE, **{VALUES: values}, **changes), tariffs)
    return problems(answer, ProblemCode.INTERVAL_ABOVE_OTHERS)


def test_an_interval_far_above_all_others_is_doubted_with_the_money_of_its_neighbours() -> None:
    [doubt] = spikes("501")
    assert (doubt.where, doubt.severity) == ("/metering_points/0/intervals/values/0", Severity.DOUBT)
    assert doubt.facts == {
        "point": "M1", "start": "2024-07-01 00:00:00+08:00", "kw": "501", "limit": "100", "count": "1",
    }  # fmt: skip
    [other] = doubt.alternatives  # 401 kWh less at 0.5 + 0.1 + 0.02
    assert (other.value, other.difference) == ("filled", Decimal("-248.62"))
    assert spikes("500") == []
    assert spikes("501", tariffs=LIMITED) == []


def test_a_few_together_are_as_one() -> None:
    [doubt] = spikes("600", "501")
    assert (doubt.facts["count"], str(doubt.alternatives[0].difference)) == ("2", "-558.62")  # 500 and 401 kWh less
    assert spikes("600", "600", "600") == []
    assert spikes("600", "300", "90", usual="30") == []  # two stand apart, each by less than five times


def test_what_is_usual_is_not_known_of_small_powers_and_of_less_than_a_day() -> None:
    assert spikes("0.9", usual="0.1") == []
    assert [doubt.facts["limit"] for doubt in spikes("9", usual="-1")] == ["-1"]
    in_kw: dict[str, Any] = {"metering_points.0.intervals.unit": "kw"}
    [doubt] = spikes("2.0", usual="0.1", **in_kw)
    assert doubt.facts["kw"] == "2"
    short = hourly(
        "100", **BARE, **{VALUES: ["501", *["100"] * 22], "period.to": "2024-07-02", "cycle.to": "2024-07-02"}
    )
    assert "interval_above_others" not in str(calculate(parsed(short), SPIKED))


# Capacity and contract


def test_energy_that_the_transformers_do_not_bear_is_a_doubt() -> None:
    kva = "agreement.0.supply_points.S1.transformers.0.kva"
    # 744 hours × 1.2 of 6.72 kVA are 5,999.616 kWh, and of 6.73 kVA 6,008.544
    [doubt] = problems(bill(changed(request(), {kva: "6.72"}), LIMITED), ProblemCode.ENERGY_ABOVE_CAPACITY)
    assert (doubt.severity, doubt.where) == (Severity.DOUBT, "/agreement/0/supply_points/S1/transformers")
    assert (doubt.facts["energy"], doubt.facts["limit"], doubt.alternatives) == ("6000", "5999.616", ())
    assert codes(bill(changed(request(), {kva: "6.73"}), LIMITED)) == set()


def test_energy_through_transformers_out_of_service_is_told_with_their_charge() -> None:
    state = "agreement.0.supply_points.S1.transformers.0.state"
    [doubt] = problems(bill(changed(request(), {state: "suspended"}), LIMITED), ProblemCode.ENERGY_ABOVE_CAPACITY)
    # 30,000.00 of capacity, and −0.75 % of it
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [("in service", "29775.00")]
    elsewhere = entry("2024-08-01", supply_points={"S2": {"power_factor_standard": "none"}}, basic={"mode": "exempt"})
    later = request(agreement=[changed(request(), {state: "suspended"})["agreement"][0], elsewhere])
    [doubt] = problems(bill(later, LIMITED), ProblemCode.ENERGY_ABOVE_CAPACITY)
    assert [str(each.difference) for each in doubt.alternatives] == ["29775.00"]


def test_transformers_that_are_told_are_a_measure_of_whoever_they_supply() -> None:
    kva, state = (f"agreement.0.supply_points.S1.transformers.0.{key}" for key in ("kva", "state"))
    shop = {kva: "1", "agreement.0.groups.main.billing": "one_part", "agreement.0.basic": {"mode": "exempt"}}
    for changes in (shop, {kva: "1", "agreement.0.groups.main.billing": "one_part"}):
        assert codes(bill(changed(request(), changes), LIMITED)) == {"energy_above_capacity", "reactive_above_capacity"}
        assert codes(bill(changed(request(), {**changes, state: "suspended"}), LIMITED)) == set()
        assert codes(bill(changed(request(), {**changes, kva: "1000"}), LIMITED)) == set()


def test_what_settles_an_estimate_has_no_such_measure() -> None:
    kva = "agreement.0.supply_points.S1.transformers.0.kva"
    estimated = {kva: "1", "metering_points.0.readings.0.kind": "estimated"}
    assert "energy_above_capacity" not in codes(bill(changed(request(), estimated), LIMITED))


def test_reactive_energy_that_the_transformers_do_not_bear_is_a_doubt() -> None:
    kva, shown = "agreement.0.supply_points.S1.transformers.0.kva", f"{CLOSING}.reactive_forward"
    # 744 hours × 1.2 of 10 kVA are 8,928 kvarh
    [doubt] = problems(
        bill(changed(request(), {kva: "10", shown: "89.29"}), LIMITED), ProblemCode.REACTIVE_ABOVE_CAPACITY
    )
    assert (doubt.severity, doubt.where) == (Severity.DOUBT, "/agreement/0/supply_points/S1/transformers")
    assert doubt.facts == {
        "supply_point": "S1", "span": "2024-07-01/2024-08-01", "register": "reactive_forward",
        "energy": "8929", "limit": "8928",
    }  # fmt: skip
    for fits in ({kva: "10", shown: "89.28"}, {shown: "89.29"}):
        assert "reactive_above_capacity" not in codes(bill(changed(request(), fits), LIMITED))


@pytest.mark.parametrize(
    ("kva", "told"),
    # 744 hours × 1.2 × 0.0005 of 13,440 kVA are 5,999.616 kWh, and of 13,441 kVA 6,000.0624
    [("13440", set()), ("13441", {"capacity_hardly_used"}), ("1000000", {"capacity_hardly_used"})],
)
def test_a_capacity_of_which_hardly_anything_is_used_is_a_doubt(kva: str, told: set[str]) -> None:
    limits = {**LIMITS, "demand": {**LIMITS["demand"], "least_use": "0.0005"}}
    held = catalog(limits=document("plausibility", "2020-01-01", limits))
    place = "agreement.0.supply_points.S1.transformers.0.kva"
    assert codes(bill(changed(request(), {place: kva}), held)) == told
    unused = {place: kva, **{f"{CLOSING}.{each}": "0" for each in IDLE}}
    opened = {f"metering_points.0.readings.0.{each}": "0" for each in IDLE}
    assert "capacity_hardly_used" not in codes(bill(changed(request(), {**unused, **opened}), held))


def test_a_contract_above_what_the_transformers_bear_is_a_doubt() -> None:
    contract = {"agreement.0.basic": {"mode": "contracted", "contracts": {"regular": "5000"}}}
    [doubt] = problems(bill(changed(request(), contract), LIMITED), ProblemCode.CONTRACT_ABOVE_CAPACITY)
    assert (doubt.where, doubt.facts["contract"], doubt.facts["limit"]) == (
        "/agreement/0/basic/contracts/regular", "5000", "1200",
    )  # fmt: skip
    fits = changed(request(), {**contract, "agreement.0.basic.contracts.regular": "1200"})
    assert codes(bill(fits, LIMITED)) == set()
    assert codes(bill(changed(request(), contract))) == set()
    state = {"agreement.0.supply_points.S1.transformers.0.state": "suspended"}
    assert "contract_above_capacity" not in codes(bill(changed(request(), {**contract, **state}), LIMITED))
