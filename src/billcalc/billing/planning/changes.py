"""What the law makes of changes: whose terms of the basic charge count, and which orders it does not allow.

Source: the documents of kind ``changes_of_use``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from dateutil.relativedelta import relativedelta

from billcalc.agreement.changes import Change, ChangeKind
from billcalc.agreement.models import BasicMode
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.piece import Piece
from billcalc.billing.planning.case import Case
from billcalc.billing.request import Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import Evidence
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Problem, Severity
from billcalc.tariff.changes_of_use import ChangesOfUse, Condition
from billcalc.tariff.conventions import ChangesCount
from billcalc.vocabulary import Kind, Voltage

__all__ = ["check_orders", "counted_as", "hold_terms", "law_of", "note_change", "note_rule"]

_AT_ONCE = (ChangeKind.CONNECTION, ChangeKind.INCREASE)
"""What counts on its day, whatever the customer is billed by."""

_LOW = (Voltage.BELOW_1, Voltage.FROM_1_TO_10, Voltage.V20)
"""The voltages below 35 kV."""


def law_of(case: Case, day: date) -> ChangesOfUse:
    """The conditions of changes of use in force on a day.

    Raises:
        Refused: where there is no document of them.
    """
    found = case.catalog.in_force(Kind.CHANGES_OF_USE, case.request.area, day)
    assert isinstance(found.document, ChangesOfUse)
    return found.document


def counted_as(request: Request, *, count: ChangesCount) -> Request:
    """A request in which changes of use count in another way."""
    basic = request.conventions.basic.model_copy(update={"changes": count})
    conventions = request.conventions.model_copy(update={"basic": basic})
    return request.model_copy(update={"conventions": conventions})


def note_rule(case: Case, rule: Condition, day: date) -> None:
    """Cite the document of a condition that decided something; a doubt where its article was not seen."""
    found = case.catalog.in_force(Kind.CHANGES_OF_USE, case.request.area, day)
    source = case.notes.use(found, day)
    if rule.evidence is Evidence.UNVERIFIED:
        facts = {"document": f"{source.id} ({rule.article})", "evidence": rule.evidence.value}
        case.notes.note(Problem(ProblemCode.DOCUMENT_UNVERIFIED, Severity.DOUBT, f"/tariffs/{source.id}", facts))


def note_change(
    case: Case, code: ProblemCode, where: str, what: tuple[str, str, str], day: date, reason: Reason, rule: Condition
) -> int:
    """Tell what the law says against a change, or leaves open; returns the place of the problem.

    Args:
        case: the planning state.
        code: whether it is billed otherwise, or as it is told.
        where: what told it.
        what: the supply point, the kind of change and what is changed.
        day: of the change.
        reason: what the law says.
        rule: which law.
    """
    note_rule(case, rule, day)
    supply_point, change, of = what
    facts = {"supply_point": supply_point, "change": change, "of": of, "day": str(day), "reason": reason.value}
    return case.notes.note(Problem(code, Severity.DOUBT, where, {**facts, "rule": rule.article}))


def hold_terms(case: Case, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, each with the entry whose terms of the basic charge count in it.

    A change of the mode inside a cycle counts from the next cycle on, and so does one of the contract where the law
    lets customers who are billed by demand change by whole cycles. On the day of a connection or an increase it counts
    at once, and so does what begins or ends the basic charge.
    """
    held = pieces[0].agreement
    found = []
    for piece in pieces:
        change = None if piece.agreement == held else _held_back(case, held, piece.agreement)
        if change is None:
            held = piece.agreement
        else:
            _note_held(case, piece.agreement, *change)
        found.append(replace(piece, basic=held))
    return tuple(found)


def _held_back(case: Case, held: int, place: int) -> tuple[str, Reason, Condition] | None:
    """What an entry changes of another's terms that does not count yet, why, and by which rule; or None."""
    before, after = (case.request.agreement[index].basic for index in (held, place))
    day = case.request.agreement[place].start
    found = case.catalog.find(Kind.CHANGES_OF_USE, case.request.area, day)
    if (
        found is None
        or case.conventions.basic.changes.value is not ChangesCount.BY_LAW
        or BasicMode.EXEMPT in (before.mode, after.mode)
        or any(change.done == day and change.kind in _AT_ONCE for change in case.request.changes)
    ):
        return None
    law: ChangesOfUse = found.document
    if before.mode is not after.mode:
        return None if law.mode is None else ("change of mode", Reason.MODE_IN_CYCLE, law.mode)
    contracts = [(each.contracts, each.further_contracts) for each in (before, after)]
    changes = before.mode is BasicMode.CONTRACTED and contracts[0] != contracts[1]
    if not changes or law.demand is None or not law.demand.whole_cycles:
        return None
    return "contract", Reason.NOT_WHOLE_CYCLE, law.demand


