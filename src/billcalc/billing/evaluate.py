"""EVALUATE: the plan's lines over the measured quantities, in one order.

Quantity lines and given items come first, lines on amounts after them, totals last; nothing later is asked by something
earlier. The same text runs for one bill with its derivation and for a column of them: which, only ``arithmetic`` knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from billcalc.billing.basic_lines import basic_lines
from billcalc.billing.declared import check_declared
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.energy_lines import energy_lines, of_band
from billcalc.billing.evaluated import FEN, EvaluatedLine
from billcalc.billing.facts import Facts, ScopeFacts, month_facts
from billcalc.billing.fee_lines import fee_line
from billcalc.billing.plan import EnergyRules, GivenLinePlan, LineName, Plan, PowerFactorPlan
from billcalc.billing.quantities import Quantities, measure
from billcalc.charges import power_factor
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Severity
from billcalc.kernel.units import CNY, KWH, PURE
from billcalc.kernel.values import Arithmetic, Value, choose, named, rounded, total
from billcalc.kernel.wording import FaultCode, ProblemCode
from billcalc.tariff.conventions import RoundScope
from billcalc.vocabulary import Section

__all__ = ["EvaluatedLine", "Evaluation", "evaluate"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a plan and its inputs give."""

    lines: tuple[EvaluatedLine, ...]
    facts: Facts
    quantities: Quantities
    total: Value


def evaluate(plan: Plan, arithmetic: Arithmetic) -> Evaluation:
    """Compute the bill of a plan.

    Args:
        plan: the structure.
        arithmetic: makes the values and holds the inputs.

    Raises:
        Refused: (one bill only) where a requirement does not hold.
    """
    quantities = measure(plan, arithmetic)
    check_declared(plan, quantities, arithmetic)
    facts = month_facts(plan, quantities, arithmetic)
    lines: list[EvaluatedLine] = []
    for stage in STAGES:
        lines.extend(stage(plan, quantities, facts, tuple(lines), arithmetic))
    lines = [_as_printed(line, plan.energy) for line in lines]
    amounts = [line.amount for line in lines] or [arithmetic.constant(0, term=Term.AMOUNT, unit=CNY)]
    return Evaluation(tuple(lines), facts, quantities, named(Term.TOTAL, rounded(total(amounts), plan.total_rounding)))


def _as_printed(line: EvaluatedLine, rules: EnergyRules) -> EvaluatedLine:
    """A line whose energy is shown rounded, where a convention says so; its amount is of the energy before."""
    if rules.print is None or line.quantity is None or line.unit != KWH or line.given:
        return line
    shown = rounded(line.quantity, rules.print)
    return replace(line, quantity=named(Term.BILLED_QUANTITY, shown))


