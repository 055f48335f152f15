"""What checks, comparisons and diagnoses say, as what a run found."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from billcalc.audit.checks.check import Kind, Level
from billcalc.audit.checks.judging import Answer
from billcalc.audit.checks.judging import Finding as Checked
from billcalc.audit.checks.say import figure_text
from billcalc.audit.checks.told import TOLD_BY_BILL
from billcalc.audit.diagnose.diagnosis import Status
from billcalc.audit.diagnose.told import Told
from billcalc.audit.findings.records import Seen
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Problem

__all__ = [
    "BILL_CODES",
    "DIFFERS",
    "NOT_ISSUED",
    "bill_seen",
    "causes_of",
    "checks_seen",
    "month_before",
    "month_of_bill",
    "month_of_day",
    "unchecked",
]

DIFFERS = "bill_differs"
NOT_ISSUED = "bill_not_issued"
BILL_CODES = frozenset((DIFFERS, NOT_ISSUED))
"""What a comparison finds; where none was made, nothing is known of them."""
_DAY = timedelta(1)


def month_of_day(end: int) -> str:
    """The month of the day before another, which is counted from the year 1 on.

    >>> month_of_day(date(2024, 7, 1).toordinal())
    '2024-06'
    """
    return month_before(date.fromordinal(end))


def month_of_bill(period: Span) -> str:
    """The month of the last day of a bill.

    >>> month_of_bill(Span(date(2024, 6, 12), date(2024, 7, 1)))
    '2024-06'
    """
    assert period.end is not None, "a bill has a last day"
    return month_before(period.end)


def month_before(end: date) -> str:
    """The month of the day before another.

    >>> month_before(date(2024, 7, 1))
    '2024-06'
    """
    return f"{end - _DAY:%Y-%m}"


def checks_seen(
    findings: Iterable[Checked], problems: Sequence[Problem], account: str, period: str
) -> tuple[Seen, ...]:
    """The checks that speak, as what was found.

    Args:
        findings: of the checks.
        problems: of the bill.
        account: whose.
        period: its month.
    """
    return tuple(_check(each, problems, account, period) for each in findings if each.answer is Answer.SPEAKS)


def unchecked(findings: Iterable[Checked]) -> frozenset[str]:
    """The checks that were not made."""
    return frozenset(each.check.code for each in findings if each.answer is Answer.NOT_CHECKED)


def _check(finding: Checked, problems: Sequence[Problem], account: str, period: str) -> Seen:
    code = finding.check.code
    told = [each for each in problems if each.code is TOLD_BY_BILL.get(code)]
    values: dict[str, Any] = {name: figure_text(name, number) for name, number in finding.figures.items()}
    if told:
        values["problems"] = [dict(each.facts) for each in told]
    return Seen(
        code,
        finding.check.level,
        account,
        period,
        tuple(each.where for each in told),
        values,
        lasting=finding.check.kind is Kind.STATIC,
    )


def bill_seen(
    account: str,
    period: str,
    *,
    issued_fen: int,
    recomputed_fen: int,
    lines: Sequence[tuple[str, str, int | None, int | None]],
    causes: dict[str, Any] | None = None,
) -> Seen:
    """An issued bill that differs from the recomputed one.

    Args:
        account: whose.
        period: its month.
        issued_fen: the total that was issued [fen].
        recomputed_fen: the recomputed total [fen].
        lines: of each line that differs its code, the kind of difference, and both amounts [fen].
        causes: what ``causes_of`` tells; None where it was not looked for.
    """
    told = [
        {"code": code, "kind": kind, "issued_fen": issued, "recomputed_fen": recomputed}
        for code, kind, issued, recomputed in sorted(lines, key=lambda line: line[:2])
    ]
    values = {"issued_fen": issued_fen, "recomputed_fen": recomputed_fen, "lines": told}
    money = issued_fen - recomputed_fen
    return Seen(DIFFERS, Level.CONTRADICTION, account, period, (), values, money, explained=causes or {})


def causes_of(told: Told) -> dict[str, Any]:
    """The causes of a difference: each answer with what each of its causes comes to, and what it leaves [fen]."""
    is_open = told.status is Status.UNEXPLAINED and not told.is_complete
    return {
        "diagnosis": "not_searched" if is_open else told.status.value,
        "answers": [
            {
                "causes": [
                    {"cause": cause.cause, "facts": dict(cause.facts), "money_fen": fen}
                    for cause, fen in zip(answer.causes, answer.shares, strict=True)
                ],
                "left_fen": answer.left,
            }
            for answer in told.answers
        ],
    }
