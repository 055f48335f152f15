"""Interval data of a metering point as energy by band and piece, and as maximum demand.

An instant is unambiguous in any offset; which day and band it is of is a matter of the area's clock.

What is left out: a clock that changes. For an area with summer time ``metering.intervals`` sums by any zone, and the
request is then given the quantities.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import partial

from billcalc.bands.days import DayFacts
from billcalc.bands.schedule import Schedule
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.plan_registers import GivenEnergy
from billcalc.billing.plan_series import SeriesPlan
from billcalc.billing.planning.case import REQUEST, Case, refuse
from billcalc.billing.planning.prices import group_key
from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.decimals import decimal_text, exact_sum
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.kernel.units import KW, KWH
from billcalc.metering.interval_models import Intervals, Sampling
from billcalc.metering.intervals import (
    CompleteSeries,
    FillRule,
    SeriesTrouble,
    completed_in_row,
)
from billcalc.metering.measures import (
    BandDemand,
    Energy,
    FedBack,
    MaximumDemand,
    Measure,
    Places,
    daily_band_places,
)
from billcalc.metering.models import REGISTER_OF, MeteringPoint, Register
from billcalc.tariff.calendars import Calendar
from billcalc.tariff.clocks import clock_at
from billcalc.tariff.hours import DAY_MINUTES, SLOT_MINUTES
from billcalc.tariff.plausibility import IntervalLimits
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Kind

__all__ = [
    "CitedDays",
    "interval_band_demand",
    "interval_demand",
    "interval_energies",
    "measured",
    "note_interval_demand",
    "plan_series",
]


def interval_energies(
    case: Case, number: int, point: MeteringPoint, life: Span, *, time_of_use: bool
) -> dict[Register, tuple[GivenEnergy, ...]]:
    """What a metering point took in each band and piece, and what it fed back, from its intervals; without any, none.

    Args:
        case: the planning state.
        number: the place of the metering point in the request.
        point: the metering point.
        life: the days on which there is a meter.
        time_of_use: whether it is billed by bands; else all is ``total``.

    Raises:
        InvalidInput: where values lie outside these days by the area's clock, or the request tells another clock.
        Refused: where values are missing and nothing fills them, or the clock or the band of one is not known.
    """
    if point.intervals is None:
        return {}
    here = f"/metering_points/{number}"
    clock = _clock(case)
    series = _series(case, number, point, point.intervals, life, clock)
    by_piece: dict[int, Mapping[Band, Places]] = {}
    fed_back: dict[int, Measure] = {}
    for place, piece in enumerate(case.pieces):
        days = piece.span.intersect(life)
        if days is not None:
            part = _part(series, days)
            bands_on = _bands(case, point, place, days) if time_of_use else _untimed(series.step)
            by_piece[place] = daily_band_places(days.start, part, series.step, bands_on)
            fed_back[place] = FedBack(part.start, part.stop)
    _note(case, here, point.id, "kwh", point.intervals)
    stated = {REGISTER_OF[band]: band for band in Band if any(band in places for places in by_piece.values())}
    by_register: dict[Register, Mapping[int, Measure]] = {
        register: {piece: Energy(places.get(band, ())) for piece, places in by_piece.items()}
        for register, band in stated.items()
    }
    if series.fed_back:
        by_register[Register.ACTIVE_REVERSE] = fed_back
    return {register: _given(case, number, point, register, kwh) for register, kwh in by_register.items()}


def _given(
    case: Case, number: int, point: MeteringPoint, register: Register, by_piece: Mapping[int, Measure]
) -> tuple[GivenEnergy, ...]:
    """What the intervals tell of a register, in a slot for each piece."""
    found = []
    for place, measure in by_piece.items():
        of, use = (point.id, register.value), f"{register}/{case.pieces[place].span}"
        slot = measured(case, number, measure, KWH, Term.INTERVAL_ENERGY, *of, use=use)
        found.append(GivenEnergy(slot, (place,)))
    return tuple(found)


def measured(case: Case, number: int, measure: Measure, unit: str, term: Term, *of: str, use: str) -> Slot:
    """The slot of what is measured of a metering point's intervals, whose place is told."""
    point = case.request.metering_points[number]
    stated, series = point.intervals, case.series[point.id]
    assert stated is not None, "a series is of intervals"
    slot = case.notes.slot(f"/metering_points/{number}/intervals", measure.of(stated, series), unit, term, *of, use=use)
    case.measures[number][slot] = measure
    return slot


