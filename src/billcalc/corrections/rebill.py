"""Rebilling: each month of a case as it was billed and as it is right, at the prices and rules then in force.

An original is never altered: its bill is cancelled as a whole, and a right one is made beside it. What was corrected is
not corrected again, for then two documents would replace one: a correction is undone, and the original corrected anew.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from billcalc.billing.bill import Bill, Line
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.bulk.paths import has_place, pointer_of
from billcalc.corrections.case import OF_ENERGY, Case, CaseMonth
from billcalc.corrections.causes import changed_places
from billcalc.corrections.doubts import doubts_of_cause, doubts_of_effects, doubts_of_numbers
from billcalc.corrections.effects import Effect, effects_of
from billcalc.corrections.energy import CorrectedEnergy, corrected, right_data, told_data
from billcalc.corrections.rules import CorrectionRules, rule_in_force
from billcalc.corrections.tiers import Changes, carried, changes_of
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span, gaps
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Refusal
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Section

__all__ = ["CorrectedMonth", "Correction", "Earlier", "cancelled", "rebill", "undone"]


_OF_THE_CASE = ("/bands", "/normal_kwh", "/point", "/ratios", "/wiring")
"""Places that are no place of a month's request."""


class Earlier(NamedTuple):
    """What is known of a correction that was made before.

    Attributes:
        case: its case, as data.
        bills: the ids of the bills that it cancelled and of those that it made instead.
        documents: the hash of each of its documents.
        statement: the hash of its statement of differences, which names the correction.
        undoes: the statement of the correction that it undoes; None for a correction.
    """

    id: str
    case: Any
    bills: frozenset[str]
    documents: tuple[str, ...]
    statement: str
    undoes: str | None


