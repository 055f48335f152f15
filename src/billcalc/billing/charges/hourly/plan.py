"""How the lines of prices by interval are planned: which intervals of a group's metering points cost which price."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from billcalc.billing.charges.hourly.records import HourlyPlan
from billcalc.billing.line_name import LineName
from billcalc.billing.planning.case import Case, refuse, runs
from billcalc.billing.planning.hourly_prices import Hourly, hourly_of
from billcalc.billing.planning.intervals import measured
from billcalc.billing.planning.prices import Paid, paid_in, parts_are_told, takes
from billcalc.billing.planning.registers import life_of
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.hour_reasons import HourReason
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import KWH
from billcalc.kernel.values import Rounding
from billcalc.metering.intervals import CompleteSeries
from billcalc.metering.measures import Energy
from billcalc.metering.models import MeteringPoint
from billcalc.tariff.price_series import PriceSeries
from billcalc.vocabulary import Section

__all__ = ["plan_hourly"]

_Places = dict[Decimal, list[tuple[int, int]]]
"""By price the intervals at it: of each run of them the first, and the one after the last."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """What decides the line of a component in a piece, apart from what documents it stands in."""

    paid: Paid
    hourly: Hourly
    scope: str | None
    standard: str
    in_base: bool

    @property
    def alike(self) -> object:
        """Equal for segments that are one line."""
        component = self.paid.component
        return self.hourly, component.section, component.round.amount, self.scope, self.standard, self.in_base


def plan_hourly(case: Case) -> Iterator[HourlyPlan]:
    """The lines of every group, each over the pieces in which it is the same.

    Raises:
        InvalidInput: where a component cannot be priced so.
        Refused: where a price is missing, is of shorter intervals than the energy, or energy is in no intervals.
    """
    for group in case.groups:
        found: dict[str, dict[int, _Segment]] = {}
        for piece in range(len(case.pieces)):
            for paid in paid_in(case, group, piece):
                hourly = None if paid.component.code in case.supplied[group] else hourly_of(case, paid)
                if hourly is not None:
                    found.setdefault(paid.component.code, {})[piece] = _segment(case, group, piece, paid, hourly)
        for segments in found.values():
            for run in runs(segments, lambda one, other: segments[one].alike == segments[other].alike):  # noqa: B023
                plan = _plan(case, group, run, segments[run[0]])
                if plan is not None:
                    yield plan


def _segment(case: Case, group: str, piece: int, paid: Paid, hourly: Hourly) -> _Segment:
    terms, scope = case.agreement_of(piece).groups[group], case.scopes.of(group, piece)
    given = {each.code for each in case.request.given if each.group == group and each.section is not Section.REFUNDS}
    is_told = scope is None or parts_are_told(case, paid.component, group, terms)
    if not is_told or not given.isdisjoint(paid.component.supplies):
        raise refuse(RefusalCode.PRICE_PARTS_UNKNOWN, hourly.where, component=paid.component.code)
    in_base = takes(case, paid.component, group, terms)
    return _Segment(paid, hourly, scope, case.scopes.standard(group, piece), in_base)


def _plan(case: Case, group: str, run: tuple[int, ...], segment: _Segment) -> HourlyPlan | None:
    """A line; None where the group has no metering point."""
    component, hourly = segment.paid.component, segment.hourly
    slots: dict[Decimal, list[Slot]] = {}
    for number, point in enumerate(case.request.metering_points):
        if any(child.group == group for child in point.children):
            facts = {"what": HourReason.SERIES_OF_PARTS, "component": component.code, "group": group}
            raise refuse(RefusalCode.NOT_SUPPORTED, hourly.where, **facts)
        if point.group != group:
            continue
        by_price = _by_price(case, run, point, hourly, component.code)
        for price, places in by_price.items():
            use = f"{component.code}/{decimal_text(price)}/{case.span_of(run)}"
            energy = Energy(tuple(places))
            slot = measured(case, number, energy, KWH, Term.INTERVAL_ENERGY, point.id, decimal_text(price), use=use)
            slots.setdefault(price, []).append(slot)
    if not slots:
        return None
    return HourlyPlan(
        name=LineName(component.code, component.label, component.section, group, case.span_of(run)),
        where=hourly.where,
        pieces=run,
        energies=tuple((price, tuple(slots[price])) for price in sorted(slots)),
        source=hourly.source,
        rounding=Rounding(component.round.amount, hourly.source),
        scope=segment.scope,
        in_base=segment.in_base,
    )


def _by_price(
    case: Case, run: tuple[int, ...], point: MeteringPoint, hourly: Hourly, code: str
) -> Mapping[Decimal, list[tuple[int, int]]]:
    """The intervals of a metering point by their price.

    Raises:
        Refused: where there are none, they are longer than those of the prices, or one has no price.
    """
    facts = {"component": code, "point": point.id}
    if point.intervals is None:
        raise refuse(RefusalCode.NOT_SUPPORTED, hourly.where, what=HourReason.SERIES_WITHOUT_INTERVALS, **facts)
    series, prices = case.series[point.id], hourly.series
    step = {"step": str(series.step), "minutes": str(prices.step)}
    if prices.step % series.step:
        raise refuse(RefusalCode.NOT_SUPPORTED, hourly.where, what=HourReason.SERIES_FINER, **facts, **step)
    if (prices.start - series.start) % timedelta(minutes=series.step):
        start = {"start": prices.start.astimezone(series.start.tzinfo).isoformat()}
        raise refuse(RefusalCode.NOT_SUPPORTED, hourly.where, what=HourReason.SERIES_NOT_ALIGNED, **facts, **start)
    found: _Places = {}
    missing: list[datetime] = []
    life = life_of(case, point)
    for piece in run:
        days = case.pieces[piece].span.intersect(life)
        if days is not None:
            _place(series, days, prices, found, missing)
    if missing:
        told = {"component": code, "count": str(len(missing)), "start": missing[0].isoformat()}
        raise refuse(RefusalCode.PRICES_MISSING, hourly.where, **told)
    _note_others(case, hourly, series)
    return found


def _place(series: CompleteSeries, days: Span, prices: PriceSeries, found: _Places, missing: list[datetime]) -> None:
    """Put each interval of some days to its price, and the time of each that has none to those."""
    width = timedelta(minutes=series.step)
    first = (days.start - series.start.date()) // width
    for place in range(first, first + days.days * (timedelta(days=1) // width)):
        at = series.start + place * width
        price = prices.at(at)
        if price is None:
            missing.append(at)
            continue
        places = found.setdefault(price, [])
        if places and places[-1][1] == place:
            places[-1] = (places[-1][0], place + 1)
        else:
            places.append((place, place + 1))


def _note_others(case: Case, hourly: Hourly, series: CompleteSeries) -> None:
    """Tell that a request's prices are of more days than are billed; those of a document may be."""
    prices, end = hourly.series, series.start + len(series.kwh) * timedelta(minutes=series.step)
    last = prices.start + len(prices.values) * prices.width
    if hourly.where.startswith("/price_sheet") and (prices.start < series.start or last > end):
        other = prices.start if prices.start < series.start else end
        facts = {"key": f"{hourly.where.replace('/', '.')[1:]} ({other.astimezone(series.start.tzinfo).isoformat()})"}
        case.notes.note(Problem(ProblemCode.STATED_WITHOUT_EFFECT, Severity.NOTE, hourly.where, facts))
