"""Energy that comes from intervals: by whose clock, what is missing, what was fed back, and the maximum demand."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Alternative, Severity
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    INDUSTRY,
    LEVIES,
    SHOP,
    Data,
    bill,
    catalog,
    changed,
    codes,
    document,
    entry,
    fault,
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

UNTIMED = {**SHOP, "time_of_use": False}
NOT_ASSESSED = {"S1": {"power_factor_standard": "none"}}
HOURS: Data = {
    "periods": {"all": {"bands": {"peak": ["08:30-12:00"], "valley": ["00:00-06:00"]}}},
    "remainder": "flat",
    "ratios": {
        "all": {
            "bands": {
                "peak": {"of": "flat", "factor": "1.5"},
                "flat": {"of": "untimed", "factor": "1"},
                "valley": {"of": "flat", "factor": "0.5"},
            }
        }
    },
    "floats": {"none": {"sections": []}},
}
"""Of a day 3.5 hours are peak, 6 valley and 14.5 flat."""


def timed(**changes: Any) -> Catalog:
    """The area's tariffs with hours."""
    return catalog(hours=document("time_of_use", "2020-01-01", HOURS), **changes)


def metered(group: Data = SHOP, **told: Any) -> Data:
    """Two days of a shop at 1 kWh every half hour, without readings."""
    intervals = {
        "step": "30",
        "start": "2024-07-01T00:00:00+08:00",
        "unit": "kwh",
        "values": ["1"] * 96,
        "fill": "refuse",
        **told,
    }
    measured = {key: each for key, each in point().items() if key not in ("readings", "config")}
    agreement = [entry("2020-01-01", groups={"main": group}, supply_points=NOT_ASSESSED, basic={"mode": "exempt"})]
    return {
        **request("2024-07-01", "2024-07-03"),
        "agreement": agreement,
        "metering_points": [{**measured, "intervals": intervals}],
    }


def test_intervals_are_billed_by_the_hours_of_the_document_in_force() -> None:
    answer = bill(metered(), timed())
    assert quantities(answer, "purchase") == ["14", "58", "24"]
    assert answer.lines[0].steps[0].term is Term.METERED_ENERGY
    [problem] = problems(answer, ProblemCode.FROM_INTERVALS)
    assert (problem.where, problem.severity) == ("/metering_points/0/intervals", Severity.NOTE)
    assert problem.facts == {"point": "M1", "fact": "kwh", "step": "30"}
    assert codes(answer) == {"from_intervals"}
    assert "cn-test/time_of_use/2020-01-01" in {source.id for source in answer.sources}


def test_mean_powers_and_a_group_without_time_of_use_need_no_hours() -> None:
    answer = bill(metered(UNTIMED, unit="kw"))
    assert quantities(answer, "network_energy") == ["48.0"]


PEAK_HOURS = ["1"] * 17 + ["100"] * 7 + ["1"] * 72
"""Two days; on the first 100 kWh in each half hour of the peak, 08:30 to 12:00."""


@pytest.mark.parametrize(
    "start",
    ["2024-07-01T00:00:00+08:00", "2024-06-30T16:00:00Z", "2024-06-30T20:30:00+04:30", "2024-06-30T06:00:00-10:00"],
)
def test_the_same_instants_are_the_same_bill_in_whatever_offset_they_are_written(start: str) -> None:
    answer = bill(metered(start=start, values=PEAK_HOURS), timed())
    assert quantities(answer, "purchase") == ["707", "58", "24"]
    assert "cn-test/clock/1991-09-15" in {source.id for source in answer.sources}


def test_instants_of_other_days_by_the_clock_of_the_area_are_refused() -> None:
    data = metered(start="2024-07-01T00:00:00Z")  # 08:00 in China: the last sixteen are of the third of July
    assert str(fault(data, timed())) == (
        "/metering_points/0/intervals/values/80: interval_outside: the interval that starts at "
        "2024-07-03T00:00:00+08:00 by the clock of the area (UTC+08:00) is of no day of 2024-07-01 to 2024-07-02; give the "
        "intervals of these days: a day begins at 00:00 by this clock, in whatever offset it is written"
    )


