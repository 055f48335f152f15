"""``GET /v1/problems``: what the service may say is the matter, and what to do about it."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from billcalc.wire.codes import codes_data
from billcalc_api.bodies import JSON
from billcalc_api.contract import CODE_OPERATION, CODES_OPERATION
from billcalc_api.languages import Lang
from billcalc_api.problems import problem
from billcalc_api.texts import compact

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["problems"])


@router.get("/problems", **CODES_OPERATION)
async def list_codes(lang: Lang) -> Response:
    """Every code, by kind: faults of the input, refusals to bill, problems on a bill, and the service's own."""
    return Response(compact(codes_data(lang)), media_type=JSON)


@router.get("/problems/{code}", **CODE_OPERATION)
async def one_code(code: Annotated[str, Path(max_length=200)], lang: Lang) -> Response:
    """One code: what is the matter, and what to do."""
    found = next((each for each in codes_data(lang)["items"] if each["code"] == code), None)
    if found is None:
        return problem(404, "unknown_code", "there is no problem with this code; see GET /v1/problems", language=lang)
    return Response(compact(found), media_type=JSON)
