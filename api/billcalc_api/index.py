"""``GET /``: where everything else is told."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc._version import __version__
from billcalc.wire.service import IndexData
from billcalc_api.bodies import JSON
from billcalc_api.contract import INDEX_OPERATION
from billcalc_api.state import service_of
from billcalc_api.texts import compact

__all__ = ["router"]

router = APIRouter(tags=["operation"])


@router.get("/", **INDEX_OPERATION)
async def index(request: Request) -> Response:
    """Where the contract and the catalogues are; where the service has pages, the first of them."""
    pages = service_of(request).pages
    if pages is not None:
        return pages.first(request)
    data: IndexData = {
        "name": "billcalc",
        "version": __version__,
        "contract": "/openapi.json",
        "problems": "/v1/problems",
        "areas": "/v1/areas",
        "coverage": "/v1/coverage",
        "tariffs": "/v1/tariffs",
    }
    return Response(compact(data), media_type=JSON)
