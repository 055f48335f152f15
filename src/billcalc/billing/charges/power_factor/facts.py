"""The facts of a cycle: the energy, and of each scope the power factor and its ratio."""

from collections.abc import Collection, Sequence
from functools import reduce

from billcalc.billing.charges.power_factor import rule as power_factor
from billcalc.billing.charges.power_factor.records import PowerFactorPlan
from billcalc.billing.facts import Facts, ScopeFacts
from billcalc.billing.losses.methods import Loss
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.quantities import Quantities, settling_points
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Refusal, Severity
from billcalc.kernel.units import PURE
from billcalc.kernel.values import Arithmetic, Value, choose, minimum, named, rounded, total
from billcalc.metering.models import ENERGY_REGISTERS, Register
from billcalc.tariff.conventions import NoEnergy

__all__ = ["GivenRatio", "month_facts"]

GivenRatio = tuple[Slot | None, str | None]
"""The ratio that a given line is adjusted at, and its scope; either may be none."""


_REVERSE = (Register.REACTIVE_REVERSE, Register.REACTIVE_Q3, Register.REACTIVE_Q4)
"""What counts capacitive energy: reverse reactive is that of the quadrants III and IV."""


def month_facts(
    points: Sequence[PointPlan],
    plans: Sequence[PowerFactorPlan],
    given: Sequence[GivenRatio],
    quantities: Quantities,
    arithmetic: Arithmetic,
) -> Facts:
    """Compute the facts of a plan's cycle."""
    energies = [energy for part in quantities.parts for energy in part.kwh.values()]
    energy = named(Term.CYCLE_ENERGY, total(energies)) if energies else None
    settling = settling_points(points)
    _doubt_ratios(plans, given, arithmetic)
    return Facts(energy, tuple(_scope(each, quantities, settling, arithmetic) for each in plans), quantities.losses)


def _doubt_ratios(plans: Sequence[PowerFactorPlan], given: Sequence[GivenRatio], arithmetic: Arithmetic) -> None:
    """Doubt a given ratio that no power factor has by the table of its standard, such as one written in percent."""
    rules: dict[str | None, PowerFactorPlan] = {each.scope: each for each in plans}
    for slot, scope in (*((each.ratio, each.scope) for each in plans), *given):
        if slot is None or scope not in rules:
            continue
        rule = rules[scope]
        ratio, known = arithmetic.input(slot), sorted(rule.table.values())
        least, most = (
            arithmetic.constant(each, term=Term.POWER_FACTOR_RATIO, unit=PURE, source=rule.rule_source)
            for each in (known[0], known[-1])
        )
        problem = Problem(ProblemCode.RATIO_NOT_IN_TABLE, Severity.DOUBT, slot.where, {"standard": rule.standard})
        for differs in (ratio > most, ratio < least):
            arithmetic.report(differs, problem, ratio=ratio, least=least, most=most)


def _scope(
    plan: PowerFactorPlan, quantities: Quantities, settling: Collection[str], arithmetic: Arithmetic
) -> ScopeFacts:
    if plan.ratio is not None:
        return ScopeFacts(plan.scope, None, None, None, arithmetic.input(plan.ratio))
    if plan.cosphi is not None:
        cosphi = _given_cosphi(plan, plan.cosphi, arithmetic)
        _doubt_cosphi(plan, cosphi, plan.cosphi.where, arithmetic)
        return ScopeFacts(plan.scope, None, None, cosphi, _ratio(plan, cosphi, None, arithmetic))
    active_parts = _active(plan, quantities)
    reactive_parts = _reactive(plan, quantities)
    if not active_parts or not reactive_parts:
        return ScopeFacts(plan.scope, None, None, None, None)
    active = named(Term.ACTIVE_ENERGY, total(active_parts), plan.scope)
    lost = [loss.reactive for loss in _losses(plan, quantities) if loss.reactive is not None]
    registers = [total([*reactive_parts, *lost])] if plan.nets else [*reactive_parts, *lost]
    reactive = power_factor.reactive_energy(registers=registers, of=(plan.scope,))
    if plan.no_energy is NoEnergy.REFUSE:
        unmatched = choose(active > 0, reactive - reactive, reactive)
        refusal = Refusal(RefusalCode.NO_ACTIVE_ENERGY, "/metering_points", {"scope": plan.scope})
        arithmetic.require(unmatched <= 0, refusal)
    cosphi = power_factor.power_factor(active=active, reactive=reactive, rounding=plan.rounding, of=(plan.scope,))
    ratio = _ratio(plan, cosphi, active, arithmetic)
    _doubt_cosphi(plan, cosphi, "/metering_points", arithmetic)
    _doubt_nothing(plan, active, reactive, arithmetic)
    points = [(point, ENERGY_REGISTERS) for point, _ in plan.points if point in settling]
    settled = _registers(points, plan.assessed, quantities)
    return ScopeFacts(plan.scope, active, reactive, cosphi, ratio, reduce(minimum, settled) if settled else None)


