"""What is declared of meters and transformers against what was read: contradictions are faults, the implausible doubts.

Limits of what is plausible are data: the document of kind ``plausibility``.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial, reduce
from itertools import pairwise

from billcalc.billing.declared_demands import capacity_of, check_demand, energies_at, energies_of
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.plan import Plan
from billcalc.billing.plan_checks import (
    CapacityCheck,
    ContractCheck,
    IntervalCheck,
    LossCheck,
    PriceCheck,
    PriceLimit,
    SuppliedCheck,
)
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.planning.repeats import without_point
from billcalc.billing.quantities import Quantities, settling_points
from billcalc.billing.tiers.plausible import check_households
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import HOUR, KVARH, KWH, MONEY, PURE
from billcalc.kernel.values import Arithmetic, Value, absolute, bare, choose, maximum, total
from billcalc.metering.models import REACTIVE_REGISTERS

__all__ = ["check_declared"]


def check_declared(plan: Plan, quantities: Quantities, arithmetic: Arithmetic) -> None:
    """Hold the demands and intervals of a plan against what was declared and read beside them."""
    for check in plan.demand_checks:
        check_demand(plan, check, quantities, arithmetic)
    check_intervals(plan, arithmetic)
    for contract in plan.contract_checks:
        _check_contract(contract, arithmetic)
    for capacity in plan.capacity_checks:
        _check_capacity(plan, capacity, quantities, arithmetic)
    for supplied in plan.supplied_checks:
        _check_supplied(supplied, quantities, arithmetic)
    for price in plan.price_checks:
        _check_price(price, arithmetic)
    for number, point in enumerate(plan.points):
        _check_children(number, point, arithmetic)
    _check_points_apart(plan, quantities, arithmetic)
    for loss in plan.loss_checks:
        _check_loss(loss, quantities, arithmetic)
    check_households(plan.household_checks, quantities, arithmetic)
    arithmetic.settle()


def check_intervals(plan: Plan, arithmetic: Arithmetic) -> None:
    """Hold the largest intervals of a plan against the transformers that they came through."""
    for each in plan.interval_checks:
        _check_interval(each, arithmetic)


def _check_points_apart(plan: Plan, quantities: Quantities, arithmetic: Arithmetic) -> None:
    """Two metering points of one customer do not count the same to the last digit: one was written twice."""
    alike: dict[object, list[tuple[int, PointPlan]]] = defaultdict(list)
    for number, point in enumerate(plan.points):
        told = tuple(register for register, _ in point.registers)
        alike[point.group, point.supply_point, point.is_child, told].append((number, point))
    settling = settling_points(plan.points)
    counted = {
        point.id: () if point.id in settling else tuple(energies_at(point, range(len(plan.pieces)), quantities))
        for point in plan.points
    }
    for (_, before), (number, point) in (pair for points in alike.values() for pair in pairwise(points)):
        ours, theirs = counted[point.id], counted[before.id]
        if ours and len(ours) == len(theirs):
            energy, apart = total(ours), total([absolute(a - b) for a, b in zip(ours, theirs, strict=True)])
            without = OtherReading(Reading.WITHOUT_POINT, request=partial(without_point, number=number))
            facts = {"point": point.id, "other": before.id}
            doubt = Doubt(
                ProblemCode.POINT_TWICE, Severity.DOUBT, f"/metering_points/{number}", facts, others=(without,)
            )
            arithmetic.report(choose(apart <= 0, energy, energy - energy) > 0, doubt, energy=energy)


def _check_children(number: int, point: PointPlan, arithmetic: Arithmetic) -> None:
    """A sub-meter of exactly nothing takes nothing, as one that was left out."""
    for place, child in enumerate(point.children):
        if child.value is not None:
            facts = {"point": point.id, "id": child.id, "group": child.group}
            where = f"/metering_points/{number}/children/{place}/value"
            nothing = Problem(ProblemCode.SUB_METER_OF_NOTHING, Severity.DOUBT, where, facts)
            arithmetic.report(arithmetic.input(child.value) <= 0, nothing)


def _check_loss(check: LossCheck, quantities: Quantities, arithmetic: Arithmetic) -> None:
    """A number of a loss is hardly nothing, or more than such losses are; nor is what follows from it."""
    facts = {"point": check.point, "key": check.key}
    doubt = Problem(ProblemCode.LOSS_IMPLAUSIBLE, Severity.DOUBT, check.where, facts)
    if check.is_some:
        assert isinstance(check.told, Slot), "what is hardly nothing is told"
        nothing = Problem(ProblemCode.LOSS_AT_NOTHING, Severity.DOUBT, check.where, facts)
        arithmetic.report(arithmetic.input(check.told) <= 0, nothing)
    if check.hours is not None and not check.of:
        return  # of a month's loss without transformers nothing more is known
    limit = _loss_limit(check, arithmetic)
    for told, most in _told_losses(check, limit, quantities, arithmetic):
        arithmetic.report(told > most, doubt, told=told, limit=most)


def _loss_limit(check: LossCheck, arithmetic: Arithmetic) -> Value:
    if check.than is not None:
        return arithmetic.input(check.than)
    limit = arithmetic.constant(check.limit, term=Term.LOSS_SHARE, unit=check.unit)
    if check.of:
        limit = limit * reduce(maximum, [total([arithmetic.input(slot) for slot in slots]) for slots in check.of])
    if isinstance(check.hours, Slot):
        return limit * arithmetic.input(check.hours)
    return (
        limit if check.hours is None else limit * arithmetic.constant(check.hours, term=Term.RUNNING_HOURS, unit=HOUR)
    )


def _told_losses(
    check: LossCheck, limit: Value, quantities: Quantities, arithmetic: Arithmetic
) -> Iterator[tuple[Value, Value]]:
    """What is held against the limit, and the limit of it."""
    if isinstance(check.told, Slot):
        yield arithmetic.input(check.told), limit
    elif check.told is not None:
        unit = {"share": PURE, "kwh": KWH, "kvarh": KVARH}[check.key]
        yield arithmetic.constant(check.told, term=Term.LOSS_SHARE, unit=unit), limit
    else:
        for each in (each for each in quantities.losses if each.point == check.point):
            if check.key == "hours":
                yield each.used, limit
            else:
                assert each.line is not None, "the line that is held to its energy lost something"
                yield each.line.active, each.used * limit


def _check_price(check: PriceCheck, arithmetic: Arithmetic) -> None:
    """A price of the request's own is hardly outside what such prices are, or below that of a cheaper band."""
    price, facts = bare(arithmetic.input(check.price)), {"component": check.component}
    if check.limit is not None:
        bounds = {"least": decimal_text(check.limit.least), "most": decimal_text(check.limit.most)}
        told = {**facts, **bounds, "unit": check.limit.unit, "quantity": check.limit.of}
        doubt = Problem(ProblemCode.OWN_PRICE_IMPLAUSIBLE, Severity.DOUBT, check.where, told)
        for is_outside in (price < check.limit.least, price > check.limit.most):
            arithmetic.report(is_outside, doubt, price=price)
    if check.limit is None or check.limit.least <= 0:
        nothing = {**facts, "section": check.section.value}
        doubt = Problem(ProblemCode.PRICED_AT_NOTHING, Severity.DOUBT, check.where, nothing)
        arithmetic.report(absolute(price) <= 0, doubt)
    if check.cheaper is not None:
        below = bare(arithmetic.input(check.cheaper))
        told = {**facts, "band": check.band.value}
        doubt = Problem(ProblemCode.OWN_BANDS_NOT_ORDERED, Severity.DOUBT, check.where, told)
        arithmetic.report(price < below, doubt, price=price, below=below)
    if check.tier_below is not None:
        below, told = bare(arithmetic.input(check.tier_below)), {**facts, "number": str(check.tier)}
        doubt = Problem(ProblemCode.TIERS_NOT_ORDERED, Severity.DOUBT, check.where, told)
        arithmetic.report(price < below, doubt, price=price, below=below)


