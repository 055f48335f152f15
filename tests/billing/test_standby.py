"""What stands by, what is interlocked, what stands in the place of another, and what is left after a stop."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode
from tests.billing.cases import (
    STOPS,
    Data,
    amounts,
    bill,
    changed,
    codes,
    entry,
    fault,
    problems,
    quantities,
    request,
    transformer,
)
from tests.billing.changing import (
    alternatives,
    of_two,
    order,
    points,
    with_law,
)

# What stands by


@pytest.mark.parametrize(
    ("state", "billed"), [("hot_standby", "1500"), ("cold_standby", "1500"), ("sealed_standby", "1000")]
)
def test_what_stands_by_is_billed_unless_the_supplier_has_sealed_it(state: str, billed: str) -> None:
    data = request(
        agreement=[entry("2020-01-01", supply_points=points(transformer(), transformer("T2", "500", state)))]
    )
    assert quantities(bill(data), "capacity") == [billed]
    assert codes(bill(data)) == set()
    less = {**STOPS["standby"], "evidence": "unverified", "billed": ["in_service"]}
    answer = bill(data, with_law(standby=less))
    assert quantities(answer, "capacity") == ["1000"]
    assert codes(answer) == (set() if state == "sealed_standby" else {"document_unverified"})


def test_what_stands_by_is_no_matter_where_demand_is_billed_as_it_is() -> None:
    stands = points(transformer(), transformer("T2", "500", "hot_standby"))
    data = request(agreement=[entry("2020-01-01", supply_points=stands, basic={"mode": "actual"})])
    unseen = with_law(standby={**STOPS["standby"], "evidence": "unverified"})
    assert codes(bill(data, unseen)) == set()


def of_three(**sets: Any) -> Data:
    """500 and 630 kVA that are interlocked, and 200 kVA: https://m.zhaokaoti.com/shiti/b2079a2c55cf469ca9255746ada2a988.html."""
    three = (transformer("T1", "500"), transformer("T2", "630"), transformer("T3", "200"))
    return request(agreement=[entry("2020-01-01", supply_points=points(*three, **sets))])


def test_of_interlocked_transformers_the_largest_is_billed() -> None:
    answer = bill(of_three(interlocked=[["T1", "T2"]]))
    assert (quantities(answer, "capacity"), amounts(answer, "capacity")) == (["830"], ["24900.00"])
    assert amounts(bill(of_three()), "capacity") == ["39900.00"]


def test_interlocked_transformers_are_one_when_one_of_them_is_stopped() -> None:
    data = of_three(interlocked=[["T1", "T2"]])
    stopped = changed(data, {"changes": [order(sealed="2024-07-11", resumed="2024-07-31")]})
    # 830 × 10, 700 × 20, 830 × 1, each ÷ 31
    assert quantities(bill(stopped), "capacity") == ["267.74", "451.61", "26.77"]
    both = changed(stopped, {"changes.0.transformers": ["T1", "T2"]})
    assert quantities(bill(both), "capacity") == ["267.74", "129.03", "26.77"]
    in_may = changed(data, {"conventions.basic.days": "thirtieth", "changes": [order(sealed="2024-07-11")]})
    assert quantities(bill(in_may), "capacity") == ["276.67", "466.67"]  # 830 × 10/30, 700 × 20/30


def test_the_floor_of_a_demand_is_of_the_largest_of_interlocked_transformers() -> None:
    data = changed(of_three(interlocked=[["T1", "T2"]]), {"agreement.0.basic.mode": "contracted"})
    data = changed(
        data, {"agreement.0.basic.contracts.regular": "300", "metering_points.0.readings.1.maximum_demand": "3"}
    )
    assert quantities(bill(data), "demand") == ["332.00"]  # 40 % of 830


@pytest.mark.parametrize(("rule", "billed", "other", "difference"), [
    ("added", "1330", "largest", "-18758.25"),  # 630 kVA × 30 less, of which 0.75 % was given back
    ("largest", "700", "added", "18758.25"),
])  # fmt: skip
def test_lines_that_stand_by_for_each_other_are_a_doubt_with_both_amounts(
    rule: str, billed: str, other: str, difference: str
) -> None:
    data = of_three(mutual_standby=[["T1", "T3"], ["T2"]])
    answer = bill(data, with_law(standby={**STOPS["standby"], "mutual": rule}))
    assert quantities(answer, "capacity") == [billed]
    assert alternatives(answer, ProblemCode.MUTUAL_STANDBY) == [(other, difference)]
    contract = changed(data, {"agreement.0.basic": {"mode": "contracted", "contracts": {"regular": "300"}}})
    contract = changed(contract, {"metering_points.0.readings.1.maximum_demand": "1"})
    floor = bill(contract, with_law(standby={**STOPS["standby"], "mutual": rule}))
    assert quantities(floor, "demand") == [{"added": "532.00", "largest": "300"}[rule]]
    # 532 kW against the contract of 300 kW: 232 × 40 = 9280.00, of which 0.75 % is given back
    assert alternatives(floor, ProblemCode.MUTUAL_STANDBY) == [
        (other, {"added": "-9210.40", "largest": "9210.40"}[rule])
    ]


