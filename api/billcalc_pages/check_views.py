"""The routes of checks: a request and earlier months, please; what speaks; each check, its formula and its limits."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.audit.checks.check import Check
from billcalc.audit.checks.formula import formula_of
from billcalc.audit.checks.judging import ALL
from billcalc.audit.checks.left_out import LEFT_OUT, WHY_LEFT_OUT
from billcalc.audit.checks.names import NAMES
from billcalc.audit.checks.say import FACTS, KINDS, LEVELS, LIMITS, fact_words, figure_words, limit_words, wording_of
from billcalc.audit.checks.told import TOLD_BY_BILL
from billcalc.kernel.decimals import decimal_text
from billcalc.runs.check_limits import limits_documents
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.pages import PageWord
from billcalc_api.state import calculated
from billcalc_pages.checking import checks_answer
from billcalc_pages.site import language_of, site_of
from billcalc_pages.views import checked_form, given_file, to

__all__ = ["router"]

router = APIRouter()
_VIEW = "checks"
_FILES_MAX = 25
"""A month and two years before it."""


_FIGURE = re.compile(r"\{(\w+)\}")
"""Where a sentence has a figure."""


class _Entry(NamedTuple):
    """A check of the catalogue."""

    code: str
    name: str
    level: str
    level_code: str
    kind: str


class _Limit(NamedTuple):
    """A limit, from when on it holds, and who said so."""

    name: str
    value: str
    start: str
    changed_by: str
    source: str


@router.get("/checks")
async def checks_form(request: Request) -> Response:
    """A request and earlier months, please; and what is checked."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    return site.shown(request, "checks", _VIEW, {"missing": False, **_catalogue(language_of(request))})


@router.post("/checks")
async def checks(request: Request) -> Response:
    """What speaks, what passes, and what lacks something."""
    site = site_of(request)
    form = await checked_form(request, site, files_max=_FILES_MAX)
    if isinstance(form, Response):
        return form
    upload = given_file(form, "request")
    if upload is None:
        values = {"missing": True, **_catalogue(language_of(request))}
        return site.shown(request, "checks", _VIEW, values, status=422)
    history = [each for each in form.lists.get("history", ()) if each.content]
    frame = site.frame(request, site.visits.visit_of(request) or "", _VIEW)
    answer = await calculated(request, checks_answer, frame, upload, history)
    return site.answered(answer.body, answer.status, answer.media_type, None)


@router.get("/checks/{code}")
async def check(request: Request, code: str) -> Response:
    """A check: what it says, where it speaks, its limits and who decided them."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    found = next((each for each in ALL if each.code == code), None)
    if found is None:
        return site.problem(request, 404, PageWord.NOT_FOUND)
    return site.shown(request, "check", f"{_VIEW}/{code}", _told(found, language_of(request)))


@cache
def _catalogue(language: Language) -> Mapping[str, object]:
    left_out = [(NAMES[code].of(language), WHY_LEFT_OUT[why].of(language)) for code, why in sorted(LEFT_OUT.items())]
    return {
        "checks": [_entry(each, language) for each in ALL],
        "left_out": [(name, why.replace("`", "")) for name, why in left_out],
    }


def _entry(check: Check, language: Language) -> _Entry:
    level, kind = LEVELS[check.level].of(language), KINDS[check.kind].of(language)
    return _Entry(check.code, NAMES[check.code].of(language), level, check.level.value, kind)


def _told(check: Check, language: Language) -> Mapping[str, object]:
    lexicon = LEXICONS[language]
    what, do = (_in_words(each.of(language), lexicon) for each in wording_of(check.code))
    values = {"check": _entry(check, language), "what": what, "do": do, "limits": _limits(check, language)}
    if check.code in TOLD_BY_BILL:
        return {**values, "formula": ()}
    formula = formula_of(check, lexicon)
    return {
        **values,
        "formula": [each.text for each in formula.parts or (formula,)],
        "joiner": "" if formula.joiner is None else formula.joiner.of(language).strip(" ，"),
        "facts": [fact_words(lexicon, name) for name in check.inputs],
    }


def _in_words(text: str, lexicon: Lexicon) -> str:
    """A sentence with the words of its facts and limits where a customer's figures would stand."""

    def word(match: re.Match[str]) -> str:
        name = match[1]
        return f"[{figure_words(lexicon, name) if name in LIMITS or name in FACTS or _is_earlier(name) else '…'}]"

    return _FIGURE.sub(word, text)


def _is_earlier(name: str) -> bool:
    """Whether a fact is of an earlier month."""
    return name.rpartition("_")[0] in FACTS


def _limits(check: Check, language: Language) -> list[_Limit]:
    return [
        _Limit(
            limit_words(LEXICONS[language], name),
            decimal_text(number),
            document.start.isoformat(),
            document.changed_by,
            each.source,
        )
        for document in limits_documents()
        for each in document.limits
        if each.check == check.code
        for name, number in each.limits.items()
    ]
