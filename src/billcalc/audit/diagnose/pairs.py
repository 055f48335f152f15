"""Pairs of causes that may explain what is issued, known from what each does alone: only those are computed."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from billcalc.audit.diagnose.block import Block, none
from billcalc.audit.diagnose.cause import Instance
from billcalc.audit.diagnose.stacked import Fen, Mask, Priced

__all__ = ["PossiblePairs"]

_NEAR_FEN = 5
"""How far an amount may be from the one that is foretold [fen]: what it is made of is rounded on the way."""


class PossiblePairs:
    """The pairs that may explain everything, with the bills in which they may.

    A cell that one of the two alone reaches is what that one makes of it, and one that neither reaches does not differ.

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
        self._agrees = self._made == self._issued
        self._slots = np.array([each.slot for each in self._causes])

    def foretold(self) -> Iterator[tuple[Instance, Instance, Fen]]:
        """Those whose effects add up to what is issued, or multiply to it, on all cells that both reach."""
        return self._pairs(is_foretold=True)

    def others(self) -> Iterator[tuple[Instance, Instance, Fen]]:
        """All others."""
        return self._pairs(is_foretold=False)

    def _pairs(self, *, is_foretold: bool) -> Iterator[tuple[Instance, Instance, Fen]]:
        for one in range(len(self._causes) if len(self._bills) else 0):
            others, rows = np.nonzero(self._possible(one))
            chosen = self._is_foretold(one, others, rows) == is_foretold
            others, rows = others[chosen], rows[chosen]
            for other in np.unique(others):
                yield self._causes[one], self._causes[other], self._bills[rows[others == other]]

    def _possible(self, one: int) -> Mask:
        """The later causes with which one may explain a bill: by cause and bill."""
        ours = self._ours == self._issued
        found: Mask = self._fits & self._fits[one] & (self._slots != self._slots[one])[:, None]
        found[: one + 1] = False
        for cell, is_first in enumerate(self._reached[one]):
            by_one = self._agrees[one, cell] if is_first else ours[cell]
            found &= np.where(self._reached[:, cell, None], self._agrees[:, cell] | is_first, by_one)
        return found

    def _is_foretold(self, one: int, others: NDArray[np.intp], rows: NDArray[np.intp]) -> Mask:
        """Whether the effects of two causes add up to what is issued, or multiply to it, on every cell of both."""
        found = np.ones(len(others), dtype=np.bool_)
        for cell, is_first in enumerate(self._reached[one]):
            if is_first:
                issued, ours = self._issued[cell, rows], self._ours[cell, rows]
                first, second = self._made[one, cell, rows], self._made[others, cell, rows]
                is_sum = np.abs(first + second - ours - issued) <= _NEAR_FEN
                is_product = np.abs(_product(first, second) - _product(ours, issued)) <= _NEAR_FEN * np.abs(ours)
                found &= is_sum | is_product | ~self._reached[others, cell]
        return found


def _product(one: Fen, other: Fen) -> NDArray[np.longdouble]:
    """A product, as exact as a foretelling needs it; of two amounts 64 bits are too few."""
    return one.astype(np.longdouble) * other
