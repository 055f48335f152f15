"""How a price floats: by which ratios, one after another or at once, and to which step it is rounded."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any, NamedTuple

from billcalc.kernel.decimals import EXACT
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, named, rounded
from billcalc.tariff.components import Component
from billcalc.tariff.convention_rules import names
from billcalc.tariff.convention_words import RatioBase
from billcalc.tariff.resolved_conventions import Convention, ResolvedConventions
from billcalc.tariff.time_of_use_tables import Tables
from billcalc.vocabulary import Band

__all__ = ["Chain", "PriceStep", "at_once", "band_chain", "floated_price", "price_step"]

Chain = tuple[tuple[Band, Decimal], ...]
"""The ratios that a price is multiplied by, one after another, each with the band whose price that is [1]."""


class PriceStep(NamedTuple):
    """The step to which what a component costs in a band is rounded.

    Attributes:
        step: None where it is not rounded [money/kWh].
        convention: what decides it; None where the document of the ratios does, or nothing.
    """

    step: Decimal | None
    convention: Convention[Any] | None


def price_step(component: Component, tables: Tables, conventions: ResolvedConventions) -> PriceStep:
    """To what the band prices of a component are rounded: by the area's convention, else by the ratios' document."""
    unrounded, price_round = conventions.time_of_use.unrounded, conventions.time_of_use.price_round
    if names(unrounded.value, component.code, component.section):
        return PriceStep(None, unrounded)
    if price_round.source is not None:
        return PriceStep(price_round.value, price_round)
    return PriceStep(None if tables.price_round is None else tables.price_round.step, None)


def band_chain(chain: Chain, step: Decimal | None, base: Callable[[], RatioBase]) -> Chain:
    """The ratios of a band as they are multiplied: at once, unless the ratio of a band is of a price that is rounded.

    Args:
        chain: the ratios as the document tells them.
        step: to which each product is rounded; None where none is.
        base: what a ratio multiplies; asked where it matters.
    """
    whole = at_once(chain)
    by_steps = whole != chain and step is not None and base() is RatioBase.ROUNDED
    return chain if by_steps else whole


def at_once(chain: Chain) -> Chain:
    """The same with one ratio, the product of all, so that nothing is rounded on the way."""
    if len(chain) < 2:
        return chain
    factor = reduce(EXACT.multiply, (factor for _, factor in chain))
    return ((chain[-1][0], factor),)


def floated_price(*, price: Value, ratio: Value, rounding: Rounding | None, of: Sequence[str] = ()) -> Value:
    """A component's price in a time band: price × the band's ratio, rounded where the notice rounds it [money/kWh]."""
    product = price * ratio
    return named(Term.FLOATED_PRICE, product if rounding is None else rounded(product, rounding), *of)
