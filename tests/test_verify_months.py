"""A bill of several months proves itself: its months sum to it, and each number is the request's where it says so."""

import json
from typing import Any

import pytest

from billcalc.verify import verify
from billcalc.wire.bill import proof_data
from billcalc.wire.json_writing import json_text
from tests.billing.cases import Data, bill, changed, request
from tests.billing.losses.lost import FORMULA, LINE, low
from tests.billing.test_month_intervals import over
from tests.billing.test_months import two_months


def written(data: Data) -> Any:
    return json.loads(json_text(proof_data(bill(data))))


def wrong(data: Any) -> list[tuple[str, str]]:
    return [(each.where, each.code) for each in verify({**data, "seal": None}) if not each.is_open]


def of_losses() -> Data:
    """July and August on the low side of a transformer, read at the end of each."""
    readings = two_months()["metering_points"][0]["readings"]
    data = low({"transformer": FORMULA, "line": LINE}, {"metering_points.0.readings": readings})
    ends = {"cycle.to": "2024-09-01", "period.to": "2024-09-01"}
    return changed(data, ends)


def of_intervals() -> Data:
    return over(("2024-07-01", "2024-09-01"), ["1"] * 62 * 48)


@pytest.mark.parametrize("data", [two_months(), of_losses(), of_intervals()])
def test_a_bill_of_several_months_proves_itself(data: Data) -> None:
    assert wrong(written(data)) == []


def test_a_number_of_a_later_month_is_named_where_the_whole_request_has_it() -> None:
    told = written(two_months())
    [line] = [each for each in told["lines"] if each["from"] == "2024-08-01" and each["code"] == "network_energy"]
    places = [
        operand["at"] for step in line["steps"] for operand in step["operands"] if "/readings/" in operand.get("at", "")
    ]
    assert {each.split("/")[4] for each in places} == {"1", "2"}


def test_the_losses_of_all_months_are_told() -> None:
    told = written(of_losses())
    assert [(each["from"], each["to"]) for each in told["losses"]] == [
        ("2024-07-01", "2024-08-01"), ("2024-08-01", "2024-09-01"),
    ]  # fmt: skip


def test_the_months_are_told_with_what_each_comes_to() -> None:
    told = written(two_months())
    july = bill(request())
    assert told["months"][0] == {
        "cycle": {"from": "2024-07-01", "to": "2024-08-01"},
        "period": {"from": "2024-07-01", "to": "2024-08-01"},
        "total": str(july.total),
    }
    assert "months" not in written(request())


@pytest.mark.parametrize(
    ("at", "value", "found"),
    [
        (("months", 0, "total"), "1.00", {("/months/0/total", "sum"), ("/total", "sum")}),
        (("months", 1, "period", "from"), "2024-08-02", {("/months/1/period", "days"), ("/months/1/total", "sum")}),
        (("months", 1, "cycle", "to"), "2024-08-31", {("/months/1/period", "days")}),
        (("months",), [], {("/months", "days"), ("/total", "sum")}),
    ],
)
def test_months_that_do_not_sum_to_the_bill_are_found(at: tuple[Any, ...], value: Any, found: set[Any]) -> None:
    told = written(two_months())
    place = told
    for key in at[:-1]:
        place = place[key]
    place[at[-1]] = value
    assert set(wrong(told)) == found
