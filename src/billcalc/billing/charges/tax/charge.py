"""The tax that is added to a bill as a charge: it receives the lines of all others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from billcalc.billing.charges.charge import Charge, Known, Metered, Planned, Priced
from billcalc.billing.charges.tax import rule
from billcalc.billing.charges.tax.plan import TaxPlan, plan_tax
from billcalc.billing.evaluated import FEN, EvaluatedLine
from billcalc.billing.planning.case import Case
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.units import MONEY
from billcalc.kernel.values import Arithmetic

__all__ = ["TAX"]


@dataclass(frozen=True, slots=True)
class _Tax(Charge[TaxPlan]):
    def plan(self, case: Case, metered: Metered, earlier: Planned) -> tuple[TaxPlan, ...]:
        planned = plan_tax(case)
        return () if planned is None else (planned,)

    def lines(self, plans: Sequence[TaxPlan], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        return [_line(plan, known, arithmetic) for plan in plans]

    def priced(self, plans: Sequence[TaxPlan]) -> Iterable[Priced]:
        return [(plan.name.group, plan.name.code) for plan in plans]


TAX = _Tax()
"""The charge."""


def _line(plan: TaxPlan, known: Known, arithmetic: Arithmetic) -> EvaluatedLine:
    if isinstance(plan.rate, Slot):
        rate = arithmetic.input(plan.rate)
    else:
        rate = arithmetic.constant(plan.rate, term=Term.TAX_RATE, source=plan.source)
    nothing = arithmetic.constant(0, term=Term.AMOUNT, unit=MONEY)
    amounts = [line.amount for line in known.lines] or [nothing]
    amount = rule.added_tax(amounts=amounts, rate=rate, rounding=FEN, source=plan.source, of=(plan.name.code,))
    return EvaluatedLine(
        name=plan.name, band=None, quantity=None, unit=MONEY, price=None, amount=amount, scope=None, base=None
    )
