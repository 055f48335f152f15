"""Makes the checks of one account, and of columns of accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from billcalc.audit.checks.check import Check
from billcalc.audit.checks.limits import Limits
from billcalc.audit.checks.rules import CHECKS
from billcalc.audit.checks.told import TOLD
from billcalc.kernel.plain import Plain
from billcalc.kernel.values import Value

__all__ = ["ALL", "Answer", "Finding", "asked", "judge"]

ALL: tuple[Check, ...] = (*CHECKS, *TOLD)
"""Every check that is made."""


class Answer(StrEnum):
    """What a check answers; nothing else."""

    PASSES = "passes"
    SPEAKS = "speaks"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one check.

    Attributes:
        missing: the facts and limits that it needs and that are not told; empty where it was made.
        off: where it is told that it is not made, or None.
        figures: the facts and the limits that it looked at.
        sources: where the limits come from.
    """

    check: Check
    answer: Answer
    missing: tuple[str, ...] = ()
    off: str | None = None
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


def asked(check: Check, facts: Sequence[Value], limits: Limits) -> Value:
    """1 where a check speaks, of values of any kind."""
    return check.rule(*facts, **{name: limits.numbers[check.code, name] for name in check.limits})


def judge(facts: Mapping[str, Decimal], limits: Limits) -> tuple[Finding, ...]:
    """The answers of all checks of one account."""
    return tuple(_answer(check, facts, limits) for check in ALL)


def _answer(check: Check, facts: Mapping[str, Decimal], limits: Limits) -> Finding:
    if check.code in limits.off:
        return Finding(check, Answer.NOT_CHECKED, off=limits.off[check.code])
    unset = (name for name in check.limits if (check.code, name) not in limits.numbers)
    missing = (*(name for name in check.inputs if name not in facts), *unset)
    if missing:
        return Finding(check, Answer.NOT_CHECKED, missing)
    speaks = asked(check, [Plain(facts[name]) for name in check.inputs], limits) > 0
    figures = {name: facts[name] for name in check.inputs}
    figures.update({name: limits.numbers[check.code, name] for name in check.limits})
    sources = tuple(dict.fromkeys(limits.sources[check.code, name] for name in check.limits))
    return Finding(check, Answer.SPEAKS if speaks else Answer.PASSES, figures=figures, sources=sources)
