"""Interval data of a metering point as energy by band and piece, and as maximum demand.

What is left out: a clock that changes. The days of a request are those of the offset at which its series starts; for an
area with summer time, ``metering.intervals`` sums by any zone, and the request is then given the quantities.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from billcalc.bands.days import DayFacts
from billcalc.bands.schedule import Schedule
from billcalc.billing.plan import GivenEnergy
from billcalc.billing.planning.context import Context, refuse
from billcalc.billing.planning.prices import group_key
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.kernel.units import KW, KWH
from billcalc.kernel.wording import FaultCode, ProblemCode, RefusalCode
from billcalc.metering.interval_models import Intervals, IntervalUnit
from billcalc.metering.intervals import (
    CompleteSeries,
    FillRule,
    band_energies,
    completed,
    energy_of_power,
    local_times,
    maximum_demand,
)
from billcalc.metering.models import MeteringPoint, Register
from billcalc.tariff.calendars import Calendar
from billcalc.tariff.hours import DAY_MINUTES, SLOT_MINUTES
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Kind

__all__ = ["CitedDays", "interval_demand", "interval_energies", "note_interval_demand"]


def interval_energies(
    context: Context, number: int, point: MeteringPoint, life: Span, *, time_of_use: bool
) -> dict[Register, tuple[GivenEnergy, ...]]:
    """The energy of each band in each piece, from the intervals of a metering point; without any, none.

    Args:
        context: the planning state.
        number: the place of the metering point in the request.
        point: the metering point.
        life: the days on which there is a meter.
        time_of_use: whether it is billed by bands; else all is ``total``.

    Raises:
        InvalidInput: where values lie outside these days.
        Refused: where values are missing and are not to be filled, or the band of one is not known.
    """
    if point.intervals is None:
        return {}
    here = f"/metering_points/{number}"
    series = _series(context, here, point, point.intervals, life)
    clock = point.intervals.start.tzinfo
    assert clock is not None, "an instant has an offset"
    by_piece: dict[int, Mapping[Band, Decimal]] = {}
    for place, piece in enumerate(context.pieces):
        days = piece.span.intersect(life)
        if days is not None:
            part = _part(series, days)
            band_of = _bands(context, point, place, days) if time_of_use else _untimed
            by_piece[place] = band_energies(part, local_times(part, clock), band_of)
    _note(context, here, point.id, "kwh", point.intervals)
    found: dict[Register, tuple[GivenEnergy, ...]] = {}
    for band in (band for band in Band if any(band in energies for energies in by_piece.values())):
        slots = [
            (
                place,
                context.slot(
                    f"{here}/intervals#{band}/{context.pieces[place].span}",
                    energies.get(band, ZERO), KWH, Term.INTERVAL_ENERGY, point.id, band.value,
                ),
            )
            for place, energies in by_piece.items()
        ]  # fmt: skip
        found[Register(band.value)] = tuple(GivenEnergy(slot, (place,)) for place, slot in slots)
    return found


def interval_demand(context: Context, number: int, point: MeteringPoint, span: Span) -> str | None:
    """The slot of the maximum demand on some days of a meter's life; None where intervals are not to tell it."""
    intervals = point.intervals
    if intervals is None or intervals.demand is None:
        return None
    here = f"/metering_points/{number}"
    part = _part(context.series[point.id], span)
    demand = maximum_demand(part, minutes=intervals.demand.minutes, rolling=intervals.demand.rolling)
    return context.slot(f"{here}/intervals#demand_kw/{span}", demand.kw, KW, Term.MAXIMUM_DEMAND, point.id)


def note_interval_demand(context: Context, number: int, point: MeteringPoint, slots: Iterable[str]) -> None:
    """Note it where one of the slots that a demand is billed from is that of the point's intervals."""
    here = f"/metering_points/{number}"
    if point.intervals is not None and any(slot.startswith(f"{here}/intervals#") for slot in slots):
        _note(context, here, point.id, "demand_kw", point.intervals)


def _note(context: Context, here: str, point: str, fact: str, intervals: Intervals) -> None:
    facts = {"point": point, "fact": fact, "step": str(intervals.step)}
    context.note(Problem(ProblemCode.FROM_INTERVALS, Severity.NOTE, f"{here}/intervals", facts))


