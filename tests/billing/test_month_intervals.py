"""Several months in one request whose energy comes from one series of intervals: each month as if told by itself."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from tests.billing.cases import (
    INDUSTRY,
    Data,
    bill,
    changed,
    document,
    entry,
    fault,
    lines,
    problems,
    quantities,
    refusal,
)
from tests.billing.test_intervals import NOT_ASSESSED, UNTIMED, metered, timed

JULY, AUGUST = ("2024-07-01", "2024-08-01"), ("2024-08-01", "2024-09-01")
BOTH = ("2024-07-01", "2024-09-01")
OF_A_MONTH = 31 * 48
SERIES = "metering_points.0.intervals"
SPIKES = document("plausibility", "2020-01-01", {"intervals": {"times": "5", "among": 2, "least": "1"}})


def over(days: tuple[str, str], values: list[Any], group: Data = UNTIMED, **told: Any) -> Data:
    span = dict(zip(("from", "to"), days, strict=True))
    data = metered(group, **{"start": f"{days[0]}T00:00:00+08:00", "values": values, **told})
    return {**data, "cycle": span, "period": span}


def test_a_series_of_two_months_is_billed_as_that_of_each() -> None:
    july, august = ["1"] * OF_A_MONTH, ["2"] * OF_A_MONTH
    answer = bill(over(BOTH, july + august), timed())
    alone = [bill(over(JULY, july), timed()), bill(over(AUGUST, august), timed())]
    assert sorted(map(str, answer.lines)) == sorted(str(line) for each in alone for line in each.lines)
    assert quantities(answer, "network_energy") == ["1488", "2976"]
    assert [month.total for month in answer.months] == [each.total for each in alone]


def test_months_are_cut_at_midnight_by_the_clock_of_the_area() -> None:
    values = ["1"] * OF_A_MONTH + ["2"] * OF_A_MONTH
    here, elsewhere = (
        bill(over(BOTH, values, start=start), timed()) for start in ("2024-07-01T00:00:00+08:00", "2024-06-30T16:00:00+00:00")
    )  # fmt: skip
    assert list(map(str, here.lines)) == list(map(str, elsewhere.lines))
    own = changed(over(BOTH, values), {"area": "zz-own", "own_area": {"currency": "CNY", "clock": "+08:00"}})
    assert refusal(own).code is not RefusalCode.NOT_SUPPORTED  # its prices are missing, not its clock


def test_a_demand_is_that_of_its_month() -> None:
    values = ["1"] * 100 + ["7"] + ["1"] * (OF_A_MONTH - 101) + ["1"] * 60 + ["8"] + ["1"] * (OF_A_MONTH - 61)
    data = over(BOTH, values, INDUSTRY, demand={"minutes": "30", "rolling": False})
    agreement = [entry("2020-01-01", supply_points=NOT_ASSESSED, basic={"mode": "actual"})]
    assert quantities(bill({**data, "agreement": agreement}, timed()), "demand") == ["14", "16"]


def test_a_power_at_the_turn_of_the_month_is_of_both() -> None:
    # 100 kW at each instant of July and 200 kW from the turn on; the half hour before it has the mean of both, 150 kW
    values = ["100"] * OF_A_MONTH + ["200"] * (OF_A_MONTH + 1)
    answer = bill(over(BOTH, values, unit="kw", sampling="instant"), timed())
    assert quantities(answer, "network_energy") == ["74425.00", "148800.00"]  # 1487 × 50 + 75, 1488 × 100


def test_what_was_not_measured_is_told_of_its_month() -> None:
    values = ["1"] * OF_A_MONTH + ["2"] * OF_A_MONTH
    marked = over(BOTH, values, estimated=["3", str(OF_A_MONTH), str(OF_A_MONTH + 1)])
    told = problems(bill(marked, timed()), ProblemCode.INTERVALS_ESTIMATED)
    assert [(each.facts["count"], each.facts["start"], each.facts["kwh"]) for each in told] == [
        ("1", "2024-07-01T01:30:00+08:00", "1"),
        ("2", "2024-08-01T00:00:00+08:00", "4"),
    ]


def test_what_is_missing_is_told_by_its_time() -> None:
    gap = ["1"] * OF_A_MONTH + ["2", None] + ["2"] * (OF_A_MONTH - 2)
    refused = refusal(over(BOTH, gap), timed())
    assert refused.code is RefusalCode.INTERVALS_MISSING
    assert refused.facts["start"] == "2024-08-01 00:30:00+08:00"
    only_august = over(BOTH, ["2"] * OF_A_MONTH, start="2024-08-01T00:00:00+08:00")
    refused = refusal(only_august, timed())
    assert (refused.code, refused.facts["count"]) == (RefusalCode.INTERVALS_MISSING, "1488")
    filled = changed(only_august, {f"{SERIES}.fill": "zero"})
    assert quantities(bill(filled, timed()), "network_energy") == ["0", "2976"]


@pytest.mark.parametrize(
    ("start", "place"), [("2024-06-30T23:30:00+08:00", 0), ("2024-07-01T00:30:00+08:00", 2 * OF_A_MONTH - 1)]
)
def test_what_is_of_no_month_is_found_by_its_place_in_the_whole(start: str, place: int) -> None:
    found = fault(over(BOTH, ["1"] * 2 * OF_A_MONTH, start=start, fill="zero"), timed())
    assert (found.code, found.where) == (FaultCode.INTERVAL_OUTSIDE, f"/metering_points/0/intervals/values/{place}")


def test_an_interval_far_above_the_others_is_told_by_its_place_in_the_whole() -> None:
    values = ["1"] * OF_A_MONTH + ["1"] * 9 + ["90000"] + ["1"] * (OF_A_MONTH - 10)
    [problem] = problems(bill(over(BOTH, values), timed(limits=SPIKES)), ProblemCode.INTERVAL_ABOVE_OTHERS)
    assert problem.where == f"/metering_points/0/intervals/values/{OF_A_MONTH + 9}"


def test_a_point_that_is_read_stands_beside_one_of_intervals() -> None:
    data = over(BOTH, ["1"] * 2 * OF_A_MONTH)
    [point] = data["metering_points"]
    read = {
        **{key: value for key, value in point.items() if key != "intervals"},
        "id": "M2",
        "config": [{"from": "2020-01-01", "meter": "B", "multiplier": "10", "digits": "6"}],
        "readings": [
            {"at": "2024-07-01", "kind": "opening", "total": "0"},
            {"at": "2024-08-01", "kind": "cut", "total": "5"},
            {"at": "2024-09-01", "kind": "closing", "total": "12"},
        ],
    }
    answer = bill({**data, "metering_points": [point, read]}, timed())
    assert quantities(answer, "network_energy") == ["1538", "1558"]
    assert len(lines(answer, "purchase")) == 2
