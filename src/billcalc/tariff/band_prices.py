"""What a component costs in each band on a day, as it is billed: listed, floating with the time of use, or one for all.

A bill makes the same prices as values that remember how they came about; here they are numbers.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.values import Rounding, Value, rounded
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import BandPrices, Component, PriceKey
from billcalc.tariff.floating import Chain, band_chain, floated_price, price_step
from billcalc.tariff.price_series import SeriesPrice
from billcalc.tariff.resolved_conventions import ResolvedConventions, resolve_conventions
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Kind

__all__ = ["area_conventions", "band_prices"]


def area_conventions(catalog: Catalog, area: str, day: date) -> ResolvedConventions:
    """What an area's utility does on a day, and where nobody tells it the defaults."""
    found = catalog.find(Kind.CONVENTIONS, area, day)
    return resolve_conventions(*([] if found is None else [(found.document.conventions, found.source)]))


def band_prices(
    catalog: Catalog, *, area: str, key: PriceKey, day: date, component: Component
) -> Mapping[Band, Decimal] | None:
    """The prices of a component for a customer [money per unit].

    Returns:
        By band, or under ``total`` where all bands cost the same; without the bands in which it has no price, and None
        where the customer's own contract gives the price. Of prices by interval it is their mean.
    """
    price, step = component.price, component.round.price
    if isinstance(price, SeriesPrice):
        return None if price.series.mean is None else {Band.TOTAL: price.series.mean}
    if price is None:
        return None
    if isinstance(price, BandPrices):
        return {band: _rounded(number.value, step) for band, number in price.bands.items()}
    found = catalog.find(Kind.TIME_OF_USE, area, day) if key.time_of_use and component.is_energy else None
    tables = None if found is None else found.document
    if not isinstance(tables, TimeOfUse) or not tables.floats_for(component, key):
        return {Band.TOTAL: _rounded(price.flat.value, step)}
    conventions = area_conventions(catalog, area, day)
    if step is None:
        step = price_step(component, tables, conventions).step
    base = conventions.time_of_use.ratio_of.value
    chains = tables.chains(key, day) or {}
    return {
        band: _floated(price.flat.value, band_chain(chain, step, lambda: base), step) for band, chain in chains.items()
    }


def _rounded(price: Decimal, step: Decimal | None) -> Decimal:
    return price if step is None else number_of(rounded(Plain(price), Rounding(step)))


def _floated(price: Decimal, chain: Chain, step: Decimal | None) -> Decimal:
    value: Value = Plain(price)
    for _, ratio in chain:
        value = floated_price(price=value, ratio=Plain(ratio), rounding=None if step is None else Rounding(step))
    return number_of(value)
