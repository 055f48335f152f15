"""The cheapest ways by the rules: the same as by trying every way through the months."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.advice.choosing import WAYS, Start, cheapest, ways_in
from billcalc.agreement.models import BasicMode
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of

CAPACITY, CONTRACTED, ACTUAL = WAYS
Costs = Sequence[Mapping[BasicMode, int]]


def days(count: int, first: date = date(2025, 1, 1)) -> list[date]:
    return [first + relativedelta(months=number) for number in range(count)]


def found(costs: Costs, start: Start | None = None, kept: int | None = 3, *, by_quarter: bool = False) -> object:
    """The cheapest ways and their cost; None where none goes through."""
    values = [{way: Plain(Decimal(cost)) for way, cost in each.items()} for each in costs]
    months = days(len(costs))
    choice = cheapest(months, values, [kept] * len(costs), start or Start(CAPACITY), by_quarter=by_quarter)
    if choice is None:
        return None
    return ways_in(int(number_of(choice.code)), len(costs)), int(number_of(choice.cost))


def costs(*told: tuple[int, int, int]) -> Costs:
    """The costs of months by capacity, by contract and by actual demand."""
    return [dict(zip(WAYS, each, strict=True)) for each in told]


def test_the_way_that_is_cheapest_throughout_is_taken_from_the_first_month_on() -> None:
    assert found(costs((3, 2, 1), (3, 2, 1))) == ((ACTUAL, ACTUAL), 2)


def test_of_equal_costs_the_way_is_kept() -> None:
    assert found(costs((1, 1, 1), (1, 1, 1))) == ((CAPACITY, CAPACITY), 2)


def test_a_way_is_kept_for_three_months() -> None:
    # one dear month in the middle is not worth a way that is dear in the two months after it
    dear = costs((1, 5, 9), (9, 5, 9), (1, 5, 9), (1, 5, 9))
    assert found(dear) == ((CAPACITY,) * 4, 12)
    assert found(dear, kept=1) == ((CAPACITY, CONTRACTED, CAPACITY, CAPACITY), 8)


def test_a_way_that_was_changed_lately_is_kept_first() -> None:
    cheap_by_demand = costs((5, 9, 1), (5, 9, 1), (5, 9, 1))
    assert found(cheap_by_demand, Start(CAPACITY, date(2024, 12, 1))) == ((CAPACITY, CAPACITY, ACTUAL), 11)
    assert found(cheap_by_demand, Start(CAPACITY, date(2024, 10, 1))) == ((ACTUAL,) * 3, 3)


def test_by_quarter_a_way_begins_on_the_first_of_january_april_july_or_october() -> None:
    cheap_later = costs((1, 99, 99), (5, 9, 1), (5, 9, 1), (5, 9, 1))
    assert found(cheap_later) == ((CAPACITY, ACTUAL, ACTUAL, ACTUAL), 4)
    assert found(cheap_later, by_quarter=True) == ((CAPACITY, CAPACITY, CAPACITY, ACTUAL), 12)


def test_without_a_rule_no_way_is_changed() -> None:
    assert found(costs((5, 9, 1), (5, 9, 1)), kept=None) == ((CAPACITY, CAPACITY), 10)


def test_a_way_that_cannot_be_billed_in_a_month_is_not_gone_through() -> None:
    broken: Costs = [{CAPACITY: 5, ACTUAL: 1}, {CAPACITY: 5}, {CAPACITY: 5}]
    assert found(broken) == ((CAPACITY,) * 3, 15)
    assert found([{CAPACITY: 1}, {ACTUAL: 1}, {CAPACITY: 1}]) is None


def test_a_first_month_whose_way_was_none_takes_any() -> None:
    assert found(costs((3, 2, 1)), Start(None)) == ((ACTUAL,), 1)


def allowed(ways: Sequence[BasicMode], start: Start, *, by_quarter: bool) -> bool:
    """Whether a way through the months keeps to the rules."""
    last, way = start.changed, start.way
    for day, each in zip(days(len(ways)), ways, strict=True):
        if each is not way:
            if last is not None and last + relativedelta(months=3) > day:
                return False
            if by_quarter and day.month not in (1, 4, 7, 10):
                return False
            last, way = day, each
    return True


@pytest.mark.no_cover
@settings(max_examples=15)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=7), st.booleans(), st.booleans())
def test_the_cheapest_ways_are_those_that_every_way_through_the_months_finds(
    told: list[tuple[int, int, int]], by_quarter: bool, lately: bool
) -> None:
    start = Start(CONTRACTED, date(2024, 11, 1) if lately else None)
    least = min(
        sum(month[WAYS.index(way)] for month, way in zip(told, ways, strict=True))
        for ways in product(WAYS, repeat=len(told))
        if allowed(ways, start, by_quarter=by_quarter)
    )
    made = found(costs(*told), start, by_quarter=by_quarter)
    assert isinstance(made, tuple)
    assert made[1] == least
    assert allowed(made[0], start, by_quarter=by_quarter)
