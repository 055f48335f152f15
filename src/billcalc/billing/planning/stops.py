"""Transformers that are stopped for a time, and what the law leaves due of them.

The agreement's entries tell the states of the transformers, an order of change of use the days on which one is sealed
and resumed. A stop whose first or last day nobody tells is not held against a number of days.

Source: the documents of kind ``changes_of_use``; 供电营业规则 1996 art. 23 and 24.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from dateutil.relativedelta import relativedelta

from billcalc.agreement.changes import Change, ChangeKind
from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import ONE, ZERO
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tariff.changes_of_use import ChangesOfUse, Condition, StopCondition
from billcalc.vocabulary import TransformerState

__all__ = ["Changes", "Due", "Stop", "due_of", "find_stops"]


@dataclass(frozen=True, slots=True)
class Stop:
    """The days on which a transformer is stopped.

    Attributes:
        span: its days; one that goes on has no end.
        begins: whether its first day is told; else it lasts since before what is told.
        order: the place of its order, or None.
    """

    supply_point: str
    transformer: str
    span: Span
    begins: bool
    order: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """What stays due of the charge of a transformer that is stopped.

    Attributes:
        share: of the charge of these days [1].
        rule: what says so; None where a convention does.
    """

    stop: Stop
    span: Span
    share: Decimal
    reason: Reason
    rule: Condition | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The stops of the transformers of a request, and what stays due of them."""

    stops: tuple[Stop, ...] = ()
    dues: tuple[Due, ...] = ()

    def days(self) -> Iterator[date]:
        """The days on which one begins or ends."""
        for span in (*(stop.span for stop in self.stops), *(due.span for due in self.dues)):
            yield span.start
            if span.end is not None:
                yield span.end

    def stop_on(self, supply_point: str, transformer: str, day: date) -> Stop | None:
        """The stop of a transformer on a day."""
        wanted = (supply_point, transformer)
        return next((each for each in self.stops
                     if (each.supply_point, each.transformer) == wanted and day in each.span), None)  # fmt: skip


def find_stops(request: Request) -> tuple[Stop, ...]:
    """The stops of every transformer that the agreement has.

    Raises:
        InvalidInput: where an order names no transformer of the agreement, another order or an entry contradicts it, or
            its day brings no new terms.
    """
    names = {
        (name, transformer.id): None
        for entry in request.agreement
        for name, point in entry.supply_points.items()
        for transformer in point.transformers
    }
    faults = [*_unknown(request, names), *_overlaps(request), *_contradictions(request)]
    faults += [*_sealed_while_suspended(request), *_without_terms(request)]
    if faults:
        raise InvalidInput(faults)
    return tuple(stop for name, transformer in names for stop in _stops(request, name, transformer))


def _unknown(request: Request, names: dict[tuple[str, str], None]) -> Iterator[Fault]:
    points = {name for entry in request.agreement for name in entry.supply_points}
    for index, change in enumerate(request.changes):
        if change.supply_point not in points:
            facts = {"kind": "supply point", "id": change.supply_point, "known": ", ".join(sorted(points))}
            yield Fault(FaultCode.UNKNOWN_REFERENCE, f"/changes/{index}/supply_point", facts)
            continue
        known = [transformer for name, transformer in names if name == change.supply_point]
        for number, each in enumerate(change.transformers):
            if each not in known:
                facts = {"kind": "transformer", "id": each, "known": ", ".join(known)}
                yield Fault(FaultCode.UNKNOWN_REFERENCE, f"/changes/{index}/transformers/{number}", facts)


def _overlaps(request: Request) -> Iterator[Fault]:
    """Orders that stop a transformer on days on which another does already, and orders that are told twice."""
    for (place, before), (other, change) in combinations(enumerate(request.changes), 2):
        if change == before or _stops_again(before, change):
            facts = {"reason": Reason.ORDERS_OVERLAP, "number": str(other + 1), "other": str(place + 1)}
            yield Fault(FaultCode.INCONSISTENT, f"/changes/{other}", facts)


