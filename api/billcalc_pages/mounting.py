"""Mounts the pages on a service: the one place that ``billcalc serve --pages`` knows of."""

from fastapi import APIRouter, FastAPI
from starlette.responses import Response

from billcalc.words.language import Language
from billcalc_api.state import Service
from billcalc_pages import account_views, check_views, compare_views, form_views, tariff_views, views
from billcalc_pages.rendering import style
from billcalc_pages.site import Site

__all__ = ["mount"]

_ROOT = APIRouter()
_VIEWS = (account_views, check_views, compare_views, form_views, tariff_views, views)
"""The last answers for all that is no page."""


def mount(app: FastAPI) -> None:
    """Let a service show itself to people."""
    service: Service = app.state.service
    service.pages = Site(service)
    app.include_router(_ROOT, include_in_schema=False)
    for language in Language:
        for each in _VIEWS:
            app.include_router(each.router, prefix=f"/{language.value}", include_in_schema=False)


@_ROOT.get("/static/pages.css")
async def style_sheet() -> Response:
    """The style of all pages."""
    return Response(style(), headers={"cache-control": "public, max-age=3600"}, media_type="text/css")
