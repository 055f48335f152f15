"""The power-factor adjustment: what is measured for whom, at which standard, and what it adjusts."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from tests.billing.cases import (
    CONVENTIONS,
    HOME,
    INDUSTRY,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    codes,
    conventions,
    entry,
    fault,
    line,
    lines,
    point,
    problems,
    quantities,
    reading,
    refusal,
    request,
    transformer,
)


def supply(standard: str = "0.90") -> Data:
    return {"power_factor_standard": standard, "transformers": [transformer()]}


def told(**power_factor: Any) -> Any:
    """The area's tariffs with other conventions about the power factor."""
    return catalog(
        conventions=conventions(told={**CONVENTIONS, "power_factor": {**CONVENTIONS["power_factor"], **power_factor}})
    )


def measured(answer: Any) -> list[tuple[str, str, str, str, str]]:
    return [
        (each.scope, str(each.active_kwh), str(each.reactive_kvarh), str(each.cosphi), str(each.ratio))
        for each in answer.power_factors
    ]


def meter(name: str, group: str, supply_point: str = "S1", **shown: str) -> Data:
    data = point(id=name, group=group, supply_point=supply_point)
    data["readings"][1].update(shown)
    return data


@pytest.mark.parametrize(
    ("standard", "ratio", "amount"),
    [("0.90", "-0.0075", "-247.50"), ("0.85", "-0.0110", "-363.00"), ("0.80", "-0.0130", "-429.00")],
)
def test_the_ratio_is_that_of_the_standard(standard: str, ratio: str, amount: str) -> None:
    answer = bill(request(agreement=[entry("2020-01-01", supply_points={"S1": supply(standard)})]))
    assert measured(answer) == [("S1", "6000", "1200", "0.98", ratio)]
    adjusted = line(answer, "power_factor")
    assert (adjusted.group, str(adjusted.quantity), adjusted.unit) == ("S1", "33000.00", "CNY")
    assert (str(adjusted.price), str(adjusted.amount)) == (ratio, amount)


def test_a_poor_power_factor_costs_more() -> None:
    answer = bill(request(metering_points=[meter("M1", "main", reactive_forward="80")]))
    assert measured(answer) == [("S1", "6000", "8000", "0.60", "0.2500")]
    assert amounts(answer, "power_factor") == ["8250.00"]


def test_a_supply_point_that_is_not_assessed_is_not_adjusted() -> None:
    answer = bill(request(agreement=[entry("2020-01-01", supply_points={"S1": supply("none")})]))
    assert (lines(answer, "power_factor"), answer.power_factors) == ([], ())


def test_a_standard_the_rules_do_not_know_is_found() -> None:
    found = fault(request(agreement=[entry("2020-01-01", supply_points={"S1": supply("0.95")})]))
    assert (found.code, found.where) == (
        FaultCode.UNKNOWN_STANDARD,
        "/agreement/0/supply_points/S1/power_factor_standard",
    )
    assert found.facts == {"value": "0.95", "known": "0.80, 0.85, 0.90"}


# Reactive energy


def test_reverse_reactive_energy_is_added_where_the_convention_tells_so() -> None:
    both = told(reactive=["reactive_forward", "reactive_reverse"])
    data = request(metering_points=[meter("M1", "main", reactive_reverse="8")])
    data = changed(data, {"metering_points.0.readings.0.reactive_reverse": "0"})
    assert measured(bill(data, both)) == [("S1", "6000", "2000", "0.95", "-0.0075")]
    assert measured(bill(data)) == [("S1", "6000", "1200", "0.98", "-0.0075")]


def test_a_reactive_register_that_is_missing_is_refused_unless_it_is_not_installed() -> None:
    both = told(reactive=["reactive_forward", "reactive_reverse"])
    refused = refusal(request(), both)
    assert (refused.code, refused.where) == (RefusalCode.REGISTER_MISSING, "/metering_points/0")
    assert refused.facts == {"point": "M1", "register": "reactive_reverse", "needed_by": "the power factor"}
    told_so = changed(request(), {"metering_points.0.not_installed": ["reactive_reverse"]})
    assert measured(bill(told_so, both)) == [("S1", "6000", "1200", "0.98", "-0.0075")]


def test_money_that_nothing_measures_the_power_factor_of_is_refused() -> None:
    data = changed(request(), {"metering_points.0.not_installed": ["reactive_forward"]})
    for each in data["metering_points"][0]["readings"]:
        del each["reactive_forward"]
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.POWER_FACTOR_NOT_MEASURED, "/metering_points")
    assert refused.facts == {"scope": "S1", "energy": "reactive"}
    unmetered = refusal(request(metering_points=[]))
    assert unmetered.facts == {"scope": "S1", "energy": "active"}