def _energy_lines(
    plan: Plan, quantities: Quantities, facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    return energy_lines(plan.energy_lines, quantities, arithmetic)


def _basic_lines(
    plan: Plan, quantities: Quantities, facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    several = len({each.terms.supply_point for each in plan.basic}) > 1
    return [
        line
        for each in plan.basic
        for line in basic_lines(each, facts, arithmetic, (each.terms.supply_point,) if several else ())
    ]


def _fee_lines(
    plan: Plan, quantities: Quantities, facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    return [fee_line(each, arithmetic) for each in plan.fees]


def _given_lines(
    plan: Plan, quantities: Quantities, facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    return [_given_line(each, arithmetic) for each in plan.given]


def _power_factor_lines(
    plan: Plan, quantities: Quantities, facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    """One line for each assessed scope; a given line with a ratio of its own is adjusted beside it."""
    made = (
        _adjustment(scope_plan, scope_facts, lines, arithmetic)
        for scope_plan, scope_facts in zip(plan.power_factors, facts.scopes, strict=True)
    )
    return [line for line in made if line is not None]


def _adjustment(
    plan: PowerFactorPlan, facts: ScopeFacts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> EvaluatedLine | None:
    """The adjustment of a scope at one standard; None where its base has no line."""
    mine = [
        (line.base, line.own_ratio, name)
        for line, name in zip(lines, _names(lines, plan.round), strict=True)
        if line.base is not None and line.scope == plan.scope and plan.span.intersect(line.name.span)
    ]
    if not mine:
        return None
    own = [(base, ratio, name) for base, ratio, name in mine if ratio is not None]
    parts = [_adjusted(plan, ratio, [(base, name)]) for base, ratio, name in own]
    shown = facts.ratio
    if own:  # of several ratios none multiplies the base
        shown = own[0][1] if len(mine) == 1 else None
    common = [(base, name) for base, ratio, name in mine if ratio is None]
    if common:
        assert facts.ratio is not None, "the planner refuses what is adjusted by an unknown power factor"
        parts.insert(0, _adjusted(plan, facts.ratio, common))
        _report(plan, facts, arithmetic)
    return EvaluatedLine(
        name=LineName("power_factor", None, Section.POWER_FACTOR, plan.scope, plan.span),
        band=None,
        quantity=named(Term.POWER_FACTOR_BASE, total([base for base, *_ in mine]), plan.scope),
        unit=CNY,
        price=shown,
        amount=parts[0] if len(parts) == 1 else named(Term.AMOUNT, total(parts), plan.scope),
        scope=plan.scope,
        base=None,
    )


def _report(plan: PowerFactorPlan, facts: ScopeFacts, arithmetic: Arithmetic) -> None:
    """Tell of a power factor of no energy, and of one that a settled estimate made."""
    told = {"scope": plan.scope, "span": str(plan.span)}
    if facts.active is not None:
        problem = Problem(ProblemCode.NO_ENERGY_USED, Severity.DOUBT, "/metering_points", told)
        arithmetic.report(facts.active <= 0, problem)
    if facts.settled is not None and facts.cosphi is not None and facts.ratio is not None:
        added = choose(facts.settled < 0, facts.ratio, facts.ratio - facts.ratio)
        none = Slot("", f"no adjustment of {plan.scope}")
        inputs = {none: Input(ZERO, PURE, Term.POWER_FACTOR_RATIO, (plan.scope,))}
        other = OtherReading(Reading.NO_ADJUSTMENT, ((plan, replace(plan, ratio=none)),), inputs)
        doubt = Doubt(ProblemCode.SETTLED_POWER_FACTOR, Severity.DOUBT, "/metering_points", told, others=(other,))
        arithmetic.report(added > 0, doubt, cosphi=facts.cosphi, ratio=facts.ratio)


def _adjusted(plan: PowerFactorPlan, ratio: Value, bases: Sequence[tuple[Value, tuple[str, ...]]]) -> Value:
    lines, names = zip(*bases, strict=True)
    return power_factor.adjustment(
        lines=lines, ratio=ratio, round=plan.round, rounding=FEN, of=(plan.scope,), names=names
    )


def _names(lines: Sequence[EvaluatedLine], round: RoundScope) -> list[tuple[str, ...]]:
    """What tells each line from the others where each is adjusted: code, group, band, and its days where several."""
    if round is RoundScope.ONCE:
        return [()] * len(lines)
    if round is RoundScope.GROUP:
        return [(line.name.group,) for line in lines]
    names = [(line.name.code, line.name.group, *of_band(line.band)) for line in lines]
    return [
        name if names.count(name) == 1 else (*name, str(line.name.span))
        for name, line in zip(names, lines, strict=True)
    ]


STAGES = (_energy_lines, _basic_lines, _fee_lines, _given_lines, _power_factor_lines)
"""The order of calculation; the order of printing is that of the sections."""


def _given_line(plan: GivenLinePlan, arithmetic: Arithmetic) -> EvaluatedLine:
    given = arithmetic.input(plan.amount)
    apart = given - rounded(given, FEN)
    for is_money in (apart <= 0, apart >= 0):
        arithmetic.require(is_money, Fault(FaultCode.AMOUNT_TOO_FINE, plan.amount.where), amount=given)
    arithmetic.settle()
    return EvaluatedLine(
        name=plan.name,
        band=plan.band,
        quantity=None if plan.kwh is None else arithmetic.input(plan.kwh),
        unit=KWH,
        price=None if plan.price is None else arithmetic.input(plan.price),
        amount=given,
        scope=plan.scope,
        base=given if plan.in_base else None,
        given=True,
        own_ratio=None if plan.ratio is None else arithmetic.input(plan.ratio),
    )
