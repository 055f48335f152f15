"""Several months in one request: each is billed by itself, and one answer has the lines of all of them.

Left out: what is told of the period as a whole, and belongs to no month (given quantities, facts and lines), is
refused by its name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from billcalc.billing.bill import Bill, BilledMonth
from billcalc.billing.month_intervals import area_clock, cut_by_months
from billcalc.billing.request import Cycle, Period, Request
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import weakest
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Alternative, Fault, InvalidInput, Problem, Refusal, Refused, Severity
from billcalc.metering.interval_models import Intervals
from billcalc.metering.models import MeteringPoint, Reading, ReadingKind, Register
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Band, Section

__all__ = ["Month", "check_turns", "joined", "months_of"]

_Series = Sequence[tuple[int, Intervals | None]]
"""For each metering point the intervals of a month, and the place of their first value in the whole request."""

_MONTHS_MAX = 12
_BEFORE = (ReadingKind.CLOSING, ReadingKind.REMOVAL)
"""What ends on the day between two months is of the month before, what begins on it of the month after."""
_AFTER = (ReadingKind.OPENING, ReadingKind.INSTALLATION)
_NUMBERED = re.compile(r"^(/?)metering_points[/.](\d+)[/.](readings|intervals[/.]values)[/.](\d+)")
"""A place among readings or intervals, as a pointer or as a column is named."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a request.

    Attributes:
        readings: for each metering point the places of its readings in the whole request.
        intervals: for each metering point the place of the first value of its intervals there.
    """

    request: Request
    readings: tuple[tuple[int, ...], ...]
    intervals: tuple[int, ...]

    def where(self, place: str) -> str:
        """A place of the month as the whole request has it."""
        found = _NUMBERED.match(place)
        if found is None:
            return place
        point, number = int(found[2]), int(found[4])
        whole = self.readings[point][number] if found[3] == "readings" else self.intervals[point] + number
        return f"{place[: found.start(4)]}{whole}{place[found.end() :]}"


def months_of(request: Request, catalog: Catalog) -> tuple[Month, ...]:
    """The months of a cycle of two to twelve; none where it is anything else.

    Args:
        request: what is billed.
        catalog: tells the clock by which series of intervals are cut.

    Raises:
        InvalidInput: where a reading is of none of them.
        Refused: where something is told of the period as a whole, or there are intervals and the clock is not known.
    """
    start, end = request.cycle.start, request.cycle.end
    turns = 12 * (end.year - start.year) + end.month - start.month
    if turns < 1 or (turns == 1 and end.day <= start.day):  # nearly every request: no later than in a month
        return ()
    if request.cycle.as_one:
        return ()
    starts = [start + relativedelta(months=number) for number in range(_MONTHS_MAX + 1)]
    if end not in starts[2:] or not request.cycle.span.covers(request.period.span):
        return ()
    for where in _of_the_whole(request):
        facts = {"what": Reason.SEVERAL_MONTHS_AT_ONCE, "place": where}
        raise Refused(Refusal(RefusalCode.NOT_SUPPORTED, where, facts))
    spans = [Span(first, last) for first, last in pairwise(starts[: starts.index(end) + 1])]
    parts = [(span, part) for span in spans if (part := span.intersect(request.period.span)) is not None]
    series = _series(request, [part for _, part in parts], catalog)
    months = tuple(_month(request, *part, of_part) for part, of_part in zip(parts, series, strict=True))
    _check_readings(request, months)
    return months


def _series(request: Request, parts: Sequence[Span], catalog: Catalog) -> Sequence[_Series]:
    """For each month the intervals of each metering point."""
    by_point = [
        [(0, None)] * len(parts)
        if point.intervals is None
        else [*cut_by_months(point.intervals, parts, area_clock(request, catalog))]
        for point in request.metering_points
    ]
    return [*zip(*by_point, strict=True)] or [()] * len(parts)


def _check_readings(request: Request, months: Sequence[Month]) -> None:
    """Find readings that are of no month."""
    faults = [
        Fault(FaultCode.READING_OUTSIDE, f"/metering_points/{number}/readings/{place}/at",
              {"day": str(reading.at), "span": str(request.period.span)})
        for number, point in enumerate(request.metering_points)
        for place, reading in enumerate(point.readings)
        if all(place not in month.readings[number] for month in months)
    ]  # fmt: skip
    if faults:
        raise InvalidInput(faults)


def check_turns(request: Request, *, where: str = "") -> None:
    """Find registers that moved between two months: what they counted there would be billed nowhere.

    It looks at numbers, so that it is no part of a plan, which many requests share.

    Args:
        request: of several months.
        where: what stands before its places in a message.

    Raises:
        InvalidInput: with each of them.
    """
    points = enumerate(request.metering_points)
    faults = [fault for number, point in points for fault in _moved(f"{where}/metering_points/{number}", point)]
    if faults:
        raise InvalidInput(faults)


def _moved(here: str, point: MeteringPoint) -> Iterator[Fault]:
    """A fault for each register that closes one month and opens the next with other digits, by the same meter."""
    configs = sorted(point.config, key=lambda each: each.start)
    exchanged = {after.start for before, after in pairwise(configs) if after.meter != before.meter}
    for place, (before, reading) in enumerate(pairwise(point.readings), start=1):
        is_turn = before.kind in _BEFORE and before.at == reading.at and reading.at not in exchanged
        for register, shown in reading.registers.items() if is_turn else ():
            told = before.registers.get(register)
            if register is not Register.MAXIMUM_DEMAND and told is not None and told != shown:
                facts = {"register": register.value, "closing": f"{told:f}", "opening": f"{shown:f}"}
                where = f"{here}/readings/{place}/{register.value}"
                reason = {"reason": Reason.MOVED_AT_THE_TURN, "day": str(reading.at)}
                yield Fault(FaultCode.INCONSISTENT, where, {**reason, **facts})


def _of_the_whole(request: Request) -> Iterator[str]:
    """The places of what is told of the period and not of its months."""
    for key in ("quantities", "facts", "households", "given", "billed_before"):
        if getattr(request, key):
            yield f"/{key}"
    for number, point in enumerate(request.metering_points):
        given = point.given
        if given.kwh or given.kvarh or given.demand_kw is not None:
            yield f"/metering_points/{number}/given"


def _month(request: Request, cycle: Span, part: Span, series: _Series) -> Month:
    points, places = [], []
    for point, (_, intervals) in zip(request.metering_points, series, strict=True):
        of_part = tuple(place for place, reading in enumerate(point.readings) if _is_of(reading, part))
        places.append(of_part)
        told = {"readings": tuple(_readings(point, of_part)), "intervals": intervals}
        points.append(point.model_copy(update=told))
    of_month = Cycle.model_validate({"from": cycle.start, "to": cycle.end})
    changed = {"cycle": of_month, "period": _period(part), "metering_points": tuple(points)}
    return Month(request.model_copy(update=changed), tuple(places), tuple(first for first, _ in series))


def _period(span: Span) -> Period:
    return Period.model_validate({"from": span.start, "to": span.end})


def _is_of(reading: Reading, part: Span) -> bool:
    if reading.at == part.start:
        return reading.kind not in _BEFORE
    return reading.at in part or (reading.at == part.end and reading.kind not in _AFTER)


def _readings(point: MeteringPoint, places: Sequence[int]) -> Iterator[Reading]:
    """The readings of a month; what went through zero before the first of them is the month before's."""
    for number, place in enumerate(places):
        reading = point.readings[place]
        yield reading if number else reading.model_copy(update={"rollover": ()})


