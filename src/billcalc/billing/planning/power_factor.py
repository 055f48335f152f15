"""The power factor: which scopes are assessed, by which registers, at which standard."""

from billcalc.agreement.models import Agreement
from billcalc.billing.plan import PointPlan, PowerFactorPlan
from billcalc.billing.planning.context import Context, refuse
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.kernel.units import PURE
from billcalc.kernel.wording import FaultCode, ProblemCode, RefusalCode
from billcalc.metering.models import Register
from billcalc.tariff.conventions import EnergySource, NoEnergy, Reactive, RoundScope, Scope
from billcalc.tariff.documents import PowerFactorRules
from billcalc.vocabulary import Kind

__all__ = ["group_scopes", "plan_power_factors"]

NOT_ASSESSED = "none"
ACCOUNT = "account"


def group_scopes(context: Context) -> dict[str, str | None]:
    """The power-factor scope of each group; None where the group's supply point is not assessed.

    Raises:
        Refused: where a group is supplied at several supply points and the scope is the supply point.
    """
    scope = context.conventions["power_factor.scope"]
    scopes: dict[str, str | None] = {}
    for group in {name: None for entry in context.request.agreement for name in entry.groups}:
        supply_points = _supply_points_of(context, group)
        standards = {
            entry.supply_points[name].power_factor_standard
            for entry in context.request.agreement
            for name in supply_points
            if name in entry.supply_points
        }
        if standards <= {NOT_ASSESSED}:
            scopes[group] = None
        elif scope is Scope.ACCOUNT:
            scopes[group] = ACCOUNT
        elif scope is Scope.GROUP:
            scopes[group] = group
        elif len(supply_points) == 1:
            scopes[group] = supply_points[0]
        else:
            what = f"a power factor by supply point for group {group}, which is supplied at {', '.join(supply_points)}"
            raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope", what=what)
    return scopes


def _supply_points_of(context: Context, group: str) -> list[str]:
    """The supply points at which a group is supplied; all of them where nothing is metered."""
    found: dict[str, None] = {}
    for point in context.request.metering_points:
        if point.group == group or any(child.group == group for child in point.children):
            found[point.supply_point] = None
    if not found:
        found = {name: None for entry in context.request.agreement for name in entry.supply_points}
    return list(found)


def plan_power_factors(
    context: Context, points: tuple[PointPlan, ...], scopes: dict[str, str | None]
) -> tuple[PowerFactorPlan, ...]:
    """One plan for each scope and standard, over the pieces in which the standard holds.

    Raises:
        InvalidInput: where a standard is not in the rules.
        Refused: where a register that is needed is missing.
    """
    plans: list[PowerFactorPlan] = []
    given = {line.group for line in context.request.given if "power_factor" in line.supplies}
    for scope in dict.fromkeys(scope for group, scope in scopes.items() if group not in given):
        if scope is not None:
            plans.extend(_scope_plans(context, scope, points, scopes))
    return tuple(plans)


def _scope_plans(
    context: Context, scope: str, points: tuple[PointPlan, ...], scopes: dict[str, str | None]
) -> list[PowerFactorPlan]:
    groups = [group for group, its in scopes.items() if its == scope]
    supply_points = list(dict.fromkeys(name for group in groups for name in _supply_points_of(context, group)))
    standards = [_standard(context, supply_points, piece) for piece in range(len(context.pieces))]
    assessed = tuple(piece for piece, standard in enumerate(standards) if standard != NOT_ASSESSED)
    runs: list[list[int]] = []
    for piece in assessed:
        if runs and runs[-1][-1] == piece - 1 and standards[piece] == standards[piece - 1]:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [
        _plan(context, scope, standards[run[0]], tuple(run), assessed, supply_points, groups, points) for run in runs
    ]


def _standard(context: Context, supply_points: list[str], piece: int) -> str:
    """The standard of a scope in a piece; supply points that are assessed together share one."""
    entry: Agreement = context.agreement_of(piece)
    standards = {
        entry.supply_points[name].power_factor_standard for name in supply_points if name in entry.supply_points
    } or {NOT_ASSESSED}
    if len(standards) > 1:
        what = f"one power factor for supply points with the standards {', '.join(sorted(standards))}"
        raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope", what=what)
    return standards.pop()


