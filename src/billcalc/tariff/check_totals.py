"""The check of printed totals: how far the parts of a price, added up, are from the sums that the notice prints."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from billcalc.kernel.decimals import EXACT, ZERO, decimal_text, exact_sum
from billcalc.kernel.troubles import Refused
from billcalc.tariff.band_prices import band_prices
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.cells import cells
from billcalc.tariff.components import PriceKey
from billcalc.tariff.documents import PriceDocument
from billcalc.tariff.findings import Finding, FindingCode
from billcalc.vocabulary import Band

__all__ = ["TOLERANCE", "Compared", "check_totals", "compared_totals"]

TOLERANCE = Decimal("0.0002")
"""How far a printed sum may be from its parts, each of which was rounded [money/kWh]."""

_HALF = Decimal("0.5")


class Compared(NamedTuple):
    """One printed total beside the sum of its parts.

    Attributes:
        path: where it stands in the document.
        key: a customer of its row.
        printed, parts: [money/kWh].
    """

    path: tuple[int | str, ...]
    key: PriceKey
    printed: Decimal
    parts: Decimal

    @property
    def distance(self) -> Decimal:
        """How far they are apart [money/kWh]."""
        return abs(EXACT.subtract(self.printed, self.parts))

    @property
    def is_rounding(self) -> bool:
        """Whether no more lies between them than half of the last place that is printed."""
        places = self.printed.as_tuple().exponent
        assert isinstance(places, int), "a printed total is a number"
        return self.distance <= _HALF.scaleb(places)


def compared_totals(catalog: Catalog, document: PriceDocument) -> Iterator[Compared]:
    """Every printed total of a document beside the sum of the parts in force on the day it starts.

    Raises:
        Refused: where a part is not in the library or does not tell a price.
    """
    own = [component.selector for component in document.components]
    for number, total in enumerate(document.totals):
        path = ("totals", number)
        for key in cells((total.selector, *own)):
            if not total.selector.matches(key) or not any(selector.matches(key) for selector in own):
                continue
            if total.untimed is not None:
                untimed = key.model_copy(update={"time_of_use": False})
                parts = _sum(catalog, document.area, untimed, document.start, Band.TOTAL)
                yield Compared((*path, "untimed"), untimed, total.untimed, parts)
            for band, printed in total.bands.items():
                parts = _sum(catalog, document.area, key, document.start, band)
                yield Compared((*path, "bands", band.value), key, printed, parts)


def _sum(catalog: Catalog, area: str, key: PriceKey, day: date, band: Band) -> Decimal:
    """The price of one kWh of a customer, all components together [money/kWh].

    What has no price in the band, or a price of the customer's own, adds nothing.
    """
    sheet = catalog.price_sheet(area=area, key=key, on=day)
    energy = (each.component for each in sheet.components if each.component.quantity == "billed_kwh")
    told = (band_prices(catalog, area=area, key=key, day=day, component=component) or {} for component in energy)
    return exact_sum(prices.get(band, prices.get(Band.TOTAL, ZERO)) for prices in told)


def check_totals(catalog: Catalog) -> Iterator[Finding]:
    """How far the printed totals of each document are from their parts; each that is further than rounding takes."""
    for document in catalog.documents:
        if isinstance(document, PriceDocument) and document.totals:
            yield from _document(catalog, document)


def _document(catalog: Catalog, document: PriceDocument) -> Iterator[Finding]:
    try:
        compared = tuple(compared_totals(catalog, document))
    except Refused as refused:
        facts = {"reason": refused.refusal.code, **refused.refusal.facts}
        yield Finding(FindingCode.TOTALS_NOT_COMPARED, document.id, ("totals",), facts)
        return
    for each in compared:
        if not each.is_rounding:
            facts = {"printed": decimal_text(each.printed), "parts": decimal_text(each.parts), "key": str(each.key)}
            facts["distance"] = decimal_text(each.distance)
            code = FindingCode.TOTAL_NEAR if each.distance <= TOLERANCE else FindingCode.TOTAL_APART
            yield Finding(code, document.id, each.path, facts)
    widest = max((each.distance for each in compared), default=ZERO)
    facts = {"totals": str(len({each.path for each in compared})), "distance": decimal_text(widest)}
    yield Finding(FindingCode.TOTALS_COMPARED, document.id, ("totals",), facts)
