"""The prices of a plan as values."""

from billcalc.billing.plan_prices import BandPrice, PricePart
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Arithmetic, Value, named, rounded
from billcalc.tariff.floating import floated_price
from billcalc.vocabulary import Band

__all__ = ["part_prices"]


def part_prices(part: PricePart, unit: str, arithmetic: Arithmetic) -> dict[Band, Value]:
    """A component's price in each band, or under ``total`` for all [unit]."""
    return {band: _price(part, band, price, unit, arithmetic) for band, price in part.prices}


def _price(part: PricePart, band: Band, price: BandPrice, unit: str, arithmetic: Arithmetic) -> Value:
    of = (part.code,) if band is Band.TOTAL else (part.code, band.value)
    rounding = price.rounding
    if price.price is None:
        assert price.slot is not None, "a price is the document's or the customer's own"
        stated = arithmetic.input(price.slot)
    else:  # a price that floats is of no band yet
        of_price = of if not price.ratios else (part.code,)
        stated = arithmetic.constant(price.price, term=Term.UNIT_PRICE, of=of_price, unit=unit, source=part.source)
    for step, factor in price.ratios:  # the last of them is the band's own
        ratio = arithmetic.constant(factor, term=Term.FLOAT_RATIO, of=(step.value,), source=price.ratio_source)
        of_step = (part.code, step.value)
        stated = floated_price(price=stated, ratio=ratio, rounding=rounding, of=of_step)
    if price.ratios:
        return stated
    return stated if rounding is None else named(Term.UNIT_PRICE, rounded(stated, rounding), *of)
