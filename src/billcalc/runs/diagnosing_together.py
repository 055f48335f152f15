"""Issued bills of one structure diagnosed together: what each of them is told alone, computed in columns.

Bills that print the same codes are one block. What of a comparison depends on a bill's own amounts, whether it adds up,
whether its lines are without a tax, is looked at first: such bills are diagnosed one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from billcalc.audit.comparing import compare
from billcalc.audit.comparison import Comparison, Matching
from billcalc.audit.diagnose.block import Block, none
from billcalc.audit.diagnose.cause import Instance, Situation
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import NOT_PRINTED, Cell, Cells, NotFen
from billcalc.audit.diagnose.diagnosis import Recomputed, Status, canonical, hindrances_of, known_codes, ranked
from billcalc.audit.diagnose.money import shapley
from billcalc.audit.diagnose.search import Causes, Found, search
from billcalc.audit.diagnose.stacked import Amounts, Fen, Mask, Stacked, fen_of_rows
from billcalc.audit.diagnose.told import Answer, Told
from billcalc.audit.issued import IssuedBill
from billcalc.runs.issued_tables import REST, TOTAL
from billcalc.runs.structures import Structure

__all__ = ["SIZES_MAX", "Issued", "one_by_one", "told_together"]

SIZES_MAX = 2
"""Of a table sets of two causes are looked for; who wants three asks for that bill alone."""


@dataclass(frozen=True, slots=True)
class Issued:
    """The issued amounts of rows, by code [fen].

    Attributes:
        amounts: 0 where a row has none.
        has: which rows have one.
        sections: the codes that are sections: of all lines in them.
    """

    amounts: Mapping[str, Fen]
    has: Mapping[str, Mask]
    sections: frozenset[str]

    def of(self, rows: Fen) -> "Issued":
        """Some rows."""
        amounts = {code: fen[rows] for code, fen in self.amounts.items()}
        return Issued(amounts, {code: mask[rows] for code, mask in self.has.items()}, self.sections)

    @property
    def codes(self) -> list[str]:
        """The codes of lines."""
        return [code for code in self.amounts if code not in (TOTAL, REST)]

    @property
    def rest(self) -> Fen:
        """What the totals have beside the lines."""
        rows = len(next(iter(self.amounts.values())))
        return self.amounts.get(TOTAL, none(rows)) - sum((self.amounts[code] for code in self.codes), none(rows))


def one_by_one(stacked: Stacked, issued: Issued) -> tuple[Mask, Mask]:
    """The rows that have to be diagnosed one by one, and of the others those that print some of their lines alone."""
    rows = stacked.bills.rows
    unprinted, ours = np.zeros(rows, dtype=np.bool_), {code: none(rows) for code in issued.codes}
    nowhere = np.zeros(rows, dtype=np.bool_)
    for name, _, amount in stacked.lines().lines:
        fen, _ = fen_of_rows(amount, rows)
        codes = [code for code in (name.code, name.section.value) if code in ours]
        printed = np.any([nowhere, *(issued.has[code] for code in codes)], axis=0)
        unprinted |= (fen != 0) & ~printed
        for code in codes:
            ours[code] = ours[code] + fen
    has_total, has_lines = (
        issued.has.get(TOTAL, nowhere),
        np.any([nowhere, *(issued.has[code] for code in issued.codes)], axis=0),
    )
    is_partial = has_total & unprinted & has_lines & (issued.rest != 0)
    does_not_add_up = has_total & has_lines & ~is_partial & (issued.rest != 0)
    return does_not_add_up | _may_be_net(issued, ours, rows), is_partial


def _may_be_net(issued: Issued, ours: Mapping[str, Fen], rows: int) -> Mask:
    """Rows of which no line agrees, and several differ: they may all be without one tax."""
    agrees, differing = np.zeros(rows, dtype=np.bool_), none(rows)
    for code, fen in ours.items():
        amount = issued.amounts[code]
        agrees |= (amount != 0) & (amount == fen)
        differing += (amount != 0) & (amount != fen)
    return ~agrees & (differing > 1)


def told_together(
    structure: Structure, rows: Fen, issued: Issued, ours: Recomputed, bill: IssuedBill, sets_max: int
) -> list[Told] | None:
    """What is told of rows that print the same codes; None where they have to be diagnosed one by one.

    Args:
        structure: of the bills.
        rows: their places in it.
        issued: what they were issued.
        ours: the first of them, as it should be.
        bill: the first of them, as it was issued.
        sets_max: how many sets of causes are computed for a bill at most.
    """
    comparison = compare(ours.bill, bill)
    if hindrances_of(comparison, ours.catalog) or not _is_regular(comparison, ours):
        return None
    try:
        cells = Cells(comparison)
        recomputed = ours.situation(cells).recomputed
    except NotFen:
        return None
    codes = [code for code in issued.codes if issued.has[code][0]]
    block = Block(cells, _by_cell(cells, codes, issued), structure.of_rows(rows))
    request = structure.request
    situation = Situation(canonical(request), request, ours.tariffs, ours.bill, cells, recomputed)
    places = [each for cause in CAUSES for each in cause.places(situation)]
    found = search(block, structure.words(situation), places, sizes_max=SIZES_MAX, sets_max=sets_max)
    answers = _Answers(block, structure, rows)
    return [answers.told(place, each) for place, each in enumerate(found)]


def _is_regular(comparison: Comparison, ours: Recomputed) -> bool:
    """Whether which line is which depends on no amount."""
    known = known_codes(comparison, ours.catalog)
    return all(known.issuperset(line.codes) for line in comparison.issued.lines) and all(
        entry.unmapped is None and len(entry.rows) < 2 and entry.matching is not Matching.ELSEWHERE
        for entry in comparison.entries
    )


def _by_cell(cells: Cells, codes: Sequence[str], issued: Issued) -> Amounts:
    if not codes:
        return {Cell("total"): issued.amounts[TOTAL]}
    nothing = none(len(issued.rest))
    found = {
        cell: sum((issued.amounts[codes[row]] for row in cells.rows.get(cell, ())), nothing) for cell in cells.issued
    }
    return {**found, NOT_PRINTED: issued.rest} if NOT_PRINTED in cells.issued else found


class _Answers:
    """The money of what was found, by bill.

    Args:
        block: the bills.
        structure: theirs.
        rows: their places in it.
    """

    def __init__(self, block: Block, structure: Structure, rows: Fen) -> None:
        self._block = block
        self._structure = structure
        self._rows = rows
        self._totals: dict[Instance, tuple[list[int], list[bool]]] = {}
        self._issued, self._ours = (_sums(each, block.rows) for each in (block.issued, block.recomputed))

    def told(self, bill: int, found: Found) -> Told:
        """What is told of a bill."""
        sets = found.proved or found.part
        is_proved = bool(found.proved)
        answers = [each for causes in ranked(sets) if (each := self._answer(bill, causes, is_proved=is_proved))]
        status = Status.UNEXPLAINED if not answers else Status.PROVED if found.proved else Status.PART
        return Told(status, tuple(answers), self._issued[bill] - self._ours[bill], found.is_complete)

    def _answer(self, bill: int, causes: Causes, *, is_proved: bool) -> Answer | None:
        members = sorted(causes, key=lambda each: each.key)
        whole = tuple(range(len(members)))
        under: dict[tuple[int, ...], int] = {(): self._ours[bill]}
        for size in range(1, len(members) + 1):
            for chosen in combinations(whole, size):
                total = self._issued[bill] if is_proved and chosen == whole else self._total(bill, members, chosen)
                if total is None:
                    return None
                under[chosen] = total
        effects = {chosen: total - under[()] for chosen, total in under.items() if chosen}
        parts: dict[tuple[int, ...], int] = {(place,): effects[place,] for place in whole}
        if len(members) == SIZES_MAX:
            parts[whole] = effects[whole] - sum(parts.values())
        told = tuple(self._structure.told(each, int(self._rows[bill])) for each in members)
        return Answer(told, shapley(len(members), parts), self._issued[bill] - under[whole])

    def _total(self, bill: int, members: Sequence[Instance], chosen: tuple[int, ...]) -> int | None:
        [place] = chosen
        cause = members[place]
        if cause.is_number:
            money = self._block.money((cause,), bill)
            return None if money is None else sum(money.values())
        if cause not in self._totals:
            made = self._block.priced((cause,))
            self._totals[cause] = _sums(made.amounts, self._block.rows), made.refused.tolist()
        totals, refused = self._totals[cause]
        return None if refused[bill] else totals[bill]


def _sums(amounts: Amounts, rows: int) -> list[int]:
    total: list[int] = sum(amounts.values(), none(rows)).tolist()
    return total
