"""What a check is: one pure function over values, so that one text judges an account and columns of a million."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from inspect import Parameter, signature

from billcalc.kernel.values import Condition, Value, choose, maximum, minimum

__all__ = ["Check", "Kind", "Level", "Rule", "both", "either", "made", "when"]

Rule = Callable[..., Value]
"""The facts it looks at by position, its limits by name; 1 where it speaks, else 0."""


class Level(StrEnum):
    """How much it says."""

    CONTRADICTION = "contradiction"
    """One of the facts must be wrong; it has no limit, so that no limit can release it."""
    IMPLAUSIBLE = "implausible"
    ADVICE = "advice"


class Kind(StrEnum):
    """What it looks at."""

    STATIC = "static"
    """The customer's file: it needs no reading."""
    DYNAMIC = "dynamic"
    """The flow: readings, bills, earlier months."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check.

    Attributes:
        inputs: the names of the facts it looks at; without one of them it is not checked.
        limits: the names of its limits.
    """

    code: str
    level: Level
    kind: Kind
    rule: Rule
    inputs: tuple[str, ...]
    limits: tuple[str, ...]


def made(rule: Rule, level: Level, kind: Kind = Kind.DYNAMIC) -> Check:
    """The check of a rule: its code is the rule's name, its facts and limits are the rule's arguments."""
    arguments = signature(rule).parameters.values()
    limits = tuple(each.name for each in arguments if each.kind is Parameter.KEYWORD_ONLY)
    inputs = tuple(each.name for each in arguments if each.kind is not Parameter.KEYWORD_ONLY)
    assert not (limits and level is Level.CONTRADICTION), "a contradiction has no limit"
    return Check(rule.__name__, level, kind, rule, inputs, limits)


def when(truth: Condition, fact: Value) -> Value:
    """1 where the truth holds, else 0, of the kind of a fact."""
    return choose(truth, fact * 0 + 1, fact * 0)


def both(*answers: Value) -> Value:
    """1 where all answers are 1."""
    found = answers[0]
    for answer in answers[1:]:
        found = minimum(found, answer)
    return found


def either(*answers: Value) -> Value:
    """1 where one of the answers is 1."""
    found = answers[0]
    for answer in answers[1:]:
        found = maximum(found, answer)
    return found
