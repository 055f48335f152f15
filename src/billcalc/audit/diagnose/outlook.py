"""What numbers tried alone say of those beside a cause: on lines that the cause does not reach they make the same."""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from billcalc.audit.diagnose.block import Block, none
from billcalc.audit.diagnose.cause import Instance, Path, Place, Reach
from billcalc.audit.diagnose.numbers import Probed, Under, lines_of, probes
from billcalc.audit.diagnose.stacked import Fen, Mask
from billcalc.audit.diagnose.tried import Numbers, Tries

__all__ = ["Outlook", "is_by_lines"]


def is_by_lines(place: Place) -> bool:
    """Whether all numbers in a place are tried alone, and lines say which of them may be beside a cause.

    Of what the adjustment alone is made of they say nothing.
    """
    return not place.is_straight and place.reach.sections != frozenset()


class Outlook:
    """Where a number beside a cause is worth to be tried.

    Args:
        block: the bills.
        places: where numbers may be wrong.
        under: the bills that differ, under no cause.
        tried: numbers that were tried alone; of places that lines say something of all.
    """

    def __init__(self, block: Block, places: Sequence[Place], under: Under, tried: Numbers) -> None:
        self._block = block
        self._tried = tried
        self._bills = under.bills
        every = np.arange(len(under.bills))
        straight = {number: every for number, place in enumerate(places) if place.is_straight}
        self._probed = {
            number: (probed, probed.places[0])
            for probed in probes(block, places, under, straight)
            for number in probed.places
        }
        self._possible: dict[tuple[int, Reach], Mask] = {}
        self._fits: dict[Reach, Mask] = {}
        self._by_steps = {
            int(place): np.flatnonzero(tried.places == place)
            for place in np.unique(tried.places)
            if is_by_lines(places[place])
        }
        self._left = block.left(tried.priced.amounts, tried.bills)

    def beside(self, word: Instance, bills: Fen, taken: Collection[Path]) -> Callable[[int, Place], Mask]:
        """The rows of some bills in which a number in a place, by its number, is tried beside a cause.

        Args:
            word: the cause.
            bills: of each row.
            taken: the places that the cause assigns.
        """
        rows = np.searchsorted(self._bills, bills)

        def may_be(number: int, place: Place) -> Mask:
            if place.path in taken:
                return np.zeros(len(bills), dtype=np.bool_)
            if number not in self._probed:
                return np.ones(len(bills), dtype=np.bool_)
            return self._is_possible(*self._probed[number], word)[rows]

        return may_be

    def options(self, word: Instance) -> Callable[[int, Fen], tuple[Mask, Tries]]:
        """Of which of some bills it is known what may be in a place beside a cause, and what.

        It is known where numbers were tried alone; those are left that make the lines which the cause does not reach.
        """
        if word.reach not in self._fits:
            fits = ~self._tried.priced.refused
            for cell, left in self._left.items():
                if not cell.follows and not word.reach.has(cell):
                    fits = fits & (left == 0)
            self._fits[word.reach] = fits
        fits = self._fits[word.reach]

        def known(number: int, bills: Fen) -> tuple[Mask, Tries]:
            tried = self._by_steps.get(number, none(0))
            row_of = np.full(self._block.rows, -1, dtype=np.int64)
            row_of[bills] = np.arange(len(bills))
            rows = row_of[self._tried.bills[tried]]
            is_known = np.zeros(len(bills), dtype=np.bool_)
            is_known[rows[rows >= 0]] = True
            chosen = (rows >= 0) & fits[tried]
            return is_known, Tries(rows[chosen], self._tried.numbers.of_rows(tried[chosen]))

        return known

    def _is_possible(self, probed: Probed, number: int, word: Instance) -> Mask:
        """For each of the bills, whether the lines that a cause does not reach allow a number."""
        key = number, word.reach
        if key not in self._possible:
            found = np.ones(len(self._bills), dtype=np.bool_)
            foretold = lines_of(probed, lambda cell: not word.reach.has(cell))
            found[probed.rows] = foretold.possible & (foretold.low <= foretold.high)
            self._possible[key] = found
        return self._possible[key]
