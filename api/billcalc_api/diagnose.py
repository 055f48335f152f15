"""``POST /v1/bills:diagnose``: the causes of what an issued bill differs by, in money."""

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.audit.diagnose import diagnose
from billcalc.audit.issued import IssuedBill
from billcalc.billing.request import Request as BillRequest
from billcalc.fields import Model, validated
from billcalc.kernel.troubles import InvalidInput, Refusal, Refused
from billcalc.wire.diagnosis import diagnosis_data
from billcalc.wire.proved import proved_diagnosis
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc_api.asked import Shape, asked_of, unanswered
from billcalc_api.bodies import JSON, Body
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.contract import DIAGNOSE_OPERATION
from billcalc_api.languages import Lang
from billcalc_api.problems import refused
from billcalc_api.state import answered
from billcalc_api.texts import compact

__all__ = ["SETS_MAX", "DiagnoseBody", "answer", "router"]

router = APIRouter(prefix="/v1", tags=["bills"])
_SHAPE = Shape(("request", "issued"))
SETS_MAX = 250
"""How many sets of causes are computed for a bill: what a calculation's time is enough for; the answer says where more
were left."""


class DiagnoseBody(Model):
    """A request, and the bill that was issued for it."""

    request: BillRequest
    issued: IssuedBill


@router.post("/bills:diagnose", **DIAGNOSE_OPERATION)
async def diagnose_bill(request: Request, lang: Lang, explain: Literal["none", "proof"] = "none") -> Response:
    """Name the causes of what an issued bill differs by, each proved to the fen, with its money.

    With ``explain=proof`` the comparison is in it and it is sealed, so that ``verify.py`` follows it.
    """
    return await answered(request, answer, explain, lang)


def answer(tools: Tools, body: Body, explain: str, lang: Language) -> Answer:
    """The diagnosis of an issued bill, or why there is none."""
    with tools.limited():
        try:
            asked = validated(DiagnoseBody, asked_of(tools, body, _SHAPE))
            diagnosis = diagnose(asked.request, asked.issued, tools.catalog, sets_max=SETS_MAX)
        except (InvalidInput, Refused) as error:
            return unanswered(error, lang)
        if isinstance(diagnosis, Refusal):
            return counted(refused(diagnosis, language=lang), "refusals", diagnosis.code.value)
        shown = proved_diagnosis if explain == "proof" else diagnosis_data
        return Answer(200, compact(shown(diagnosis, lexicon=LEXICONS[lang])), JSON, (("bills", "diagnose", 1),))
