"""The areas as data: what each is called, what it lies in, and its money."""

from datetime import date
from typing import Annotated, TypedDict

from billcalc.tariff.catalog import Catalog, places_of
from billcalc.vocabulary import AREAS
from billcalc.wire.schema import Form
from billcalc.words.areas import AREAS_IN_ENGLISH

__all__ = ["AreaData", "AreasData", "areas_data"]


class AreaNamesData(TypedDict):
    """What an area is called; null for one that only the tariffs at hand know."""

    zh: str | None
    en: str | None


class AreaData(TypedDict):
    """An area with prices of its own, or one that others lie in."""

    code: str
    names: AreaNamesData
    lies_in: Annotated[list[str], Form(description="the areas whose documents hold here, too; the nearest first")]
    currency: Annotated[str, Form(description="of its latest prices")]


class AreasData(TypedDict):
    """All areas that a request may name, by code."""

    items: list[AreaData]
    tariff_set: str


def areas_data(catalog: Catalog) -> AreasData:
    """The areas of the closed list, and those that the tariffs have besides."""
    known = {*AREAS, *catalog.areas}
    return {
        "items": [
            {
                "code": area,
                "names": {"zh": AREAS[area][0] if area in AREAS else None, "en": AREAS_IN_ENGLISH.get(area)},
                "lies_in": [place for place in places_of(area)[1:] if place in known],
                "currency": catalog.currency(area, date.max),
            }
            for area in sorted(known)
        ],
        "tariff_set": catalog.version,
    }
