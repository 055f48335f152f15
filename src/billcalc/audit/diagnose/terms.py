"""Causes that put another word into the terms of a billing group."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from billcalc.audit.diagnose.cause import Edit, Instance, Reach, Situation, Stage

__all__ = ["other_terms"]


def other_terms(
    situation: Situation, cause: str, key: str, others: Callable[[Mapping[str, Any]], Iterable[Any]]
) -> Iterator[Instance]:
    """Another word under a key of a group's terms, in all entries of the agreement.

    Args:
        situation: what is diagnosed.
        cause: the code of the cause.
        key: of the terms.
        others: what the terms may have had by mistake.
    """
    for group, terms in situation.groups():
        stated = terms[0][1][key]
        for value in others(terms[0][1]):
            if value != stated:
                edit = Edit(tuple(((*path, key), value) for path, _ in terms))
                facts = {"group": group, "right": _text(stated), "wrong": _text(value)}
                reach = Reach(groups=_payers(situation, group))
                yield Instance(cause, f"{group}.{key}", str(value), Stage.FILE, reach, edit, facts)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _payers(situation: Situation, group: str) -> frozenset[str] | None:
    """Whose lines a group's terms can move: its own, and where several groups share a meter or a charge all."""
    return frozenset((group,)) if len(list(situation.groups())) == 1 else None
