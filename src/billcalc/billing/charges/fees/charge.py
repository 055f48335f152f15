"""Fees by the month as a charge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from billcalc.billing.charges.charge import Adjustable, Charge, Known, Metered, Planned, Priced, codes_of
from billcalc.billing.charges.fees.lines import fee_line
from billcalc.billing.charges.fees.plan import plan_fees
from billcalc.billing.charges.fees.records import FeePlan
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.planning.case import Case
from billcalc.kernel.values import Arithmetic

__all__ = ["FEES"]


@dataclass(frozen=True, slots=True)
class _Fees(Charge[FeePlan]):
    def plan(self, case: Case, metered: Metered, earlier: Planned) -> tuple[FeePlan, ...]:
        return plan_fees(case)

    def lines(self, plans: Sequence[FeePlan], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        return [fee_line(plan, known, arithmetic) for plan in plans]

    def adjustable(self, plans: Sequence[FeePlan]) -> Iterable[Adjustable]:
        return [
            (fee.scope, fee.name.group, fee.name.span)
            for fee in plans
            if fee.scope is not None and any(part.in_base for part in fee.parts)
        ]

    def priced(self, plans: Sequence[FeePlan]) -> Iterable[Priced]:
        return codes_of(plans)


FEES = _Fees()
"""The charge."""
