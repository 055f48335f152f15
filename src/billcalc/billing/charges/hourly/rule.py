"""What energy costs at prices by interval."""

from collections.abc import Sequence

from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, named, quotient, rounded, total

__all__ = ["average_price", "cost"]


def cost(*, at_prices: Sequence[tuple[Value, Value]], rounding: Rounding, of: Sequence[str] = ()) -> Value:
    """What the energy of a line costs [money]: round(Σ energy × price), once.

    Intervals of one price are one product, so that prices which are all alike make the amount that one price makes.

    Args:
        at_prices: of each price the energy taken at it [kWh], and the price [money/kWh].
        rounding: of the amount.
        of: the line, for the derivation.

    Source: the contract or document of the prices, whose ``round`` tells what the amount is rounded to; that the spot
    market settles energy by interval is known of 电力现货市场基本规则（试行）(发改能源规〔2023〕1217号);
    its articles were not read.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> hours = [(Plain(Decimal(each)), Plain(Decimal(price))) for each, price in (("10", "0.4"), ("7", "-0.05"))]
    >>> cost(at_prices=hours, rounding=Rounding(Decimal("0.01")))
    Plain(3.65)
    """
    return named(Term.AMOUNT, rounded(total([energy * price for energy, price in at_prices]), rounding), *of)


def average_price(*, amount: Value, energy: Value, rounding: Rounding) -> Value:
    """What is printed as the price of a line [money/kWh]: amount ÷ energy, 0 of none. Nothing is billed by it."""
    return quotient(amount, energy, rounding)
