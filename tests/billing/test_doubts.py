"""What no source decides is billed one way and doubted, with the money of the other; each amount worked out by hand."""

from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.troubles import Problem, Severity
from tests.billing.cases import (
    HOME,
    INDUSTRY,
    NETWORK,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    codes,
    entry,
    line,
    lines,
    point,
    prices,
    problems,
    quantities,
    reading,
    refusal,
    request,
    transformer,
)


def contract(kw: str, **changes: Any) -> Data:
    return entry("2020-01-01", basic={"mode": "contracted", "contracts": {"regular": kw}}, **changes)


def others(problem: Problem) -> list[tuple[str, str]]:
    return [(each.value, str(each.difference)) for each in problem.alternatives]


def read_at_the_cut(first: str, second: str) -> Data:
    zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward", "maximum_demand"), "0")
    shown = {"peak": "10", "flat": "20", "valley": "30", "reactive_forward": "12"}
    return point(
        readings=[
            reading("2024-07-01", "opening", **zeros),
            reading("2024-07-16", "cut", maximum_demand=first),
            reading("2024-08-01", "closing", maximum_demand=second, **shown),
        ]
    )


# The excess of several segments


def test_each_excess_is_doubted_with_its_own_money_and_not_with_that_of_all() -> None:
    later = changed(contract("600"), {"from": "2024-07-16"})
    answer = bill(request(agreement=[contract("500"), later], metering_points=[read_at_the_cut("6", "7")]))
    # 525 + 2 × 75 = 675, × 40 × 15 ÷ 31 = 13064.516…; 630 + 2 × 70 = 770, × 40 × 16 ÷ 31 = 15896.774…
    assert amounts(answer, "demand") == ["13064.52", "15896.77"]
    # with the band free: 650 × 40 × 15 ÷ 31 = 12580.645…, 483.87 less; 740 × 40 × 16 ÷ 31 = 15277.419…, 619.35 less
    first, second = problems(answer, ProblemCode.EXCESS_DEMAND)
    # −0.75 % of 31961.29 (demand 28961.29, energy 2400, network 600) is −239.71; of 31477.42 −236.08, of 31341.94 −235.06
    assert others(first) == [("the other band", "-480.24")]
    assert others(second) == [("the other band", "-614.70")]


# A demand that is given


def test_a_given_demand_that_the_meters_contradict_is_told_with_both_numbers() -> None:
    data = changed(request(agreement=[entry("2020-01-01", basic={"mode": "actual"})]), {"facts.S1.demand_kw": "640"})
    answer = bill(data)
    [problem] = problems(answer, ProblemCode.DEMAND_DIFFERS)
    assert problem.where == "/facts/S1/demand_kw"
    assert (problem.facts["given"], problem.facts["read"]) == ("640", "500")
    # 140 kW × 40 = 5600 less, and 0.75 % of it, 42, that were not given back
    assert others(problem) == [("read demand", "-5558.00")]
    assert quantities(answer, "demand") == ["640"]


def test_a_demand_given_at_a_metering_point_is_held_against_its_meter() -> None:
    data = request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])
    below = bill(changed(data, {"metering_points.0.given.demand_kw": "499"}))
    [problem] = problems(below, ProblemCode.DEMAND_DIFFERS)
    assert problem.where == "/metering_points/0/given/demand_kw"
    assert others(problem) == [("read demand", "39.70")]  # 40 − 0.30
    same = bill(changed(data, {"metering_points.0.given.demand_kw": "500"}))
    assert codes(same) == {"given_fact"}


def test_a_given_demand_without_a_reading_contradicts_nothing() -> None:
    data = request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])
    for each in data["metering_points"][0]["readings"]:
        del each["maximum_demand"]
    assert codes(bill(changed(data, {"facts.S1.demand_kw": "640"}))) == {"given_fact"}


@pytest.mark.parametrize("place", ["facts.S1.demand_kw", "metering_points.0.given.demand_kw", "readings"])
def test_a_demand_of_a_cut_month_is_doubted_with_what_it_would_cost_in_each_part(place: str) -> None:
    later = changed(contract("600"), {"from": "2024-07-16"})
    data = request(agreement=[contract("500"), later])
    if place == "readings":
        data = changed(data, {"metering_points.0.readings.1.maximum_demand": "9"})
    else:
        data = changed(data, {place: "900"})
    answer = bill(data)
    # the contracts alone: 500 × 40 × 15 ÷ 31 and 600 × 40 × 16 ÷ 31
    assert amounts(answer, "demand") == ["9677.42", "12387.10"]
    first, second = problems(answer, ProblemCode.DEMAND_NOT_READ)
    # 900 kW in the first part: 525 + 2 × 375 = 1275, × 40 × 15 ÷ 31 = 24677.419…: 15000.00 more, less 0.75 %, 112.50
    assert others(first) == [("demand of the cycle", "14887.50")]
    # in the second: 630 + 2 × 270 = 1170, × 40 × 16 ÷ 31 = 24154.838…: 11767.74 more, less 88.26
    assert others(second) == [("demand of the cycle", "11679.48")]
    assert "given_fact" not in codes(answer)


