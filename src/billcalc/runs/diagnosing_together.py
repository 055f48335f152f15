"""Issued bills of one structure diagnosed together: what each of them is told alone, computed in columns.

Bills that print the same codes are one block. What of a comparison depends on a bill's own amounts, whether it adds up,
whether its lines are without a tax, is looked at first: such bills are diagnosed one by one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from billcalc.audit.comparing import compare
from billcalc.audit.comparison import Comparison, Matching
from billcalc.audit.diagnose.block import Block, none
from billcalc.audit.diagnose.cause import Instance, Path, Situation
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import NOT_PRINTED, Cell, Cells, NotFen
from billcalc.audit.diagnose.diagnosis import Recomputed, Status, canonical, hindrances_of, known_codes, ranked
from billcalc.audit.diagnose.money import shapley
from billcalc.audit.diagnose.search import Causes, Found, search
from billcalc.audit.diagnose.stacked import Amounts, Assigned, Fen, Mask, Stacked, column_of
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
    for name, _, fen in stacked.lines().lines:
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
    return _Answers(block, structure, rows, found).told()


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
    """The money of what was found, by bill; what is needed of causes alone is computed for all bills at once.

    Args:
        block: the bills.
        structure: theirs.
        rows: their places in it.
        found: what was found of each.
    """

    def __init__(self, block: Block, structure: Structure, rows: Fen, found: Sequence[Found]) -> None:
        self._structure = structure
        self._rows: list[int] = rows.tolist()
        self._found = found
        self._issued, self._ours = (_sums(each, block.rows) for each in (block.issued, block.recomputed))
        self._sets = [ranked(each.proved or each.part) for each in found]
        alone = [
            (bill, cause)
            for bill, sets in enumerate(self._sets)
            for causes in sets
            if len(causes) > 1 or not found[bill].proved
            for cause in causes
        ]
        words = dict.fromkeys(cause for _, cause in alone if not cause.is_number)
        made = {cause: block.priced((cause,)) for cause in words}
        self._words = {cause: (_sums(each.amounts, block.rows), each.refused.tolist()) for cause, each in made.items()}
        self._numbers = _numbers_alone(block, dict.fromkeys(each for each in alone if each[1].is_number))

    def told(self) -> list[Told]:
        """What is told of each bill."""
        return [self._of_bill(bill, found) for bill, found in enumerate(self._found)]

    def _of_bill(self, bill: int, found: Found) -> Told:
        is_proved = bool(found.proved)
        told = (self._answer(bill, causes, is_proved=is_proved) for causes in self._sets[bill])
        answers = tuple(each for each in told if each is not None)
        status = Status.UNEXPLAINED if not answers else Status.PROVED if is_proved else Status.PART
        return Told(status, answers, self._issued[bill] - self._ours[bill], found.is_complete)

    def _answer(self, bill: int, causes: Causes, *, is_proved: bool) -> Answer | None:
        members = list(causes) if len(causes) == 1 else sorted(causes, key=lambda each: each.key)
        ours = self._ours[bill]
        told = tuple(self._structure.told(each, self._rows[bill]) for each in members)
        apart = self._issued[bill] - ours
        if is_proved and len(members) == 1:
            return Answer(told, (apart,), (apart,), 0)
        totals = [self._alone(bill, each) for each in members]
        if any(each is None for each in totals):
            return None
        effects = [each - ours for each in totals if each is not None]
        if not is_proved:
            return Answer(told, tuple(effects), tuple(effects), apart - sum(effects))
        parts: dict[tuple[int, ...], int] = {(place,): effect for place, effect in enumerate(effects)}
        parts[0, 1] = apart - sum(effects)
        return Answer(told, shapley(len(members), parts), tuple(effects), 0)

    def _alone(self, bill: int, cause: Instance) -> int | None:
        """The total of a bill under one cause; None where it cannot be billed so."""
        if cause.is_number:
            return self._numbers[bill, cause]
        totals, refused = self._words[cause]
        return None if refused[bill] else totals[bill]


def _numbers_alone(block: Block, wanted: Collection[tuple[int, Instance]]) -> dict[tuple[int, Instance], int | None]:
    """The totals of bills with one wrong number each."""
    bills = np.array([bill for bill, _ in wanted], dtype=np.int64)
    stand: dict[Path, list[tuple[int, Decimal]]] = {}
    for row, (_, cause) in enumerate(wanted):
        [(path, value)] = cause.edit.assigned
        stand.setdefault(path, []).append((row, Decimal(value)))
    numbers = [
        Assigned(path, np.array([row for row, _ in each]), column_of([number for _, number in each]))
        for path, each in stand.items()
    ]
    if not numbers:
        return {}
    made = block.priced((), bills, numbers)
    totals = zip(_sums(made.amounts, len(bills)), made.refused.tolist(), strict=True)
    return {each: None if refused else total for each, (total, refused) in zip(wanted, totals, strict=True)}


def _sums(amounts: Amounts, rows: int) -> list[int]:
    total: list[int] = sum(amounts.values(), none(rows)).tolist()
    return total
