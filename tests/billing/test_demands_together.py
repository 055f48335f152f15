"""Demands of several metering points of one supply point: added up, and doubted where that decides money."""

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import bill, changed, entry, number, point, problems, quantities
from tests.billing.test_demand import ACTUAL, contract, month


def test_demands_that_are_added_up_are_a_doubt_with_the_money_of_the_largest() -> None:
    """500 and 300 kW at 40 yuan: 800 kW; had they been one line, 500 at least: 12000 less, and 90 less of 0.75 %."""
    small = changed(point(id="M2"), {"readings.1.maximum_demand": "3"})
    data = month(entry("2020-01-01", basic=ACTUAL), metering_points=[point(), small])
    answer = bill(data)
    assert quantities(answer, "demand") == ["800"]
    [problem] = problems(answer, ProblemCode.DEMANDS_ADDED_UP)
    assert (problem.severity, problem.where) == (Severity.DOUBT, "/facts/S1/demand_kw")
    assert problem.facts == {"supply_point": "S1", "found": "M1, M2"}
    assert [(each.value, each.difference) for each in problem.alternatives] == [("largest", number("-11910.00"))]
    together = bill(changed(data, {"facts.S1.demand_kw": "650"}))
    assert quantities(together, "demand") == ["650"]
    assert problems(together, ProblemCode.DEMANDS_ADDED_UP) == []


def test_demands_that_are_added_up_below_the_contract_are_a_note() -> None:
    data = month(entry("2020-01-01", basic=contract("1000")), metering_points=[point(), point(id="M2")])
    [problem] = problems(bill(data), ProblemCode.DEMANDS_ADDED_UP)
    assert problem.severity is Severity.NOTE


def test_a_demand_beside_a_point_that_tells_none_is_told_with_its_money() -> None:
    """The contract of 500 kW is billed; M1 alone had 900: 525 + 2 × 375 = 1275, 775 × 40 more, less 0.75 %."""
    silent = point(id="M2")
    for each in silent["readings"]:
        del each["maximum_demand"]
    told = changed(point(), {"given.demand_kw": "900"})
    data = month(entry("2020-01-01", basic=contract("500")), metering_points=[told, silent])
    answer = bill(data)
    assert quantities(answer, "demand") == ["500"]
    [problem] = problems(answer, ProblemCode.DEMAND_NOT_READ)
    assert problem.facts["of"] == "M2"
    assert [(each.value, each.difference) for each in problem.alternatives] == [("known demands", number("30767.50"))]
