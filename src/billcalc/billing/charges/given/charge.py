"""Given lines as a charge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from billcalc.billing.charges.charge import Adjustable, Charge, Known, Metered, Planned
from billcalc.billing.charges.given.lines import given_line
from billcalc.billing.charges.given.plan import plan_given_lines
from billcalc.billing.charges.given.records import GivenLinePlan
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.planning.case import Case
from billcalc.kernel.values import Arithmetic

__all__ = ["GIVEN"]


@dataclass(frozen=True, slots=True)
class _Given(Charge[GivenLinePlan]):
    def plan(self, case: Case, metered: Metered, earlier: Planned) -> tuple[GivenLinePlan, ...]:
        return plan_given_lines(case)

    def lines(self, plans: Sequence[GivenLinePlan], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        return [given_line(plan, arithmetic) for plan in plans]

    def adjustable(self, plans: Sequence[GivenLinePlan]) -> Iterable[Adjustable]:
        return [
            (line.scope, line.name.group, line.name.span)
            for line in plans
            if line.scope is not None and line.in_base and line.ratio is None
        ]


GIVEN = _Given()
"""The charge."""
