"""Registers that are estimated, roll over or count what is fed back, and energy that comes from intervals."""

from typing import Any

import pytest

from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Severity
from billcalc.kernel.wording import FaultCode, ProblemCode, RefusalCode
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    INDUSTRY,
    LEVIES,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    codes,
    document,
    entry,
    fault,
    faults,
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


def read(*readings: Data, **changes: Any) -> Data:
    """July 2024 of a shop with a total register."""
    agreement = [entry("2020-01-01", groups={"main": UNTIMED}, supply_points=NOT_ASSESSED, basic={"mode": "exempt"})]
    return request(agreement=agreement, metering_points=[point(readings=list(readings), **changes)])


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


# Estimated readings


def test_an_estimated_reading_closes_and_opens_like_a_cut_and_is_noted() -> None:
    data = read(
        reading("2024-07-01", "opening", total="100"),
        reading("2024-07-11", "estimated", total="103"),
        reading("2024-08-01", "closing", total="110"),
    )
    answer = bill(data)
    assert quantities(answer, "network_energy") == ["1000"]
    [problem] = problems(answer, ProblemCode.ESTIMATED_READING)
    assert (problem.where, problem.severity) == ("/metering_points/0/readings/1", Severity.NOTE)
    assert str(problem) == (
        "/metering_points/0/readings/1: estimated_reading: metering point M1 was not read on 2024-07-11: its reading is "
        "an estimate; let the next actual reading settle it, with this one, of kind estimated, as its opening"
    )


def test_a_reading_below_the_estimate_within_the_period_settles_it() -> None:
    answer = bill(
        read(
            reading("2024-07-01", "opening", total="100"),
            reading("2024-07-11", "estimated", total="112"),
            reading("2024-08-01", "closing", total="110"),
        )
    )
    assert quantities(answer, "network_energy") == ["1000"]  # 1200 − 200
    [problem] = problems(answer, ProblemCode.BELOW_ESTIMATE)
    assert problem.where == "/metering_points/0/readings/2/total"
    assert problem.facts == {"point": "M1", "register": "total", "energy": "-200"}


def test_a_reading_below_the_estimate_of_the_period_before_gives_energy_back() -> None:
    answer = bill(read(reading("2024-07-01", "estimated", total="112"), reading("2024-08-01", "closing", total="110")))
    assert quantities(answer, "network_energy") == ["-200"]
    assert amounts(answer, "network_energy") == ["-20.00"]
    assert codes(answer) == {"below_estimate"}


def test_a_reading_above_the_estimate_is_no_matter() -> None:
    data = read(reading("2024-07-01", "estimated", total="100"), reading("2024-08-01", "closing", total="110"))
    assert codes(bill(data)) == set()


def test_an_estimate_that_ends_the_period_is_billed_and_noted() -> None:
    data = read(reading("2024-07-01", "opening", total="100"), reading("2024-08-01", "estimated", total="110"))
    answer = bill(data)
    assert (quantities(answer, "network_energy"), codes(answer)) == (["1000"], {"estimated_reading"})


def test_other_groups_are_not_settled_by_an_estimate() -> None:
    data = read(reading("2024-07-01", "estimated", total="112"), reading("2024-08-01", "closing", total="110"))
    other = point(id="M2", group="other", readings=[], given={"kwh": {"total": "-1"}})
    data["agreement"][0]["groups"]["other"] = UNTIMED
    data["metering_points"].append(other)
    assert refusal(data).facts == {"group": "other", "band": "total", "energy": "-1"}


# Rollover and running backwards


def test_a_register_that_ran_backwards_is_told_how_a_rollover_would_be_said() -> None:
    found = fault(read(reading("2024-07-01", "opening", total="90"), reading("2024-08-01", "closing", total="85")))
    assert str(found) == (
        "/metering_points/0/readings/1/total: closing_below_opening: register total ran backwards: the closing reading "
        "85 is below the opening reading 90; if it went through zero, say rollover: [total] beside the closing reading; "
        "otherwise correct them"
    )


