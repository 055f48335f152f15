"""The lines whose amounts are given."""

from billcalc.billing.charges.given.records import GivenLinePlan
from billcalc.billing.evaluated import FEN, EvaluatedLine
from billcalc.kernel.troubles import Fault
from billcalc.kernel.units import KWH
from billcalc.kernel.values import Arithmetic, rounded
from billcalc.kernel.wording import FaultCode

__all__ = ["given_line"]


def given_line(plan: GivenLinePlan, arithmetic: Arithmetic) -> EvaluatedLine:
    """The line of a given amount; one that is finer than the smallest coin is a fault."""
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
