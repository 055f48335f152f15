"""Interval data: what is missing is found, what is there is summed by band, and a spike is no demand."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.fields.instants import STEPS
from billcalc.kernel.decimals import exact_sum
from billcalc.metering.intervals import (
    POWER_STEPS,
    CompleteSeries,
    FillRule,
    SeriesFinding,
    SeriesTrouble,
    band_energies,
    completed,
    completed_in_row,
    energy_of_power,
    local_times,
    maximum_demand,
)
from billcalc.metering.measures import daily_band_places, energy_in
from billcalc.vocabulary import Band
from tests.metering.series import JUNE, at, complete, series

WHOLE = [(minute, "1") for minute in range(0, 90, 15)]


def texts(found: CompleteSeries) -> list[str]:
    return [str(kwh) for kwh in found.kwh]


# What is there and what is not


@pytest.mark.parametrize("fill", FillRule)
def test_a_whole_series_has_no_findings(fill: FillRule) -> None:
    found = complete(WHOLE, fill)
    assert (texts(found), found.findings, found.usable) == (["1"] * 6, (), True)


@pytest.mark.parametrize(
    ("fill", "kwh", "usable"),
    [
        (FillRule.REFUSE, ["1", "0", "0", "4", "0", "2"], False),
        (FillRule.ZERO, ["1", "0", "0", "4", "0", "2"], True),
        (FillRule.NEIGHBOURS, ["1", "2.5000", "2.5000", "4", "3.0000", "2"], True),
    ],
)
def test_each_gap_is_found_and_filled_by_the_rule(fill: FillRule, kwh: list[str], usable: bool) -> None:
    found = complete([(0, "1"), (45, "4"), (75, "2")], fill)
    assert (texts(found), found.usable) == (kwh, usable)
    assert found.findings == (
        SeriesFinding(SeriesTrouble.MISSING, at(15), 2, filled=usable, kwh=exact_sum(map(Decimal, kwh[1:3]))),
        SeriesFinding(SeriesTrouble.MISSING, at(60), 1, filled=usable, kwh=Decimal(kwh[4])),
    )


def test_a_gap_at_an_end_has_one_neighbour() -> None:
    assert texts(complete([(30, "7")], FillRule.NEIGHBOURS, count=4)) == ["7.0000", "7.0000", "7", "7.0000"]


def test_a_series_of_gaps_has_nothing_to_be_filled_from() -> None:
    found = complete([], FillRule.NEIGHBOURS, count=2)
    assert (texts(found), found.usable) == (["0", "0"], False)
    assert found.findings == (SeriesFinding(SeriesTrouble.MISSING, at(0), 2, filled=False),)
    assert complete([], FillRule.ZERO, count=2).usable  # nothing is what the rule says


def test_a_filled_mean_is_rounded_half_away_from_zero() -> None:
    assert texts(complete([(0, "0.0001"), (30, "0.0002")], FillRule.NEIGHBOURS, count=3))[1] == "0.0002"


def test_a_reading_that_stands_there_again_changes_nothing() -> None:
    found = complete([*WHOLE, (15, "1.0"), (15, "1")], FillRule.REFUSE)
    assert texts(found) == ["1"] * 6
    assert found.findings == (SeriesFinding(SeriesTrouble.DUPLICATE, at(15), 1),) * 2
    assert found.usable


@pytest.mark.parametrize("fill", FillRule)
def test_of_several_different_readings_of_an_interval_none_counts(fill: FillRule) -> None:
    readings = [*WHOLE, (15, "9"), (15, "8")]
    found = complete(readings, fill)
    assert found == complete(readings[::-1], fill)
    assert found.findings == (SeriesFinding(SeriesTrouble.CONTRADICTED, at(15), 3),)
    assert not found.usable


def test_what_is_not_aligned_or_outside_is_left_out_and_found() -> None:
    found = complete([(-15, "9"), *WHOLE, (90, "9"), (7, "9")], FillRule.REFUSE)
    assert texts(found) == ["1"] * 6
    assert found.findings == (
        SeriesFinding(SeriesTrouble.OUTSIDE, at(-15), 1),
        SeriesFinding(SeriesTrouble.NOT_ALIGNED, at(7), 1),
        SeriesFinding(SeriesTrouble.OUTSIDE, at(90), 1),
    )
    assert not found.usable


@pytest.mark.parametrize("stray", [(-15, "9"), (90, "9"), (7, "9")])
def test_a_series_out_of_which_a_value_was_thrown_is_not_usable(stray: tuple[int, str]) -> None:
    assert not complete([stray, *WHOLE], FillRule.ZERO).usable


# What was fed back


def test_what_is_below_zero_was_fed_back_and_is_set_apart() -> None:
    found = complete([(0, "1"), (15, "-0.5"), (30, "2"), (45, "-0.25")], FillRule.REFUSE, count=4)
    assert (texts(found), found.usable) == (["1", "0", "2", "0"], True)
    assert [str(kwh) for kwh in found.fed_back] == ["0", "0.5", "0", "0.25"]
    assert found.fed_back_kwh == Decimal("0.75")
    assert found.findings == (
        SeriesFinding(SeriesTrouble.FED_BACK, at(15), 1, kwh=Decimal("0.5")),
        SeriesFinding(SeriesTrouble.FED_BACK, at(45), 1, kwh=Decimal("0.25")),
    )


def test_a_series_that_feeds_nothing_back_has_nothing_set_apart() -> None:
    found = complete(WHOLE, FillRule.REFUSE)
    assert not found.fed_back
    assert found.fed_back_kwh == 0


def test_a_gap_beside_what_was_fed_back_is_filled_from_what_was_taken() -> None:
    assert texts(complete([(0, "-4"), (30, "2")], FillRule.NEIGHBOURS, count=3)) == ["0", "1.0000", "2"]


def test_a_series_below_zero_is_an_error_of_the_program() -> None:
    with pytest.raises(AssertionError, match="set apart before there is a series"):
        series("-1")


@given(kwh=st.lists(st.decimals("-5", "5", places=31), min_size=6, max_size=6))
def test_what_was_taken_less_what_was_fed_back_is_the_readings(kwh: list[Decimal]) -> None:
    found = complete([(place * 15, str(each)) for place, each in enumerate(kwh)], FillRule.REFUSE)
    assert exact_sum(found.kwh) == exact_sum([*kwh, found.fed_back_kwh])


@given(
    readings=st.lists(st.tuples(st.integers(-3, 9), st.integers(-50, 50)), max_size=20),
    fill=st.sampled_from(FillRule),
    step=st.sampled_from(STEPS),
)
def test_every_interval_is_told_or_found_missing_once(
    readings: list[tuple[int, int]], fill: FillRule, step: int
) -> None:
    found = complete([(place * step, str(kwh)) for place, kwh in readings], fill, step=step)
    told: dict[int, set[int]] = {}
    for place, kwh in readings:
        if 0 <= place < 6:
            told.setdefault(place, set()).add(kwh)
    counts = dict.fromkeys(SeriesTrouble, 0)
    for each in found.findings:
        counts[each.trouble] += each.count
    assert counts[SeriesTrouble.MISSING] == 6 - len(told)
    assert counts[SeriesTrouble.OUTSIDE] == sum(not 0 <= place < 6 for place, _ in readings)
    inside = len(readings) - counts[SeriesTrouble.OUTSIDE]
    contradicted = [place for place, several in told.items() if len(several) > 1]
    agreed = len(told) - len(contradicted)
    assert counts[SeriesTrouble.CONTRADICTED] + counts[SeriesTrouble.DUPLICATE] + agreed == inside
    filled = fill is FillRule.ZERO or (fill is FillRule.NEIGHBOURS and agreed > 0) or len(told) == 6
    thrown = counts[SeriesTrouble.OUTSIDE] or contradicted
    missing = any(each.trouble is SeriesTrouble.MISSING and not each.filled for each in found.findings)
    assert found.usable == (not thrown and not missing)
    if filled and fill is not FillRule.NEIGHBOURS:
        assert not missing
    assert len(found.kwh) == 6
    assert min(found.kwh) >= 0


# Energy by band


def test_the_energy_of_mean_power_is_exact_where_it_has_an_end() -> None:
    found = [energy_of_power(Decimal("1.3"), step) for step in POWER_STEPS]
    assert found == [Decimal("0.325"), Decimal("0.65"), Decimal("1.3")]
    with pytest.raises(AssertionError, match="the energy of 5 min at a mean power has no end"):
        energy_of_power(Decimal(1), 5)


def halves(day: date, minute: int) -> Band:
    return Band.VALLEY if minute < 480 else Band.PEAK


def test_an_interval_belongs_to_the_band_in_which_it_starts() -> None:
    shanghai = timezone(timedelta(hours=8))
    found = completed(
        [
            (datetime(2024, 6, 1, 7, 45, tzinfo=shanghai), Decimal(3)),
            (datetime(2024, 6, 1, 8, tzinfo=shanghai), Decimal(4)),
        ],
        start=datetime(2024, 6, 1, 7, 45, tzinfo=shanghai),
        end=datetime(2024, 6, 1, 8, 15, tzinfo=shanghai),
        step=15,
        fill=FillRule.REFUSE,
    )
    times = local_times(found, ZoneInfo("Asia/Shanghai"))
    assert times == ((date(2024, 6, 1), 465), (date(2024, 6, 1), 480))
    assert band_energies(found, times, halves) == {Band.VALLEY: 3, Band.PEAK: 4}


@given(kwh=st.lists(st.decimals("0", "5", places=4), min_size=1, max_size=100))
def test_the_bands_sum_to_the_series(kwh: list[Decimal]) -> None:
    found = CompleteSeries(JUNE, 15, tuple(kwh), ())
    by_band = band_energies(found, local_times(found, UTC), halves)
    assert exact_sum(by_band.values()) == exact_sum(kwh)


def of_days(found: CompleteSeries, bands_on: Callable[[date], Sequence[Band]]) -> dict[Band, Decimal]:
    places = daily_band_places(found.start.date(), range(len(found.kwh)), found.step, bands_on)
    return {band: energy_in(found.kwh, runs) for band, runs in places.items()}


@given(kwh=st.lists(st.decimals("0", "5", places=4), min_size=24, max_size=24))
def test_the_energies_of_whole_days_are_those_of_their_intervals(kwh: list[Decimal]) -> None:
    """Two days of hours and one of other bands between them."""
    found = CompleteSeries(JUNE, 60, tuple(kwh * 3), ())
    usual = tuple(halves(JUNE.date(), hour * 60) for hour in range(24))
    other = (Band.FLAT, *usual[1:])

    def bands_on(day: date) -> tuple[Band, ...]:
        return other if day == date(2024, 6, 2) else usual

    times = local_times(found, UTC)
    by_hour = band_energies(found, times, lambda day, minute: bands_on(day)[minute // 60])
    assert list(of_days(found, bands_on).items()) == list(by_hour.items())


def test_days_are_of_their_bands() -> None:
    found = series(*["1"] * 24, *["2"] * 24, step=60)
    night = (Band.VALLEY,) * 8 + (Band.PEAK,) * 14 + (Band.VALLEY,) * 2
    assert of_days(found, lambda _: night) == {Band.VALLEY: 30, Band.PEAK: 42}


@pytest.mark.parametrize("fill", FillRule)
@pytest.mark.parametrize("kwh", [["1", None, "-2", None], [None, "3"], [None, None], ["1.0", "-0", "0.5"], []])
def test_values_in_a_row_are_completed_as_readings_are(kwh: list[str | None], fill: FillRule) -> None:
    told = [None if each is None else Decimal(each) for each in kwh]
    readings = [(at(15 * place), each) for place, each in enumerate(told) if each is not None]
    alike = completed(readings, start=JUNE, end=at(15 * len(kwh)), step=15, fill=fill)
    assert repr(completed_in_row(told, start=JUNE, step=15, fill=fill)) == repr(alike)


@pytest.mark.parametrize(
    ("day", "hours", "missing", "twice"),
    [(date(2024, 3, 31), 23, 2, None), (date(2024, 10, 27), 25, None, 2), (date(2024, 6, 1), 24, None, None)],
)
def test_a_day_of_a_clock_change_has_the_hours_it_has(
    day: date, hours: int, missing: int | None, twice: int | None
) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(day.year, day.month, day.day, tzinfo=berlin).astimezone(UTC)
    following = day + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, tzinfo=berlin).astimezone(UTC)
    assert end - start == timedelta(hours=hours)
    readings = [(start + number * timedelta(minutes=15), Decimal(1)) for number in range(hours * 4)]
    found = completed(readings, start=start, end=end, step=15, fill=FillRule.REFUSE)
    assert (found.findings, len(found.kwh)) == ((), hours * 4)
    by_hour = [0] * 24
    for local_day, minute in local_times(found, berlin):
        assert local_day == day
        by_hour[minute // 60] += 1
    assert by_hour == [0 if hour == missing else 8 if hour == twice else 4 for hour in range(24)]
    by_band = band_energies(found, local_times(found, berlin), halves)
    assert by_band == {Band.VALLEY: 32 - 4 * (24 - hours), Band.PEAK: 64}


# Maximum demand


def test_the_maximum_demand_is_the_largest_mean_power_of_a_window() -> None:
    kwh = ("10", "20", "60", "50", "10", "5")
    assert maximum_demand(series(*kwh), minutes=15, rolling=False).kw == 240
    fixed = maximum_demand(series(*kwh), minutes=30, rolling=False)
    assert (fixed.kw, fixed.start) == (Decimal(220), at(30))
    rolling = maximum_demand(series("10", "60", "50", "20"), minutes=30, rolling=True)
    assert (rolling.kw, rolling.start) == (Decimal(220), at(15))
    assert maximum_demand(series("10", "60", "50", "20"), minutes=30, rolling=False).kw == 140


@pytest.mark.parametrize("rolling", [False, True])
def test_a_spike_of_five_minutes_counts_a_third_in_a_demand_of_fifteen(rolling: bool) -> None:
    # 12 kW for five minutes are 1 kWh: over 15 minutes they are 4 kW
    found = maximum_demand(series("0", "0", "0", "0", "1", "0", step=5), minutes=15, rolling=rolling)
    assert found.kw == 4


@pytest.mark.parametrize("rolling", [False, True])
def test_of_windows_that_are_as_high_the_first_counts(rolling: bool) -> None:
    assert maximum_demand(series("1", "2", "2", "1"), minutes=15, rolling=rolling).start == at(15)


def test_the_demand_of_a_series_that_feeds_back_is_nothing() -> None:
    found = complete([(0, "-3"), (15, "-1")], FillRule.REFUSE, count=2)
    assert maximum_demand(found, minutes=15, rolling=False).kw == 0


def test_a_window_that_is_not_whole_is_no_window() -> None:
    assert maximum_demand(series("1", "1", "9"), minutes=30, rolling=False).kw == 4


@pytest.mark.parametrize(("step", "minutes"), [(30, 15), (15, 40), (10, 15)])
def test_intervals_that_cannot_tell_a_demand_are_an_error(step: int, minutes: int) -> None:
    with pytest.raises(ValueError, match=f"intervals of {step} min cannot tell a demand of {minutes} min"):
        maximum_demand(series("1", "1", step=step), minutes=minutes, rolling=False)


def test_a_series_shorter_than_the_demand_interval_is_an_error() -> None:
    with pytest.raises(ValueError, match="1 intervals of 15 min are shorter than one of 30 min"):
        maximum_demand(series("1"), minutes=30, rolling=True)


@given(kwh=st.lists(st.decimals("0", "5", places=4), min_size=12, max_size=60), step=st.sampled_from((5, 10, 15, 30)))
def test_no_window_is_higher_and_a_longer_interval_has_no_higher_demand(kwh: list[Decimal], step: int) -> None:
    found = CompleteSeries(JUNE, step, tuple(kwh), ())
    finest = maximum_demand(found, minutes=step, rolling=True)
    assert finest.kw == max(kwh) * (60 // step)
    hour = maximum_demand(found, minutes=60, rolling=True)
    assert maximum_demand(found, minutes=60, rolling=False).kw <= hour.kw <= finest.kw
