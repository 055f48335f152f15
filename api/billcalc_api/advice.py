"""``POST /v1/advice``: what months of a customer would have cost by another way of paying, contract or use."""

from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import model_validator
from starlette.requests import Request
from starlette.responses import Response

from billcalc.advice.advice import advise
from billcalc.advice.months import AskedMonth
from billcalc.advice.shifting import PERCENT_MAX, Shift
from billcalc.billing.request import Request as BillRequest
from billcalc.fields import Model, NotNegative, at_most, fault_error, validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.wire.advice import advice_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc_api.asked import unanswered
from billcalc_api.bodies import JSON, data_of, read_body
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.contract import ADVICE_OPERATION
from billcalc_api.languages import Lang
from billcalc_api.problems import refused
from billcalc_api.state import calculated, service_of
from billcalc_api.texts import compact

__all__ = ["AdviceBody", "answer", "router"]

router = APIRouter(prefix="/v1", tags=["bills"])


class AdviceShift(Model):
    """How much load is moved in each month: of the sharp and peak energy [%], unless ``kwh`` is told [kWh]."""

    percent: NotNegative | None = None
    kwh: NotNegative | None = None

    @model_validator(mode="after")
    def _tells_it_once(self) -> Self:
        if self.percent is not None and self.kwh is not None:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TOLD_BY_ANOTHER, key="percent", other="kwh")
        if self.percent is not None and self.percent > PERCENT_MAX:
            raise fault_error(FaultCode.OUT_OF_RANGE, value=f"{self.percent:f}", range=f"0..{PERCENT_MAX}")
        return self


class AdviceBody(Model):
    """The requests of months of one customer."""

    months: Annotated[tuple[BillRequest, ...], at_most("advice.months")]
    shift: AdviceShift = AdviceShift()


@router.post("/advice", **ADVICE_OPERATION)
async def advise_on_months(request: Request, lang: Lang) -> Response:
    """Tell what months would have cost otherwise; each amount is the difference of two bills."""
    told = service_of(request).settings
    body = await read_body(request, media_type=JSON, bytes_max=told.body_bytes_max, seconds_max=told.body_seconds_max)
    return (await calculated(request, answer, body, lang)).response()


def answer(tools: Tools, body: bytes, lang: Language) -> Answer:
    """The advice, or why there is none."""
    with tools.limited():
        try:
            asked = validated(AdviceBody, data_of(body, bytes_max=tools.bytes_max))
            months = [AskedMonth(each, f"/months/{number}") for number, each in enumerate(asked.months)]
            found = advise(months, tools.catalog, shift=_shift(asked.shift))
        except InvalidInput as error:
            return unanswered(error, lang)
        if isinstance(found, Refusal):
            return counted(refused(found, language=lang), "refusals", found.code.value)
        data = advice_data(found, lexicon=LEXICONS[lang])
        return Answer(200, compact(data), JSON, (("bills", "advice", 1),))


def _shift(asked: AdviceShift) -> Shift:
    return Shift(kwh=asked.kwh) if asked.percent is None else Shift(percent=asked.percent)