def _doubt_cosphi(plan: PowerFactorPlan, cosphi: Value, where: str, arithmetic: Arithmetic) -> None:
    """Doubt a power factor that hardly anybody has: registers that were exchanged, or a slipped decimal point."""
    if plan.cosphi_least is not None:
        limit = {"scope": plan.scope, "limit": decimal_text(plan.cosphi_least)}
        doubt = Problem(ProblemCode.POWER_FACTOR_IMPLAUSIBLE, Severity.DOUBT, where, limit)
        arithmetic.report(cosphi < plan.cosphi_least, doubt, cosphi=cosphi)


def _doubt_nothing(plan: PowerFactorPlan, active: Value, reactive: Value, arithmetic: Arithmetic) -> None:
    """Doubt that nothing reactive was counted beside active energy: an empty cell that became a number."""
    if plan.cosphi_least is not None:
        doubt = Problem(ProblemCode.REACTIVE_OF_NOTHING, Severity.DOUBT, "/metering_points", {"scope": plan.scope})
        arithmetic.report(choose(reactive <= 0, active, active - active) > 0, doubt, energy=active)


def _active(plan: PowerFactorPlan, quantities: Quantities) -> list[Value]:
    """The active energy that counts: what is billed of the groups that count, or the registers that tell it."""
    if plan.active:
        lost = [loss.active for loss in _losses(plan, quantities)]
        return [*_registers(plan.active, plan.assessed, quantities), *lost]
    return [
        energy
        for part in quantities.parts
        if part.group in plan.groups and part.supply_point in plan.supply_points and part.piece in plan.assessed
        for energy in part.kwh.values()
    ]


def _reactive(plan: PowerFactorPlan, quantities: Quantities) -> list[Value]:
    """What the reactive registers counted; where it is netted, what counts the other direction is below zero."""
    found = []
    for point, registers in plan.points:
        for register in registers:
            counted = _registers([(point, (register,))], plan.assessed, quantities)
            found.extend([-each for each in counted] if plan.nets and register in _REVERSE else counted)
    return found


def _registers(
    points: Sequence[tuple[str, Sequence[Register]]], pieces: Sequence[int], quantities: Quantities
) -> list[Value]:
    """What some registers of metering points counted in some pieces."""
    return [
        value
        for point, registers in points
        for register in registers
        for piece in pieces
        if (value := quantities.registers.get((point, register, piece))) is not None
    ]


def _losses(plan: PowerFactorPlan, quantities: Quantities) -> list[Loss]:
    """What the metering points of a power factor lost in its pieces."""
    lost = quantities.lost
    return [lost[point, piece] for point, _ in plan.points for piece in plan.assessed if (point, piece) in lost]


def _given_cosphi(plan: PowerFactorPlan, slot: Slot, arithmetic: Arithmetic) -> Value:
    """A power factor that is given, rounded as a measured one is."""
    given = arithmetic.input(slot)
    fault = Fault(FaultCode.OUT_OF_RANGE, slot.where, {"range": "0..1"})
    arithmetic.require(given <= 1, fault, value=given)
    arithmetic.settle()
    return named(Term.POWER_FACTOR, rounded(given, plan.rounding), plan.scope)


def _ratio(plan: PowerFactorPlan, cosphi: Value, active: Value | None, arithmetic: Arithmetic) -> Value:
    """The ratio of a scope; none where no energy was used, as the convention ``power_factor.no_energy`` says."""
    of = (plan.scope, plan.standard)
    return power_factor.adjustment_ratio(
        power_factor=cosphi,
        table=plan.table,
        of=of,
        source=plan.rule_source,
        active=active,
        none=arithmetic.constant(0, term=Term.POWER_FACTOR_RATIO, of=of, unit=PURE, source=plan.no_energy_source),
    )
