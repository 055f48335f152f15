"""The lines of the power-factor adjustment."""

from collections.abc import Sequence
from dataclasses import replace

from billcalc.billing.charges.power_factor import rule as power_factor
from billcalc.billing.charges.power_factor.records import PowerFactorPlan
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.evaluated import FEN, EvaluatedLine, of_band
from billcalc.billing.facts import Facts, ScopeFacts
from billcalc.billing.line_name import LineName
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.units import MONEY, PURE
from billcalc.kernel.values import Arithmetic, Value, choose, named, total
from billcalc.tariff.conventions import RoundScope
from billcalc.vocabulary import Section

__all__ = ["power_factor_lines"]


def power_factor_lines(
    plans: Sequence[PowerFactorPlan], facts: Facts, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    """One line for each assessed scope; a given line with a ratio of its own is adjusted beside it."""
    made = (
        _adjustment(scope_plan, scope_facts, lines, arithmetic)
        for scope_plan, scope_facts in zip(plans, facts.scopes, strict=True)
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
        unit=MONEY,
        price=shown,
        amount=parts[0] if len(parts) == 1 else named(Term.AMOUNT, total(parts), plan.scope),
        scope=plan.scope,
        base=None,
    )


def _report(plan: PowerFactorPlan, facts: ScopeFacts, arithmetic: Arithmetic) -> None:
    """Tell of a power factor of no energy, and of one that a settled estimate made."""
    stated = {"scope": plan.scope, "span": str(plan.span)}
    if facts.active is not None:
        problem = Problem(ProblemCode.NO_ENERGY_USED, Severity.DOUBT, "/metering_points", stated)
        arithmetic.report(facts.active <= 0, problem)
    if facts.settled is not None and facts.cosphi is not None and facts.ratio is not None:
        added = choose(facts.settled < 0, facts.ratio, facts.ratio - facts.ratio)
        none = Slot("", f"no adjustment of {plan.scope}")
        inputs = {none: Input(ZERO, PURE, Term.POWER_FACTOR_RATIO, (plan.scope,))}
        other = OtherReading(Reading.NO_ADJUSTMENT, ((plan, replace(plan, ratio=none)),), inputs)
        doubt = Doubt(ProblemCode.SETTLED_POWER_FACTOR, Severity.DOUBT, "/metering_points", stated, others=(other,))
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
