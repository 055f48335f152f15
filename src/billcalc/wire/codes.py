"""The catalogue of codes as data: of each what kind it is, what is the matter, and what to do."""

from enum import StrEnum
from typing import Annotated, TypedDict

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.wire.schema import Form, OneOf
from billcalc.words.language import Language, Wording
from billcalc.words.saying import WORDING
from billcalc.words.service import SERVICE_WORDING, ServiceCode

__all__ = ["CodeData", "CodeKind", "CodesData", "codes_data"]


class CodeKind(StrEnum):
    """What a code is told of."""

    FAULT = "fault"
    REFUSAL = "refusal"
    PROBLEM = "problem"
    SERVICE = "service"


_WORDS_IN_BRACES = "words in braces are filled in where it is told"


class CodeData(TypedDict):
    """A code: what is told of it everywhere."""

    code: str
    kind: Annotated[str, OneOf(CodeKind)]
    what: Annotated[str, Form(description=f"what is the matter; {_WORDS_IN_BRACES}")]
    do: Annotated[str, Form(description=f"what to do; {_WORDS_IN_BRACES}")]


class CodesData(TypedDict):
    """All codes, by kind and in the order of the alphabet."""

    items: list[CodeData]


_CODES = {
    CodeKind.FAULT: FaultCode,
    CodeKind.REFUSAL: RefusalCode,
    CodeKind.PROBLEM: ProblemCode,
    CodeKind.SERVICE: ServiceCode,
}


def codes_data(language: Language) -> CodesData:
    """The catalogue in a language."""
    words: dict[StrEnum, Wording] = dict([*WORDING.items(), *SERVICE_WORDING.items()])
    return {
        "items": [
            {
                "code": code.value,
                "kind": kind.value,
                "what": _begun(words[code].what.of(language)),
                "do": _begun(words[code].do.of(language)),
            }
            for kind, codes in _CODES.items()
            for code in sorted(codes)
        ]
    }


def _begun(text: str) -> str:
    """A text with a capital letter, where its script has any."""
    return text[0].upper() + text[1:] if text[0].isascii() else text
