"""The prices of a plan: what a component costs in each band, and where it has no price."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from billcalc.kernel.sources import Source
from billcalc.vocabulary import Band

__all__ = ["BandPrice", "PricePart", "Unpriced"]


@dataclass(frozen=True, slots=True)
class BandPrice:
    """One component's price in one band.

    Attributes:
        price: as the document states it [money per unit]; None where it is the customer's own.
        slot: the slot of the customer's own price.
        ratio: the time-of-use ratio it is multiplied by, or None.
        ratio_source: the document that states the ratio.
        round: the step the price (where there is a ratio: the product) is rounded to, or None.
    """

    price: Decimal | None
    slot: str | None = None
    ratio: Decimal | None = None
    ratio_source: Source | None = None
    round: Decimal | None = None


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
    slot: str | None
    component: str
    document: str
