"""``POST /v1/claims``: late fees, breach, theft and unmetered supplies, as ``billcalc claim`` computes them."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.claims.case import ClaimCase
from billcalc.claims.claimed import claimed
from billcalc.claims.doubts import doubts_of_case
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.claims import claim_rules
from billcalc.wire.claims import claims_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc_api.asked import unanswered
from billcalc_api.bodies import JSON, data_of, read_body
from billcalc_api.calculating import Answer, Tools
from billcalc_api.contract import CLAIMS_OPERATION
from billcalc_api.languages import Lang
from billcalc_api.state import calculated, service_of
from billcalc_api.texts import compact

__all__ = ["answer", "router"]

router = APIRouter(prefix="/v1", tags=["bills"])


@router.post("/claims", **CLAIMS_OPERATION)
async def compute_claims(request: Request, lang: Lang) -> Response:
    """Compute what a case claims beside the bills: late fees, charges for breach and theft, unmetered supplies."""
    told = service_of(request).settings
    body = await read_body(request, media_type=JSON, bytes_max=told.body_bytes_max, seconds_max=told.body_seconds_max)
    return (await calculated(request, answer, body, told.body_bytes_max, lang)).response()


def answer(tools: Tools, body: bytes, bytes_max: int, lang: Language) -> Answer:
    """The claims, or what is wrong with the case."""
    with tools.limited():
        try:
            case = validated(ClaimCase, data_of(body, bytes_max=bytes_max))
            found = claimed(case, claim_rules())
        except InvalidInput as error:
            return unanswered(error, lang)
        return Answer(
            200,
            compact(claims_data(found, doubts_of_case(case, tools.catalog), lexicon=LEXICONS[lang])),
            JSON,
            (("bills", "claims", 1),),
        )
