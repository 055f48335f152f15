"""A comparison as data: keys in the order written here, decimals as strings, one text for one value."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from billcalc.audit.comparison import Comparison, Entry, FactComparison, Outcome, OwnError, PartComparison, Side
from billcalc.audit.issued import IssuedLine
from billcalc.audit.proof import proof_of
from billcalc.audit.proposals import may_be_unmapped, proposals_of
from billcalc.audit.reading import Reading
from billcalc.billing.bill import Line
from billcalc.explain.problems import doubts_of
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.spans import Span
from billcalc.wire.bill import HeadingData, SpanData, heading_data, number_text, span_data
from billcalc.wire.issued import RestsOnData
from billcalc.wire.line_proofs import ProofData, line_proof_data
from billcalc.wire.proposals import ProposalData, proposal_data
from billcalc.wire.schema import Form, Number, Schema, schema_of
from billcalc.wire.troubles import ProblemData, TroubleData, problem_data, trouble_data
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.naming import money

__all__ = ["ComparisonData", "comparison_data", "comparison_schema"]


class OwnErrorData(TypedDict):
    """An error of the issued bill in itself."""

    check: str
    name: str | None
    row: int | None
    where: str | None
    printed: Number
    computed: Number
    difference: Number
    factors: list[Number] | None
    may_be_rounding: bool


class IssuedLineData(TypedDict):
    """A line as it was issued."""

    row: int
    where: str | None
    name: str | None
    codes: list[str]
    sections: list[str]
    group: str | None
    band: str | None
    span: SpanData | None
    quantity: Number | None
    price: Number | None
    amount: Number


class RecomputedLineData(TypedDict):
    """A line as it is recomputed."""

    code: str
    label: str | None
    section: str
    group: str
    band: str | None
    span: SpanData
    quantity: Number | None
    unit: str
    price: Number | None
    amount: Number
    given: bool
    sources: list[str]


class AmountsData(TypedDict):
    """What was issued and what is recomputed; the difference is issued − recomputed."""

    issued: Number
    recomputed: Number
    difference: Number


class PartData(TypedDict):
    """One part of a line on both bills."""

    part: str
    issued: str | None
    recomputed: str | None
    verdict: str


class EffectsData(TypedDict):
    """What the difference of an amount comes from."""

    quantity: Number
    price: Number
    rest: Number


class EntryData(TypedDict):
    """Printed lines and recomputed ones that belong together; what agrees is not proved."""

    matching: str
    section: str | None
    missing_from: str | None
    unmapped: str | None
    issued: list[IssuedLineData]
    recomputed: list[RecomputedLineData]
    amounts: AmountsData
    parts: list[PartData]
    effects: EffectsData | None
    may_be_unmapped: NotRequired[bool]
    proof: NotRequired[list[ProofData]]


class FactData(TypedDict):
    """A fact on both bills."""

    fact: str
    of: str | None
    issued: str | SpanData | None
    recomputed: str | SpanData | None
    verdict: str


class CauseData(TypedDict):
    """What a cause comes to."""

    cause: str
    amount: Number


class SectionMoneyData(TypedDict):
    """A section on both bills; the first is of no section."""

    section: str | None
    issued: Number
    recomputed: Number
    difference: Number


class MoneyData(TypedDict):
    """The totals, and what their difference is made of."""

    issued: Number
    recomputed: Number
    difference: Number
    causes: list[CauseData]
    sections: list[SectionMoneyData]


class ReadingData(TypedDict):
    """Under which value of a convention, or of what else is in doubt, the bill would be the issued one."""

    convention: str
    value: str


class ComparisonData(TypedDict):
    """An issued bill beside the recomputed one."""

    kind: Literal["comparison"]
    bill: HeadingData
    tolerance: Number
    agrees: bool
    own: Annotated[list[OwnErrorData], Form(description="errors of the issued bill in itself")]
    unmapped: list[EntryData]
    proposals: Annotated[list[ProposalData], Form(description="what unmapped names may be, by their amounts")]
    missing: list[EntryData]
    differing: list[EntryData]
    differing_facts: list[FactData]
    tolerated: list[EntryData]
    zero: list[EntryData]
    agreeing: list[EntryData]
    agreeing_given: Annotated[int, Form(description="printed lines that agree with amounts of the request")]
    not_read: list[EntryData]
    not_printed: list[EntryData]
    net: list[EntryData]
    tax: Number | None
    untold_tax: Number | None
    facts: list[FactData]
    money: MoneyData
    readings: list[ReadingData]
    unread: list[TroubleData]
    ignored: list[str]
    unread_columns: list[str]
    doubts: Annotated[list[ProblemData], Form(description="of the recomputed bill")]
    rests_on: Annotated[RestsOnData | None, Form(description="both bills, where a proof was asked for")]
    seal: Annotated[str | None, Form(description="the hash of all the rest, where a proof was asked for")]


_PROMISED: Mapping[Any, Schema] = {
    SpanData: {key: value for key, value in schema_of(SpanData).items() if key != "additionalProperties"},
    EntryData: {"type": "object", "required": ["issued", "recomputed", "amounts", "parts"]},
    OwnErrorData: {"type": "object"},
    FactData: {"type": "object"},
    RestsOnData: {"type": "object"},
}
"""What the contract promises of the parts of a comparison; the rest of them is for people and may change."""


def comparison_schema() -> Schema:
    """JSON Schema of what the contract promises of a comparison."""
    about = "Every printed line and every recomputed one stands in one entry; the money sums exactly."
    return {**schema_of(ComparisonData, instead=_PROMISED), "description": about}


def comparison_data(
    comparison: Comparison, *, lexicon: Lexicon = ENGLISH, reading: Reading | None = None
) -> ComparisonData:
    """A comparison as plain data; the lexicon gives the language of messages and derivations and nothing else.

    Args:
        comparison: what was found.
        lexicon: the language.
        reading: how the issued bill was read: where its lines stood, and what was not read.
    """
    bill = comparison.bill
    rows = Reading(comparison.issued) if reading is None else reading

    def entries(outcome: Outcome, *, proved: bool) -> list[EntryData]:
        return [_entry(each, comparison, rows, lexicon if proved else None) for each in comparison.of(outcome)]

    return {
        "kind": "comparison",
        "bill": heading_data(bill),
        "tolerance": money(comparison.tolerance),
        "agrees": comparison.agrees,
        "own": [_own(error, rows) for error in comparison.own],
        "unmapped": entries(Outcome.UNMAPPED, proved=True),
        "proposals": [proposal_data(each) for each in proposals_of(comparison.entries)],
        "missing": entries(Outcome.MISSING, proved=True),
        "differing": entries(Outcome.DIFFERING, proved=True),
        "differing_facts": [_fact(fact) for fact in comparison.differing_facts],
        "tolerated": entries(Outcome.TOLERATED, proved=True),
        "zero": entries(Outcome.ZERO, proved=False),
        "agreeing": entries(Outcome.AGREES, proved=False),
        "agreeing_given": comparison.given,
        "not_read": entries(Outcome.NOT_READ, proved=False),
        "not_printed": entries(Outcome.NOT_PRINTED, proved=False),
        "net": entries(Outcome.NET, proved=False),
        "tax": number_text(comparison.tax),
        "untold_tax": number_text(comparison.untold_tax),
        "facts": [_fact(fact) for fact in comparison.facts],
        "money": {
            "issued": money(comparison.total_issued),
            "recomputed": money(bill.total),
            "difference": money(comparison.difference),
            "causes": [{"cause": cause.value, "amount": money(amount)} for cause, amount in comparison.causes.items()],
            "sections": [
                {
                    "section": None if each.section is None else each.section.value,
                    "issued": money(each.issued),
                    "recomputed": money(each.recomputed),
                    "difference": money(each.difference),
                }
                for each in comparison.sections
            ],
        },
        "readings": [{"convention": each.of, "value": each.value} for each in comparison.readings],
        "unread": [trouble_data(fault, lexicon=lexicon) for fault in rows.faults],
        "ignored": list(rows.ignored),
        "unread_columns": list(rows.unread_columns),
        "doubts": [problem_data(each, lexicon=lexicon) for each in doubts_of(bill)],
        "rests_on": None,
        "seal": None,
    }


def _own(error: OwnError, rows: Reading) -> OwnErrorData:
    return {
        "check": error.check.value,
        "name": error.name,
        "row": error.row,
        "where": None if error.row is None else rows.place(error.row),
        "printed": money(error.printed),
        "computed": money(error.computed),
        "difference": money(error.difference),
        "factors": None if error.factors is None else [decimal_text(factor) for factor in error.factors],
        "may_be_rounding": error.may_be_rounding,
    }


def _entry(entry: Entry, comparison: Comparison, rows: Reading, lexicon: Lexicon | None) -> EntryData:
    effects = entry.effects
    data: EntryData = {
        "matching": entry.matching.value,
        "section": None if entry.section is None else entry.section.value,
        "missing_from": None if entry.missing_from is None else entry.missing_from.value,
        "unmapped": None if entry.unmapped is None else entry.unmapped.value,
        "issued": [_issued(line, row, rows.place(row)) for row, line in zip(entry.rows, entry.issued, strict=True)],
        "recomputed": [_recomputed(line) for line in entry.recomputed],
        "amounts": {
            "issued": money(entry.amount_issued),
            "recomputed": money(entry.amount_recomputed),
            "difference": money(entry.difference),
        },
        "parts": [_part(part) for part in entry.parts],
        "effects": None
        if effects is None
        else {"quantity": money(effects.quantity), "price": money(effects.price), "rest": money(effects.rest)},
    }
    if entry.missing_from is Side.ISSUED:
        data["may_be_unmapped"] = may_be_unmapped(entry, comparison.entries)
    if lexicon is not None:
        data["proof"] = [
            line_proof_data(proof) for proof in proof_of(comparison.bill, entry.recomputed, lexicon=lexicon)
        ]
    return data


def _issued(line: IssuedLine, row: int, where: str | None) -> IssuedLineData:
    return {
        "row": row,
        "where": where,
        "name": line.name,
        "codes": list(line.codes),
        "sections": [section.value for section in line.sections],
        "group": line.group,
        "band": None if line.band is None else line.band.value,
        "span": None if line.span is None else span_data(line.span),
        "quantity": number_text(line.quantity),
        "price": number_text(line.price),
        "amount": money(line.amount),
    }


def _recomputed(line: Line) -> RecomputedLineData:
    return {
        "code": line.code,
        "label": line.label,
        "section": line.section.value,
        "group": line.group,
        "band": None if line.band is None else line.band.value,
        "span": span_data(line.span),
        "quantity": number_text(line.quantity),
        "unit": line.unit,
        "price": number_text(line.price),
        "amount": money(line.amount),
        "given": line.given,
        "sources": [source.id for source in line.sources],
    }


def _part(part: PartComparison) -> PartData:
    return {
        "part": part.part.value,
        "issued": _shown(part.issued),
        "recomputed": _shown(part.recomputed),
        "verdict": part.verdict.value,
    }


def _shown(value: Decimal | str | None) -> str | None:
    return decimal_text(value) if isinstance(value, Decimal) else value


def _fact(fact: FactComparison) -> FactData:
    def value(of: Any) -> str | SpanData | None:
        return span_data(Span(*of)) if isinstance(of, tuple) else number_text(of)

    return {
        "fact": fact.fact.value,
        "of": fact.of,
        "issued": value(fact.issued),
        "recomputed": value(fact.recomputed),
        "verdict": fact.verdict.value,
    }
