"""A correction as data: its documents with the hash of each, the bills, and the letter.

A document is hashed as canonical JSON of what it says, without the hash itself, so that whoever keeps it can tell
whether it was changed.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, TypedDict

from billcalc.billing.bill import Line
from billcalc.billing.identity import canonical_json
from billcalc.corrections.case import Cause
from billcalc.corrections.energy import CorrectedEnergy
from billcalc.corrections.letter import letter
from billcalc.corrections.rebill import CorrectedMonth, Correction, Earlier, cancelled
from billcalc.explain.statement import Block
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.wire.bill import (
    BillData,
    Currency,
    PrintedLineData,
    SourceData,
    SpanData,
    bill_data,
    line_name_data,
    number_text,
    source_data,
    span_data,
)
from billcalc.wire.schema import Form, Number, Schema, schema_of
from billcalc.wire.troubles import ProblemData, problem_data
from billcalc.words.lexicon import CHINESE, ENGLISH, Lexicon
from billcalc.words.naming import money

__all__ = ["CorrectionData", "bill_hashes", "correction_data", "correction_schema", "earlier_of"]

Sha256 = Annotated[str, Form(pattern="^[0-9a-f]{64}$")]


class EnergyData(TypedDict):
    """What was corrected of what a metering point counted."""

    point: str
    factor: Annotated[
        str | None, Form(description="exact: numerator/denominator; null where a normal month is the basis")
    ]
    share: Annotated[str, Form(description="the part of the month that is corrected, exact")]
    metered: dict[str, Number]
    added: dict[str, Number]


class CorrectedMonthData(TypedDict):
    """A month, and what of it differs."""

    period: SpanData
    original: str
    replacing: str
    changed: bool
    energy: EnergyData | None
    rule: SourceData
    money: Number


class DocumentData(TypedDict):
    """One document: cancel, replace, back_bill (the statement of what differs) or letter."""

    kind: Annotated[str, Form(description="cancel, replace, back_bill, letter")]
    case: str
    undoes: Sha256 | None
    period: SpanData | None
    bill: Annotated[str | None, Form(description="the id of the bill that it cancels, or that it is")]
    lines: list[PrintedLineData]
    text: list[list[str]]
    total: Number
    total_fen: Annotated[int, Form(description="what it changes of the account's money; of a statement nothing")]
    sha256: Sha256


class CorrectionData(TypedDict):
    """A correction; the totals of its cancelling and replacing bills sum to that of its statement."""

    kind: Literal["correction"]
    case: str
    cause: str
    undoes: Sha256 | None
    currency: Currency
    rule: SourceData
    total: Number
    months: list[CorrectedMonthData]
    documents: list[DocumentData]
    bills: list[BillData]
    doubts: Annotated[list[ProblemData], Form(description="of the case itself; those of its bills stand in them")]
    stated: Annotated[dict[str, Any], Form(description="The case as it was read.")]


def correction_schema() -> Schema:
    """JSON Schema of a correction."""
    return schema_of(CorrectionData)


def correction_data(
    correction: Correction, *, lexicon: Lexicon = ENGLISH, letter_in: Lexicon = CHINESE
) -> CorrectionData:
    """A correction as data.

    Args:
        correction: what was computed.
        lexicon: of the messages of its bills.
        letter_in: of its letter.
    """
    case, rules = correction.case, correction.rules
    return {
        "kind": "correction",
        "case": case.id,
        "cause": case.cause.value,
        "undoes": correction.undoes,
        "currency": correction.currency,
        "rule": source_data(rules.source(rules.of(case.cause))),
        "total": money(correction.money),
        "months": [_month(month, case.cause) for month in correction.months],
        "documents": list(_documents(correction, letter_in)),
        "bills": [bill_data(month.right, lexicon=lexicon) for month in correction.changed],
        "doubts": [problem_data(each, lexicon=lexicon) for each in correction.doubts],
        "stated": case.model_dump(mode="json", by_alias=True, exclude_unset=True),
    }


def bill_hashes(correction: Correction) -> tuple[str, ...]:
    """The hashes of the documents of a correction, but for its letter, whose words are of a language."""
    return tuple(each["sha256"] for each in _of_bills(correction)) if correction.changed else ()


def earlier_of(data: Any, *, where: str) -> Earlier:
    """What is known of a correction by its data.

    Raises:
        InvalidInput: where it is no such data.
    """
    try:
        documents = data["documents"]
        altered = _is_altered(data)
        statements = [each["sha256"] for each in documents if each["kind"] == "back_bill"]
        found = Earlier(
            id=str(data["case"]),
            case=data["stated"],
            bills=frozenset(str(each["bill"]) for each in documents),
            documents=tuple(str(each["sha256"]) for each in documents if each["kind"] != "letter"),
            statement=str(statements[0]) if statements else "",
            undoes=data["undoes"],
        )
    except (KeyError, TypeError, ValueError):
        known = {"value": "correction", "known": "billcalc rebill --format json"}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_WORD, where, known)]) from None
    if altered:
        facts = {"reason": Reason.DOCUMENT_ALTERED, "id": found.id}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])
    return found


def _is_altered(data: Any) -> bool:
    """Whether a document is not as it was made, or one is missing, which the others then do not sum to."""
    documents = [{**each, "total_fen": int(each["total_fen"])} for each in data["documents"]]
    fen = sum(each["total_fen"] for each in documents)
    made = [money(EXACT.scaleb(Decimal(fen), -2))] if any(month["changed"] for month in data["months"]) else []
    return (
        any(_hash(each) != each["sha256"] or each["undoes"] != data["undoes"] for each in documents)
        or [each["total"] for each in documents if each["kind"] == "back_bill"] != made
    )


def _documents(correction: Correction, letter_in: Lexicon) -> Iterator[DocumentData]:
    if correction.changed:
        yield from _of_bills(correction)
        text = [row for block in letter(correction, lexicon=letter_in) for row in _text(block)]
        yield _document(correction, "letter", correction.money, text=text)


def _of_bills(correction: Correction) -> Iterator[DocumentData]:
    differing: list[Line] = []
    for month in correction.changed:
        lines = cancelled(month.original.lines)
        yield _document(correction, "cancel", EXACT.minus(month.original.total), lines, month, month.original.id)
        yield _document(correction, "replace", month.right.total, month.right.lines, month, month.right.id)
        differing.extend(month.difference)
    yield _document(correction, "back_bill", correction.money, differing)


def _document(
    correction: Correction,
    kind: str,
    total: Decimal,
    lines: Sequence[Line] = (),
    month: CorrectedMonth | None = None,
    bill: str | None = None,
    *,
    text: Sequence[list[str]] = (),
) -> DocumentData:
    said: dict[str, Any] = {
        "kind": kind,
        "case": correction.case.id,
        "undoes": correction.undoes,
        "period": None if month is None else span_data(month.original.period),
        "bill": bill,
        "lines": [_line(line) for line in lines],
        "text": list(text),
        "total": money(total),
        "total_fen": 0 if bill is None else int(EXACT.scaleb(total, 2)),
    }
    document: DocumentData = {**said, "sha256": _hash(said)}  # type: ignore[typeddict-item]
    return document


def _hash(document: Mapping[str, Any]) -> str:
    """The hash of what a document says."""
    said = {key: value for key, value in document.items() if key != "sha256"}
    return hashlib.sha256(canonical_json(said)).hexdigest()


def _line(line: Line) -> PrintedLineData:
    return {
        **line_name_data(line),
        "quantity": number_text(line.quantity),
        "unit": line.unit,
        "price": number_text(line.price),
        "amount": money(line.amount),
    }


def _text(block: Block) -> Iterator[list[str]]:
    yield [block.title]
    for row in (block.head, *block.rows):
        yield [decimal_text(cell) if isinstance(cell, Decimal) else cell or "" for cell in row]


def _month(month: CorrectedMonth, cause: Cause) -> CorrectedMonthData:
    return {
        "period": span_data(month.original.period),
        "original": month.original.id,
        "replacing": month.right.id,
        "changed": month.is_changed,
        "energy": None if month.energy is None else _energy(month.energy),
        "rule": source_data(month.rules.source(month.rules.of(cause))),
        "money": money(month.money),
    }


def _energy(energy: CorrectedEnergy) -> EnergyData:
    return {
        "point": energy.point,
        "factor": None if energy.factor is None else str(energy.factor),
        "share": str(energy.share),
        "metered": {register.value: decimal_text(kwh) for register, kwh in energy.metered.items()},
        "added": {register.value: decimal_text(kwh) for register, kwh in energy.added.items()},
    }
