"""Lines beside each other, once they are computed: what is charged twice, and a bill of less than nothing."""

from collections.abc import Mapping, Sequence
from functools import reduce

from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.doubts import Doubt
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.plan import Plan
from billcalc.billing.plan_checks import GivenCheck
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.values import Arithmetic, Value, absolute, bare, choose, minimum, total
from billcalc.vocabulary import Section

__all__ = ["check_lines", "check_total"]


def check_lines(plan: Plan, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic) -> None:
    """Hold each given line that stands for nothing against what is computed beside it.

    One without a price to hold it against is all there is of the section, and one with the code of what is computed is
    told by that.
    """
    computed = [line for line in lines if not line.given]
    of_sections = {check.section for check in plan.given_checks}
    amounts = {section: _amounts_beside(section, computed) for section in of_sections}
    for check in plan.given_checks:
        told = _report_beside(check, computed, arithmetic)
        if told is not None:
            _report_equal(check, amounts[check.section], told, arithmetic)


def _amounts_beside(section: Section, computed: Sequence[EvaluatedLine]) -> dict[str, list[Value]]:
    """By the code of a component its amounts, of its bands and of all, that a line of a section may be told as."""
    amounts: dict[str, list[Value]] = {}
    for line in computed:
        if not line.name.section is section is Section.POWER_FACTOR:
            amounts.setdefault(line.name.code, []).append(bare(line.amount))
    return {code: [*each, total(each)] if len(each) > 1 else each for code, each in amounts.items()}


def _report_beside(check: GivenCheck, computed: Sequence[EvaluatedLine], arithmetic: Arithmetic) -> Value | None:
    """Tell a line as large as what is computed of its section; returns it with 0 where it is told.

    None where the section has the line's own code, which is told by that.
    """
    given = bare(arithmetic.input(check.amount))
    beside = [line for line in computed if (line.name.group, line.name.section) == (check.group, check.section)]
    if check.line in [line.name.code for line in beside]:
        return None
    if check.share is None or not beside:
        return given
    facts = {"line": check.line, "group": check.group, "component": beside[0].name.code}
    told = {**facts, "section": check.section.value, "share": decimal_text(check.share)}
    doubt = Doubt(ProblemCode.GIVEN_BESIDE_PRICE, Severity.DOUBT, check.where, told, others=(check.without,))
    limit = total([bare(line.amount) for line in beside]) * check.share
    arithmetic.report(given >= limit, doubt)
    return choose(given >= limit, given - given, given)


def _report_equal(
    check: GivenCheck, amounts: Mapping[str, Sequence[Value]], given: Value, arithmetic: Arithmetic
) -> None:
    """Tell a line of the very amount of a component, of one of its bands or of all: it is rather the same charge."""
    told, nothing = absolute(given), given - given
    for code, of_component in amounts.items():
        if code != check.line:
            apart = reduce(minimum, [absolute(given - each) for each in of_component])
            facts = {"line": check.line, "group": check.group, "component": code}
            doubt = Doubt(
                ProblemCode.GIVEN_EQUALS_COMPUTED, Severity.DOUBT, check.where, facts, others=(check.without,)
            )
            arithmetic.report(choose(apart <= 0, told, nothing) > 0, doubt)


def check_total(plan: Plan, lines: Sequence[EvaluatedLine], whole: Value, arithmetic: Arithmetic) -> None:
    """A bill with anything computed on it hardly comes to less than nothing; a credit note of given lines does."""
    if any(not line.given for line in lines):
        where = "/given" if plan.charges.of(GIVEN) else "/billed_before" if plan.billed_before else "/metering_points"
        arithmetic.report(whole < 0, Problem(ProblemCode.TOTAL_BELOW_ZERO, Severity.DOUBT, where), total=whole)
