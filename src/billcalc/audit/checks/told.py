"""Checks that the bill itself makes: its problem is the finding, and is said in the bill's own words."""

from collections.abc import Mapping

from billcalc.audit.checks.check import Check, Kind, Level, when
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.values import Value

__all__ = ["TOLD", "TOLD_BY_BILL", "told_fact"]

TOLD_BY_BILL: Mapping[str, ProblemCode] = {
    "product_differs": ProblemCode.AMOUNT_DIFFERS,
    "bands_differ_from_total": ProblemCode.TOTAL_DIFFERS_FROM_BANDS,
    "meter_of_several_customers": ProblemCode.METER_TWICE,
    "two_part_below_threshold": ProblemCode.TWO_PART_BELOW_THRESHOLD,
    "bands_differ_from_intervals": ProblemCode.INTERVALS_DIFFER,
    "contract_above_capacity": ProblemCode.CONTRACT_ABOVE_CAPACITY,
    "suspension_too_short": ProblemCode.CHANGE_AGAINST_RULES,
    "rollover_suspicious": ProblemCode.ROLLOVER_LARGE,
    "energy_above_capacity": ProblemCode.ENERGY_ABOVE_CAPACITY,
    "estimate_refuted": ProblemCode.BELOW_ESTIMATE,
    "readings_missing": ProblemCode.INTERVALS_FILLED,
}
"""By check the problem that tells it."""


def told_fact(problem: ProblemCode) -> str:
    """The name of the fact how often a bill has a problem.

    >>> told_fact(ProblemCode.ROLLOVER_LARGE)
    'told_rollover_large'
    """
    return f"told_{problem.value}"


def _rule(told: Value) -> Value:
    return when(told > 0, told)


TOLD: tuple[Check, ...] = tuple(
    Check(code, Level.IMPLAUSIBLE, Kind.DYNAMIC, _rule, (told_fact(problem),), ())
    for code, problem in TOLD_BY_BILL.items()
)
"""They have no limits here: those of the bill are documents of the tariffs."""