def test_a_given_demand_that_has_no_place_beside_those_of_the_segments_is_told_where_they_contradict_it() -> None:
    """It was dropped in silence."""
    agreement = [entry("2020-01-01"), changed(contract("300"), {"from": "2024-07-16"})]
    data = request(agreement=agreement, metering_points=[read_at_the_cut("6", "7")])
    answer = bill(changed(data, {"facts.S1.demand_kw": "900"}))
    # 700 kW at the floor of 400: 420 + 2 × 280 = 980, × 40 × 16 ÷ 31; capacity 14516.10, energy 2400, network 600
    assert amounts(answer, "demand", "power_factor") == ["20232.26", "-283.11"]
    [problem] = problems(answer, ProblemCode.DEMAND_DIFFERS)
    assert problem.where == "/facts/S1/demand_kw"
    assert (problem.facts["given"], problem.facts["read"]) == ("900", "700")
    # 900 kW: 420 + 2 × 480 = 1380, × 40 × 16 ÷ 31 = 28490.32, 8258.06 more; −0.75 % of 46006.42 is −345.05
    assert others(problem) == [("demand of the cycle", "8196.12")]
    assert "given_fact" not in codes(answer)
    same = bill(changed(data, {"facts.S1.demand_kw": "700"}))
    assert problems(same, ProblemCode.DEMAND_DIFFERS) == []
    unread = changed(data, {"facts.S1.demand_kw": "900"})
    del unread["metering_points"][0]["readings"][1]["maximum_demand"]
    energies = {"peak": "10", "flat": "20", "valley": "30", "reactive_forward": "12"}
    unread["metering_points"][0]["readings"][1].update(energies)
    taken_out = {**unread["metering_points"][0]["readings"][1], "kind": "removal"}
    unread["metering_points"][0]["readings"][1]["kind"] = "installation"
    unread["metering_points"][0]["readings"].insert(1, taken_out)
    put_in = {"from": "2024-07-16", "meter": "B", "multiplier": "100", "digits": "4"}
    unread["metering_points"][0]["config"].append(put_in)
    [alone] = problems(
        bill(unread), ProblemCode.DEMAND_DIFFERS
    )  # the first part is billed by capacity, and was not read
    assert (alone.facts["given"], alone.facts["read"]) == ("900", "700")


def test_a_doubt_that_comes_to_the_same_money_is_a_note() -> None:
    later = changed(contract("600"), {"from": "2024-07-16"})
    # 400 kW is below both contracts, and what is paid is the contract: 400 < 500 and 400 < 600
    below = bill(changed(request(agreement=[contract("500"), later]), {"facts.S1.demand_kw": "400"}))
    found = problems(below, ProblemCode.DEMAND_NOT_READ)
    assert [(each.severity, others(each)) for each in found] == [
        (Severity.NOTE, [("demand of the cycle", "0.00")]),
        (Severity.NOTE, [("demand of the cycle", "0.00")]),
    ]


def test_a_demand_that_nobody_knows_is_doubted_without_money() -> None:
    data = request(agreement=[contract("500")])
    for each in data["metering_points"][0]["readings"]:
        del each["maximum_demand"]
    [problem] = problems(bill(data), ProblemCode.DEMAND_NOT_READ)
    assert problem.alternatives == ()


# The discount for intensive use


def part_of_july(kwh: str) -> Data:
    """20 of 31 days, 500 kW of actual demand on 1,000 kVA: by days the threshold is 260000 × 20 ÷ 31, which is 167741.9."""
    data = request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])
    given = {"kwh": {"peak": "0", "flat": kwh, "valley": "0"}}
    return changed(
        data,
        {
            "period.from": "2024-07-12",
            "metering_points.0.readings.0.at": "2024-07-12",
            "metering_points.0.given": given,
        },
    )


def test_the_energy_of_a_part_of_the_cycle_is_doubted_where_the_capacity_by_days_would_grant_the_discount() -> None:
    answer = bill(part_of_july("167742"))
    # 500 × 40 × 20 ÷ 31
    assert amounts(answer, "demand") == ["12903.23"]
    [problem] = problems(answer, ProblemCode.DISCOUNT_PART_PERIOD)
    # at 36: 11612.90, 1290.33 less. The base of 113548.43 (energy 83871.00, network 16774.20) gave back 851.61, that of
    # 112258.10 gives back 841.94: 9.67 more is due
    assert others(problem) == [("discount", "-1280.66")]
    assert codes(bill(part_of_july("167741"))) == {"given_fact"}


