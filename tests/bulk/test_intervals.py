"""Columns of interval data are to the last digit what one customer's series gives."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from billcalc.bulk.column import Column
from billcalc.bulk.intervals import band_energies, fed_back, maximum_demand
from billcalc.metering import intervals as scalar
from billcalc.metering.intervals import CompleteSeries, FillRule, completed
from billcalc.vocabulary import BANDS, Band
from tests.metering.series import JUNE, at

CUSTOMERS = 3


def rows_of(flat: list[int], count: int) -> NDArray[np.int64]:
    return np.array(flat, dtype=np.int64).reshape(CUSTOMERS, count)


def one(row: NDArray[np.int64], scale: int, step: int) -> CompleteSeries:
    readings = [(at(place * step), Decimal(f"{int(each)}E-{scale}")) for place, each in enumerate(row)]
    return completed(readings, start=JUNE, end=at(len(row) * step), step=step, fill=FillRule.REFUSE)


def numbers(column: Column) -> list[Decimal]:
    return [Decimal(f"{int(each)}E-{column.scale}") for each in column.numbers]


def texts(column: Column) -> list[str]:
    return [str(number) for number in numbers(column)]


def look_up(times: Sequence[tuple[date, int]], bands: Sequence[Band]) -> Callable[[date, int], Band]:
    place = dict(zip(times, bands, strict=True))
    return lambda day, minute: place[day, minute]


@st.composite
def month(draw: st.DrawFn) -> tuple[NDArray[np.int64], int, list[Band]]:
    count = draw(st.integers(12, 40))
    edge = draw(st.sampled_from((3, 9, 10**6, 10**12)))  # small numbers tie
    flat = draw(st.lists(st.integers(-edge, edge), min_size=CUSTOMERS * count, max_size=CUSTOMERS * count))
    bands = draw(st.lists(st.sampled_from(Band), min_size=count, max_size=count))
    return rows_of(flat, count), draw(st.integers(0, 6)), bands


@given(month=month())
def test_energies_by_band_are_those_of_each_customer(month: tuple[NDArray[np.int64], int, list[Band]]) -> None:
    kwh, scale, bands = month
    found = band_energies(kwh, scale, bands)
    for number, row in enumerate(kwh):
        series = one(row, scale, 15)
        times = scalar.local_times(series, UTC)
        expected: Mapping[Band, Decimal] = scalar.band_energies(series, times, look_up(times, bands))
        assert {band: numbers(column)[number] for band, column in found.items()} == expected
        assert numbers(fed_back(kwh, scale))[number] == series.fed_back_kwh


@given(
    month=month(),
    shape=st.sampled_from(
        [(step, minutes) for step in (5, 10, 15, 30, 60) for minutes in (5, 10, 15, 30, 60) if minutes % step == 0]
    ),
    rolling=st.booleans(),
)
@example(month=(np.zeros((CUSTOMERS, 12), dtype=np.int64), 0, []), shape=(5, 60), rolling=True)
def test_maximum_demands_and_their_windows_are_those_of_each_customer(
    month: tuple[NDArray[np.int64], int, list[Band]], shape: tuple[int, int], rolling: bool
) -> None:
    kwh, scale, _ = month
    step, minutes = shape
    kw, places = maximum_demand(kwh, scale, step=step, minutes=minutes, rolling=rolling)
    for number, row in enumerate(kwh):
        expected = scalar.maximum_demand(one(row, scale, step), minutes=minutes, rolling=rolling)
        assert (numbers(kw)[number], at(int(places[number]) * step)) == (expected.kw, expected.start)


def test_bands_by_hand() -> None:
    kwh = np.array([[1, 2, 3, 4], [10, 20, 30, -40]], dtype=np.int64)
    found = band_energies(kwh, 1, [Band.PEAK, Band.FLAT, Band.FLAT, Band.PEAK])
    assert {band: numbers(column) for band, column in found.items()} == {
        Band.PEAK: [Decimal("0.5"), Decimal("1.0")],
        Band.FLAT: [Decimal("0.5"), Decimal("5.0")],
    }
    assert numbers(fed_back(kwh, 1)) == [Decimal("0.0"), Decimal("4.0")]  # and not netted with what was taken


def test_demands_by_hand() -> None:
    kwh = np.array([[10, 60, 50, 20], [1, 1, 1, 1]], dtype=np.int64)
    kw, places = maximum_demand(kwh, 0, step=15, minutes=30, rolling=True)
    assert (texts(kw), list(places)) == (["220", "4"], [1, 0])
    kw, places = maximum_demand(kwh, 0, step=15, minutes=30, rolling=False)
    assert (texts(kw), list(places)) == (["140", "4"], [0, 0])


def test_no_customers_have_no_energies() -> None:
    none = np.zeros((0, 4), dtype=np.int64)
    assert list(band_energies(none, 0, [Band.FLAT] * 4)[Band.FLAT].numbers) == []
    assert list(maximum_demand(none, 0, step=15, minutes=15, rolling=False)[1]) == []
    assert list(fed_back(none, 0).numbers) == []


@pytest.mark.parametrize(("step", "minutes"), [(30, 15), (15, 40), (10, 15)])
def test_intervals_that_cannot_tell_a_demand_are_an_error(step: int, minutes: int) -> None:
    with pytest.raises(ValueError, match=f"intervals of {step} min cannot tell a demand of {minutes} min"):
        maximum_demand(np.ones((1, 4), dtype=np.int64), 0, step=step, minutes=minutes, rolling=False)


def test_a_series_shorter_than_the_demand_interval_is_an_error() -> None:
    with pytest.raises(ValueError, match="1 intervals of 15 min are shorter than one of 30 min"):
        maximum_demand(np.ones((1, 1), dtype=np.int64), 0, step=15, minutes=30, rolling=False)


@pytest.mark.parametrize("sign", [1, -1])
def test_sums_that_could_leave_64_bits_are_an_error_and_those_that_fit_are_exact(sign: int) -> None:
    fits = np.full((1, 4), sign * (2**61 - 1), dtype=np.int64)
    taken, returned = (4 * (2**61 - 1), 0) if sign > 0 else (0, 4 * (2**61 - 1))
    assert numbers(band_energies(fits, 0, [Band.FLAT] * 4)[Band.FLAT]) == [taken]
    assert numbers(maximum_demand(fits, 0, step=15, minutes=15, rolling=False)[0]) == [taken]
    assert numbers(fed_back(fits, 0)) == [returned]
    too_large = np.full((1, 4), sign * 2**61, dtype=np.int64)
    with pytest.raises(OverflowError, match="one by one"):
        band_energies(too_large, 0, [Band.FLAT] * 4)
    with pytest.raises(OverflowError, match="one by one"):
        fed_back(too_large, 0)
    with pytest.raises(OverflowError, match="one by one"):
        maximum_demand(too_large, 0, step=15, minutes=15, rolling=False)


def test_every_band_is_told_apart() -> None:
    kwh = np.array([[2**number for number in range(len(BANDS))]], dtype=np.int64)
    found = band_energies(kwh, 0, list(BANDS))
    assert [int(column.numbers[0]) for column in found.values()] == [2**number for number in range(len(BANDS))]
    assert all(first is not second for first, second in pairwise(found))
