"""Wrong numbers to be tried, and those that were: many at once, each with the row that it is of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from billcalc.audit.diagnose.block import none
from billcalc.audit.diagnose.cause import Place
from billcalc.audit.diagnose.stacked import Assigned, Fen, Priced
from billcalc.bulk.column import Column

__all__ = ["Numbers", "Tries", "joined", "together"]

_LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong numbers to be tried: of each its row, and itself."""

    rows: Fen
    numbers: Column


@dataclass(frozen=True, slots=True)
class Numbers:
    """Wrong numbers that were tried.

    Attributes:
        rows: of what they were tried on.
        bills: of each.
        places: where each stands, of a list of places.
        numbers: what each is.
        priced: what is billed with it, and with what was there already.
    """

    rows: Fen
    bills: Fen
    places: Fen
    numbers: Column
    priced: Priced

    def of(self, chosen: Fen) -> "Numbers":
        """Some of them."""
        numbers = self.numbers.of_rows(chosen)
        return Numbers(self.rows[chosen], self.bills[chosen], self.places[chosen], numbers, self.priced.of(chosen))

    def assigned(self, places: Sequence[Place]) -> list[Assigned]:
        """The numbers where they stand, each in its own row."""
        found = []
        for place in np.unique(self.places):
            here = np.flatnonzero(self.places == place)
            found.append(Assigned(places[place].path, here, self.numbers.of_rows(here)))
        return found


def together(pieces: Sequence[Numbers]) -> Numbers:
    """Numbers one after another."""
    cells = dict.fromkeys(cell for each in pieces for cell in each.priced.amounts)
    amounts = {
        cell: np.concatenate([each.priced.amounts.get(cell, none(len(each.rows))) for each in pieces]) for cell in cells
    }
    rows, bills, places, refused = (
        np.concatenate(each)
        for each in zip(*((one.rows, one.bills, one.places, one.priced.refused) for one in pieces), strict=True)
    )
    return Numbers(rows, bills, places, joined([each.numbers for each in pieces]), Priced(amounts, refused))


def joined(columns: Sequence[Column]) -> Column:
    """Columns one after another, with one scale."""
    scale = max((each.scale for each in columns), default=0)
    finer = [(each, 10 ** (scale - each.scale)) for each in columns]
    is_wide = any(max(-each.low, each.high) * times > _LARGEST for each, times in finer)
    kind = object if is_wide else np.int64
    return Column.of(np.concatenate([none(0), *(each.numbers.astype(kind) * times for each, times in finer)]), scale)
