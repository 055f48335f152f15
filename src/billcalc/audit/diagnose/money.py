"""The money of causes: what each does alone, what several do together, and what is left, in whole fen.

``d(T) = Σ_{U⊆T} (−1)^(|T|−|U|) v(U)`` are the Harsanyi dividends of the amounts under sets of causes; those of
all parts of a set sum to what the set does. The one number of a cause is its Shapley value: dividends in equal parts.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import floor

from billcalc.audit.diagnose.cause import Instance, subtracted
from billcalc.audit.diagnose.cells import Cell, Money, summed

__all__ = ["Attribution", "attributed", "shapley"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The difference of a bill, told by causes [fen].

    Attributes:
        causes: in their fixed order.
        parts: for each of them, and for several together, what they do by cell; only where it is something.
        unexplained: by cell; with the parts it sums to the difference.
        shares: of each cause, by its place: the one number; they sum to what the causes do.
    """

    causes: tuple[Instance, ...]
    parts: Mapping[tuple[int, ...], Money]
    unexplained: Money
    shares: tuple[int, ...]


def attributed(
    causes: Collection[Instance], money_under: Callable[[tuple[Instance, ...]], Money | None], issued: Money
) -> Attribution | None:
    """The money of a set of causes; None where a part of it cannot be billed.

    Args:
        causes: the set.
        money_under: what some of them make of the bill; None where they cannot be billed.
        issued: what was issued.
    """
    members = tuple(sorted(causes, key=lambda each: each.key))
    under: dict[tuple[int, ...], Money] = {}
    for chosen in _subsets(len(members)):
        money = money_under(tuple(members[place] for place in chosen))
        if money is None:
            return None
        under[chosen] = money
    parts = {chosen: dividend for chosen in under if chosen and (dividend := _dividend(chosen, under))}
    totals = {chosen: summed(money) for chosen, money in parts.items()}
    everything = tuple(range(len(members)))
    return Attribution(members, parts, subtracted(issued, under[everything]), shapley(len(members), totals))


_TWO, _OF_TWO = 2, ((0,), (1,), (0, 1))
"""Two causes are what most sets have: each has half of what they do together, and the first the odd fen."""


def _subsets(count: int) -> Sequence[tuple[int, ...]]:
    return [chosen for size in range(count + 1) for chosen in combinations(range(count), size)]


def _dividend(chosen: tuple[int, ...], under: Mapping[tuple[int, ...], Money]) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for inside, money in under.items():
        if set(inside) <= set(chosen):
            sign = -1 if (len(chosen) - len(inside)) % 2 else 1
            for cell, fen in money.items():
                found[cell] = found.get(cell, 0) + sign * fen
    return {cell: fen for cell, fen in found.items() if fen}


def shapley(count: int, totals: Mapping[tuple[int, ...], int]) -> tuple[int, ...]:
    """Each dividend in equal parts, in whole fen that sum to all of them: odd fen go by the largest remainder.

    >>> shapley(2, {(0,): 100, (1,): 50, (0, 1): -5})
    (98, 47)
    """
    if count == _TWO:
        one, other, both = (totals.get(each, 0) for each in _OF_TWO)
        return one + (both + 1) // 2, other + both // 2
    exact = [sum(Fraction(fen, len(each)) for each, fen in totals.items() if place in each) for place in range(count)]
    found = [floor(each) for each in exact]
    odd = sum(totals.values()) - sum(found)
    for place in sorted(range(count), key=lambda each: (found[each] - exact[each], each))[:odd]:
        found[place] += 1
    return tuple(found)
