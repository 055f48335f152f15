"""Demands of several metering points that were added up: what they had at one time, no register tells."""

from dataclasses import replace

from billcalc.billing.charges.basic.records import BasicPlan, CapacityPlan, DemandPlan, KindsPlan
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.plan_demand import MaximumDemand
from billcalc.billing.planning.case import Case
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity

__all__ = ["doubt_added"]


def doubt_added(case: Case, plan: BasicPlan) -> None:
    """Tell where a basic charge adds up demands of metering points, with the money of the largest alone.

    Lines that come in at several points have each its demand, and these are added up (发改办价格〔2016〕1583号). Meters
    behind one line had their maxima hardly at one time: together they had at least the largest, and at most the sum.

    Args:
        case: the planning state.
        plan: of the charge, as it stands in the plan of the bill.
    """
    demands = _demands(plan)
    places = [readings[0].demand.where for each in demands if len(each.points) > 1 for readings in each.points]
    if not places:
        return
    name = plan.terms.supply_point
    points = dict.fromkeys(case.request.metering_points[int(where.split("/")[2])].id for where in places)
    facts = {"supply_point": name, "found": ", ".join(points)}
    noted = case.notes.note(Problem(ProblemCode.DEMANDS_ADDED_UP, Severity.DOUBT, f"/facts/{name}/demand_kw", facts))
    case.notes.doubt(noted, OtherReading(Reading.LARGEST, ((plan, _with_largest(plan)),)))


def _demands(plan: BasicPlan) -> list[MaximumDemand]:
    if isinstance(plan, CapacityPlan):
        return []
    if isinstance(plan, DemandPlan):
        return [] if plan.metered is None else [plan.metered]
    if isinstance(plan, KindsPlan):
        return [each.metered for each in plan.bands]
    return [demand for _, demand in plan.bands]


def _with_largest(plan: BasicPlan) -> BasicPlan:
    """The plan with the largest demand of the metering points in place of their sum."""
    assert not isinstance(plan, CapacityPlan), "a capacity has no demands"
    if isinstance(plan, DemandPlan):
        assert plan.metered is not None, "a demand that was added up is known"
        return replace(plan, metered=_largest(plan.metered))
    if isinstance(plan, KindsPlan):
        return replace(plan, bands=tuple(replace(each, metered=_largest(each.metered)) for each in plan.bands))
    return replace(plan, bands=tuple((band, _largest(demand)) for band, demand in plan.bands))


def _largest(demand: MaximumDemand) -> MaximumDemand:
    return replace(demand, is_largest=True)
