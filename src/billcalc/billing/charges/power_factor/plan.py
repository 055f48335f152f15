"""The power factor: by which registers it is measured, for whom, and at which standard."""

from collections.abc import Sequence

from billcalc.billing.charges.charge import Planned
from billcalc.billing.charges.power_factor.outside import doubt_what_is_outside
from billcalc.billing.charges.power_factor.records import PowerFactorPlan
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.given_facts import note_given_power_factor
from billcalc.billing.planning.limits import cosphi_least
from billcalc.billing.planning.registers import check_told, reactive_registers
from billcalc.billing.planning.scopes import supply_points_of
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import PURE
from billcalc.kernel.values import Rounding
from billcalc.metering.models import REGISTER_OF, Register
from billcalc.tariff.conventions import EnergySource, ReactiveSum, Scope
from billcalc.tariff.documents import PowerFactorRules
from billcalc.vocabulary import BANDS, Kind

__all__ = ["plan_power_factors"]


def plan_power_factors(case: Case, points: tuple[PointPlan, ...], earlier: Planned) -> tuple[PowerFactorPlan, ...]:
    """One plan for each scope and standard, over the pieces in which the standard holds.

    Args:
        case: the planning state.
        points: the metering points.
        earlier: the charges before it: where some of their money is adjusted, the power factor must be known, and of
            whose nothing is there is a doubt.

    Raises:
        InvalidInput: where a standard is not in the rules.
        Refused: where a register that is needed is missing, or nothing measures the power factor.
    """
    plans = []
    adjusted = earlier.adjustable()
    for scope in dict.fromkeys(case.scopes.groups.values()):
        runs = case.scopes.runs(scope)
        assessed = tuple(piece for run in runs for piece in run)
        for run in runs:
            plan = _plan(case, scope, run, assessed, points)
            is_given = plan.cosphi is not None or plan.ratio is not None
            if not is_given and any(name == scope and plan.span.intersect(span) for name, _, span in adjusted):
                _check_measured(plan, points)
            doubt_what_is_outside(case, scope, run, earlier)
            plans.append(plan)
    return tuple(plans)


def _plan(
    case: Case,
    scope: str,
    pieces: tuple[int, ...],
    assessed: tuple[int, ...],
    points: tuple[PointPlan, ...],
) -> PowerFactorPlan:
    span = case.span_of(pieces)
    standard = case.scopes.standards[scope][pieces[0]]
    supply_points = case.scopes.supply_points[scope]
    rules, rule_source = _rules(case, span, standard, supply_points[0], pieces[0])
    cosphi, ratio = _given_facts(case, scope)
    is_given = cosphi is not None or ratio is not None
    case.notes.decided_by(case.conventions.power_factor.base)
    case.notes.ask(case.conventions.power_factor.scope.pointer)  # it names the line
    if len(case.supply_points) > 1:
        case.notes.decided_by(case.conventions.power_factor.scope)
    elif len(case.groups) > 1:  # one supply point is the account: nothing to doubt
        case.notes.cited(case.conventions.power_factor.scope)
    counting = () if is_given else _counting_groups(case, scope, supply_points, assessed)
    measuring = () if is_given else _measuring(case, scope, supply_points, counting, points)
    return PowerFactorPlan(
        scope=scope,
        standard=standard,
        span=span,
        pieces=pieces,
        assessed=assessed,
        points=tuple(
            (point.id, reactive_registers(case, number, point, needed_by="the power factor"))
            for number, point in measuring
        ),
        groups=counting,
        supply_points=supply_points,
        active=() if is_given else _active(case, measuring, counting),
        table=rules.ratios[standard],
        rounding=Rounding(rules.rounding, rule_source),
        rule_source=rule_source,
        round=case.notes.decided_by(case.conventions.power_factor.round),
        no_energy=case.notes.cited(case.conventions.power_factor.no_energy),
        no_energy_source=case.conventions.power_factor.no_energy.source,
        cosphi=cosphi,
        ratio=ratio,
        cosphi_least=cosphi_least(case),
        nets=not is_given and case.notes.cited(case.conventions.power_factor.reactive_sum) is ReactiveSum.NET,
    )


def _rules(case: Case, span: Span, standard: str, supply_point: str, piece: int) -> tuple[PowerFactorRules, Source]:
    rules, source = case.rules(Kind.POWER_FACTOR_RULES, span, lambda each: (each.rounding, each.tables))
    if standard not in rules.tables:
        facts = {"value": standard, "known": ", ".join(sorted(rules.tables))}
        entry = f"/agreement/{case.pieces[piece].agreement}"
        where = f"{entry}/supply_points/{supply_point}/power_factor_standard"
        raise InvalidInput([Fault(FaultCode.UNKNOWN_STANDARD, where, facts)])
    return rules, source


