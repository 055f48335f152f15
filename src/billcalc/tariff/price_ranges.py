"""Which range a price is held to: each is of something, whatever it is priced by."""

from collections.abc import Iterable, Mapping

from billcalc.tariff.components import FREE_KWH, Component
from billcalc.tariff.plausibility import Plausibility, PriceRange
from billcalc.tariff.tiers import stands_alone

__all__ = ["TIER_ADDITION", "range_of", "ranges_in"]

TIER_ADDITION = "tier_addition"
"""What a tier adds to the price of all energy."""


def ranges_in(document: Plausibility, currency: str) -> Mapping[str, PriceRange]:
    """What prices in a currency lie within, by what they price."""
    return {each.of: each for each in document.prices if each.unit.partition("/")[0] == currency}


def range_of(component: Component, beside: Iterable[Component], ranges: Mapping[str, PriceRange]) -> PriceRange | None:
    """What the prices of a component lie within: by its code, else by what it is of; None where no document tells.

    Args:
        component: the component.
        beside: the components that are paid together with it.
        ranges: by what they are of.
    """
    return ranges.get(component.code) or ranges.get(_of(component, beside))


def _of(component: Component, beside: Iterable[Component]) -> str:
    """What a price is of: a part of energy its section; what is no energy, or due at least, its quantity."""
    if component.quantity == FREE_KWH:
        return FREE_KWH
    if not stands_alone(component, beside):
        return TIER_ADDITION
    if component.is_energy:
        return component.section.value
    base = component.quantity.partition(".")[0]
    return base if component.minimum_of is None else f"minimum_{base}"
