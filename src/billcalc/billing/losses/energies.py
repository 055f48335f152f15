"""The energies of losses: records and what was metered → kWh and kvarh by metering point and segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from billcalc.billing.losses import rule
from billcalc.billing.losses.methods import Load, Loss, line_loss, transformer_loss
from billcalc.billing.losses.records import LossesPlan, LossPlan, LossSegment, SharedPlan, UserPlan
from billcalc.billing.plan_demand import DemandLoss
from billcalc.billing.sub_meters import Gross
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Severity
from billcalc.kernel.values import Arithmetic, Value, absolute, choose, named, total
from billcalc.metering.loss_models import ShareBy
from billcalc.metering.models import Register
from billcalc.tariff.conventions import LineLossOf

__all__ = ["Counted", "PointLoss", "losses_of", "raised_demand"]

Counted = Mapping[tuple[str, Register, int], Value]
"""What each register counted, by metering point, register and piece [kWh or kvarh]."""


@dataclass(frozen=True, slots=True)
class PointLoss:
    """What a metering point lost in a segment.

    Attributes:
        transformer, line: of which what; None where there is none of it.
        whole: both together.
        used: what was metered in the segment [kWh].
        source: the rules by which the customer bears it, or None.
    """

    point: str
    pieces: tuple[int, ...]
    span: Span
    transformer: Loss | None
    line: Loss | None
    whole: Loss
    used: Value
    source: Source | None


def losses_of(lost: LossesPlan, gross: Gross, counted: Counted, arithmetic: Arithmetic) -> tuple[PointLoss, ...]:
    """Compute the losses of a plan: of each metering point and segment, also of those that share a transformer."""
    found = [
        each
        for plan in lost.plans
        for segment in plan.segments
        for each in _of_segment(plan, segment, lost, gross, counted, arithmetic)
    ]
    arithmetic.settle()
    return tuple(found)


def _of_segment(
    plan: LossPlan, segment: LossSegment, lost: LossesPlan, gross: Gross, counted: Counted, arithmetic: Arithmetic
) -> list[PointLoss]:
    def load(used: Loss) -> Load:
        return Load(plan.point, f"/metering_points/{plan.number}/losses", segment, used, lost.rounding, arithmetic)

    own = _used(plan.point, plan.reactive, segment, gross, counted)
    users: Mapping[str, Loss] = {}
    if plan.shared is not None:
        users = {
            user.id: own if user.point == plan.point else _of_user(user, plan, segment, gross, counted, arithmetic)
            for user in plan.shared.users
        }
    carried = own if plan.shared is None else _together(list(users.values()))
    of_transformer = None if plan.transformer is None else transformer_loss(plan.transformer, load(carried))
    mine, others = of_transformer, []
    if plan.shared is not None and of_transformer is not None:
        _doubt_weights(plan.point, plan.shared, users, arithmetic)
        parts = _shared_out(plan.shared, of_transformer, users, lost, arithmetic)
        for user in plan.shared.users:
            if user.point == plan.point:
                mine = parts[user.id]
            elif user.point is not None:
                others.append(_point_loss(user.point, plan, segment, parts[user.id], None, users[user.id]))
    of_line = None
    if plan.line is not None:
        base = [own] if mine is None or lost.line_of is LineLossOf.READING else [own, mine]
        of_line = line_loss(plan.line, load(own), _together(base))
    return [_point_loss(plan.point, plan, segment, mine, of_line, own), *others] if mine or of_line else others


def _point_loss(
    point: str, plan: LossPlan, segment: LossSegment, transformer: Loss | None, line: Loss | None, used: Loss
) -> PointLoss:
    whole = _together([each for each in (transformer, line) if each is not None])
    active = named(Term.LOSS_ENERGY, whole.active, point, source=plan.source)
    reactive = None if whole.reactive is None else named(Term.LOSS_ENERGY, whole.reactive, point, source=plan.source)
    both = Loss(active, reactive)
    return PointLoss(point, segment.pieces, segment.span, transformer, line, both, used.active, plan.source)


# What was used, and by whom


def _used(point: str, registers: Sequence[Register], segment: LossSegment, gross: Gross, counted: Counted) -> Loss:
    """What a metering point metered in a segment."""
    energies = [energy for piece in segment.pieces for energy in gross[point, piece].values()]
    reactive = [
        absolute(found)
        for register in registers
        for piece in segment.pieces
        if (found := counted.get((point, register, piece))) is not None
    ]
    active = named(Term.METERED_ENERGY, total(energies), point)
    return Loss(active, named(Term.REACTIVE_ENERGY, total(reactive), point) if reactive else None)


def _of_user(
    user: UserPlan, plan: LossPlan, segment: LossSegment, gross: Gross, counted: Counted, arithmetic: Arithmetic
) -> Loss:
    if user.point is not None:
        return _used(user.point, plan.reactive, segment, gross, counted)
    assert user.kwh is not None, "a user without a metering point tells its energy"
    return Loss(arithmetic.input(user.kwh), None if user.kvarh is None else arithmetic.input(user.kvarh))


def _together(losses: Sequence[Loss]) -> Loss:
    reactive = [each.reactive for each in losses if each.reactive is not None]
    return Loss(total([each.active for each in losses]), total(reactive) if reactive else None)


def _shared_out(
    shared: SharedPlan, loss: Loss, users: Mapping[str, Loss], lost: LossesPlan, arithmetic: Arithmetic
) -> Mapping[str, Loss]:
    """The parts of the users of a transformer, by their names."""
    if shared.by is ShareBy.ENERGY:
        weights = [used.active for used in users.values()]
    else:
        weights = [
            arithmetic.constant(1, term=Term.USER_WEIGHT, of=(user.id,))
            if user.weight is None
            else arithmetic.input(user.weight)
            for user in shared.users
        ]

    def parts(whole: Value) -> list[Value]:
        shared_out = rule.users_parts(loss=whole, weights=weights, rounding=lost.rounding)
        return [named(Term.SHARED_LOSS, part, user) for user, part in zip(users, shared_out, strict=True)]

    active = parts(loss.active)
    reactive: list[Value | None] = [None] * len(users) if loss.reactive is None else [*parts(loss.reactive)]
    return {user: Loss(*each) for user, each in zip(users, zip(active, reactive, strict=True), strict=True)}


def _doubt_weights(point: str, shared: SharedPlan, users: Mapping[str, Loss], arithmetic: Arithmetic) -> None:
    """A user that used energy hardly has a weight of exactly nothing: the others bear its part of the loss."""
    for user in shared.users:
        if user.weight is not None:
            used = users[user.id].active
            facts = {"point": point, "id": user.id}
            doubt = Problem(ProblemCode.USER_BEARS_NO_LOSS, Severity.DOUBT, user.weight.where, facts)
            is_some = choose(arithmetic.input(user.weight) <= 0, used, used - used) > 0
            arithmetic.report(is_some, doubt, energy=used)


# Demand


def raised_demand(demand: Value, loss: DemandLoss, losses: Sequence[PointLoss], arithmetic: Arithmetic) -> Value:
    """A demand with what its losses add: an agreed share of it, or the share that they are of the energy [kW].

    Args:
        demand: what the meter shows.
        loss: by which it is raised.
        losses: of all metering points; those of its days count.
        arithmetic: makes the values.
    """
    of = (loss.point,)
    if loss.share is not None:
        share = arithmetic.input(loss.share)
        fault = Fault(FaultCode.OUT_OF_RANGE, loss.share.where, {"range": "0..1"})
        arithmetic.require(share <= 1, fault, value=share)
        arithmetic.settle()
        return demand + rule.agreed_demand_loss(demand=demand, share=share, of=of)
    found = [each for each in losses if each.point == loss.point and each.span.intersect(loss.span) is not None]
    if not found:
        return demand
    energy, lost = total([each.used for each in found]), total([each.whole.active for each in found])
    return demand + rule.demand_loss(demand=demand, loss=lost, energy=energy, of=of)
