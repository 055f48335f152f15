"""The answers of the checks as data."""

from collections.abc import Sequence
from typing import Annotated, Literal, TypedDict

from billcalc.audit.checks.elimination import Change
from billcalc.audit.checks.elimination_report import part_name
from billcalc.audit.checks.judging import Answer, Finding
from billcalc.audit.checks.names import NAMES
from billcalc.audit.checks.say import figure_text, said
from billcalc.billing.bill import Bill
from billcalc.explain.problems import doubts_of
from billcalc.kernel.decimals import decimal_text
from billcalc.wire.bill import HeadingData, heading_data
from billcalc.wire.schema import Form, Schema, schema_of
from billcalc.wire.troubles import ProblemData, problem_data
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.naming import money

__all__ = ["ChecksData", "checks_data", "checks_schema"]


class CheckData(TypedDict):
    """The answer of one check."""

    code: str
    name: str
    level: Annotated[str, Form(description="contradiction, implausible, advice")]
    kind: Annotated[str, Form(description="static, dynamic")]
    answer: Annotated[str, Form(description="passes, speaks, not_checked")]
    messages: list[str]
    figures: Annotated[dict[str, str], Form(description="the facts and the limits that it looked at")]
    sources: Annotated[list[str], Form(description="where the limits come from")]
    missing: Annotated[list[str], Form(description="the facts and limits that it needs and that are not told")]
    off: Annotated[str | None, Form(description="where it is told that the check is not made")]


class PartData(TypedDict):
    """What one share or price did to the average price; amounts are exact: numerator/denominator."""

    cause: Annotated[str, Form(description="group_share, band_share, price, without_energy")]
    group: str
    band: str
    amount: str
    what: str
    named: Annotated[bool, Form(description="whether it is large enough to be the cause")]


class ChangeData(TypedDict):
    """The change from the month before; the parts sum to that of the average price."""

    way: Annotated[str, Form(description="both_held, same_way, otherwise")]
    energy: list[str]
    money: list[str]
    average: Annotated[list[str], Form(description="of both months, exact; empty where one has no energy")]
    parts: list[PartData]


class ChecksData(TypedDict):
    """The answers of all checks of one bill, and the change from the month before where it was asked for."""

    kind: Literal["checks"]
    bill: HeadingData
    checks: list[CheckData]
    change: ChangeData | None
    doubts: Annotated[list[ProblemData], Form(description="of the bill, whether a check looks at them or not")]


def checks_data(
    findings: Sequence[Finding], bill: Bill, change: Change | None = None, *, lexicon: Lexicon = ENGLISH
) -> ChecksData:
    """The answers as data; their sentences are in the words of a language."""
    return {
        "kind": "checks",
        "bill": heading_data(bill),
        "checks": [_check(each, bill, lexicon) for each in findings],
        "change": None if change is None else _change(change, lexicon),
        "doubts": [problem_data(each, lexicon=lexicon) for each in doubts_of(bill)],
    }


def checks_schema() -> Schema:
    """JSON Schema of the answers."""
    return {**schema_of(ChecksData), "description": "Every check has an answer; none passes silently."}


def _check(finding: Finding, bill: Bill, lexicon: Lexicon) -> CheckData:
    speaks = finding.answer is Answer.SPEAKS
    return {
        "code": finding.check.code,
        "name": NAMES[finding.check.code].of(lexicon.language),
        "level": finding.check.level.value,
        "kind": finding.check.kind.value,
        "answer": finding.answer.value,
        "messages": list(said(lexicon, finding, bill.problems)) if speaks else [],
        "figures": {name: figure_text(name, number) for name, number in finding.figures.items()},
        "sources": list(finding.sources),
        "missing": list(finding.missing),
        "off": finding.off,
    }


def _change(change: Change, lexicon: Lexicon) -> ChangeData:
    return {
        "way": change.way.value,
        "energy": [decimal_text(each) for each in change.energy],
        "money": [money(each) for each in change.money],
        "average": [str(each) for each in change.average or ()],
        "parts": [
            {
                "cause": part.cause.value,
                "group": part.group,
                "band": part.band,
                "amount": str(part.amount),
                "what": part_name(part, lexicon),
                "named": part.named,
            }
            for part in change.parts
        ],
    }