def _stops_again(before: Change, change: Change) -> bool:
    same = before.supply_point == change.supply_point and set(before.transformers) & set(change.transformers)
    if not same or not before.stops or not change.stops:
        return False
    assert before.sealed is not None, "what is stopped was sealed"
    assert change.sealed is not None, "what is stopped was sealed"
    return Span(before.sealed, before.resumed).intersect(Span(change.sealed, change.resumed)) is not None


def _contradictions(request: Request) -> Iterator[Fault]:
    """Entries that begin while an order stops a transformer and tell that it is not, or end it another day."""
    for place, entry in enumerate(request.agreement):
        for change in (each for each in request.changes if each.stops and each.supply_point in entry.supply_points):
            assert change.sealed is not None, "what is stopped was sealed"
            for number, each in enumerate(entry.supply_points[change.supply_point].transformers):
                if each.id not in change.transformers:
                    continue
                is_stopped = each.state is TransformerState.SUSPENDED
                lasts = entry.start in Span(change.sealed, change.resumed)
                if (lasts and not is_stopped) or (entry.start == change.resumed and is_stopped):
                    where = f"/agreement/{place}/supply_points/{change.supply_point}/transformers/{number}/state"
                    ours = {"transformer": each.id, "state": each.state.value, "start": str(entry.start)}
                    theirs = {"change": change.kind.value, "span": str(Span(change.sealed, change.resumed))}
                    facts = {"reason": Reason.STATE_AGAINST_ORDER, **ours, **theirs}
                    yield Fault(FaultCode.INCONSISTENT, where, facts)


def _sealed_while_suspended(request: Request) -> Iterator[Fault]:
    """Orders that seal a transformer which an entry of the agreement has suspended before, by no order."""
    for index, change in enumerate(request.changes):
        for number, name in enumerate(change.transformers if change.stops else ()):
            assert change.sealed is not None, "what is stopped was sealed"
            since = _suspended_since(request, change.supply_point, name, change.sealed)
            spans = [
                Span(each.sealed, each.resumed)
                for each in request.changes
                if each.supply_point == change.supply_point and name in each.transformers and each.sealed is not None
            ]
            if since is not None and not any(since in span for span in spans):
                facts = {"change": change.kind.value, "transformer": name, "day": str(change.sealed)}
                where = f"/changes/{index}/transformers/{number}"
                reason = {"reason": Reason.SEALED_WHILE_SUSPENDED, "start": str(since)}
                yield Fault(FaultCode.INCONSISTENT, where, {**facts, **reason})


def _suspended_since(request: Request, supply_point: str, transformer: str, day: date) -> date | None:
    """The day of the last entry before a day where it tells that a transformer is suspended."""
    found = None
    for entry in request.agreement:
        point = entry.supply_points.get(supply_point)
        for each in point.transformers if point is not None and entry.start < day else ():
            if each.id == transformer:
                found = entry.start if each.state is TransformerState.SUSPENDED else None
    return found


def _without_terms(request: Request) -> Iterator[Fault]:
    """Orders of new terms inside the period, on whose day the agreement has none; of its first day it may be silent."""
    starts = {entry.start for entry in request.agreement}
    for index, change in enumerate(request.changes):
        day = change.done
        is_new = change.kind in (ChangeKind.INCREASE, ChangeKind.MODE)
        if is_new and day is not None and request.period.start < day < request.period.end and day not in starts:
            facts = {"reason": Reason.ORDER_WITHOUT_TERMS, "change": change.kind.value, "day": str(day)}
            yield Fault(FaultCode.INCONSISTENT, f"/changes/{index}/done", facts)


def _stops(request: Request, supply_point: str, transformer: str) -> Iterator[Stop]:
    """The stops of one transformer, from what its entries and orders tell in the order of their days."""
    start, begins, order = None, False, None
    events = sorted(_events(request, supply_point, transformer), key=lambda event: event[:2])
    for place, (day, is_stopped, by) in enumerate(events):
        if not is_stopped:
            if start is not None:
                yield Stop(supply_point, transformer, Span(start, day), begins, order)
            start = None
        elif start is None:
            start, begins, order = day, place > 0 or by is not None, by
        elif by is not None:
            begins, order = begins or day == start, by
    if start is not None:
        yield Stop(supply_point, transformer, Span(start), begins, order)


