"""``POST /v1/bills:compare``: an issued bill against the recomputed one."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.audit import IssuedBill, compare
from billcalc.audit.serialize import comparison_data
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request as BillRequest
from billcalc.fields import Model, NotNegative, validated
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc_api.bodies import JSON, data_of, read_body
from billcalc_api.contract import COMPARE_OPERATION
from billcalc_api.problems import invalid, refused
from billcalc_api.state import service_of
from billcalc_api.texts import compact

__all__ = ["CompareBody", "router"]

router = APIRouter(prefix="/v1", tags=["bills"])


class CompareBody(Model):
    """A request, the bill that was issued for it, and the difference that does not count.

    Attributes:
        tolerance: differences of a line up to it are no findings [money].
    """

    request: BillRequest
    issued: IssuedBill
    tolerance: NotNegative = ZERO


@router.post("/bills:compare", **COMPARE_OPERATION)
async def compare_bill(request: Request) -> Response:
    """Recompute a bill and name every difference to the issued one, in money."""
    service = service_of(request)
    limit = service.settings.body_bytes_max
    body = await read_body(request, media_type=JSON, bytes_max=limit, seconds_max=service.settings.body_seconds_max)
    try:
        asked = validated(CompareBody, data_of(body, bytes_max=limit))
        bill = calculate(asked.request, service.catalog)
    except InvalidInput as error:
        service.metrics.refusals.labels(error.faults[0].code.value).inc()
        return invalid(error.faults)
    if isinstance(bill, Refusal):
        service.metrics.refusals.labels(bill.code.value).inc()
        return refused(bill)
    service.metrics.bills.labels("compare").inc()
    comparison = compare(bill, asked.issued, tolerance=asked.tolerance)
    return Response(compact(comparison_data(comparison)), media_type=JSON)
