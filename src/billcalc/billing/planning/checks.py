"""Changes inside the period: which need a reading, and which were split by days for want of one."""

from datetime import date

from billcalc.billing.plan import EnergyLinePlan, PointPlan, Run
from billcalc.billing.planning.context import Context, refuse
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.wording import ProblemCode, RefusalCode

__all__ = ["check_changes", "report_splits"]


def check_changes(context: Context) -> None:
    """Refuse a change of class or billing that no reading separates.

    Raises:
        Refused: where a group's class or billing changes on a day on which one of its points was not read.
    """
    for before in range(len(context.pieces) - 1):
        day = context.pieces[before + 1].span.start
        for name, terms in context.agreement_of(before + 1).groups.items():
            old = context.group(name, before)
            if old is None or (old.customer_class, old.billing) == (terms.customer_class, terms.billing):
                continue
            what = "the class" if old.customer_class is not terms.customer_class else "the billing"
            for point in context.request.metering_points:
                concerned = point.group == name or any(child.group == name for child in point.children)
                if concerned and day not in {reading.at for reading in point.readings}:
                    raise refuse(
                        RefusalCode.CHANGE_WITHOUT_READING, f"/metering_points/{point.id}/readings",
                        what=f"{what} of group {name}", day=str(day), point=point.id,
                    )  # fmt: skip


def report_splits(context: Context, points: tuple[PointPlan, ...], lines: tuple[EnergyLinePlan, ...]) -> None:
    """Put a problem on the bill for each point whose energy was split by days where a line starts or ends."""
    for point in points:
        days = {
            context.pieces[line.pieces[0]].span.start
            for line in lines
            if line.pieces[0] > 0 and not line.slots and line.group in _groups(point)
        }
        for day in sorted(day for day in days if _crosses(context, point, day)):
            facts = {"point": point.id, "day": str(day)}
            where = f"/metering_points/{point.id}/readings"
            context.problems.append(Problem(ProblemCode.ENERGY_SPLIT_BY_DAYS, Severity.DOUBT, where, facts))


def _groups(point: PointPlan) -> set[str]:
    return {point.group, *(child.group for child in point.children)}


def _crosses(context: Context, point: PointPlan, day: date) -> bool:
    """Whether some energy of a point was not read on a day inside its run."""
    return any(
        context.pieces[teller.pieces[0]].span.start < day <= context.pieces[teller.pieces[-1]].span.start
        for _, tellers in point.registers
        for teller in tellers
        if len(teller.pieces) > 1 or not isinstance(teller, Run)
    )
