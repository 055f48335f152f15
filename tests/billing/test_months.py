"""Several months in one request: billed month by month, and one answer."""

from dataclasses import replace
from decimal import Decimal

import pytest

from billcalc.billing.months import _alternatives, joined, months_of
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import Alternative, Problem, Severity
from tests.billing.cases import (
    CONVENTIONS,
    Data,
    bill,
    catalog,
    changed,
    conventions,
    entry,
    fault,
    faults,
    lines,
    point,
    problems,
    quantities,
    reading,
    refusal,
    request,
    transformer,
)

ZEROS = dict.fromkeys(("peak", "flat", "valley", "reactive_forward", "maximum_demand"), "0")
FIRST = {"peak": "10", "flat": "20", "valley": "30", "reactive_forward": "12", "maximum_demand": "5"}
SECOND = {"peak": "25", "flat": "45", "valley": "65", "reactive_forward": "20", "maximum_demand": "6"}


def two_months(**changes: object) -> Data:
    """July and August 2024, read at the end of each."""
    readings = [
        reading("2024-07-01", "opening", **ZEROS),
        reading("2024-08-01", "cut", **FIRST),
        reading("2024-09-01", "closing", **SECOND),
    ]
    return {**request("2024-07-01", "2024-09-01"), "metering_points": [point(readings=readings)], **changes}


def of_august() -> Data:
    readings = [reading("2024-08-01", "opening", **FIRST), reading("2024-09-01", "closing", **SECOND)]
    return {**request("2024-08-01", "2024-09-01"), "metering_points": [point(readings=readings)]}


def read_apart(after: str, *configs: Data) -> Data:
    """July closes at 10, 20 and 30, and August opens anew; peak at another reading."""
    readings = [
        reading("2024-07-01", "opening", **ZEROS),
        reading("2024-08-01", "closing", **FIRST),
        reading("2024-08-01", "opening", **{**FIRST, "peak": after}),
        reading("2024-09-01", "closing", **SECOND),
    ]
    told = {"config": [*configs]} if configs else {}
    return {**two_months(), "metering_points": [point(readings=readings, **told)]}


def test_a_register_that_moved_between_two_months_is_a_fault() -> None:
    assert bill(read_apart("10")).total == bill(two_months()).total
    found = fault(read_apart("11.5"))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/metering_points/0/readings/2/peak")
    assert (found.facts["closing"], found.facts["opening"], found.facts["day"]) == ("10", "11.5", "2024-08-01")


def test_another_meter_begins_its_month_where_it_stands() -> None:
    meters = [{"from": day, "meter": name, "multiplier": "100", "digits": "4"}
              for day, name in (("2024-07-01", "A"), ("2024-08-01", "B"))]  # fmt: skip
    assert bill(read_apart("11", *meters)).total
    meters[1]["meter"] = "A"
    assert fault(read_apart("11", *meters)).facts["register"] == "peak"


def test_two_months_are_billed_month_by_month() -> None:
    answer, july, august = bill(two_months()), bill(request()), bill(of_august())
    assert answer.total == july.total + august.total
    assert sorted(map(str, answer.lines)) == sorted(map(str, (*july.lines, *august.lines)))
    assert [str(each.span) for each in lines(answer, "capacity")] == ["2024-07-01/2024-08-01", "2024-08-01/2024-09-01"]
    assert exact_sum(answer.sections.values()) == answer.total
    assert answer.kwh == {
        group: {band: july.kwh[group][band] + august.kwh[group][band] for band in bands}
        for group, bands in july.kwh.items()
    }
    assert answer.power_factors == (*july.power_factors, *august.power_factors)
    assert (str(answer.cycle), str(answer.period)) == ("2024-07-01/2024-09-01",) * 2
    assert answer.id not in (july.id, august.id)


def test_months_of_one_rate_of_tax_have_it_together_and_those_of_several_have_none() -> None:
    asked = validated(Request, two_months())
    months, bills = months_of(asked, catalog()), (bill(request()), bill(of_august()))
    before, since = Decimal("0.16"), Decimal("0.13")
    several = [replace(each, tax_inside=rate) for each, rate in zip(bills, (before, since), strict=True)]
    assert joined(asked, months, several, identity="").tax is None
    alike = [replace(each, tax_inside=since) for each in bills]
    assert joined(asked, months, alike, identity="").tax_inside == since


def test_a_year_of_months_is_twelve_of_them() -> None:
    days = [f"2024-{month:02}-15" for month in range(1, 13)] + ["2025-01-15"]
    readings = [
        reading(day, "opening" if not number else "closing" if number == 12 else "cut",
                **{key: str(number * int(shown)) for key, shown in FIRST.items()})
        for number, day in enumerate(days)
    ]  # fmt: skip
    answer = bill({**request("2024-01-15", "2025-01-15"), "metering_points": [point(readings=readings)]})
    assert quantities(answer, "capacity") == ["1000"] * 12


def test_a_month_that_begins_on_the_31st_ends_where_the_next_has_none() -> None:
    readings = [
        reading("2024-07-31", "opening", **ZEROS),
        reading("2024-08-31", "cut", **FIRST),
        reading("2024-09-30", "closing", **SECOND),
    ]
    data = {**request("2024-07-31", "2024-09-30"), "metering_points": [point(readings=readings)]}
    assert quantities(bill(data), "capacity") == ["1000", "1000"]


def test_a_connection_inside_the_months_is_billed_from_its_day_on() -> None:
    data = changed(two_months(), {"period.from": "2024-08-12"})
    data["metering_points"][0]["readings"] = [
        reading("2024-08-12", "opening", **ZEROS), reading("2024-09-01", "closing", **FIRST),
    ]  # fmt: skip
    assert quantities(bill(data), "capacity") == ["645.16"]  # 1000 × 20/31


