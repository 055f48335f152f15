"""The search: which sets of causes make a recomputed bill the issued one, on every cell that is compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from billcalc.audit.diagnose.cause import Instance, Situation, subtracted
from billcalc.audit.diagnose.cells import Cell, Money
from billcalc.audit.diagnose.pricing import Pricing, Spent

__all__ = ["Causes", "Search", "search"]

Causes = frozenset[Instance]


@dataclass(frozen=True, slots=True)
class Search:
    """What was found.

    Attributes:
        proved: sets of one size under which every compared cell is the issued one; no proper subset of one is.
        part: where none is proved, single causes that make the most differing cells exact and break no equal one.
        is_complete: whether all sets of the sizes that were looked at were looked at.
    """

    proved: tuple[Causes, ...]
    part: tuple[Causes, ...]
    is_complete: bool


def search(situation: Situation, instances: Iterable[Instance], pricing: Pricing, *, sizes_max: int = 3) -> Search:
    """Look for the least sets of causes that explain a difference, and where none does for the part that one explains.

    A cause that reaches no differing cell, or under which alone nothing can be billed, is not looked at.

    Args:
        situation: the issued bill and the recomputed one.
        instances: the causes that are possible.
        pricing: computes what sets of them make.
        sizes_max: how many causes a set has at most.
    """
    if not situation.difference:
        return Search((), (), is_complete=True)
    alone: dict[Instance, Money] = {}
    proved: list[Causes] = []
    is_complete = True
    reaching = (each for each in instances if any(each.reach.has(cell) for cell in situation.difference))
    try:
        for each in sorted(reaching, key=lambda cause: cause.key):
            money = pricing.of(frozenset((each,)))
            if money is not None:
                alone[each] = money
        proved = [frozenset((each,)) for each, money in alone.items() if not subtracted(situation.issued, money)]
        for sets in (_pairs(situation, alone), _triples(situation, alone))[: sizes_max - 1]:
            if proved:
                break
            for causes in sets:
                money = pricing.of(causes)
                if money is not None and not subtracted(situation.issued, money):
                    proved.append(causes)
    except Spent:
        is_complete = False
    part = () if proved else tuple(_part(situation, alone))
    return Search(tuple(proved), part, is_complete)


def _pairs(situation: Situation, alone: Mapping[Instance, Money]) -> Iterator[Causes]:
    """The pairs that may explain everything; first those whose effects add up to it on the most cells.

    A cell that one of the two alone reaches is what that one makes of it, and one that neither reaches does not differ.
    """
    possible = []
    cells = _cells(situation, alone)
    for one, other in combinations(alone, 2):
        if one.slot != other.slot and _may_be(situation, cells, (one, alone[one]), (other, alone[other])):
            apart = sum(
                alone[one].get(cell, 0) + alone[other].get(cell, 0) - situation.recomputed.get(cell, 0)
                != situation.issued.get(cell, 0)
                for cell in cells
            )
            possible.append((apart, one.key, other.key, frozenset((one, other))))
    possible.sort(key=lambda each: each[:3])
    yield from (each[3] for each in possible)


def _cells(situation: Situation, alone: Mapping[Instance, Money]) -> Sequence[Cell]:
    every = (situation.issued, situation.recomputed, *alone.values())
    return tuple(dict.fromkeys(cell for money in every for cell in money))


def _may_be(
    situation: Situation, cells: Sequence[Cell], one: tuple[Instance, Money], other: tuple[Instance, Money]
) -> bool:
    (first, of_first), (second, of_second) = one, other
    for cell in cells:
        is_first, is_second = first.reach.has(cell), second.reach.has(cell)
        if is_first and is_second:
            continue
        made = of_first if is_first else of_second if is_second else situation.recomputed
        if made.get(cell, 0) != situation.issued.get(cell, 0):
            return False
    return True


def _triples(situation: Situation, alone: Mapping[Instance, Money]) -> Iterator[Causes]:
    """The triples whose effects add up to the difference, on all cells but those that are made of others."""
    wanted = _own(situation.difference)
    effects = {each: _own(subtracted(money, situation.recomputed)) for each, money in alone.items()}
    by_effect: dict[frozenset[tuple[Cell, int]], list[Instance]] = {}
    for each, effect in effects.items():
        if effect:
            by_effect.setdefault(frozenset(effect.items()), []).append(each)
    found: set[Causes] = set()
    for one, other in combinations((each for each, effect in effects.items() if effect), 2):
        rest = frozenset(subtracted(subtracted(wanted, effects[one]), effects[other]).items())
        found.update(frozenset((one, other, third)) for third in by_effect.get(rest, ()))
    possible = [causes for causes in found if len({each.slot for each in causes}) == _THREE]
    yield from sorted(possible, key=lambda causes: sorted(each.key for each in causes))


_THREE = 3


def _own(money: Money) -> dict[Cell, int]:
    """The money of cells that are not made of the amounts of others."""
    return {cell: fen for cell, fen in money.items() if not cell.follows}


def _part(situation: Situation, alone: Mapping[Instance, Money]) -> Iterator[Causes]:
    exact: dict[Instance, int] = {}
    for each, money in alone.items():
        left = subtracted(situation.issued, money)
        if left.keys() <= situation.difference.keys() and len(left) < len(situation.difference):
            exact[each] = len(situation.difference) - len(left)
    most = max(exact.values(), default=0)
    return (frozenset((each,)) for each, cells in exact.items() if cells == most)
