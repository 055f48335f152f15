"""Whether a notice fits the library: ratios of bands, the rows of last month, the prices that other documents state."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from billcalc.kernel.decimals import EXACT, ONE, decimal_text, exact_sum
from billcalc.kernel.troubles import Refused
from billcalc.notices.checks import Distance, distance, part_prices, places_of
from billcalc.notices.findings import NoticeCode
from billcalc.notices.reading import NoticeRow, Reading
from billcalc.notices.words import BAND_COLUMNS, PART_COLUMNS, Column
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import Component, FlatPrice, PriceKey, Selector
from billcalc.tariff.documents import PriceDocument
from billcalc.tariff.printed import PrintedTotal
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, CustomerClass, Kind, Section, voltages_named

__all__ = ["INDUSTRY", "PARTS", "LastMonth", "check_against", "last_month"]

INDUSTRY = (CustomerClass.INDUSTRIAL_COMMERCIAL, CustomerClass.LARGE_INDUSTRIAL, CustomerClass.GENERAL_COMMERCIAL)
"""The classes that a row of a notice is for where it names none."""


class _Part(NamedTuple):
    label: str
    section: Section
    tags: tuple[str, ...] = ()


PARTS: Mapping[Column, _Part] = {
    Column.PURCHASE: _Part("代理购电价格", Section.ENERGY, ("floats",)),
    Column.UPSTREAM_LOSS: _Part("上网环节线损费用", Section.UPSTREAM_LOSS),
    Column.NETWORK: _Part("电度输配电价", Section.NETWORK_ENERGY),
    Column.SYSTEM: _Part("系统运行费用", Section.SYSTEM_OPERATION),
    Column.LEVIES: _Part("政府性基金及附加", Section.LEVIES, ("levy",)),
}
"""Each part as documents of the library state it."""

_COMPONENTS = {
    column: Component.model_validate(
        {"code": column.value, "section": part.section, "price": "0", "tags": list(part.tags)}
    )
    for column, part in PARTS.items()
}
_IN_FORCE: tuple[tuple[Column, Kind, Section, str], ...] = (
    (Column.NETWORK, Kind.NETWORK_PRICE, Section.NETWORK_ENERGY, "billed_kwh"),
    (Column.DEMAND, Kind.NETWORK_PRICE, Section.NETWORK_CAPACITY, "demand_kw"),
    (Column.CAPACITY, Kind.NETWORK_PRICE, Section.NETWORK_CAPACITY, "capacity_kva"),
    (Column.LEVIES, Kind.LEVIES, Section.LEVIES, "billed_kwh"),
)

_UNREAD = (
    *(NoticeCode.NO_TABLE, NoticeCode.HEAD_UNKNOWN, NoticeCode.HEAD_MISSING, NoticeCode.VOLTAGE_UNKNOWN),
    *(NoticeCode.BILLING_UNKNOWN, NoticeCode.ROW_NOT_READ),
)
"""Why a row that is there may not be among those that were read."""


class LastMonth(NamedTuple):
    """The document of the month before.

    Attributes:
        month: ``2026-08``.
        document: None where the library has none.
    """

    month: str
    document: PriceDocument | None


def last_month(catalog: Catalog, area: str, day: date) -> LastMonth:
    """What the library has of the month before a day."""
    before = day - timedelta(days=1)
    found = catalog.find(Kind.PURCHASE_PRICE, area, before)
    return LastMonth(f"{before:%Y-%m}", None if found is None else found.document)


def check_against(reading: Reading, catalog: Catalog, *, area: str, day: date, fewer: bool) -> None:
    """Find what does not fit the library.

    Args:
        reading: takes the findings.
        catalog: the library, without a document of the notice's month.
        area: such as ``cn-anhui``.
        day: the first of the month.
        fewer: whether rows and bands of last month may be gone.
    """
    found = catalog.find(Kind.TIME_OF_USE, area, day)
    ratios = None if found is None else found.document
    places = places_of(reading)
    not_told: dict[Band, str] = {}
    for row in reading.rows:
        for band, distanced in _bands(row, ratios, day, places):
            figure = row.figures[Column(band.value)]
            if distanced is None:
                not_told.setdefault(band, figure.address)
            elif not (distanced.is_apart and reading.lacks_a_part):
                told = {} if ratios is None else {"document": ratios.id}
                code = NoticeCode.RATIO_APART if distanced.is_apart else NoticeCode.SUM_NEAR
                reading.find(code, figure.address, **{**distanced.facts, **told, "band": band.value})
    for band, address in not_told.items():
        reading.find(NoticeCode.RATIO_NOT_TOLD, address, band=band.value)
    _gone(reading, last_month(catalog, area, day), ratios, day, fewer=fewer)
    _in_force(reading, catalog, area, day)


def _key(row: NoticeRow) -> PriceKey:
    """One of the customers of a row."""
    return PriceKey(
        customer_class=row.customer_class or INDUSTRY[0],
        billing=row.billing,
        voltage=voltages_named(row.voltage)[0],
        purchase=row.purchase,
        time_of_use=True,
    )


def _bands(row: NoticeRow, ratios: TimeOfUse | None, day: date, places: int) -> Iterator[tuple[Band, Distance | None]]:
    """The bands whose price is not what the parts make, with how far it is; None where no ratio is told."""
    key, parts = _key(row), part_prices(row)
    factors: Mapping[Band, Decimal] = {}
    floating: dict[Column, bool | None] = {}
    if ratios is not None:
        factors = ratios.factors(key, day) or {}
        floating = {column: ratios.floats_for(_COMPONENTS[column], key) for column in PART_COLUMNS}
    told = bool(floating) and None not in floating.values()
    for column, band in BAND_COLUMNS.items():
        if column not in row.figures:
            continue
        if not told or band not in factors:
            yield band, None
            continue
        each = (EXACT.multiply(price, factors[band] if floating[part] else ONE) for part, price in parts.items())
        if (found := distance(row.figures[column], exact_sum(each), places)) is not None:
            yield band, found


def _gone(reading: Reading, last: LastMonth, ratios: TimeOfUse | None, day: date, *, fewer: bool) -> None:
    """Find rows and bands of last month that the notice does not have."""
    if last.document is None or not last.document.totals:
        reading.find(NoticeCode.LAST_MONTH_MISSING, month=last.month)
        return
    if any(each.code in _UNREAD for each in reading.findings):
        return  # what was not read is told, and is not gone
    rows = [(_selector(row), row) for row in reading.rows]
    told: set[tuple[str, Band]] = set()
    for total in last.document.totals:
        for voltage in total.selector.voltage or (None,):
            facts = {"row": _row_name(total, voltage), "document": last.document.id}
            one = total.selector if voltage is None else total.selector.model_copy(update={"voltage": (voltage,)})
            same = next((row for selector, row in rows if selector.meets(one)), None)
            if same is None:
                reading.find(NoticeCode.ROW_GONE if fewer else NoticeCode.ROW_MISSING, **facts)
                continue
            bands = None if ratios is None else ratios.bands_of_month(_key(same), day)
            for band in total.bands:
                if Column(band.value) not in same.figures and (same.address, band) not in told:
                    told.add((same.address, band))  # of all voltages of a row once
                    ends = bands is not None and band not in bands  # a band of other months
                    code = NoticeCode.BAND_GONE if fewer or ends else NoticeCode.BAND_MISSING
                    reading.find(code, same.address, **facts, band=band.value)


def _selector(row: NoticeRow) -> Selector:
    told: dict[str, Any] = {"billing": row.billing, "voltage": row.voltage, "purchase": row.purchase}
    if row.customer_class is not None:
        told["class"] = row.customer_class
    return Selector.model_validate(told)


def _row_name(total: PrintedTotal, voltage: str | None) -> str:
    selector = total.selector
    told = (*selector.purchase, *selector.customer_class, *selector.billing, *([voltage] if voltage else []))
    return " ".join(word.value if hasattr(word, "value") else word for word in told)


def _in_force(reading: Reading, catalog: Catalog, area: str, day: date) -> None:
    """Find prices that other documents in force state otherwise."""
    not_compared: set[tuple[Column, Kind]] = set()
    seen: set[tuple[str, Decimal]] = set()
    for row in reading.rows:
        for column, kind, section, quantity in _IN_FORCE:
            figure = row.figures.get(column)
            if figure is None:
                continue
            stated = _stated(catalog, kind, section, quantity, area=area, row=row, day=day)
            if stated is None:
                if (column, kind) not in not_compared:
                    reading.find(NoticeCode.PRICE_NOT_COMPARED, figure.address, column=column.value, kind=kind.value)
                not_compared.add((column, kind))
            elif stated[1] != figure.price and (figure.address, stated[1]) not in seen:
                seen.add((figure.address, stated[1]))  # a merged cell is the price of several rows
                facts = {"printed": decimal_text(figure.price), "price": decimal_text(stated[1])}
                reading.find(
                    NoticeCode.PRICE_NOT_IN_FORCE, figure.address, column=column.value, document=stated[0], **facts
                )


def _stated(
    catalog: Catalog, kind: Kind, section: Section, quantity: str, *, area: str, row: NoticeRow, day: date
) -> tuple[str, Decimal] | None:
    """The document in force and the price that it states for a row; None where it states no single one."""
    try:
        found, components = catalog.components(kind, area=area, key=_key(row), day=day)
    except Refused:
        return None
    prices = [
        each.component.price
        for each in components
        if each.component.section is section and each.component.quantity == quantity
    ]
    if not prices or not all(isinstance(price, FlatPrice) for price in prices):
        return None
    return found.document.id, exact_sum(price.flat.value for price in prices if isinstance(price, FlatPrice))