def test_a_bill_without_anything_to_adjust_needs_no_power_factor() -> None:
    levy = {"code": "agreed", "section": "levies", "group": "main", "amount": "12.00"}
    agreement = [entry("2020-01-01", basic={"mode": "exempt"})]
    answer = bill(request(metering_points=[], given=[levy], agreement=agreement))
    assert amounts(answer) == ["12.00"]
    assert measured(answer) == [("S1", "None", "None", "None", "None")]
    nothing = bill(request(metering_points=[], agreement=agreement))
    assert (nothing.lines, str(nothing.total)) == ((), "0.00")


# No energy


def idle(reactive: str = "0") -> Data:
    return request(metering_points=[meter("M1", "main", peak="0", flat="0", valley="0", reactive_forward=reactive)])


def test_a_month_without_any_energy_is_not_adjusted() -> None:
    answer = bill(idle())
    assert measured(answer) == [("S1", "0", "0", "1.00", "0")]
    assert amounts(answer, "power_factor") == ["0.00"]
    assert amounts(answer, "capacity") == ["30000.00"]


def test_reactive_without_active_energy_is_refused_or_not_adjusted() -> None:
    refused = refusal(idle("1"))
    assert (refused.code, refused.where) == (RefusalCode.NO_ACTIVE_ENERGY, "/metering_points")
    assert refused.facts == {"scope": "S1"}
    answer = bill(idle("1"), told(no_energy="none"))
    assert measured(answer) == [("S1", "0", "100", "0.00", "0")]
    assert amounts(answer, "power_factor") == ["0.00"]


# Given facts


def test_a_given_power_factor_is_rounded_and_looked_up() -> None:
    answer = bill(changed(request(), {"facts.S1.cosphi": "0.9251"}))
    assert measured(answer) == [("S1", "None", "None", "0.93", "-0.0045")]
    [problem] = problems(answer, ProblemCode.GIVEN_FACT)
    assert (problem.where, problem.facts) == ("/facts/S1/cosphi", {"fact": "cosphi"})


def test_a_given_ratio_needs_no_power_factor_and_no_register() -> None:
    data = changed(request(), {"facts.S1": {"cosphi": "0.60", "power_factor_ratio": "0.005"}})
    for each in data["metering_points"][0]["readings"]:
        del each["reactive_forward"]
    answer = bill(data)
    assert measured(answer) == [("S1", "None", "None", "None", "0.005")]
    assert amounts(answer, "power_factor") == ["165.00"]
    assert [each.where for each in problems(answer, ProblemCode.GIVEN_FACT)] == ["/facts/S1/power_factor_ratio"]


def test_a_power_factor_above_one_is_found() -> None:
    found = fault(changed(request(), {"facts.S1.cosphi": "1.01"}))
    assert (found.code, found.where) == (FaultCode.OUT_OF_RANGE, "/facts/S1/cosphi")


@pytest.mark.parametrize(
    ("scope", "known"), [("supply_point", "S1"), ("account", "S1, account"), ("group", "S1, main")]
)
def test_facts_of_what_is_not_there_are_found(scope: str, known: str) -> None:
    found = fault(changed(request(), {"facts.S9.cosphi": "1", "conventions.power_factor.scope": scope}))
    assert (found.code, found.where) == (FaultCode.UNKNOWN_REFERENCE, "/facts/S9")
    assert found.facts["known"] == known


def test_facts_without_a_power_factor_leave_it_measured() -> None:
    answer = bill(changed(request(), {"facts.S1.demand_kw": "7"}))
    assert measured(answer) == [("S1", "6000", "1200", "0.98", "-0.0075")]


# Scopes


def two_points(**changes: Any) -> Data:
    """Main at S1 with cosφ 0.98, other at S2 with 0.60; together 12,000 kWh and 9,200 kvarh: 0.79."""
    agreement = entry(
        "2020-01-01",
        groups={"main": INDUSTRY, "other": INDUSTRY},
        supply_points={"S1": supply(), "S2": supply()},
    )
    meters = [meter("M1", "main"), meter("M2", "other", "S2", reactive_forward="80")]
    return request(agreement=[agreement], metering_points=meters, **changes)


def test_each_supply_point_has_its_own_power_factor() -> None:
    answer = bill(two_points())
    assert [fact[:1] + fact[3:] for fact in measured(answer)] == [("S1", "0.98", "-0.0075"), ("S2", "0.60", "0.2500")]
    assert amounts(answer, "power_factor") == ["-247.50", "8250.00"]


