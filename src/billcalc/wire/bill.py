"""Bills as data and JSON: the one shape that the command line and the service share.

Keys stand in the order written here, decimals are strings, days are ISO, spans are half-open; the same bill gives the
same bytes. Amounts of lines, sections, totals and alternatives have two decimals or more; all other numbers are
canonical: fixed point without trailing zeros.
"""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from billcalc.billing.bill import Bill, BilledMonth, Line, LossFact, PowerFactorFact
from billcalc.billing.identity import canonical_json
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.kernel.steps import Operand, Step
from billcalc.vocabulary import Band, Section
from billcalc.wire.json_writing import json_text
from billcalc.wire.schema import Day, Form, Number, OneOf, Schema, schema_of
from billcalc.wire.tax import TaxData, taxed
from billcalc.wire.troubles import ProblemData, problem_data
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.naming import money

__all__ = [
    "BillData",
    "Currency",
    "HeadingData",
    "LineData",
    "LineNameData",
    "LossData",
    "OperandData",
    "PowerFactorData",
    "PrintedLineData",
    "SectionData",
    "SourceData",
    "SpanData",
    "StepData",
    "bill_data",
    "bill_json",
    "bill_schema",
    "heading_data",
    "line_name_data",
    "number_text",
    "proof_data",
    "seal_of",
    "source_data",
    "span_data",
    "step_data",
]

Currency = Annotated[str, Form(pattern="^[A-Z]{3}$", description="ISO 4217; all money of the bill is in it.")]

SpanData = TypedDict("SpanData", {"from": Day, "to": Day})
"""Days from the first (in) to the last (out)."""


class HeadingData(TypedDict):
    """Which bill it is."""

    id: str
    version: str
    tariff_set: str
    area: str
    currency: Currency
    cycle: SpanData
    period: SpanData


class SourceData(TypedDict):
    """A document that lines cite by its id."""

    id: str
    title: str
    number: str | None
    clause: str | None
    url: str | None
    evidence: Annotated[str, OneOf(Evidence)]


class OperandData(TypedDict):
    """What a formula speaks of at one of its places; a bare number of the rule has no name."""

    name: str | None
    of: list[str]
    value: Number
    unit: str
    source: NotRequired[str]
    at: NotRequired[Annotated[str, Form(description="A JSON pointer into the bill's request.")]]


class ShareData(TypedDict):
    """Which part of a shared whole: its running sums begin at ``before``; the last part takes what is left."""

    before: Number
    is_last: bool


class StepData(TypedDict):
    """One named result of a derivation."""

    name: str
    of: list[str]
    formula: str
    operands: list[OperandData]
    exact: str | None
    rounded_to: Number | None
    value: Number
    unit: str
    sources: list[str]
    share: NotRequired[ShareData]


class _Called(TypedDict):
    code: str
    label: NotRequired[str]


class _Placed(TypedDict):
    section: Annotated[str, OneOf(Section)]
    group: str
    band: Annotated[str, OneOf(Band)] | None


class LineNameData(_Called, _Placed, SpanData):
    """Which line it is: code, group, band and span are its name."""


class PrintedLineData(LineNameData):
    """A line as a bill prints it."""

    quantity: Number | None
    unit: str
    price: Number | None
    amount: Number


class LineData(PrintedLineData):
    """A line with how it came about."""

    given: bool
    steps: list[StepData]
    sources: list[str]


class SectionData(TypedDict):
    """A section's sum."""

    section: Annotated[str, OneOf(Section)]
    amount: Number


class PowerFactorData(TypedDict):
    """The power factor of one scope."""

    scope: str
    active_kwh: Number | None
    reactive_kvarh: Number | None
    cosphi: Number | None
    ratio: Number | None


class RestsOnData(TypedDict):
    """A document that the bill rests on.

    ``content``, where it was asked for, is the document as one line of JSON, and ``sha256`` the hash of its UTF-8.
    """

    id: str
    sha256: Annotated[str, Form(pattern="^[0-9a-f]{64}$")]
    content: NotRequired[str]


