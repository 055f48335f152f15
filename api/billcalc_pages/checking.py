"""What a worker makes of a request and earlier months: which checks speak, which pass, and which lack what."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from billcalc.audit.checks.account import (
    Checked,
    Month,
    check_account,
    check_history,
    check_unbilled,
    month_billed,
    month_unbilled,
)
from billcalc.audit.checks.check import Level
from billcalc.audit.checks.elimination_report import change_text
from billcalc.audit.checks.judging import Answer as Outcome
from billcalc.audit.checks.judging import Finding
from billcalc.audit.checks.names import NAMES
from billcalc.audit.checks.say import LEVELS, TITLES, fact_words, figure_text, figure_words, said
from billcalc.audit.checks.told import TOLD_BY_BILL
from billcalc.billing.request import Request
from billcalc.explain.library import days_text
from billcalc.explain.printing import plain_text
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Refusal
from billcalc.runs.check_limits import limits_documents
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.naming import money
from billcalc.words.pages import PAGES
from billcalc_api.calculating import Answer, Tools
from billcalc_pages.answers import Given, ShownFault, shown_refusal, wrong_page
from billcalc_pages.forms import Upload
from billcalc_pages.rendering import HTML, Frame, page
from billcalc_pages.showing import area_name, shown_doubts

__all__ = ["checks_answer"]


class _Spoken(NamedTuple):
    """A check that speaks.

    Attributes:
        figures: what it looked at, each a name and a value.
        sources: of its limits.
    """

    code: str
    name: str
    sentences: Sequence[str]
    figures: Sequence[tuple[str, str]]
    sources: Sequence[str]


class _Group(NamedTuple):
    """The checks of one level that speak."""

    level: str
    word: str
    spoken: Sequence[_Spoken]


class _Open(NamedTuple):
    """A check that was not made, and why."""

    code: str
    name: str
    why: str


class _OfHistory(InvalidInput):
    """The first file of the history that is not of the customer, or tells days that another one tells."""

    def __init__(self, number: int, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.number = number


def _see_one_customer(request: Request, earlier: Sequence[Month]) -> None:
    try:
        check_history(request, earlier)
    except InvalidInput as error:
        number = error.faults[0].where.partition("/")[0]
        mine = [each for each in error.faults if each.where.partition("/")[0] == number]
        raise _OfHistory(int(number), [replace(each, where=each.where.removeprefix(number)) for each in mine]) from None


def checks_answer(tools: Tools, frame: Frame, request: Upload, history: Sequence[Upload]) -> Answer:
    """The answers of all checks, without a bill of those that need none; or what is wrong with the first file."""
    lexicon = LEXICONS[frame.language]
    earlier: list[Month] = []
    files: list[tuple[Upload, Given]] = []
    unbilled: list[ShownFault] = []
    for upload in history:
        given = None
        with tools.limited():
            try:
                given = Given(upload, bytes_max=tools.bytes_max, language=frame.language)
                asked, where = given.request(), str(len(files))
                month = month_billed(asked, tools.catalog, where=where)
            except InvalidInput as error:
                return wrong_page(frame, error, upload, given)
        if isinstance(month, Refusal):
            unbilled.append(shown_refusal(month, given, lexicon))
            month = month_unbilled(asked, where=where)
        files.append((upload, given))
        earlier.append(month)
    given = None
    with tools.limited():
        try:
            given = Given(request, bytes_max=tools.bytes_max, language=frame.language)
            asked = given.request()
            _see_one_customer(asked, earlier)
            found = check_account(asked, tools.catalog, limits_documents(), earlier=earlier)
        except _OfHistory as error:
            return wrong_page(frame, InvalidInput(error.faults), *files[error.number])
        except InvalidInput as error:
            return wrong_page(frame, error, request, given)
    if isinstance(found, Refusal):
        unbilled.insert(0, shown_refusal(found, given, lexicon))
        findings = check_unbilled(asked, limits_documents(), earlier=earlier)
        told = {"total": "", "doubts": (), "change": "", **_answers(findings, (), lexicon)}
    else:
        told = {**_of_bill(found, lexicon), **_answers(found.findings, found.bill.problems, lexicon)}
    days = days_text(lexicon, asked.period.span)
    values = {"area": area_name(asked.area, frame.language), "days": days, "unbilled": unbilled, **told}
    body = page("checked", frame, values)
    return Answer(200, body, HTML, (("bills", "pages_checks", 1 + len(history) - len(unbilled)),))


def _of_bill(checked: Checked, lexicon: Lexicon) -> Mapping[str, object]:
    change = () if checked.change is None else change_text(checked.change, checked.orders, lexicon=lexicon)
    return {
        "total": money(checked.bill.total),
        "doubts": shown_doubts(checked.bill, lexicon),
        "change": plain_text(change[2:]),
    }


def _answers(findings: Sequence[Finding], problems: tuple[Problem, ...], lexicon: Lexicon) -> Mapping[str, object]:
    speaking = [each for each in findings if each.answer is Outcome.SPEAKS]
    groups = [
        _Group(
            level.value,
            LEVELS[level].of(lexicon.language),
            [_spoken(each, problems, lexicon) for each in speaking if each.check.level is level],
        )
        for level in Level
    ]
    return {
        "speaking": len(speaking),
        "groups": [each for each in groups if each.spoken],
        "passed": [(each.check.code, _name(each, lexicon)) for each in findings if each.answer is Outcome.PASSES],
        "open": [_open(each, lexicon) for each in findings if each.answer is Outcome.NOT_CHECKED],
    }


def _name(finding: Finding, lexicon: Lexicon) -> str:
    return NAMES[finding.check.code].of(lexicon.language)


def _spoken(finding: Finding, problems: tuple[Problem, ...], lexicon: Lexicon) -> _Spoken:
    code = finding.check.code
    figures = () if code in TOLD_BY_BILL else finding.figures.items()
    return _Spoken(
        code,
        _name(finding, lexicon),
        [*said(lexicon, finding, problems)],
        [(figure_words(lexicon, name), figure_text(name, number)) for name, number in figures],
        finding.sources,
    )


def _open(finding: Finding, lexicon: Lexicon) -> _Open:
    """No check is switched off by the limits that come with the program."""
    if finding.check.code in TOLD_BY_BILL:
        return _Open(finding.check.code, _name(finding, lexicon), PAGES["checks_bill"].of(lexicon.language))
    joiner = TITLES["and"].of(lexicon.language)
    why = joiner.join(fact_words(lexicon, name) for name in finding.missing)
    return _Open(finding.check.code, _name(finding, lexicon), why)
