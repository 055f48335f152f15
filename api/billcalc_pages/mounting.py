"""Mounts the pages on a service: the one place that ``billcalc serve --pages`` knows of."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.responses import Response

from billcalc.words.language import Language
from billcalc_api.state import Service
from billcalc_pages import (
    account_views,
    advise_views,
    audit_views,
    check_views,
    compare_views,
    finding_views,
    form_views,
    notice_views,
    simulate_views,
    tariff_views,
    views,
)
from billcalc_pages.jobs import Jobs
from billcalc_pages.rendering import style
from billcalc_pages.site import Site

__all__ = ["VIEWS", "mount"]

_ROOT = APIRouter()
VIEWS = (
    account_views,
    advise_views,
    audit_views,
    check_views,
    compare_views,
    finding_views,
    form_views,
    notice_views,
    simulate_views,
    tariff_views,
    views,
)
"""The last answers for all that is no page."""


def mount(app: FastAPI) -> None:
    """Let a service show itself to people."""
    service: Service = app.state.service
    service.pages = Site(service)
    settings = service.settings
    app.state.jobs = None if settings.jobs is None else Jobs(settings.jobs, settings)
    app.router.lifespan_context = _with_jobs(app.router.lifespan_context)
    app.include_router(_ROOT, include_in_schema=False)
    for language in Language:
        for each in VIEWS:
            app.include_router(each.router, prefix=f"/{language.value}", include_in_schema=False)


def _with_jobs(serving: Callable[[Any], AbstractAsyncContextManager[Any]]) -> Any:
    """While the service runs, its jobs are tended."""

    @asynccontextmanager
    async def both(app: FastAPI) -> AsyncIterator[Any]:
        async with serving(app) as state, audit_views.tended(app):
            yield state

    return both


@_ROOT.get("/static/pages.css")
async def style_sheet() -> Response:
    """The style of all pages."""
    return Response(style(), headers={"cache-control": "public, max-age=3600"}, media_type="text/css")