@pytest.mark.parametrize(("before", "after"), [(48, 10), (48, 0), (0, 10)])
def test_of_other_days_missing_values_are_nothing_and_the_first_other_one_is_told(before: int, after: int) -> None:
    start = "2024-06-30T00:00:00+08:00" if before else "2024-07-01T00:00:00+08:00"
    values: list[str | None] = [*[None] * before, *PEAK_HOURS, *[None] * after]
    assert quantities(bill(metered(start=start, values=values), timed()), "purchase") == ["707", "58", "24"]
    for place in ([before - 1] if before else []) + ([len(values) - 1] if after else []):
        told = [*values[:place], "1", *values[place + 1 :]]
        found = fault(metered(start=start, values=told), timed())
        assert found.where == f"/metering_points/0/intervals/values/{place}"


@pytest.mark.parametrize("day", ["2024-06-01", "2024-08-01"])
def test_values_of_other_days_alone_are_refused_at_the_first(day: str) -> None:
    found = fault(metered(start=f"{day}T00:00:00+08:00", values=[None, "1", "1"]), timed())
    assert found.where == "/metering_points/0/intervals/values/1"


def test_hours_that_are_not_covered_are_missing_and_never_taken_as_local() -> None:
    data = metered(start="2024-07-01T00:00:00Z", values=["1"] * 80)
    refused = refusal(data, timed())
    assert (refused.code, refused.facts["count"]) == (RefusalCode.INTERVALS_MISSING, "16")
    assert refused.facts["start"] == "2024-07-01 00:00:00+08:00"


