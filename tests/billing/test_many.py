"""Requests with very many entries: billed as few would be, in time that grows with them and not with their square."""

from time import process_time
from typing import Any

import pytest

from billcalc import Bill, Request, calculate
from billcalc.billing.alternatives import PLANNED_MAX
from billcalc.fields import validated
from billcalc.fields.limits import LIMITS
from billcalc.kernel.troubles import InvalidInput, Severity
from tests.api.calling import request_data, tariffs

SECONDS_MAX = 20
"""Far more than it takes: what was quadratic took minutes [s]."""


def billed(data: dict[str, Any]) -> Bill:
    bill = calculate(validated(Request, data), tariffs(), derivation=False)
    assert isinstance(bill, Bill), str(bill)
    return bill


def test_hundreds_of_transformers_are_billed_as_one_of_their_capacity() -> None:
    many, one = request_data(), request_data()
    number = LIMITS["agreement.supply_points.transformers"]
    told = [{"id": f"T{place}", "kva": "100", "state": "in_service"} for place in range(number)]
    many["agreement"][0]["supply_points"]["S1"]["transformers"] = told
    one["agreement"][0]["supply_points"]["S1"]["transformers"] = [{**told[0], "kva": str(100 * number)}]

    assert billed(many).total == billed(one).total


def test_very_many_doubts_are_told_in_time() -> None:
    data = request_data()
    supplies = [f"x{place}" for place in range(LIMITS["given.supplies"])]
    line = {"section": "energy", "group": "main", "amount": "1.00", "supplies": supplies}
    data["given"] = [{**line, "code": f"c{place}"} for place in range(LIMITS["given"])]
    before = process_time()
    bill = billed(data)

    assert len([each for each in bill.problems if each.code == "supplies_nothing"]) == 32_000
    assert process_time() - before < SECONDS_MAX


def test_doubts_that_ask_for_another_plan_are_all_told_and_the_first_with_their_money() -> None:
    data = request_data()
    lines = [{"section": "energy", "group": "main", "amount": "1.00", "code": f"c{number}"} for number in range(100)]
    data["given"] = [*lines, *lines]
    before = process_time()
    found = [each for each in billed(data).problems if each.code == "given_twice"]

    assert [each.where for each in found] == [f"/given/{number}" for number in range(100, 200)]
    assert [len(each.alternatives) for each in found] == [1] * PLANNED_MAX + [0] * (100 - PLANNED_MAX)
    assert {each.severity for each in found} == {Severity.DOUBT}
    assert process_time() - before < SECONDS_MAX


def test_a_line_that_stands_very_often_is_one_doubt() -> None:
    data = request_data()
    data["given"] = [{"section": "energy", "group": "main", "amount": "1.00", "code": "a"}] * LIMITS["given"]
    before = process_time()
    [found] = [each for each in billed(data).problems if each.code == "given_twice"]

    assert [str(each.difference) for each in found.alternatives] == ["-999.00"]
    assert process_time() - before < SECONDS_MAX


def test_a_fault_tells_fifty_of_the_names_that_there_are() -> None:
    data = request_data()
    group = data["agreement"][0]["groups"]["main"]
    data["agreement"][0]["groups"] = {"main": group, **{f"g{place:03d}": group for place in range(100)}}
    data["given"] = [{"code": "a", "section": "energy", "group": "nobody", "amount": "1"}]
    with pytest.raises(InvalidInput) as caught:
        billed(data)
    [fault] = caught.value.faults

    assert fault.where == "/given/0/group"
    assert fault.facts["known"] == ", ".join([*(f"g{place:03d}" for place in range(50)), "…"])
