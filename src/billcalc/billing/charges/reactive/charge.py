"""Reactive energy as a charge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from billcalc.billing.charges.charge import Adjustable, Charge, Known, Metered, Planned, Priced
from billcalc.billing.charges.reactive.lines import reactive_line
from billcalc.billing.charges.reactive.plan import plan_reactive
from billcalc.billing.charges.reactive.records import ReactivePlan
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.planning.case import Case
from billcalc.kernel.values import Arithmetic

__all__ = ["REACTIVE"]


@dataclass(frozen=True, slots=True)
class _Reactive(Charge[ReactivePlan]):
    def plan(self, case: Case, metered: Metered, earlier: Planned) -> tuple[ReactivePlan, ...]:
        return tuple(plan_reactive(case, metered.points))

    def lines(self, plans: Sequence[ReactivePlan], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        return [reactive_line(plan, known, arithmetic) for plan in plans]

    def adjustable(self, plans: Sequence[ReactivePlan]) -> Iterable[Adjustable]:
        return [
            (plan.scope, plan.name.group, plan.name.span)
            for plan in plans
            if plan.scope is not None and plan.part.in_base
        ]

    def priced(self, plans: Sequence[ReactivePlan]) -> Iterable[Priced]:
        return [(plan.name.group, plan.name.code) for plan in plans]


REACTIVE = _Reactive()
"""The charge."""
