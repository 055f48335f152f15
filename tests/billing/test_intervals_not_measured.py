"""Intervals that were estimated or substituted: billed like others, and told with how many they are and their energy."""

from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import bill, codes, problems, quantities
from tests.billing.test_intervals import UNTIMED, metered, timed


@pytest.mark.parametrize(
    ("key", "code"), [("estimated", "intervals_estimated"), ("substituted", "intervals_substituted")]
)
def test_values_that_were_not_measured_are_told_with_their_energy_and_billed_like_others(key: str, code: str) -> None:
    told: dict[str, Any] = {key: ["95", "3", "4"]}
    answer = bill(metered(**told), timed())
    assert (quantities(answer, "purchase"), codes(answer)) == (["14", "58", "24"], {"from_intervals", code})
    [problem] = problems(answer, ProblemCode(code))
    assert (problem.where, problem.severity) == (f"/metering_points/0/intervals/{key}", Severity.NOTE)
    assert problem.facts == {"point": "M1", "count": "3", "start": "2024-07-01T01:30:00+08:00", "kwh": "3"}


def test_an_estimated_power_at_an_instant_is_of_the_intervals_on_both_its_sides() -> None:
    # of 98 powers at 2 kW an interval has 1 kWh; the first one ends no interval, and next to the last there is none
    values = ["2"] * 95 + [None, "2"]
    data = metered(UNTIMED, unit="kw", sampling="instant", values=values, fill="zero", estimated=["0", "7", "96"])
    [problem] = problems(bill(data), ProblemCode.INTERVALS_ESTIMATED)
    assert problem.facts == {"point": "M1", "count": "3", "start": "2024-07-01T00:00:00+08:00", "kwh": "3"}
    lonely = metered(UNTIMED, unit="kw", sampling="instant", values=values, fill="zero", estimated=["96"])
    assert problems(bill(lonely), ProblemCode.INTERVALS_ESTIMATED) == []
