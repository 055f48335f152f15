"""Pairs of causes that may explain what is issued, known from what each does alone: only those are computed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from billcalc.audit.diagnose.block import Block, none
from billcalc.audit.diagnose.cause import Instance
from billcalc.audit.diagnose.stacked import Fen, Mask, Priced

__all__ = ["PossiblePairs"]

_NEAR_FEN = 5
"""How far an amount may be from the one that is foretold [fen]: what it is made of is rounded on the way."""
_WORD_CELLS = 64


class PossiblePairs:
    """The pairs that may explain everything, with the bills in which they may.

    A cell that one of the two alone reaches is what that one makes of it, and one that neither reaches does not differ.
    Which cells are so is a bit of a word for each cause and bill: a pair is looked at in a few operations on words.

    Args:
        block: the bills.
        alone: what causes make of every bill.
        bills: those that are looked at.
    """

    def __init__(self, block: Block, alone: Mapping[Instance, Priced], bills: Fen) -> None:
        every = (block.issued, block.recomputed, *(each.amounts for each in alone.values()))
        cells = tuple(dict.fromkeys(cell for made in every for cell in made))
        nothing = none(block.rows)
        self._causes, self._bills = tuple(alone), bills
        self._issued, self._ours, *made = (
            np.array([each.get(cell, nothing)[bills] for cell in cells]) for each in every
        )
        self._made = np.array(made)
        self._fits = np.array([~each.refused[bills] for each in alone.values()])
        self._reached = np.array([[each.reach.has(cell) for cell in cells] for each in self._causes])
        self._slots = np.array([each.slot for each in self._causes])
        self._words = [
            _Words(*(_word(told[start : start + _WORD_CELLS]) for told in self._told()))
            for start in range(0, len(cells), _WORD_CELLS)
        ]

    def foretold(self) -> Iterator[tuple[Instance, Instance, Fen]]:
        """Those whose effects add up to what is issued, or multiply to it, on all cells that both reach."""
        return self._pairs(is_foretold=True)

    def others(self) -> Iterator[tuple[Instance, Instance, Fen]]:
        """All others."""
        return self._pairs(is_foretold=False)

    def _told(self) -> Sequence[NDArray[np.bool_]]:
        """By cell, and cause and bill: what causes reach, what they leave wrong, and what is wrong without them."""
        return self._reached.T, np.swapaxes(self._made != self._issued, 0, 1), self._ours != self._issued

    def _pairs(self, *, is_foretold: bool) -> Iterator[tuple[Instance, Instance, Fen]]:
        for one in range(len(self._causes) if len(self._bills) else 0):
            possible = self._possible(one)
            for other in np.flatnonzero(possible.any(axis=1)):
                rows = np.flatnonzero(possible[other])
                rows = rows[self._is_foretold(one, int(other), rows) == is_foretold]
                if len(rows):
                    yield self._causes[one], self._causes[other], self._bills[rows]

    def _possible(self, one: int) -> Mask:
        """The later causes with which one may explain a bill: by cause and bill."""
        found: Mask = self._fits & self._fits[one] & (self._slots != self._slots[one])[:, None]
        found[: one + 1] = False
        later = slice(one + 1, None)
        for word in self._words:
            mine, others = word.reached[one], word.reached[later, None]
            wrong = word.left[later] & (others & ~mine)
            wrong |= word.left[one] & (mine & ~others)
            wrong |= word.differs & ~(mine | others)
            found[later] &= wrong == 0
        return found

    def _is_foretold(self, one: int, other: int, rows: NDArray[np.intp]) -> Mask:
        """Whether the effects of two causes add up to what is issued, or multiply to it, on every cell of both."""
        found = np.ones(len(rows), dtype=np.bool_)
        for cell in np.flatnonzero(self._reached[one] & self._reached[other]):
            left = np.flatnonzero(found)
            here = rows[left]
            issued, ours = self._issued[cell, here], self._ours[cell, here]
            first, second = self._made[one, cell, here], self._made[other, cell, here]
            is_sum = np.abs(first + second - ours - issued) <= _NEAR_FEN
            is_product = np.abs(_product(first, second) - _product(ours, issued)) <= _NEAR_FEN * np.abs(ours)
            found[left] = is_sum | is_product
        return found


@dataclass(frozen=True, slots=True)
class _Words:
    """Truths of up to 64 cells as the bits of words.

    Attributes:
        reached: of each cause, which it can move.
        left: of each cause and bill, which it leaves wrong.
        differs: of each bill, which are wrong.
    """

    reached: NDArray[Any]
    left: NDArray[Any]
    differs: NDArray[Any]


def _word(told: NDArray[np.bool_]) -> NDArray[Any]:
    """The truths of some cells as bits of the smallest words that have so many."""
    kind = np.min_scalar_type((1 << len(told)) - 1)
    found = np.zeros(told.shape[1:], dtype=kind)
    for bit, each in enumerate(told):
        found |= each.astype(kind) << kind.type(bit)
    return found


def _product(one: Fen, other: Fen) -> NDArray[np.longdouble]:
    """A product, as exact as a foretelling needs it; of two amounts 64 bits are too few."""
    return one.astype(np.longdouble) * other
