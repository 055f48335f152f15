"""What the causes of the power-factor adjustment can move, and another value under a convention."""

from collections.abc import Iterable, Iterator
from typing import Any

from billcalc.audit.diagnose.cause import Edit, Instance, Reach, Situation, Stage, assigned
from billcalc.fields import validated
from billcalc.tariff.conventions import Conventions

__all__ = ["ADJUSTMENT", "other_conventions"]

ADJUSTMENT = Reach(frozenset())
"""The adjustment alone, and what is made of it."""


def other_conventions(
    situation: Situation, cause: str, place: str, values: Iterable[Any], stage: Stage, reach: Reach
) -> Iterator[Instance]:
    """Another value of a convention than the one that holds.

    Args:
        situation: what is diagnosed.
        cause: the code of the cause.
        place: of the convention, such as ``power_factor.round``.
        values: what may have been taken by mistake, as a request tells them.
        stage: when it is applied.
        reach: what it can move.
    """
    path = tuple(place.split("."))
    for value in values:
        told = validated(Conventions, assigned({}, path, value)).stated
        if all(situation.conventions.get(each) == other for each, other in told.items()):
            continue
        facts = {"key": place, "wrong": _text(value)}
        edit = Edit(((("conventions", *path), value),))
        yield Instance(cause, place, _text(value), stage, reach, edit, facts)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key} {_text(each)}" for key, each in value.items())
    return ", ".join(map(_text, value)) if isinstance(value, list) else str(value)
