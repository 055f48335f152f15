"""``POST /v1/checks``: what looks wrong in a customer's file and in the flow, beside earlier months."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.audit.checks.account import Month, check_account, check_history, month_billed
from billcalc.billing.request import Request as BillRequest
from billcalc.fields import Model, at_most, validated
from billcalc.kernel.troubles import InvalidInput, Refusal, Refused
from billcalc.runs.check_limits import limits_documents
from billcalc.wire.checks import checks_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc_api.asked import Shape, asked_of, unanswered
from billcalc_api.bodies import JSON, Body
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.contract import CHECKS_OPERATION
from billcalc_api.languages import Lang
from billcalc_api.problems import refused
from billcalc_api.state import answered
from billcalc_api.texts import compact

__all__ = ["ChecksBody", "answer", "router"]

router = APIRouter(prefix="/v1", tags=["bills"])
_SHAPE = Shape(("request", "history"), optional=("history",))


class ChecksBody(Model):
    """A request, and those of earlier months of the account."""

    request: BillRequest
    history: Annotated[tuple[BillRequest, ...], at_most("checks.history")] = ()


@router.post("/checks", **CHECKS_OPERATION)
async def check_request(request: Request, lang: Lang) -> Response:
    """Check a customer's file and flow: what speaks, what passes, and what could not be checked."""
    return await answered(request, answer, lang)


def answer(tools: Tools, body: Body, lang: Language) -> Answer:
    """The answers of all checks, or why there are none."""
    with tools.limited():
        try:
            asked = validated(ChecksBody, asked_of(tools, body, _SHAPE))
            earlier: list[Month] = []
            for number, each in enumerate(asked.history):
                month = month_billed(each, tools.catalog, where=f"/history/{number}")
                if isinstance(month, Refusal):
                    return _refused(Refusal(month.code, f"/history/{number}{month.where}", month.facts), lang)
                earlier.append(month)
            check_history(asked.request, earlier)
            found = check_account(asked.request, tools.catalog, limits_documents(), earlier=earlier)
        except (InvalidInput, Refused) as error:
            return unanswered(error, lang)
        if isinstance(found, Refusal):
            return _refused(found, lang)
        data = checks_data(found.findings, found.bill, found.change, lexicon=LEXICONS[lang])
        return Answer(200, compact(data), JSON, (("bills", "checks", 1),))


def _refused(refusal: Refusal, lang: Language) -> Answer:
    return counted(refused(refusal, language=lang), "refusals", refusal.code.value)
