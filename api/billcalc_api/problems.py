"""Problems as RFC 9457 ``application/problem+json``: a code, the place, what to do; never a path or customer data."""

from collections.abc import Iterable, Mapping
from typing import Unpack

from starlette.responses import Response

from billcalc.kernel.troubles import Fault, Refusal
from billcalc.wire.troubles import PointedFault, ProblemAnswer, ProblemMembers, TroubleData, trouble_data
from billcalc.words.language import Language, Pair, Wording
from billcalc.words.lexicon import LEXICONS
from billcalc.words.service import SERVICE_WORDING, TITLES
from billcalc_api.languages import ASKED
from billcalc_api.texts import compact

__all__ = ["PROBLEM_TYPE", "invalid", "problem", "refused"]

PROBLEM_TYPE = "application/problem+json"
_OWN: Mapping[str, Wording] = {code.value: wording for code, wording in SERVICE_WORDING.items()}
_TYPES = "/v1/problems/"
"""Where each code is told; a relative reference, for the service does not know by what name it is reached."""


def problem(
    status: int,
    code: str,
    detail: str | Pair,
    *,
    headers: Mapping[str, str] | None = None,
    language: Language | None = None,
    **members: Unpack[ProblemMembers],
) -> Response:
    """A problem response.

    Args:
        status: of HTTP.
        code: what is the matter.
        detail: the same in a sentence; one of English alone is told in Chinese as the catalogue of codes has it.
        headers: beside those of every answer.
        language: of its sentences; by default that of the request.
        members: what more is told.
    """
    language = ASKED.get() if language is None else language
    body: ProblemAnswer = {
        "type": _TYPES + code,
        "title": TITLES[status].of(language),
        "status": status,
        "code": code,
        "detail": _told(code, detail, language),
        **members,
    }
    return Response(compact(body), status, headers=dict(headers or {}), media_type=PROBLEM_TYPE)


def _told(code: str, detail: str | Pair, language: Language) -> str:
    if isinstance(detail, Pair):
        return detail.of(language)
    wording = _OWN.get(code)
    if wording is None or language is Language.ENGLISH:
        return detail
    return f"{wording.what.of(language)}；{wording.do.of(language)}"


def invalid(faults: Iterable[Fault], *, status: int = 400, language: Language | None = None) -> Response:
    """What is wrong with the input: the first fault in the problem itself, all of them under ``faults``."""
    language = ASKED.get() if language is None else language
    found = [_pointed(trouble_data(fault, lexicon=LEXICONS[language])) for fault in faults]
    first = found[0]
    return problem(status, first["code"], first["message"], language=language, pointer=first["pointer"], faults=found)


def _pointed(trouble: TroubleData) -> PointedFault:
    """A fault with a JSON pointer; one of the text itself concerns the whole of it, and its message tells the place."""
    where, message = trouble["where"], trouble["message"]
    in_text = bool(where) and not where.startswith("/")
    return {
        "code": trouble["code"],
        "pointer": "" if in_text else where,
        "message": f"{where}: {message}" if in_text else message,
        "facts": trouble["facts"],
    }


def refused(refusal: Refusal, *, language: Language = Language.ENGLISH) -> Response:
    """What is missing for a bill."""
    trouble = trouble_data(refusal, lexicon=LEXICONS[language])
    return problem(
        422,
        trouble["code"],
        trouble["message"],
        language=language,
        reason=trouble["code"],
        pointer=trouble["where"],
        facts=trouble["facts"],
    )
