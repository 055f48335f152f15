"""What is doubtful of who loses: a transformer that two meters lose in, or one in service that none of them does."""

from collections.abc import Iterator, Sequence

from billcalc.billing.losses.records import CoefficientPlan, FormulaPlan, LossPlan
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.planning.case import Case
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity

__all__ = ["doubt_losses"]

_BY_TRANSFORMER = (FormulaPlan, CoefficientPlan)


def doubt_losses(case: Case, plans: Sequence[LossPlan], points: Sequence[PointPlan]) -> None:
    """Doubt a transformer whose losses are counted at two meters, and one of which nothing is lost at any.

    A transformer that several users share loses once, and its losses are told at one of them (``shared``). Left out are
    supply points of which a meter stands on the high side or tells its losses by another rule: it may be of the others.
    """
    for name in case.supply_points:
        at = [point for point in points if point.supply_point == name and not point.is_child]
        ids = {point.id for point in at}
        of_point = [plan for plan in plans if plan.point in ids and isinstance(plan.transformer, _BY_TRANSFORMER)]
        for problem in _counted_twice(of_point):
            case.notes.note(problem)
        told = {plan.point for plan in of_point}
        told |= {user.point or "" for plan in of_point if plan.shared for user in plan.shared.users}
        if of_point and ids <= told:
            for problem in _left_out(case, name, of_point):
                case.notes.note(problem)


def _counted_twice(plans: Sequence[LossPlan]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for plan in plans:
        where = f"/metering_points/{plan.number}/losses/transformer/transformers"
        for name in dict.fromkeys(each.id for segment in plan.segments for each in segment.transformers):
            if name in seen:
                facts = {"id": name, "point": plan.point, "other": seen[name]}
                yield Problem(ProblemCode.LOSS_TWICE, Severity.DOUBT, f"{where}/{name}", facts)
            seen.setdefault(name, plan.point)


def _left_out(case: Case, supply_point: str, plans: Sequence[LossPlan]) -> Iterator[Problem]:
    named = {each.id for plan in plans for segment in plan.segments for each in segment.transformers}
    for number, piece in enumerate(case.pieces):
        for standing in case.standings[supply_point][number]:
            if standing.runs and standing.transformer.id not in named:
                named.add(standing.transformer.id)
                place = f"/supply_points/{supply_point}/transformers/{standing.number}"
                facts = {"id": standing.transformer.id, "supply_point": supply_point}
                yield Problem(
                    ProblemCode.TRANSFORMER_WITHOUT_LOSS, Severity.DOUBT, f"/agreement/{piece.agreement}{place}", facts
                )
