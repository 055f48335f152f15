"""The answers of the checks as data."""

from collections.abc import Sequence
from typing import Annotated, Literal, TypedDict

from billcalc.audit.checks.judging import Answer, Finding
from billcalc.audit.checks.say import figure_text, said
from billcalc.billing.bill import Bill
from billcalc.wire.bill import HeadingData, heading_data
from billcalc.wire.schema import Form, Schema, schema_of
from billcalc.words.lexicon import ENGLISH, Lexicon

__all__ = ["ChecksData", "checks_data", "checks_schema"]


class CheckData(TypedDict):
    """The answer of one check."""

    code: str
    level: Annotated[str, Form(description="contradiction, implausible, advice")]
    kind: Annotated[str, Form(description="static, dynamic")]
    answer: Annotated[str, Form(description="passes, speaks, not_checked")]
    messages: list[str]
    figures: Annotated[dict[str, str], Form(description="the facts and the limits that it looked at")]
    sources: Annotated[list[str], Form(description="where the limits come from")]
    missing: Annotated[list[str], Form(description="the facts and limits that it needs and that are not told")]
    off: Annotated[str | None, Form(description="where it is told that the check is not made")]


class ChecksData(TypedDict):
    """The answers of all checks of one bill."""

    kind: Literal["checks"]
    bill: HeadingData
    checks: list[CheckData]


def checks_data(findings: Sequence[Finding], bill: Bill, *, lexicon: Lexicon = ENGLISH) -> ChecksData:
    """The answers as data; their sentences are in the words of a language."""
    return {
        "kind": "checks",
        "bill": heading_data(bill),
        "checks": [_check(each, bill, lexicon) for each in findings],
    }


def checks_schema() -> Schema:
    """JSON Schema of the answers."""
    return {**schema_of(ChecksData), "description": "Every check has an answer; none passes silently."}


def _check(finding: Finding, bill: Bill, lexicon: Lexicon) -> CheckData:
    speaks = finding.answer is Answer.SPEAKS
    return {
        "code": finding.check.code,
        "level": finding.check.level.value,
        "kind": finding.check.kind.value,
        "answer": finding.answer.value,
        "messages": list(said(lexicon, finding, bill.problems)) if speaks else [],
        "figures": {name: figure_text(name, number) for name, number in finding.figures.items()},
        "sources": list(finding.sources),
        "missing": list(finding.missing),
        "off": finding.off,
    }