def test_an_account_has_one_power_factor_of_all_its_supply_points() -> None:
    answer = bill(two_points(), told(scope="account"))
    assert measured(answer) == [("account", "12000", "9200", "0.79", "0.0550")]
    assert [(each.group, str(each.quantity), str(each.amount)) for each in lines(answer, "power_factor")] == [
        ("account", "66000.00", "3630.00")
    ]


def test_each_group_may_have_its_own_power_factor_at_one_supply_point() -> None:
    data = changed(
        two_points(),
        {"metering_points.1.supply_point": "S1", "agreement.0.basic.demand_shares": {"main": "1", "other": "1"}},
    )
    del data["agreement"][0]["supply_points"]["S2"]
    answer = bill(data, told(scope="group"))
    assert [(each[0], each[3]) for each in measured(answer)] == [("main", "0.98"), ("other", "0.60")]
    together = bill(data)
    assert measured(together) == [("S1", "12000", "9200", "0.79", "0.0550")]


def test_groups_behind_one_meter_have_no_power_factor_each() -> None:
    data = request(
        agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "home": HOME})],
        metering_points=[point(children=[{"id": "R", "kind": "ratio", "group": "home", "value": "0.1"}])],
    )
    refused = refusal(data, told(scope="group"))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope")
    own = changed(data, {"facts": {"main": {"cosphi": "0.98"}, "home": {"cosphi": "0.90"}}})
    assert [each[0] for each in measured(bill(own, told(scope="group")))] == ["main", "home"]


def test_a_group_at_two_supply_points_has_no_power_factor_by_supply_point() -> None:
    data = changed(two_points(), {"metering_points.1.group": "main", "agreement.0.groups": {"main": INDUSTRY}})
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope")
    assert "S1, S2" in str(refused)
    unassessed = {"agreement.0.supply_points": {"S1": supply("none"), "S2": supply("none")}}
    assert lines(bill(changed(data, unassessed)), "power_factor") == []


def test_supply_points_of_several_standards_have_no_power_factor_together() -> None:
    data = changed(two_points(), {"agreement.0.supply_points.S2.power_factor_standard": "0.85"})
    refused = refusal(data, told(scope="account"))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope")
    assert "0.85, 0.90" in str(refused)


def test_the_scope_is_in_doubt_only_where_there_are_several_to_choose_from() -> None:
    untold = {key: value for key, value in CONVENTIONS["power_factor"].items() if key != "scope"}
    tariffs = catalog(conventions=conventions(told={**CONVENTIONS, "power_factor": untold}))
    assert codes(bill(request(), tariffs)) == set()
    [problem] = problems(bill(two_points(), tariffs), ProblemCode.CONVENTION_UNDOCUMENTED)
    # 3630.00 for the account against 8250.00 − 247.50
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("account", "-4372.50")]


# Whose energy counts, whose money is adjusted


def mixed(**home: Any) -> Data:
    """A factory with a household on a meter of its own at the same supply point."""
    groups = {"main": INDUSTRY, "home": {**HOME, **home}}
    own = point(
        id="M2", group="home", not_installed=["reactive_forward"],
        readings=[reading("2024-07-01", "opening", total="0"), reading("2024-08-01", "closing", total="40")],
    )  # fmt: skip
    return request(agreement=[entry("2020-01-01", groups=groups)], metering_points=[point(), own])


def test_a_household_counts_and_its_money_is_not_adjusted() -> None:
    answer = bill(mixed())
    assert measured(answer) == [("S1", "10000", "1200", "0.99", "-0.0075")]
    assert quantities(answer, "power_factor") == ["33000.00"]


def test_a_group_may_say_that_its_energy_does_not_count_or_its_money_does() -> None:
    answer = bill(mixed(power_factor={"counts_energy": False, "money_in_base": True}))
    assert measured(answer) == [("S1", "6000", "1200", "0.98", "-0.0075")]
    assert quantities(answer, "power_factor") == ["35000.00"]  # 4,000 kWh × 0.5 more


def test_a_meter_of_a_group_that_does_not_count_needs_no_reactive_register() -> None:
    data = changed(mixed(power_factor={"counts_energy": False}), {"metering_points.1.not_installed": []})
    assert measured(bill(data)) == [("S1", "6000", "1200", "0.98", "-0.0075")]


def test_a_group_that_counts_for_a_part_of_the_month_is_refused() -> None:
    data = mixed(power_factor={"counts_energy": False})
    data["agreement"].append(changed(mixed()["agreement"][0], {"from": "2024-07-11"}))
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/agreement")
    assert "group home" in str(refused)


