"""Intervals as a request gives them: what is taken, and the message of each mistake."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import decimal_text, parse_decimal
from billcalc.kernel.troubles import InvalidInput
from billcalc.metering.interval_models import DemandInterval, Intervals, IntervalUnit, means_between
from billcalc.metering.intervals import FillRule

SERIES: dict[str, Any] = {
    "step": "15",
    "start": "2024-06-01T00:00:00+08:00",
    "unit": "kwh",
    "values": ["0.1", None],
    "fill": "refuse",
}


def test_a_series_is_read_with_its_digits_and_its_gaps() -> None:
    found = validated(Intervals, {**SERIES, "demand": {"minutes": "30", "rolling": False}})
    assert (found.step, found.unit, found.fill) == (15, IntervalUnit.KWH, FillRule.REFUSE)
    assert found.values == (Decimal("0.1"), None)
    assert found.demand == DemandInterval(minutes=30, rolling=False)
    assert found.start == datetime(2024, 5, 31, 16, tzinfo=UTC)
    assert found.start.utcoffset() == timedelta(hours=8)
    assert validated(Intervals, {**SERIES, "start": found.start}) == validated(Intervals, SERIES)


def test_a_value_may_be_below_zero_where_more_was_fed_back_than_taken() -> None:
    assert validated(Intervals, {**SERIES, "values": ["-0.5"]}).values == (Decimal("-0.5"),)


def test_a_series_is_written_as_it_is_read() -> None:
    found = validated(Intervals, SERIES)
    assert Intervals.model_validate_json(found.model_dump_json()) == found


def test_powers_at_instants_tell_the_intervals_between_them() -> None:
    told = {**SERIES, "unit": "kw", "sampling": "instant", "values": ["100", "103", None, "90", "90.5"]}
    found = validated(Intervals, told)
    # half of 203, of nothing, of nothing, of 180.5
    assert found.by_interval == (Decimal("101.5"), None, None, Decimal("90.25"))
    assert validated(Intervals, SERIES).by_interval == (Decimal("0.1"), None)


@pytest.mark.parametrize("change", [{"unit": "kwh"}, {"values": ["1"]}])
def test_instants_are_of_powers_and_two_at_least(change: dict[str, Any]) -> None:
    told = {**SERIES, "unit": "kw", "sampling": "instant", "values": ["1", "2"], **change}
    with pytest.raises(InvalidInput) as caught:
        validated(Intervals, told)
    assert [each.code for each in caught.value.faults] == [FaultCode.INCONSISTENT]
    assert "an interval lies between two of them" in str(caught.value)


@given(st.lists(st.decimals(0, 10**6, places=3), min_size=2, max_size=50))
def test_the_means_between_instants_sum_to_all_powers_less_half_the_ends(powers: list[Decimal]) -> None:
    found = [mean for mean in means_between(powers) if mean is not None]
    assert sum(found) == sum(powers) - (powers[0] + powers[-1]) / 2
    assert len(found) == len(powers) - 1


AN_INSTANT = "wrong_type: an instant is written with its offset, such as 2024-06-01T00:00:00+08:00; correct the value "


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"step": "7"}, '/step: unknown_word: "7" is not an accepted value; use one of: 5, 10, 15, 30, 60'),
        ({"step": 7}, '/step: unknown_word: "7" is not an accepted value; use one of: 5, 10, 15, 30, 60'),
        ({"start": "2024-06-01T00:00:00"}, f'/start: {AN_INSTANT}"2024-06-01T00:00:00"'),
        ({"start": "2024-06-01"}, f'/start: {AN_INSTANT}"2024-06-01"'),
        ({"start": "2024-06-31T00:00:00Z"}, f'/start: {AN_INSTANT}"2024-06-31T00:00:00Z"'),
        ({"start": "0001-01-01T00:00:00+14:00"}, f'/start: {AN_INSTANT}"0001-01-01T00:00:00+14:00"'),
        ({"start": "9999-12-31T23:00:00Z"}, f'/start: {AN_INSTANT}"9999-12-31T23:00:00Z"'),
        ({"unit": "mwh"}, '/unit: unknown_word: "mwh" is not an accepted value; use one of: kwh, kw'),
        (
            {"fill": "guess"},
            '/fill: unknown_word: "guess" is not an accepted value; use one of: refuse, zero, neighbours',
        ),
        (
            {"values": []},
            "/values: wrong_type: there are too few entries: at least 1 must stand here; correct the value (a list)",
        ),
        (
            {"step": "10", "unit": "kw"},
            ": inconsistent: a mean power over 10 minutes tells no exact energy: give kwh; correct one of the two",
        ),
        (
            {"step": "30", "demand": {"minutes": "15", "rolling": True}},
            ": inconsistent: intervals of 30 minutes cannot tell a demand of 15 minutes; correct one of the two",
        ),
        *(
            (
                change,
                f": inconsistent: the value at place {place} is marked as estimated or substituted, and there is none, or "
                "it is marked twice; correct one of the two",
            )
            for change, place in (
                ({"estimated": ["1"]}, "1"),  # its value is null
                ({"substituted": ["2"]}, "2"),
                ({"estimated": ["0"], "substituted": ["0"]}, "0"),
            )
        ),
        (
            {"demand": {"minutes": "45", "rolling": True}},
            '/demand/minutes: unknown_word: "45" is not an accepted value; use one of: 5, 10, 15, 30, 60',
        ),
    ],
)
def test_each_mistake_has_its_message(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        validated(Intervals, {**SERIES, **change})
    assert str(caught.value).removeprefix("/") == message.removeprefix("/")


@pytest.mark.parametrize(
    "values",
    [["1", "2.50"], ["1", None, "-0.5"], ["1", 2], ["1", Decimal("2.5"), None], ("1", "2"), [None]],
)
def test_values_are_read_together_as_each_is_read(values: Sequence[Any]) -> None:
    found = validated(Intervals, {**SERIES, "values": values})
    assert found.values == tuple(None if each is None else parse_decimal(each) for each in values)
    written = found.model_dump(mode="json")["values"]
    assert written == [None if each is None else decimal_text(parse_decimal(each)) for each in values]
    assert found.model_copy(update={"values": (Decimal(7),)}).model_dump(mode="json")["values"] == ["7"]
    assert found.model_dump()["values"] == found.values


def test_each_value_that_is_no_number_is_told_at_its_place() -> None:
    with pytest.raises(InvalidInput) as caught:
        validated(Intervals, {**SERIES, "values": ["1", "1e5", "2", "1,000"]})
    assert [each.where for each in caught.value.faults] == ["/values/1", "/values/3"]