def test_a_line_that_stands_by_alone_is_no_doubt() -> None:
    data = of_three(mutual_standby=[["T1", "T3"], ["T2"]])
    stopped = changed(data, {"changes": [order(sealed="2024-06-11")]})
    assert codes(bill(stopped)) == set()


def test_sets_of_what_is_not_there_or_is_there_twice_are_found() -> None:
    unknown = fault(of_three(interlocked=[["T1", "T9"]]))
    assert (unknown.code, unknown.where) == (
        FaultCode.UNKNOWN_REFERENCE, "/agreement/0/supply_points/S1/interlocked/0/1",
    )  # fmt: skip
    twice = fault(of_three(mutual_standby=[["T1"], ["T1", "T2"]]))
    assert (twice.code, twice.where) == (FaultCode.DUPLICATE_ID, "/agreement/0/supply_points/S1/mutual_standby/1/0")
    both = fault(of_three(interlocked=[["T1", "T2"]], mutual_standby=[["T1"], ["T2"]]))
    assert (both.code, both.where) == (FaultCode.INCONSISTENT, "/agreement/0/supply_points/S1/interlocked")


def test_sets_of_a_customer_whose_demand_is_billed_as_it_is_decide_nothing() -> None:
    data = changed(of_three(interlocked=[["T1", "T2"]]), {"agreement.0.basic": {"mode": "actual"}})
    assert "/agreement/0/supply_points/S1/interlocked" in [
        each.where for each in problems(bill(data), ProblemCode.STATED_WITHOUT_EFFECT)
    ]


# Another transformer in the place of one


def exchanged(**changes: Any) -> Data:
    larger = [entry("2020-01-01"), entry("2024-07-11", supply_points=points(transformer(kva="1600")))]
    return request(agreement=larger, changes=[order("exchange", transformers=["T1"], **changes)])


def test_what_stands_in_the_place_of_another_is_billed_from_its_day_on_and_for_its_time() -> None:
    rule = {"article": "art. 25", "evidence": "unverified", "months": 2, "months_from_35kV": 3}
    within = bill(exchanged(sealed="2024-07-11"), with_law(exchange=rule))
    assert quantities(within, "capacity") == ["322.58", "1083.87"]  # 1000 × 10, 1600 × 21, each ÷ 31
    assert codes(within) == set()
    over = bill(exchanged(sealed="2024-05-11", resumed="2024-07-12"), with_law(exchange=rule))
    [problem] = problems(over, ProblemCode.CHANGE_AGAINST_RULES)
    assert problem.facts["reason"] == "exchange_over"
    assert codes(over) == {"change_against_rules", "document_unverified"}
    high = changed(
        exchanged(sealed="2024-05-11"), {f"agreement.{place}.groups.main.voltage": "35kV" for place in (0, 1)}
    )
    assert codes(bill(high, with_law(exchange=rule))) == set()


# What is left


def test_less_than_two_parts_are_for_is_told_after_a_stop_and_without_one() -> None:
    least = {"article": "526", "evidence": "secondary", "from_kva": "1200"}
    stop = changed(of_two(), {"changes": [order(sealed="2024-07-01")]})
    answer = bill(stop, with_law(two_part=least))
    [problem] = problems(answer, ProblemCode.TWO_PART_BELOW_THRESHOLD)
    assert problem.facts == {
        "supply_point": "S1", "day": "2024-07-01", "rule": "526", "least": "1200", "capacity": "1000",
    }  # fmt: skip
    # 30000.00 of capacity less, and of it the 225.00 that the power factor gave back
    assert alternatives(answer, ProblemCode.TWO_PART_BELOW_THRESHOLD) == [("one part", "-29775.00")]
    assert codes(bill(of_two(), with_law(two_part={**least, "from_kva": "1501"}))) == {"two_part_below_threshold"}
    assert codes(bill(of_two(), with_law(two_part={**least, "from_kva": "1500"}))) == set()
    assert codes(bill(stop, with_law(two_part={**least, "from_kva": "1000"}))) == set()
    taken = request(agreement=[of_two()["agreement"][0], entry("2024-07-01")])
    assert codes(bill(taken, with_law(two_part=least))) == {"two_part_below_threshold"}
    # a change of the billing inside the month needs a reading, so what one part comes to cannot be told
    inside = changed(of_two(), {"changes": [order(sealed="2024-07-11")]})
    answer = bill(inside, with_law(two_part=least))
    [(name, amount)] = alternatives(answer, ProblemCode.TWO_PART_BELOW_THRESHOLD)
    assert (name, amount) == ("one part", "None")


def test_what_is_stopped_altogether_is_no_smaller_capacity() -> None:
    least = {"article": "526", "evidence": "secondary", "from_kva": "1200"}
    data = request(agreement=[entry("2020-01-01", supply_points=points(transformer(state="suspended")),
                                    basic={"mode": "actual"})])  # fmt: skip
    assert "two_part_below_threshold" not in codes(bill(data, with_law(two_part=least)))


def test_one_line_alone_stands_by_for_none() -> None:
    found = fault(changed(of_two(), {"agreement.0.supply_points.S1.mutual_standby": [["T1", "T2"]]}))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/agreement/0/supply_points/S1/mutual_standby")
    assert found.facts == {"reason": "standby_alone"}
