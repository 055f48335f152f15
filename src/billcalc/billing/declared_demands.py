"""The demands that something is billed by, against the energy they are of, the transformers, and each other."""

from collections.abc import Iterator, Sequence
from functools import reduce

from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.charges.basic.records import DemandPlan
from billcalc.billing.doubts import Doubt
from billcalc.billing.plan import Plan
from billcalc.billing.plan_checks import Capacities, DemandCheck
from billcalc.billing.plan_demand import MaximumDemand, ShownDemand
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.quantities import Quantities, maximum_demand, settling_points
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Severity
from billcalc.kernel.units import KVA, KW, KWH, PURE
from billcalc.kernel.values import Arithmetic, Value, maximum, total
from billcalc.metering.declared import check_shown
from billcalc.metering.models import REGISTER_OF, Register
from billcalc.tariff.plausibility import DemandLimits
from billcalc.vocabulary import Band

__all__ = ["capacity_of", "check_demand", "energies_at", "energies_of"]

_HOURS_OF_DAY, _MINUTES_OF_HOUR = 24, 60


def check_demand(plan: Plan, check: DemandCheck, quantities: Quantities, arithmetic: Arithmetic) -> None:
    """Hold a demand against what its registers show, what was read beside it, its energy and its transformers."""
    for shown in check.shown:
        _check_register(shown, arithmetic)
    band = "" if check.band is None else check.band.value
    demand = maximum_demand(_demand_of(plan, check), arithmetic, of=check.supply_point, band=band)
    if check.against_read:
        _check_read(check, demand, arithmetic)
    if check.limits is not None:
        if check.of_all_hours:
            _check_of_all_hours(check, check.limits, demand, arithmetic)
        _check_limits(plan, check, check.limits, demand, quantities, arithmetic)


def _demand_of(plan: Plan, check: DemandCheck) -> MaximumDemand:
    """The demand that a plan bills, which may be another reading of the bill than what was planned first."""
    if check.basic is None:
        return check.demand
    billed = plan.charges.of(BASIC)[check.basic]
    assert isinstance(billed, DemandPlan), "what has a place is a charge by demand"
    assert billed.metered is not None, "and one that is known"
    return billed.metered


def _check_register(shown: ShownDemand, arithmetic: Arithmetic) -> None:
    assert shown.shows is not None, "what a register tells is shown by a meter"
    demand = arithmetic.input(shown.demand)
    register, shows = Register.MAXIMUM_DEMAND.value, shown.shows
    check_shown(
        demand, shown.demand.where, register, digits=shows.digits, decimals=shows.decimals, arithmetic=arithmetic
    )


def _check_read(check: DemandCheck, given: Value, arithmetic: Arithmetic) -> None:
    """A demand that is given is hardly another than the meters show."""
    read = maximum_demand(MaximumDemand(None, check.demand.read), arithmetic, of=check.supply_point)
    facts = {"supply_point": check.supply_point, "span": str(check.span)}
    doubt = Doubt(ProblemCode.DEMAND_DIFFERS, Severity.DOUBT, check.where, facts, others=check.others)
    for differs in (given > read, given < read):
        arithmetic.report(differs, doubt, given=given, read=read)


def _check_of_all_hours(check: DemandCheck, limits: DemandLimits, demand: Value, arithmetic: Arithmetic) -> None:
    """The greatest demand of some hours is none above that of all hours, but for what the last digits make."""
    of_days = [maximum_demand(each, arithmetic, of=check.supply_point) for each in check.of_all_hours]
    assert check.band is not None, "it is of some hours"
    facts = {"supply_point": check.supply_point, "band": check.band.value}
    most = reduce(maximum, of_days) + _step(check, limits, arithmetic)
    arithmetic.require(
        demand <= most, Fault(FaultCode.DEMAND_ABOVE_ALL_HOURS, check.where, facts), demand=demand, limit=most
    )