def _given_facts(case: Case, scope: str) -> tuple[Slot | None, Slot | None]:
    """The slots of a given power factor and of a given ratio; a ratio makes the power factor needless."""
    facts = case.request.facts.get(scope)
    if facts is None:
        return None, None
    for name, number, term in (
        ("power_factor_ratio", facts.power_factor_ratio, Term.POWER_FACTOR_RATIO),
        ("cosphi", facts.cosphi, Term.POWER_FACTOR),
    ):
        if number is not None:
            pointer = f"/facts/{scope}/{name}"
            slot = case.notes.slot(pointer, number, PURE, term, scope)
            note_given_power_factor(case, scope, facts, name)
            return (None, slot) if name == "power_factor_ratio" else (slot, None)
    return None, None


def _counting_groups(case: Case, scope: str, supply_points: Sequence[str], assessed: Sequence[int]) -> tuple[str, ...]:
    """The groups whose energy counts: all at the scope's supply points, except those that say they do not.

    Raises:
        Refused: where a group says both within one power factor.
    """
    by_group = case.conventions.power_factor.scope.value is Scope.GROUP
    counting = []
    for group in case.groups:
        if (by_group and group != scope) or not set(supply_points_of(case, group)).intersection(supply_points):
            continue
        terms = [terms for piece in assessed if (terms := case.group(group, piece)) is not None]
        words = {each.power_factor.counts_energy is not False for each in terms}
        if len(words) > 1:
            raise refuse(RefusalCode.NOT_SUPPORTED, "/agreement", what=Reason.GROUP_FOR_A_PART, group=group)
        if words == {True}:
            counting.append(group)
    return tuple(counting)


def _measuring(
    case: Case,
    scope: str,
    supply_points: Sequence[str],
    counting: Sequence[str],
    points: Sequence[PointPlan],
) -> list[tuple[int, PointPlan]]:
    """The metering points whose reactive energy counts; what is inside another is in its registers already.

    Raises:
        Refused: where a group is assessed for itself and shares a meter with another.
    """
    by_group = case.conventions.power_factor.scope.value is Scope.GROUP
    found = []
    for number, point in enumerate(points):
        groups = {point.group, *(child.group for child in point.children)}
        if by_group and len(groups) > 1 and scope in groups:
            facts = {"what": Reason.SHARED_METER, "scope": scope, "point": point.id}
            raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope", **facts)
        here = scope in groups if by_group else point.supply_point in supply_points
        if here and not point.is_child and groups.intersection(counting):
            found.append((number, point))
    return found


def _active(
    case: Case, measuring: Sequence[tuple[int, PointPlan]], counting: Sequence[str]
) -> tuple[tuple[str, tuple[Register, ...]], ...]:
    """The registers that tell the active energy where that is not simply what is billed; empty where it is.

    Raises:
        Refused: where a total register is missing, or would hold energy that does not count.
    """
    wanted = case.notes.cited(case.conventions.power_factor.active)
    if wanted is None:
        return ()
    found = []
    for number, plan in measuring:
        stated = {register for register, _ in plan.registers}
        bands = tuple(REGISTER_OF[band] for band in BANDS if REGISTER_OF[band] in stated)
        if wanted is EnergySource.TOTAL and Register.TOTAL not in stated:
            raise refuse(RefusalCode.TOTAL_REGISTER_MISSING, f"/metering_points/{number}", point=plan.id)
        telling = bands if wanted is EnergySource.BANDS and bands else (Register.TOTAL,)
        check_told(number, plan, telling)
        found.append((plan.id, telling))
    billed = [
        (plan.id, tuple(REGISTER_OF[band] for band in plan.bands)) for _, plan in measuring if not plan.total_is_billed
    ]
    if found == billed:
        return ()
    for _, plan in measuring:
        silent = {plan.group, *(child.group for child in plan.children)}.difference(counting)
        if silent:
            facts = {"what": Reason.SILENT_REGISTER, "register": wanted.value, "point": min(silent)}
            raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/active", **facts)
    return tuple(found)


def _check_measured(plan: PowerFactorPlan, points: Sequence[PointPlan]) -> None:
    """Refuse where nothing measures a power factor that has money to adjust."""
    living = {point.id for point in points for block in point.blocks if set(block).intersection(plan.assessed)}
    measuring = [registers for point, registers in plan.points if point in living]
    if not any(measuring):
        energy = "reactive" if measuring else "active"
        raise refuse(RefusalCode.POWER_FACTOR_NOT_MEASURED, "/metering_points", scope=plan.scope, energy=energy)
