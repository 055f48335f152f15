"""An advice as data: each amount with the ids of the two bills that it is the difference of.

What a bill was made of is told by what it changes of the month's request, so that whoever doubts it bills it again.
"""

from collections.abc import Iterator
from decimal import Decimal

from billcalc.advice.advice import Advice, Unknown
from billcalc.advice.basic import BasicAdvice, BasicMonth, NotAdvised, Plan, Rebilled, Why
from billcalc.advice.choosing import WAYS
from billcalc.advice.rules import Moved
from billcalc.advice.uses import Step
from billcalc.advice.words import UNKNOWN, why_text
from billcalc.agreement.models import BasicMode
from billcalc.billing.bill import Bill
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.sources import weakest
from billcalc.wire.advice_shapes import (
    AdviceData,
    AdvisedMonthData,
    BasicData,
    BasicMonthData,
    BendData,
    CompensationData,
    MovedData,
    NotToldData,
    OtherBillData,
    PlanData,
    ShiftData,
    StepData,
    TargetData,
    WayData,
)
from billcalc.wire.bill import span_data
from billcalc.wire.schema import Schema, schema_of
from billcalc.wire.troubles import problem_data
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.naming import money
from billcalc.words.saying import trouble_sentence

__all__ = ["AdviceData", "advice_data", "advice_schema"]


def advice_schema() -> Schema:
    """JSON Schema of an advice."""
    return schema_of(AdviceData)


def advice_data(advice: Advice, *, lexicon: Lexicon = ENGLISH) -> AdviceData:
    """An advice as data; the lexicon gives the language of its messages and nothing else."""
    basic = advice.basic
    return {
        "kind": "advice",
        "area": advice.months[0][1].area,
        "currency": advice.currency,
        "empty": advice.is_empty,
        "months": [_month(bill) for _, bill in advice.months],
        "left_out": [
            {
                "period": span_data(each.asked.request.period.span),
                "where": each.refusal.where,
                "code": each.refusal.code.value,
                "message": trouble_sentence(lexicon, each.refusal),
            }
            for each in advice.left_out
        ],
        "basic": _basic(basic, lexicon) if isinstance(basic, BasicAdvice) else None,
        "no_basic": None if isinstance(basic, BasicAdvice) else _not_told(basic, lexicon),
        "shift": _shift(advice, lexicon),
        "power_factor": {"targets": list(_targets(advice)), "months": list(_compensations(advice, lexicon))},
        "doubts": [{"bill": bill.id, "problem": problem_data(each, lexicon=lexicon)} for bill, each in advice.doubts],
        "evidence": weakest(bill.evidence for bill in advice.bills).value,
        "documents": [{"id": name, "sha256": each.sha256} for name, each in advice.documents.items()],
        "unknown": [_unknown(each, lexicon) for each in advice.unknown],
    }


def _month(bill: Bill) -> AdvisedMonthData:
    energy = sum((each for by_band in bill.kwh.values() for each in by_band.values()), Decimal(0))
    return {
        "period": span_data(bill.period),
        "bill": bill.id,
        "total": money(bill.total),
        "energy_kwh": decimal_text(energy),
        "evidence": bill.evidence.value,
    }


def _other(bill: Bill, rebilled: Rebilled | None) -> OtherBillData | None:
    return None if rebilled is None else _told(bill, rebilled)


def _told(bill: Bill, rebilled: Rebilled) -> OtherBillData:
    return {
        "bill": rebilled.bill.id,
        "total": money(rebilled.bill.total),
        "saved": money(EXACT.subtract(bill.total, rebilled.bill.total)),
        "changes": dict(rebilled.changes),
    }


def _not_told(why: Why, lexicon: Lexicon) -> NotToldData:
    code = why if isinstance(why, NotAdvised) else why.code
    return {"code": code.value, "message": why_text(why, lexicon)}


def _unknown(what: Unknown, lexicon: Lexicon) -> NotToldData:
    return {"code": what.value, "message": UNKNOWN[what].of(lexicon.language)}