def _check_limits(
    plan: Plan,
    check: DemandCheck,
    limits: DemandLimits,
    demand: Value,
    quantities: Quantities,
    arithmetic: Arithmetic,
) -> None:
    """A demand is not below the mean power of its days, and hardly above what energy and transformers allow.

    Of some hours it is the energy of these alone that it cannot be below, as if it had come in all days; in kVA it is
    no less than in kW.
    """
    facts = {"supply_point": check.supply_point, "span": str(check.span)}
    unit = KVA if check.is_apparent else KW
    if (capacity := capacity_of(check.capacities, limits, arithmetic, unit)) is not None:
        doubt = Doubt(ProblemCode.DEMAND_ABOVE_CAPACITY, Severity.DOUBT, check.where, facts, others=check.others)
        arithmetic.report(demand > capacity, doubt, demand=demand, limit=capacity)
    step = _step(check, limits, arithmetic)
    energies = energies_of(plan, check.points, check.pieces, quantities, check.band)
    if energies:
        hours = arithmetic.constant(check.span.days * _HOURS_OF_DAY, term=Term.DAYS, unit=f"{KWH}/{unit}")
        digit = arithmetic.constant(limits.register_step, term=Term.MAXIMUM_DEMAND, unit=unit)  # of a given one, too
        energy, most = total(energies), (demand * (1 + limits.mean_tolerance) + maximum(step, digit)) * hours
        fault = Fault(FaultCode.DEMAND_BELOW_MEAN, check.where, facts)
        arithmetic.require(energy <= most, fault, demand=demand, energy=energy)
    used = energies_of(plan, check.points, check.pieces, quantities)
    if used and not check.is_apparent:
        told = {**facts, "minutes": str(limits.minutes)}
        doubt = Doubt(ProblemCode.DEMAND_ABOVE_ENERGY, Severity.DOUBT, check.where, told, others=check.others)
        window = demand * arithmetic.constant(limits.minutes, term=Term.DAYS, unit="kWh/kW")
        whole = (total(used) + step * arithmetic.constant(1, term=Term.DAYS, unit="kWh/kW")) * _MINUTES_OF_HOUR
        arithmetic.report(window > whole, doubt, demand=demand, energy=total(used))


def capacity_of(capacities: Capacities, limits: DemandLimits, arithmetic: Arithmetic, unit: str = KW) -> Value | None:
    """The most that the transformers in service bear [kW or kVA]; None where they are not told."""
    if not capacities:
        return None
    most = reduce(maximum, [total([arithmetic.input(slot) for slot in slots]) for slots in capacities])
    per = PURE if unit == KVA else f"{unit}/{KVA}"
    return most * arithmetic.constant(limits.per_capacity, term=Term.CAPACITY, unit=per)


def energies_of(
    plan: Plan, names: Sequence[str], pieces: Sequence[int], quantities: Quantities, band: Band | None = None
) -> list[Value]:
    """What some metering points counted in some pieces; nothing where an estimate is settled or one does not tell.

    Args:
        plan: the structure.
        names: of the metering points.
        pieces: of which days it is.
        quantities: what was counted.
        band: of which hours; None of all.
    """
    if settling_points(plan.points).intersection(names):
        return []
    named = frozenset(names)
    return [
        energy
        for point in plan.points
        if point.id in named and (band is None or (not point.total_is_billed and band in point.bands))
        for energy in energies_at(point, pieces, quantities, band)
    ]


def energies_at(
    point: PointPlan, pieces: Sequence[int], quantities: Quantities, band: Band | None = None
) -> Iterator[Value]:
    """What a metering point counted in some pieces, in all hours or those of a band, where it tells it."""
    for register in _active(point) if band is None else (REGISTER_OF[band],):
        for piece in pieces:
            energy = quantities.registers.get((point.id, register, piece))
            if energy is not None:
                yield energy


def _active(point: PointPlan) -> Sequence[Register]:
    return [Register.TOTAL] if point.total_is_billed else [REGISTER_OF[band] for band in point.bands]


def _step(check: DemandCheck, limits: DemandLimits, arithmetic: Arithmetic) -> Value:
    """What the last digits of the registers make [kW or kVA]: of a given demand nothing."""
    unit = KVA if check.is_apparent else KW
    none = arithmetic.constant(0, term=Term.MAXIMUM_DEMAND, unit=unit)
    multipliers = {slot: arithmetic.input(slot) for each in check.shown if (slot := each.multiplier) is not None}
    step = arithmetic.constant(limits.register_step, term=Term.MAXIMUM_DEMAND, unit=unit)
    return total([none, *(step * multiplier for multiplier in multipliers.values())])
