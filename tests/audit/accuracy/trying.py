"""Corrupted bills diagnosed, some of each structure: seeds are fixed, so that the same cases are tried each time."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from tests.audit.accuracy.corrupting import Case, Kind, corrupted
from tests.audit.accuracy.judging import Verdict, judged
from tests.audit.accuracy.structures import NAMES, structure

__all__ = ["Trial", "cases", "tried"]

_SEED = "1"


class Trial(NamedTuple):
    """What was said of a corrupted bill.

    Attributes:
        name: of its structure.
        number: which with the name draws the case again.
        causes: what is wrong with it: the kinds, in order.
        wrong: the same with its places and values.
    """

    name: str
    number: int
    kind: Kind
    shape: str
    causes: tuple[str, ...]
    wrong: str
    verdict: Verdict


def cases(count: int, names: Iterable[str] = tuple(NAMES)) -> Iterator[tuple[int, Case]]:
    """Corrupted bills with their numbers, as many of each structure; nothing wrong shows in some, which are none."""
    chosen = list(names)
    for place, name in enumerate(chosen):
        where = structure(name)
        for number in range(place, count, len(chosen)) if where is not None else ():
            case = corrupted(where, Random(f"{_SEED} {name} {number}")) if where is not None else None
            if case is not None:
                yield number, case


def tried(count: int, names: Iterable[str] = tuple(NAMES)) -> Iterator[Trial]:
    """Diagnose about so many corrupted bills."""
    for number, case in cases(count, names):
        causes = tuple(sorted(each.cause for each in case.causes))
        wrong = "; ".join(f"{each.cause} {each.slot} {each.value}" for each in case.causes)
        verdict = judged(case, case.structure.ours.diagnosed(case.issued))
        yield Trial(case.structure.name, number, case.kind, case.shape, causes, wrong, verdict)
