"""What a case claims: each amount with its derivation and its clause."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import pairwise

from billcalc.billing.evaluated import FEN
from billcalc.claims import rule
from billcalc.claims.case import AcrossYears, Act, Breach, ClaimCase, Customer, Debt, Theft, Unmetered
from billcalc.claims.rules import ActRule, ClaimRules, TheftRule, rules_in_force
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.derived import Derived
from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.steps import Step, steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import CNY, DAY, KVA, KW, KWH, PURE, TIMES
from billcalc.kernel.values import Value, named, quotient, rounded

__all__ = ["Claimed", "ClaimedLine", "Item", "claimed"]

_NEXT = timedelta(days=1)


class Item(StrEnum):
    """What an amount is."""

    LATE_FEE = "late_fee"
    LEAST_FEE = "least_fee"
    MADE_GOOD = "made_good"
    BREACH_CHARGE = "breach_charge"
    ENERGY = "energy"
    RENT = "rent"


@dataclass(frozen=True, slots=True)
class ClaimedLine:
    """An amount of a case.

    Attributes:
        pointer: the entry of the case that it is claimed for.
        label: its name on paper, where the case tells one.
        span: the days of a late fee.
        amount: [CNY].
        steps: how it comes about.
        sources: the clauses: of a late fee one of each document in force on its days, else one.
    """

    pointer: str
    item: Item
    label: str | None
    span: Span | None
    amount: Decimal
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A case with its amounts."""

    case: ClaimCase
    lines: tuple[ClaimedLine, ...]

    @property
    def total(self) -> Decimal:
        """All that is claimed [CNY]."""
        return exact_sum(line.amount for line in self.lines)


def claimed(case: ClaimCase, documents: Sequence[ClaimRules]) -> Claimed:
    """Compute what a case claims.

    Args:
        case: what is claimed.
        documents: the dated rules; a late fee follows those in force on each of its days, all else those in force on
            the day on which it was found.

    Raises:
        InvalidInput: where a day is before the first rules, or a multiple is missing, above its ceiling, or not the one
            that is fixed.
    """
    _check_days(case, documents)
    lines = list(_late_fees(case, documents))
    if case.found is not None:
        rules = rules_in_force(documents, case.found)
        _check_multiples(case, rules)
        for place, breach in enumerate(case.breaches):
            lines += _breach(f"/breaches/{place}", breach, rules)
        for place, theft in enumerate(case.thefts):
            lines += _theft(f"/thefts/{place}", theft, rules)
        for place, supply in enumerate(case.unmetered):
            lines += _unmetered(f"/unmetered/{place}", supply, rules)
    return Claimed(case, tuple(lines))


def _check_days(case: ClaimCase, documents: Sequence[ClaimRules]) -> None:
    """See that there are rules for each day."""
    start = min(each.start for each in documents)
    days = [(f"/debts/{place}/due", debt.due + _NEXT) for place, debt in enumerate(case.debts)]
    days += [] if case.found is None else [("/found", case.found)]
    faults = [
        Fault(FaultCode.OUT_OF_RANGE, where, {"value": str(day), "range": f"{start}.."})
        for where, day in days
        if day < start
    ]
    if faults:
        raise InvalidInput(faults)


def _late_fees(case: ClaimCase, documents: Sequence[ClaimRules]) -> Iterator[ClaimedLine]:
    """The fees of each debt, and after the last of one due day what raises them to the least: they are parts of one."""
    last = {(debt.due, debt.customer): place for place, debt in enumerate(case.debts)}
    parts: defaultdict[tuple[date, Customer], list[Value]] = defaultdict(list)
    for place, debt in enumerate(case.debts):
        where, key = f"/debts/{place}", (debt.due, debt.customer)
        for span, sources, fee in _fees(where, debt, documents):
            parts[key].append(fee)
            yield _line(where, Item.LATE_FEE, fee, *sources, span=span)
        if last[key] != place:
            continue
        rules = rules_in_force(documents, max(each.paid for each in case.debts if (each.due, each.customer) == key))
        source = rules.source(rules.late_fee)
        least = Derived(rules.late_fee.least, CNY, "given", term=Term.LEAST_LATE_FEE, source=source)
        raised = _line(where, Item.LEAST_FEE, rule.least_fee(fees=parts[key], least=least), source)
        if raised.amount:
            yield raised