def _note_held(case: Case, place: int, what: str, reason: Reason, rule: Condition) -> None:
    entry = case.request.agreement[place]
    where = f"/agreement/{place}/basic"
    for name in entry.supply_points:
        noted = note_change(case, ProblemCode.CHANGE_NOT_COUNTED, where, (name, what, name), entry.start, reason, rule)
        other = partial(counted_as, count=ChangesCount.AS_STATED)
        case.notes.doubt(noted, OtherReading(Reading.AS_STATED, request=other))


def check_orders(case: Case) -> None:
    """Tell which orders the law does not allow as they are told: notice, number in a year, time, months between modes.

    Raises:
        Refused: where an order is told and no document has its conditions.
    """
    for index, change in enumerate(case.request.changes):
        day = change.sealed or change.done
        assert day is not None, "an order has one of the two"
        span = Span(day, change.resumed) if change.sealed is not None else Span(day, case.request.cycle.end)
        if span.intersect(case.request.cycle.span) is None:
            continue
        case.notes.ask(f"/changes/{index}")
        law = law_of(case, day)
        for reason, rule in _against(case, change, day, law):
            what = (change.supply_point, _NAMES[change.kind], ", ".join(change.transformers) or change.supply_point)
            note_change(case, ProblemCode.CHANGE_AGAINST_RULES, f"/changes/{index}", what, day, reason, rule)
    _check_modes(case)


_NAMES = {kind: "change of mode" if kind is ChangeKind.MODE else kind.value for kind in ChangeKind}


def _against(case: Case, change: Change, day: date, law: ChangesOfUse) -> Iterator[tuple[Reason, Condition]]:
    rules = {ChangeKind.SUSPENSION: law.suspension, ChangeKind.REDUCTION: law.reduction, ChangeKind.MODE: law.mode}
    rule = rules.get(change.kind)
    asked = change.accepted or change.applied
    if rule is not None and asked is not None and (day - asked).days < (rule.notice_days or 0):
        yield Reason.NOTICE_SHORT, rule
    stops = law.suspension
    if change.kind is ChangeKind.SUSPENSION and stops is not None and stops.most_times is not None:
        in_year = [
            each.sealed
            for each in case.request.changes
            if (each.kind, each.supply_point) == (change.kind, change.supply_point)
            if each.sealed is not None and each.sealed.year == day.year and each.sealed <= day
        ]
        if len(set(in_year)) > stops.most_times:
            yield Reason.TOO_OFTEN, stops
    if change.kind is ChangeKind.EXCHANGE and law.exchange is not None:
        low = all(group.voltage in _LOW for _, entry in case.entries for group in entry.groups.values())
        months = law.exchange.months if low else law.exchange.months_from_35kV
        end = change.resumed or case.request.period.end
        if day + relativedelta(months=months) < end:
            yield Reason.EXCHANGE_OVER, law.exchange


def _check_modes(case: Case) -> None:
    """Tell of a mode of the basic charge that was changed too soon after the change before."""
    entries = case.request.agreement
    changed = [
        (place, entry.start)
        for place, entry in enumerate(entries[1:], start=1)
        if entry.basic.mode is not entries[place - 1].basic.mode
        if BasicMode.EXEMPT not in (entry.basic.mode, entries[place - 1].basic.mode)
    ]
    orders = {change.done: index for index, change in enumerate(case.request.changes) if change.kind is ChangeKind.MODE}
    days = {*(day for _, day in changed), *(day for day in orders if day is not None)}
    for place, day in changed:
        earlier = max((each for each in days if each < day), default=None)
        if earlier is None or day not in case.request.cycle.span:
            continue
        law = law_of(case, day)
        if earlier in orders:
            case.notes.ask(f"/changes/{orders[earlier]}")
        if law.mode is not None and earlier + relativedelta(months=law.mode.months) > day:
            where = f"/agreement/{place}/basic/mode"
            for name in entries[place].supply_points:
                what = (name, "change of mode", name)
                note_change(case, ProblemCode.CHANGE_AGAINST_RULES, where, what, day, Reason.MODE_TOO_SOON, law.mode)