def test_a_part_of_the_cycle_that_reaches_the_full_threshold_is_no_doubt() -> None:
    answer = bill(part_of_july("260000"))
    assert (amounts(answer, "demand"), codes(answer)) == (["11612.90"], {"given_fact"})


# Nobody pays


def test_a_second_two_part_group_that_nothing_feeds_is_refused() -> None:
    data = request(agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "other": INDUSTRY})])
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/metering_points")
    assert "group other" in str(refused)
    exempt = changed(data, {"agreement.0.basic.mode": "exempt"})
    assert lines(bill(exempt), "capacity") == []
    given = {"code": "agreed", "section": "network_capacity", "group": "other", "amount": "5", "supplies": ["capacity"]}
    assert amounts(bill({**data, "given": [given]}), "capacity", "agreed") == ["30000.00", "5"]


def test_a_one_part_group_that_nothing_feeds_owes_no_basic_charge() -> None:
    data = request(agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "home": HOME})])
    assert amounts(bill(data), "capacity") == ["30000.00"]


# The power factor


def late(standard_before: str = "none") -> list[Data]:
    """Assessed from 16 July on."""
    points = {"S1": {"power_factor_standard": standard_before, "transformers": [transformer()]}}
    return [entry("2020-01-01", supply_points=points), entry("2024-07-16")]


def test_a_given_line_of_the_whole_period_is_doubted_where_a_part_of_it_is_not_assessed() -> None:
    item = {"code": "agreed", "section": "energy", "group": "main", "amount": "1000.00", "power_factor": "base"}
    data = request(agreement=late(), given=[item])
    data["metering_points"][0] = read_at_the_cut("0", "0")
    data["metering_points"][0]["readings"][1].update(peak="5", flat="10", valley="15", reactive_forward="6")
    answer = bill(data)
    [problem] = problems(answer, ProblemCode.GIVEN_PARTLY_ASSESSED)
    assert problem.where == "/given/0/power_factor"
    assert problem.facts == {"line": "agreed", "scope": "S1", "span": "2024-07-01/2024-07-16"}
    # −0.75 % of 1000 was given back
    assert others(problem) == [("outside the base", "7.50")]
    own_ratio = {**item, "power_factor": {"ratio": "0.05"}}
    assert problems(bill({**data, "given": [own_ratio]}), ProblemCode.GIVEN_PARTLY_ASSESSED) == []
    whole = {**data, "agreement": late("0.90")}
    assert problems(bill(whole), ProblemCode.GIVEN_PARTLY_ASSESSED) == []


def settled(peak: str, reactive: str) -> Data:
    """July begins with an estimate of 100 at peak; flat and valley use 1,000 kWh each."""
    estimate = {"peak": "100", "flat": "0", "valley": "0", "reactive_forward": "0"}
    shown = {"peak": peak, "flat": "10", "valley": "10", "reactive_forward": reactive}
    readings = [reading("2024-07-01", "estimated", **estimate), reading("2024-08-01", "closing", **shown)]
    return request(metering_points=[point(readings=readings)])


def test_a_low_power_factor_from_a_settled_estimate_is_a_doubt_with_the_bill_without_it() -> None:
    answer = bill(settled("85", "10"))
    # −1500 + 1000 + 1000 = 500 kWh and 1000 kvarh: 500 ÷ √(500² + 1000²) = 0.447… is 0.45, +55 % at 0.90
    [problem] = problems(answer, ProblemCode.SETTLED_POWER_FACTOR)
    assert problem.facts == {"scope": "S1", "span": "2024-07-01/2024-08-01", "cosphi": "0.45", "ratio": "0.55"}
    # purchase −1200 + 500 + 200, network 50, capacity 30000: base 29550, × 0.55 = 16252.50
    assert amounts(answer, "power_factor") == ["16252.50"]
    assert others(problem) == [("no adjustment", "-16252.50")]


def of_two_standards(*readings: Data) -> Data:
    """Assessed at 0.90 to 15 July, and at 0.85 from 16 July on."""
    points = {"S1": {"power_factor_standard": "0.85", "transformers": [transformer()]}}
    agreement = [entry("2020-01-01"), entry("2024-07-16", supply_points=points)]
    return request(agreement=agreement, metering_points=[point(readings=list(readings))])


