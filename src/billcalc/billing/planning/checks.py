"""What a request must not contradict, and which changes inside the period need a reading."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from dateutil.relativedelta import relativedelta

from billcalc.agreement.models import SupplyPoint
from billcalc.billing.charges.energy.records import EnergyLinePlan
from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.charges.tax.plan import TAX_ADDED
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.plan import Plan
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.planning.case import NOT_ASSESSED, Case, refuse
from billcalc.billing.planning.prices import paid_in
from billcalc.billing.planning.registers import CLOSING_KINDS, life_of
from billcalc.billing.planning.repeats import parts_twice, without_lines
from billcalc.billing.planning.scopes import ACCOUNT
from billcalc.billing.request import Request
from billcalc.billing.tiers.checks import household_faults
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span, months_from
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.metering.models import ENERGY_REGISTERS, REGISTER_OF, MeteringPoint, Register
from billcalc.tariff.components import BILLED_KWH, FREE_KWH, NOT_ENERGY
from billcalc.tariff.conventions import Scope
from billcalc.vocabulary import Section

__all__ = ["check_changes", "check_dates", "check_prices", "check_references", "find_twice", "report_splits"]


_KNOWN_MAX = 50
"""How many of the names that there are a fault tells."""

_MONTHS_MAX = 12
"""So many months are billed at once."""

_NEARLY_A_MONTH = 27
"""From so many days on a cycle was meant to be a month [day]; less is told by what is billed by the month."""


def check_dates(request: Request) -> None:
    """Find a cycle that misses a month or is several, a period outside it, and an agreement out of order or too late.

    Raises:
        InvalidInput: with what was found.
    """
    faults = []
    period, cycle = request.period.span, request.cycle.span
    months = months_from(cycle.start)
    start, end = request.cycle.start, request.cycle.end
    if cycle.days >= _NEARLY_A_MONTH and end not in months:
        ends = (months[0], *(start + relativedelta(months=number) for number in range(2, _MONTHS_MAX + 1)))
        is_left_whole = request.cycle.as_one or not cycle.covers(period)  # else its months are billed one by one
        if not (is_left_whole and end in ends):
            facts = {"span": str(cycle), "meant": str(min(ends, key=lambda each: abs((each - end).days)))}
            faults.append(Fault(FaultCode.CYCLE_NOT_A_MONTH, "/cycle/to", facts))
    if not cycle.covers(period):
        facts = {"reason": Reason.PERIOD_OUTSIDE, "period": str(period), "cycle": str(cycle)}
        faults.append(Fault(FaultCode.INCONSISTENT, "/period", facts))
    starts = [entry.start for entry in request.agreement]
    for index, start in enumerate(starts[1:], start=1):
        if start <= starts[index - 1]:
            facts = {"reason": Reason.AGREEMENT_NOT_ORDERED, "number": str(index + 1)}
            faults.append(Fault(FaultCode.INCONSISTENT, f"/agreement/{index}/from", facts))
    if min(starts) > period.start:
        gap = Span(period.start, min(starts)).intersect(period)
        faults.append(Fault(FaultCode.AGREEMENT_GAP, "/agreement", {"span": str(gap)}))
    if faults:
        raise InvalidInput(faults)


def check_references(case: Case) -> None:
    """Find what the request names and does not have, what stands twice, and sub-meters that contradict each other.

    Raises:
        InvalidInput: with everything that was found.
    """
    points = case.request.metering_points
    faults = [
        *_agreement_faults(case),
        *_point_faults(case),
        *_child_faults(points),
        *parts_twice(points),
        *household_faults(case),
    ]
    known = set(case.supply_points)
    if case.conventions.power_factor.scope.value is Scope.ACCOUNT:
        known.add(ACCOUNT)
    elif case.conventions.power_factor.scope.value is Scope.GROUP:
        known.update(case.groups)
    for name in case.request.facts:
        faults.extend(_unknown(f"/facts/{name}", "supply point", name, known))
    for index, line in enumerate(case.request.given):
        faults.extend(_unknown(f"/given/{index}/group", "group", line.group, case.groups))
    for index, row in enumerate(case.request.billed_before):
        names = (*case.groups, *sorted(known.difference(case.groups)), *([ACCOUNT] if row.code == TAX_ADDED else []))
        faults.extend(_unknown(f"/billed_before/{index}/group", "group", row.group, names))
    named: set[tuple[str, str]] = set()
    for index, quantity in enumerate(case.request.quantities):
        group, name = quantity.group, quantity.name
        faults.extend(_unknown(f"/quantities/{index}/group", "group", group, case.groups))
        if name in (BILLED_KWH, FREE_KWH, *NOT_ENERGY) or name.startswith("tier_kwh"):
            facts = {"reason": Reason.QUANTITY_COMPUTED, "name": name}
            faults.append(Fault(FaultCode.INCONSISTENT, f"/quantities/{index}/name", facts))
        if (group, name) in named:
            faults.append(Fault(FaultCode.DUPLICATE_ID, f"/quantities/{index}/name", {"id": name}))
        named.add((group, name))
    if faults:
        raise InvalidInput({(fault.code, fault.where): fault for fault in faults}.values())


def check_prices(case: Case) -> None:
    """Find prices of the request that price nothing; note given lines that stand for what is not paid.

    Raises:
        InvalidInput: where a price is told for a component that documents (or the request's own sheet) price already.
    """
    codes: dict[str, set[str]] = {}
    own: set[str] = set()
    for group in case.groups:
        for piece in range(len(case.pieces)):
            paid = paid_in(case, group, piece)
            codes.setdefault(group, {"power_factor"}).update(each.component.code for each in paid)
            own.update(each.component.code for each in paid if each.component.price is None)
    sheet = case.request.price_sheet
    kind = "own component"
    faults = [
        fault
        for code in (sheet.prices if sheet is not None else ())
        for fault in _unknown(f"/price_sheet/prices/{code}", kind, code, own)
    ]
    if faults:
        raise InvalidInput(faults)
    for index, line in enumerate(case.request.given):
        for number, code in enumerate(line.supplies):
            if code not in codes[line.group]:
                facts = {"line": line.code, "component": code, "group": line.group}
                where = f"/given/{index}/supplies/{number}"
                case.notes.note(Problem(ProblemCode.SUPPLIES_NOTHING, Severity.DOUBT, where, facts))


def find_twice(case: Case, plan: Plan) -> Iterator[Problem]:
    """A doubt for each given line under the name of one that is calculated beside it; a refund is no such line."""
    computed = plan.charges.priced()
    adjusted = {each.scope for each in plan.charges.of(POWER_FACTOR)}
    for index, name in enumerate(line.name for line in plan.charges.of(GIVEN)):
        is_adjustment = name.section is Section.POWER_FACTOR and case.scopes.groups.get(name.group) in adjusted
        is_twice = is_adjustment or (name.group, name.code) in computed
        if is_twice and name.section is not Section.REFUNDS:
            component = "power_factor" if is_adjustment else name.code
            facts = {"line": name.code, "group": name.group, "component": component}
            other = OtherReading(Reading.PRICED, request=partial(without_lines, numbers=(index,)))
            yield Doubt(ProblemCode.GIVEN_AND_COMPUTED, Severity.DOUBT, f"/given/{index}/code", facts, others=(other,))


def _unknown(where: str, kind: str, name: str, known: Iterable[str]) -> Iterator[Fault]:
    if name not in known:
        first = sorted(known)[: _KNOWN_MAX + 1]
        stated = first if len(first) <= _KNOWN_MAX else [*first[:_KNOWN_MAX], "…"]
        facts = {"kind": kind, "id": name, "known": ", ".join(stated)}
        yield Fault(FaultCode.UNKNOWN_REFERENCE, where, facts)


def _agreement_faults(case: Case) -> Iterator[Fault]:
    for index, entry in case.entries:
        here = f"/agreement/{index}"
        for name, point in entry.supply_points.items():
            seen: set[str] = set()
            for number, transformer in enumerate(point.transformers):
                if transformer.id in seen:
                    where = f"{here}/supply_points/{name}/transformers/{number}/id"
                    yield Fault(FaultCode.DUPLICATE_ID, where, {"id": transformer.id})
                seen.add(transformer.id)
            yield from _set_faults(f"{here}/supply_points/{name}", point, seen)
        for name in entry.basic.contracts:
            yield from _unknown(f"{here}/basic/contracts/{name}", "contract", name, {"regular", *entry.supply_points})
        for name in entry.basic.further_contracts:
            where = f"{here}/basic/further_contracts/{name}"
            yield from _unknown(where, "supply point", name, entry.supply_points)


def _set_faults(here: str, point: SupplyPoint, known: set[str]) -> Iterator[Fault]:
    """Sets of transformers that name one that is not there, or one twice."""
    for key, sets in (("interlocked", point.interlocked), ("mutual_standby", point.mutual_standby)):
        named: set[str] = set()
        for number, each in enumerate(sets):
            for place, transformer in enumerate(each):
                where = f"{here}/{key}/{number}/{place}"
                yield from _unknown(where, "transformer", transformer, known)
                if transformer in named:
                    yield Fault(FaultCode.DUPLICATE_ID, where, {"id": transformer})
                named.add(transformer)
    if len(point.mutual_standby) == 1:
        yield Fault(FaultCode.INCONSISTENT, f"{here}/mutual_standby", {"reason": Reason.STANDBY_ALONE})
    if point.mutual_standby and point.interlocked:
        yield Fault(FaultCode.INCONSISTENT, f"{here}/interlocked", {"reason": Reason.STANDBY_TWICE})


def _point_faults(case: Case) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, point in enumerate(case.request.metering_points):
        here = f"/metering_points/{index}"
        if point.id in seen:
            yield Fault(FaultCode.DUPLICATE_ID, f"{here}/id", {"id": point.id})
        seen.add(point.id)
        for number, child in enumerate(point.children):
            if child.band is not None and child.band not in ENERGY_REGISTERS:
                facts = {"value": child.band.value, "known": ", ".join(ENERGY_REGISTERS)}
                yield Fault(FaultCode.UNKNOWN_WORD, f"{here}/children/{number}/band", facts)
        yield from _rollover_faults(here, point)
        life = life_of(case, point)
        places = dict.fromkeys(piece.agreement for piece in case.pieces if piece.span.intersect(life))
        for entry in (case.request.agreement[place] for place in places):
            yield from _unknown(f"{here}/group", "group", point.group, entry.groups)
            yield from _unknown(f"{here}/supply_point", "supply point", point.supply_point, entry.supply_points)
            for number, child in enumerate(point.children):
                yield from _unknown(f"{here}/children/{number}/group", "group", child.group, entry.groups)


def _rollover_faults(here: str, point: MeteringPoint) -> Iterator[Fault]:
    """Marks of a register that went through zero where no reading of it ends a run."""
    for index, reading in enumerate(point.readings):
        for number, register in enumerate(reading.rollover):
            closes = index > 0 and reading.kind in CLOSING_KINDS and register is not Register.MAXIMUM_DEMAND
            if not closes or register not in reading.registers:
                facts = {"reason": Reason.ROLLOVER_WITHOUT_RUN, "register": register.value}
                yield Fault(FaultCode.INCONSISTENT, f"{here}/readings/{index}/rollover/{number}", facts)


def _child_faults(points: Sequence[MeteringPoint]) -> Iterator[Fault]:
    by_id = {point.id: point for point in points}
    parents: dict[str, str] = {}
    for index, point in enumerate(points):
        for number, child in enumerate(point.children):
            if child.point is None:
                continue
            here = f"/metering_points/{index}/children/{number}"
            other = by_id.get(child.point)
            yield from _unknown(f"{here}/point", "metering point", child.point, by_id)
            if child.point in parents:
                facts = {"child": child.point, "other": parents[child.point], "point": point.id}
                yield Fault(FaultCode.INCONSISTENT, f"{here}/point", {"reason": Reason.SUB_METER_OF_TWO, **facts})
            parents[child.point] = point.id
            if other is not None and (other.group, other.supply_point) != (child.group, point.supply_point):
                facts = {"reason": Reason.SUB_METER_ELSEWHERE, "point": other.id}
                yield Fault(FaultCode.INCONSISTENT, f"{here}/point", facts)
            if _is_inside(point.id, child.point, parents):
                facts = {"reason": Reason.SUB_METERS_IN_A_CIRCLE, "child": child.point, "point": point.id}
                yield Fault(FaultCode.INCONSISTENT, f"{here}/point", facts)


def _is_inside(point: str, other: str, parents: Mapping[str, str]) -> bool:
    """Whether a metering point lies, at any depth, inside another; ``parents`` has no circle but through both."""
    passed = set()
    while point in parents and point not in passed:
        passed.add(point)
        point = parents[point]
        if point == other:
            return True
    return False


def check_changes(case: Case, points: Sequence[PointPlan]) -> None:
    """Refuse a change of class or billing that no reading separates.

    Raises:
        Refused: where a group's class or billing changes on a day on which one of its meters was not read.
    """
    for before in range(len(case.pieces) - 1):
        day = case.pieces[before + 1].span.start
        for name, terms in case.agreement_of(before + 1).groups.items():
            old = case.group(name, before)
            if old is None or (old.customer_class, old.subclass, old.billing) == (
                terms.customer_class,
                terms.subclass,
                terms.billing,
            ):
                continue
            what = Reason.BILLING_OF_GROUP if old.billing is not terms.billing else Reason.CLASS_OF_GROUP
            for number, point in enumerate(points):
                if name in _groups(point) and _crosses(case, point, day, _billed(point)):
                    raise refuse(
                        RefusalCode.CHANGE_WITHOUT_READING, f"/metering_points/{number}/readings",
                        what=what, group=name, day=str(day), point=point.id,
                    )  # fmt: skip


def report_splits(case: Case, points: Sequence[PointPlan], lines: Sequence[EnergyLinePlan]) -> None:
    """Put a problem on the bill for each point whose energy was split by days where a line starts or ends.

    Also where the assessment of a scope starts or ends: its power factor then rests on energies that were split.
    """
    for number, point in enumerate(points):
        groups = _groups(point)
        by_line = {
            piece
            for line in lines
            if not line.slots and line.name.group in groups
            for piece in (line.pieces[0], line.pieces[-1] + 1)
        }
        assessed = {
            piece
            for scope, standards in case.scopes.standards.items()
            if point.supply_point in case.scopes.supply_points[scope]
            for piece in range(1, len(standards))
            if (standards[piece] == NOT_ASSESSED) != (standards[piece - 1] == NOT_ASSESSED)
        }
        everything = [register for register, _ in point.registers]
        for piece in sorted((by_line | assessed) & set(range(1, len(case.pieces)))):
            day = case.pieces[piece].span.start
            if _crosses(case, point, day, everything if piece in assessed else _billed(point)):
                facts = {"point": point.id, "day": str(day)}
                where = f"/metering_points/{number}/readings"
                problem = Problem(ProblemCode.ENERGY_SPLIT_BY_DAYS, Severity.DOUBT, where, facts)
                case.notes.problems.append(problem)


def _groups(point: PointPlan) -> set[str]:
    return {point.group, *(child.group for child in point.children)}


def _billed(point: PointPlan) -> list[Register]:
    """The registers that tell a point's billed energy."""
    registers = [REGISTER_OF[band] for band in point.bands]
    return [*registers, Register.TOTAL] if point.total_is_billed else registers


def _crosses(case: Case, point: PointPlan, day: date, registers: Sequence[Register]) -> bool:
    """Whether some energy of a point was not read on a day inside what tells it."""
    return any(
        case.pieces[teller.pieces[0]].span.start < day <= case.pieces[teller.pieces[-1]].span.start
        for register, tellers in point.registers
        if register in registers
        for teller in tellers
    )
