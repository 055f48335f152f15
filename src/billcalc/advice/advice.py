"""An advice: what months of one customer would have cost otherwise, what it rests on and what it does not know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from billcalc.advice.basic import BasicAdvice, NotAdvised, Rebilled, advise_basic, why_not_basic
from billcalc.advice.months import AskedMonth, ordered
from billcalc.advice.shifting import Shift
from billcalc.advice.uses import Compensation, Shifted, compensations, shifted, whole
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import InvalidInput, Problem, Refusal, Refused, Severity
from billcalc.tariff.catalog import Catalog, Fingerprint

__all__ = ["Advice", "LeftOut", "Unknown", "advise"]

_YEAR = 12


class Unknown(StrEnum):
    """What an advice does not know."""

    SHORT = "short"
    HINDSIGHT = "hindsight"
    LAST_CHANGE = "last_change"
    QUARTER = "quarter"
    NO_RULE = "no_rule"
    CAPACITY = "capacity"
    LOAD_MOVES = "load_moves"
    GIVEN_LINES = "given_lines"
    CAPACITOR = "capacitor"
    LOAD_PROFILE = "load_profile"
    SWITCHED = "switched"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A month that cannot be billed, and is in no sum."""

    asked: AskedMonth
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Advice:
    """What months of a customer would have cost otherwise.

    Attributes:
        months: as they were asked for, with their bills, in their order.
        left_out: those that cannot be billed.
        basic: the ways of paying the basic charge, or why nothing is advised of them.
        shift: how much load is moved.
        shifted: of each month.
        compensations: of each month, by scope of the power factor.
    """

    months: tuple[tuple[AskedMonth, Bill], ...]
    left_out: tuple[LeftOut, ...]
    basic: BasicAdvice | NotAdvised
    shift: Shift
    shifted: tuple[Shifted, ...]
    compensations: tuple[tuple[Compensation, ...], ...]

    @property
    def currency(self) -> str:
        """The currency of all its bills."""
        return self.months[0][1].currency

    @property
    def is_empty(self) -> bool:
        """Whether nothing costs less than what was asked for, but for load that is moved."""
        has_plan = isinstance(self.basic, BasicAdvice) and self.basic.plan is not None
        return not has_plan and all(self.compensated(scope, step) <= 0 for scope, step in self.steps)

    @property
    def moved_saves(self) -> Decimal:
        """What all months would cost less with the load that is moved [money]."""
        return whole([each.rebilled for each in self.shifted], [bill for _, bill in self.months])

    @property
    def steps(self) -> tuple[tuple[str, Decimal], ...]:
        """The steps that are told of the power factors, by scope."""
        told = (
            (each.scope, step.target) for of_month in self.compensations for each in of_month for step in each.steps
        )
        return tuple(dict.fromkeys(told))

    def at_step(self, scope: str, target: Decimal) -> Iterator[tuple[Bill, "Rebilled | None", int]]:
        """The months that tell a step of a scope: their bills, those at the step, and the kvar that it takes."""
        for (_, bill), of_month in zip(self.months, self.compensations, strict=True):
            for each in of_month:
                for step in each.steps:
                    if (each.scope, step.target) == (scope, target):
                        yield bill, step.rebilled, step.kvar

    def compensated(self, scope: str, target: Decimal) -> Decimal:
        """What all months would cost less at a step of a scope [money]."""
        found = list(self.at_step(scope, target))
        return whole([each for _, each, _ in found], [bill for bill, _, _ in found])

    @property
    def documents(self) -> Mapping[str, Fingerprint]:
        """The documents that its bills rest on, by their ids."""
        laws = [month.law for month in self.basic.months] if isinstance(self.basic, BasicAdvice) else []
        found = [*(bill.documents for bill in self.bills), *(law.documents for law in laws if law is not None)]
        return {key: value for documents in found for key, value in documents.items()}

    @property
    def bills(self) -> tuple[Bill, ...]:
        """Every bill that an amount of it is a difference of, each once."""
        found = [bill for _, bill in self.months]
        if isinstance(self.basic, BasicAdvice):
            for month in self.basic.months:
                found += [each.bill for each in month.ways.values()]
                found += [] if month.one_contract is None else [month.one_contract.bill]
        found += [each.rebilled.bill for each in self.shifted if each.rebilled is not None]
        for of_month in self.compensations:
            found += [step.rebilled.bill for each in of_month for step in each.steps if step.rebilled is not None]
        return tuple({bill.id: bill for bill in found}.values())

    @property
    def doubts(self) -> tuple[tuple[Bill, Problem], ...]:
        """What is doubted of the months as they were asked for, and of those of the plan.

        What is stated without effect on one way's bill, such as the price of another, is none where that one uses it.
        """
        bills = [bill for _, bill in self.months]
        if isinstance(self.basic, BasicAdvice) and self.basic.plan is not None:
            bills += [each.bill for each in self.basic.plan.bills]
        told = {bill.id: bill for bill in bills}
        used = self._used_by_ways()
        found = (
            (bill, each)
            for bill in told.values()
            for each in bill.problems
            if each.severity is Severity.DOUBT and (each.code is not _UNREAD or each.where not in used[bill.period])
        )
        once: dict[object, tuple[Bill, Problem]] = {}
        for bill, each in found:
            once.setdefault((bill.period, each.code, each.where, tuple(each.facts.items())), (bill, each))
        return tuple(once.values())

    def _used_by_ways(self) -> Mapping[Span, frozenset[str]]:
        """By month what is stated without effect on some bills of its ways, and not on all."""
        ways: dict[Span, list[frozenset[str]]] = {bill.period: [_unread(bill)] for _, bill in self.months}
        for month in self.basic.months if isinstance(self.basic, BasicAdvice) else ():
            ways[month.present.period] += [_unread(each.bill) for each in month.ways.values()]
        return {span: frozenset.union(*each) - frozenset.intersection(*each) for span, each in ways.items()}

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """What it does not know."""
        return tuple(_unknown(self))