def test_the_energy_of_a_sub_meter_counts_with_its_parent() -> None:
    groups = {"main": INDUSTRY, "home": HOME}
    child = {"id": "R", "kind": "ratio", "group": "home", "value": "0.5"}
    data = request(agreement=[entry("2020-01-01", groups=groups)], metering_points=[point(children=[child])])
    assert measured(bill(data)) == [("S1", "6000", "1200", "0.98", "-0.0075")]
    alone = changed(data, {"agreement.0.groups.home.power_factor": {"counts_energy": False}})
    assert measured(bill(alone)) == [("S1", "3000", "1200", "0.93", "-0.0045")]


def test_the_reactive_energy_of_a_sub_meter_is_in_that_of_its_parent() -> None:
    small = meter("M2", "main", peak="1", flat="1", valley="1", reactive_forward="9")
    parent = point(children=[{"id": "C", "kind": "meter", "group": "main", "point": "M2"}])
    assert measured(bill(request(metering_points=[parent, small]))) == [("S1", "6000", "1200", "0.98", "-0.0075")]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ({"include": {"sections": ["network_energy", "network_capacity"]}}, "30600.00"),
        ({"include": {"components": ["purchase"], "tags": ["levy"]}}, "2520.00"),
        ({"include": {"groups": ["main"]}, "exclude": {"components": ["capacity"]}}, "3120.00"),
        ({"exclude": {"sections": ["energy"], "tags": ["levy"]}}, "30600.00"),
        ({"exclude": {"groups": ["other"]}}, "33120.00"),
    ],
)
def test_the_base_is_selected_by_section_tag_component_and_group(base: Data, expected: str) -> None:
    assert quantities(bill(request(), told(base=base)), "power_factor") == [expected]


def test_exclusion_wins_over_the_word_of_a_group_and_that_over_inclusion() -> None:
    inside = changed(request(), {"agreement.0.groups.main.power_factor": {"money_in_base": True}})
    outside = changed(request(), {"agreement.0.groups.main.power_factor": {"money_in_base": False}})
    only_capacity = told(base={"include": {"components": ["capacity"]}, "exclude": {"components": ["fund"]}})
    assert quantities(bill(inside, only_capacity), "power_factor") == ["33000.00"]
    assert lines(bill(outside, only_capacity), "power_factor") == []


def test_the_adjustment_is_rounded_once_or_on_each_line() -> None:
    data = request(agreement=[entry("2020-01-01", groups={"main": SHOP}, basic={"mode": "exempt"})])
    sheet = {
        "title": "contract",
        "components": [{"code": code, "section": "energy", "price": "0.016767"} for code in ("one", "two")],
    }
    data = {**data, "price_sheet": sheet}
    # each line is 100.60; × −0.75 % is −0.7545 for a line and −1.509 for both
    assert amounts(bill(data), "power_factor") == ["-1.51"]
    assert amounts(bill(data, told(round="line")), "power_factor") == ["-1.50"]


# Which register tells the active energy


def with_total(total: str) -> Data:
    return changed(request(), {"metering_points.0.readings.0.total": "0", "metering_points.0.readings.1.total": total})


def test_the_total_register_may_tell_the_active_energy() -> None:
    answer = bill(with_total("66"), told(active="total"))
    assert measured(answer)[0][1] == "6600"
    assert quantities(answer, "network_energy") == ["6000"]
    refused = refusal(request(), told(active="total"))
    assert refused.code is RefusalCode.TOTAL_REGISTER_MISSING
    assert refused.where == "/metering_points/0"


def test_the_bands_may_tell_the_active_energy_of_a_point_that_is_billed_by_its_total() -> None:
    by_total = {"conventions.kwh.source": "total"}
    answer = bill(changed(with_total("66"), by_total), told(active="bands"))
    assert measured(answer)[0][1] == "6000"
    assert quantities(answer, "network_energy") == ["6600"]
    assert measured(bill(changed(with_total("66"), by_total)))[0][1] == "6600"
    assert measured(bill(with_total("66"), told(active="bands")))[0][1] == "6000"
    single = changed(with_total("66"), {"agreement.0.groups.main.time_of_use": False})
    for each in single["metering_points"][0]["readings"]:
        del each["peak"], each["flat"], each["valley"]
    assert measured(bill(single, told(active="bands")))[0][1] == "6600"


def test_a_total_register_that_holds_energy_which_does_not_count_is_refused() -> None:
    child = {"id": "R", "kind": "ratio", "group": "home", "value": "0.5"}
    groups = {"main": INDUSTRY, "home": {**HOME, "power_factor": {"counts_energy": False}}}
    data = changed(with_total("66"), {"agreement.0.groups": groups, "metering_points.0.children": [child]})
    refused = refusal(data, told(active="total"))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/active")
    assert "home" in str(refused)
