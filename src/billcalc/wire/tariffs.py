"""What the service bills by as data: a page of documents, and the price sheet of one customer on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypedDict

from billcalc.kernel.decimals import decimal_text, decimal_texts
from billcalc.tariff.catalog import PriceSheet, SheetComponent
from billcalc.tariff.components import BandPrices, FlatPrice
from billcalc.tariff.documents import Header
from billcalc.tariff.price_series import SeriesPrice
from billcalc.vocabulary import Kind, Section
from billcalc.wire.schema import Day, Form, Number, OneOf

__all__ = [
    "BandPricesData",
    "ComponentData",
    "DocumentData",
    "FlatPriceData",
    "PageData",
    "PriceSheetData",
    "SeriesData",
    "SeriesPriceData",
    "page_data",
    "price_sheet_data",
]

DocumentData = TypedDict(
    "DocumentData",
    {
        "id": str,
        "kind": Annotated[str, OneOf(Kind)],
        "area": str,
        "from": Day,
        "title": str,
        "number": str | None,
        "evidence": str,
        "recorded_on": Day,
    },
)
"""A document of the tariff set, in a list."""


class PageData(TypedDict):
    """A page of documents, and the cursor of the next one."""

    items: list[DocumentData]
    next_cursor: str | None
    tariff_set: str


class FlatPriceData(TypedDict):
    """One price for all bands."""

    flat: Number


class BandPricesData(TypedDict):
    """A price for each band."""

    bands: dict[str, Number]


class SeriesData(TypedDict):
    """Prices in a row."""

    step: Annotated[int, Form(description="the length of an interval [min]")]
    start: Annotated[str, Form(description="when the first begins, with its offset")]
    values: Annotated[list[Number | None], Form(description="null: not known")]


class SeriesPriceData(TypedDict):
    """A price for each interval."""

    series: SeriesData


class ComponentData(TypedDict):
    """A component of a price sheet."""

    code: str
    section: Annotated[str, OneOf(Section)]
    line: str
    quantity: str
    price: Annotated[
        FlatPriceData | BandPricesData | SeriesPriceData | None,
        Form(description="null: it is given with the request"),
    ]
    tags: list[str]
    source: Annotated[str, Form(description="the id of the document it comes from")]


class PriceSheetData(TypedDict):
    """The components that one customer pays on a day, and their documents."""

    area: str
    on: Day
    components: list[ComponentData]
    sources: list[DocumentData]
    tariff_set: str


def page_data(documents: Sequence[Header], *, next_cursor: str | None, tariff_set: str) -> PageData:
    """A page of documents."""
    return {"items": [_document(each) for each in documents], "next_cursor": next_cursor, "tariff_set": tariff_set}


def price_sheet_data(sheet: PriceSheet, *, area: str, on: date, tariff_set: str) -> PriceSheetData:
    """A price sheet."""
    return {
        "area": area,
        "on": on.isoformat(),
        "components": [_component(each) for each in sheet.components],
        "sources": [_document(found.document) for found in sheet.documents],
        "tariff_set": tariff_set,
    }


def _document(document: Header) -> DocumentData:
    return {
        "id": document.id,
        "kind": document.kind.value,
        "area": document.area,
        "from": document.start.isoformat(),
        "title": document.document.title,
        "number": document.document.number,
        "evidence": document.evidence.value,
        "recorded_on": document.recorded_on.isoformat(),
    }


def _component(each: SheetComponent) -> ComponentData:
    component = each.component
    price: FlatPriceData | BandPricesData | SeriesPriceData | None = None
    if isinstance(component.price, FlatPrice):
        price = {"flat": decimal_text(component.price.flat.value)}
    elif isinstance(component.price, BandPrices):
        price = {"bands": {band.value: decimal_text(number.value) for band, number in component.price.bands.items()}}
    elif isinstance(component.price, SeriesPrice):
        told = component.price.series
        values = decimal_texts(told.values)
        price = {"series": {"step": told.step, "start": told.start.isoformat(), "values": values}}
    return {
        "code": component.code,
        "section": component.section.value,
        "line": component.line_code,
        "quantity": component.quantity,
        "price": price,
        "tags": list(component.tags),
        "source": each.source.id,
    }
