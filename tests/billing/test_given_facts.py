"""What is given although meters tell it too: the bill says what it would come to by the meters."""

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity
from tests.billing.cases import Data, bill, changed, entry, point, problems, request
from tests.billing.test_intervals import metered, timed


def told(data: Data) -> list[tuple[str, Severity, list[tuple[str, str]]]]:
    """Where facts are given, and the money of their other readings."""

    def others(problem: Problem) -> list[tuple[str, str]]:
        return [(each.value, str(each.difference)) for each in problem.alternatives]

    return [(each.where, each.severity, others(each)) for each in problems(bill(data), ProblemCode.GIVEN_FACT)]


@pytest.mark.parametrize(
    ("facts", "severity", "others"),
    [
        # 0.80 adds 5 % of 33,000, and 0.98 of the meters takes 0.75 % off: 1,650.00 and −247.50
        ({"cosphi": "0.80"}, Severity.DOUBT, [("as measured", "-1897.50")]),
        ({"cosphi": "0.97"}, Severity.NOTE, [("as measured", "0.00")]),
        ({"power_factor_ratio": "0.05"}, Severity.DOUBT, [("as measured", "-1897.50")]),
        ({"power_factor_ratio": "-0.0075"}, Severity.NOTE, [("as measured", "0.00")]),
        (
            {"power_factor_ratio": "-0.0075", "cosphi": "0.80"},
            Severity.DOUBT,
            [("the given power factor", "1897.50"), ("as measured", "0.00")],
        ),
    ],
)
def test_a_given_power_factor_is_told_with_the_money_of_the_measured_one(
    facts: Data, severity: Severity, others: list[tuple[str, str]]
) -> None:
    [key, *_] = facts
    assert told({**request(), "facts": {"S1": facts}}) == [(f"/facts/S1/{key}", severity, others)]


def test_one_that_no_meter_tells_is_a_note_alone() -> None:
    without = {key: each for key, each in point()["readings"][1].items() if key != "reactive_forward"}
    data = changed(request(), {"metering_points.0.readings.1": without, "facts.S1": {"cosphi": "0.80"}})
    assert told(data) == [("/facts/S1/cosphi", Severity.NOTE, [])]  # it was read at one end alone
    del data["metering_points"][0]["readings"][0]["reactive_forward"]
    assert told(data) == [("/facts/S1/cosphi", Severity.NOTE, [])]
    given = changed(data, {"metering_points.0.given": {"kvarh": {"reactive_forward": "1200"}}})
    assert told(given)[1:] == [("/facts/S1/cosphi", Severity.DOUBT, [("as measured", "-1897.50")])]


def test_given_energy_is_told_with_the_money_of_what_the_registers_counted() -> None:
    data = changed(request(), {"metering_points.0.given": {"kwh": {"peak": "0", "valley": "3000"}}})
    # 1,000 kWh at 0.8 + 0.1 + 0.02, and −0.75 % of 900.00: 920.00 − 6.75
    assert told(data) == [("/metering_points/0/given/kwh", Severity.DOUBT, [("as measured", "913.25")])]
    same = changed(data, {"metering_points.0.given.kwh.peak": "1000"})
    assert told(same) == [("/metering_points/0/given/kwh", Severity.NOTE, [("as measured", "0.00")])]
    alone = changed(data, {"metering_points.0.readings": []})
    assert told(changed(alone, {"facts.S1.cosphi": "0.98", "metering_points.0.given.kwh.flat": "1"}))[0][2] == []


def test_given_reactive_energy_is_told_with_the_money_of_the_register() -> None:
    data = changed(request(), {"metering_points.0.given": {"kvarh": {"reactive_forward": "4500"}}})
    assert told(data) == [("/metering_points/0/given/kvarh", Severity.DOUBT, [("as measured", "-1897.50")])]


def test_given_energy_beside_intervals_is_told_with_the_money_of_the_intervals() -> None:
    data = changed(metered(), {"metering_points.0.given": {"kwh": {"peak": "0", "flat": "0"}}})
    [given] = problems(bill(data, timed()), ProblemCode.GIVEN_FACT)
    billed, measured = bill(data, timed()).total, bill(metered(), timed()).total
    assert [(each.value, each.difference) for each in given.alternatives] == [("as measured", measured - billed)]
    assert measured > billed


def test_an_entry_beside_facts_is_not_needed() -> None:
    standing = {"S1": {"power_factor_standard": "none", "transformers": []}}
    data = request(agreement=[entry("2020-01-01", supply_points=standing, basic={"mode": "exempt"})])
    assert told(changed(data, {"facts.S1.cosphi": "0.80"})) == []
