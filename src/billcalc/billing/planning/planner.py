"""The planner: the order in which a plan is made."""

from billcalc.billing.plan import Plan
from billcalc.billing.planning.basic import plan_basic
from billcalc.billing.planning.checks import check_changes, report_splits
from billcalc.billing.planning.context import REQUEST, Context
from billcalc.billing.planning.cuts import cut_period
from billcalc.billing.planning.energy import energy_rules, plan_points
from billcalc.billing.planning.lines import plan_energy_lines, plan_given_lines, supplied_by_group
from billcalc.billing.planning.power_factor import group_scopes, plan_power_factors
from billcalc.billing.request import Request
from billcalc.kernel.scalars import Input
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.conventions import ResolvedConventions, resolve_conventions
from billcalc.vocabulary import Kind

__all__ = ["make_plan"]


def make_plan(request: Request, catalog: Catalog) -> tuple[Plan, dict[str, Input]]:
    """Decide how a bill is calculated.

    Returns:
        The plan and the customer's numbers by slot.

    Raises:
        InvalidInput: where the request contradicts itself.
        Refused: where it cannot be billed.
    """
    context = Context(request, catalog, _conventions(request, catalog))
    context.pieces = cut_period(context)
    check_changes(context)
    scopes = group_scopes(context)
    points = plan_points(context)
    supplied = frozenset(code for codes in supplied_by_group(context).values() for code in codes)
    energy_lines = plan_energy_lines(context, points, scopes)
    basic = plan_basic(context, supplied, scopes)
    given = plan_given_lines(context, scopes)
    power_factors = plan_power_factors(context, points, scopes)
    if given:
        context.documents[REQUEST] = None
    report_splits(context, points, energy_lines)
    total_round = context.conventions["total_round"]
    plan = Plan(
        area=request.area,
        cycle=request.cycle.span,
        period=request.period.span,
        pieces=context.pieces,
        energy=energy_rules(context),
        points=points,
        energy_lines=energy_lines,
        basic=basic,
        given=given,
        power_factors=power_factors,
        total_round=total_round,
        total_round_source=context.conventions.source("total_round"),
        documents=tuple(context.documents),
        problems=tuple(context.problems),
        undocumented=tuple(sorted(key for key in context.relevant if context.conventions.source(key) is None)),
    )
    return plan, context.inputs


def _conventions(request: Request, catalog: Catalog) -> ResolvedConventions:
    layers = [(request.conventions, REQUEST)]
    found = catalog.find(Kind.CONVENTIONS, request.area, request.period.start)
    if found is not None:
        layers.append((found.document.conventions, found.document.source))
    return resolve_conventions(*layers)
