"""Facts of an account in a month, each one number: what checks look at.

They come from a request and its bill, of one account or of many of one structure: a value is a number or a column, and
no line here can tell which. A fact that several supply points or metering points would have differently is left out,
and the checks that need it say so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Final

from billcalc.agreement.models import Agreement, BasicMode, Group
from billcalc.audit.checks.check import both, when
from billcalc.audit.checks.told import TOLD_BY_BILL, told_fact
from billcalc.billing.bill import Bill
from billcalc.billing.request import GivenLine, Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.values import Value, maximum, total
from billcalc.metering.models import ChildKind, MeteringPoint, ReadingKind, Register, Side
from billcalc.vocabulary import (
    Band,
    Billing,
    CustomerClass,
    Purchase,
    Section,
    TransformerState,
    Voltage,
    standard_named,
)

__all__ = ["DAYS", "Billed", "class_of", "facts_in", "facts_of", "facts_of_request", "with_history"]

DAYS: Final = ("first_day", "end_day")
"""Facts that are days, as numbers: 1 is the first day of the year 1."""

_BANDS = (Band.SHARP, Band.PEAK, Band.FLAT, Band.VALLEY, Band.DEEP_VALLEY)
_SEALED = (TransformerState.SEALED_STANDBY, TransformerState.SUSPENDED)
_FARM_OR_HOME = (CustomerClass.RESIDENTIAL, CustomerClass.AGRICULTURAL)
_EXCHANGE = (ReadingKind.REMOVAL, ReadingKind.INSTALLATION)
_REGULAR = "regular"
_MAINLAND = "cn"
_PURCHASES = (("agent", Purchase.AGENT), ("one_and_half", Purchase.AGENT_1_5), ("market", Purchase.MARKET))
_LAST_DAY = 28
"""The last day of the month that every month has: cycles to the end of the month end on it here."""
Facts = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Billed:
    """A request and what was billed of it, whatever the kind of its values.

    Attributes:
        number: a number of the request by its place, as stated unless it is another in each row; without a place a
            constant.
        lines: section, amount and price.
        power_factors: active and reactive energy and power factor of each scope.
        losses: the whole loss of each metering point and that of its transformer.
        problems: for each problem of the bill its code, and 1 where the bill has it.
    """

    request: Request
    number: Callable[[str, Decimal], Value]
    total: Value
    lines: Sequence[tuple[Section, Value, Value | None]]
    kwh: Mapping[str, Mapping[Band, Value]]
    power_factors: Sequence[tuple[Value | None, Value | None, Value | None]]
    losses: Sequence[tuple[Value, Value | None]]
    problems: Sequence[tuple[ProblemCode, Value]]

    def of(self, number: object) -> Value:
        """A constant; of a truth 1 or 0."""
        return self.number("", number if isinstance(number, Decimal) else Decimal(int(bool(number))))

    def sum(self, values: Sequence[Value]) -> Value:
        """The sum of values; of none 0."""
        return total(values) if values else self.of(ZERO)


def facts_of(request: Request, bill: Bill) -> dict[str, Decimal]:
    """What a request and its bill tell."""
    billed = Billed(
        request,
        lambda _, stated: Plain(stated),
        Plain(bill.total),
        [(line.section, Plain(line.amount), _plain(line.price)) for line in bill.lines],
        {group: {band: Plain(kwh) for band, kwh in bands.items()} for group, bands in bill.kwh.items()},
        [(_plain(each.active_kwh), _plain(each.reactive_kvarh), _plain(each.cosphi)) for each in bill.power_factors],
        [(Plain(each.kwh), _plain(each.transformer_kwh)) for each in bill.losses],
        [(problem.code, Plain(Decimal(1))) for problem in bill.problems],
    )
    return {name: number_of(value) for name, value in facts_in(billed).items()}


def facts_of_request(request: Request) -> dict[str, Decimal]:
    """What a request tells by itself, also one that cannot be billed."""
    unbilled = Billed(request, lambda _, stated: Plain(stated), Plain(ZERO), (), {}, (), (), ())
    return {name: number_of(value) for name, value in _in_request(unbilled).items()}


def facts_in(billed: Billed) -> dict[str, Value]:
    """What a request and what was billed of it tell, as values."""
    _, entry = _entry(billed.request)
    return {**_in_request(billed), **dict(_of_bill(billed)), **dict(_of_classes(entry, billed))}


def _in_request(billed: Billed) -> dict[str, Value]:
    """What needs no bill; power factors are there where it is billed."""
    place, entry = _entry(billed.request)
    found = dict(_of_period(billed))
    found.update(_of_agreement(billed, place, entry))
    found.update(_of_purchase(billed, entry))
    found.update(_of_power_factor(entry, billed))
    found.update(_of_points(billed, entry))
    return found


def class_of(request: Request) -> CustomerClass | None:
    """The class of a request, where all its groups have one."""
    classes = {group.customer_class for group in _entry(request)[1].groups.values()}
    return classes.pop() if len(classes) == 1 else None


def _entry(request: Request) -> tuple[int, Agreement]:
    """What was agreed last in the period, and its place."""
    return [each for each in enumerate(request.agreement) if each[1].start < request.period.end][-1]


def _plain(number: Decimal | None) -> Plain | None:
    return None if number is None else Plain(number)


def with_history(facts: Facts, earlier: Sequence[Facts]) -> dict[str, Decimal]:
    """The facts of a month, with those of the three months before and of the same month of the year before.

    A bill of the same first day is no month before, or it would hide the one that is; it is the bill told last up to
    the day, which has ``_0`` behind its names.

    Args:
        facts: of the month.
        earlier: of earlier months, in any order; a month that begins later is none.
    """
    found = dict(facts)
    start = facts["first_day"]
    until = sorted((each for each in earlier if each["first_day"] <= start), key=lambda each: each["first_day"])
    found.update({f"{name}_0": number for each in until[-1:] for name, number in each.items()})
    before = [each for each in until if each["first_day"] < start]
    for behind, each in enumerate(reversed(before[-3:]), 1):
        found.update({f"{name}_{behind}": number for name, number in each.items()})
    middle = _month(start)
    for each in before:
        if _month(each["first_day"]) == (middle[0] - 1, middle[1]):
            found.update({f"{name}_12": number for name, number in each.items()})
    return found


def _month(first_day: Decimal) -> tuple[int, int]:
    day = date.fromordinal(int(first_day))
    return day.year, day.month


def _of_period(billed: Billed) -> Iterator[tuple[str, Value]]:
    period = billed.request.period
    yield "first_day", billed.of(Decimal(period.start.toordinal()))
    yield "end_day", billed.of(Decimal(period.end.toordinal()))
    yield "days", billed.of(Decimal(period.span.days))
    yield "reading_day", billed.of(Decimal(min(billed.request.cycle.end.day, _LAST_DAY)))
    yield "bare_refunds", billed.of(Decimal(sum(map(_is_bare_refund, billed.request.given))))


def _of_bill(billed: Billed) -> Iterator[tuple[str, Value]]:
    yield "money", billed.total
    for name, section in (
        ("basic_money", Section.NETWORK_CAPACITY),
        ("adjustment_money", Section.POWER_FACTOR),
        ("levy_money", Section.LEVIES),
    ):
        yield name, billed.sum([amount for of, amount, _ in billed.lines if of is section])
    own_ways = (Section.POWER_FACTOR, Section.REFUNDS)
    below = [_is_below(amount, price) for section, amount, price in billed.lines if section not in own_ways]
    yield "negative_lines", billed.sum(below)
    yield "refund_lines", billed.of(Decimal(sum(section is Section.REFUNDS for section, _, _ in billed.lines)))
    yield "loss_kwh", billed.sum([whole for whole, _ in billed.losses])
    yield "transformer_loss_kwh", billed.sum([part for _, part in billed.losses if part is not None])
    yield "feeds_in", when(_often(billed, ProblemCode.ENERGY_FED_BACK) > 0, billed.total)
    for problem in TOLD_BY_BILL.values():
        yield told_fact(problem), _often(billed, problem)


def _is_below(amount: Value, price: Value | None) -> Value:
    """1 of an amount below 0 whose price is not."""
    below = when(amount < 0, amount)
    return below if price is None else both(below, when(price >= 0, amount))


def _often(billed: Billed, problem: ProblemCode) -> Value:
    return billed.sum([once for code, once in billed.problems if code is problem])


def _of_classes(entry: Agreement, billed: Billed) -> Iterator[tuple[str, Value]]:
    whole = {group: billed.sum(list(bands.values())) for group, bands in billed.kwh.items()}
    yield "kwh", billed.sum(list(whole.values()))
    for customer_class in _FARM_OR_HOME:
        told = [kwh for group, kwh in whole.items() if _class(entry, group) is customer_class]
        yield f"{customer_class.value}_kwh", billed.sum(told)
    banded = [bands for bands in billed.kwh.values() if Band.TOTAL not in bands]
    if banded and all(band in _BANDS for bands in banded for band in bands):
        for band in _BANDS:
            yield f"{band.value}_kwh", billed.sum([bands[band] for bands in banded if band in bands])


def _class(entry: Agreement, group: str) -> CustomerClass | None:
    told = entry.groups.get(group)
    return None if told is None else told.customer_class


def _of_agreement(billed: Billed, place: int, entry: Agreement) -> Iterator[tuple[str, Value]]:
    request, groups = billed.request, list[Group](entry.groups.values())
    yield "industrial", billed.of(any(each.customer_class not in _FARM_OR_HOME for each in groups))
    yield "two_part", billed.of(any(each.billing is Billing.TWO_PART for each in groups))
    yield "high_voltage", billed.of(any(each.voltage != Voltage.BELOW_1 for each in groups))
    farms = [each.customer_class is CustomerClass.AGRICULTURAL for each in groups]
    if all(farms) or not any(farms):
        yield "farm", billed.of(all(farms))
    for name, mode in (
        ("by_capacity", BasicMode.CAPACITY),
        ("by_contract", BasicMode.CONTRACTED),
        ("exempt", BasicMode.EXEMPT),
    ):
        yield name, billed.of(entry.basic.mode is mode)
    if entry.basic.mode is BasicMode.CONTRACTED and set(entry.basic.contracts) == {_REGULAR}:
        where = f"/agreement/{place}/basic/contracts/{_REGULAR}"
        yield "contract_kw", billed.number(where, entry.basic.contracts[_REGULAR])
    span = request.cycle.span
    days = [(each.sealed, each.resumed, each.done) for each in request.changes]
    within = [told for told in days if any(day is not None and day in span for day in told)]
    yield "changes", billed.of(Decimal(len(within)))
    moved = [each for each in request.agreement if request.period.start < each.start < request.period.end]
    transformers = [
        (each.state, billed.number(f"/agreement/{place}/supply_points/{name}/transformers/{number}/kva", each.kva))
        for name, point in entry.supply_points.items()
        for number, each in enumerate(point.transformers)
    ]
    if transformers and not moved and not within:
        yield "kva", billed.sum([kva for _, kva in transformers])
        yield "running_kva", billed.sum([kva for state, kva in transformers if state not in _SEALED])


def _of_purchase(billed: Billed, entry: Agreement) -> Iterator[tuple[str, Value]]:
    """How industry and commerce buy, where all of it buys in one way; only listed prices contain the surcharges."""
    told = {each.purchase for each in entry.groups.values() if each.customer_class not in _FARM_OR_HOME}
    is_listed = not billed.request.area.startswith(_MAINLAND) or told <= {Purchase.CATALOGUE}
    yield "levies_apart", billed.of(not is_listed)
    if len(told) == 1:
        for name, purchase in _PURCHASES:
            yield name, billed.of(purchase in told)


def _is_bare_refund(line: GivenLine) -> bool:
    """Whether nothing tells what a correction is for, or what it was computed of."""
    return line.section is Section.REFUNDS and line.label is None and (line.kwh is None or line.price is None)


def _of_power_factor(entry: Agreement, billed: Billed) -> Iterator[tuple[str, Value]]:
    if len(entry.supply_points) != 1:
        return
    [point] = entry.supply_points.values()
    standard = standard_named(point.power_factor_standard)
    yield "standard", billed.of(ZERO if standard in (None, "none") else Decimal(str(standard)))
    for told in billed.power_factors:
        names = ("active_kwh", "reactive_kvarh", "cosphi_told")
        yield from ((name, number) for name, number in zip(names, told, strict=True) if number is not None)


def _of_points(billed: Billed, entry: Agreement) -> Iterator[tuple[str, Value]]:
    points = billed.request.metering_points
    readings = [each for point in points for each in point.readings]
    yield "estimated", billed.of(Decimal(sum(each.kind is ReadingKind.ESTIMATED for each in readings)))
    yield "by_share", billed.of(any(child.kind is not ChildKind.METER for point in points for child in point.children))
    sides = {point.side for point in points}
    if len(sides) == 1:
        yield "low_side", billed.of(Side.LOW in sides)
    yield "loss_told", billed.of(any(point.losses is not None for point in points))
    if len(points) == 1 and len(entry.supply_points) == 1:
        yield from _of_one_point(billed, points[0])


def _of_one_point(billed: Billed, point: MeteringPoint) -> Iterator[tuple[str, Value]]:
    request = billed.request
    demand = _given_demand(billed, point)
    yield "exchanged", billed.of(any(each.kind in _EXCHANGE for each in point.readings))
    first, last = request.period.start, request.period.end
    within = [(number, each) for number, each in enumerate(point.readings) if first <= each.at <= last]
    shown = {
        register: [
            (each.at, billed.number(f"/metering_points/0/readings/{number}/{register}", each.registers[register]))
            for number, each in within
            if register in each.registers
        ]
        for register in (Register.MAXIMUM_DEMAND, Register.TOTAL)
    }
    if len(point.config) == 1:
        multiplier = billed.number("/metering_points/0/config/0/multiplier", point.config[0].multiplier)
        yield "multiplier", multiplier
        told = [number for _, number in shown[Register.MAXIMUM_DEMAND]]
        if demand is None and told:
            demand = reduce(maximum, told) * multiplier
    if demand is not None:
        yield "demand_kw", demand
    totals = sorted(shown[Register.TOTAL], key=lambda told: told[0])
    if totals and totals[0][0] == first and totals[-1][0] == last:
        yield "opening", totals[0][1]
        yield "closing", totals[-1][1]


def _given_demand(billed: Billed, point: MeteringPoint) -> Value | None:
    """The demand that is given, of the supply point before that of the metering point."""
    given = billed.request.facts.get(point.supply_point)
    for where, stated in (
        (f"/facts/{point.supply_point}/demand_kw", None if given is None else given.demand_kw),
        ("/metering_points/0/given/demand_kw", point.given.demand_kw),
    ):
        if stated is not None:
            return billed.number(where, stated)
    return None
