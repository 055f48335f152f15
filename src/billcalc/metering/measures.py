"""What is measured of interval data as one number: which intervals it is of is known without their values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.metering.interval_models import Intervals
from billcalc.metering.intervals import CompleteSeries, maximum_demand
from billcalc.tariff.hours import DAY_MINUTES
from billcalc.vocabulary import Band

__all__ = [
    "BandDemand",
    "Energy",
    "FedBack",
    "Largest",
    "MaximumDemand",
    "Measure",
    "Places",
    "daily_band_places",
    "energy_in",
]

_MINUTES_OF_HOUR = 60

Places = tuple[tuple[int, int], ...]
"""Intervals of a series: of each run of them the first, and the one after the last."""


class Measure(Protocol):
    """One number of a series."""

    def of(self, stated: Intervals, series: CompleteSeries) -> Decimal:
        """The number.

        Args:
            stated: the values as a request tells them.
            series: their energies, each in its place [kWh].
        """
        ...


@dataclass(frozen=True, slots=True)
class Energy:
    """The energy taken in some intervals [kWh]."""

    places: Places

    def of(self, stated: Intervals, series: CompleteSeries) -> Decimal:
        """See ``Measure``."""
        return energy_in(series.kwh, self.places)


@dataclass(frozen=True, slots=True)
class FedBack:
    """The energy fed back in some intervals in a row [kWh]."""

    first: int
    end: int

    def of(self, stated: Intervals, series: CompleteSeries) -> Decimal:
        """See ``Measure``."""
        return series.between(self.first, self.end).fed_back_kwh


@dataclass(frozen=True, slots=True)
class MaximumDemand:
    """The maximum demand in a row of intervals [kW]; see ``maximum_demand``.

    Attributes:
        first, end: the intervals.
    """

    first: int
    end: int
    minutes: int
    rolling: bool

    def of(self, stated: Intervals, series: CompleteSeries) -> Decimal:
        """See ``Measure``."""
        part = series.between(self.first, self.end)
        return maximum_demand(part, minutes=self.minutes, rolling=self.rolling).kw


@dataclass(frozen=True, slots=True)
class BandDemand:
    """As ``MaximumDemand``, of the windows that start in a band [kW]; 0 where there are none.

    Attributes:
        starts: where the windows start.
    """

    starts: tuple[int, ...]
    minutes: int

    def of(self, stated: Intervals, series: CompleteSeries) -> Decimal:
        """See ``Measure``."""
        size = self.minutes // series.step
        kwh = max((exact_sum(series.kwh[start : start + size]) for start in self.starts), default=ZERO)
        return EXACT.multiply(kwh, _MINUTES_OF_HOUR // self.minutes)


@dataclass(frozen=True, slots=True)
class Largest:
    """The largest value, as a power [kW].

    Attributes:
        per_hour: what makes a power of a value: 1, or the number of intervals in an hour.
    """

    per_hour: int

    def of(self, stated: Intervals, series: CompleteSeries) -> Decimal:
        """See ``Measure``."""
        return EXACT.multiply(stated.largest, self.per_hour)


def energy_in(kwh: Sequence[Decimal], places: Places) -> Decimal:
    """The energy of some intervals [kWh]."""
    found: list[Decimal] = []
    for first, end in places:
        found.extend(kwh[first:end])
    return exact_sum(found)


def daily_band_places(
    first: date, intervals: range, step: int, bands_on: Callable[[date], Sequence[Band]]
) -> Mapping[Band, Places]:
    """The intervals of each band, of whole days by a clock that never changes.

    Args:
        first: the day of the first of them.
        intervals: their places in the series.
        step: the length of each [min].
        bands_on: the band of each interval of a day; of a day like the one before it the same object.
    """
    found: dict[Band, list[tuple[int, int]]] = {}
    bands: Sequence[Band] = ()
    runs: list[tuple[Band, int, int]] = []
    for number, begins in enumerate(intervals[:: DAY_MINUTES // step]):
        if (today := bands_on(first + timedelta(days=number))) is not bands:
            bands, runs = today, _band_runs(today)
        for band, start, end in runs:
            found.setdefault(band, []).append((begins + start, begins + end))
    return {band: tuple(places) for band, places in found.items()}


def _band_runs(bands: Sequence[Band]) -> list[tuple[Band, int, int]]:
    """Each band of a day with the first place of its run and the one after it."""
    turns = [place for place, band in enumerate(bands) if not place or bands[place - 1] is not band]
    return [(bands[start], start, end) for start, end in pairwise([*turns, len(bands)])]
