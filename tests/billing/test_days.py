"""Shares of a month: what a day weighs, and that the parts of a month are one month."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.billing.planning.days import DayWeights, Edges, weight_until
from billcalc.kernel.spans import Span
from billcalc.tariff.conventions import DayCount, EdgeDay

BILLED_FREE = Edges(EdgeDay.BILLED, EdgeDay.FREE)


def span(start: str, end: str) -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(end))


def parts(served: list[Span], days: list[str], weights: DayWeights, edges: Edges = BILLED_FREE) -> list[int]:
    reached = [weight_until(served, date.fromisoformat(day), weights, edges) for day in days]
    return [after - before for before, after in pairwise(reached)]


@pytest.mark.parametrize(
    ("month", "length"),
    [("2023-02", 28), ("2024-02", 29), ("2024-04", 30), ("2024-05", 31)],
)
def test_the_last_part_of_a_month_takes_what_thirtieths_leave(month: str, length: int) -> None:
    start = date.fromisoformat(f"{month}-01")
    cycle = Span(start, start + timedelta(days=length))
    weights = DayWeights(DayCount.THIRTIETH, cycle)
    assert parts([cycle], [str(start), f"{month}-15", str(cycle.end)], weights) == [14, 16]


def test_days_beyond_the_thirtieth_are_not_billed_of_a_month_that_is_not_full() -> None:
    weights = DayWeights(DayCount.THIRTIETH, span("2024-05-01", "2024-06-01"))
    served = [span("2024-05-01", "2024-05-31")]
    assert parts(served, ["2024-05-01", "2024-05-11", "2024-06-01"], weights) == [10, 20]


def test_a_month_of_28_days_less_one_is_27_thirtieths() -> None:
    weights = DayWeights(DayCount.THIRTIETH, span("2023-02-01", "2023-03-01"))
    assert parts([span("2023-02-02", "2023-03-01")], ["2023-02-01", "2023-03-01"], weights) == [27]


def test_a_day_weighs_its_share_of_its_own_month() -> None:
    cycle = span("2024-06-24", "2024-07-24")
    weights = DayWeights(DayCount.CALENDAR, cycle)
    # 7 days of June at 1/30 and 23 of July at 1/31, in parts of 930: 7 × 31 + 23 × 30
    served = [span("2024-06-24", "2024-07-01"), span("2024-07-02", "2024-07-24")]
    assert parts(served, ["2024-06-24", "2024-07-01", "2024-07-24"], weights) == [217, 660]
    # in service all the time it is one month, whose last part takes what is left: 690 and the 23 that June is shorter
    assert parts([cycle], ["2024-06-24", "2024-07-01", "2024-07-24"], weights) == [217, 713]
    assert weights.whole == 930


def test_days_of_a_short_month_are_together_no_more_than_a_month() -> None:
    weights = DayWeights(DayCount.CALENDAR, span("2023-01-24", "2023-02-24"))
    # 8 × 28 + 22 × 31 = 906 of 868, though the last day was not served
    assert parts([span("2023-01-24", "2023-02-23")], ["2023-01-24", "2023-02-24"], weights) == [868]


def test_months_of_one_length_weigh_in_days() -> None:
    cycle = span("2024-07-24", "2024-08-24")
    assert DayWeights(DayCount.CALENDAR, cycle).whole == 31


def test_the_first_and_last_day_of_a_service_are_billed_as_the_conventions_tell() -> None:
    cycle = span("2024-07-01", "2024-08-01")
    weights = DayWeights(DayCount.CALENDAR, cycle)
    served = [span("2024-07-05", "2024-07-20")]
    whole = ["2024-07-01", "2024-08-01"]
    assert parts(served, whole, weights) == [15]
    assert parts(served, whole, weights, Edges(EdgeDay.FREE, EdgeDay.FREE)) == [14]
    assert parts(served, whole, weights, Edges(EdgeDay.BILLED, EdgeDay.BILLED)) == [16]


def test_the_day_on_which_a_service_ends_is_billed_with_the_service_and_not_with_what_follows() -> None:
    weights = DayWeights(DayCount.CALENDAR, span("2024-07-01", "2024-08-01"))
    edges = Edges(EdgeDay.BILLED, EdgeDay.BILLED)
    assert parts([span("2024-07-01", "2024-07-16")], ["2024-07-01", "2024-07-16", "2024-08-01"], weights, edges) == [
        16,
        0,
    ]


def test_a_service_that_starts_and_ends_with_the_cycle_has_no_day_of_change() -> None:
    cycle = span("2024-07-01", "2024-08-01")
    weights = DayWeights(DayCount.CALENDAR, cycle)
    assert parts([cycle], ["2024-07-01", "2024-08-01"], weights, Edges(EdgeDay.FREE, EdgeDay.BILLED)) == [31]


months = st.dates(date(1999, 1, 1), date(2035, 12, 31)).map(
    lambda day: Span(day, (day.replace(day=1) + timedelta(days=32)).replace(day=min(day.day, 28)))
)


@given(
    cycle=months.filter(lambda cycle: 28 <= cycle.days <= 31),
    count=st.sampled_from(DayCount),
    edges=st.builds(Edges, st.sampled_from(EdgeDay), st.sampled_from(EdgeDay)),
    data=st.data(),
)
def test_no_part_is_negative_and_all_parts_are_at_most_one_month(
    cycle: Span, count: DayCount, edges: Edges, data: st.DataObject
) -> None:
    offsets = st.lists(st.integers(1, cycle.days - 1), max_size=4, unique=True).map(sorted)
    cuts = [cycle.start, *(cycle.start + timedelta(days=each) for each in data.draw(offsets)), cycle.end]
    bounds = data.draw(offsets.filter(lambda each: len(each) % 2 == 0))
    days = [cycle.start + timedelta(days=each) for each in bounds]
    served = [Span(start, end) for start, end in zip(days[::2], days[1::2], strict=True)] or [cycle]
    weights = DayWeights(count, cycle)
    found = parts(served, [str(day) for day in cuts], weights, edges)
    assert min(found) >= 0
    assert sum(found) <= weights.whole
    if served == [cycle]:
        assert sum(found) == weights.whole