def interval_demand(case: Case, number: int, point: MeteringPoint, span: Span) -> Slot | None:
    """The slot of the maximum demand on some days of a meter's life; None where intervals are not to tell it."""
    intervals = point.intervals
    if intervals is None or intervals.demand is None:
        return None
    here = f"/metering_points/{number}"
    case.notes.ask(f"{here}/intervals/demand")
    part = _part(case.series[point.id], span)
    demand = MaximumDemand(part.start, part.stop, intervals.demand.minutes, intervals.demand.rolling)
    return measured(case, number, demand, KW, Term.MAXIMUM_DEMAND, point.id, use=f"demand_kw/{span}")


def interval_band_demand(case: Case, number: int, point: MeteringPoint, span: Span, band: Band) -> Slot | None:
    """The slot of the maximum demand of a band on some days of a meter's life; None where intervals do not tell it.

    A window is of the band in which it starts; a band that has none of these days has no demand.
    """
    intervals = point.intervals
    if intervals is None or intervals.demand is None:
        return None
    here, stated = f"/metering_points/{number}", intervals.demand
    case.notes.ask(f"{here}/intervals/demand")
    starts: list[int] = []
    for place, piece in enumerate(case.pieces):
        days = piece.span.intersect(span)
        if days is not None:
            part, bands_on = _part(case.series[point.id], days), _bands(case, point, place, days)
            whole = part[: len(part) - stated.minutes // intervals.step + 1]
            windows = whole if stated.rolling else whole[:: stated.minutes // intervals.step]
            places = daily_band_places(days.start, part, intervals.step, bands_on).get(band, ())
            starts.extend(start for run in places for start in range(*run) if start in windows)
    demand, use = BandDemand(tuple(starts), stated.minutes), f"demand_kw/{band.value}/{span}"
    return measured(case, number, demand, KW, Term.MAXIMUM_DEMAND, point.id, band.value, use=use)


def plan_series(case: Case, limits: IntervalLimits | None) -> tuple[SeriesPlan, ...]:
    """What was taken of intervals that are whole, so that the plan holds for others."""
    points = case.request.metering_points
    return tuple(
        SeriesPlan(number, series.start, len(series.kwh), limits, tuple(measures.items()))
        for number, measures in case.measures.items()
        if (stated := points[number].intervals) is not None and stated.is_whole
        for series in (case.series[points[number].id],)
    )


def note_interval_demand(case: Case, number: int, point: MeteringPoint, slots: Iterable[Slot]) -> None:
    """Note it where one of the slots that a demand is billed from is that of the point's intervals."""
    here = f"/metering_points/{number}"
    if point.intervals is not None and any(slot.where == f"{here}/intervals" for slot in slots):
        _note(case, here, point.id, "demand_kw", point.intervals)


def _note(case: Case, here: str, point: str, fact: str, intervals: Intervals) -> None:
    facts = {"point": point, "fact": fact, "step": str(intervals.step)}
    case.notes.note(Problem(ProblemCode.FROM_INTERVALS, Severity.NOTE, f"{here}/intervals", facts))


def _clock(case: Case) -> timezone:
    """The area's clock, by the document in force; by the request where there is none."""
    own = case.request.own_area
    if own is not None:
        case.notes.documents[REQUEST] = None
        return clock_at(own.clock)
    document, _ = case.rules(Kind.CLOCK, case.request.period.span, stated=lambda document: document.offset)
    return clock_at(document.offset)


def _series(
    case: Case, number: int, point: MeteringPoint, stated: Intervals, life: Span, clock: timezone
) -> CompleteSeries:
    """The whole series of a meter's life, by the area's clock; it is made once."""
    here = f"/metering_points/{number}"
    width = timedelta(minutes=stated.step)
    assert life.end is not None
    start, end = (datetime.combine(day, time(), tzinfo=clock) for day in (life.start, life.end))
    begins = stated.start.astimezone(clock)
    first, rest = divmod(begins - start, width)
    if rest:
        facts = {"start": begins.isoformat(), "step": str(stated.step)}
        raise InvalidInput([Fault(FaultCode.INTERVAL_NOT_ALIGNED, f"{here}/intervals/start", facts)])
    count = (end - start) // width
    values = stated.by_interval
    inside = range(min(max(-first, 0), len(values)), max(min(count - first, len(values)), 0))
    for place in (*range(inside.start), *range(inside.stop, len(values))):
        if values[place] is not None:
            facts = {"start": (begins + place * width).isoformat(), "span": str(life), "clock": str(clock)}
            raise InvalidInput([Fault(FaultCode.INTERVAL_OUTSIDE, f"{here}/intervals/values/{place}", facts)])
    values = stated.energies
    kwh: list[Decimal | None] = [None] * count
    kwh[first + inside.start : first + inside.stop] = values[inside.start : inside.stop]
    series = completed_in_row(kwh, start=start, step=stated.step, fill=stated.fill)
    _note_marked(case, f"{here}/intervals", point, begins, values)
    _note_missing(case, f"{here}/intervals/values", point, stated, series)
    case.series[point.id] = series
    case.measures[number] = {}
    return series


def _note_marked(case: Case, here: str, point: MeteringPoint, begins: datetime, kwh: Sequence[Decimal | None]) -> None:
    """Tell of intervals that were not measured, but estimated or substituted.

    Args:
        case: the planning state.
        here: the place of the intervals.
        point: their metering point.
        begins: when the first starts, by the area's clock.
        kwh: the energy of each interval [kWh].
    """
    stated = point.intervals
    assert stated is not None, "these are its intervals"
    width = timedelta(minutes=stated.step)
    for key, code in _MARKS.items():
        places: Iterable[int] = getattr(stated, key)
        if stated.sampling is Sampling.INSTANT:  # the power at a time is of the intervals on both its sides
            places = {place - before for place in places for before in (0, 1)}
        marked = {place: kwh[place] for place in sorted(places) if 0 <= place < len(kwh)}
        known = {place: energy for place, energy in marked.items() if energy is not None}
        if known:
            energy = decimal_text(exact_sum(known.values()))
            start = (begins + next(iter(known)) * width).isoformat()
            facts = {"point": point.id, "count": str(len(known)), "start": start, "kwh": energy}
            case.notes.note(Problem(code, Severity.NOTE, f"{here}/{key}", facts))


_MARKS = {"estimated": ProblemCode.INTERVALS_ESTIMATED, "substituted": ProblemCode.INTERVALS_SUBSTITUTED}


def _note_missing(case: Case, where: str, point: MeteringPoint, stated: Intervals, series: CompleteSeries) -> None:
    """Tell of intervals that were filled.

    Raises:
        Refused: where they are not to be filled, or there is nothing to fill them from.
    """
    missing = [finding for finding in series.findings if finding.trouble is SeriesTrouble.MISSING]
    if not missing:
        return
    count = sum(finding.count for finding in missing)
    facts = {"point": point.id, "count": str(count), "start": str(missing[0].start)}
    if stated.fill is FillRule.REFUSE:
        raise refuse(RefusalCode.INTERVALS_MISSING, where, **facts)
    if not all(finding.filled for finding in missing):
        raise refuse(RefusalCode.NOTHING_TO_FILL_FROM, where, **facts)
    facts |= {"fill": stated.fill.value, "kwh": decimal_text(exact_sum(finding.kwh for finding in missing))}
    noted = case.notes.note(Problem(ProblemCode.INTERVALS_FILLED, Severity.DOUBT, where, facts))
    for name, rule in _FILLS.items():
        if rule is not stated.fill:
            case.notes.doubt(noted, OtherReading(name, request=partial(_filled, point=point.id, rule=rule)))


_FILLS = {Reading.FILLED_WITH_ZERO: FillRule.ZERO, Reading.FILLED_BY_NEIGHBOURS: FillRule.NEIGHBOURS}
"""The rules that fill intervals, each the other reading of the other."""


def _filled(request: Request, *, point: str, rule: FillRule) -> Request:
    """A request of which another rule fills a metering point's intervals."""
    points = tuple(
        each.model_copy(update={"intervals": each.intervals.model_copy(update={"fill": rule})})
        if each.id == point and each.intervals is not None
        else each
        for each in request.metering_points
    )
    return request.model_copy(update={"metering_points": points})


def _part(series: CompleteSeries, days: Span) -> range:
    """The places of the intervals of some days."""
    per_day = DAY_MINUTES // series.step
    past = (days.start - series.start.date()).days
    return range(past * per_day, (past + days.days) * per_day)


def _untimed(step: int) -> Callable[[date], Sequence[Band]]:
    bands = (Band.TOTAL,) * (DAY_MINUTES // step)
    return lambda day: bands


@dataclass(frozen=True, slots=True)
class CitedDays(DayFacts):
    """Days whose calendars are cited on the bill where a rule asks for one, and whose events it asks for are kept."""

    case: Case | None = None

    def calendar(self, day: date) -> Calendar:
        """See ``DayFacts.calendar``."""
        assert self.case is not None
        found = self.case.catalog.in_force(Kind.CALENDAR, self.area, day)
        self.case.notes.use(found, day)
        assert isinstance(found.document, Calendar)
        return found.document

    def measured(self, measure: str, day: date) -> Decimal | None:
        """What was measured on a day, which then decided something."""
        assert self.case is not None
        self.case.notes.ask(f"/events/{measure}/{day}")
        return DayFacts.measured(self, measure, day)


def _bands(case: Case, point: MeteringPoint, piece: int, days: Span) -> Callable[[date], Sequence[Band]]:
    """The band of each interval on the days of a piece, by the documents and calendars in force; each is cited."""
    terms = case.group(point.group, piece)
    assert terms is not None, "a metering point without terms is a fault of the request"
    key = group_key(terms.model_copy(update={"time_of_use": True}))
    request = case.request
    facts = CitedDays(case.catalog, request.area, request.events, case)
    known: dict[date, Sequence[Band]] = {}
    cuts = case.catalog.changes(Kind.TIME_OF_USE, request.area, days)
    for span in days.cut(cuts):
        found = case.catalog.in_force(Kind.TIME_OF_USE, request.area, span.start)
        assert isinstance(found.document, TimeOfUse)
        schedule = Schedule(document=found.document, key=key)
        every = [span.start + timedelta(days=count) for count in range(span.days)]
        case.notes.use(found, every[-1])
        known.update({day: schedule.bands_on(day=day, facts=facts) for day in every})
    step = point.intervals.step if point.intervals is not None else SLOT_MINUTES

    like: dict[Sequence[Band], Sequence[Band]] = {}

    def bands_on(day: date) -> Sequence[Band]:
        halves = known[day]
        if halves not in like:
            starts = range(0, DAY_MINUTES, step)
            pairs = [(halves[at // SLOT_MINUTES], halves[(at + step - 1) // SLOT_MINUTES]) for at in starts]
            if any(first is not last for first, last in pairs):
                facts = {"what": Reason.INTERVALS_ACROSS, "step": str(step), "day": str(day)}
                raise refuse(RefusalCode.NOT_SUPPORTED, "/metering_points", **facts)
            like[halves] = tuple(first for first, _ in pairs)
        return like[halves]

    return bands_on
