"""Lines beside each other, once they are computed: what is charged twice, and a bill of less than nothing."""

from collections.abc import Sequence

from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.doubts import Doubt
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.plan import Plan
from billcalc.billing.plan_checks import GivenCheck
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.values import Arithmetic, Value, total

__all__ = ["check_lines", "check_total"]


def check_lines(plan: Plan, lines: Sequence[EvaluatedLine], arithmetic: Arithmetic) -> None:
    """Hold each given line that stands for nothing against what is computed of its section.

    One without a price to hold it against is all there is of the section, and one with the code of what is computed is
    told by that.
    """
    for check in plan.given_checks:
        beside = [line for line in lines if _is_beside(line, check)]
        if beside and check.line not in [line.name.code for line in beside]:
            facts = {"line": check.line, "group": check.group, "component": beside[0].name.code}
            told = {**facts, "section": check.section.value, "share": decimal_text(check.share)}
            doubt = Doubt(ProblemCode.GIVEN_BESIDE_PRICE, Severity.DOUBT, check.where, told, others=(check.without,))
            computed = total([line.amount for line in beside]) * check.share
            arithmetic.report(arithmetic.input(check.amount) >= computed, doubt)


def _is_beside(line: EvaluatedLine, check: GivenCheck) -> bool:
    return not line.given and (line.name.group, line.name.section) == (check.group, check.section)


def check_total(plan: Plan, lines: Sequence[EvaluatedLine], whole: Value, arithmetic: Arithmetic) -> None:
    """A bill with anything computed on it hardly comes to less than nothing; a credit note of given lines does."""
    if any(not line.given for line in lines):
        where = "/given" if plan.charges.of(GIVEN) else "/billed_before" if plan.billed_before else "/metering_points"
        arithmetic.report(whole < 0, Problem(ProblemCode.TOTAL_BELOW_ZERO, Severity.DOUBT, where), total=whole)
