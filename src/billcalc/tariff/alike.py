"""Components that charge alike: hardly two charges, and one that was entered under two codes."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from billcalc.tariff.components import BASIC, BandPrices, Component, FlatPrice
from billcalc.tariff.price_series import SeriesPrice
from billcalc.vocabulary import Band

__all__ = ["charge_alike"]


def charge_alike(one: Component, two: Component) -> bool:
    """Whether two components of different codes charge the same energy, in one section, at the same prices."""
    if one.code == two.code or _charged(one) != _charged(two) or one.priced_by in BASIC:
        return False
    by_band = [each.price.bands for each in (one, two) if isinstance(each.price, BandPrices)]
    bands = frozenset(band for bands in by_band for band in bands) or {Band.TOTAL}
    prices = _prices(one.price, bands)
    return any(prices.values()) and prices == _prices(two.price, bands)


def _charged(component: Component) -> tuple[object, ...]:
    """What a price is for: the section, the quantity, and which bands and what tier of a measured demand."""
    return component.section, component.quantity, component.demand


def _prices(price: FlatPrice | BandPrices | SeriesPrice | None, bands: Collection[Band]) -> Mapping[Band, Decimal]:
    """What is charged by band, one price for some bands alike; nothing where a contract or a series tells it."""
    if isinstance(price, FlatPrice):
        return dict.fromkeys(bands, price.flat.value)
    return {band: number.value for band, number in price.bands.items()} if isinstance(price, BandPrices) else {}