def _fees(where: str, debt: Debt, documents: Sequence[ClaimRules]) -> Iterator[tuple[Span, Sequence[Source], Value]]:
    """The fee of each run of days at one rate, rounded once, with the clauses of the documents in force on them."""
    owed = _told(debt.owed, CNY, Term.OWED, f"{where}/owed")
    first, end = debt.due + _NEXT, debt.paid + _NEXT
    begun = sorted(each.start for each in documents)
    may = {date(debt.due.year + 1, 1, 1), *begun}
    rate_of = partial(_rate, debt, documents)
    cuts = sorted({first, *(day for day in may if first < day < end and rate_of(day) != rate_of(day - _NEXT)), end})
    for start, until in pairwise(cuts):
        in_force = [rules_in_force(documents, day) for day in (start, *(day for day in begun if start < day < until))]
        sources = [rules.source(rules.late_fee) for rules in in_force]
        rate = Derived(rate_of(start), f"{PURE}/{DAY}", "given", term=Term.LATE_RATE, source=sources[0])
        late = Derived(Decimal((until - start).days), DAY, "given", term=Term.DAYS_LATE, pointer=where)
        yield Span(start, until), sources, rule.late_fee(owed=owed, days=late, rate=rate, rounding=FEN)


def _rate(debt: Debt, documents: Sequence[ClaimRules], day: date) -> Decimal:
    rules = rules_in_force(documents, day).late_fee
    if debt.customer is Customer.RESIDENTIAL:
        return rules.residential
    is_whole = debt.across_years is AcrossYears.WHOLE and debt.paid.year > debt.due.year
    return rules.later_year if is_whole or day.year > debt.due.year else rules.same_year


def _check_multiples(case: ClaimCase, rules: ClaimRules) -> None:
    """See that each multiple is the one of the rules, or told and not above their ceiling."""
    told: list[tuple[str, Decimal | None, ActRule | TheftRule]] = [
        (f"/breaches/{place}", breach.multiple, rules.of(breach.act))
        for place, breach in enumerate(case.breaches)
        if breach.act is Act.HIGHER_PRICE or breach.is_two_part
    ]
    told += [(f"/thefts/{place}", theft.multiple, rules.theft) for place, theft in enumerate(case.thefts)]
    faults = [fault for each in told if (fault := _fault_of_multiple(*each)) is not None]
    if faults:
        raise InvalidInput(faults)


def _fault_of_multiple(where: str, told: Decimal | None, of: ActRule | TheftRule) -> Fault | None:
    assert of.multiple is not None, "what is made good has a multiple"
    if told is None:
        return Fault(FaultCode.MISSING_KEY, where, {"key": "multiple"}) if of.is_ceiling else None
    if of.is_ceiling:
        facts = {"value": f"{told:f}", "range": f"0..{of.multiple:f}"}
        return Fault(FaultCode.OUT_OF_RANGE, f"{where}/multiple", facts) if told > of.multiple else None
    facts = {"reason": Reason.FIXED_MULTIPLE, "value": f"{told:f}", "expected": f"{of.multiple:f}"}
    return None if told == of.multiple else Fault(FaultCode.INCONSISTENT, f"{where}/multiple", facts)


def _breach(where: str, breach: Breach, rules: ClaimRules) -> Iterator[ClaimedLine]:
    of = rules.of(breach.act)
    source = rules.source(of)
    if breach.act is Act.HIGHER_PRICE:
        assert breach.difference is not None, "a higher price tells its difference"
        good: Value = named(Term.MADE_GOOD, _told(breach.difference, CNY, Term.AMOUNT, f"{where}/difference"))
    elif breach.is_two_part:
        good = _basic(where, breach, rules)
    else:
        yield _line(where, Item.BREACH_CHARGE, _by_rate(where, breach, of, source), source)
        return
    if not breach.rebilled:
        yield _line(where, Item.MADE_GOOD, good, source)
    multiple = _multiple(where, breach.multiple, of, source)
    charge = rule.multiplied(basis=good, multiple=multiple, rounding=FEN)
    yield _line(where, Item.BREACH_CHARGE, charge, source)


def _basic(where: str, breach: Breach, rules: ClaimRules) -> Value:
    assert breach.price is not None, "two parts tell the price"
    assert breach.capacity is not None, "two parts tell the capacity"
    assert breach.months is not None, "two parts tell the months"
    assert breach.days is not None, "two parts tell the days"
    return rule.basic_charge(
        price=_told(breach.price, f"{CNY}/{KVA}", Term.UNIT_PRICE, f"{where}/price"),
        capacity=_told(breach.capacity, KVA, Term.CAPACITY, f"{where}/capacity"),
        months=_told(breach.months, PURE, Term.MONTHS_OF_USE, f"{where}/months"),
        days=_told(breach.days, DAY, Term.DAYS_OF_USE, f"{where}/days"),
        month=_month(rules),
        rounding=FEN,
    )


