"""Plans what the numbers of losses are held against: the most that such losses are, which is data."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from billcalc.billing.losses.records import (
    CoefficientPlan,
    CurrentPlan,
    FixedPlan,
    FormulaPlan,
    LossesPlan,
    LossPlan,
    SharePlan,
    TablePlan,
    TransformerPlan,
)
from billcalc.billing.plan_checks import Capacities, LossCheck
from billcalc.billing.planning.case import REQUEST, Case
from billcalc.billing.planning.declared import running_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.units import KVA, KVAR, KVARH, KW, KWH, PURE
from billcalc.tariff.catalog import InForce
from billcalc.tariff.plausibility import DemandLimits, LossLimits, Plausibility

__all__ = ["loss_checks"]

_HOURS_OF_DAY = 24
_PERCENT = Decimal("0.01")


def loss_checks(case: Case, losses: LossesPlan, found: InForce | None) -> tuple[LossCheck, ...]:
    """What each number of losses that the request tells is held against; nothing where no document tells limits."""
    if found is None:
        return ()
    assert isinstance(found.document, Plausibility)
    limits, demand = found.document.losses, found.document.demand
    if limits is None:
        return ()
    checks = [check for plan in losses.plans for check in _of_point(case, plan, limits)]
    if demand is not None:
        checks += [check for plan in losses.plans for check in _of_hours(case, plan, demand)]
    return tuple({(check.where, check.than): check for check in checks}.values())


def _of_hours(case: Case, plan: LossPlan, demand: DemandLimits) -> Iterator[LossCheck]:
    """What the transformers bear in the hours that they are told to run, of this metering point and of other users."""
    place = case.request.metering_points[plan.number].supply_point
    capacities = running_of(case, place, range(len(case.pieces)))
    bears = LossCheck(plan.point, "", "", None, demand.per_capacity, f"{KW}/{KVA}", capacities)
    hours = plan.segments[0].hours.whole
    if capacities and hours.where:
        yield replace(bears, where=hours.where, key="hours", hours=hours)
    for user in plan.shared.users if capacities and plan.shared is not None else ():
        if user.kwh is not None:
            month = case.request.cycle.span.days * _HOURS_OF_DAY
            yield replace(bears, where=user.kwh.where, key="kwh", told=user.kwh, hours=month)


def _of_point(case: Case, plan: LossPlan, limits: LossLimits) -> Iterator[LossCheck]:
    here = f"/metering_points/{plan.number}/losses"
    place = case.request.metering_points[plan.number].supply_point
    capacities = running_of(case, place, range(len(case.pieces)))
    by_month = replace(
        LossCheck(plan.point, "", "", None, Decimal(0), PURE), of=capacities,
        hours=case.request.cycle.span.days * _HOURS_OF_DAY,
    )  # fmt: skip
    for segment in plan.segments:
        for transformer in segment.transformers:
            yield from _of_transformer(plan.point, transformer, limits)
    method = plan.transformer
    if isinstance(method, FormulaPlan):
        yield _of_slot(plan.point, method.load_shape, limits.load_shape, PURE)
    elif isinstance(method, CoefficientPlan):
        for number, (_, share) in enumerate(method.steps):
            where = f"{here}/transformer/copper/{number}/share"
            yield LossCheck(plan.point, where, "share", share, limits.share, PURE)
        if method.reactive_copper is not None:
            unit = f"{KVARH}/{KWH}"
            yield _of_slot(plan.point, method.reactive_copper, limits.reactive_copper, unit)
    elif isinstance(method, TablePlan) and method.source is REQUEST and capacities:
        yield from _of_table(f"{here}/transformer", method, limits, by_month)
    for agreed in (method, plan.line):
        if isinstance(agreed, SharePlan):
            yield replace(_of_slot(plan.point, agreed.share, limits.share, PURE), is_some=True)
        elif isinstance(agreed, FixedPlan):
            yield from _of_month(agreed, limits, by_month)
    if isinstance(plan.line, CurrentPlan):
        yield LossCheck(plan.point, f"{here}/line", "line", None, limits.share, PURE)
    shared = Slot(f"{here}/demand_share")
    if shared in case.notes.inputs:
        yield _of_slot(plan.point, shared, limits.share, PURE)


def _of_slot(point: str, slot: Slot, limit: Decimal, unit: str, of: Capacities = ()) -> LossCheck:
    return LossCheck(point, slot.where, slot.where.rpartition("/")[2], slot, limit, unit, of)


def _of_transformer(point: str, transformer: TransformerPlan, limits: LossLimits) -> Iterator[LossCheck]:
    """The numbers that the request tells of a transformer; those of a document are as they are."""
    of: Capacities = ((transformer.kva,),)
    for number, limit in ((transformer.p0, limits.no_load), (transformer.pk, limits.full_load)):
        if isinstance(number, Slot):
            yield replace(_of_slot(point, number, limit, f"{KW}/{KVA}", of), is_some=True)
    if isinstance(transformer.p0, Slot) and isinstance(transformer.pk, Slot):
        yield replace(_of_slot(point, transformer.p0, limits.no_load, KW), than=transformer.pk)
    for number, limit in ((transformer.i0, limits.no_load_current), (transformer.uk, limits.short_circuit)):
        if isinstance(number, Slot):
            yield _of_slot(point, number, limit, f"{KVAR}/{KVA}")


def _powers(limits: LossLimits) -> Sequence[tuple[str, Decimal, str]]:
    """The most that transformers lose of their capacity, by what it is told in."""
    active = limits.no_load + limits.full_load
    reactive = (limits.no_load_current + limits.short_circuit) * _PERCENT
    return (("kwh", active, f"{KW}/{KVA}"), ("kvarh", reactive, f"{KVAR}/{KVA}"))


def _of_month(agreed: FixedPlan, limits: LossLimits, by_month: LossCheck) -> Iterator[LossCheck]:
    for key, limit, unit in _powers(limits):
        slot: Slot | None = getattr(agreed, key)
        if slot is not None:
            yield replace(by_month, where=slot.where, key=key, told=slot, limit=limit, unit=unit, is_some=key == "kwh")


def _of_table(here: str, table: TablePlan, limits: LossLimits, by_month: LossCheck) -> Iterator[LossCheck]:
    for number, band in enumerate(table.rows[0][1]):
        for key, limit, unit in _powers(limits):
            told: Decimal | None = getattr(band, key)
            if told is not None:
                where = f"{here}/bands/{number}/{key}"
                yield replace(by_month, where=where, key=key, told=told, limit=limit, unit=unit)