class LossData(SpanData):
    """What a metering point lost on some days."""

    point: str
    kwh: Number
    kvarh: Number | None
    transformer_kwh: Number | None
    line_kwh: Number | None
    steps: list[StepData]
    sources: list[str]


class MonthData(TypedDict):
    """A month of a bill of several, and what it comes to by itself."""

    cycle: SpanData
    period: SpanData
    total: Number


class _Billed(TypedDict):
    kind: Literal["bill"]


class _OfSome(TypedDict):
    losses: NotRequired[list[LossData]]
    months: NotRequired[list[MonthData]]


class BillData(_Billed, HeadingData):
    """A bill."""

    total: Number
    total_rounded_to: Number
    sections: list[SectionData]
    lines: list[LineData]
    kwh: dict[str, dict[str, Number]]
    power_factors: list[PowerFactorData]
    evidence: Annotated[str, OneOf(Evidence)]
    problems: list[ProblemData]
    sources: list[SourceData]
    tax: NotRequired[TaxData]
    losses: NotRequired[list[LossData]]
    months: NotRequired[Annotated[list[MonthData], Form(description="Of a bill of several: they sum to the total.")]]
    documents: list[RestsOnData]
    request: Annotated[dict[str, Any], Form(description="The request as it was read; `id` is a hash of it, too.")]
    seal: Annotated[str, Form(description="SHA-256 of the bill as canonical JSON without this key.")] | None


def bill_schema() -> Schema:
    """JSON Schema (2020-12) of a bill; decimals are strings, days ISO, spans half-open."""
    return schema_of(BillData)


def bill_json(bill: Bill, *, lexicon: Lexicon = ENGLISH) -> bytes:
    """A bill as JSON in UTF-8."""
    return json_text(bill_data(bill, lexicon=lexicon)).encode()


def bill_data(bill: Bill, *, lexicon: Lexicon = ENGLISH) -> BillData:
    """A bill as data; the lexicon gives the language of its messages and nothing else."""
    of_some: _OfSome = {"losses": [_loss(fact) for fact in bill.losses]} if bill.losses else {}
    if bill.months:
        of_some["months"] = [_month(each) for each in bill.months]
    return {
        "kind": "bill",
        **heading_data(bill),
        "total": money(bill.total),
        "total_rounded_to": decimal_text(bill.total_step),
        "sections": [{"section": section.value, "amount": money(amount)} for section, amount in bill.sections.items()],
        "lines": [_line(line) for line in bill.lines],
        "kwh": {
            group: {band.value: decimal_text(kwh) for band, kwh in by_band.items()}
            for group, by_band in bill.kwh.items()
        },
        "power_factors": [_power_factor(fact) for fact in bill.power_factors],
        "evidence": bill.evidence.value,
        "problems": [problem_data(problem, lexicon=lexicon) for problem in bill.problems],
        "sources": [source_data(source) for source in _sources(bill)],
        **taxed(bill),
        **of_some,
        "documents": [{"id": name, "sha256": each.sha256} for name, each in bill.documents.items()],
        "request": dict(bill.request),
        "seal": None,
    }


def proof_data(bill: Bill, *, lexicon: Lexicon = ENGLISH) -> BillData:
    """A bill as data that ``verify`` can follow to its end: with the documents it rests on, and sealed."""
    data = bill_data(bill, lexicon=lexicon)
    data["documents"] = [{**each, "content": bill.documents[each["id"]].content} for each in data["documents"]]
    data["seal"] = seal_of(data)
    return data


def seal_of(data: Mapping[str, Any]) -> str:
    """The hash of all that stands in an answer beside its seal."""
    return hashlib.sha256(canonical_json({key: value for key, value in data.items() if key != "seal"})).hexdigest()