def _check_contract(check: ContractCheck, arithmetic: Arithmetic) -> None:
    """A contract is hardly for more than the transformers bear that are to bring it."""
    capacity = capacity_of(check.capacities, check.limits, arithmetic)
    assert capacity is not None, "a contract is checked against transformers"
    contract = arithmetic.input(check.contract)
    facts = {"supply_point": check.supply_point}
    doubt = Problem(ProblemCode.CONTRACT_ABOVE_CAPACITY, Severity.DOUBT, check.contract.where, facts)
    arithmetic.report(contract > capacity, doubt, contract=contract, limit=capacity)


def _check_capacity(plan: Plan, check: CapacityCheck, quantities: Quantities, arithmetic: Arithmetic) -> None:
    """Energy hardly comes through transformers that are too small for it, or out of service."""
    energies = energies_of(plan, check.points, check.pieces, quantities)
    if not energies:
        return
    for slots, _ in check.in_service:
        for slot in slots:
            nothing = Problem(ProblemCode.TRANSFORMER_OF_NOTHING, Severity.DOUBT, slot.where, {})
            arithmetic.report(arithmetic.input(slot) <= 0, nothing)
    energy, limit = total(energies), _most(check, KWH, "kW/kVA", arithmetic)
    facts = {"supply_point": check.supply_point, "span": str(check.span)}
    doubt = Doubt(ProblemCode.ENERGY_ABOVE_CAPACITY, Severity.DOUBT, check.where, facts, others=check.others)
    arithmetic.report(energy > limit, doubt, energy=energy, limit=limit)
    if check.limits.least_use is not None:
        unused = choose(energy > 0, limit * check.limits.least_use - energy, energy - energy)
        hardly = Problem(ProblemCode.CAPACITY_HARDLY_USED, Severity.DOUBT, check.where, facts)
        arithmetic.report(unused > 0, hardly, energy=energy, limit=limit)
    most = _most(check, KVARH, "kvar/kVA", arithmetic)
    for register in REACTIVE_REGISTERS:
        told = [
            absolute(found)
            for (point, counted, piece), found in quantities.registers.items()
            if counted is register and point in check.points and piece in check.pieces
        ]
        if told:
            reactive, of = total(told), {**facts, "register": register.value}
            beyond = Problem(ProblemCode.REACTIVE_ABOVE_CAPACITY, Severity.DOUBT, check.where, of)
            arithmetic.report(reactive > most, beyond, energy=reactive, limit=most)