def test_a_settled_estimate_of_two_standards_is_doubted_with_the_money_of_each() -> None:
    """Both doubts told the money of both adjustments."""
    estimate = {"peak": "100", "flat": "0", "valley": "0", "reactive_forward": "0"}
    settled_by = {"peak": "85", "flat": "5", "valley": "5", "reactive_forward": "5"}
    shown = {"peak": "85", "flat": "10", "valley": "10", "reactive_forward": "10"}
    answer = bill(
        of_two_standards(
            reading("2024-07-01", "estimated", **estimate),
            reading("2024-07-16", "cut", **settled_by),
            reading("2024-08-01", "closing", **shown),
        )
    )
    # to 15 July −1500 + 500 + 500 kWh: −1200 + 250 + 100, network −50, capacity 1000 × 15 ÷ 31 → 483.87 × 30 = 14516.10;
    # from 16 July 1000 kWh: 250 + 100, network 100, capacity 516.13 × 30 = 15483.90; 0.45 is +55 % at 0.90, +45 % at 0.85
    assert amounts(answer, "power_factor") == ["7488.86", "7170.26"]  # of 13616.10 and of 15933.90
    found = problems(answer, ProblemCode.SETTLED_POWER_FACTOR)
    assert [each.facts["span"] for each in found] == ["2024-07-01/2024-07-16", "2024-07-16/2024-08-01"]
    assert [others(each) for each in found] == [[("no adjustment", "-7488.86")], [("no adjustment", "-7170.26")]]


def test_a_settled_estimate_that_costs_nothing_is_no_doubt() -> None:
    assert problems(bill(settled("85", "0")), ProblemCode.SETTLED_POWER_FACTOR) == []  # a reward
    assert problems(bill(settled("105", "90")), ProblemCode.SETTLED_POWER_FACTOR) == []  # nothing is given back


def test_a_month_without_energy_that_pays_for_capacity_is_flagged() -> None:
    zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), "0")
    idle = changed(request(), {"metering_points.0.readings.1": reading("2024-08-01", "closing", **zeros)})
    answer = bill(idle)
    [problem] = problems(answer, ProblemCode.NO_ENERGY_USED)
    assert (problem.facts, problem.severity) == ({"scope": "S1", "span": "2024-07-01/2024-08-01"}, "doubt")
    assert (amounts(answer, "capacity"), amounts(answer, "power_factor")) == (["30000.00"], ["0.00"])
    assert problems(bill(request()), ProblemCode.NO_ENERGY_USED) == []


def test_a_month_without_energy_of_two_standards_tells_what_each_flag_is_about() -> None:
    zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), "0")
    days = (("2024-07-01", "opening"), ("2024-07-16", "cut"), ("2024-08-01", "closing"))
    answer = bill(of_two_standards(*(reading(at, kind, **zeros) for at, kind in days)))
    found = [each.facts["span"] for each in problems(answer, ProblemCode.NO_ENERGY_USED)]
    assert found == ["2024-07-01/2024-07-16", "2024-07-16/2024-08-01"]


def test_a_line_of_several_ratios_shows_none_of_them() -> None:
    """Printed with the scope's ratio, base × ratio was not the amount."""
    own = {
        "code": "agreed",
        "section": "energy",
        "group": "main",
        "amount": "100.00",
        "power_factor": {"ratio": "0.05"},
    }
    adjusted = line(bill(request(given=[own])), "power_factor")
    # −0.75 % of 33000 is −247.50, and 5 % of 100 is 5
    assert (adjusted.price, str(adjusted.quantity), str(adjusted.amount)) == (None, "33100.00", "-242.50")


# Sub-meters


def test_a_fixed_quantity_of_a_whole_month_is_rounded_like_any_energy() -> None:
    groups = {"main": INDUSTRY, "home": HOME}
    child = {"id": "F", "kind": "fixed", "group": "home", "value": "1000.5"}
    data = request(agreement=[entry("2020-01-01", groups=groups)], metering_points=[point(children=[child])])
    answer = bill(data)
    # 1001 of 6000 by shares: 166.83…, 500.5 − 167, 1001 − 501
    assert {group: [str(kwh) for kwh in bands.values()] for group, bands in answer.kwh.items()} == {
        "home": ["1001"],
        "main": ["833", "1666", "2500"],
    }
    assert amounts(answer, "home_energy") == ["500.50"]


def test_the_basic_price_of_two_segments_at_one_demand_doubts_each_once() -> None:
    dearer = [{**each, "price": "50"} if each["code"] == "demand" else each for each in NETWORK]
    tariffs = catalog(network=[prices("network_price", NETWORK), prices("network_price", dearer, "2024-07-16")])
    answer = bill(request(agreement=[contract("400")]), tariffs)
    # 420 + 2 × 80 = 580; with the band free 560: 20 × 40 × 15 ÷ 31 = 387.10 and 20 × 50 × 16 ÷ 31 = 516.13 less
    assert amounts(answer, "demand") == ["11225.81", "14967.74"]
    differences = [others(each) for each in problems(answer, ProblemCode.EXCESS_DEMAND)]
    assert differences == [[("the other band", "-384.20")], [("the other band", "-512.26")]]
