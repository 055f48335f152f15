"""``POST /v1/bills:compare``: an issued bill against the recomputed one."""

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.audit import IssuedBill, compare
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request as BillRequest
from billcalc.fields import Model, NotNegative, validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal, Refused
from billcalc.wire.comparison import comparison_data
from billcalc.wire.proved import proved_comparison
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc_api import table_compare
from billcalc_api.asked import Shape, asked_of, unanswered
from billcalc_api.bodies import JSON, Body
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.contract import COMPARE_OPERATION
from billcalc_api.forms import FORM, parts_of
from billcalc_api.languages import Lang
from billcalc_api.problems import refused
from billcalc_api.state import answered, service_of
from billcalc_api.tables import ANSWERS
from billcalc_api.texts import compact

__all__ = ["CompareBody", "answer", "router"]

router = APIRouter(prefix="/v1", tags=["bills"])
_SHAPE = Shape(("request", "issued", "tolerance"), texts=("tolerance",), optional=("tolerance",))


class CompareBody(Model):
    """A request, the bill that was issued for it, and the difference that does not count.

    Attributes:
        tolerance: differences of a line up to it are no findings [money].
    """

    request: BillRequest
    issued: IssuedBill
    tolerance: NotNegative = ZERO


@router.post("/bills:compare", **COMPARE_OPERATION)
async def compare_bill(request: Request, lang: Lang, explain: Literal["none", "proof"] = "none") -> Response:
    """Recompute a bill and name every difference to the issued one, in money.

    With ``explain=proof`` the comparison has both bills in it and is sealed, so that ``verify.py`` follows it.
    """
    wanted = _wanted(request.headers.get("accept", ""))
    return await answered(request, answer, explain, lang, wanted, service_of(request).settings.batch_rows_max)


def _wanted(accept: str) -> str:
    """The type of the answer to tables that is asked for first, of those there are."""
    told = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return next((each for each in told if each in ANSWERS), JSON)


def answer(tools: Tools, body: Body, explain: str, lang: Language, wanted: str, rows_max: int) -> Answer:
    """The comparison of an issued bill, or of a table of them, or why there is none.

    Args:
        tools: what a calculation needs.
        body: JSON, or a form.
        explain: ``proof``, where it is to have both bills in it; of a table there is none.
        lang: of messages and names.
        wanted: the type that the answer to tables should be of.
        rows_max: how many requests a table may have.
    """
    if body.media_type == FORM:
        try:
            parts = parts_of(body.content, body.content_type)
        except InvalidInput as error:
            return unanswered(error, lang)
        if "request" not in {part.name for part in parts}:
            if explain == "proof":
                fault = Fault(FaultCode.INCONSISTENT, "/explain", {"reason": Reason.PROOF_OF_A_TABLE})
                return unanswered(InvalidInput([fault]), lang)
            return table_compare.answer(tools, parts, lang, wanted, rows_max)
    with tools.limited():
        try:
            asked = validated(CompareBody, asked_of(tools, body, _SHAPE))
            bill = calculate(asked.request, tools.catalog)
        except (InvalidInput, Refused) as error:
            return unanswered(error, lang)
        if isinstance(bill, Refusal):
            return counted(refused(bill, language=lang), "refusals", bill.code.value)
        comparison = compare(bill, asked.issued, tolerance=asked.tolerance)
        shown = proved_comparison if explain == "proof" else comparison_data
        return Answer(200, compact(shown(comparison, lexicon=LEXICONS[lang])), JSON, (("bills", "compare", 1),))