def _plan(
    context: Context,
    scope: str,
    standard: str,
    pieces: tuple[int, ...],
    assessed: tuple[int, ...],
    supply_points: list[str],
    groups: list[str],
    points: tuple[PointPlan, ...],
) -> PowerFactorPlan:
    span = context.span_of(pieces)
    found = context.catalog.in_force(Kind.POWER_FACTOR_RULES, context.request.area, span.start)
    rules: PowerFactorRules = found.document
    rule_source = context.use(found, span.start)
    if standard not in rules.tables:
        facts = {"value": standard, "known": ", ".join(sorted(rules.tables))}
        entry = f"/agreement/{context.pieces[pieces[0]].agreement}"
        where = f"{entry}/supply_points/{supply_points[0]}/power_factor_standard"
        raise InvalidInput([Fault(FaultCode.UNKNOWN_STANDARD, where, facts)])
    cosphi, ratio = _given_facts(context, scope)
    is_given = cosphi is not None or ratio is not None
    context.convention("power_factor.base")
    if len(supply_points) > 1 or len(context.request.metering_points) > 1:
        context.convention("power_factor.scope")
    active = context.convention("power_factor.active") if "power_factor.active" in context.conventions.sources else None
    return PowerFactorPlan(
        scope=scope,
        standard=standard,
        span=span,
        pieces=pieces,
        assessed=assessed,
        points=() if is_given else _reactive_points(context, scope, supply_points, points),
        groups=tuple(groups if is_given else _counting_groups(context, groups, supply_points)),
        supply_points=tuple(supply_points),
        active_total=active is EnergySource.TOTAL,
        table=rules.ratios(standard),
        round_cosphi=rules.rounding,
        rule_source=rule_source,
        round=RoundScope(str(context.convention("power_factor.round"))),
        base_source=context.conventions.source("power_factor.base"),
        no_energy=NoEnergy(str(context.conventions["power_factor.no_energy"])),
        no_energy_source=context.conventions.source("power_factor.no_energy"),
        cosphi=cosphi,
        ratio=ratio,
    )


def _given_facts(context: Context, scope: str) -> tuple[str | None, str | None]:
    facts = context.request.facts.get(scope)
    if facts is None:
        return None, None
    for name, number, term in (
        ("power_factor_ratio", facts.power_factor_ratio, Term.POWER_FACTOR_RATIO),
        ("cosphi", facts.cosphi, Term.POWER_FACTOR),
    ):
        if number is not None:
            pointer = f"/facts/{scope}/{name}"
            slot = context.slot(pointer, number, PURE, term, scope)
            context.problems.append(Problem(ProblemCode.GIVEN_FACT, Severity.NOTE, pointer, {"fact": name}))
            return (None, slot) if name == "power_factor_ratio" else (slot, None)
    return None, None


def _counting_groups(context: Context, groups: list[str], supply_points: list[str]) -> list[str]:
    """The groups whose energy counts: all at the scope's supply points, except those that say they do not."""
    everything = {name: None for entry in context.request.agreement for name in entry.groups}
    counting = []
    for group in everything:
        shared = set(_supply_points_of(context, group)) & set(supply_points)
        says_no = any(
            entry.groups[group].power_factor.counts_energy is False
            for entry in context.request.agreement
            if group in entry.groups
        )
        own_scope = context.conventions["power_factor.scope"] is not Scope.GROUP or group in groups
        if shared and own_scope and not says_no:
            counting.append(group)
    return counting


def _reactive_points(
    context: Context, scope: str, supply_points: list[str], points: tuple[PointPlan, ...]
) -> tuple[tuple[str, tuple[Register, ...]], ...]:
    """The points whose reactive energy counts, with the registers that the convention adds.

    Raises:
        Refused: where a point has none of a register and does not say that it is not installed.
    """
    wanted = context.convention("power_factor.reactive")
    assert isinstance(wanted, tuple)
    by_group = context.conventions["power_factor.scope"] is Scope.GROUP
    found = []
    for plan, point in zip(points, context.request.metering_points, strict=True):
        outside = plan.group != scope if by_group else plan.supply_point not in supply_points
        if plan.is_child or outside:
            continue
        told = {register for register, _ in plan.registers}
        registers = []
        for reactive in wanted:
            register = Register(Reactive(reactive).value)
            if register in told:
                registers.append(register)
            elif register not in point.not_installed:
                raise refuse(
                    RefusalCode.REGISTER_MISSING, f"/metering_points/{point.id}", point=point.id,
                    register=register.value, needed_by="the power factor",
                )  # fmt: skip
        found.append((plan.id, tuple(registers)))
    return tuple(found)