def _events(request: Request, supply_point: str, transformer: str) -> Iterator[tuple[date, bool, int | None]]:
    """The days on which a transformer is told to be stopped, or not; one that is taken away stays stopped."""
    for entry in request.agreement:
        point = entry.supply_points.get(supply_point)
        for each in point.transformers if point is not None else ():
            if each.id == transformer:
                yield entry.start, each.state is TransformerState.SUSPENDED, None
    for index, change in enumerate(request.changes):
        if change.stops and change.supply_point == supply_point and transformer in change.transformers:
            assert change.sealed is not None, "what is stopped was sealed"
            yield change.sealed, True, index
            if change.resumed is not None:
                yield change.resumed, False, index


def due_of(
    stop: Stop, stops: Sequence[Stop], changes: Sequence[Change], rules: Callable[[date], ChangesOfUse], until: date
) -> Iterator[Due]:
    """What the law leaves due of a stop.

    Args:
        stop: of which something may be due.
        stops: all of them, for what is counted in a year.
        changes: the orders.
        rules: in force on a day.
        until: the end of the period [date].
    """
    document = rules(stop.span.start)
    change = changes[stop.order] if stop.order is not None else None
    is_reduction = change is not None and change.kind is ChangeKind.REDUCTION
    rule = document.reduction if is_reduction else document.suspension
    if rule is not None and rule.least_days is not None and stop.begins:
        end = stop.span.end
        if end is not None and Span(stop.span.start, end).days < rule.least_days:
            yield Due(stop, stop.span, ONE, Reason.TOO_SHORT, rule)
            return
        if end is None and stop.span.start < until and Span(stop.span.start, until).days < rule.least_days:
            yield Due(stop, Span(stop.span.start, until), ZERO, Reason.NOT_ENDED, rule)
    if rule is not None and rule.most_months is not None and stop.begins:
        end = min(stop.span.end or until, until)
        terms = [_limit(stop.span.start, rule.most_months, 0, end)] if is_reduction else _terms(stop, stops, rule, end)
        yield from (Due(stop, span, ONE, Reason.TERM_OVER, rule) for span in terms if span is not None)
    half = document.new_users
    if half is not None and any(_is_new(each, stop, half.months) for each in changes):
        yield Due(stop, stop.span, half.share, Reason.NEW_USER, half)


def _is_new(change: Change, stop: Stop, months: int) -> bool:
    connected = change.kind in (ChangeKind.CONNECTION, ChangeKind.INCREASE) and change.supply_point == stop.supply_point
    return connected and change.done is not None and (
        change.done <= stop.span.start < change.done + relativedelta(months=months)
    )  # fmt: skip


def _terms(stop: Stop, stops: Sequence[Stop], rule: StopCondition, end: date) -> Iterator[Span | None]:
    """What lies beyond the term in each calendar year: the months, less the days of earlier stops of that year."""
    assert rule.most_months is not None, "it is asked where there is a term"
    for year in range(stop.span.start.year, (end - timedelta(days=1)).year + 1):
        first, last = max(stop.span.start, date(year, 1, 1)), min(end, date(year + 1, 1, 1))
        whole = Span(date(year, 1, 1), first) if first > date(year, 1, 1) else None
        earlier = (
            shared.days
            for each in stops
            if whole is not None and (each.supply_point, each.transformer) == (stop.supply_point, stop.transformer)
            if (shared := each.span.intersect(whole)) is not None
        )
        yield _limit(first, rule.most_months, sum(earlier), last)


def _limit(start: date, months: int, used: int, end: date) -> Span | None:
    """The days beyond so many months, less what was used of them; None where there are none."""
    limit = max(start, start + relativedelta(months=months, days=-used))
    return Span(limit, end) if limit < end else None