def test_a_meter_that_is_exchanged_between_the_months_is_of_both() -> None:
    data = two_months()
    readings = data["metering_points"][0]["readings"]
    readings[1:2] = [
        {**reading("2024-08-01", "removal", **FIRST), "rollover": []}, reading("2024-08-01", "installation", **ZEROS),
    ]  # fmt: skip
    data["metering_points"][0]["config"].append(
        {"from": "2024-08-01", "meter": "B", "multiplier": "100", "digits": "4"}
    )
    assert quantities(bill(data), "network_energy") == ["6000", "13500"]


def test_a_register_that_went_through_zero_before_the_months_part_did_so_once() -> None:
    data = changed(two_months(), {"metering_points.0.readings.0.peak": "9995"})
    data = changed(data, {"metering_points.0.readings.1.rollover": ["peak"]})
    assert quantities(bill(data), "purchase") == ["1500", "2000", "3000", "1500", "2500", "3500"]


def test_what_is_missing_is_told_by_its_place_in_the_whole_request() -> None:
    data = two_months()
    del data["metering_points"][0]["readings"][1]
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.READING_MISSING, "/metering_points/0/readings")
    wrong = changed(two_months(), {"metering_points.0.readings.2.rollover": ["maximum_demand"]})
    found = fault(wrong)
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/metering_points/0/readings/2/rollover/0")


def test_a_problem_of_both_months_is_told_once_with_its_money_of_both() -> None:
    told = {**CONVENTIONS, "levies": {}}
    tariffs = catalog(conventions=conventions(told=told))
    one = bill(request(), tariffs)
    both = bill(two_months(), tariffs)
    [problem] = problems(both, ProblemCode.CONVENTION_UNDOCUMENTED)
    [single] = problems(one, ProblemCode.CONVENTION_UNDOCUMENTED)
    assert (problem.where, problem.facts) == (single.where, single.facts)
    assert [each.value for each in problem.alternatives] == [each.value for each in single.alternatives]
    assert problem.severity is Severity.NOTE


def test_an_entry_of_one_of_the_months_has_its_effect() -> None:
    more = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2")]}}
    data = two_months(agreement=[entry("2020-01-01"), entry("2024-08-01", supply_points=more)])
    answer = bill(data)
    assert quantities(answer, "capacity") == ["1000", "2000"]
    assert not [each for each in problems(answer, ProblemCode.STATED_WITHOUT_EFFECT) if "agreement" in each.where]
    never = two_months(agreement=[entry("2020-01-01"), entry("2030-01-01")])
    found = problems(bill(never), ProblemCode.STATED_WITHOUT_EFFECT)
    assert [each.where for each in found if "agreement" in each.where] == ["/agreement/1"]


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"given": [{"code": "extra", "section": "energy", "group": "main", "amount": "10.00"}]}, "/given"),
        ({"facts": {"S1": {"cosphi": "0.95"}}}, "/facts"),
        ({"metering_points.0.given.demand_kw": "500"}, "/metering_points/0/given"),
        ({"metering_points.0.given.kwh": {"peak": "500"}}, "/metering_points/0/given"),
        ({"metering_points.0.given.kvarh": {"reactive_forward": "500"}}, "/metering_points/0/given"),
    ],
)  # fmt: skip
def test_what_is_told_of_the_whole_and_belongs_to_no_month_is_refused(told: Data, where: str) -> None:
    refused = refusal(changed(two_months(), told))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, where)


def test_a_cycle_that_is_no_number_of_months_is_a_fault_as_ever() -> None:
    assert fault(changed(two_months(), {"cycle.to": "2024-08-30", "period.to": "2024-08-30"})).code is (
        FaultCode.CYCLE_NOT_A_MONTH
    )


def test_a_reading_of_no_month_and_a_period_outside_the_cycle_are_found() -> None:
    late = changed(two_months(), {"metering_points.0.readings.2.at": "2024-09-02"})
    found = fault(late)
    assert (found.code, found.where) == (FaultCode.READING_OUTSIDE, "/metering_points/0/readings/2/at")
    outside = faults(changed(two_months(), {"period.to": "2024-09-02"}))
    assert [(each.code, each.where) for each in outside] == [(FaultCode.INCONSISTENT, "/period")]  # the cycle is right


def test_what_decides_nothing_is_told_by_its_place_in_the_whole_request() -> None:
    data = two_months()
    data["metering_points"][0]["readings"][0]["reactive_q1"] = "0"
    data["metering_points"][0]["readings"][1]["reactive_q1"] = "1"
    data["metering_points"][0]["readings"][2]["reactive_q1"] = "2"
    found = [each for each in problems(bill(data), ProblemCode.STATED_WITHOUT_EFFECT) if "reactive_q1" in each.where]
    assert [each.facts["key"] for each in found] == [
        "metering_points.0.readings.1.reactive_q1",
        "metering_points.0.readings.2.reactive_q1",
    ]


def test_another_reading_that_one_month_cannot_be_billed_by_has_no_money() -> None:
    one = Problem(ProblemCode.EXCESS_DEMAND, Severity.NOTE, "", {}, (Alternative("a", Decimal(1)),))
    other = Problem(
        ProblemCode.EXCESS_DEMAND, Severity.DOUBT, "", {}, (Alternative("a", None), Alternative("b", Decimal(2)))
    )
    assert list(_alternatives([one, other])) == [Alternative("a", None), Alternative("b", Decimal(2))]
