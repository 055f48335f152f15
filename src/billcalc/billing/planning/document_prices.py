"""Prices of documents that a bill rests on: a library that nobody checked may be in fen, or have exchanged two bands.

The shipped one is held to the same limits by ``tariffs check``; what a document acknowledges there is right here.
"""

from collections.abc import Iterator
from itertools import pairwise

from billcalc.billing.planning.case import Case
from billcalc.billing.planning.own_prices import all_paid, ranges_of
from billcalc.billing.planning.prices import OWN_PRICES, Paid
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.troubles import Problem, Severity
from billcalc.tariff.catalog import InForce
from billcalc.tariff.components import BandPrices, FlatPrice, PriceNumber
from billcalc.tariff.plausibility import PriceRange
from billcalc.vocabulary import FROM_THE_DEAREST, Band, Section

__all__ = ["doubt_document_prices"]

_OF_ENERGY = (Section.ENERGY, Section.CATALOGUE)
_ACKNOWLEDGED = "price_implausible"


def doubt_document_prices(case: Case, limits: InForce | None, currency: str) -> bool:
    """Doubt the prices that some group pays by a document and that are hardly meant; whether there are any."""
    ranges, before = ranges_of(limits, currency), len(case.notes.problems)
    for paid in all_paid(case):
        document = case.catalog.document(paid.source.id)
        if paid.source.id == OWN_PRICES or document is None or _ACKNOWLEDGED in document.acknowledged:
            continue
        for problem in _doubts(paid, ranges.get(paid.component.priced_by.partition(".")[0])):
            case.notes.note(problem)
    return len(case.notes.problems) > before


def _doubts(paid: Paid, limit: PriceRange | None) -> Iterator[Problem]:
    component, where = paid.component, f"/tariffs/{paid.source.id}"
    told = _told(component.price)
    for number in told.values():
        stated = {"component": component.code, "price": decimal_text(number.value)}
        if limit is not None and not limit.least <= number.value <= limit.most:
            bounds = {"least": decimal_text(limit.least), "most": decimal_text(limit.most)}
            facts = {**stated, **bounds, "unit": limit.unit, "quantity": limit.of}
            yield Problem(ProblemCode.OWN_PRICE_IMPLAUSIBLE, Severity.DOUBT, where, facts)
        elif component.section in _OF_ENERGY and number.value == 0:
            facts = {"component": component.code, "section": component.section.value}
            yield Problem(ProblemCode.PRICED_AT_NOTHING, Severity.DOUBT, where, facts)
    order = [band for band in FROM_THE_DEAREST if band in told] if component.section in _OF_ENERGY else []
    for dearer, cheaper in pairwise(order):
        price, below = told[dearer].value, told[cheaper].value
        if price < below:
            facts = {"component": component.code, "band": dearer.value, "price": decimal_text(price)}
            doubt = {**facts, "below": decimal_text(below)}
            yield Problem(ProblemCode.OWN_BANDS_NOT_ORDERED, Severity.DOUBT, where, doubt)


def _told(price: FlatPrice | BandPrices | None) -> dict[Band, PriceNumber]:
    """The prices of a component; of one that the customer's contract prices none."""
    if isinstance(price, BandPrices):
        return price.bands
    return {} if price is None else {Band.TOTAL: price.flat}
