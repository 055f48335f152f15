"""``/healthz``, ``/readyz`` and ``/metrics``: for whoever runs the service."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc._version import __version__
from billcalc.wire.service import AliveData, ReadyData
from billcalc_api.bodies import JSON
from billcalc_api.contract import ALIVE_OPERATION, METRICS_OPERATION, READY_OPERATION
from billcalc_api.state import service_of
from billcalc_api.texts import compact

__all__ = ["router"]

router = APIRouter(tags=["operation"])


@router.get("/healthz", **ALIVE_OPERATION)
async def alive() -> Response:
    """The process runs."""
    data: AliveData = {"status": "ok"}
    return Response(compact(data), media_type=JSON)


@router.get("/readyz", **READY_OPERATION)
async def ready(request: Request) -> Response:
    """The tariffs are loaded; with the engine's version and the tariff set it bills by."""
    service = service_of(request)
    data: ReadyData = {"status": "ready", "version": __version__, "tariff_set": service.tools.catalog.version}
    return Response(compact(data), media_type=JSON)


@router.get("/metrics", **METRICS_OPERATION)
async def metrics(request: Request) -> Response:
    """Counters in the text form of Prometheus."""
    return Response(service_of(request).metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
