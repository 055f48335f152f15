"""The planner: the order in which a plan is made."""

import re
from dataclasses import replace

from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.charges.charge import Metered, Planned
from billcalc.billing.charges.energy.charge import ENERGY
from billcalc.billing.charges.fees.charge import FEES
from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.charges.hourly.charge import HOURLY
from billcalc.billing.charges.order import CHARGES
from billcalc.billing.charges.tax.charge import TAX
from billcalc.billing.losses.plan import plan_losses
from billcalc.billing.plan import Plan
from billcalc.billing.planning.alike import doubt_priced_alike
from billcalc.billing.planning.area import currency_of, tax_inside_of
from billcalc.billing.planning.billed_before import plan_billed_before
from billcalc.billing.planning.case import REQUEST, Case
from billcalc.billing.planning.checks import check_changes, find_twice, report_splits
from billcalc.billing.planning.declared import capacity_checks, contract_checks, interval_checks, note_spikes
from billcalc.billing.planning.declared_demands import demand_checks
from billcalc.billing.planning.document_prices import doubt_document_prices
from billcalc.billing.planning.energy import energy_rules, plan_points
from billcalc.billing.planning.holes import note_holes
from billcalc.billing.planning.intervals import plan_series
from billcalc.billing.planning.lacking import with_question
from billcalc.billing.planning.limits import limits_of
from billcalc.billing.planning.loss_checks import loss_checks
from billcalc.billing.planning.opening import open_case
from billcalc.billing.planning.own_prices import doubt_priced_twice, price_checks
from billcalc.billing.planning.registers import note_unread
from billcalc.billing.planning.repeats import find_lines_twice, find_meters_again, find_meters_twice
from billcalc.billing.planning.sharp import plan_sharp
from billcalc.billing.planning.supplied import given_checks, supplied_checks
from billcalc.billing.planning.unmeasured import find_unmeasured
from billcalc.billing.planning.unread import find_unread
from billcalc.billing.request import Request
from billcalc.billing.tiers.plausible import household_checks
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import Slot
from billcalc.kernel.troubles import Refused
from billcalc.kernel.values import Rounding
from billcalc.tariff.catalog import Catalog

__all__ = ["make_plan"]

_MULTIPLIER = re.compile(r"/metering_points/[0-9]+/config/[0-9]+/multiplier")
"""Where multipliers stand: whatever asks for one, a bill rests on none that no transformers have."""


def make_plan(request: Request, catalog: Catalog) -> tuple[Plan, dict[Slot, Input]]:
    """Decide how a bill is calculated.

    Returns:
        The plan and the customer's numbers by slot.

    Raises:
        InvalidInput: where the request contradicts itself.
        Refused: where it cannot be billed.
    """
    try:
        return _planned(request, catalog)
    except Refused as refused:
        raise Refused(with_question(refused.refusal, request)) from None


def _planned(request: Request, catalog: Catalog) -> tuple[Plan, dict[Slot, Input]]:
    case = open_case(request, catalog)
    points = plan_points(case)
    losses = plan_losses(case, points)
    check_changes(case, points)
    sharp = plan_sharp(case, points)
    charges = _plan_charges(case, Metered(points, sharp))
    note_unread(case, points)
    report_splits(case, points, charges.of(ENERGY))
    limits = case.plausible
    energy = energy_rules(case, sharp, limits_of(limits) if any(point.held_against for point in points) else None)
    total_rounding = Rounding(case.notes.cited(case.conventions.total_round), case.conventions.total_round.source)
    demands, intervals = demand_checks(case, charges.of(BASIC), charges.of(ENERGY)), interval_checks(case)
    contracts, capacities = contract_checks(case, charges.of(BASIC)), capacity_checks(case, points)
    currency = currency_of(request, catalog)
    own_prices = price_checks(case, limits, currency)
    share = None if limits is None else limits.document.given_share
    lost, homes = loss_checks(case, losses, limits), household_checks(case, limits)
    given = given_checks(case, charges.of(GIVEN), share)
    supplied = supplied_checks(case, charges.of(GIVEN), limits, currency)
    spikes = None if limits is None else limits.document.intervals
    noted = note_spikes(case, spikes)
    noted = doubt_document_prices(case, limits, currency) or noted
    checks = (*demands, *intervals, *contracts, *capacities, *own_prices, *lost, *homes)
    held = (*(each.share for each in given), *(each.limit for each in supplied), energy.register_step)
    is_limited = checks or noted or any(each is not None for each in held)
    plan = Plan(
        area=request.area,
        currency=currency,
        cycle=request.cycle.span,
        period=request.period.span,
        pieces=case.pieces,
        energy=energy,
        points=points,
        charges=charges,
        total_rounding=total_rounding,
        series=plan_series(case, spikes),
        billed_before=plan_billed_before(case, limits, charges.of(TAX)),
        documents=tuple(case.notes.documents),
        losses=losses,
        multipliers=tuple(slot for slot in case.notes.inputs if _MULTIPLIER.fullmatch(slot.where)),
        demand_checks=demands,
        interval_checks=intervals,
        contract_checks=contracts,
        capacity_checks=capacities,
        supplied_checks=supplied,
        price_checks=own_prices,
        loss_checks=lost,
        household_checks=homes,
        given_checks=given,
        limits=tuple(each.source for each in case.limits) if is_limited else (),
        problems=case.notes.doubted(),
        undocumented=case.notes.undocumented(),
        tax_inside=tax_inside_of(request, catalog),
    )
    return _with_findings(case, plan), case.notes.inputs


def _plan_charges(case: Case, metered: Metered) -> Planned:
    """Each charge in its order, with what is doubtful of their prices together."""
    charges = Planned()
    for charge in CHARGES:
        charges = charges.after(charge, charge.plan(case, metered, charges))
    note_holes(case, charges.of(ENERGY), charges.of(HOURLY), charges.of(FEES))
    doubt_priced_twice(case)
    doubt_priced_alike(case)
    if charges.of(GIVEN):
        case.notes.documents[REQUEST] = None
    return charges


def _with_findings(case: Case, plan: Plan) -> Plan:
    """A plan with the problems that are found when it is whole: what stands twice, is not measured, or not read."""
    found = (
        *find_twice(case, plan),
        *find_lines_twice(plan),
        *find_meters_twice(case.request),
        *find_meters_again(case.request),
        *find_unmeasured(case, plan),
        *find_unread(case, plan),
    )
    return replace(plan, problems=(*plan.problems, *found))
