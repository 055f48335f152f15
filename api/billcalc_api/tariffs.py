"""``GET /v1/tariffs``, ``GET /v1/coverage`` and ``GET /v1/price-sheets``: what the service bills by."""

import base64
import hashlib
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BeforeValidator
from starlette.requests import Request
from starlette.responses import Response

from billcalc.fields import Day
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, Refused
from billcalc.tariff.catalog import places_of
from billcalc.tariff.components import PriceKey
from billcalc.tariff.documents import Header
from billcalc.tariff.listing import covered
from billcalc.vocabulary import AREAS, Billing, CustomerClass, Kind, Purchase, Voltage, area_named, nearest_areas
from billcalc.wire.coverage import coverage_data
from billcalc.wire.tariffs import page_data, price_sheet_data
from billcalc_api.bodies import JSON
from billcalc_api.contract import COVERAGE_OPERATION, DOCUMENT_OPERATION, DOCUMENTS_OPERATION, SHEET_OPERATION
from billcalc_api.languages import Lang
from billcalc_api.problems import invalid, problem, refused
from billcalc_api.state import service_of
from billcalc_api.texts import compact

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["tariffs"])

Area = Annotated[str, Query(pattern=r"^[a-z]{2}(-[a-z0-9]+)*$", max_length=40), BeforeValidator(area_named)]


@router.get("/tariffs", **DOCUMENTS_OPERATION)
async def list_tariffs(
    request: Request,
    area: Area | None = None,
    kind: Kind | None = None,
    as_of: Day | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    """The documents, by id; a page and the cursor of the next."""
    catalog = service_of(request).tools.catalog
    after = "" if cursor is None else _id_of(cursor)
    if after is None:
        return problem(400, "unknown_cursor", "the cursor was not given by this service; start without one")
    found = [
        document
        for document in catalog.documents
        if document.id > after
        and (area is None or document.area == area)
        and (kind is None or document.kind == kind)
        and (as_of is None or _applies(request, document, as_of))
    ]
    page = found[:limit]
    following = _cursor_of(page[-1].id) if len(found) > limit else None
    data = page_data(page, next_cursor=following, tariff_set=catalog.version)
    return Response(compact(data), media_type=JSON)


@router.get("/tariffs/{document_id:path}", **DOCUMENT_OPERATION)
async def one_tariff(request: Request, document_id: Annotated[str, Path(max_length=200)]) -> Response:
    """A document as it was entered. It never changes, so its ETag is strong and it may be kept."""
    document = next((each for each in service_of(request).tools.catalog.documents if each.id == document_id), None)
    if document is None:
        return problem(404, "unknown_document", "there is no document with this id; see GET /v1/tariffs")
    body = document.model_dump_json(by_alias=True, exclude_none=True).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    headers = {"etag": etag, "cache-control": "public, max-age=31536000, immutable"}
    known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
    if etag in known or known == ["*"]:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=JSON)


@router.get("/coverage", **COVERAGE_OPERATION)
async def coverage(request: Request, lang: Lang, area: Area | None = None) -> Response:
    """The days that documents cover, by area and kind: of an area and of those it lies in, or of all."""
    catalog = service_of(request).tools.catalog
    if area is not None and area not in AREAS and area not in catalog.areas:
        facts = {"area": area, "nearest": nearest_areas(area)}
        return invalid([Fault(FaultCode.UNKNOWN_AREA, "area", facts)], language=lang)
    found = covered(catalog, areas=None if area is None else places_of(area))
    return Response(compact(coverage_data(found)), media_type=JSON)


@router.get("/price-sheets", **SHEET_OPERATION)
async def price_sheet(
    request: Request,
    lang: Lang,
    area: Area,
    customer_class: Annotated[CustomerClass, Query(alias="class")],
    billing: Billing,
    voltage: Voltage,
    purchase: Purchase,
    on: Day,
    *,
    time_of_use: bool = True,
    subclass: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """The components one customer pays on a day, each with the document it comes from."""
    key = PriceKey(
        customer_class=customer_class,
        subclass=subclass,
        billing=billing,
        voltage=voltage,
        purchase=purchase,
        time_of_use=time_of_use,
    )
    catalog = service_of(request).tools.catalog
    try:
        sheet = catalog.price_sheet(area=area, key=key, on=on)
    except Refused as answer:
        return refused(answer.refusal, language=lang)
    data = price_sheet_data(sheet, area=area, on=on, tariff_set=catalog.version)
    return Response(compact(data), media_type=JSON)


def _applies(request: Request, document: Header, day: date) -> bool:
    """Whether a document is the one in force in its own area on a day."""
    found = service_of(request).tools.catalog.find(document.kind, document.area, day)
    return found is not None and found.document.id == document.id


def _cursor_of(document_id: str) -> str:
    return base64.urlsafe_b64encode(document_id.encode()).decode()


def _id_of(cursor: str) -> str | None:
    try:
        return base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True).decode()
    except ValueError:
        return None
