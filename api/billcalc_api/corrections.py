"""``POST /v1/corrections``: bills that were wrong are cancelled and billed anew, as ``billcalc rebill`` does it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Self

from fastapi import APIRouter
from pydantic import model_validator
from starlette.requests import Request
from starlette.responses import Response

from billcalc.corrections.case import Case
from billcalc.corrections.rebill import Correction, rebill
from billcalc.fields import Model, at_most, fault_error, validated
from billcalc.fields.validating import pointer_of
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput, Refusal, Refused
from billcalc.runs.corrections import correction_rules, undo
from billcalc.wire.corrections import correction_data, earlier_of
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc_api.asked import unanswered
from billcalc_api.bodies import JSON, data_of, read_body
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.contract import CORRECTION_OPERATION
from billcalc_api.languages import Lang
from billcalc_api.problems import refused
from billcalc_api.state import calculated, service_of
from billcalc_api.texts import compact

__all__ = ["CorrectionBody", "answer", "router"]

router = APIRouter(prefix="/v1", tags=["bills"])


class CorrectionBody(Model):
    """A case, or a correction that is to be undone; beside it corrections that were made before.

    Attributes:
        earlier, undo: corrections as this route answers them.
    """

    case: Case | None = None
    earlier: Annotated[tuple[dict[str, Any], ...], at_most("corrections.months")] = ()
    undo: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        if (self.case is None) == (self.undo is None):
            raise fault_error(FaultCode.MISSING_KEY, key="case")
        return self


@router.post("/corrections", **CORRECTION_OPERATION)
async def correct_bills(request: Request, lang: Lang, letter: Language = Language.CHINESE) -> Response:
    """Correct the bills of a case: what cancels them, what takes their place, what is owed, and the letter.

    `letter` is the language of the letter. Nothing is kept: who corrects again tells what was done before in `earlier`.
    """
    told = service_of(request).settings
    body = await read_body(request, media_type=JSON, bytes_max=told.batch_bytes_max, seconds_max=told.body_seconds_max)
    return (await calculated(request, answer, body, told.batch_bytes_max, lang, letter)).response()


def answer(tools: Tools, body: bytes, bytes_max: int, lang: Language, letter: Language) -> Answer:
    """The correction, or why there is none."""
    with tools.limited():
        try:
            found = _corrected(tools, validated(CorrectionBody, data_of(body, bytes_max=bytes_max)))
        except (InvalidInput, Refused) as error:
            return unanswered(error, lang)
        if isinstance(found, Refusal):
            return counted(refused(found, language=lang), "refusals", found.code.value)
        data = correction_data(found, lexicon=LEXICONS[lang], letter_in=LEXICONS[letter])
        return Answer(200, compact(data), JSON, (("bills", "corrections", len(found.months)),))


def _corrected(tools: Tools, asked: CorrectionBody) -> Correction | Refusal:
    """What corrects a case, or undoes a correction.

    Raises:
        InvalidInput: where the case contradicts itself, or a correction is none or was altered.
    """
    earlier = [earlier_of(each, where=f"/earlier/{number}") for number, each in enumerate(asked.earlier)]
    if asked.case is not None:
        case = asked.case
        return _under("/case", lambda: rebill(case, tools.catalog, correction_rules(), earlier=earlier))
    made = earlier_of(asked.undo, where="/undo")
    stated = validated(Case, made.case, where=lambda path: "/undo/stated" + pointer_of(path))
    return _under("/undo", lambda: undo(made, stated, tools.catalog, earlier=earlier))


def _under(place: str, work: Callable[[], Correction | Refusal]) -> Correction | Refusal:
    """What is done, with the places of what is wrong below that of what is asked.

    Raises:
        InvalidInput: as the work does.
    """
    try:
        found = work()
    except InvalidInput as error:
        raise InvalidInput([replace(fault, where=place + fault.where) for fault in error.faults]) from None
    return Refusal(found.code, place + found.where, found.facts) if isinstance(found, Refusal) else found