def _series(context: Context, here: str, point: MeteringPoint, told: Intervals, life: Span) -> CompleteSeries:
    """The whole series of a meter's life; it is made once."""
    width = timedelta(minutes=told.step)
    start, end = (_midnight(told, day) for day in (life.start, life.end) if day is not None)
    first = (told.start - start) // width
    count = (end - start) // width
    faults = [
        Fault(
            FaultCode.OUT_OF_RANGE,
            f"{here}/intervals/values/{place}",
            {"value": str(told.start + place * width), "range": str(life)},
        )
        for place, value in enumerate(told.by_interval)
        if value is not None and not 0 <= first + place < count
    ]
    if faults:
        raise InvalidInput(faults[:1])
    readings = (
        (told.start + place * width, energy_of_power(value, told.step) if told.unit is IntervalUnit.KW else value)
        for place, value in enumerate(told.by_interval)
        if value is not None
    )
    series = completed(readings, start=start, end=end, step=told.step, fill=told.fill)
    if series.findings:
        missing = sum(finding.count for finding in series.findings)
        facts = {"point": point.id, "count": str(missing), "start": str(series.findings[0].start)}
        where = f"{here}/intervals/values"
        if told.fill is FillRule.REFUSE:
            raise refuse(RefusalCode.INTERVALS_MISSING, where, **facts)
        facts["fill"] = told.fill.value
        context.note(Problem(ProblemCode.INTERVALS_FILLED, Severity.DOUBT, where, facts))
    context.series[point.id] = series
    return series


def _midnight(told: Intervals, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=told.start.tzinfo)


def _part(series: CompleteSeries, days: Span) -> CompleteSeries:
    """The intervals of some days."""
    per_day = DAY_MINUTES // series.step
    first = (days.start - series.start.date()).days * per_day
    start = series.start + timedelta(days=(days.start - series.start.date()).days)
    return CompleteSeries(start, series.step, series.kwh[first : first + days.days * per_day], ())


def _untimed(day: date, minute: int) -> Band:
    return Band.TOTAL


@dataclass(frozen=True, slots=True)
class CitedDays(DayFacts):
    """Days whose calendars are cited on the bill where a rule asks for one."""

    context: Context | None = None

    def calendar(self, day: date) -> Calendar:
        """See ``DayFacts.calendar``."""
        assert self.context is not None
        found = self.context.catalog.in_force(Kind.CALENDAR, self.area, day)
        self.context.use(found, day)
        assert isinstance(found.document, Calendar)
        return found.document


def _bands(context: Context, point: MeteringPoint, piece: int, days: Span) -> Callable[[date, int], Band]:
    """The band of a minute on the days of a piece, by the documents and calendars in force; each is cited."""
    terms = context.group(point.group, piece)
    assert terms is not None, "a metering point without terms is a fault of the request"
    key = group_key(terms.model_copy(update={"time_of_use": True}))
    request = context.request
    facts = CitedDays(context.catalog, request.area, request.events, context)
    known: dict[date, Sequence[Band]] = {}
    cuts = context.catalog.changes(Kind.TIME_OF_USE, request.area, days)
    for span in days.cut(cuts):
        found = context.catalog.in_force(Kind.TIME_OF_USE, request.area, span.start)
        assert isinstance(found.document, TimeOfUse)
        schedule = Schedule(document=found.document, key=key)
        every = [span.start + timedelta(days=count) for count in range(span.days)]
        context.use(found, every[-1])
        known.update({day: schedule.bands_on(day=day, facts=facts) for day in every})
    step = point.intervals.step if point.intervals is not None else SLOT_MINUTES

    def band_of(day: date, minute: int) -> Band:
        first, last = minute // SLOT_MINUTES, (minute + step - 1) // SLOT_MINUTES
        if known[day][first] is not known[day][last]:
            what = f"the energy by band of intervals of {step} minutes across a change of the band on {day}"
            raise refuse(RefusalCode.NOT_SUPPORTED, "/metering_points", what=what)
        return known[day][first]

    return band_of