def _basic(basic: BasicAdvice, lexicon: Lexicon) -> BasicData:
    wholes = {way: basic.whole(way) for way in WAYS}
    return {
        "total": money(basic.cost),
        "contracts": None if basic.contracts is None else dict(basic.contracts),
        "wholes": [{"way": way.value, "total": None if cost is None else money(cost)} for way, cost in wholes.items()],
        "plan": None if basic.plan is None else _plan(basic, basic.plan),
        "by_quarter": None if basic.by_quarter is None else _plan(basic, basic.by_quarter),
        "months": [_basic_month(month, lexicon) for month in basic.months],
    }


def _plan(basic: BasicAdvice, plan: Plan) -> PlanData:
    return {
        "total": money(plan.cost),
        "saved": money(basic.saving(plan)),
        "months": [
            {"period": span_data(month.present.period), "way": way.value, "other": _told(month.present, each)}
            for month, way, each in zip(basic.months, plan.ways, plan.bills, strict=True)
        ],
        "moved": [_moved(each) for each in plan.moved],
    }


def _moved(moved: Moved) -> MovedData:
    return {
        "day": str(moved.day),
        "before": moved.before.value,
        "after": moved.after.value,
        "apply_by": None if moved.apply_by is None else str(moved.apply_by),
        "rule": moved.rule.article,
    }


def _basic_month(month: BasicMonth, lexicon: Lexicon) -> BasicMonthData:
    bends: list[BendData] = [
        {
            "supply_point": name,
            "maximum_demand_kw": decimal_text(bend.metered),
            "floor_kw": decimal_text(bend.floor),
        }
        for name, each in month.bends.items()
        for bend in each
    ]
    return {
        "period": span_data(month.present.period),
        "way": month.way.value,
        "bill": month.present.id,
        "total": money(month.present.total),
        "law": None if month.law is None else str(*month.law.documents),
        "bends": bends,
        "contracts": None if month.contracts is None else dict(month.contracts),
        "ways": [_way(month, way, lexicon) for way in WAYS],
        "one_contract": _other(month.present, month.one_contract),
    }


def _way(month: BasicMonth, way: BasicMode, lexicon: Lexicon) -> WayData:
    trouble = month.troubles.get(way)
    why = None if trouble is None else _not_told(trouble, lexicon)
    return {"way": way.value, "other": _other(month.present, month.ways.get(way)), "why": why}


def _shift(advice: Advice, lexicon: Lexicon) -> ShiftData:
    shift = advice.shift
    return {
        "percent": decimal_text(shift.percent) if shift.kwh is None else None,
        "kwh": None if shift.kwh is None else decimal_text(shift.kwh),
        "moved_kwh": decimal_text(sum((each.moved for each in advice.shifted), Decimal(0))),
        "saved": money(advice.moved_saves),
        "months": [
            {
                "period": span_data(bill.period),
                "bill": bill.id,
                "moved_kwh": decimal_text(each.moved),
                "other": _other(bill, each.rebilled),
                "why": None if each.why is None else _not_told(each.why, lexicon),
            }
            for (_, bill), each in zip(advice.months, advice.shifted, strict=True)
        ],
    }


def _targets(advice: Advice) -> Iterator[TargetData]:
    for scope, target in advice.steps:
        yield {
            "scope": scope,
            "target": decimal_text(target),
            "kvar": max(kvar for _, _, kvar in advice.at_step(scope, target)),
            "saved": money(advice.compensated(scope, target)),
        }


def _compensations(advice: Advice, lexicon: Lexicon) -> Iterator[CompensationData]:
    def number(value: Decimal | None) -> str | None:
        return None if value is None else decimal_text(value)

    for (_, bill), of_month in zip(advice.months, advice.compensations, strict=True):
        for each in of_month:
            yield {
                "period": span_data(bill.period),
                "bill": bill.id,
                "scope": each.scope,
                "standard": decimal_text(each.standard),
                "active_kwh": number(each.active),
                "reactive_kvarh": number(each.reactive),
                "cosphi": number(each.cosphi),
                "steps": [_step(bill, step) for step in each.steps],
                "why": None if each.why is None else _not_told(each.why, lexicon),
            }


def _step(bill: Bill, step: Step) -> StepData:
    return {
        "target": decimal_text(step.target),
        "kvarh": decimal_text(step.kvarh),
        "kvar": step.kvar,
        "other": _other(bill, step.rebilled),
    }
