"""``POST /v1/bills``: one bill."""

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request as BillRequest
from billcalc.explain.serialize import bill_data
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc_api.bodies import JSON, data_of, read_body
from billcalc_api.contract import BILL_OPERATION
from billcalc_api.problems import invalid, refused
from billcalc_api.state import service_of
from billcalc_api.texts import compact

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["bills"])


@router.post("/bills", **BILL_OPERATION)
async def calculate_bill(request: Request, explain: Literal["none", "steps"] = "none") -> Response:
    """Calculate one bill; with ``explain=steps`` every line tells how it came about."""
    service = service_of(request)
    limit = service.settings.body_bytes_max
    body = await read_body(request, media_type=JSON, bytes_max=limit, seconds_max=service.settings.body_seconds_max)
    try:
        asked = validated(BillRequest, data_of(body, bytes_max=limit))
        result = calculate(asked, service.catalog, derivation=explain == "steps")
    except InvalidInput as error:
        service.metrics.refusals.labels(error.faults[0].code.value).inc()
        return invalid(error.faults)
    if isinstance(result, Refusal):
        service.metrics.refusals.labels(result.code.value).inc()
        return refused(result)
    service.metrics.bills.labels("bills").inc()
    return Response(compact(bill_data(result)), media_type=JSON)
