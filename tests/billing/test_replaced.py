"""Transformers that take each other's place: what is in service all the time pays one month, however it is counted."""

import pytest

from billcalc.kernel.codes import ProblemCode
from tests.billing.cases import Data, amounts, bill, changed, codes, entry, problems, quantities, request, transformer


def exchanged(first: str, second: str, *, start: str = "2024-05-01", end: str = "2024-06-01", day: str) -> Data:
    """T1 until a day, T2 from it on, at 30 a kVA."""

    def points(name: str, kva: str) -> Data:
        return {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(name, kva)]}}

    agreement = [
        entry("2020-01-01", supply_points=points("T1", first)),
        entry(day, supply_points=points("T2", second)),
    ]
    return request(start, end, agreement=agreement)


@pytest.mark.parametrize(
    ("first", "second", "billed"),
    [
        # May has 31 days: 15 thirtieths and, of 16 days, the 15 that are left of the month
        ("1000", "1000", ["500.00", "500.00"]),
        # 500 × 15 = 7500; 800 × 16 − 500 = 12300: together 500 and 300 × 16/30
        ("500", "800", ["250.00", "410.00"]),
        # 800 × 15 = 12000; 500 × 16 − 500 = 7500: together 500 and 300 × 15/30
        ("800", "500", ["400.00", "250.00"]),
    ],
)
def test_in_a_month_of_31_days_no_kva_pays_more_than_the_month(first: str, second: str, billed: list[str]) -> None:
    assert quantities(bill(exchanged(first, second, day="2024-05-16")), "capacity") == billed


def test_in_february_what_stays_pays_the_month() -> None:
    # 29 days in 2024: 15 thirtieths, and 14 days and the one that February lacks
    answer = bill(exchanged("1000", "1000", start="2024-02-01", end="2024-03-01", day="2024-02-16"))
    assert quantities(answer, "capacity") == ["500.00", "500.00"]
    assert amounts(answer, "capacity") == ["15000.00", "15000.00"]


def test_the_other_reading_is_told_with_its_money() -> None:
    answer = bill(exchanged("1000", "1000", day="2024-05-16"))
    [problem] = problems(answer, ProblemCode.CAPACITY_REPLACED)
    assert problem.facts == {"supply_point": "S1", "days": "31"}
    # 533.33 kVA × 30 = 15999.90: 999.90 more, of which 0.75 %, 7.50, is given back
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("own days", "992.40")]


def test_a_transformer_that_stays_beside_them_is_counted_as_ever() -> None:
    data = exchanged("1000", "1000", day="2024-05-16")
    for each in data["agreement"]:
        each["supply_points"]["S1"]["transformers"].append(transformer("T0", "600"))
    # 1600 × 15/30 and, for both, what is left of the month
    assert quantities(bill(data), "capacity") == ["800.00", "800.00"]


def test_a_change_of_something_else_between_them_is_no_exchange() -> None:
    data = exchanged("1000", "1000", day="2024-05-16")
    assessed_otherwise = changed(data["agreement"][0], {"from": "2024-05-06"})
    assessed_otherwise["supply_points"]["S1"]["power_factor_standard"] = "0.85"
    data["agreement"].insert(1, assessed_otherwise)
    assert quantities(bill(data), "capacity") == ["166.67", "333.33", "500.00"]  # 5/30, 10/30, and what is left


def test_by_calendar_days_there_is_nothing_to_settle() -> None:
    answer = bill(exchanged("1000", "1000", start="2024-07-01", end="2024-08-01", day="2024-07-16"))
    # 1000 × 15/31 and 1000 × 16/31
    assert quantities(answer, "capacity") == ["483.87", "516.13"]
    assert codes(answer) == set()


def test_a_capacity_that_is_away_for_some_days_pays_its_own() -> None:
    data = exchanged("1000", "1000", day="2024-05-21")
    asleep = changed(data["agreement"][0], {"from": "2024-05-11"})
    asleep["supply_points"]["S1"]["transformers"][0]["state"] = "suspended"
    data["agreement"].insert(1, asleep)
    answer = bill(data)
    assert quantities(answer, "capacity") == ["333.33", "366.67"]  # 10/30 and 11/30
    assert codes(answer) == set()


def test_a_convention_that_bills_the_day_of_a_change_twice_is_followed() -> None:
    data = exchanged("1000", "1000", day="2024-05-16")
    answer = bill(changed(data, {"conventions.basic.last_day": "billed"}))
    assert quantities(answer, "capacity") == ["533.33", "533.33"]  # 16/30 each


def test_a_part_of_a_cycle_is_counted_by_its_days() -> None:
    data = changed(exchanged("1000", "1000", day="2024-05-16"), {"period.from": "2024-05-02"})
    data["metering_points"][0]["readings"][0]["at"] = "2024-05-02"
    assert quantities(bill(data), "capacity") == ["466.67", "533.33"]  # 14/30 and 16/30
