"""The power-factor adjustment as a charge: it receives the lines of the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from billcalc.billing.charges.charge import Charge, Known, Metered, Planned
from billcalc.billing.charges.power_factor.lines import power_factor_lines
from billcalc.billing.charges.power_factor.plan import plan_power_factors
from billcalc.billing.charges.power_factor.records import PowerFactorPlan
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.planning.case import Case
from billcalc.kernel.values import Arithmetic

__all__ = ["POWER_FACTOR"]


@dataclass(frozen=True, slots=True)
class _PowerFactor(Charge[PowerFactorPlan]):
    def plan(self, case: Case, metered: Metered, earlier: Planned) -> tuple[PowerFactorPlan, ...]:
        return plan_power_factors(case, metered.points, earlier)

    def lines(self, plans: Sequence[PowerFactorPlan], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        return power_factor_lines(plans, known.facts, known.lines, arithmetic)


POWER_FACTOR = _PowerFactor()
"""The charge."""