_UNREAD = ProblemCode.STATED_WITHOUT_EFFECT


def _unread(bill: Bill) -> frozenset[str]:
    return frozenset(each.where for each in bill.problems if each.code is _UNREAD)


def _unknown(advice: Advice) -> Iterator[Unknown]:
    if len(advice.months) < _YEAR:
        yield Unknown.SHORT
    basic = advice.basic
    if isinstance(basic, BasicAdvice):
        if basic.contracts is not None:
            yield Unknown.HINDSIGHT
        if basic.start.changed is None:
            yield Unknown.LAST_CHANGE
        if basic.saving(basic.plan) != basic.saving(basic.by_quarter):
            yield Unknown.QUARTER
        if any(month.law is None or month.law.mode is None for month in basic.months):
            yield Unknown.NO_RULE
        yield Unknown.CAPACITY
    if any(each.rebilled is not None for each in advice.shifted):
        yield Unknown.LOAD_MOVES
    if any(line.given for _, bill in advice.months for line in bill.lines):
        yield Unknown.GIVEN_LINES
    if advice.steps:
        yield from (Unknown.CAPACITOR, Unknown.LOAD_PROFILE, Unknown.SWITCHED)


def advise(asked: Sequence[AskedMonth], catalog: Catalog, *, shift: Shift | None = None) -> Advice | Refusal:
    """What months of one customer would have cost otherwise.

    Args:
        asked: the requests, in any order.
        catalog: the tariffs.
        shift: how much load is moved; one per cent of it unless told.

    Returns:
        The advice; or, where no month can be billed, why the first cannot.

    Raises:
        InvalidInput: where a request contradicts itself, or the months are not those of one customer, each once.
    """
    try:
        months = ordered(asked, catalog)
    except Refused as refused:
        return refused.refusal
    billed: list[tuple[AskedMonth, Bill]] = []
    left_out = []
    for each in months:
        try:
            bill = calculate(each.request, catalog, derivation=False)
        except InvalidInput as invalid:
            faults = (replace(fault, where=f"{each.where}{fault.where}") for fault in invalid.faults)
            raise InvalidInput(faults) from None
        if isinstance(bill, Refusal):
            left_out.append(LeftOut(each, replace(bill, where=f"{each.where}{bill.where}")))
        else:
            billed.append((each, bill))
    if not billed:
        return left_out[0].refusal
    whys = [why for why in (why_not_basic(each, catalog) for each, _ in billed) if why is not None]
    how = shift or Shift()
    return Advice(
        months=tuple(billed),
        left_out=tuple(left_out),
        basic=whys[0] if whys else advise_basic(billed, catalog),
        shift=how,
        shifted=tuple(shifted(each, how, catalog) for each, _ in billed),
        compensations=tuple(compensations(each, catalog) for each, _ in billed),
    )
