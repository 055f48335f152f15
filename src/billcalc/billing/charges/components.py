"""Quantity × price of components: energy, network, system operation, levies, fees, of any sign.

A line's price is the sum of its components' prices; what is rounded to the fen is each band or all bands together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, named, rounded, total
from billcalc.vocabulary import Band, Grain

__all__ = [
    "BilledQuantity",
    "PricePerBand",
    "grains",
    "line_price",
    "rest_of_joint",
    "rest_of_surcharge",
    "surcharge_price",
]

PricePerBand = Mapping[Band, Value]
"""A price for each band; one price for all of them stands under ``total`` [money per unit]."""


@dataclass(frozen=True, slots=True)
class BilledQuantity:
    """What the components of one line, or of several lines, are billed for.

    Attributes:
        by_band: by band, or under ``total`` [unit].
        whole: all bands together [unit].
    """

    by_band: Mapping[Band, Value]
    whole: Value

    @classmethod
    def of(cls, by_band: Mapping[Band, Value]) -> "BilledQuantity":
        """The quantity of at least one band."""
        return cls(by_band, named(Term.BILLED_QUANTITY, total(list(by_band.values()))))


def line_price(*, parts: Sequence[PricePerBand], band: Band, component: str) -> Value:
    """The price of a line in a band: its components' prices added [money per unit].

    Raises:
        KeyError: where a part prices neither the band nor all bands together; the planner has made sure that none does.
    """
    prices = [part[band] if band in part else part[Band.TOTAL] for part in parts]
    return prices[0] if len(prices) == 1 else named(Term.UNIT_PRICE, total(prices), component)


def grains(
    *, quantity: BilledQuantity, prices: PricePerBand, round_per: Grain, rounding: Rounding
) -> dict[Band, Value]:
    """The rounded amounts of a line, by band or (under ``total``) for all bands [money].

    By band: round(quantity × price) for each band. In total: round(Σ quantity × price), once.

    Args:
        quantity: what is billed [unit].
        prices: for each of its bands, or one for all under ``total`` [money per unit].
        round_per: the grain.
        rounding: of a grain's amount.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> kwh = BilledQuantity.of({Band.PEAK: Plain(Decimal(132000)), Band.FLAT: Plain(Decimal(105600))})
    >>> price = {Band.TOTAL: Plain(Decimal("0.041825"))}
    >>> grains(quantity=kwh, prices=price, round_per=Grain.BAND, rounding=Rounding(Decimal("0.01")))
    {<Band.PEAK: 'peak'>: Plain(5520.90), <Band.FLAT: 'flat'>: Plain(4416.72)}
    """
    if round_per is Grain.BAND:
        return {
            band: named(Term.BAND_AMOUNT, rounded(part * _price(prices, band), rounding), band.value)
            for band, part in quantity.by_band.items()
        }
    if prices.keys() <= {Band.TOTAL}:
        amount = quantity.whole * prices[Band.TOTAL]
    else:
        amount = total([part * _price(prices, band) for band, part in quantity.by_band.items()])
    return {Band.TOTAL: rounded(amount, rounding)}


def rest_of_joint(
    *, joint: Mapping[Band, Value], others: Sequence[Mapping[Band, Value]], of: Sequence[str] = ()
) -> dict[Band, Value]:
    """What one of several lines that are rounded as one costs [money]: the joint amount less the others, by grain.

    Args:
        joint: round(quantity × sum of all prices).
        others: the amounts of the others, each rounded on its own.
        of: the line, for the derivation.

    Source: the convention ``amounts.joint``.
    """
    return {
        band: named(Term.JOINT_AMOUNT, amount, *of) - total([other[band] for other in others])
        for band, amount in joint.items()
    }


def surcharge_price(*, peak: Sequence[Value], factor: Value, rounding: Rounding, of: Sequence[str] = ()) -> Value:
    """What a kWh of sharp hours costs above peak [money/kWh]: (ratio − 1) × the sum of the rounded peak prices.

    Source: the convention ``time_of_use.sharp_surcharge``.
    """
    return named(Term.UNIT_PRICE, rounded(total(peak) * factor, rounding), *of)


def rest_of_surcharge(*, sharp: Sequence[Value], others: Sequence[Value], of: Sequence[str] = ()) -> Value:
    """What one line costs in sharp hours beside a surcharge [money]: all at their sharp prices less the others.

    Args:
        sharp: the amounts of the lines at their sharp prices.
        others: the surcharge, and the amounts of the other lines at their peak prices.
        of: the line and its band, for the derivation.

    Source: the convention ``time_of_use.sharp_surcharge``.
    """
    return named(Term.BAND_AMOUNT, total(sharp) - total(others), *of)


def _price(prices: PricePerBand, band: Band) -> Value:
    return prices[band] if band in prices else prices[Band.TOTAL]