def _most(check: CapacityCheck, energy: str, power: str, arithmetic: Arithmetic) -> Value:
    """The most that what is in service bears in its hours, of active or reactive energy."""
    most = [arithmetic.constant(0, term=Term.METERED_ENERGY, unit=energy)]
    for slots, hours in check.in_service:
        if slots:
            kva = total([arithmetic.input(slot) for slot in slots])
            bears = kva * arithmetic.constant(check.limits.per_capacity, term=Term.CAPACITY, unit=power)
            most.append(bears * arithmetic.constant(hours, term=Term.DAYS, unit=HOUR))
    return total(most)


def _check_supplied(check: SuppliedCheck, quantities: Quantities, arithmetic: Arithmetic) -> None:
    """What given lines stand for is all the energy of their group, but for what their last digits leave."""
    parts = [part for part in quantities.parts if part.group == check.group]
    facts = {"group": check.group, "component": check.component}
    for band in dict.fromkeys(band for part in parts for band in part.kwh):
        if check.bands and band not in check.bands:
            energy = total([part.kwh[band] for part in parts if band in part.kwh])
            missing = {**facts, "band": band.value}
            doubt = Doubt(ProblemCode.SUPPLIES_PART, Severity.DOUBT, check.where, missing, others=check.others)
            arithmetic.report(energy > 0, doubt, energy=energy)
    if parts:
        used = total([energy for part in parts for energy in part.kwh.values()])
        amounts = total([absolute(arithmetic.input(amount)) for amount in check.amounts])
        nothing = {"component": check.component, "section": check.section.value}
        doubt = Doubt(ProblemCode.PRICED_AT_NOTHING, Severity.DOUBT, check.where, nothing, others=check.others)
        arithmetic.report(choose(amounts <= 0, used, used - used) > 0, doubt)
        if check.limit is not None:
            _check_mean(check, amounts, used, check.limit, arithmetic)
    if check.kwh and parts:
        used = total([energy for part in parts for energy in part.kwh.values()])
        told = total([arithmetic.input(kwh) for kwh, _ in check.kwh])
        off = total([arithmetic.input(digit) for _, digit in check.kwh])
        apart = absolute(used - told)
        doubt = Doubt(ProblemCode.SUPPLIED_ENERGY_DIFFERS, Severity.DOUBT, check.where, facts, others=check.others)
        arithmetic.report(apart + apart > off, doubt, told=told, used=used)


def _check_mean(check: SuppliedCheck, amounts: Value, used: Value, limit: PriceLimit, arithmetic: Arithmetic) -> None:
    """What is given for all energy of a group is hardly outside what such prices make of it."""
    facts = {"group": check.group, "component": check.component, "unit": limit.unit}
    facts |= {"least": decimal_text(limit.least), "most": decimal_text(limit.most)}
    doubt = Doubt(ProblemCode.GIVEN_PRICE_IMPLAUSIBLE, Severity.DOUBT, check.where, facts, others=check.others)
    amount = total([arithmetic.input(each) for each in check.amounts])
    unit = f"{MONEY}/{KWH}"
    for bound, is_least in ((limit.least, True), (limit.most, False)):
        due = used * arithmetic.constant(bound, term=Term.UNIT_PRICE, unit=unit)
        held = choose(amounts > 0, amount, due)  # of exactly nothing there is a doubt of its own
        arithmetic.report(held < due if is_least else held > due, doubt, amount=amount, used=used)


def _check_interval(check: IntervalCheck, arithmetic: Arithmetic) -> None:
    capacity = capacity_of(check.capacities, check.limits, arithmetic)
    assert capacity is not None, "an interval is checked against transformers"
    kw = arithmetic.input(check.kw)
    facts = {"point": check.point, "start": check.start}
    doubt = Doubt(ProblemCode.INTERVAL_ABOVE_CAPACITY, Severity.DOUBT, check.where, facts, others=(check.without,))
    arithmetic.report(kw > capacity, doubt, kw=kw, limit=capacity)
