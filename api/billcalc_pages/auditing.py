"""What a worker makes of an audit that is done: its counts, its causes, its ranked bills, and one of them alone."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from billcalc.audit.diagnose.diagnosis import Status
from billcalc.audit.diagnose.names import NAMES
from billcalc.audit.report import signed
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.runs.causes_workbook import NOT_SEARCHED
from billcalc.runs.diagnosing import issued_data
from billcalc.runs.reviews import bill_alone, ranked_bills
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.naming import money
from billcalc.words.pages import PAGES, PageWord
from billcalc.words.runs import DIAGNOSED, RECOMPUTED_PROBLEMS
from billcalc.words.saying import kind_words, read_as, read_though_hidden, sentence
from billcalc_api.calculating import Answer, Tools
from billcalc_pages.comparing import comparison_answer
from billcalc_pages.drawings import ROW, WIDTH, Step, bars
from billcalc_pages.forms import Upload
from billcalc_pages.rendering import HTML, Frame, page
from billcalc_pages.showing import area_name

__all__ = ["Choice", "alone_answer", "failed_texts", "result_answer"]

PAGE_ROWS = 50
_DRAWN = 10
_ALWAYS = (Status.PROVED.value, Status.PART.value, Status.UNEXPLAINED.value, NOT_SEARCHED)
_LEFT = ("unreadable", "rejected", "only_issued", "nameless")


class Choice(NamedTuple):
    """Which of the bills are shown.

    Attributes:
        first: how many are passed over.
    """

    cause: str = ""
    area: str = ""
    status: str = ""
    first: int = 0


class _Cause(NamedTuple):
    """What a cause comes to in an area."""

    code: str
    area_code: str
    name: str
    area: str
    bills: int
    amount: str


class _Bill(NamedTuple):
    """A bill that differs."""

    number: int
    account: str
    month: str
    issued: str
    recomputed: str
    difference: str
    conclusion: str
    what: str


def result_answer(
    tools: Tools, frame: Frame, results: Path, outcome: Mapping[str, Any], choice: Choice, more: Mapping[str, object]
) -> Answer:
    """The result of an audit.

    Args:
        tools: of the worker.
        frame: what every page has.
        results: where its results are.
        outcome: what it came to.
        choice: which of the bills are shown.
        more: what the page shows besides.
    """
    language = frame.language
    count, found = ranked_bills(
        results, cause=choice.cause, area=choice.area, status=choice.status, first=choice.first, most=PAGE_ROWS
    )
    causes = [_cause(each, language) for each in outcome["by_cause"]]
    drawn = [Step(each.name, abs(Decimal(each.amount)), is_sum=True) for each in causes[:_DRAWN] if each.code]
    months = any(each.month is not None for each in found)
    values = {
        **more,
        "outcome": outcome,
        "too_much": money(Decimal(outcome["too_much"])),
        "too_little": money(Decimal(outcome["too_little"])),
        "as_read": [*_as_read(str(more["file"]), outcome, language)],
        "recomputed_problems": RECOMPUTED_PROBLEMS.of(language),
        "problems": [(kind_words(LEXICONS[language], code), bills) for code, bills in outcome["problems"].items()],
        "left": sum(outcome[name] for name in _LEFT),
        "statuses": [*_statuses(outcome["statuses"], language)],
        "causes": causes,
        "bars": bars(drawn) if drawn else [],
        "drawing_width": WIDTH,
        "drawing_height": len(drawn) * ROW,
        "choice": choice,
        "count": count,
        "months": months,
        "ranked": [
            _Bill(
                each.number,
                each.account,
                each.month or "",
                money(each.issued),
                money(each.recomputed),
                signed(each.difference),
                _conclusion(each.status, language),
                each.what or PAGES["result_unnamed"].of(language),
            )
            for each in found
        ],
        "earlier": max(0, choice.first - PAGE_ROWS) if choice.first else None,
        "later": choice.first + PAGE_ROWS if choice.first + PAGE_ROWS < count else None,
    }
    return Answer(200, page("audit_result", frame, values), HTML)


def _as_read(name: str, outcome: Mapping[str, Any], language: Language) -> Iterator[str]:
    """How a table was read, where it is not as it looks, in the words of the commands."""
    lexicon = LEXICONS[language]
    yield from read_as(name, outcome["encoding"], lexicon)
    yield from read_though_hidden(name, outcome["hidden"], outcome["hidden_columns"], lexicon)


def _cause(told: Mapping[str, Any], language: Language) -> _Cause:
    code = str(told["cause"])
    name = NAMES[code].of(language) if code else PAGES[PageWord.UNEXPLAINED].of(language)
    amount = signed(Decimal(told["money"]))
    return _Cause(code, told["area"], name, area_name(told["area"], language), told["bills"], amount)


def _statuses(told: Mapping[str, int], language: Language) -> list[tuple[str, str, int]]:
    """What became of those that differ: the code, its words, how many."""
    kinds = [*_ALWAYS, *(each for each in (Status.HINDERED.value, Status.AGREES.value) if each in told)]
    return [(kind, _conclusion(kind, language), told.get(kind, 0)) for kind in kinds]


def _conclusion(status: str, language: Language) -> str:
    return DIAGNOSED[status].of(language).strip()


def alone_answer(tools: Tools, frame: Frame, results: Path, number: int, sections: Sequence[str]) -> Answer:
    """One bill of an audit beside the recomputed one, with its causes."""
    found = bill_alone(results, number)
    if found is None:
        words = {"title": PAGES[PageWord.NOT_FOUND].of(frame.language), "text": ""}
        return Answer(404, page("problem", replace(frame, view=""), words), HTML)
    with tools.limited():
        bill = calculate(validated(Request, json.loads(found.request)), tools.catalog)
    assert isinstance(bill, Bill), "it was billed, for it was compared"
    issued = json.dumps(issued_data(found.issued, bill, sections), ensure_ascii=False, indent=1)
    request = json.dumps(json.loads(found.request), ensure_ascii=False, indent=1)
    uploads = Upload("request.json", request.encode()), Upload("issued.json", issued.encode())
    return comparison_answer(tools, frame, *uploads)


def failed_texts(failure: Mapping[str, Any], language: Language) -> Sequence[tuple[str, str]]:
    """Why an audit came to nothing, each with its place."""
    lexicon = LEXICONS[language]
    if "faults" in failure:
        return [
            (each["where"], sentence(lexicon, FaultCode(each["code"]), each["facts"])) for each in failure["faults"]
        ]
    if "seconds" in failure:
        return [("", PAGES["failed_time"].of(language).format(seconds=failure["seconds"]))]
    if "often" in failure:
        return [("", PAGES["failed_often"].of(language).format(times=failure["often"]))]
    return [("", PAGES["failed_inside"].of(language).format(error=failure["error"]))]
