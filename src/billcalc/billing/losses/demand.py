"""Demand with its losses (变损需量、线损需量): what raises a demand that a meter behind the losses shows."""

from dataclasses import replace

from billcalc.billing.plan_demand import DemandLoss, ShownDemand
from billcalc.billing.planning.case import Case
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.units import PURE
from billcalc.metering.loss_models import NoLoss
from billcalc.metering.models import MeteringPoint
from billcalc.tariff.conventions import LossInDemand
from billcalc.vocabulary import Kind

__all__ = ["with_loss"]


def with_loss(
    case: Case, number: int, point: MeteringPoint, shown: tuple[ShownDemand, ...], span: Span
) -> tuple[ShownDemand, ...]:
    """What a metering point shows, with what its losses add: an agreed share, or by the rules and the convention.

    A demand that is given for the supply point is the one that is billed: it has its losses in it.
    """
    loss = _loss(case, number, point, span)
    return shown if loss is None else tuple(replace(each, loss=loss) for each in shown)


def _loss(case: Case, number: int, point: MeteringPoint, span: Span) -> DemandLoss | None:
    losses = point.losses
    if losses is not None and losses.demand_share is not None:
        where = f"/metering_points/{number}/losses/demand_share"
        return DemandLoss(point.id, span, case.notes.slot(where, losses.demand_share, PURE, Term.LOSS_SHARE, point.id))
    if not _is_lossy(case, point):
        return None
    rules = case.catalog.find(Kind.LOSS_RULES, case.request.area, case.request.period.start)
    if rules is not None and not rules.document.in_demand:
        return None
    by_share = case.notes.decided_by(case.conventions.losses.demand) is LossInDemand.SHARE
    return DemandLoss(point.id, span, None) if by_share else None


def _is_lossy(case: Case, point: MeteringPoint) -> bool:
    """Whether a loss is added to what a metering point shows: its own, or its part of one that is shared."""
    if point.losses is not None:
        transformer = point.losses.transformer
        if point.losses.line is not None or not (transformer is None or isinstance(transformer, NoLoss)):
            return True
    return any(
        user.point == point.id
        for each in case.request.metering_points
        if each.losses is not None and each.losses.shared is not None
        for user in each.losses.shared.users
    )
