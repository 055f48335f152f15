"""Facts of an account in a month, each one number: what checks look at.

They come from a request and its bill; a table of issued facts has the same names as its columns. A fact that several
supply points or metering points would have differently is left out, and the checks that need it say so.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from billcalc.agreement.models import Agreement, BasicMode, Group
from billcalc.audit.checks.told import TOLD_BY_BILL, told_fact
from billcalc.billing.bill import Bill
from billcalc.billing.request import Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.metering.models import ChildKind, MeteringPoint, ReadingKind, Register, Side
from billcalc.vocabulary import Band, Billing, CustomerClass, Section, TransformerState, Voltage, standard_named

__all__ = ["DAYS", "facts_of", "with_history"]

DAYS: Final = ("first_day", "end_day")
"""Facts that are days, as numbers: 1 is the first day of the year 1."""

_BANDS = (Band.SHARP, Band.PEAK, Band.FLAT, Band.VALLEY, Band.DEEP_VALLEY)
_SEALED = (TransformerState.SEALED_STANDBY, TransformerState.SUSPENDED)
_FARM_OR_HOME = (CustomerClass.RESIDENTIAL, CustomerClass.AGRICULTURAL)
_EXCHANGE = (ReadingKind.REMOVAL, ReadingKind.INSTALLATION)
_REGULAR = "regular"
Facts = Mapping[str, Decimal]


def facts_of(request: Request, bill: Bill) -> dict[str, Decimal]:
    """What a request and its bill tell."""
    entry = [each for each in request.agreement if each.start < request.period.end][-1]
    found = dict(_of_bill(bill))
    found.update(_of_classes(entry, bill))
    found.update(_of_agreement(request, entry))
    found.update(_of_power_factor(entry, bill))
    found.update(_of_points(request, entry))
    return found


def with_history(facts: Facts, earlier: Sequence[Facts]) -> dict[str, Decimal]:
    """The facts of a month, with those of the three months before and of the same month of the year before.

    Args:
        facts: of the month.
        earlier: of earlier months, in any order; a month that begins later is none.
    """
    found = dict(facts)
    start = facts["first_day"]
    before = sorted((each for each in earlier if each["first_day"] <= start), key=lambda each: each["first_day"])
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


def _number(truth: object) -> Decimal:
    return Decimal(bool(truth))


def _of_bill(bill: Bill) -> Iterator[tuple[str, Decimal]]:
    yield "first_day", Decimal(bill.period.start.toordinal())
    yield "end_day", Decimal(bill.period.start.toordinal() + bill.period.days)
    yield "days", Decimal(bill.period.days)
    yield "money", bill.total
    yield "basic_money", bill.sections.get(Section.NETWORK_CAPACITY, ZERO)
    yield "adjustment_money", bill.sections.get(Section.POWER_FACTOR, ZERO)
    below = [each for each in bill.lines if each.amount < 0 and (each.price is None or each.price >= 0)]
    unusual = [each for each in below if each.section not in (Section.POWER_FACTOR, Section.REFUNDS)]
    yield "negative_lines", Decimal(len(unusual))
    yield "refund_lines", Decimal(sum(each.section is Section.REFUNDS for each in bill.lines))
    yield "loss_kwh", exact_sum(loss.kwh for loss in bill.losses)
    yield "transformer_loss_kwh", exact_sum(loss.transformer_kwh or ZERO for loss in bill.losses)
    codes = [problem.code for problem in bill.problems]
    yield "feeds_in", _number(ProblemCode.ENERGY_FED_BACK in codes)
    for problem in TOLD_BY_BILL.values():
        yield told_fact(problem), Decimal(codes.count(problem))


def _of_classes(entry: Agreement, bill: Bill) -> Iterator[tuple[str, Decimal]]:
    whole = {group: exact_sum(bands.values()) for group, bands in bill.kwh.items()}
    yield "kwh", exact_sum(whole.values())
    for customer_class in _FARM_OR_HOME:
        told = (kwh for group, kwh in whole.items() if _class(entry, group) is customer_class)
        yield f"{customer_class.value}_kwh", exact_sum(told)
    banded = [bands for bands in bill.kwh.values() if Band.TOTAL not in bands]
    if banded and all(band in _BANDS for bands in banded for band in bands):
        for band in _BANDS:
            yield f"{band.value}_kwh", exact_sum(bands.get(band, ZERO) for bands in banded)


def _class(entry: Agreement, group: str) -> CustomerClass | None:
    told = entry.groups.get(group)
    return None if told is None else told.customer_class


def _of_agreement(request: Request, entry: Agreement) -> Iterator[tuple[str, Decimal]]:
    groups: list[Group] = list(entry.groups.values())
    paying = [each for each in groups if each.customer_class not in _FARM_OR_HOME]
    yield "industrial", _number(paying)
    yield "two_part", _number(any(each.billing is Billing.TWO_PART for each in groups))
    yield "high_voltage", _number(any(each.voltage != Voltage.BELOW_1 for each in groups))
    farms = [each.customer_class is CustomerClass.AGRICULTURAL for each in groups]
    if all(farms) or not any(farms):
        yield "farm", _number(all(farms))
    for name, mode in (
        ("by_capacity", BasicMode.CAPACITY),
        ("by_contract", BasicMode.CONTRACTED),
        ("exempt", BasicMode.EXEMPT),
    ):
        yield name, _number(entry.basic.mode is mode)
    if entry.basic.mode is BasicMode.CONTRACTED and set(entry.basic.contracts) == {_REGULAR}:
        yield "contract_kw", entry.basic.contracts[_REGULAR]
    span = request.cycle.span
    days = [(each.sealed, each.resumed, each.done) for each in request.changes]
    within = [told for told in days if any(day is not None and day in span for day in told)]
    yield "changes", Decimal(len(within))
    moved = [each for each in request.agreement if request.period.start < each.start < request.period.end]
    transformers = [each for point in entry.supply_points.values() for each in point.transformers]
    if transformers and not moved and not within:
        yield "kva", exact_sum(each.kva for each in transformers)
        yield "running_kva", exact_sum(each.kva for each in transformers if each.state not in _SEALED)


def _of_power_factor(entry: Agreement, bill: Bill) -> Iterator[tuple[str, Decimal]]:
    if len(entry.supply_points) != 1:
        return
    [point] = entry.supply_points.values()
    standard = standard_named(point.power_factor_standard)
    yield "standard", ZERO if standard in (None, "none") else Decimal(str(standard))
    for told in bill.power_factors:
        numbers = {"active_kwh": told.active_kwh, "reactive_kvarh": told.reactive_kvarh, "cosphi_told": told.cosphi}
        yield from ((name, number) for name, number in numbers.items() if number is not None)


def _of_points(request: Request, entry: Agreement) -> Iterator[tuple[str, Decimal]]:
    points = request.metering_points
    readings = [each for point in points for each in point.readings]
    yield "estimated", Decimal(sum(each.kind is ReadingKind.ESTIMATED for each in readings))
    yield "by_share", _number(any(child.kind is not ChildKind.METER for point in points for child in point.children))
    sides = {point.side for point in points}
    if len(sides) == 1:
        yield "low_side", _number(Side.LOW in sides)
    yield "loss_told", _number(any(point.losses is not None for point in points))
    if len(points) == 1 and len(entry.supply_points) == 1:
        yield from _of_one_point(request, points[0])


def _of_one_point(request: Request, point: MeteringPoint) -> Iterator[tuple[str, Decimal]]:
    given = request.facts.get(point.supply_point)
    demand = given.demand_kw if given is not None and given.demand_kw is not None else point.given.demand_kw
    exchanged = any(each.kind in _EXCHANGE for each in point.readings)
    yield "exchanged", _number(exchanged)
    within = [each for each in point.readings if request.period.start <= each.at <= request.period.end]
    if len(point.config) == 1:
        multiplier = point.config[0].multiplier
        yield "multiplier", multiplier
        shown = [each.registers.get(Register.MAXIMUM_DEMAND) for each in within]
        told = [each for each in shown if each is not None]
        if demand is None and told:
            demand = EXACT.multiply(max(told), multiplier)
    if demand is not None:
        yield "demand_kw", demand
    totals = [(each.at, each.registers[Register.TOTAL]) for each in within if Register.TOTAL in each.registers]
    if totals and min(totals)[0] == request.period.start and max(totals)[0] == request.period.end:
        yield "opening", min(totals)[1]
        yield "closing", max(totals)[1]