def _by_rate(where: str, breach: Breach, of: ActRule, source: Source) -> Value:
    """Rate × capacity × times, as far as they are told; what is done to a meter has no capacity."""
    is_home = breach.customer is Customer.RESIDENTIAL and of.residential is not None
    number = of.residential if is_home else of.rate
    assert number is not None, "what is no multiple has a rate"
    quantities = []
    if breach.capacity is not None:
        quantities.append(_told(breach.capacity, KW, Term.CONNECTED_POWER, f"{where}/capacity"))
    if breach.times is not None:
        quantities.append(_told(Decimal(breach.times), TIMES, Term.TIMES, f"{where}/times"))
    unit = f"{CNY}/{'·'.join(each.unit for each in quantities)}"
    rate = Derived(number, unit, "given", term=Term.BREACH_RATE, source=source)
    return rule.at_rate(rate=rate, quantities=quantities, rounding=FEN)


def _theft(where: str, theft: Theft, rules: ClaimRules) -> Iterator[ClaimedLine]:
    of = rules.theft
    source = rules.source(of)
    if theft.kwh is not None:
        energy: Value = _told(theft.kwh, KWH, Term.UNMETERED_ENERGY, f"{where}/kwh")
    else:
        assert theft.power is not None, "energy that is not known tells its power"
        power = _told(theft.power, KW, Term.CONNECTED_POWER, f"{where}/power")
        hours = _or_of_rules(where, "hours", theft.hours, None if theft.use is None else of.hours[theft.use], source)
        days = _or_of_rules(where, "days", theft.days, of.days, source)
        energy = rule.unmetered_energy(loads=[(power, hours)], days=days)
    price = _told(theft.price, f"{CNY}/{KWH}", Term.UNIT_PRICE, f"{where}/price")
    good = named(Term.MADE_GOOD, rounded(energy * price, FEN))
    if not theft.rebilled:
        yield _line(where, Item.MADE_GOOD, good, source)
    charge = rule.multiplied(basis=good, multiple=_multiple(where, theft.multiple, of, source), rounding=FEN)
    yield _line(where, Item.BREACH_CHARGE, charge, source)


_OF_USE = {"hours": (Term.HOURS_A_DAY, f"h/{DAY}"), "days": (Term.DAYS_OF_USE, DAY)}


def _or_of_rules(where: str, key: str, told: Decimal | None, of_rules: Decimal | None, source: Source) -> Derived:
    term, unit = _OF_USE[key]
    if told is not None:
        return _told(told, unit, term, f"{where}/{key}")
    assert of_rules is not None, "hours that are not told are those of a use"
    return Derived(of_rules, unit, "given", term=term, source=source)


def _unmetered(where: str, supply: Unmetered, rules: ClaimRules) -> Iterator[ClaimedLine]:
    source = rules.source(rules.unmetered)
    days = _told(supply.days, DAY, Term.DAYS_OF_USE, f"{where}/days")
    loads: list[tuple[Value, Value]] = []
    for place, load in enumerate(supply.loads):
        here = f"{where}/loads/{place}"
        power = _told(load.power, KW, Term.CONNECTED_POWER, f"{here}/power")
        share = _told(load.use, PURE, Term.SHARE_IN_USE, f"{here}/use")
        hours = _told(load.hours, f"h/{DAY}", Term.HOURS_A_DAY, f"{here}/hours")
        loads.append((named(Term.POWER_IN_USE, power * share), hours))
    energy = rule.unmetered_energy(loads=loads, days=days)
    for place, each in enumerate(supply.prices):
        price = _told(each.price, f"{CNY}/{KWH}", Term.UNIT_PRICE, f"{where}/prices/{place}/price")
        amount = named(Term.AMOUNT, rounded(energy * price, FEN))
        yield _line(where, Item.ENERGY, amount, source, label=each.label)
    for place, rent in enumerate(supply.rents):
        monthly = _told(rent.amount, CNY, Term.RENT, f"{where}/rents/{place}/amount")
        amount = named(Term.AMOUNT, quotient(monthly * days, _month(rules), FEN))
        yield _line(where, Item.RENT, amount, source, label=rent.label)


def _multiple(where: str, told: Decimal | None, of: ActRule | TheftRule, source: Source) -> Derived:
    if told is not None and of.is_ceiling:
        return _told(told, PURE, Term.MULTIPLE, f"{where}/multiple")
    assert of.multiple is not None, "what is made good has a multiple"
    return Derived(of.multiple, PURE, "given", term=Term.MULTIPLE, source=source)


def _month(rules: ClaimRules) -> Derived:
    return Derived(rules.month_days, DAY, "given", term=Term.DAYS_OF_MONTH)


def _told(number: Decimal, unit: str, term: Term, pointer: str) -> Derived:
    return Derived(number, unit, "given", term=term, pointer=pointer)


def _line(
    where: str, item: Item, value: Value, *sources: Source, label: str | None = None, span: Span | None = None
) -> ClaimedLine:
    assert isinstance(value, Derived), "claims are derived"
    return ClaimedLine(where, item, label, span, value.number, steps_of(value), sources)
