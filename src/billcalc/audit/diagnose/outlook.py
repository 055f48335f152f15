"""What numbers tried alone say of those beside a cause: on lines that the cause does not reach they make the same."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

import numpy as np

from billcalc.audit.diagnose.block import Block
from billcalc.audit.diagnose.cause import Instance, Path, Place, Reach
from billcalc.audit.diagnose.numbers import Numbers, Probed, Under, lines_of, probes
from billcalc.audit.diagnose.stacked import Fen, Mask

__all__ = ["Outlook"]


class Outlook:
    """Where a number beside a cause is worth to be tried.

    Args:
        block: the bills.
        places: where numbers may be wrong.
        under: the bills that differ, under no cause.
        tried: all numbers that were tried alone.
    """

    def __init__(self, block: Block, places: Sequence[Place], under: Under, tried: Numbers) -> None:
        self._block = block
        self._tried = tried
        self._bills = under.bills
        every = np.arange(len(under.bills))
        straight = {number: every for number, place in enumerate(places) if place.is_straight}
        self._probed = {probed.number: probed for probed in probes(block, places, under, straight)}
        self._possible: dict[tuple[int, Reach], Mask] = {}
        self._by_steps = {(int(place), int(bill)) for place, bill in zip(tried.places, tried.bills, strict=True)}

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
            probed = self._probed.get(number)
            return np.ones(len(bills), dtype=np.bool_) if probed is None else self._is_possible(probed, word)[rows]

        return may_be

    def options(self, word: Instance) -> Callable[[int, int], Sequence[Decimal] | None]:
        """The numbers in a place of a bill that may be beside a cause; None where none was tried alone."""
        fits = ~self._tried.priced.refused
        for cell, left in self._block.left(self._tried.priced.amounts, self._tried.bills).items():
            if not cell.follows and not word.reach.has(cell):
                fits &= left == 0
        found: dict[tuple[int, int], list[Decimal]] = {}
        for at in np.flatnonzero(fits):
            key = int(self._tried.places[at]), int(self._tried.bills[at])
            found.setdefault(key, []).append(self._tried.numbers[int(at)])
        return lambda number, bill: found.get((number, bill), []) if (number, bill) in self._by_steps else None

    def _is_possible(self, probed: Probed, word: Instance) -> Mask:
        """For each of the bills, whether the lines that a cause does not reach allow a number."""
        key = probed.number, word.reach
        if key not in self._possible:
            found = np.ones(len(self._bills), dtype=np.bool_)
            foretold = lines_of(probed, lambda cell: not word.reach.has(cell))
            found[probed.rows] = foretold.possible & (foretold.low <= foretold.high)
            self._possible[key] = found
        return self._possible[key]