@dataclass(frozen=True)
class CorrectedMonth:
    """A month of a case.

    Attributes:
        original: the bill that is cancelled.
        right: the bill that replaces it.
        energy: what was corrected of what its meter counted, if that was wrong.
        rules: the document in force on the first of its days that was wrong.
        changes: the places of the request that are set right, each with where the case tells it.
        effects: of each path that is right in it, where the case tells it and what it comes to.
    """

    original: Bill
    right: Bill
    energy: CorrectedEnergy | None
    rules: CorrectionRules
    changes: tuple[tuple[str, str], ...]
    effects: tuple[tuple[str, Effect], ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything of the bill is other than it was."""
        return bool(self.difference) or self.right.kwh != self.original.kwh

    @cached_property
    def difference(self) -> tuple[Line, ...]:
        """The right bill less the original, by line; lines that are equal are left out."""
        return _difference(self.original.lines, self.right.lines)

    @cached_property
    def money(self) -> Decimal:
        """What the right bill is more than the original [the bill's currency]."""
        return EXACT.subtract(self.right.total, self.original.total)


@dataclass(frozen=True)
class Correction:
    """A case, computed.

    Attributes:
        rules: the document that the case is decided by: of the first day that was wrong.
        doubts: what is doubtful about the case itself; what is about its bills stands on them.
        undoes: the statement of the correction that this one undoes.
    """

    case: Case
    rules: CorrectionRules
    months: tuple[CorrectedMonth, ...]
    doubts: tuple[Problem, ...]
    undoes: str | None = None

    @property
    def changed(self) -> tuple[CorrectedMonth, ...]:
        """The months whose bill is another; of a case that was billed rightly none."""
        return tuple(month for month in self.months if month.is_changed)

    @cached_property
    def money(self) -> Decimal:
        """What is to be paid for all months, below 0 what is to be given back [the bill's currency]."""
        return exact_sum(month.money for month in self.months)

    @property
    def currency(self) -> str:
        """The currency of all its bills."""
        return self.months[0].original.currency


def rebill(
    case: Case, catalog: Catalog, documents: Sequence[CorrectionRules], *, earlier: Sequence[Earlier] = ()
) -> Correction | Refusal:
    """Compute a case.

    Args:
        case: the months and what was wrong.
        catalog: the tariffs.
        documents: the rules of corrections.
        earlier: corrections that were made before, and what undid them.

    Raises:
        InvalidInput: where the case contradicts itself, its months or what was corrected before; a place in the request
            of a month begins with ``/months/N/billed``, which is where a refusal begins, too.
    """
    _check_months(case)
    _check_left_out(case)
    first = min(month.billed.period.start for month in case.months)
    rules = rule_in_force(documents, case.start or first)
    months: list[CorrectedMonth] = []
    before, changes = Fraction(0), list[tuple[Span, Mapping[str, Decimal]]]()
    for number, month in sorted(enumerate(case.months), key=lambda each: each[1].billed.period.start):
        first_day = month.billed.period.start
        rule = rule_in_force(documents, first_day if case.start is None else max(first_day, case.start))
        found = _month(case, number, rule, catalog, before, changes)
        if isinstance(found, Refusal):
            return found
        before = before if found.energy is None else found.energy.exact
        months.append(found)
        changes.append(changes_of(found.original, found.right))
    _check_overlap([month.right.period for month in months], Reason.RIGHT_OVERLAPS)
    if len({bill.currency for month in months for bill in (month.original, month.right)}) > 1:
        raise _inconsistent("/months", Reason.OTHER_CURRENCIES)
    _check_earlier(months, earlier)
    return Correction(case, rules, tuple(months), _doubts(case, months, catalog, rules))


def _doubts(
    case: Case, months: Sequence[CorrectedMonth], catalog: Catalog, rules: CorrectionRules
) -> tuple[Problem, ...]:
    """What is doubtful about a case; raises where its cause is of nothing that it changes."""
    of_cause = doubts_of_cause(case, [change for month in months for change in month.changes])
    factor = next((month.energy.factor for month in months if month.energy is not None), None)
    of_effects = doubts_of_effects([effect for month in months for effect in month.effects])
    return (*of_cause, *of_effects, *doubts_of_numbers(case, factor, catalog, rules))


def undone(correction: Correction, statement: str) -> Correction:
    """What undoes a correction: each bill that it made is cancelled, and the original stands again.

    Args:
        correction: as it was computed.
        statement: the hash of its statement.
    """
    months = (replace(month, original=month.right, right=month.original, energy=None) for month in correction.months)
    return replace(correction, months=tuple(months), undoes=statement)


def cancelled(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of the bill that cancels another: each with what was used and what was paid below zero."""
    return tuple(
        replace(
            line,
            quantity=None if line.quantity is None else EXACT.minus(line.quantity),
            amount=EXACT.minus(line.amount),
            derivation=(),
        )
        for line in lines
    )


def _month(
    case: Case, number: int, rules: CorrectionRules, catalog: Catalog, before: Fraction, changes: Changes
) -> CorrectedMonth | Refusal:
    month = case.months[number]
    original = _billed(case, number, month.billed, catalog)
    if isinstance(original, Refusal):
        return original
    if month.issued is not None and month.issued != original.total:
        facts = {"amount": f"{month.issued:f}", "total": f"{original.total:f}"}
        raise _inconsistent(f"/months/{number}/issued", Reason.ISSUED_OTHERWISE, **facts)
    told, energy = case.right_of(month), None

    def made(right: Mapping[str, Any]) -> tuple[Request, Request, CorrectedEnergy | None]:
        request = _right_request(month, right, changes)
        if case.cause not in OF_ENERGY:
            return request, request, None
        return request, *corrected(request, case, rules, catalog, before=before)

    try:
        stated, request, energy = made(told)
        places = changed_places(month.billed, stated) if told else ()
    except InvalidInput as invalid:
        raise InvalidInput(_placed(fault, case, number) for fault in invalid.faults) from None
    right = _billed(case, number, request, catalog)
    if isinstance(right, Refusal):
        return right
    effects = effects_of(told, lambda others: made(others)[1], request, right, catalog)
    return CorrectedMonth(
        original,
        right,
        energy,
        rules,
        tuple((_place(place, case, number), place) for place in places),
        tuple((_told_at(case, number, path), effect) for path, effect in effects),
    )


def _told_at(case: Case, number: int, path: str) -> str:
    """Where a case tells what is right at a path in a month."""
    return _right_place(f"/months/{number}" if path in case.months[number].right else "", path)


def _right_request(month: CaseMonth, right: Mapping[str, Any], changes: Changes) -> Request:
    """The request of a month with what is right in it; the count of its tiers takes over what months before changed."""
    if not any(pointer_of(path).startswith("/households") for path in right):
        right = {**carried(month.billed, changes), **right}
    return validated(Request, right_data(month.billed, right)) if right else month.billed


def _billed(case: Case, number: int, request: Request, catalog: Catalog) -> Bill | Refusal:
    """The bill of a request of a month; what is wrong with it is told by its place in the case."""
    try:
        bill = calculate(request, catalog)
    except InvalidInput as invalid:
        raise InvalidInput(_placed(fault, case, number) for fault in invalid.faults) from None
    if isinstance(bill, Refusal):
        return replace(bill, where=_place(bill.where, case, number))
    return bill


def _placed(fault: Fault, case: Case, number: int) -> Fault:
    return replace(fault, where=_place(fault.where, case, number))


def _place(where: str, case: Case, number: int) -> str:
    """A place of a month's request as the case has it: what is right stands there, the rest in the month."""
    if where in _OF_THE_CASE or not where.startswith("/"):  # a document is no part of a request
        return where
    for told, above in ((case.months[number].right, f"/months/{number}"), (case.right, "")):
        for path in told:
            if where == pointer_of(path) or where.startswith(pointer_of(path) + "/"):
                return _right_place(above, path)
    return f"/months/{number}/billed{where}"


def _right_place(above: str, path: str) -> str:
    return f"{above}/right/{path.replace('~', '~0').replace('/', '~1')}"


def _inconsistent(where: str, reason: Reason, **facts: str) -> InvalidInput:
    return InvalidInput([Fault(FaultCode.INCONSISTENT, where, {"reason": reason, **facts})])


def _check_months(case: Case) -> None:
    """See that no day is in two months, and that every day on which a meter was wrong is in one."""
    spans = [month.billed.period.span for month in case.months]
    _check_overlap(spans, Reason.MONTHS_OVERLAP)
    if case.span is not None:
        open_days = gaps(spans, within=case.span)
        if open_days:
            raise _inconsistent("/months", Reason.MONTH_NOT_IN_CASE, days=", ".join(map(str, open_days)))


def _check_left_out(case: Case) -> None:
    """See that what is to be left out is there, in one month at least: nobody would miss what a wrong path leaves."""
    data = [told_data(month.billed) for month in case.months]
    told = [(f"/months/{number}", month.right, data[number : number + 1]) for number, month in enumerate(case.months)]
    for above, right, requests in (("", case.right, data), *told):
        for path, value in right.items():
            if value is None and not any(has_place(request, path) for request in requests):
                raise _inconsistent(_right_place(above, path), Reason.NOTHING_TO_LEAVE_OUT, key=path)


def _check_overlap(spans: Sequence[Span], reason: Reason) -> None:
    for before, after in pairwise(sorted(spans, key=lambda span: span.start)):
        if before.intersect(after) is not None:
            raise _inconsistent("/months", reason, start=str(after.start))


def _check_earlier(months: Sequence[CorrectedMonth], earlier: Sequence[Earlier]) -> None:
    """See that no month was corrected by what still stands.

    A case that was undone and made again has the same documents as before: it stands until it is undone as often.
    """
    standing = Counter(each.statement for each in earlier if each.undoes is None)
    standing.subtract(each.undoes for each in earlier if each.undoes is not None)
    for each in earlier:
        if each.undoes is not None or standing[each.statement] <= 0:
            continue
        for month in months:
            if month.original.id in each.bills:
                day = str(month.original.period.start)
                raise _inconsistent("/months", Reason.CORRECTED_BEFORE, id=each.id, day=day)


class _Name(NamedTuple):
    """What line of a bill it is."""

    code: str
    label: str | None
    section: Section
    group: str
    band: Any
    span: Span
    unit: str


def _difference(original: Sequence[Line], right: Sequence[Line]) -> tuple[Line, ...]:
    """The right lines less the original ones; several of one name are one."""
    names: dict[_Name, Line] = {}
    amounts: dict[_Name, Decimal] = {}
    quantities: dict[_Name, Decimal] = {}
    prices: dict[_Name, list[Decimal | None]] = {}
    for sign, lines in ((-1, original), (1, right)):
        for line in lines:
            name = _Name(line.code, line.label, line.section, line.group, line.band, line.span, line.unit)
            names.setdefault(name, line)
            amounts[name] = EXACT.add(amounts.get(name, ZERO), EXACT.multiply(sign, line.amount))
            quantities[name] = EXACT.add(quantities.get(name, ZERO), EXACT.multiply(sign, line.quantity or ZERO))
            prices.setdefault(name, []).append(line.price)
    return tuple(
        replace(
            line,
            quantity=None if line.quantity is None else quantities[name],
            price=prices[name][0] if len(set(prices[name])) == 1 else None,
            amount=amounts[name],
            derivation=(),
        )
        for name, line in names.items()
        if amounts[name] or quantities[name]
    )
