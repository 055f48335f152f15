"""What is billed of each transformer in each piece: of those that run or stand by, and of those that are stopped.

Source: the documents of kind ``changes_of_use``; 供电营业规则 1996 art. 85 (what stands by).
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial

from billcalc.agreement.changes import ChangeKind
from billcalc.agreement.models import BasicMode, Transformer
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.piece import Standing
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.changes import counted_as, law_of, note_change, note_rule
from billcalc.billing.planning.stops import Changes, Due, Stop, due_of, find_stops
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import ONE, ZERO
from billcalc.kernel.reasons import Reason
from billcalc.tariff.changes_of_use import Condition
from billcalc.tariff.conventions import ChangesCount
from billcalc.vocabulary import TransformerState

__all__ = ["read_changes", "stand"]

_LIVE = (TransformerState.IN_SERVICE, TransformerState.HOT_STANDBY)
_BY_CAPACITY = (BasicMode.CAPACITY, BasicMode.CONTRACTED)
"""The modes by which a capacity is billed, or makes the floor of what is."""


def read_changes(case: Case) -> Changes:
    """The stops of a request, and what the law leaves due of them, or the convention that stands in its place.

    Raises:
        InvalidInput: where an order contradicts the agreement.
        Refused: where a stop is told and no document says what it must last.
    """
    request, period = case.request, case.request.period.span
    stops = find_stops(request)
    within = [stop for stop in stops if stop.span.intersect(period) is not None]
    count = case.notes.cited(case.conventions.basic.changes) if within else ChangesCount.AS_STATED
    if count is ChangesCount.AS_STATED:
        return Changes(stops)
    if count is ChangesCount.NO_STOPS:
        return Changes(stops, tuple(Due(stop, stop.span, ONE, Reason.NOT_ENDED, None) for stop in within))
    assert period.end is not None, "a period has an end"
    found = (
        due
        for stop in within
        for due in due_of(stop, stops, request.changes, partial(law_of, case), period.end)
        if due.span.intersect(period) is not None
    )
    return Changes(stops, tuple(found))


def stand(case: Case) -> Mapping[str, tuple[tuple[Standing, ...], ...]]:
    """By supply point and piece, what each transformer is."""
    return {
        name: tuple(tuple(_standings(case, name, piece)) for piece in range(len(case.pieces)))
        for name in case.supply_points
    }


def _standings(case: Case, name: str, piece: int) -> Iterator[Standing]:
    point = case.agreement_of(piece).supply_points.get(name)
    for number, each in enumerate(() if point is None else point.transformers):
        stop = case.changes.stop_on(name, each.id, case.pieces[piece].span.start)
        if stop is not None:
            yield Standing(number, each, _share_of_stop(case, stop, piece), runs=False)
        else:
            yield Standing(number, each, _share_of_state(case, each, piece), runs=each.state in _LIVE)


def _share_of_state(case: Case, transformer: Transformer, piece: int) -> Decimal:
    """What is billed of a transformer that runs or stands by [1]."""
    state = transformer.state
    if state in (TransformerState.IN_SERVICE, TransformerState.SEALED_STANDBY):
        return ONE if state is TransformerState.IN_SERVICE else ZERO
    day = case.pieces[piece].span.start
    rule = law_of(case, day).standby
    if case.basic_of(piece).mode in _BY_CAPACITY:
        note_rule(case, rule, day)
    return ONE if state in rule.billed else ZERO


def _share_of_stop(case: Case, stop: Stop, piece: int) -> Decimal:
    """What is billed of a transformer that is stopped [1]."""
    mode = case.basic_of(piece).mode
    if mode not in _BY_CAPACITY:
        return ZERO
    dues = [due for due in case.changes.dues if due.stop == stop and case.pieces[piece].span.start in due.span]
    share = max((due.share for due in dues), default=ZERO)
    for due in dues:
        if due.rule is not None:
            _note_due(case, stop, due.reason, due.rule, piece)
    by_law = case.conventions.basic.changes.value is ChangesCount.BY_LAW
    if mode is BasicMode.CONTRACTED and by_law and share < ONE:
        found = _by_demand(case, stop, piece)
        if found is not None:
            _note_due(case, stop, *found, piece)
            return ONE
    return share


def _by_demand(case: Case, stop: Stop, piece: int) -> tuple[Reason, Condition] | None:
    """Why the stop of a customer who is billed by demand does not count, and the rule; None where it does."""
    rule = law_of(case, stop.span.start).demand
    if rule is None:
        return None
    if rule.whole_cycles and not stop.span.covers(case.request.period.span):
        return Reason.NOT_WHOLE_CYCLE, rule
    day, name = case.pieces[piece].span.start, stop.supply_point
    transformers = case.agreement_of(piece).supply_points[name].transformers
    others = (case.changes.stop_on(name, each.id, day) for each in transformers)
    return (Reason.NOT_ALL_CAPACITY, rule) if rule.whole_capacity and None in others else None


def _note_due(case: Case, stop: Stop, reason: Reason, rule: Condition, piece: int) -> None:
    """Tell of a stop that is billed otherwise than it is told, or may come to be."""
    if reason is Reason.NEW_USER:
        note_rule(case, rule, stop.span.start)
        for index, change in enumerate(case.request.changes):
            if change.supply_point == stop.supply_point and change.kind in (ChangeKind.CONNECTION, ChangeKind.INCREASE):
                case.notes.ask(f"/changes/{index}")
        return
    where, kind = f"/agreement/{case.pieces[piece].agreement}/supply_points/{stop.supply_point}", ChangeKind.SUSPENSION
    if stop.order is not None:
        where, kind = f"/changes/{stop.order}", case.request.changes[stop.order].kind
    unsettled = reason is Reason.NOT_ENDED
    code = ProblemCode.CHANGE_UNSETTLED if unsettled else ProblemCode.CHANGE_NOT_COUNTED
    what = (stop.supply_point, kind.value, stop.transformer)
    noted = note_change(case, code, where, what, stop.span.start, reason, rule)
    name = Reading.NO_STOPS if unsettled else Reading.AS_STATED
    other = partial(counted_as, count=ChangesCount(name.value))
    case.notes.doubt(noted, OtherReading(name, request=other))
