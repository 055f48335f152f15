"""The search: which sets of causes make recomputed bills the issued ones, on every cell that is compared.

Bills of one structure are searched together, and each is found what it is found alone: singles first, then pairs of
what is still open, then, of a single bill, triples.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from billcalc.audit.diagnose.block import Block, none
from billcalc.audit.diagnose.cause import Instance, Place, subtracted
from billcalc.audit.diagnose.cells import Cell, Money
from billcalc.audit.diagnose.numbers import Under, is_near, numbers_of
from billcalc.audit.diagnose.outlook import Outlook, is_by_lines
from billcalc.audit.diagnose.pairs import PossiblePairs
from billcalc.audit.diagnose.stacked import Amounts, Fen, Mask, Priced, number_at
from billcalc.audit.diagnose.tried import Numbers
from billcalc.kernel.decimals import decimal_text

__all__ = ["Causes", "Found", "search"]

Causes = frozenset[Instance]


@dataclass(slots=True)
class Found:
    """What was found of one bill.

    Attributes:
        proved: sets of one size under which every compared cell is the issued one; no proper subset of one is.
        part: where none is proved, single causes that make the most differing cells exact and break no equal one.
        is_complete: whether all sets of the sizes that were looked at were looked at.
        refused: how many sets of causes cannot be billed.
    """

    proved: list[Causes] = field(default_factory=list)
    part: list[Causes] = field(default_factory=list)
    is_complete: bool = True
    refused: int = 0


def search(
    block: Block, words: Iterable[Instance], places: Sequence[Place], *, sizes_max: int = 3, sets_max: int = 1000
) -> list[Found]:
    """Look for the least sets of causes that explain differences, and where none does for the part that one explains.

    A cause under which alone nothing can be billed is not looked at.

    Args:
        block: the bills.
        words: the causes of words, rules and documents that are possible.
        places: the numbers that may be wrong.
        sizes_max: how many causes a set has at most; three are looked for of a single bill alone.
        sets_max: how many pairs of words and triples are computed for a bill at most.
    """
    searching = _Search(block, sorted(dict.fromkeys(words), key=lambda each: each.key), places, sets_max)
    if searching.differs.any():
        searching.look_for_singles()
        if sizes_max > 1:
            searching.look_for_pairs()
        if sizes_max > 2 and block.rows == 1:
            searching.look_for_triples()
        searching.look_for_parts()
    return searching.found()


class _Search:
    def __init__(self, block: Block, words: Sequence[Instance], places: Sequence[Place], sets_max: int) -> None:
        self._block = block
        self._words = words
        self._places = places
        self._left = np.full(block.rows, sets_max)
        self._every = np.arange(block.rows)
        self.differs = _any(block.left(block.recomputed, self._every), block.rows)
        self._found = [Found() for _ in range(block.rows)]
        self._open = self.differs.copy()
        self._refused = none(block.rows)
        self._alone: dict[Instance, Priced] = {}
        self._numbers: Numbers
        self._outlook: Outlook

    def found(self) -> list[Found]:
        """What was found of each bill."""
        for found, refused in zip(self._found, self._refused.tolist(), strict=True):
            found.refused = refused
        return self._found

    def look_for_singles(self) -> None:
        """Every cause by itself."""
        for word in self._words:
            made = self._block.priced((word,))
            self._count_refused(np.flatnonzero(self.differs & made.refused))
            if (self.differs & ~made.refused).any():
                self._alone[word] = made
            for bill in np.flatnonzero(self.differs & self._proves(made, self._every)):
                self._found[bill].proved.append(frozenset((word,)))
        bills = np.flatnonzero(self.differs)
        under = Under(bills, _rows(self._block.recomputed, bills))
        every = np.ones(len(bills), dtype=np.bool_)
        by_lines = np.array([is_by_lines(place) for place in self._places], dtype=np.bool_)
        tried = numbers_of(
            self._block,
            self._places,
            under,
            lambda number, place: every,
            lambda some: is_near(self._block, some) | by_lines[some.places],
        )
        for at in np.flatnonzero(self._proves(tried.priced, tried.bills)):
            self._found[tried.bills[at]].proved.append(frozenset((self._instance(tried, int(at)),)))
        self._numbers = tried.of(np.flatnonzero(is_near(self._block, tried)))
        self._outlook = Outlook(self._block, self._places, under, tried)
        self._close()

    def look_for_pairs(self) -> None:
        """Two causes: those that foretell the bill, numbers that what another cause leaves shows, and all others."""
        pairs = PossiblePairs(self._block, self._alone, np.flatnonzero(self._open))
        self._try(pairs.foretold())
        for word in self._alone:
            self._look_beside(word, self._open)
        self._look_beside_numbers()
        self._try(pairs.others())
        self._close()

    def _try(self, pairs: Iterable[tuple[Instance, Instance, Fen]]) -> None:
        for one, other, bills in pairs:
            taken = self._take(bills[self._open[bills]])
            if len(taken):
                made = self._block.priced((one, other), taken)
                self._count_refused(taken[made.refused])
                for bill in taken[self._proves(made, taken)]:
                    self._found[bill].proved.append(frozenset((one, other)))

    def look_for_triples(self) -> None:
        """Three causes whose effects add up to the difference, on all cells but those that are made of others."""
        if not self._open[0]:
            return
        alone = {each: _first(made.amounts, 0) for each, made in self._alone.items()}
        for at in range(len(self._numbers.rows)):
            alone[self._instance(self._numbers, at)] = _first(self._numbers.priced.amounts, at)
        recomputed, issued = _first(self._block.recomputed, 0), _first(self._block.issued, 0)
        for causes in _adding_up(alone, recomputed, issued):
            if not len(self._take(np.array([0]))):
                break
            money = self._block.money(causes, 0)
            if money is not None and not subtracted(issued, money):
                self._found[0].proved.append(causes)

    def look_for_parts(self) -> None:
        """Where nothing is proved, the single causes that make the most cells exact and break none."""
        self._close()
        most = np.zeros(self._block.rows, dtype=np.int64)
        named: list[tuple[Fen, Fen, Instance | None]] = []
        for word, made in self._alone.items():
            named.append((self._every, self._exact(made, self._every), word))
        named.append((self._numbers.bills, self._exact(self._numbers.priced, self._numbers.bills), None))
        for bills, exact, _ in named:
            np.maximum.at(most, bills, exact)
        for bills, exact, cause in named:
            for at in np.flatnonzero((exact > 0) & (exact == most[bills]) & self._open[bills]):
                each = self._instance(self._numbers, int(at)) if cause is None else cause
                self._found[bills[at]].part.append(frozenset((each,)))

    def _look_beside(self, word: Instance, wanted: Mask) -> None:
        """The numbers that explain what a cause leaves."""
        bills = np.flatnonzero(wanted & ~self._alone[word].refused)
        if len(bills):
            under = Under(bills, self._alone[word].of(bills).amounts, (word,))
            taken = {path for path, _ in word.edit.assigned}
            may_be, options = self._outlook.beside(word, bills, taken), self._outlook.options(word)
            tried = numbers_of(self._block, self._places, under, may_be, self._proving, options)
            self._keep(tried, lambda at: word)

    def _look_beside_numbers(self) -> None:
        """The numbers that explain what another one leaves; each pair is found from both of its sides."""
        chosen = self._numbers.of(np.flatnonzero(self._open[self._numbers.bills]))
        if len(chosen.rows):
            under = Under(chosen.bills, chosen.priced.amounts, (), tuple(chosen.assigned(self._places)))
            slots = np.array([self._places[each].slot for each in chosen.places])
            others = numbers_of(
                self._block, self._places, under, lambda number, place: slots != place.slot, self._proving
            )
            self._keep(others, lambda at: self._instance(chosen, at))

    def _proving(self, tried: Numbers) -> Mask:
        """Which of some numbers prove a bill; those that cannot be billed are counted."""
        self._count_refused(tried.bills[tried.priced.refused])
        return self._proves(tried.priced, tried.bills)

    def _keep(self, tried: Numbers, beside: Callable[[int], Instance]) -> None:
        """The pairs of a number and what it was tried beside, by its row, that prove a bill."""
        for at in range(len(tried.rows)):
            causes = frozenset((beside(int(tried.rows[at])), self._instance(tried, int(at))))
            proved = self._found[tried.bills[at]].proved
            if causes not in proved:
                proved.append(causes)

    def _instance(self, numbers: Numbers, at: int) -> Instance:
        place, bill = self._places[int(numbers.places[at])], int(numbers.bills[at])
        return place.instance(decimal_text(number_at(numbers.numbers, at)), self._block.text(place, bill))

    def _take(self, bills: Fen) -> Fen:
        """Those of some bills whose budget has not ended; of the others it is noted."""
        has_ended = self._left[bills] <= 0
        for bill in bills[has_ended]:
            self._found[bill].is_complete = False
        self._left[bills[~has_ended]] -= 1
        return bills[~has_ended]

    def _proves(self, made: Priced, bills: Fen) -> Mask:
        """Which rows are the issued bills on every cell."""
        return ~made.refused & ~_any(self._block.left(made.amounts, bills), len(bills))

    def _exact(self, made: Priced, bills: Fen) -> Fen:
        """How many differing cells rows make exact; 0 of those that break an equal one, or are no bill."""
        count, breaks = none(len(bills)), made.refused.copy()
        before = self._block.left(self._block.recomputed, self._every)
        for cell, left in self._block.left(made.amounts, bills).items():
            apart = before[cell][bills] if cell in before else none(len(bills))
            count += (apart != 0) & (left == 0)
            breaks |= (apart == 0) & (left != 0)
        return np.where(breaks, 0, count)

    def _count_refused(self, bills: Fen) -> None:
        self._refused += np.bincount(bills, minlength=self._block.rows)

    def _close(self) -> None:
        """Nothing more is looked for in bills that are proved."""
        still = [bill for bill in np.flatnonzero(self._open).tolist() if not self._found[bill].proved]
        self._open[:] = False
        self._open[still] = True


def _any(money: Amounts, rows: int) -> Mask:
    """Where there is any."""
    found = np.zeros(rows, dtype=np.bool_)
    for fen in money.values():
        found |= fen != 0
    return found


def _rows(amounts: Amounts, rows: Fen) -> Amounts:
    return {cell: fen[rows] for cell, fen in amounts.items()}


def _first(amounts: Amounts, at: int) -> dict[Cell, int]:
    return {cell: int(fen[at]) for cell, fen in amounts.items()}


def _adding_up(alone: Mapping[Instance, Money], recomputed: Money, issued: Money) -> list[Causes]:
    """The triples whose effects add up to the difference, in their order."""
    wanted = _own(subtracted(issued, recomputed))
    effects = {each: effect for each, money in alone.items() if (effect := _own(subtracted(money, recomputed)))}
    by_effect: dict[frozenset[tuple[Cell, int]], list[Instance]] = {}
    for each, effect in effects.items():
        by_effect.setdefault(frozenset(effect.items()), []).append(each)
    found: set[Causes] = set()
    for one, other in combinations(effects, 2):
        rest = frozenset(subtracted(subtracted(wanted, effects[one]), effects[other]).items())
        found.update(frozenset((one, other, third)) for third in by_effect.get(rest, ()))
    possible = [causes for causes in found if len({each.slot for each in causes}) == _THREE]
    return sorted(possible, key=lambda causes: sorted(each.key for each in causes))


_THREE = 3


def _own(money: Money) -> dict[Cell, int]:
    """The money of cells that are not made of the amounts of others."""
    return {cell: fen for cell, fen in money.items() if not cell.follows}
