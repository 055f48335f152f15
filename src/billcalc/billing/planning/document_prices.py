"""Prices of documents that a bill rests on: a library that nobody checked may be in fen, or have exchanged two bands.

The shipped one is held to the same limits by ``tariffs check``; what a document acknowledges there is right here.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from billcalc.billing.planning.case import Case
from billcalc.billing.planning.limits import ranges_of
from billcalc.billing.planning.own_prices import by_hours_use, paid_together
from billcalc.billing.planning.prices import OWN_PRICES, Paid
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.troubles import Problem, Severity
from billcalc.tariff.catalog import InForce
from billcalc.tariff.components import BandPrices, FlatPrice, PriceNumber
from billcalc.tariff.plausibility import PriceRange
from billcalc.tariff.price_ranges import range_of
from billcalc.tariff.price_series import SeriesPrice
from billcalc.vocabulary import FROM_THE_DEAREST, Band, Section

__all__ = ["doubt_document_prices"]

_OF_ENERGY = (Section.ENERGY, Section.CATALOGUE)
_ACKNOWLEDGED, _TIERS_ACKNOWLEDGED = "price_implausible", "tier_price_falls"


def doubt_document_prices(case: Case, limits: InForce | None, currency: str) -> bool:
    """Doubt the prices that some group pays by a document and that are hardly meant; whether there are any."""
    ranges, before = ranges_of(limits, currency), len(case.notes.problems)
    for together in paid_together(case):
        held = [paid for paid in together if _is_held(case, paid, _ACKNOWLEDGED)]
        beside = [paid.component for paid in together]
        found = [_doubts(paid, range_of(paid.component, beside, ranges)) for paid in held]
        tiers = [
            each for each in together if _is_held(case, each, _TIERS_ACKNOWLEDGED) and not by_hours_use(case, each)
        ]
        for problem in chain(*found, _tiers_not_ordered(tiers)):
            case.notes.note(problem)
    return len(case.notes.problems) > before


def _is_held(case: Case, paid: Paid, warning: str) -> bool:
    """Whether a price is of a document that does not say that it is right in spite of a warning of its check."""
    document = case.catalog.document(paid.source.id)
    return paid.source.id != OWN_PRICES and document is not None and warning not in document.acknowledged


def _doubts(paid: Paid, limit: PriceRange | None) -> Iterator[Problem]:
    component, where = paid.component, f"/tariffs/{paid.source.id}"
    told = _told(component.price)
    for number in told.values():
        if limit is not None and not limit.least <= number.value <= limit.most:
            stated = {"component": component.code, "price": decimal_text(number.value)}
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


def _tiers_not_ordered(paid: Sequence[Paid]) -> Iterator[Problem]:
    """Doubt a tier that is cheaper than the one before it."""
    tiers = {(each.component.section, each.component.tier): each for each in paid if each.component.tier is not None}
    for (section, tier), each in tiers.items():
        before = tiers.get((section, tier - 1))
        below = {} if before is None else _told(before.component.price)
        for band, number in _told(each.component.price).items():
            if band in below and number.value < below[band].value:
                facts = {"component": each.component.code, "number": str(tier), "price": decimal_text(number.value)}
                facts["below"] = decimal_text(below[band].value)
                yield Problem(ProblemCode.TIERS_NOT_ORDERED, Severity.DOUBT, f"/tariffs/{each.source.id}", facts)


def _told(price: FlatPrice | BandPrices | SeriesPrice | None) -> dict[Band, PriceNumber]:
    """The prices of a component, by interval their mean; of one that the customer's contract prices none."""
    if isinstance(price, SeriesPrice):
        return {} if price.series.mean is None else {Band.TOTAL: PriceNumber(official=price.series.mean)}
    if isinstance(price, BandPrices):
        return price.bands
    return {} if price is None else {Band.TOTAL: price.flat}
