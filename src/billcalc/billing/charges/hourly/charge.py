"""Energy at prices by interval as a charge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from billcalc.billing.charges.charge import Adjustable, Charge, Known, Metered, Planned, Priced
from billcalc.billing.charges.hourly.lines import hourly_line
from billcalc.billing.charges.hourly.plan import plan_hourly
from billcalc.billing.charges.hourly.records import HourlyPlan
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.planning.case import Case
from billcalc.kernel.values import Arithmetic

__all__ = ["HOURLY"]


@dataclass(frozen=True, slots=True)
class _Hourly(Charge[HourlyPlan]):
    def plan(self, case: Case, metered: Metered, earlier: Planned) -> tuple[HourlyPlan, ...]:
        return tuple(plan_hourly(case))

    def lines(self, plans: Sequence[HourlyPlan], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        return [hourly_line(plan, known, arithmetic) for plan in plans]

    def adjustable(self, plans: Sequence[HourlyPlan]) -> Iterable[Adjustable]:
        return [
            (plan.scope, plan.name.group, plan.name.span) for plan in plans if plan.scope is not None and plan.in_base
        ]

    def priced(self, plans: Sequence[HourlyPlan]) -> Iterable[Priced]:
        return [(plan.name.group, plan.name.code) for plan in plans]


HOURLY = _Hourly()
"""The charge."""
