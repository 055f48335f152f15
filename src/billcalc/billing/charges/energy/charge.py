"""Energy × price as a charge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from billcalc.billing.charges.charge import Adjustable, Charge, Known, Metered, Planned, Priced, codes_of
from billcalc.billing.charges.energy.lines import energy_lines
from billcalc.billing.charges.energy.plan import plan_energy_lines
from billcalc.billing.charges.energy.records import EnergyLinePlan
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.planning.case import Case
from billcalc.kernel.values import Arithmetic

__all__ = ["ENERGY"]


@dataclass(frozen=True, slots=True)
class _Energy(Charge[EnergyLinePlan]):
    def plan(self, case: Case, metered: Metered, earlier: Planned) -> tuple[EnergyLinePlan, ...]:
        return plan_energy_lines(case, metered.points, metered.sharp)

    def lines(self, plans: Sequence[EnergyLinePlan], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        return energy_lines(plans, known.quantities, arithmetic)

    def adjustable(self, plans: Sequence[EnergyLinePlan]) -> Iterable[Adjustable]:
        return [
            (line.scope, line.name.group, line.name.span)
            for line in plans
            if line.scope is not None and any(part.in_base for part in line.parts)
        ]

    def priced(self, plans: Sequence[EnergyLinePlan]) -> Iterable[Priced]:
        return codes_of(plans)


ENERGY = _Energy()
"""The charge."""
