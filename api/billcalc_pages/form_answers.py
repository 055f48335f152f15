"""What a worker makes of the form: the bill, or the form once more with each fault beside the field that caused it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.metering.models import Register
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.questions import Question
from billcalc.words.saying import sentence, trouble_sentence
from billcalc_api.calculating import Answer, Tools
from billcalc_pages.answers import Given, Shape, told_bill
from billcalc_pages.asking import REGISTERS, asked_fields
from billcalc_pages.forms import Upload
from billcalc_pages.rendering import HTML, Frame, page

__all__ = ["field_of", "form_answer", "form_values"]

_NAME = "request.yaml"
_READING = re.compile(r"/metering_points/0/readings/([01])/(\w+)")
_QUANTITY = re.compile(r"/metering_points/0/\w+/\d+/(?:\w+/)*(\w+)")
_PLACES = (
    ("/area", Question.AREA),
    ("/cycle", Question.MONTH),
    ("/period", Question.MONTH),
    ("/agreement/0/groups/main/class", Question.CLASS),
    ("/agreement/0/groups/main/billing", Question.BILLING),
    ("/agreement/0/groups/main/voltage", Question.VOLTAGE),
    ("/agreement/0/groups/main/purchase", Question.PURCHASE),
    ("/agreement/0/groups/main/time_of_use", Question.TIME_OF_USE),
    ("/agreement/0/supply_points/S1/power_factor_standard", Question.STANDARD),
    ("/agreement/0/supply_points/S1/transformers", Question.TRANSFORMERS),
    ("/agreement/0/basic/contracts", Question.CONTRACT),
    ("/agreement/0/basic", Question.MODE),
    ("/metering_points/0/config/0/multiplier", Question.MULTIPLIER),
    ("/metering_points/0/config/0/digits", Question.DIGITS),
    ("/facts/S1/demand_kw", f"closing_{Register.MAXIMUM_DEMAND.value}"),
)
"""Which field an answer came from, by where it stands in the request that the form makes."""


def form_answer(tools: Tools, frame: Frame, told: Mapping[str, str], draft: str) -> Answer:
    """The bill of a draft, or the form with what is wrong."""
    lexicon = LEXICONS[frame.language]
    with tools.limited():
        try:
            given = Given(Upload(_NAME, draft.encode()), bytes_max=tools.bytes_max, language=frame.language)
            result = calculate(validated(Request, given.document.data), tools.catalog)
        except InvalidInput as error:
            faults = [(each.where, sentence(lexicon, each.code, each.facts)) for each in error.faults]
            return _again(frame, told, faults, error.faults[0].code.value)
        if isinstance(result, Refusal):
            text = trouble_sentence(lexicon, result)
            return _again(frame, told, [(result.where, text)], result.code.value)
        return told_bill(result, Shape.PAGE, replace(frame, view=""), given)


def _again(frame: Frame, told: Mapping[str, str], faults: Sequence[tuple[str, str]], code: str) -> Answer:
    """The form, as it was filled in; what has no field stands above it."""
    wrong: dict[str, str] = {}
    above = []
    for where, text in dict.fromkeys(faults):
        field = field_of(where)
        if field is None or field in wrong:
            above.append(text)
        else:
            wrong[field] = text
    body = page("form", frame, form_values(frame.language, told, wrong, above))
    return Answer(422, body, HTML, (("refusals", code, 1),))


def field_of(where: str) -> str | None:
    """The field that a place of the request came from."""
    reading = _READING.fullmatch(where)
    if reading is not None:
        is_opening = reading[1] == "0" and reading[2] != Register.MAXIMUM_DEMAND
        return _shown(reading[2], "opening" if is_opening else "closing")
    found = next((field for place, field in _PLACES if where == place or where.startswith(f"{place}/")), None)
    if found is None and (quantity := _QUANTITY.fullmatch(where)) is not None:
        return _shown(quantity[1], "closing")
    return found


def _shown(register: str, side: str) -> str | None:
    return f"{side}_{register}" if register in REGISTERS else None


def form_values(
    language: Language, told: Mapping[str, str], wrong: Mapping[str, str], above: Sequence[str] = ()
) -> Mapping[str, object]:
    """What the form shows: answers, what is wrong with each, and what is wrong with none of them alone."""
    return {
        "fields": asked_fields(language),
        "registers": REGISTERS,
        "told": told,
        "wrong": wrong,
        "above": above,
    }
