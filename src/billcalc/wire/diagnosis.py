"""A diagnosis as data: amounts in the bill's money, as decimals in strings, each cause with its words."""

from typing import Annotated, Any, Literal, TypedDict

from billcalc.audit.diagnose.cause import Instance
from billcalc.audit.diagnose.cells import Cell, Money, money_of, summed
from billcalc.audit.diagnose.diagnosis import Diagnosis, Telling
from billcalc.audit.diagnose.money import Attribution
from billcalc.audit.diagnose.say import clause_of, look_up, said, what_happened
from billcalc.explain.problems import doubts_of
from billcalc.wire.bill import HeadingData, heading_data, number_text
from billcalc.wire.comparison import ComparisonData
from billcalc.wire.schema import Form, Number, Schema, schema_of
from billcalc.wire.troubles import ProblemData, problem_data
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.naming import money

__all__ = ["DiagnosisData", "diagnosis_data", "diagnosis_schema"]


class CellData(TypedDict):
    """What an amount is of; empty is not told."""

    code: str
    group: str
    band: str
    days: str
    section: str
    crosses: Annotated[bool, Form(description="a sum that has some of what others have: compared, and not summed")]


class CellMoneyData(TypedDict):
    """The amount of a cell."""

    cell: CellData
    amount: Number


class CauseOfDifferenceData(TypedDict):
    """A cause, and the one number that it comes to."""

    cause: str
    slot: str
    value: str
    what: str
    source: str
    look_up: str
    amount: Number


class PartOfDifferenceData(TypedDict):
    """What a cause does alone, or several do together beyond what they do alone, by their places."""

    causes: list[int]
    cells: list[CellMoneyData]
    amount: Number


class AnswerData(TypedDict):
    """Causes, and the difference told by them: parts and unexplained sum to it in every cell."""

    causes: list[CauseOfDifferenceData]
    parts: list[PartOfDifferenceData]
    unexplained: list[CellMoneyData]
    unexplained_amount: Number


class TellingData(TypedDict):
    """A figure by which answers differ, with its value in each."""

    code: str
    group: str
    band: str
    part: str
    values: list[Number | None]


class HindranceData(TypedDict):
    """What is to be mended first."""

    code: str
    what: str


class DiagnosisData(TypedDict):
    """What the difference between an issued bill and the recomputed one comes from."""

    kind: Literal["diagnosis"]
    bill: HeadingData
    status: Annotated[str, Form(description="agrees, hindered, proved, part, unexplained")]
    what: str
    hindrances: list[HindranceData]
    difference: list[CellMoneyData]
    difference_amount: Number
    answers: Annotated[list[AnswerData], Form(description="several cannot be told apart by this bill")]
    telling: list[TellingData]
    is_complete: Annotated[bool, Form(description="whether every set of causes was searched")]
    refused: Annotated[int, Form(description="sets of causes that cannot be billed")]
    doubts: Annotated[list[ProblemData], Form(description="of the recomputed bill")]
    comparison: Annotated[ComparisonData | None, Form(description="of both bills, where a proof was asked for")]
    seal: Annotated[str | None, Form(description="the hash of all the rest, where a proof was asked for")]


def diagnosis_data(diagnosis: Diagnosis, *, lexicon: Lexicon = ENGLISH) -> DiagnosisData:
    """A diagnosis as data; its sentences are in the words of a language."""
    difference = diagnosis.difference or {}
    return {
        "kind": "diagnosis",
        "bill": heading_data(diagnosis.comparison.bill),
        "status": diagnosis.status.value,
        "what": said(lexicon, diagnosis.status),
        "hindrances": [{"code": each.value, "what": said(lexicon, each)} for each in diagnosis.hindrances],
        "difference": _cells(difference),
        "difference_amount": _sum(difference),
        "answers": [_answer(each, lexicon) for each in diagnosis.answers],
        "telling": [_telling(each) for each in diagnosis.telling],
        "is_complete": diagnosis.is_complete,
        "refused": diagnosis.refused,
        "doubts": [problem_data(each, lexicon=lexicon) for each in doubts_of(diagnosis.comparison.bill)],
        "comparison": None,
        "seal": None,
    }


def diagnosis_schema() -> Schema:
    """JSON Schema of a diagnosis."""
    about = "The parts of an answer and what it leaves unexplained sum to the difference, in every cell."
    return {**schema_of(DiagnosisData, instead={ComparisonData: {"type": "object"}}), "description": about}


def _cells(cells: Money) -> list[CellMoneyData]:
    return [{"cell": _cell(cell), "amount": money(money_of(fen))} for cell, fen in cells.items()]


def _cell(cell: Cell) -> CellData:
    return {
        "code": cell.code,
        "group": cell.group,
        "band": cell.band,
        "days": cell.days,
        "section": cell.section,
        "crosses": cell.crosses,
    }


def _sum(cells: Money) -> str:
    return money(money_of(summed(cells)))


def _answer(answer: Attribution, lexicon: Lexicon) -> AnswerData:
    return {
        "causes": [_cause(each, fen, lexicon) for each, fen in zip(answer.causes, answer.shares, strict=True)],
        "parts": [
            {"causes": list(places), "cells": _cells(cells), "amount": _sum(cells)}
            for places, cells in answer.parts.items()
        ],
        "unexplained": _cells(answer.unexplained),
        "unexplained_amount": _sum(answer.unexplained),
    }


def _cause(cause: Instance, fen: int, lexicon: Lexicon) -> CauseOfDifferenceData:
    return {
        "cause": cause.cause,
        "slot": cause.slot,
        "value": cause.value,
        "what": what_happened(lexicon, cause),
        "source": clause_of(lexicon, cause),
        "look_up": look_up(lexicon, cause),
        "amount": money(money_of(fen)),
    }


def _telling(telling: Telling) -> TellingData:
    values: list[Any] = [number_text(value) for value in telling.values]
    return {"code": telling.code, "group": telling.group, "band": telling.band, "part": telling.part, "values": values}
