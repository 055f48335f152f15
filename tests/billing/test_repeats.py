"""What stands twice in a request: nothing is billed twice without a word."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    HOME,
    INDUSTRY,
    Data,
    bill,
    changed,
    codes,
    entry,
    fault,
    point,
    problems,
    reading,
    request,
)

LINE: Data = {"code": "agreed", "section": "energy", "group": "main", "amount": "100.00"}


@pytest.mark.parametrize(
    ("other", "first"),
    [
        ({}, ["/given/0"]),
        ({"amount": "70.00", "power_factor": "base"}, ["/given/0"]),
        ({"code": "agreed2"}, []),
        ({"label": "of June"}, []),
        ({"band": "peak"}, []),
        ({"section": "refunds"}, []),
    ],
)
def test_a_given_line_under_the_name_of_an_earlier_one_is_a_doubt(other: Data, first: list[str]) -> None:
    answer = bill(request(given=[LINE, {**LINE, **other}]))
    found = problems(answer, ProblemCode.GIVEN_TWICE)
    assert [each.facts["first"] for each in found] == first
    assert {(each.severity, each.where) for each in found} <= {(Severity.DOUBT, "/given/1")}


def test_the_money_of_a_line_that_stands_twice_is_told() -> None:
    answer = bill(request(given=[LINE, LINE, {**LINE, "amount": "30.00"}]))
    told = [(each.where, str(each.alternatives[0].difference)) for each in problems(answer, ProblemCode.GIVEN_TWICE)]
    assert told == [("/given/1", "-130.00")]  # the first alone
    assert str(answer.total) == "33102.50"


def second(**changes: Any) -> Data:
    return point(**{"id": "M2", "config": point()["config"], **changes})


def test_a_meter_at_two_metering_points_at_once_is_a_doubt() -> None:
    [found] = problems(bill(request(metering_points=[point(), second()])), ProblemCode.METER_TWICE)
    assert (found.severity, found.where) == (Severity.DOUBT, "/metering_points/1/config/0/meter")
    assert found.facts == {"meter": "A", "point": "M2"}
    # energy 2,400.00, network 600.00, levies 120.00, and −0.75 % of 3,000.00
    assert [(each.value, str(each.difference)) for each in found.alternatives] == [("without the point", "-3097.50")]


def test_a_meter_that_is_moved_is_at_one_point_after_the_other() -> None:
    """Until 11 July meter A is at M1 and then at M2, which had none before."""
    readings = point()["readings"]
    shown = {"peak": "4", "flat": "8", "valley": "12", "reactive_forward": "5", "maximum_demand": "3"}
    away = {**point()["config"][0], "meter": "B", "from": "2024-07-11"}
    zeros = {key: "0" if key in shown else each for key, each in readings[0].items()}
    first = point(
        config=[*point()["config"], away],
        readings=[
            readings[0],
            reading("2024-07-11", "removal", **shown),
            {**zeros, "at": "2024-07-11", "kind": "installation"},
            readings[1],
        ],
    )
    moved = {**point()["config"][0], "from": "2024-07-11"}
    later = second(config=[moved], readings=[reading("2024-07-11", "installation", **shown), readings[1]])
    assert codes(bill(request(metering_points=[first, later]))) == set()


def test_two_points_may_read_other_registers_of_one_meter() -> None:
    energies, reactive = ("peak", "flat", "valley"), ("reactive_forward",)

    def reads(*registers: str) -> list[Data]:
        return [{key: each[key] for key in ("at", "kind", *registers)} for each in point()["readings"]]

    points = [
        point(readings=reads(*energies), not_installed=["reactive_forward"]),
        second(readings=reads(*reactive), given={"kwh": {"peak": "0", "flat": "0", "valley": "0"}}),
    ]
    assert codes(bill(request(metering_points=points))) == {"given_fact"}


def test_parts_of_one_meter_have_ids_of_their_own() -> None:
    part = {"id": "R", "kind": "ratio", "group": "home", "value": "0.1"}
    data = request(agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "home": HOME})])
    found = fault(changed(data, {"metering_points.0.children": [part, {**part, "value": "0.2"}]}))
    assert (found.code, found.where) == (FaultCode.DUPLICATE_ID, "/metering_points/0/children/1/id")


def test_a_part_that_the_meters_own_group_pays_changes_nothing_and_is_told() -> None:
    part = {"id": "R", "kind": "ratio", "group": "main", "value": "0.1"}
    answer = bill(changed(request(), {"metering_points.0.children": [part]}))
    found = [each for each in problems(answer, ProblemCode.STATED_WITHOUT_EFFECT) if "children" in each.where]
    assert [(each.where, each.severity) for each in found] == [("/metering_points/0/children/0", Severity.DOUBT)]


@pytest.mark.parametrize(("meter", "told"), [("A", ["/metering_points/0/config/1/meter"]), ("B", [])])
def test_a_meter_that_takes_its_own_place_is_a_doubt(meter: str, told: list[str]) -> None:
    """It is taken out at 4 and put in at 7: 300 kWh of each band are lost."""
    zeros, out, back, last = (dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), n) for n in "0479")
    readings = [
        reading("2024-07-01", "opening", **zeros),
        reading("2024-07-11", "removal", **out),
        reading("2024-07-11", "installation", **back),
        reading("2024-08-01", "closing", **last),
    ]
    config = [{"from": day, "meter": name, "multiplier": "100", "digits": "4"}
              for day, name in (("2024-07-01", "A"), ("2024-07-11", meter))]  # fmt: skip
    found = problems(bill(request(metering_points=[point(config=config, readings=readings)])), ProblemCode.METER_AGAIN)
    assert [each.where for each in found] == told
