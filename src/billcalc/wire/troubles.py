"""Troubles as data: a problem on a bill, a refusal, faults; and a problem as the service answers it (RFC 9457)."""

from collections.abc import Iterable
from typing import Annotated, Literal, TypedDict

from billcalc.kernel.troubles import Fault, Problem, Refusal, Severity
from billcalc.wire.schema import Form, Number, OneOf
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.naming import money
from billcalc.words.saying import sentence, trouble_sentence

__all__ = [
    "AlternativeData",
    "InvalidData",
    "Place",
    "PointedFault",
    "ProblemAnswer",
    "ProblemData",
    "ProblemMembers",
    "RefusalData",
    "TroubleData",
    "WrongParameter",
    "invalid_data",
    "problem_data",
    "refusal_data",
    "trouble_data",
]

Place = Annotated[str, Form(description="A JSON Pointer into the request; empty for the whole of it.")]


class AlternativeData(TypedDict):
    """Another reading of a doubted rule, and what the bill would differ by; null where it could not be billed."""

    value: str
    difference: Number | None


class ProblemData(TypedDict):
    """A doubt or a note on a bill."""

    code: Annotated[str, Form(description="of an open list; GET /v1/problems has it")]
    severity: Annotated[str, OneOf(Severity)]
    where: str
    message: str
    facts: dict[str, str]
    alternatives: list[AlternativeData]


class TroubleData(TypedDict):
    """A fault, or why there is no bill."""

    code: str
    where: Place
    message: str
    facts: dict[str, str]


class _Refused(TypedDict):
    kind: Literal["refusal"]


class RefusalData(_Refused, TroubleData):
    """The answer to a request that cannot be billed."""


class InvalidData(TypedDict):
    """The answer to a malformed input."""

    kind: Literal["invalid"]
    faults: list[TroubleData]


class PointedFault(TypedDict):
    """A fault of a body."""

    code: str
    pointer: Place
    message: str
    facts: dict[str, str]


class WrongParameter(TypedDict):
    """A parameter that is not understood."""

    parameter: str
    message: str


class ProblemMembers(TypedDict, total=False):
    """What the service may tell of a problem besides its code."""

    reason: Annotated[str, Form(description="why there is no bill (422): the same as code")]
    pointer: Place
    facts: dict[str, str]
    faults: Annotated[list[PointedFault], Form(description="all that is wrong with the body (400)")]
    parameters: list[WrongParameter]


class _ProblemHead(TypedDict):
    type: Annotated[str, Form(description="/v1/problems/ and the code, where the service tells what it means")]
    title: str
    status: int
    code: Annotated[str, Form(description="of an open list; GET /v1/problems has it")]
    detail: Annotated[str, Form(description="what is the matter; what to do")]


class ProblemAnswer(_ProblemHead, ProblemMembers):
    """What the service answers where it has no other answer."""


def problem_data(problem: Problem, *, lexicon: Lexicon = ENGLISH) -> ProblemData:
    """A problem on a bill."""
    return {
        "code": problem.code.value,
        "severity": problem.severity.value,
        "where": problem.where,
        "message": sentence(lexicon, problem.code, problem.facts),
        "facts": dict(problem.facts),
        "alternatives": [
            {"value": each.value, "difference": None if each.difference is None else money(each.difference)}
            for each in problem.alternatives
        ],
    }


def trouble_data(trouble: Fault | Refusal, *, lexicon: Lexicon = ENGLISH) -> TroubleData:
    """A fault or a refusal."""
    return {
        "code": trouble.code.value,
        "where": trouble.where,
        "message": trouble_sentence(lexicon, trouble),
        "facts": dict(trouble.facts),
    }


def refusal_data(refusal: Refusal, *, lexicon: Lexicon = ENGLISH) -> RefusalData:
    """A refusal as an answer."""
    return {"kind": "refusal", **trouble_data(refusal, lexicon=lexicon)}


def invalid_data(faults: Iterable[Fault], *, lexicon: Lexicon = ENGLISH) -> InvalidData:
    """What is wrong with an input."""
    return {"kind": "invalid", "faults": [trouble_data(fault, lexicon=lexicon) for fault in faults]}
