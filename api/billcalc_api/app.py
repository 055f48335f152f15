"""The application: ``uvicorn billcalc_api.app:app``."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from billcalc._version import __version__
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.wire.troubles import WrongParameter
from billcalc.words.language import Language
from billcalc.words.service import PARAMETERS, TITLES, UNFIT_PARAMETER
from billcalc_api import (
    advice,
    areas,
    batch,
    bills,
    checks,
    claims,
    codes,
    compare,
    corrections,
    diagnose,
    findings,
    health,
    index,
    simulations,
    tariffs,
)
from billcalc_api.calculating import Tools
from billcalc_api.contract_document import openapi_document
from billcalc_api.gate import Gate
from billcalc_api.keys import KeyFile
from billcalc_api.languages import ASKED
from billcalc_api.metrics import Metrics
from billcalc_api.parameters import known_parameters
from billcalc_api.problems import problem
from billcalc_api.settings import Settings
from billcalc_api.state import Service
from billcalc_api.straight import Straight
from billcalc_api.workers import Workers

__all__ = ["create_app"]


_ROUTED = (
    *(advice, bills, batch, checks, claims, compare, corrections, diagnose, simulations),
    *(tariffs, findings, codes, areas),
)
"""The modules whose routes know their parameters."""


def create_app(settings: Settings | None = None, catalog: Catalog | None = None) -> FastAPI:
    """Make a service.

    Args:
        settings: by default those of the environment.
        catalog: by default read from the settings' tariffs.

    Raises:
        SettingsError: where the settings contradict each other.
        InvalidInput: where the tariffs are malformed, or the store of findings cannot be opened.
    """
    settings = settings or Settings.from_environment()
    catalog = catalog or load_catalog(settings.tariffs)
    service = Service(
        settings=settings,
        tools=Tools(catalog, bytes_max=settings.body_bytes_max, seconds_max=settings.calculation_seconds_max),
        metrics=Metrics(version=__version__, tariff_set=catalog.version),
        keys=None if settings.keys is None else KeyFile(settings.keys),
    )

    if settings.store is not None:
        from billcalc.store.store import Store  # a service without one needs no database

        service.store = Store(settings.store, make=True)

    @asynccontextmanager
    async def serving(_: FastAPI) -> AsyncIterator[None]:
        """While a server runs, calculations are made by workers."""
        workers = Workers(service.tools, wait_seconds=settings.wait_seconds_max)
        try:
            await workers.start()
            service.run = workers.run
            yield
        finally:
            service.run = None
            await workers.stop()
            if service.store is not None:
                service.store.close()

    app = FastAPI(
        title="billcalc",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=serving,
        generate_unique_id_function=lambda route: route.name,  # what generators call a method
    )
    app.state.service = service
    for module in _ROUTED:
        app.include_router(module.router, dependencies=[Depends(known_parameters)])
    for module in (health, index):
        app.include_router(module.router)
    app.add_exception_handler(RequestValidationError, _invalid_parameters)
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_middleware(Straight, routes=[route for route in bills.router.routes if isinstance(route, APIRoute)])
    app.add_middleware(Gate, service=service)
    app.openapi = lambda: openapi_document(app)  # type: ignore[method-assign]
    return app


async def _invalid_parameters(request: Request, error: Exception) -> Response:
    """Parameters of the path or the query that are not as the contract says."""
    assert isinstance(error, RequestValidationError)
    found: list[WrongParameter] = [
        {"parameter": ".".join(str(part) for part in each["loc"][1:]), "message": _wrong(each)}
        for each in error.errors()
    ]
    first = found[0]
    return problem(400, "invalid_parameter", f"{first['parameter']}: {first['message']}", parameters=found)


def _wrong(error: Mapping[str, Any]) -> str:
    """What is wrong with a parameter; the framework says it in English, and our own words are in the language asked."""
    if ASKED.get() is Language.ENGLISH or error["type"] == "told":
        return str(error["msg"])
    return PARAMETERS.get(error["type"], UNFIT_PARAMETER).format_map(error.get("ctx", {}))


async def _http_problem(request: Request, error: Exception) -> Response:
    """What the framework refuses itself: unknown routes and methods."""
    assert isinstance(error, HTTPException)
    status = error.status_code if error.status_code in TITLES else 400
    code = {404: "not_found", 405: "method_not_allowed"}.get(status, "bad_request")
    methods = _methods_of(request.scope["path"]) if status == 405 else []
    headers = {"allow": ", ".join(methods)} if methods else error.headers
    return problem(status, code, str(error.detail), headers=headers)


def _methods_of(path: str) -> list[str]:
    """All methods of a path, of which several routes may have one each; the framework tells those of the first."""
    routes = (route for module in _ROUTED for route in module.router.routes if isinstance(route, APIRoute))
    return sorted({method for route in routes if route.path_regex.fullmatch(path) for method in route.methods or ()})


def __getattr__(name: str) -> FastAPI:
    """``app`` is made when a server asks for it, so that importing the module reads no tariffs."""
    if name == "app":
        return create_app()
    raise AttributeError(name)
