"""Changes of the contract and the mode, and stops where demand is billed: what counts from the next cycle on."""

from typing import Any

from billcalc.kernel.codes import ProblemCode
from tests.billing.cases import (
    Data,
    bill,
    changed,
    codes,
    entry,
    problems,
    quantities,
    request,
)
from tests.billing.changing import (
    ALL_OF_IT,
    BY_CYCLES,
    BY_QUARTER,
    alternatives,
    of_two,
    order,
    with_law,
)

# Where demand is billed

CONTRACT: Data = {"mode": "contracted", "contracts": {"regular": "400"}}


def by_demand(*days: tuple[str, str], kw: str = "3") -> Data:
    """The floor of 1,500 kVA is 600 kW, of 1,000 kVA 400 kW; the meter shows 300 kW."""
    return changed(of_two(*days, basic=CONTRACT), {"metering_points.0.readings.1.maximum_demand": kw})


def test_a_suspension_inside_a_cycle_does_not_lower_the_floor_of_a_demand() -> None:
    tariffs = with_law(demand=BY_CYCLES)
    data = by_demand(("2024-07-11", "suspended"), ("2024-08-11", "in_service"))
    answer = bill(data, tariffs)
    assert quantities(answer, "demand") == ["600.00"]
    [problem] = problems(answer, ProblemCode.CHANGE_NOT_COUNTED)
    assert problem.facts["reason"] == "not_whole_cycle"
    stated = bill(changed(data, {"conventions.basic.changes": "as_stated"}), tariffs)
    assert alternatives(answer, ProblemCode.CHANGE_NOT_COUNTED) == [("as_stated", str(stated.total - answer.total))]
    assert stated.total < answer.total
    whole = by_demand(("2024-07-01", "suspended"), ("2024-08-01", "in_service"))
    assert quantities(bill(whole, tariffs), "demand") == ["400"]
    assert codes(bill(whole, tariffs)) == set()


def test_until_2016_a_customer_billed_by_demand_stops_all_or_nothing() -> None:
    tariffs = with_law(demand=ALL_OF_IT)
    part = bill(by_demand(("2024-07-01", "suspended"), ("2024-08-01", "in_service")), tariffs)
    assert quantities(part, "demand") == ["600.00"]
    [problem] = problems(part, ProblemCode.CHANGE_NOT_COUNTED)
    assert problem.facts["reason"] == "not_all_capacity"
    both = by_demand(("2024-07-01", "suspended"), ("2024-08-01", "in_service"))
    for place, state in ((1, "suspended"), (2, "in_service")):
        both["agreement"][place]["supply_points"]["S1"]["transformers"][0]["state"] = state
    assert quantities(bill(both, tariffs), "demand") == ["400"]  # no floor, the contract


def test_actual_demand_asks_for_no_capacity() -> None:
    data = of_two(("2024-07-11", "suspended"), ("2024-07-16", "in_service"), basic={"mode": "actual"})
    answer = bill(data, with_law(demand=BY_CYCLES))
    assert quantities(answer, "demand") == ["500"]
    assert codes(answer) == set()


def contracts(first: str, second: str, **changes: Any) -> Data:
    entries = [
        entry(start, basic={"mode": "contracted", "contracts": {"regular": kw}})
        for start, kw in (("2020-01-01", first), ("2024-07-16", second))
    ]
    return request(agreement=entries, **changes)


def test_a_contract_that_changes_inside_a_cycle_counts_from_the_next_on() -> None:
    tariffs = with_law(demand=BY_CYCLES)
    answer = bill(contracts("600", "500"), tariffs)
    assert quantities(answer, "demand") == ["600"]
    [problem] = problems(answer, ProblemCode.CHANGE_NOT_COUNTED)
    assert (problem.where, problem.facts["change"], problem.facts["day"]) == (
        "/agreement/1/basic",
        "contract",
        "2024-07-16",
    )
    # by days, without a demand of either part: 600 × 15/31 and 500 × 16/31, 51.612903 kW × 40 = 2064.52 less
    [(name, difference)] = alternatives(answer, ProblemCode.CHANGE_NOT_COUNTED)
    assert (name, difference) == ("as_stated", "-2049.04")  # 0.75 % of it is given back
    increased = contracts("400", "600", changes=[order("increase", done="2024-07-16")])
    assert quantities(bill(increased, tariffs), "demand") == ["193.548387", "309.677419"]


def test_a_contract_that_stays_or_begins_with_the_cycle_is_no_change() -> None:
    tariffs = with_law(demand=BY_CYCLES)
    assert codes(bill(contracts("600", "600"), tariffs)) == set()
    begun = changed(contracts("600", "500"), {"agreement.1.from": "2024-07-01"})
    assert quantities(bill(begun, tariffs), "demand") == ["500"]


# The mode


def test_a_mode_that_changes_inside_a_cycle_counts_from_the_next_on() -> None:
    entries = [entry("2020-01-01"), entry("2024-07-16", basic={"mode": "actual"})]
    answer = bill(request(agreement=entries), with_law(mode=BY_QUARTER))
    assert (quantities(answer, "capacity"), quantities(answer, "demand")) == (["1000"], [])
    [problem] = problems(answer, ProblemCode.CHANGE_NOT_COUNTED)
    assert (problem.facts["change"], problem.facts["rule"]) == ("change of mode", "1583")
    exempt = [entry("2020-01-01"), entry("2024-07-16", basic={"mode": "exempt"})]
    assert quantities(bill(request(agreement=exempt), with_law(mode=BY_QUARTER)), "capacity") == ["483.87"]


def test_a_mode_that_was_changed_less_than_a_quarter_before_is_told() -> None:
    entries = [entry("2020-01-01"), entry("2024-05-01", basic={"mode": "actual"}), entry("2024-07-01")]
    answer = bill(request(agreement=entries), with_law(mode=BY_QUARTER))
    assert quantities(answer, "capacity") == ["1000"]
    [problem] = problems(answer, ProblemCode.CHANGE_AGAINST_RULES)
    assert (problem.where, problem.facts["reason"]) == (
        "/agreement/2/basic/mode", "mode_too_soon",
    )  # fmt: skip
    entries[1] = entry("2024-04-01", basic={"mode": "actual"})
    assert codes(bill(request(agreement=entries), with_law(mode=BY_QUARTER))) == set()
    assert codes(bill(request(agreement=entries[:2]), with_law(mode=BY_QUARTER))) == set()


def test_an_order_tells_of_a_mode_that_was_changed_before_and_of_its_notice() -> None:
    entries = [entry("2020-01-01", basic={"mode": "actual"}), entry("2024-07-01")]
    orders = [order("mode", done="2024-06-01"), order("mode", done="2024-07-01", applied="2024-06-28")]
    answer = bill(request(agreement=entries, changes=orders), with_law(mode=BY_QUARTER))
    found = problems(answer, ProblemCode.CHANGE_AGAINST_RULES)
    assert [each.where for each in found] == ["/changes/1", "/agreement/1/basic/mode"]
    assert codes(bill(request(agreement=entries, changes=orders))) == set()
