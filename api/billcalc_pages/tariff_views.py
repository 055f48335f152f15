"""The routes of the tariffs: what is covered where, the documents of an area with their sources, what changed."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.explain.library import body_of, component_row, content_lines, days_text, head_of
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import PriceDocument
from billcalc.tariff.listing import Listed, covered, listed
from billcalc.vocabulary import Kind
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.library import library_words
from billcalc.words.pages import PageWord
from billcalc_api.state import calculated, service_of
from billcalc_pages.asking import month_of
from billcalc_pages.showing import area_name
from billcalc_pages.site import language_of, site_of
from billcalc_pages.tariff_changes import changes_answer
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

    id: str
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
    found = listed(catalog, areas=[area])
    if not found:
        return site.problem(request, 404, PageWord.NOT_FOUND)
    months = sorted({f"{each.document.start:%Y-%m}" for each in found}, reverse=True)
    values = {
        "area": area,
        "name": area_name(area, language),
        "months": months,
        "documents": _documents(found, language),
    }
    return site.shown(request, "area", f"{_VIEW}/{area}", values)


@router.get("/tariffs/{area}/changes")
async def changes(request: Request, area: str) -> Response:
    """What changed between two months; the address has nothing but the area and the months."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    first, second = (month_of(request.query_params.get(side, "")) for side in ("first", "second"))
    if first is None or second is None or not listed(service_of(request).tools.catalog, areas=[area]):
        return site.problem(request, 404, PageWord.NOT_FOUND)
    view = f"{_VIEW}/{area}/changes?first={first:%Y-%m}&second={second:%Y-%m}"
    frame = site.frame(request, site.visits.visit_of(request) or "", view)
    name = area_name(area, language_of(request))
    answer = await calculated(request, changes_answer, frame, area, name, (first, second))
    return site.answered(answer.body, answer.status, answer.media_type, None)


@router.get("/tariffs/{area}/{document:path}")
async def sheet(request: Request, area: str, document: str) -> Response:
    """A document: what it tells of itself, its source, and every price or whatever else it states."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    found = [each for each in listed(service_of(request).tools.catalog, areas=[area]) if each.document.id == document]
    if not found:
        return site.problem(request, 404, PageWord.NOT_FOUND)
    return site.shown(request, "sheet", f"{_VIEW}/{area}/{document}", _sheet(found[0], language_of(request)))


def _sheet(told: Listed, language: Language) -> Mapping[str, object]:
    lexicon, document, say = LEXICONS[language], told.document, library_words(language)
    prices, content = [], []
    if isinstance(document, PriceDocument):
        prices = [component_row(each, told.currency, lexicon=lexicon) for each in document.components]
    else:
        content = [*content_lines(body_of(document), "")]
    return {
        "area": document.area,
        "name": area_name(document.area, language),
        "title": document.document.title,
        "head": [(say[label], value) for label, value in head_of(told, lexicon=lexicon)],
        "prices": prices,
        "content": content,
    }


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
        areas.append(_Area(area, area_name(area, language), cells))
    return {"kinds": [lexicon.kinds[kind] for kind in kinds], "areas": areas}


def _documents(all_of_area: Sequence[Listed], language: Language) -> Sequence[_Document]:
    lexicon = LEXICONS[language]
    found = [each for each in all_of_area if each.superseded_by is None]
    found.sort(key=lambda each: each.span.start, reverse=True)
    return [
        _Document(
            each.document.id,
            lexicon.kinds[each.document.kind],
            days_text(lexicon, each.span),
            each.document.document.title,
            each.document.document.number or "",
            lexicon.evidence[each.document.evidence],
            str(each.document.document.url or ""),
        )
        for each in found
    ]