@pytest.mark.parametrize(("opening", "large"), [("5005", False), ("5004.99", True), ("90", True)])
def test_a_rollover_by_more_than_half_the_range_is_doubted(opening: str, large: bool) -> None:
    last = {**reading("2024-08-01", "closing", total="5"), "rollover": ["total"]}
    answer = bill(read(reading("2024-07-01", "opening", total=opening), last))
    found = problems(answer, ProblemCode.ROLLOVER_LARGE)
    assert bool(found) == large
    if opening == "90":
        assert found[0].facts == {"point": "M1", "register": "total", "range": "10000", "counted": "9915"}
        assert found[0].severity is Severity.DOUBT


# Energy that is fed back


def test_energy_that_is_fed_back_is_told_and_not_billed() -> None:
    data = request()
    for each, shown in zip(data["metering_points"][0]["readings"], ("0", "7"), strict=True):
        each["active_reverse"] = shown
    answer = bill(data)
    assert answer.total == bill(request()).total
    [problem] = problems(answer, ProblemCode.ENERGY_FED_BACK)
    assert (problem.facts, problem.severity) == ({"point": "M1", "energy": "700"}, Severity.NOTE)
    data["metering_points"][0]["readings"][1]["active_reverse"] = "0"
    assert codes(bill(data)) == set()


# What is printed


def test_energy_is_printed_to_a_step_and_billed_without_it() -> None:
    data = read(reading("2024-07-01", "opening", total="0"), reading("2024-08-01", "closing", total="1.236"))
    exact = changed(data, {"conventions.kwh.round.reading": "0.1"})
    shown = changed(exact, {"conventions.kwh.round.print": "1"})
    assert quantities(bill(exact), "network_energy") == ["123.6"]
    answer = bill(shown)
    assert quantities(answer, "network_energy") == ["124"]
    assert amounts(answer) == amounts(bill(exact))
    assert [str(kwh) for kwh in answer.kwh["main"].values()] == ["123.6"]


def test_what_is_given_or_is_no_energy_is_printed_as_it_is() -> None:
    given = {"code": "refund", "section": "refunds", "group": "main", "amount": "1.00", "kwh": "2.5", "price": "0.4"}
    data = changed(request(given=[given]), {"conventions.kwh.round.print": "1000"})
    answer = bill(data)
    assert quantities(answer, "refund") == ["2.5"]
    assert quantities(answer, "capacity") == ["1000"]
    assert quantities(answer, "purchase") == ["1000", "2000", "3000"]


# Intervals


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


def test_hours_are_those_of_the_clock_the_series_is_written_in() -> None:
    # the first interval in UTC is 08:00 in the morning in China: the last sixteen are not there
    data = metered(start="2024-06-30T16:00:00Z")
    assert [each.code for each in faults(data, timed())] == [FaultCode.OUT_OF_RANGE]


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
    assert refused.facts["what"] == (
        "the energy by band of intervals of 60 minutes across a change of the band on 2024-07-01"
    )


def gap(fill: str) -> Data:
    values: list[str | None] = [*["1"] * 40, None, None, "4", *["1"] * 51]
    return metered(UNTIMED, values=values, fill=fill)


def test_missing_intervals_are_refused_unless_a_rule_fills_them() -> None:
    refused = refusal(gap("refuse"))
    assert str(refused) == (
        "/metering_points/0/intervals/values: intervals_missing: metering point M1: 4 intervals are missing, the first "
        "at 2024-07-01 20:00:00+08:00; give them, or choose how they are filled: zero or neighbours"
    )


@pytest.mark.parametrize(("fill", "kwh"), [("zero", "95"), ("neighbours", "102.0000")])
def test_filled_intervals_are_a_problem_of_the_bill(fill: str, kwh: str) -> None:
    answer = bill(gap(fill))
    assert quantities(answer, "network_energy") == [kwh]
    [problem] = problems(answer, ProblemCode.INTERVALS_FILLED)
    assert (problem.facts["count"], problem.facts["fill"], problem.severity) == ("4", fill, Severity.DOUBT)


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
