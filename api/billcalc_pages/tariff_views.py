"""The routes of the tariffs: what is covered where, and the documents of an area with their sources."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.explain.library import days_text
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.listing import covered, listed
from billcalc.vocabulary import AREAS, Kind
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import PageWord
from billcalc_api.state import service_of
from billcalc_pages.site import language_of, site_of
from billcalc_pages.views import to

__all__ = ["router"]

router = APIRouter()
_VIEW = "tariffs"


class _Cell(NamedTuple):
    """What covers an area in one kind of document: the latest days, and on what evidence."""

    days: str
    evidence: str
    grade: str


class _Area(NamedTuple):
    """A row of the matrix; a cell is None where there is no document."""

    code: str
    name: str
    cells: Sequence[_Cell | None]


class _Document(NamedTuple):
    """A document with its source."""

    kind: str
    days: str
    title: str
    number: str
    evidence: str
    url: str


@router.get("/tariffs")
async def coverage(request: Request) -> Response:
    """What the tariffs cover: a row for each area, a column for each kind of document."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    return site.shown(request, _VIEW, _VIEW, _matrix(service_of(request).tools.catalog, language_of(request)))


@router.get("/tariffs/{area}")
async def documents(request: Request, area: str) -> Response:
    """The documents of an area, the newest first, each with its source."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    catalog, language = service_of(request).tools.catalog, language_of(request)
    if area not in {each.area for each in catalog.documents}:
        return site.problem(request, 404, PageWord.NOT_FOUND)
    values = {"area": _name(area, language), "documents": _documents(catalog, area, language)}
    return site.shown(request, "area", f"{_VIEW}/{area}", values)


@lru_cache(2)  # the tariffs of a service do not change, and there are two languages
def _matrix(catalog: Catalog, language: Language) -> Mapping[str, object]:
    lexicon = LEXICONS[language]
    latest = {(each.area, each.kind): each for each in covered(catalog)}
    kinds = [kind for kind in Kind if any(kind is told for _, told in latest)]
    areas = []
    for area in dict.fromkeys(area for area, _ in latest):
        found = [latest.get((area, kind)) for kind in kinds]
        cells = [
            None
            if each is None
            else _Cell(days_text(lexicon, each.span), lexicon.evidence[each.evidence], each.evidence.value)
            for each in found
        ]
        areas.append(_Area(area, _name(area, language), cells))
    return {"kinds": [lexicon.kinds[kind] for kind in kinds], "areas": areas}


def _documents(catalog: Catalog, area: str, language: Language) -> Sequence[_Document]:
    lexicon = LEXICONS[language]
    found = [each for each in listed(catalog, areas=[area]) if each.superseded_by is None]
    found.sort(key=lambda each: each.span.start, reverse=True)
    return [
        _Document(
            lexicon.kinds[each.document.kind],
            days_text(lexicon, each.span),
            each.document.document.title,
            each.document.document.number or "",
            lexicon.evidence[each.document.evidence],
            str(each.document.document.url or ""),
        )
        for each in found
    ]


def _name(area: str, language: Language) -> str:
    return AREAS[area][0] if language is Language.CHINESE and area in AREAS else area
