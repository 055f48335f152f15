"""The check of tiers: that each has a limit and a price, more does not cost less, and those of demand meet."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from billcalc.kernel.decimals import ZERO, decimal_text
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.cells import cells
from billcalc.tariff.components import BandPrices, Component, FlatPrice, PriceKey, Selector
from billcalc.tariff.documents import PriceDocument
from billcalc.tariff.findings import Finding, FindingCode
from billcalc.tariff.measured_demand import MeasuredDemand, tiers_apart
from billcalc.tariff.tiers import TierTable, is_base
from billcalc.vocabulary import Band

__all__ = ["check_tiers"]


class _Tier(NamedTuple):
    """The price of a tier; ``place`` is that of its component in its document."""

    number: int
    place: int
    prices: Mapping[Band, Decimal]

    def path(self, key: str) -> tuple[int | str, ...]:
        return ("components", self.place, key)


def check_tiers(catalog: Catalog) -> Iterator[Finding]:
    """What is found of the tiers of every document of prices, once for however many customers."""
    for document in catalog.documents:
        if isinstance(document, PriceDocument):
            found: list[Finding] = []
            if document.tiers or any(each.tier for each in document.components):
                found.extend(_of_document(document))
            found.extend(_of_demand(document))
            yield from {(each.code, each.path): each for each in found}.values()


def _of_demand(document: PriceDocument) -> Iterator[Finding]:
    """Tiers of one demand of one customer that leave a gap, or overlap."""
    tiers = [
        (place, each, each.demand)
        for place, each in enumerate(document.components)
        if each.demand is not None and each.demand != each.demand.whole
    ]
    for key in _customers([each.selector for _, each, _ in tiers]):
        found: dict[tuple[str, str], list[tuple[int, Component, MeasuredDemand]]] = {}
        for row in tiers:
            _, component, demand = row
            if component.selector.matches(key):
                found.setdefault((component.quantity, str(demand.bands)), []).append(row)
        for rows in found.values():
            if apart := tiers_apart(demand for _, _, demand in rows):
                (_, lower, _), (place, upper, _) = (next(row for row in rows if row[2] is tier) for tier in apart)
                facts = {"component": lower.code, "other_component": upper.code}
                yield Finding(FindingCode.DEMAND_TIERS_APART, document.id, ("components", place, "demand"), facts)


def _of_document(document: PriceDocument) -> Iterator[Finding]:
    met: set[int] = set()
    selectors = [*(each.selector for each in document.components), *(table.selector for table in document.tiers)]
    for key in _customers(selectors):
        tables = [place for place, table in enumerate(document.tiers) if table.selector.matches(key)]
        if tiers := _tiers(document, key):
            met.update(tables)
            yield from _of_customer(document, key, tiers, tables)
    for place in range(len(document.tiers)):
        if place not in met:
            yield Finding(FindingCode.TIERS_OF_NOBODY, document.id, ("tiers", place, "for"))


def _customers(selectors: Sequence[Selector]) -> Iterator[PriceKey]:
    """One of each kind of customer that the selectors tell apart, with time of use and without."""
    for timed in cells(selectors):
        yield from (timed, timed.model_copy(update={"time_of_use": False}))


def _tiers(document: PriceDocument, key: PriceKey) -> list[_Tier]:
    """The prices of the tiers of a customer, in their order."""
    return sorted(
        _Tier(component.tier, place, _prices(component))
        for place, component in enumerate(document.components)
        if component.tier is not None and component.selector.matches(key)
    )


def _of_customer(
    document: PriceDocument, key: PriceKey, tiers: Sequence[_Tier], tables: Sequence[int]
) -> Iterator[Finding]:
    """What is found of the tiers of one customer."""
    if not tables:
        yield Finding(FindingCode.TIER_LIMITS_MISSING, document.id, tiers[0].path("quantity"), {"key": str(key)})
        return
    if len(tables) > 1:
        yield Finding(FindingCode.TIERS_AMBIGUOUS, document.id, ("tiers", tables[1], "for"), {"key": str(key)})
    has_base = any(is_base(each) and each.selector.matches(key) for each in document.components)
    yield from _limits(document, key, document.tiers[tables[0]], tiers, has_base=has_base)
    if document.tiers[tables[0]].per is None:  # what is used for more hours of its demand costs less, as a rule
        yield from _falling(document, [_Tier(1, 0, {Band.TOTAL: ZERO}), *tiers] if has_base else tiers)


def _limits(
    document: PriceDocument, key: PriceKey, table: TierTable, tiers: Sequence[_Tier], *, has_base: bool
) -> Iterator[Finding]:
    """Tiers without a price, and prices without a tier; that above a limit that nobody read may have either."""
    priced = {tier.number for tier in tiers}
    for number in range(2 if has_base else 1, table.last + (0 if table.above_unknown else 1)):
        if number not in priced:
            facts = {"number": str(number), "key": str(key)}
            yield Finding(FindingCode.TIER_UNPRICED, document.id, tiers[0].path("quantity"), facts)
    for tier in tiers:
        if tier.number > table.last and not table.above_unknown:
            facts = {"number": str(tier.number), "most": str(table.last), "key": str(key)}
            yield Finding(FindingCode.TIER_WITHOUT_LIMIT, document.id, tier.path("quantity"), facts)


def _falling(document: PriceDocument, tiers: Sequence[_Tier]) -> Iterator[Finding]:
    """Prices of a tier that are below those of the tier before, in some band."""
    for lower, upper in pairwise(tiers):
        for band, price in upper.prices.items():
            before = lower.prices.get(band, lower.prices.get(Band.TOTAL))
            if before is not None and price < before:
                facts = {"number": str(upper.number), "price": decimal_text(price), "before": decimal_text(before)}
                yield Finding(FindingCode.TIER_PRICE_FALLS, document.id, upper.path("price"), facts)


def _prices(component: Component) -> Mapping[Band, Decimal]:
    """The prices of a component; none where a contract tells them."""
    price = component.price
    if isinstance(price, BandPrices):
        return {band: number.value for band, number in price.bands.items()}
    return {Band.TOTAL: price.flat.value} if isinstance(price, FlatPrice) else {}