@pytest.mark.parametrize(
    ("start", "step", "by_clock"),
    [
        ("2024-07-01T00:07:00+08:00", "30", "2024-07-01T00:07:00+08:00"),
        ("2024-07-01T00:00:01+08:00", "30", "2024-07-01T00:00:01+08:00"),
        ("2024-06-30T21:45:00+05:45", "60", "2024-07-01T00:00:00+08:00"),  # aligned here, and not where it was written
        ("2024-06-30T22:00:00+05:45", "60", "2024-07-01T00:15:00+08:00"),
    ],
)
def test_intervals_start_on_a_multiple_of_their_step_by_the_clock_of_the_area(
    start: str, step: str, by_clock: str
) -> None:
    data = metered(UNTIMED, start=start, step=step, values=["1"] * (2 * 1440 // int(step)))
    if by_clock == "2024-07-01T00:00:00+08:00":
        assert quantities(bill(data), "network_energy") == ["48"]
        return
    assert str(fault(data)) == (
        f"/metering_points/0/intervals/start: interval_not_aligned: the intervals start at {by_clock} by the clock of "
        f"the area, which is no multiple of {step} minutes; let the first start on a multiple of the step"
    )


def test_an_area_whose_clock_no_document_tells_is_refused() -> None:
    refused = refusal(metered(UNTIMED), catalog(clock=None))
    assert (refused.code, refused.facts["kind"]) == (RefusalCode.NO_DOCUMENT, "clock")


def test_a_clock_that_changes_in_the_period_is_refused() -> None:
    clocks = [
        document("clock", "1991-09-15", {"offset": "+08:00"}),
        document("clock", "2024-07-02", {"offset": "+09:00"}),
    ]
    assert refusal(metered(UNTIMED), catalog(clock=clocks)).code is RefusalCode.NOT_SUPPORTED


# What was fed back


def test_an_interval_below_zero_was_fed_back_and_is_told_apart() -> None:
    answer = bill(metered(values=["1"] * 20 + ["-0.5", "-2.25"] + ["1"] * 74), timed())  # 10:00 to 11:00
    assert quantities(answer, "purchase") == ["12", "58", "24"]
    [problem] = problems(answer, ProblemCode.ENERGY_FED_BACK)
    assert (problem.facts, problem.where) == ({"point": "M1", "energy": "2.75"}, "/metering_points/0")


def test_mean_power_below_zero_was_fed_back() -> None:
    answer = bill(metered(UNTIMED, unit="kw", values=["2"] * 95 + ["-3"]))
    assert quantities(answer, "network_energy") == ["95.0"]
    assert problems(answer, ProblemCode.ENERGY_FED_BACK)[0].facts["energy"] == "1.5"


def test_what_was_fed_back_on_both_sides_of_a_price_change_is_told_once() -> None:
    dearer = [{"code": "fund", "section": "levies", "price": "0.03"}]
    tariffs = catalog(levies=[prices("levies", LEVIES), prices("levies", dearer, "2024-07-02")])
    answer = bill(metered(UNTIMED, values=["-1"] + ["1"] * 94 + ["-4"]), tariffs)
    assert quantities(answer, "fund") == ["47", "47"]
    assert [each.facts["energy"] for each in problems(answer, ProblemCode.ENERGY_FED_BACK)] == ["5"]


def test_what_is_fed_back_is_no_demand() -> None:
    data = by_demand(demand={"minutes": "60", "rolling": False})
    data["metering_points"][0]["intervals"]["values"][60] = "-100"  # the half hour before the 5 kWh
    assert quantities(bill(data, timed()), "demand") == ["8"]


# Price changes and hours


def test_energy_at_a_price_change_comes_from_the_intervals() -> None:
    dearer = [{"code": "fund", "section": "levies", "price": "0.03"}]
    tariffs = catalog(levies=[prices("levies", LEVIES), prices("levies", dearer, "2024-07-02")])
    answer = bill(metered(UNTIMED, values=["1"] * 48 + ["3"] * 48), tariffs)
    assert quantities(answer, "fund") == ["48", "144"]
    assert codes(answer) == {"from_intervals"}


def test_a_band_without_energy_in_one_piece_is_there_all_the_same() -> None:
    later = {**HOURS, "periods": {"all": {"bands": {"peak": ["08:30-12:00"]}}}}
    hours = [document("time_of_use", "2020-01-01", HOURS), document("time_of_use", "2024-07-02", later)]
    dearer = [{"code": "fund", "section": "levies", "price": "0.03"}]
    levies = [prices("levies", LEVIES), prices("levies", dearer, "2024-07-02")]
    answer = bill(metered(), catalog(hours=hours, levies=levies))
    assert quantities(answer, "purchase") == ["14", "70", "12"]
    assert quantities(answer, "fund") == ["48", "48"]


def test_hours_that_change_without_a_price_are_followed() -> None:
    later = {**HOURS, "periods": {"all": {"bands": {"peak": ["08:30-12:00"]}}}}
    hours = [document("time_of_use", "2020-01-01", HOURS), document("time_of_use", "2024-07-02", later)]
    answer = bill(metered(), catalog(hours=hours))
    assert quantities(answer, "purchase") == ["14", "70", "12"]


def test_a_calendar_that_decides_an_hour_is_cited() -> None:
    breaks = [
        {"holidays": ["new_year"], "off": {"from": "2024-01-01", "to": "2024-01-02"}, "statutory": ["2024-01-01"]}
    ]
    rows = {**HOURS["periods"], "off": {"days": {"kind": ["rest_day"]}, "bands": {"valley": ["06:00-08:00"]}}}
    hours = document("time_of_use", "2020-01-01", {**HOURS, "periods": rows})
    year = document("calendar", "2024-01-01", {"breaks": breaks}, area="cn", until="2025-01-01")
    data = metered()
    for place in ("cycle", "period"):
        data[place] = {"from": "2024-07-06", "to": "2024-07-08"}
    data["metering_points"][0]["intervals"]["start"] = "2024-07-06T00:00:00+08:00"
    answer = bill(data, catalog(hours=hours, year=year))
    assert quantities(answer, "purchase") == ["14", "50", "32"]
    assert "cn/calendar/2024-01-01" in {source.id for source in answer.sources}
    refused = refusal(data, catalog(hours=hours))
    assert (refused.code, refused.facts["kind"]) == (RefusalCode.NO_DOCUMENT, "calendar")


def test_the_hours_must_be_told() -> None:
    assert refusal(metered()).facts == {"kind": "time_of_use", "area": "cn-test", "day": "2024-07-01"}


def test_an_interval_across_a_change_of_the_band_is_refused() -> None:
    refused = refusal(metered(step="60", values=["1"] * 48), timed())
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/metering_points")
    assert refused.facts == {"what": "intervals_across", "step": "60", "day": "2024-07-01"}


def gap(fill: str) -> Data:
    values: list[str | None] = [*["1"] * 40, None, None, "4", *["1"] * 51]
    return metered(UNTIMED, values=values, fill=fill)


def test_missing_intervals_are_refused_unless_a_rule_fills_them() -> None:
    refused = refusal(gap("refuse"))
    assert str(refused) == (
        "/metering_points/0/intervals/values: intervals_missing: metering point M1: 4 intervals are missing, the first "
        "at 2024-07-01 20:00:00+08:00; give them, or choose how they are filled: zero or neighbours"
    )


@pytest.mark.parametrize(
    ("fill", "kwh", "filled", "other", "difference"),
    [("zero", "95", "0", "neighbours", "4.34"), ("neighbours", "102.0000", "7", "zero", "-4.34")],
)
def test_filled_intervals_are_a_problem_of_the_bill(
    fill: str, kwh: str, filled: str, other: str, difference: str
) -> None:
    # (1 + 4) ÷ 2 twice, and 1 twice at the end, are 7 kWh; each costs 0.50 + 0.10 + 0.02
    answer = bill(gap(fill))
    assert quantities(answer, "network_energy") == [kwh]
    [problem] = problems(answer, ProblemCode.INTERVALS_FILLED)
    assert (problem.facts["count"], problem.facts["fill"], problem.severity) == ("4", fill, Severity.DOUBT)
    assert problem.facts["kwh"] == filled
    assert problem.alternatives == (Alternative(other, Decimal(difference)),)


def test_intervals_of_which_none_is_there_cannot_be_filled_from_neighbours() -> None:
    refused = refusal(metered(UNTIMED, values=[None] * 96, fill="neighbours"))
    assert str(refused) == (
        "/metering_points/0/intervals/values: nothing_to_fill_from: metering point M1: all 96 intervals are missing, and "
        "there are no neighbours to fill them from; give some of them, or the quantities as given"
    )
    [problem] = problems(bill(metered(UNTIMED, values=[None] * 96, fill="zero")), ProblemCode.INTERVALS_FILLED)
    assert problem.alternatives == (Alternative("neighbours", None),)


def beside(**shown: str) -> Data:
    """Readings beside the intervals, from zero at a multiplier of 100."""
    data = metered()
    data["metering_points"][0] |= {
        "config": point()["config"],
        "readings": [
            reading("2024-07-01", "opening", **dict.fromkeys(shown, "0")),
            reading("2024-07-03", "closing", **shown),
        ],
    }
    return data


def test_registers_beside_intervals_are_compared_and_not_billed() -> None:
    answer = bill(beside(total="0.96", peak="0.14", sharp="0"), timed())
    assert quantities(answer, "purchase") == ["14", "58", "24"]
    assert codes(answer) == {"from_intervals"}


def test_registers_that_differ_from_the_intervals_are_told() -> None:
    answer = bill(beside(total="0.97", valley="0.2", sharp="0.01"), timed())
    assert quantities(answer, "purchase") == ["14", "58", "24"]
    assert [problem.facts for problem in problems(answer, ProblemCode.INTERVALS_DIFFER)] == [
        {"point": "M1", "register": "total", "read": "97", "intervals": "96"},
        {"point": "M1", "register": "sharp", "read": "1", "intervals": "0"},
        {"point": "M1", "register": "valley", "read": "20", "intervals": "24"},
    ]


def test_what_is_given_stands_before_intervals() -> None:
    answer = bill(changed(metered(), {"metering_points.0.given": {"kwh": {"flat": "7"}}}), timed())
    assert quantities(answer, "purchase") == ["14", "7", "24"]


def test_intervals_begin_with_the_installation_of_the_meter() -> None:
    data = metered(UNTIMED, start="2024-07-02T00:00:00+08:00", values=["1"] * 48)
    assert refusal(data).code is RefusalCode.INTERVALS_MISSING
    data["metering_points"][0] |= {
        "config": [{"from": "2024-07-02", "meter": "A", "multiplier": "1", "digits": "4"}],
        "readings": [
            reading("2024-07-02", "installation", reactive_forward="0"),
            reading("2024-07-03", "closing", reactive_forward="0"),
        ],
    }
    assert quantities(bill(data), "network_energy") == ["48"]
    dearer = [{"code": "fund", "section": "levies", "price": "0.03"}]
    tariffs = catalog(levies=[prices("levies", LEVIES), prices("levies", dearer, "2024-07-02")])
    assert quantities(bill(data, tariffs), "fund") == ["48"]


def by_demand(**told: Any) -> Data:
    """July 2024 at 2 kW, with 10 kW and 14 kW in two intervals that follow one another on the second."""
    data = metered(INDUSTRY, values=["1"] * 61 + ["5", "7"] + ["1"] * (31 * 48 - 63), **told)
    whole = {"from": "2024-07-01", "to": "2024-08-01"}
    agreement = [entry("2020-01-01", supply_points=NOT_ASSESSED, basic={"mode": "actual"})]
    return {**data, "cycle": whole, "period": whole, "agreement": agreement}


@pytest.mark.parametrize(("minutes", "rolling", "kw"), [("30", False, "14"), ("60", False, "8"), ("60", True, "12")])
def test_the_maximum_demand_comes_from_the_intervals(minutes: str, rolling: bool, kw: str) -> None:
    answer = bill(by_demand(demand={"minutes": minutes, "rolling": rolling}), timed())
    assert quantities(answer, "demand") == [kw]
    assert [each.facts["fact"] for each in problems(answer, ProblemCode.FROM_INTERVALS)] == ["kwh", "demand_kw"]


@pytest.mark.parametrize("place", ["facts.S1.demand_kw", "metering_points.0.given.demand_kw"])
def test_a_given_demand_is_not_said_to_come_from_the_intervals(place: str) -> None:
    data = changed(by_demand(demand={"minutes": "30", "rolling": False}), {place: "15"})
    answer = bill(data, timed())
    assert quantities(answer, "demand") == ["15"]
    assert [each.facts["fact"] for each in problems(answer, ProblemCode.FROM_INTERVALS)] == ["kwh"]
    [problem] = problems(answer, ProblemCode.DEMAND_DIFFERS)  # which they are compared with nevertheless
    assert (problem.facts["given"], problem.facts["read"]) == ("15", "14")


def test_intervals_that_do_not_tell_the_demand_leave_it_to_the_register() -> None:
    assert refusal(by_demand(), timed()).code is RefusalCode.DEMAND_MISSING


def test_a_demand_is_that_of_the_days_on_its_own_terms() -> None:
    data = by_demand(demand={"minutes": "30", "rolling": False})
    served = {"S1": {"power_factor_standard": "none", "transformers": [transformer(kva="10")]}}
    contracted = {"mode": "contracted", "contracts": {"regular": "100"}}
    data["agreement"].append(entry("2024-07-16", supply_points=served, basic=contracted))
    by_days = [
        {str(step.number) for step in line.steps if step.term is Term.MAXIMUM_DEMAND}
        for line in lines(bill(data, timed()), "demand")
    ]
    assert by_days == [{"14"}, {"2"}]


def test_what_is_given_beside_intervals_stands_for_them_and_that_is_a_doubt() -> None:
    answer = bill(changed(metered(), {"metering_points.0.given": {"kwh": {"peak": "5"}}}), timed())
    assert quantities(answer, "purchase") == ["5", "58", "24"]
    [problem] = problems(answer, ProblemCode.STATED_WITHOUT_EFFECT)
    assert (problem.severity, problem.where) == (Severity.DOUBT, "/metering_points/0/intervals")
    assert problem.facts == {"key": "metering_points.0.intervals (peak)"}
    beside = bill(changed(metered(), {"metering_points.0.given": {"kvarh": {"reactive_forward": "5"}}}), timed())
    assert {each.severity for each in problems(beside, ProblemCode.STATED_WITHOUT_EFFECT)} == {Severity.NOTE}
