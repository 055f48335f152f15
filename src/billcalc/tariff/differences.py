"""What changed between two days: every price by component and band, for one customer or for every row of the tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refusal, Refused
from billcalc.tariff.band_prices import band_prices
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.cells import cells
from billcalc.tariff.components import PriceKey, Selector
from billcalc.tariff.documents import PriceDocument
from billcalc.tariff.kinds import PRICE_KINDS, STATED_APART
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import BANDS, Band, Kind, Section

__all__ = ["Change", "Differences", "differences"]


class _Item(NamedTuple):
    """What is priced."""

    section: Section
    component: str
    quantity: str
    band: Band


_Prices = Mapping[_Item, Decimal | None]
"""What each item costs [money per unit]; None where the customer's own contract tells."""


@dataclass(frozen=True, slots=True)
class Change:
    """One price that changed, and for whom.

    Attributes:
        quantity: what the price multiplies.
        band: ``total`` where all bands cost the same.
        is_priced: whether there is such a price on the first and on the second day.
        before, after: [money per unit]; None where there is none, and where the customer's own contract tells.
        customers: one of each row of which it is true.
    """

    section: Section
    component: str
    quantity: str
    band: Band
    is_priced: tuple[bool, bool]
    before: Decimal | None
    after: Decimal | None
    customers: tuple[PriceKey, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed between two days.

    Attributes:
        customers: one of each row that was compared.
        currency: of the prices on the second day.
        changes: in the order of printing.
        lacking: what could not be compared, for want of a document or a row on one of the days.
    """

    customers: tuple[PriceKey, ...]
    currency: str
    changes: tuple[Change, ...]
    lacking: tuple[Refusal, ...]


def differences(catalog: Catalog, *, area: str, first: date, second: date, key: PriceKey | None = None) -> Differences:
    """What changed from one day to another.

    Args:
        catalog: the tariffs.
        area: such as ``cn-guangxi``.
        first: the earlier day, or the later.
        second: the day whose prices come after.
        key: a customer; None for one of each row that the documents tell apart.
    """
    lacking: dict[str, Refusal] = {}
    found: dict[tuple[_Item, tuple[bool, bool], Decimal | None, Decimal | None], list[PriceKey]] = {}
    compared: list[PriceKey] = []
    for each in [key] if key is not None else _rows(catalog, area, (first, second)):
        told = [_prices(catalog, area, each, day) for day in (first, second)]
        if key is None and all(_is_nobody(refusals) for _, refusals in told):
            continue
        compared.append(each)
        for refusal in (refusal for _, refusals in told for refusal in refusals):
            if key is not None or refusal.code is RefusalCode.NO_DOCUMENT:
                lacking.setdefault(str(refusal), refusal)
        for change in _changes(told[0][0], told[1][0]):
            found.setdefault(change, []).append(each)
    changes = [Change(*item, priced, before, after, tuple(who)) for (item, priced, before, after), who in found.items()]
    changes.sort(key=_place)
    return Differences(tuple(compared), catalog.currency(area, second), tuple(changes), tuple(lacking.values()))


def _is_nobody(refusals: Iterable[Refusal]) -> bool:
    """Whether there is no such customer: one kind of document has prices, and none for him."""
    return any(refusal.code is RefusalCode.NO_PRICE for refusal in refusals)


def _place(change: Change) -> tuple[int, str, int]:
    return list(Section).index(change.section), change.component, [*BANDS, Band.TOTAL].index(change.band)


def _changes(
    before: _Prices, after: _Prices
) -> Iterator[tuple[_Item, tuple[bool, bool], Decimal | None, Decimal | None]]:
    for item in {**before, **after}:
        priced = (item in before, item in after)
        if priced != (True, True) or before[item] != after[item]:
            yield item, priced, before.get(item), after.get(item)


def _prices(catalog: Catalog, area: str, key: PriceKey, day: date) -> tuple[_Prices, tuple[Refusal, ...]]:
    """Every price of a customer on a day, and what is lacking."""
    prices: dict[_Item, Decimal | None] = {}
    refusals: list[Refusal] = []
    structure = catalog.find(Kind.PRICE_STRUCTURE, area, day)
    made_of: Mapping[object, Sequence[Kind]] = {} if structure is None else structure.document.made_of
    for kind in made_of.get(key.customer_class, ()):
        try:
            _, components = catalog.components(kind, area=area, key=key, day=day)
        except Refused as refused:
            refusals.append(refused.refusal)
            continue
        for component in (each.component for each in components):
            told = band_prices(catalog, area=area, key=key, day=day, component=component)
            for band, price in {Band.TOTAL: None}.items() if told is None else told.items():
                prices[_Item(component.section, component.code, component.quantity, band)] = price
    return prices, tuple(refusals)


def _rows(catalog: Catalog, area: str, days: Iterable[date]) -> Iterator[PriceKey]:
    """One of each row that the documents of some days tell apart, with time of use and without."""
    selectors: list[Selector] = []
    for day in days:
        for kind in (*PRICE_KINDS, *STATED_APART.values(), Kind.TIME_OF_USE):
            found = catalog.find(kind, area, day)
            document = None if found is None else found.document
            if isinstance(document, PriceDocument):
                selectors.extend(each.selector for each in document.components)
            elif isinstance(document, TimeOfUse):
                rows = (*document.ratios.values(), *document.floats.values())
                selectors.extend([document.selector, *(row.selector for row in rows if row is not None)])
    for key in cells(selectors):
        yield key
        yield key.model_copy(update={"time_of_use": False})