def joined(request: Request, months: Sequence[Month], bills: Sequence[Bill], *, identity: str) -> Bill:
    """One answer of the bills of months: their lines in the order of the months, and what they come to together."""
    sections: dict[Section, Decimal] = {}
    kwh: dict[str, dict[Band, Decimal]] = {}
    for bill in bills:
        for section, amount in bill.sections.items():
            sections[section] = EXACT.add(sections.get(section, ZERO), amount)
        for group, bands in bill.kwh.items():
            for band, energy in bands.items():
                of_group = kwh.setdefault(group, {})
                of_group[band] = EXACT.add(of_group.get(band, ZERO), energy)
    order = list(Section)
    rates = {bill.tax_inside for bill in bills}  # of several no rate is that of the whole
    of_each = list(zip(months, bills, strict=True))
    lines = [replace(line, where=month.where) for month, bill in of_each for line in bill.lines]
    return replace(
        bills[0],
        id=identity,
        cycle=request.cycle.span,
        period=request.period.span,
        lines=tuple(sorted(lines, key=lambda line: order.index(line.section))),
        kwh=kwh,
        power_factors=tuple(fact for bill in bills for fact in bill.power_factors),
        sections=sections,
        total=exact_sum(bill.total for bill in bills),
        evidence=weakest(bill.evidence for bill in bills),
        problems=tuple(_problems(months, bills)),
        sources=tuple(dict.fromkeys(source for bill in bills for source in bill.sources)),
        request=request.model_dump(mode="json", by_alias=True),
        documents={key: value for bill in bills for key, value in bill.documents.items()},
        tax_inside=rates.pop() if len(rates) == 1 else None,
        losses=tuple(replace(loss, where=month.where) for month, bill in of_each for loss in bill.losses),
        months=tuple(BilledMonth(bill.cycle, bill.period, bill.total) for bill in bills),
    )


def _problems(months: Sequence[Month], bills: Sequence[Bill]) -> Iterator[Problem]:
    """The problems of the months, the same of several once with its money of all.

    What decides nothing in one month may decide something in another, unless it is a reading of that month.
    """
    found: dict[object, list[Problem]] = {}
    for month, bill in zip(months, bills, strict=True):
        for problem in bill.problems:
            facts = {name: month.where(value) for name, value in problem.facts.items()}
            moved = replace(problem, where=month.where(problem.where), facts=facts)
            found.setdefault((moved.code, moved.where, tuple(sorted(moved.facts.items()))), []).append(moved)
    for same in found.values():
        unread = same[0].code is ProblemCode.STATED_WITHOUT_EFFECT and _NUMBERED.match(same[0].where) is None
        if unread and len(same) < len(bills):
            continue
        severity = Severity.DOUBT if any(each.severity is Severity.DOUBT for each in same) else Severity.NOTE
        yield replace(same[0], severity=severity, alternatives=tuple(_alternatives(same)))


def _alternatives(same: Sequence[Problem]) -> Iterator[Alternative]:
    """The other readings of a problem of several months: what each comes to in all; none where one cannot be billed."""
    for name in dict.fromkeys(each.value for problem in same for each in problem.alternatives):
        money = [each.difference for problem in same for each in problem.alternatives if each.value == name]
        known = [each for each in money if each is not None]
        yield Alternative(name, exact_sum(known) if len(known) == len(money) else None)
