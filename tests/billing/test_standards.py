"""Standards of the power factor that change inside a cycle, and the rules that hold through it."""

from billcalc.kernel.codes import ProblemCode, RefusalCode
from tests.billing.cases import (
    Data,
    amounts,
    bill,
    catalog,
    changed,
    codes,
    document,
    entry,
    lines,
    power_factor_rules,
    problems,
    quantities,
    reading,
    refusal,
    request,
)
from tests.billing.test_power_factor import measured, supply


def cut(*entries: Data, at: str = "2024-07-11") -> Data:
    """July with a reading on the day of a change: 1,800 kWh and 900 kvarh before it, 4,200 and 300 after it."""
    data = request(agreement=list(entries))
    between = reading(at, "cut", peak="3", flat="6", valley="9", reactive_forward="9", maximum_demand="4")
    data["metering_points"][0]["readings"].insert(1, between)
    return data


def test_two_standards_in_one_cycle_adjust_their_own_lines_by_one_power_factor() -> None:
    answer = bill(cut(entry("2020-01-01"), entry("2024-07-11", supply_points={"S1": supply("0.85")})))
    assert measured(answer) == [("S1", "6000", "1200", "0.98", "-0.0075"), ("S1", "6000", "1200", "0.98", "-0.0110")]
    found = lines(answer, "power_factor")
    # 300 + … : 720 energy, 180 network, 9677.40 capacity before; 1680, 420, 20322.60 after
    assert [(str(each.span), str(each.quantity), str(each.amount)) for each in found] == [
        ("2024-07-01/2024-07-11", "10577.40", "-79.33"),
        ("2024-07-11/2024-08-01", "22422.60", "-246.65"),
    ]
    assert [str(each.span) for each in lines(answer, "network_energy")] == [str(each.span) for each in found]


def test_the_power_factor_is_of_the_assessed_days_only() -> None:
    answer = bill(cut(entry("2020-01-01", supply_points={"S1": supply("none")}), entry("2024-07-11")))
    assert measured(answer) == [("S1", "4200", "300", "1.00", "-0.0075")]
    assert quantities(answer, "power_factor") == ["22422.60"]
    assert codes(answer) == set()


def test_an_assessment_that_starts_without_a_reading_is_a_doubt() -> None:
    data = request(agreement=[entry("2020-01-01", supply_points={"S1": supply("none")}), entry("2024-07-11")])
    answer = bill(data)
    # 21 of 31 days: 677 + 1355 + 2032 kWh and 813 kvarh
    assert measured(answer) == [("S1", "4064", "813", "0.98", "-0.0075")]
    assert [each.facts["day"] for each in problems(answer, ProblemCode.ENERGY_SPLIT_BY_DAYS)] == ["2024-07-11"]


def test_an_assessment_that_pauses_has_one_power_factor_of_both_its_spans() -> None:
    pause = entry("2024-07-11", supply_points={"S1": supply("none")})
    data = cut(entry("2020-01-01"), pause, entry("2024-07-21"))
    between = reading("2024-07-21", "cut", peak="6", flat="12", valley="18", reactive_forward="10", maximum_demand="3")
    data["metering_points"][0]["readings"].insert(2, between)
    answer = bill(data)
    # 1,800 kWh and 900 kvarh, then 2,400 and 200
    assert [fact[1:4] for fact in measured(answer)] == [("4200", "1100", "0.97")] * 2
    assert [str(each.span) for each in lines(answer, "power_factor")] == [
        "2024-07-01/2024-07-11",
        "2024-07-21/2024-08-01",
    ]


def test_a_meter_that_is_gone_before_the_assessment_starts_measures_nothing_of_it() -> None:
    data = cut(entry("2020-01-01", supply_points={"S1": supply("none")}), entry("2024-07-11"))
    del data["metering_points"][0]["readings"][2]
    data = changed(data, {"metering_points.0.readings.1.kind": "removal"})
    assert refusal(data).code is RefusalCode.POWER_FACTOR_NOT_MEASURED


def test_rules_that_change_within_a_power_factor_are_refused() -> None:
    tables = power_factor_rules().model_dump(mode="json")["tables"]
    later = document("power_factor_rules", "2024-07-16", {"rounding": "0.01", "tables": tables})
    same = catalog(power_factor=[power_factor_rules(), later])
    assert amounts(bill(request(), same), "power_factor") == ["-247.50"]
    other = {**tables, "0.90": {**tables["0.90"], "below": "3"}}
    changing = document("power_factor_rules", "2024-07-16", {"rounding": "0.01", "tables": other}, area="cn-test")
    refused = refusal(request(), catalog(power_factor=[power_factor_rules(), changing]))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/cycle")
    assert refusal(request(), catalog(power_factor=None)).facts["kind"] == "power_factor_rules"
