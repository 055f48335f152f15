"""EVALUATE: the plan's lines over the measured quantities, in one order.

Quantity lines and given items come first, lines on amounts after them, totals last; nothing later is asked by something
earlier. The same text runs for one bill with its derivation and for a column of them: which, only ``arithmetic`` knows.
Each part of a bill is made of its own records and of what is known of earlier parts, and of nothing else: who evaluates
many plans over the same numbers may keep the parts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.charges.charge import Known, Planned
from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.charges.power_factor.facts import month_facts
from billcalc.billing.declared import check_declared
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.facts import Facts
from billcalc.billing.fed_back import check_fed_back
from billcalc.billing.line_checks import check_lines, check_total
from billcalc.billing.parts_of_month import less_billed
from billcalc.billing.plan import Plan
from billcalc.billing.plan_metering import EnergyRules
from billcalc.billing.quantities import Quantities, measure
from billcalc.kernel.terms import Term
from billcalc.kernel.units import KWH, MONEY
from billcalc.kernel.values import Arithmetic, Value, named, rounded, total
from billcalc.metering.declared import check_multiplier

__all__ = ["EvaluatedLine", "Evaluation", "Parts", "evaluate"]

T = TypeVar("T")


class Parts(Protocol):
    """Makes a part of a bill of its records and of what is known; or gives one that was made of the same."""

    def __call__(
        self, make: Callable[[Any, Any, Arithmetic], T], records: object, known: Known | None, arithmetic: Arithmetic
    ) -> T:
        """The part; nothing is known of the first."""
        ...


def _anew(make: Callable[[Any, Any, Arithmetic], T], records: object, known: Known | None, arithmetic: Arithmetic) -> T:
    return make(records, known, arithmetic)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a plan and its inputs give."""

    lines: tuple[EvaluatedLine, ...]
    facts: Facts
    quantities: Quantities
    total: Value


def evaluate(plan: Plan, arithmetic: Arithmetic, parts: Parts = _anew) -> Evaluation:
    """Compute the bill of a plan.

    Args:
        plan: the structure.
        arithmetic: makes the values and holds the inputs.
        parts: makes each part of the bill.

    Raises:
        Refused: (one bill only) where a requirement does not hold.
    """
    quantities = parts(_measured, (plan.multipliers, plan.points, plan.energy, plan.losses), None, arithmetic)
    check_fed_back(plan, quantities, arithmetic)
    measured = Known(quantities, Facts(None, ()), ())
    parts(_held_against, _declared(plan), measured, arithmetic)
    given = tuple((line.ratio, line.scope) for line in plan.charges.of(GIVEN))
    facts = parts(_facts, (plan.points, plan.charges.of(POWER_FACTOR), given), measured, arithmetic)
    lines: list[EvaluatedLine] = []
    for charge, records in plan.charges:
        lines.extend(parts(charge.lines, records, Known(quantities, facts, tuple(lines)), arithmetic))
    check_lines(plan, lines, arithmetic)
    lines = less_billed([_as_printed(line, plan.energy) for line in lines], plan.billed_before, arithmetic)
    amounts = [line.amount for line in lines] or [arithmetic.constant(0, term=Term.AMOUNT, unit=MONEY)]
    whole = named(Term.TOTAL, rounded(total(amounts), plan.total_rounding))
    check_total(plan, lines, whole, arithmetic)
    return Evaluation(tuple(lines), facts, quantities, whole)


def _measured(records: tuple[Any, Any, Any, Any], known: None, arithmetic: Arithmetic) -> Quantities:
    multipliers, points, energy, losses = records
    for slot in multipliers:
        check_multiplier(arithmetic.input(slot), slot.where, arithmetic)
    return measure(points, energy, losses, arithmetic)


def _declared(plan: Plan) -> Plan:
    """What of a plan is held against what was declared: prices, documents and doubts of it are not."""
    basic = Planned(((BASIC, plan.charges.of(BASIC)),))
    return replace(plan, charges=basic, documents=(), problems=(), undocumented=())


def _held_against(plan: Plan, known: Known, arithmetic: Arithmetic) -> None:
    check_declared(plan, known.quantities, arithmetic)


def _facts(records: tuple[Any, Any, Any], known: Known, arithmetic: Arithmetic) -> Facts:
    points, power_factors, given = records
    return month_facts(points, power_factors, given, known.quantities, arithmetic)


def _as_printed(line: EvaluatedLine, rules: EnergyRules) -> EvaluatedLine:
    """A line whose energy is shown rounded, where a convention says so; its amount is of the energy before."""
    if rules.print is None or line.quantity is None or line.unit != KWH or line.given:
        return line
    shown = rounded(line.quantity, rules.print)
    return replace(line, quantity=named(Term.BILLED_QUANTITY, shown))
