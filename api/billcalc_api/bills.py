"""``POST /v1/bills``: one bill."""

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request as BillRequest
from billcalc.fields import validated
from billcalc.files.requests import request_of
from billcalc.files.text import read_text
from billcalc.kernel.troubles import InvalidInput, Refusal, Refused
from billcalc.wire.bill import bill_data, proof_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc_api.asked import asked_of, unanswered
from billcalc_api.bodies import JSON, Body
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.contract import BILL_OPERATION
from billcalc_api.forms import FORM
from billcalc_api.languages import Lang
from billcalc_api.problems import refused
from billcalc_api.state import answered
from billcalc_api.texts import compact

__all__ = ["answer", "router"]

router = APIRouter(prefix="/v1", tags=["bills"])


@router.post("/bills", **BILL_OPERATION)
async def calculate_bill(request: Request, lang: Lang, explain: Literal["none", "steps", "proof"] = "none") -> Response:
    """Calculate one bill.

    With ``explain=steps`` every line tells how it came about; with ``proof`` the bill also has its documents in it and
    is sealed, so that ``verify.py`` follows it to its end. ``lang`` is the language of its messages and names.
    """
    return await answered(request, answer, explain, lang)


def answer(tools: Tools, body: Body, explain: str, lang: Language) -> Answer:
    """The bill of a request, or why there is none."""
    with tools.limited():
        try:
            asked = _asked(tools, body)
            result = calculate(asked, tools.catalog, derivation=explain != "none")
        except (InvalidInput, Refused) as error:
            return unanswered(error, lang)
        if isinstance(result, Refusal):
            return counted(refused(result, language=lang), "refusals", result.code.value)
        shown = proof_data if explain == "proof" else bill_data
        data = shown(result, lexicon=LEXICONS[lang])
        return Answer(200, compact(data), JSON, (("bills", "bills", 1),))


def _asked(tools: Tools, body: Body) -> BillRequest:
    if body.media_type == FORM:
        return validated(BillRequest, asked_of(tools, body))
    return request_of(read_text(body.content, name="body", max_bytes=tools.bytes_max).content)
