"""``POST /v1/simulations``: variants of one request, and what each differs by."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.advice.simulated import Outcome
from billcalc.billing.calculate import calculate
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput, Refusal, Refused
from billcalc.runs.simulating import Simulation, Variant, variant_bill
from billcalc.wire.simulation import simulation_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc_api.asked import Shape, asked_of, unanswered
from billcalc_api.bodies import JSON, Body
from billcalc_api.calculating import Answer, OverBudget, Tools, counted, too_much_work
from billcalc_api.contract import SIMULATION_OPERATION
from billcalc_api.languages import Lang
from billcalc_api.problems import refused
from billcalc_api.state import answered
from billcalc_api.texts import compact

__all__ = ["answer", "router", "variant_bills"]

router = APIRouter(prefix="/v1", tags=["bills"])
_SHAPE = Shape(("request", "variants"))


@router.post("/simulations", **SIMULATION_OPERATION)
async def simulate(request: Request, lang: Lang) -> Response:
    """Bill variants of one request, and name the lines by which each differs from it."""
    return await answered(request, answer, lang)


def answer(tools: Tools, body: Body, lang: Language) -> Answer:
    """The bills of the variants beside that of the request, or why the request has none."""
    with tools.limited():
        try:
            data = asked_of(tools, body, _SHAPE)
            asked = validated(Simulation, data)
            base = calculate(asked.request, tools.catalog, derivation=False)
        except (InvalidInput, Refused) as error:
            return unanswered(error, lang)
        if isinstance(base, Refusal):
            found = Refusal(base.code, f"/request{base.where}", base.facts)
            return counted(refused(found, language=lang), "refusals", base.code.value)
    variants = variant_bills(tools, data["request"], asked.variants)
    told = simulation_data(base, variants, lexicon=LEXICONS[lang])
    return Answer(200, compact(told), JSON, (("bills", "simulations", len(variants) + 1),))


def variant_bills(tools: Tools, data: Mapping[str, Any], variants: Sequence[Variant]) -> dict[str, Outcome]:
    """By name the bill of each variant, which has the time of a bill, or why there is none."""
    found: dict[str, Outcome] = {}
    for number, variant in enumerate(variants):
        try:
            with tools.limited():
                found[variant.name] = variant_bill(data, variant, tools.catalog, where=f"/variants/{number}")
        except OverBudget:
            found[variant.name] = (too_much_work(tools.seconds_max),)
    return found
