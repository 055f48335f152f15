"""The planner: the order in which a plan is made."""

from dataclasses import replace

from billcalc.billing.plan import Plan
from billcalc.billing.planning.area import check_area
from billcalc.billing.planning.basic import plan_basic
from billcalc.billing.planning.checks import (
    check_changes,
    check_dates,
    check_prices,
    check_references,
    find_twice,
    report_splits,
)
from billcalc.billing.planning.context import REQUEST, Context, refuse
from billcalc.billing.planning.cuts import cut_period
from billcalc.billing.planning.declared import demand_checks, interval_checks, limits_in_force
from billcalc.billing.planning.energy import energy_rules, plan_points
from billcalc.billing.planning.fees import plan_fees
from billcalc.billing.planning.holes import note_holes
from billcalc.billing.planning.lines import plan_energy_lines, plan_given_lines, supplied_by_group
from billcalc.billing.planning.power_factor import adjustable, plan_power_factors
from billcalc.billing.planning.registers import note_unread
from billcalc.billing.planning.scopes import find_scopes
from billcalc.billing.planning.sharp import plan_sharp
from billcalc.billing.planning.unmeasured import find_unmeasured
from billcalc.billing.planning.unread import find_unread
from billcalc.billing.request import Request
from billcalc.kernel.scalars import Input
from billcalc.kernel.wording import RefusalCode
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.conventions import resolve_conventions
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
    check_dates(request)
    check_area(request, catalog)
    context = _context(request, catalog)
    context.pieces = cut_period(context)
    check_references(context)
    check_prices(context)
    scopes = find_scopes(context)
    points = plan_points(context)
    check_changes(context, points)
    supplied = supplied_by_group(context)
    sharp = plan_sharp(context, points)
    energy_lines = plan_energy_lines(context, points, supplied, scopes, sharp)
    basic = plan_basic(context, supplied, scopes)
    fees = plan_fees(context, supplied, scopes)
    note_holes(context, energy_lines, fees)
    given = plan_given_lines(context, scopes)
    adjusted = adjustable(energy_lines, basic, fees, given)
    power_factors = plan_power_factors(context, points, scopes, adjusted)
    if given:
        context.documents[REQUEST] = None
    note_unread(context, points)
    report_splits(context, points, energy_lines, scopes)
    energy = energy_rules(context, sharp)
    total_round = context.told("total_round")
    demands, intervals = demand_checks(context, basic), interval_checks(context)
    limits = limits_in_force(context) if demands or intervals else None
    plan = Plan(
        area=request.area,
        cycle=request.cycle.span,
        period=request.period.span,
        pieces=context.pieces,
        energy=energy,
        points=points,
        energy_lines=energy_lines,
        basic=basic,
        given=given,
        power_factors=power_factors,
        total_round=total_round,
        total_round_source=context.conventions.source("total_round"),
        documents=tuple(context.documents),
        fees=fees,
        demand_checks=demands,
        interval_checks=intervals,
        limits=None if limits is None else limits.source,
        problems=tuple(context.problems),
        undocumented=tuple(sorted(key for key in context.relevant if context.conventions.source(key) is None)),
    )
    found = (*find_twice(plan, scopes), *find_unmeasured(context, plan), *find_unread(context, plan, scopes))
    return replace(plan, problems=(*plan.problems, *found)), context.inputs


def _context(request: Request, catalog: Catalog) -> Context:
    changes = catalog.changes(Kind.CONVENTIONS, request.area, request.period.span)
    if changes:
        what = f"a period in which the conventions of {request.area} change, on {changes[0]},"
        raise refuse(RefusalCode.NOT_SUPPORTED, "/period", what=what)
    layers = [(request.conventions, REQUEST)]
    found = catalog.find(Kind.CONVENTIONS, request.area, request.period.start)
    if found is not None:
        layers.append((found.document.conventions, found.source))
    return Context(request, catalog, resolve_conventions(*layers), found)