def heading_data(bill: Bill) -> HeadingData:
    """Which bill it is."""
    return {
        "id": bill.id,
        "version": bill.version,
        "tariff_set": bill.tariff_set,
        "area": bill.area,
        "currency": bill.currency,
        "cycle": span_data(bill.cycle),
        "period": span_data(bill.period),
    }


def span_data(span: Span) -> SpanData:
    """Days with an end."""
    assert span.end is not None, "what is billed has an end"
    return {"from": span.start.isoformat(), "to": span.end.isoformat()}


def number_text(number: Decimal | None) -> str | None:
    """A number in its canonical form, where there is one."""
    return None if number is None else decimal_text(number)


def line_name_data(line: Line) -> LineNameData:
    """Which line it is; its label where it has one."""
    called: _Called = {"code": line.code} if line.label is None else {"code": line.code, "label": line.label}
    return {
        **called,
        "section": line.section.value,
        "group": line.group,
        "band": None if line.band is None else line.band.value,
        **span_data(line.span),
    }


def _line(line: Line) -> LineData:
    return {
        **line_name_data(line),
        "quantity": number_text(line.quantity),
        "unit": line.unit,
        "price": number_text(line.price),
        "amount": money(line.amount),
        "given": line.given,
        "steps": [step_data(step) for step in line.steps] if line.derivation else [],
        "sources": [source.id for source in line.sources] if line.derivation else [],
    }


def step_data(step: Step) -> StepData:
    """A step of a derivation."""
    data: StepData = {
        "name": step.term.value,
        "of": list(step.of),
        "formula": step.formula,
        "operands": [_operand(operand) for operand in step.operands],
        "exact": step.exact,
        "rounded_to": number_text(step.rounded_to),
        "value": decimal_text(step.number),
        "unit": step.unit,
        "sources": [source.id for source in step.sources],
    }
    if step.share is not None:
        data["share"] = {"before": decimal_text(step.share.before), "is_last": step.share.is_last}
    return data


def _operand(operand: Operand) -> OperandData:
    data: OperandData = {
        "name": None if operand.term is None else operand.term.value,
        "of": list(operand.of),
        "value": decimal_text(operand.number),
        "unit": operand.unit,
    }
    if operand.source is not None:
        data["source"] = operand.source.id
    if operand.pointer is not None:
        data["at"] = operand.pointer
    return data


def _power_factor(fact: PowerFactorFact) -> PowerFactorData:
    return {
        "scope": fact.scope,
        "active_kwh": number_text(fact.active_kwh),
        "reactive_kvarh": number_text(fact.reactive_kvarh),
        "cosphi": number_text(fact.cosphi),
        "ratio": number_text(fact.ratio),
    }


def _month(month: BilledMonth) -> MonthData:
    return {"cycle": span_data(month.cycle), "period": span_data(month.period), "total": money(month.total)}


def _loss(fact: LossFact) -> LossData:
    return {
        "point": fact.point,
        **span_data(fact.span),
        "kwh": decimal_text(fact.kwh),
        "kvarh": number_text(fact.kvarh),
        "transformer_kwh": number_text(fact.transformer_kwh),
        "line_kwh": number_text(fact.line_kwh),
        "steps": [step_data(step) for step in fact.steps],
        "sources": [source.id for source in fact.sources],
    }


def _sources(bill: Bill) -> list[Source]:
    """The bill's documents, and those that only lines cite, such as a price sheet of the request; one for each id."""
    cited = [source for line in bill.lines if line.derivation for source in line.sources]
    cited += [source for loss in bill.losses for source in loss.sources]
    return list({source.id: source for source in (*bill.sources, *cited)}.values())


def source_data(source: Source) -> SourceData:
    """A document that lines cite by its id."""
    return {
        "id": source.id,
        "title": source.title,
        "number": source.number,
        "clause": source.clause,
        "url": source.url,
        "evidence": source.evidence.value,
    }
