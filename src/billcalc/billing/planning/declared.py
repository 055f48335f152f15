"""What of a plan is held against declared facts: billed demands, and the largest interval of each metering point."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from billcalc.billing.charges.basic.demand import measuring
from billcalc.billing.charges.basic.records import BasicPlan, BasicTerms, DemandPlan
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.plan_checks import DemandCheck, IntervalCheck
from billcalc.billing.plan_demand import MaximumDemand
from billcalc.billing.planning.capacity import kva_slot
from billcalc.billing.planning.case import Case
from billcalc.billing.request import Request
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.units import KW
from billcalc.metering.interval_models import IntervalUnit
from billcalc.metering.intervals import FillRule
from billcalc.metering.models import MeteringPoint
from billcalc.tariff.catalog import InForce
from billcalc.tariff.plausibility import DemandLimits, Plausibility
from billcalc.vocabulary import Kind

__all__ = ["demand_checks", "interval_checks", "limits_in_force"]

_MINUTES_OF_HOUR = 60


def demand_checks(case: Case, basic: Sequence[BasicPlan]) -> tuple[DemandCheck, ...]:
    """What each billed demand is held against."""
    return tuple(
        _demand_check(case, place, plan.terms, plan.metered)
        for place, plan in enumerate(basic)
        if isinstance(plan, DemandPlan) and plan.metered is not None
    )


def _demand_check(case: Case, place: int, terms: BasicTerms, metered: MaximumDemand) -> DemandCheck:
    groups = [payer.group for payer in terms.groups]
    pieces = tuple(number for number, piece in enumerate(case.pieces) if piece.span.intersect(terms.span) is not None)
    return DemandCheck(
        basic=place,
        where=(metered.given or metered.points[0][0].demand).where,
        shown=tuple(each for readings in metered.points for each in readings if each.multiplier is not None),
        points=tuple(point.id for _, point in measuring(case, terms.supply_point, groups)),
        pieces=pieces,
        span=terms.span,
        capacities=_capacities(case, terms.supply_point, pieces),
        limits=_limits(case),
    )


def limits_in_force(case: Case) -> InForce | None:
    """The document of what is plausible at the start of the period; None where there is none."""
    return case.catalog.find(Kind.PLAUSIBILITY, case.request.area, case.request.period.span.start)


def _limits(case: Case) -> DemandLimits | None:
    found = limits_in_force(case)
    if found is None:
        return None
    assert isinstance(found.document, Plausibility)
    return found.document.demand


def _capacities(case: Case, supply_point: str, pieces: Sequence[int]) -> tuple[tuple[Slot, ...], ...]:
    """By piece the slots of the transformers in service; empty where one piece has none."""
    found = {}
    for piece in pieces:
        standings = case.standings[supply_point][piece]
        found[tuple(each.stated for each in standings if each.runs)] = tuple(
            kva_slot(case, supply_point, piece, each) for each in standings if each.runs
        )
    return tuple(found.values()) if all(found.values()) else ()


def interval_checks(case: Case) -> tuple[IntervalCheck, ...]:
    """What the largest interval of each metering point is held against, where its transformers are told."""
    limits = _limits(case)
    checks = [
        _interval_check(case, number, point, limits)
        for number, point in enumerate(case.request.metering_points)
        if limits is not None
    ]
    return tuple(check for check in checks if check is not None)


def _interval_check(case: Case, number: int, point: MeteringPoint, limits: DemandLimits) -> IntervalCheck | None:
    stated = point.intervals
    if stated is None or _MINUTES_OF_HOUR % stated.step:
        return None
    capacities = _capacities(case, point.supply_point, range(len(case.pieces)))
    values = [(value, -place) for place, value in enumerate(stated.values) if value is not None]
    if not capacities or not values:
        return None
    value, place = max(values)
    per_hour = 1 if stated.unit is IntervalUnit.KW else _MINUTES_OF_HOUR // stated.step
    where = f"/metering_points/{number}/intervals/values/{-place}"
    kw = case.notes.slot(
        f"/metering_points/{number}/intervals", EXACT.multiply(value, per_hour), KW, Term.MAXIMUM_DEMAND, point.id,
        use=f"kw/{-place}",
    )  # fmt: skip
    start = stated.start - place * timedelta(minutes=stated.step)
    without = OtherReading(Reading.FILLED, request=partial(_without, number=number, place=-place))
    return IntervalCheck(point.id, where, str(start), kw, capacities, limits, without)


def _without(request: Request, *, number: int, place: int) -> Request:
    """A request with one interval taken as missing and filled as its neighbours tell."""
    points = list(request.metering_points)
    intervals = points[number].intervals
    assert intervals is not None, "the doubt is about an interval"
    values = list(intervals.values)
    values[place] = None
    filled = intervals.model_copy(update={"values": tuple(values), "fill": FillRule.NEIGHBOURS})
    points[number] = points[number].model_copy(update={"intervals": filled})
    return request.model_copy(update={"metering_points": tuple(points)})
