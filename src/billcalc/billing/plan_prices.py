"""The prices of a plan: what a component costs in each band, and where it has no price."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.values import Rounding
from billcalc.tariff.floating import Chain, at_once
from billcalc.vocabulary import Band

__all__ = ["BandPrice", "PricePart", "Unpriced"]


@dataclass(frozen=True, slots=True)
class BandPrice:
    """One component's price in one band.

    Attributes:
        price: as the document states it [money per unit]; None where it is the customer's own.
        slot: the slot of the customer's own price.
        ratios: the time-of-use ratios it is multiplied by, one after the other, each with the band whose price that is.
        ratio_source: the document that states the ratios.
        rounding: of the price (where there are ratios: of each product), or None.
    """

    price: Decimal | None
    slot: Slot | None = None
    ratios: Chain = ()
    ratio_source: Source | None = None
    rounding: Rounding | None = None

    def at_once(self) -> "BandPrice":
        """The same with one ratio, the product of all, so that nothing is rounded on the way."""
        return replace(self, ratios=at_once(self.ratios))


@dataclass(frozen=True, slots=True)
class PricePart:
    """One component of a line.

    Attributes:
        prices: by band; a component with one price for all bands has it under ``total``.
        in_base: whether the power-factor base has it.
        unpriced: bands that it has no price in, each with the id of the document that has none.
    """

    code: str
    prices: tuple[tuple[Band, BandPrice], ...]
    source: Source
    in_base: bool
    unpriced: tuple[tuple[Band, str], ...] = ()


class Unpriced(NamedTuple):
    """A band in which a component of a document has no price: energy in it (in the slot of a named one) is refused."""

    band: Band
    slot: Slot | None
    component: str
    document: str
