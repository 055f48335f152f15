"""``GET /v1/areas``: what a request may name as its area."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.wire.areas import areas_data
from billcalc_api.bodies import JSON
from billcalc_api.contract import AREAS_OPERATION
from billcalc_api.state import service_of
from billcalc_api.texts import compact

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["tariffs"])


@router.get("/areas", **AREAS_OPERATION)
async def list_areas(request: Request) -> Response:
    """Every area: its code, its names, the areas it lies in, and its currency."""
    return Response(compact(areas_data(service_of(request).tools.catalog)), media_type=JSON)
