"""The basic charge as a charge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from billcalc.billing.charges.basic.lines import basic_lines
from billcalc.billing.charges.basic.plan import plan_basic
from billcalc.billing.charges.basic.records import BasicPlan
from billcalc.billing.charges.charge import Adjustable, Charge, Known, Metered, Planned, Priced
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.planning.case import Case
from billcalc.kernel.values import Arithmetic

__all__ = ["BASIC"]


@dataclass(frozen=True, slots=True)
class _Basic(Charge[BasicPlan]):
    def plan(self, case: Case, metered: Metered, earlier: Planned) -> tuple[BasicPlan, ...]:
        return plan_basic(case)

    def lines(self, plans: Sequence[BasicPlan], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        return basic_lines(plans, known, arithmetic)

    def adjustable(self, plans: Sequence[BasicPlan]) -> Iterable[Adjustable]:
        return [
            (payer.scope, payer.group, plan.terms.span)
            for plan in plans
            for payer in plan.terms.groups
            if payer.scope is not None and payer.in_base
        ]

    def priced(self, plans: Sequence[BasicPlan]) -> Iterable[Priced]:
        return [(payer.group, plan.terms.code) for plan in plans for payer in plan.terms.groups]


BASIC = _Basic()
"""The charge."""
