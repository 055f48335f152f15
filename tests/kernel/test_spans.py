"""Half-open spans of days."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.kernel.spans import Span, gaps, months_from, overlaps

FIRST = date(2024, 1, 1)
CALENDAR = [FIRST + timedelta(days=count) for count in range(90)]
"""Longer than every span of the properties here; an open span is a span to its end and after."""


def day(number: int) -> date:
    return date(2024, 6, number)


def span(start: int, end: int | None) -> Span:
    return Span(day(start), None if end is None else day(end))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 50))
    days = draw(st.none() | st.integers(1, 30))
    return Span(CALENDAR[start], None if days is None else CALENDAR[start + days])


def days_of(each: Iterable[Span]) -> list[date]:
    """The days of some spans, in the order of the spans: two spans of one day give it twice."""
    return [one for part in each for one in CALENDAR if part.start <= one and (part.end is None or one < part.end)]


def test_a_span_has_its_first_day_and_not_its_end() -> None:
    june = span(12, 15)
    assert [number for number in range(11, 17) if day(number) in june] == [12, 13, 14]


def test_an_open_span_has_every_later_day() -> None:
    assert date(2999, 1, 1) in span(12, None)
    assert day(11) not in span(12, None)


def test_the_days_of_a_span_do_not_count_its_end() -> None:
    assert Span(date(2024, 2, 1), date(2024, 3, 1)).days == 29
    assert span(12, 13).days == 1


def test_an_open_span_has_no_number_of_days() -> None:
    with pytest.raises(AssertionError, match=r"^an open span has no number of days$"):
        _ = span(12, None).days


@pytest.mark.parametrize("end", [11, 12])
def test_a_span_that_does_not_end_after_it_starts_is_refused(end: int) -> None:
    with pytest.raises(ValueError, match=f"^a span must end after it starts: 2024-06-12 to 2024-06-{end}$"):
        span(12, end)


def test_only_a_day_can_be_in_a_span() -> None:
    with pytest.raises(AssertionError):
        _ = "2024-06-12" in span(12, None)


def test_a_span_is_written_with_a_slash_and_an_open_end_with_dots() -> None:
    assert str(span(12, 15)) == "2024-06-12/2024-06-15"
    assert str(span(12, None)) == "2024-06-12/.."


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (span(1, 10), span(5, 15), span(5, 10)),
        (span(1, 10), span(2, 3), span(2, 3)),
        (span(1, 10), span(10, 15), None),
        (span(1, 10), span(9, 15), span(9, 10)),
        (span(1, 10), span(20, 25), None),
        (span(1, None), span(5, 15), span(5, 15)),
        (span(5, None), span(1, 6), span(5, 6)),
        (span(5, None), span(1, 5), None),
        (span(1, None), span(5, None), span(5, None)),
    ],
)
def test_spans_share_the_days_in_both(first: Span, second: Span, shared: Span | None) -> None:
    assert first.intersect(second) == shared
    assert second.intersect(first) == shared


@pytest.mark.parametrize(
    ("outer", "inner", "covers"),
    [
        (span(1, 10), span(1, 10), True),
        (span(1, 10), span(2, 9), True),
        (span(2, 10), span(1, 10), False),
        (span(1, 9), span(1, 10), False),
        (span(1, 10), span(20, 25), False),
        (span(1, None), span(5, None), True),
        (span(1, None), span(5, 6), True),
        (span(1, 10), span(5, None), False),
    ],
)
def test_a_span_covers_another_when_it_has_all_its_days(outer: Span, inner: Span, covers: bool) -> None:
    assert outer.covers(inner) is covers


def test_a_span_is_cut_before_each_day_inside_it() -> None:
    days = [day(20), day(12), day(5), day(20), day(15), day(30)]
    assert span(12, 30).cut(days) == (span(12, 15), span(15, 20), span(20, 30))


def test_the_last_part_of_an_open_span_is_open() -> None:
    assert span(12, None).cut([day(15)]) == (span(12, 15), span(15, None))


def test_a_span_that_is_not_cut_is_whole() -> None:
    assert span(12, 15).cut([]) == (span(12, 15),)


@given(spans(), st.lists(st.sampled_from(CALENDAR)))
def test_the_parts_of_a_cut_are_the_whole_in_order(whole: Span, days: list[date]) -> None:
    parts = whole.cut(days)
    assert days_of(parts) == days_of([whole])
    assert {part.start for part in parts} == {whole.start} | {one for one in days_of([whole]) if one in days}


@pytest.mark.parametrize(
    ("covered", "free"),
    [
        ([], [span(10, 20)]),
        ([span(10, 20)], []),
        ([span(1, None)], []),
        ([span(10, 15)], [span(15, 20)]),
        ([span(15, 20)], [span(10, 15)]),
        ([span(12, 14), span(16, 18)], [span(10, 12), span(14, 16), span(18, 20)]),
        ([span(16, 18), span(12, 14)], [span(10, 12), span(14, 16), span(18, 20)]),
        ([span(10, 15), span(15, 20)], []),
        ([span(10, 18), span(11, 12)], [span(18, 20)]),
        ([span(15, None), span(17, 18)], [span(10, 15)]),
        ([span(15, 25)], [span(10, 15)]),
        ([span(1, 5), span(25, None)], [span(10, 20)]),
    ],
)
def test_gaps_are_what_no_span_covers(covered: list[Span], free: list[Span]) -> None:
    assert gaps(covered, within=span(10, 20)) == tuple(free)


def test_after_the_last_closed_span_an_open_window_has_an_open_gap() -> None:
    assert gaps([span(10, 15)], within=span(5, None)) == (span(5, 10), span(15, None))
    assert gaps([span(10, None)], within=span(5, None)) == (span(5, 10),)


@given(st.lists(spans(), max_size=5), spans())
def test_gaps_and_spans_together_are_the_window(covered: list[Span], window: Span) -> None:
    free = gaps(covered, within=window)
    assert days_of(free) == sorted(set(days_of([window])) - set(days_of(covered)))
    assert all(before.end is not None and before.end < after.start for before, after in pairwise(free))


def test_overlaps_are_the_pairs_that_share_days() -> None:
    documents = [(span(1, 10), "a"), (span(9, 20), "b"), (span(20, None), "c"), (span(5, 21), "d")]
    assert overlaps(documents) == (
        ("a", "b", span(9, 10)),
        ("a", "d", span(5, 10)),
        ("b", "d", span(9, 20)),
        ("c", "d", span(20, 21)),
    )
    assert overlaps(documents[:1]) == ()


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        ("2024-06-24", ["2024-07-24"]),
        ("2024-12-31", ["2025-01-31"]),
        ("2024-01-31", ["2024-02-29"]),
        ("2023-01-29", ["2023-02-28"]),
        ("2024-06-30", ["2024-07-30", "2024-07-31"]),
    ],
)
def test_a_month_ends_on_its_day_of_the_next_or_on_the_last(start: str, ends: list[str]) -> None:
    assert months_from(date.fromisoformat(start)) == tuple(map(date.fromisoformat, ends))
