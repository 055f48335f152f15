"""The minimum bill as a charge: it receives the lines of all others, and is what they fall short."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from billcalc.billing.capacity import billed_capacity
from billcalc.billing.charges import components
from billcalc.billing.charges.charge import Charge, Known, Metered, Planned, Priced
from billcalc.billing.charges.minimum import rule
from billcalc.billing.charges.minimum.plan import MinimumPlan, plan_minimums
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.plan_metering import CapacityPart
from billcalc.billing.planning.case import Case
from billcalc.billing.pricing import part_prices
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Severity
from billcalc.kernel.units import MONEY
from billcalc.kernel.values import Arithmetic, Value
from billcalc.vocabulary import Band, Section

__all__ = ["MINIMUM"]


@dataclass(frozen=True, slots=True)
class _Minimum(Charge[MinimumPlan]):
    def plan(self, case: Case, metered: Metered, earlier: Planned) -> tuple[MinimumPlan, ...]:
        return plan_minimums(case)

    def lines(self, plans: Sequence[MinimumPlan], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        return [_line(plan, known.lines, arithmetic) for plan in plans]

    def priced(self, plans: Sequence[MinimumPlan]) -> Iterable[Priced]:
        return [
            (group, code)
            for plan in plans
            for group in plan.groups
            for code in (plan.name.code, *(price.code for part in plan.parts for price in part.prices))
        ]


MINIMUM = _Minimum()
"""The charge."""


def _line(plan: MinimumPlan, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic) -> EvaluatedLine:
    """The line of a minimum: what the others fall short of it, also where that is nothing.

    Where no document tells which sections of the bill count, the adjustment by the power factor counts, and that is in
    doubt where it tells on the amount.
    """
    least = _least(plan, arithmetic)
    amount = _short(plan, least, lines, arithmetic)
    if plan.of_bill and plan.scopes:
        other = replace(plan, sections=tuple(each for each in plan.sections if each is not Section.POWER_FACTOR))
        without = _short(other, least, lines, arithmetic)
        doubt = Doubt(
            ProblemCode.MINIMUM_WITH_ADJUSTMENT, Severity.DOUBT, plan.where, {"line": plan.name.code},
            others=(OtherReading(Reading.NO_ADJUSTMENT, ((plan, other),)),),
        )  # fmt: skip
        for differs in (amount > without, amount < without):
            arithmetic.report(differs, doubt)
    return EvaluatedLine(
        name=plan.name, band=None, quantity=None, unit=MONEY, price=None, amount=amount, scope=None, base=None
    )


def _least(plan: MinimumPlan, arithmetic: Arithmetic) -> Value:
    """The least that is due for the period [money]."""
    due: list[Value] = []
    cycle = source = None
    for part in plan.parts:
        prices = [part_prices(each, plan.unit, arithmetic) for each in part.prices]
        price = components.line_price(parts=prices, band=Band.TOTAL, component=plan.name.code)
        for quantity, share in part.due:
            each = price if quantity is None else _quantity(quantity, arithmetic) * price
            if not share.whole:  # then no part of the month is the whole of it
                each, cycle, source = each * arithmetic.input(share.days), arithmetic.input(share.cycle), share.source
            due.append(each)
    return rule.least_due(due=due, cycle=cycle, rounding=plan.rounding, of=(plan.name.code,), source=source)


def _quantity(quantity: Slot | CapacityPart, arithmetic: Arithmetic) -> Value:
    return arithmetic.input(quantity) if isinstance(quantity, Slot) else billed_capacity(quantity, arithmetic)


def _short(plan: MinimumPlan, least: Value, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic) -> Value:
    billed = [line.amount for line in lines if _counts(plan, line)]
    nothing = arithmetic.constant(0, term=Term.AMOUNT, unit=MONEY)
    return rule.shortfall(least=least, billed=billed or [nothing], of=(plan.name.code,))


def _counts(plan: MinimumPlan, line: EvaluatedLine) -> bool:
    """Whether a line counts towards a minimum: it is of a section of it and of those who pay it."""
    of_scope = line.name.section is Section.POWER_FACTOR and not line.given  # an adjustment has the name of its scope
    return line.name.section in plan.sections and line.name.group in (plan.scopes if of_scope else plan.groups)
