"""Interval data: mean-power or energy readings of 15, 30 or 60 minutes → energy per band and maximum demand.

A series is counted in instants, so a day of 23 or 25 hours has 23 or 25 hours of intervals; only the band of an
interval asks for local time. What is missing is filled by a stated rule or refuses the series, and is always told.
What is below zero was fed back: it is set apart from what was taken, and never netted with other intervals.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal, localcontext
from enum import StrEnum
from functools import cache
from typing import TypeVar

from billcalc.kernel.closed_lists import Word
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.numbers import quotient_number
from billcalc.vocabulary import Band

__all__ = [
    "POWER_STEPS",
    "CompleteSeries",
    "Demand",
    "FillRule",
    "SeriesFinding",
    "SeriesTrouble",
    "band_energies",
    "completed",
    "completed_in_row",
    "energy_of_power",
    "local_times",
    "maximum_demand",
    "set_apart",
]

POWER_STEPS = (15, 30, 60)
"""Those of which a mean power tells the energy exactly [min]."""

_MINUTES_OF_HOUR = 60
_MINUTES_OF_DAY = 24 * _MINUTES_OF_HOUR
_FILLED_TO = Decimal("0.0001")

_Energy = TypeVar("_Energy")


class FillRule(Word):
    """What stands in for an interval that is missing."""

    REFUSE = "refuse", "不予计算"
    ZERO = "zero", "补零"
    NEIGHBOURS = "neighbours", "取相邻区间平均值", "相邻平均"
    """The mean of the nearest interval before and after that are there."""


class SeriesTrouble(StrEnum):
    """What can be wrong with an interval of a series."""

    MISSING = "missing"
    DUPLICATE = "duplicate"
    """It stands there again, with the same energy."""
    CONTRADICTED = "contradicted"
    """It stands there several times with different energies, of which none counts."""
    NOT_ALIGNED = "not_aligned"
    OUTSIDE = "outside"
    FED_BACK = "fed_back"
    """More was fed back than taken: nothing was taken, and what was fed back is told apart."""


_SPOILING = (SeriesTrouble.CONTRADICTED, SeriesTrouble.NOT_ALIGNED, SeriesTrouble.OUTSIDE)
"""The troubles of readings that are in no place of the series, so that their energy is lost to it."""


@dataclass(frozen=True, slots=True)
class SeriesFinding:
    """Intervals that are missing or should not be there, or in which energy was fed back.

    Attributes:
        start: the instant at which the first of them starts.
        count: how many in a row.
        filled: whether the fill rule stood in for them.
        kwh: what was filled, or what was fed back [kWh]; else 0.
    """

    trouble: SeriesTrouble
    start: datetime
    count: int
    filled: bool = False
    kwh: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class CompleteSeries:
    """A series with a value for every interval of its span.

    Attributes:
        start: the instant at which the first interval starts.
        step: the length of an interval [min].
        kwh: the energy taken in each interval [kWh]; never below 0.
        findings: what was missing, left out or fed back, in the order of time.
        fed_back: the energy fed back in each interval [kWh]; empty where none was in any.
    """

    start: datetime
    step: int
    kwh: tuple[Decimal, ...]
    findings: tuple[SeriesFinding, ...]
    fed_back: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        assert not self.kwh or min(self.kwh) >= 0, "what is below zero is set apart before there is a series"

    @property
    def usable(self) -> bool:
        """Whether every interval has a value, by a reading or by a rule, and no reading was left out."""
        return all(
            each.trouble not in _SPOILING and (each.filled or each.trouble is not SeriesTrouble.MISSING)
            for each in self.findings
        )

    @property
    def fed_back_kwh(self) -> Decimal:
        """The energy fed back in all intervals [kWh]."""
        return exact_sum(self.fed_back)

    def between(self, first: int, end: int) -> "CompleteSeries":
        """Some intervals in a row, by their places; without findings."""
        if (first, end) == (0, len(self.kwh)) and not self.findings:
            return self
        start = self.start + first * timedelta(minutes=self.step)
        return CompleteSeries(start, self.step, self.kwh[first:end], (), self.fed_back[first:end])


def set_apart(
    kwh: _Energy, *, larger: Callable[[_Energy, int], _Energy], minus: Callable[[_Energy], _Energy]
) -> tuple[_Energy, _Energy]:
    """What was taken and what was fed back, of energy of any sign: one of the two is 0.

    The same text for an interval of one customer and for columns of them.

    Args:
        kwh: the energy of an interval, taken less fed back [kWh].
        larger: gives the larger of an energy and a number.
        minus: gives an energy with the other sign.

    >>> set_apart(-2, larger=max, minus=lambda kwh: -kwh)
    (0, 2)
    """
    return larger(kwh, 0), larger(minus(kwh), 0)


def completed(
    readings: Iterable[tuple[datetime, Decimal]],
    *,
    start: datetime,
    end: datetime,
    step: int,
    fill: FillRule,
    round_to: Decimal = _FILLED_TO,
) -> CompleteSeries:
    """Put readings into their places, set apart what was fed back, and fill what is missing.

    A reading that stands there again is reported; of several different ones of an interval none counts, since only
    their order could choose. What is not aligned to the step or lies outside the span is left out and reported.

    Args:
        readings: the start of each interval (an aware instant) and its energy [kWh]; below 0 where more was fed back.
        start: the first instant of the span; aware.
        end: the first instant after it.
        step: the length of an interval [min].
        fill: what stands in for missing intervals; where nothing can they are 0 and the series is not usable.
        round_to: the step to which a filled mean is rounded [kWh].

    Source: 供电营业规则 (a customer whose reading is missing is billed by a stated estimate and settled later).
    """
    width = timedelta(minutes=step)
    count = (end - start) // width
    told: dict[int, list[Decimal]] = {}
    findings: list[SeriesFinding] = []
    for instant, kwh in readings:
        place, rest = divmod(instant - start, width)
        if rest:
            findings.append(SeriesFinding(SeriesTrouble.NOT_ALIGNED, instant, 1))
        elif not 0 <= place < count:
            findings.append(SeriesFinding(SeriesTrouble.OUTSIDE, instant, 1))
        else:
            told.setdefault(place, []).append(kwh)
    kwh_of: list[Decimal | None] = [None] * count
    for place, several in told.items():
        at = start + place * width
        if len(set(several)) > 1:
            findings.append(SeriesFinding(SeriesTrouble.CONTRADICTED, at, len(several)))
            continue
        findings.extend([SeriesFinding(SeriesTrouble.DUPLICATE, at, 1)] * (len(several) - 1))
        kwh_of[place] = several[0]
    missing = _runs([place not in told for place in range(count)])
    return _completed(kwh_of, missing, findings, start=start, step=step, fill=fill, round_to=round_to)


def completed_in_row(
    kwh: Sequence[Decimal | None], *, start: datetime, step: int, fill: FillRule, round_to: Decimal = _FILLED_TO
) -> CompleteSeries:
    """As ``completed``, of the energy of each interval of a span in a row [kWh]: None where it is missing."""
    missing = _runs([each is None for each in kwh])
    return _completed(kwh, missing, [], start=start, step=step, fill=fill, round_to=round_to)


def _completed(
    kwh: Sequence[Decimal | None],
    missing: Iterable[tuple[int, int]],
    findings: list[SeriesFinding],
    *,
    start: datetime,
    step: int,
    fill: FillRule,
    round_to: Decimal,
) -> CompleteSeries:
    """The series of what is in each place, with what was found before."""
    width = timedelta(minutes=step)
    taken = list(kwh)
    fed_back: list[Decimal] = []
    if min([each for each in kwh if each is not None], default=ZERO) < 0:  # else all of it was taken, as almost always
        fed_back = [ZERO] * len(kwh)
        for place, each in enumerate(kwh):
            if each is not None:
                taken[place], fed_back[place] = set_apart(each, larger=_larger, minus=EXACT.minus)
            if fed_back[place]:
                at = start + place * width
                findings.append(SeriesFinding(SeriesTrouble.FED_BACK, at, 1, kwh=fed_back[place]))
    values = _filled(taken, fill, round_to)
    for first, length in missing:
        known = [each for each in values[first : first + length] if each is not None]
        at, is_filled = start + first * width, len(known) == length
        findings.append(SeriesFinding(SeriesTrouble.MISSING, at, length, filled=is_filled, kwh=exact_sum(known)))
    findings.sort(key=lambda finding: (finding.start, finding.trouble))
    whole = tuple([ZERO if each is None else each for each in values])
    return CompleteSeries(start, step, whole, tuple(findings), tuple(fed_back))


def _larger(kwh: Decimal, number: int) -> Decimal:
    return max(kwh, Decimal(number))


def _runs(missing: Sequence[bool]) -> list[tuple[int, int]]:
    """The first place and the length of each run of missing values."""
    runs: list[tuple[int, int]] = []
    for place, is_missing in enumerate(missing):
        if is_missing and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_missing:
            runs.append((place, 1))
    return runs


def _filled(places: Sequence[Decimal | None], fill: FillRule, round_to: Decimal) -> list[Decimal | None]:
    """The values with what the rule puts in the place of missing ones; None where it has nothing to put."""
    if fill is FillRule.REFUSE:
        return list(places)
    if fill is FillRule.ZERO:
        return [ZERO if value is None else value for value in places]
    filled = list(places)
    for first, length in _runs([value is None for value in places]):
        before = places[first - 1] if first > 0 else None
        after = places[first + length] if first + length < len(places) else None
        known = [value for value in (before, after) if value is not None]
        if known:
            mean = quotient_number(exact_sum(known), Decimal(len(known)), round_to)
            filled[first : first + length] = [mean] * length
    return filled


def energy_of_power(kw: Decimal, step: int) -> Decimal:
    """The energy of an interval of mean power [kWh]: kW × minutes ÷ 60.

    Args:
        kw: the mean power [kW].
        step: the length of the interval [min]; one of ``POWER_STEPS``: a twelfth of an hour has no exact energy.

    >>> energy_of_power(Decimal("1.2"), 15)
    Decimal('0.300')
    """
    return EXACT.multiply(kw, _hours(step))


@cache
def _hours(step: int) -> Decimal:
    assert step in POWER_STEPS, f"the energy of {step} min at a mean power has no end"
    return EXACT.divide(Decimal(step), Decimal(_MINUTES_OF_HOUR))


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
    """The energy taken in each band [kWh]; the bands sum to the series.

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
    starts = range(0, len(series.kwh) - size + 1, 1 if rolling else size)
    with localcontext(EXACT):
        energies = [sum(series.kwh[first : first + size], ZERO) for first in starts] if size > 1 else series.kwh
        highest = max(energies)
        kw = (ZERO + highest) * (_MINUTES_OF_HOUR // minutes)
    return Demand(kw, series.start + starts[energies.index(highest)] * timedelta(minutes=series.step))
