"""The planner: the order in which a plan is made."""

from dataclasses import replace

from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.charges.charge import Metered, Planned
from billcalc.billing.charges.energy.charge import ENERGY
from billcalc.billing.charges.fees.charge import FEES
from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.charges.order import CHARGES
from billcalc.billing.losses.plan import plan_losses
from billcalc.billing.plan import Plan
from billcalc.billing.planning.area import currency_of
from billcalc.billing.planning.billed_before import plan_billed_before
from billcalc.billing.planning.case import REQUEST
from billcalc.billing.planning.checks import check_changes, find_twice, report_splits
from billcalc.billing.planning.declared import demand_checks, interval_checks, limits_in_force
from billcalc.billing.planning.energy import energy_rules, plan_points
from billcalc.billing.planning.holes import note_holes
from billcalc.billing.planning.opening import open_case
from billcalc.billing.planning.registers import note_unread
from billcalc.billing.planning.sharp import plan_sharp
from billcalc.billing.planning.unmeasured import find_unmeasured
from billcalc.billing.planning.unread import find_unread
from billcalc.billing.request import Request
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import Slot
from billcalc.kernel.values import Rounding
from billcalc.tariff.catalog import Catalog

__all__ = ["make_plan"]


def make_plan(request: Request, catalog: Catalog) -> tuple[Plan, dict[Slot, Input]]:
    """Decide how a bill is calculated.

    Returns:
        The plan and the customer's numbers by slot.

    Raises:
        InvalidInput: where the request contradicts itself.
        Refused: where it cannot be billed.
    """
    case = open_case(request, catalog)
    points = plan_points(case)
    losses = plan_losses(case, points)
    check_changes(case, points)
    sharp = plan_sharp(case, points)
    charges = Planned()
    for charge in CHARGES:
        charges = charges.after(charge, charge.plan(case, Metered(points, sharp), charges))
    note_holes(case, charges.of(ENERGY), charges.of(FEES))
    if charges.of(GIVEN):
        case.notes.documents[REQUEST] = None
    note_unread(case, points)
    report_splits(case, points, charges.of(ENERGY))
    energy = energy_rules(case, sharp)
    total_rounding = Rounding(case.notes.cited(case.conventions.total_round), case.conventions.total_round.source)
    demands, intervals = demand_checks(case, charges.of(BASIC)), interval_checks(case)
    limits = limits_in_force(case) if demands or intervals else None
    plan = Plan(
        area=request.area,
        currency=currency_of(request, catalog),
        cycle=request.cycle.span,
        period=request.period.span,
        pieces=case.pieces,
        energy=energy,
        points=points,
        charges=charges,
        total_rounding=total_rounding,
        billed_before=plan_billed_before(case),
        documents=tuple(case.notes.documents),
        losses=losses,
        demand_checks=demands,
        interval_checks=intervals,
        limits=None if limits is None else limits.source,
        problems=case.notes.doubted(),
        undocumented=case.notes.undocumented(),
    )
    found = (*find_twice(case, plan), *find_unmeasured(case, plan), *find_unread(case, plan))
    return replace(plan, problems=(*plan.problems, *found)), case.notes.inputs
