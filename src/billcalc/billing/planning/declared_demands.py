"""Plans what the demands that something is billed by are held against (``billing/declared_demands.py``)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from billcalc.billing.charges.basic.lines import read_instead
from billcalc.billing.charges.basic.records import BasicPlan, CapacityPlan, DemandPlan, KindsPlan, MeasuredPlan
from billcalc.billing.charges.energy.records import EnergyLinePlan
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.plan_checks import DemandCheck
from billcalc.billing.plan_demand import MaximumDemand, ShownDemand
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.declared import pieces_of, running_of
from billcalc.billing.planning.demand import measuring
from billcalc.billing.planning.limits import limits_of
from billcalc.billing.tiers.records import TierPlan
from billcalc.kernel.spans import Span
from billcalc.kernel.units import KVA
from billcalc.vocabulary import Band

__all__ = ["demand_checks"]


def demand_checks(case: Case, basic: Sequence[BasicPlan], energy: Sequence[EnergyLinePlan]) -> tuple[DemandCheck, ...]:
    """What each demand is held against that a basic charge or the limits of tiers follow from: each once."""
    found: dict[tuple[str, Span, MaximumDemand], DemandCheck] = {}
    for check in (*_of_basic_charges(case, basic), *_of_tiers(case, energy)):
        found.setdefault((check.supply_point, check.span, check.demand), check)
    return tuple(
        check if check.band is None else replace(check, of_all_hours=tuple(_of_all_hours(check, found.values())))
        for check in found.values()
    )


def _of_all_hours(check: DemandCheck, beside: Iterable[DemandCheck]) -> Iterable[MaximumDemand]:
    """The demands of all hours of the days of a check; nothing where of some days none is billed."""
    by_span = {
        each.span: each.demand
        for each in beside
        if each.supply_point == check.supply_point and each.band is None and not each.is_apparent
    }
    if check.span in by_span:
        return (by_span[check.span],)
    return by_span.values() if sum(span.days for span in by_span) == check.span.days else ()


def _of_basic_charges(case: Case, basic: Sequence[BasicPlan]) -> Iterator[DemandCheck]:
    for place, plan in enumerate(basic):
        if isinstance(plan, CapacityPlan):
            continue
        at = (plan.terms.supply_point, [payer.group for payer in plan.terms.groups])
        if isinstance(plan, DemandPlan):
            if plan.metered is not None:
                others = (*read_instead(plan, plan.metered), *_bare(plan, plan.metered))
                yield replace(_check(case, *at, plan.terms.span, plan.metered), basic=place, others=others)
            continue
        for band, demand in _demands(plan):
            check = _check(case, *at, case.request.period.span, demand)
            is_apparent = isinstance(plan, MeasuredPlan) and plan.unit == KVA
            yield replace(check, band=band, is_apparent=is_apparent, against_read=bool(demand.read))


def _demands(plan: KindsPlan | MeasuredPlan) -> Iterator[tuple[Band | None, MaximumDemand]]:
    """The demands of some hours, or of all."""
    told = plan.bands if isinstance(plan, MeasuredPlan) else [(each.name, each.metered) for each in plan.bands]
    for name, demand in told:
        yield Band(name) if name and name != Band.TOTAL.value else None, demand


def _of_tiers(case: Case, energy: Sequence[EnergyLinePlan]) -> Iterator[DemandCheck]:
    for line in energy:
        if isinstance(line.counted, TierPlan) and (per := line.counted.counter.per) is not None:
            check = _check(case, per.supply_point, [line.name.group], case.request.period.span, per.demand)
            yield replace(check, against_read=bool(per.demand.read))


def _check(case: Case, supply_point: str, groups: Sequence[str], span: Span, demand: MaximumDemand) -> DemandCheck:
    pieces = pieces_of(case, span)
    return DemandCheck(
        supply_point=supply_point,
        demand=demand,
        where=(demand.given or demand.points[0][0].demand).where,
        shown=tuple(each for readings in demand.points for each in readings if each.multiplier is not None),
        points=tuple(point.id for _, point in measuring(case, supply_point, groups)),
        pieces=pieces,
        span=span,
        capacities=running_of(case, supply_point, pieces),
        limits=limits_of(case.plausible),
    )


def _bare(plan: DemandPlan, demand: MaximumDemand) -> tuple[OtherReading, ...]:
    """What the registers show as kW already; nothing where no multiplier was applied."""
    bare = tuple(tuple(ShownDemand(each.demand, loss=each.loss) for each in readings) for readings in demand.points)
    if bare == demand.points:
        return ()
    other = replace(plan, metered=replace(demand, points=bare))
    return (OtherReading(Reading.WITHOUT_MULTIPLIER, ((plan, other),)),)
