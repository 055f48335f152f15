"""The search: which sets of causes make a recomputed bill the issued one, on every cell that is compared."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, combinations_with_replacement, product

from billcalc.audit.diagnose.cause import Instance, Repriced, Situation, subtracted
from billcalc.audit.diagnose.cells import Cell, Money, Priced
from billcalc.audit.diagnose.pricing import Pricing, Spent
from billcalc.billing.evaluated import EvaluatedLine

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


def search(
    situation: Situation,
    instances: Iterable[Instance],
    pricing: Pricing,
    *,
    beside: Callable[[Situation], Iterable[Instance]] = lambda situation: (),
    sizes_max: int = 3,
) -> Search:
    """Look for the least sets of causes that explain a difference, and where none does for the part that one explains.

    A cause that reaches no differing cell, or under which alone nothing can be billed, is not looked at.

    Args:
        situation: the issued bill and the recomputed one.
        instances: the causes that are possible.
        pricing: computes what sets of them make.
        beside: finds further causes by what another one leaves of the difference.
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
                if not subtracted(situation.issued, money):
                    proved.append(frozenset((each,)))
        pairs = _pairs(situation, alone, beside), _still_pairs(situation, alone, beside)
        for sets in (*pairs, _triples(situation, alone))[: 2 * (sizes_max - 1)]:
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


def _pairs(
    situation: Situation,
    alone: Mapping[Instance, Money],
    beside: Callable[[Situation], Iterable[Instance]],
) -> Iterator[Causes]:
    """The pairs that may explain everything; first those whose effects add up to it, or multiply to it, the best.

    A cell that one of the two alone reaches is what that one makes of it, and one that neither reaches does not differ.
    A number that what differs does not show is looked for in what another cause leaves of the difference.
    """
    possible: list[tuple[int, Causes]] = []
    alike = _alike(alone)
    cells = _cells(situation, alone)
    for (one, ones), (other, others) in combinations_with_replacement(alike, 2):
        apart = _apart(situation, cells, (one, alone[one]), (other, alone[other]))
        if apart is not None:
            pairs = combinations(ones, 2) if ones is others else product(ones, others)
            possible += [(apart, frozenset(each)) for each in pairs if each[0].slot != each[1].slot]
    possible.sort(key=lambda each: (each[0], sorted(cause.key for cause in each[1])))
    yield from (causes for apart, causes in possible if not apart)
    for one, ones in alike:
        if alone[one] != situation.recomputed:
            yield from _with_numbers(situation, ones, alone, beside)
    yield from (causes for apart, causes in possible if apart)


def _still_pairs(
    situation: Situation, alone: Mapping[Instance, Money], beside: Callable[[Situation], Iterable[Instance]]
) -> Iterator[Causes]:
    """The pairs of a cause that changes nothing alone, and a number that shows beside it only."""
    for one, money in alone.items():
        if money == situation.recomputed:
            yield from _with_numbers(situation, [one], alone, beside)


def _with_numbers(
    situation: Situation,
    ones: Sequence[Instance],
    alone: Mapping[Instance, Money],
    beside: Callable[[Situation], Iterable[Instance]],
) -> Iterator[Causes]:
    """Causes that make the same, each with the numbers that show in what they leave."""
    first = ones[0]
    left = replace(situation, recomputed=alone[first], repricing=_With(situation.repricing, first), is_beside=True)
    for other in dict.fromkeys(beside(left)):
        if other not in alone:
            yield from (frozenset((each, other)) for each in ones if each.slot != other.slot)


def _alike(alone: Mapping[Instance, Money]) -> list[tuple[Instance, list[Instance]]]:
    """The causes that make and reach the same, each time with the first of them."""
    found: dict[object, list[Instance]] = {}
    for each, money in alone.items():
        found.setdefault((each.reach, frozenset(money.items())), []).append(each)
    return [(members[0], members) for members in found.values()]


@dataclass(frozen=True, slots=True)
class _With:
    """What sets of causes make beside one that is there already."""

    repricing: Repriced
    cause: Instance

    def lines(self, causes: Iterable[Instance]) -> tuple[EvaluatedLine, ...]:
        return self.repricing.lines((self.cause, *causes))

    def amounts(self, causes: Iterable[Instance]) -> tuple[Priced, ...] | None:
        return self.repricing.amounts((self.cause, *causes))


def _cells(situation: Situation, alone: Mapping[Instance, Money]) -> Sequence[Cell]:
    """All cells, those that differ first."""
    every = (situation.difference, situation.issued, situation.recomputed, *alone.values())
    return tuple(dict.fromkeys(cell for money in every for cell in money))


def _apart(
    situation: Situation, cells: Sequence[Cell], one: tuple[Instance, Money], other: tuple[Instance, Money]
) -> int | None:
    """On how many cells two causes are not nearly what is issued, adding or multiplying their effects; None: never."""
    (first, of_first), (second, of_second) = one, other
    apart = 0
    for cell in cells:
        ours, issued = situation.recomputed.get(cell, 0), situation.issued.get(cell, 0)
        by_first, by_second = of_first.get(cell, 0), of_second.get(cell, 0)
        is_first, is_second = first.reach.has(cell), second.reach.has(cell)
        if is_first and is_second:
            is_sum = abs(by_first + by_second - ours - issued) <= _NEAR_FEN
            apart += not is_sum and abs(by_first * by_second - ours * issued) > _NEAR_FEN * abs(ours)
        elif issued != (by_first if is_first else by_second if is_second else ours):
            return None
    return apart


_NEAR_FEN = 5
"""How far an amount may be from the one that is foretold [fen]: what it is made of is rounded on the way."""


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
