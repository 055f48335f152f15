"""Interval data: mean-power or energy readings of 15, 30 or 60 minutes → energy per band and maximum demand.

A series is counted in instants, so a day of 23 or 25 hours has 23 or 25 hours of intervals; only the band of an
interval asks for local time. What is missing is filled by a stated rule or refuses the series, and is always told.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum

from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.numbers import quotient_number
from billcalc.vocabulary import Band

__all__ = [
    "POWER_STEPS",
    "STEPS",
    "CompleteSeries",
    "Demand",
    "FillRule",
    "SeriesFinding",
    "SeriesTrouble",
    "band_energies",
    "completed",
    "energy_of_power",
    "local_times",
    "maximum_demand",
]

STEPS = (5, 10, 15, 30, 60)
"""The lengths of intervals that are read [min]."""

POWER_STEPS = (15, 30, 60)
"""Those of which a mean power tells the energy exactly [min]."""

_MINUTES_OF_HOUR = 60


class FillRule(StrEnum):
    """What stands in for an interval that is missing."""

    REFUSE = "refuse"
    ZERO = "zero"
    NEIGHBOURS = "neighbours"
    """The mean of the nearest interval before and after that are there."""


class SeriesTrouble(StrEnum):
    """What can be wrong with an interval of a series."""

    MISSING = "missing"
    DUPLICATE = "duplicate"
    NOT_ALIGNED = "not_aligned"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class SeriesFinding:
    """Intervals that are missing or should not be there.

    Attributes:
        start: the instant at which the first of them starts.
        count: how many in a row.
        filled: whether the fill rule stood in for them.
    """

    trouble: SeriesTrouble
    start: datetime
    count: int
    filled: bool = False


@dataclass(frozen=True, slots=True)
class CompleteSeries:
    """A series with a value for every interval of its span.

    Attributes:
        start: the instant at which the first interval starts.
        step: the length of an interval [min].
        kwh: the energy of each interval [kWh].
        findings: what was missing or left out, in the order of time.
    """

    start: datetime
    step: int
    kwh: tuple[Decimal, ...]
    findings: tuple[SeriesFinding, ...]

    @property
    def usable(self) -> bool:
        """Whether every interval has a value: it was there, or a rule stands in for it."""
        return all(each.filled or each.trouble is not SeriesTrouble.MISSING for each in self.findings)


def completed(
    readings: Iterable[tuple[datetime, Decimal]],
    *,
    start: datetime,
    end: datetime,
    step: int,
    fill: FillRule,
    round_to: Decimal = Decimal("0.0001"),
) -> CompleteSeries:
    """Put readings into their places and fill what is missing.

    Of several readings of one interval the first counts; the others are reported, as is what is not aligned to the
    step or lies outside the span.

    Args:
        readings: the start of each interval (an aware instant) and its energy [kWh].
        start: the first instant of the span; aware.
        end: the first instant after it.
        step: the length of an interval [min].
        fill: what stands in for missing intervals; under ``refuse`` they are 0 and the series is not usable.
        round_to: the step to which a filled mean is rounded [kWh].

    Source: 供电营业规则 (a customer whose reading is missing is billed by a stated estimate and settled later).
    """
    width = timedelta(minutes=step)
    count = (end - start) // width
    places: list[Decimal | None] = [None] * count
    findings: list[SeriesFinding] = []
    for instant, kwh in readings:
        place, rest = divmod(instant - start, width)
        if rest:
            findings.append(SeriesFinding(SeriesTrouble.NOT_ALIGNED, instant, 1))
        elif not 0 <= place < count:
            findings.append(SeriesFinding(SeriesTrouble.OUTSIDE, instant, 1))
        elif places[place] is not None:
            findings.append(SeriesFinding(SeriesTrouble.DUPLICATE, instant, 1))
        else:
            places[place] = kwh
    values = _filled(places, fill, round_to)
    for first, length in _runs(places):
        findings.append(
            SeriesFinding(SeriesTrouble.MISSING, start + first * width, length, filled=fill is not FillRule.REFUSE)
        )
    findings.sort(key=lambda finding: finding.start)
    return CompleteSeries(start, step, values, tuple(findings))


def _runs(places: Sequence[Decimal | None]) -> list[tuple[int, int]]:
    """The first place and the length of each run of missing values."""
    runs: list[tuple[int, int]] = []
    for place, value in enumerate(places):
        if value is None and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif value is None:
            runs.append((place, 1))
    return runs


def _filled(places: Sequence[Decimal | None], fill: FillRule, round_to: Decimal) -> tuple[Decimal, ...]:
    if fill is not FillRule.NEIGHBOURS:
        return tuple(ZERO if value is None else value for value in places)
    filled = list(places)
    for first, length in _runs(places):
        before = places[first - 1] if first > 0 else None
        after = places[first + length] if first + length < len(places) else None
        known = [value for value in (before, after) if value is not None]
        mean = quotient_number(exact_sum(known), Decimal(len(known)), round_to)
        filled[first : first + length] = [mean] * length
    return tuple(ZERO if value is None else value for value in filled)


def energy_of_power(kw: Decimal, step: int) -> Decimal:
    """The energy of an interval of mean power [kWh]: kW × minutes ÷ 60.

    Args:
        kw: the mean power [kW].
        step: the length of the interval [min]; one of ``POWER_STEPS``: a twelfth of an hour has no exact energy.

    >>> energy_of_power(Decimal("1.2"), 15)
    Decimal('0.300')
    """
    assert step in POWER_STEPS, f"the energy of {step} min at a mean power has no end"
    return EXACT.multiply(kw, EXACT.divide(Decimal(step), Decimal(_MINUTES_OF_HOUR)))


def local_times(series: CompleteSeries, zone: tzinfo) -> tuple[tuple[date, int], ...]:
    """The local day and minute of the day at which each interval starts."""
    width = timedelta(minutes=series.step)
    found = []
    for place in range(len(series.kwh)):
        local = (series.start + place * width).astimezone(zone)
        found.append((local.date(), local.hour * _MINUTES_OF_HOUR + local.minute))
    return tuple(found)


def band_energies(
    series: CompleteSeries, times: Sequence[tuple[date, int]], band_of: Callable[[date, int], Band]
) -> Mapping[Band, Decimal]:
    """The energy in each band [kWh]; the bands sum to the series.

    Args:
        series: the intervals.
        times: the local day and minute of each (see ``local_times``).
        band_of: the band of a local minute; an interval belongs to the band in which it starts.
    """
    found: dict[Band, Decimal] = {}
    for kwh, (day, minute) in zip(series.kwh, times, strict=True):
        band = band_of(day, minute)
        found[band] = EXACT.add(found.get(band, ZERO), kwh)
    return found


@dataclass(frozen=True, slots=True)
class Demand:
    """A maximum demand.

    Attributes:
        kw: the mean power of the window [kW].
        start: the instant at which the window starts; the first where several are as high.
    """

    kw: Decimal
    start: datetime


def maximum_demand(series: CompleteSeries, *, minutes: int, rolling: bool) -> Demand:
    """The largest mean power over the demand interval [kW]; never that of a shorter interval.

    Fixed windows follow one another from the start of the series; rolling ones start at every interval. A window is
    averaged over all its intervals: a spike of 5 minutes counts a third in a demand of 15.

    Args:
        series: intervals that divide the demand interval.
        minutes: the demand interval [min]; a divisor of 60, and a multiple of the series' step.
        rolling: whether the window slides by one interval.

    Raises:
        ValueError: where the series is too coarse or too short to tell the demand.

    Source: rules of 最大需量 (mean of 15 minutes; fixed or sliding windows).
    """
    if _MINUTES_OF_HOUR % minutes or minutes % series.step:
        raise ValueError(f"intervals of {series.step} min cannot tell a demand of {minutes} min")
    size = minutes // series.step
    if len(series.kwh) < size:
        raise ValueError(f"{len(series.kwh)} intervals of {series.step} min are shorter than one of {minutes} min")
    highest: tuple[Decimal, int] | None = None
    for first in range(0, len(series.kwh) - size + 1, 1 if rolling else size):
        energy = exact_sum(series.kwh[first : first + size])
        if highest is None or energy > highest[0]:
            highest = (energy, first)
    assert highest is not None
    kw = EXACT.multiply(highest[0], Decimal(_MINUTES_OF_HOUR // minutes))
    return Demand(kw, series.start + highest[1] * timedelta(minutes=series.step))
