"""Claims as data: each amount with its steps and its clauses."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypedDict

from billcalc.claims.claimed import Claimed, ClaimedLine, Item
from billcalc.kernel.troubles import Problem
from billcalc.kernel.units import CNY
from billcalc.wire.bill import Currency, SourceData, SpanData, StepData, source_data, span_data, step_data
from billcalc.wire.schema import Form, Number, OneOf, Schema, schema_of
from billcalc.wire.troubles import ProblemData, problem_data
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.naming import money

__all__ = ["ClaimsData", "claims_data", "claims_schema"]


class ClaimedLineData(TypedDict):
    """An amount."""

    pointer: Annotated[str, Form(description="the entry of the case that it is claimed for")]
    item: Annotated[str, OneOf(Item)]
    label: str | None
    span: SpanData | None
    amount: Number
    steps: list[StepData]
    sources: Annotated[list[SourceData], Form(description="the clauses, in the order of their days")]


class ClaimsData(TypedDict):
    """What a case claims; the amounts sum to the total."""

    kind: Literal["claims"]
    case: str
    currency: Currency
    lines: list[ClaimedLineData]
    total: Number
    doubts: Annotated[list[ProblemData], Form(description="of the prices of the case")]
    stated: Annotated[dict[str, Any], Form(description="The case as it was read.")]


def claims_schema() -> Schema:
    """JSON Schema of claims."""
    return schema_of(ClaimsData)


def claims_data(claimed: Claimed, doubts: Sequence[Problem] = (), *, lexicon: Lexicon = ENGLISH) -> ClaimsData:
    """Claims as data; the sentences of doubts are in the words of a language."""
    return {
        "kind": "claims",
        "case": claimed.case.id,
        "currency": CNY,
        "lines": [_line(line) for line in claimed.lines],
        "total": money(claimed.total),
        "doubts": [problem_data(each, lexicon=lexicon) for each in doubts],
        "stated": claimed.case.model_dump(mode="json", by_alias=True, exclude_unset=True),
    }


def _line(line: ClaimedLine) -> ClaimedLineData:
    return {
        "pointer": line.pointer,
        "item": line.item.value,
        "label": line.label,
        "span": None if line.span is None else span_data(line.span),
        "amount": money(line.amount),
        "steps": [step_data(step) for step in line.steps],
        "sources": [source_data(each) for each in line.sources],
    }
