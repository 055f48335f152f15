"""The lines whose amounts are given."""

from dataclasses import replace
from decimal import Decimal
from functools import reduce

from billcalc.billing.charges.given.records import GivenLinePlan
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.evaluated import FEN, EvaluatedLine
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.troubles import Fault, Severity
from billcalc.kernel.units import KWH
from billcalc.kernel.values import Arithmetic, Value, maximum, minimum, rounded
from billcalc.vocabulary import BANDS

__all__ = ["given_line"]

_HALF = Decimal("0.5")


def given_line(plan: GivenLinePlan, arithmetic: Arithmetic) -> EvaluatedLine:
    """The line of a given amount; one that is finer than the smallest coin is a fault."""
    given = arithmetic.input(plan.amount)
    apart = given - rounded(given, FEN)
    for is_money in (apart <= 0, apart >= 0):
        arithmetic.require(is_money, Fault(FaultCode.AMOUNT_TOO_FINE, plan.amount.where), amount=given)
    arithmetic.settle()
    kwh = None if plan.kwh is None else arithmetic.input(plan.kwh)
    price = None if plan.price is None else arithmetic.input(plan.price)
    if kwh is not None and price is not None:
        if plan.by_price:
            given = rounded(kwh * price, FEN)
        else:
            _check_product(plan, kwh, price, given, arithmetic)
    return EvaluatedLine(
        name=plan.name,
        band=plan.band,
        quantity=kwh,
        unit=KWH,
        price=price,
        amount=given,
        scope=plan.scope,
        base=given if plan.in_base else None,
        given=True,
        own_ratio=None if plan.ratio is None else arithmetic.input(plan.ratio),
    )


def _check_product(plan: GivenLinePlan, kwh: Value, price: Value, given: Value, arithmetic: Arithmetic) -> None:
    """Doubt an amount that no energy and price make which are printed as these are.

    What is printed is up to half of its last digit off. An amount of all bands may be the sum of what was rounded in
    each of them.
    """
    assert plan.digits is not None, "both are told"
    off_kwh, off_price = (arithmetic.input(digit) * _HALF for digit in plan.digits)
    products = [(kwh + a) * (price + b) for a in (off_kwh, -off_kwh) for b in (off_price, -off_price)]
    off = FEN.step * _HALF * (len(BANDS) if plan.band is None else 1)
    facts = {"line": plan.name.code}
    other = OtherReading(Reading.BY_PRICE, ((plan, replace(plan, by_price=True)),))
    doubt = Doubt(ProblemCode.AMOUNT_DIFFERS, Severity.DOUBT, plan.amount.where, facts, others=(other,))
    product = rounded(kwh * price, FEN)
    for differs in (given - off > reduce(maximum, products), given + off < reduce(minimum, products)):
        arithmetic.report(differs, doubt, amount=given, kwh=kwh, price=price, product=product)
