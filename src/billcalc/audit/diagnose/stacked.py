"""What causes make of many bills of one structure at once: variants are stacked as rows of columns.

A cause of words, rules or documents is the same for every bill, so the plan under it is made once; wrong numbers are
rows with another number in one place. One bill with all the numbers that it may have wrong is a stack of rows as well
as a hundred thousand bills with one: the rules are one text over values, and every row is what it is alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from billcalc.audit.diagnose.cause import Instance, Path, pointer_of
from billcalc.audit.diagnose.cells import Cell, Cells
from billcalc.audit.diagnose.pricing import Repricing, is_replaced
from billcalc.audit.diagnose.remembered import NotingArithmetic, Remembered
from billcalc.billing.evaluate import evaluate
from billcalc.billing.line_name import LineName
from billcalc.bulk.column import Column
from billcalc.kernel.decimals import decimal_text, last_digit_of
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import LAST_DIGIT, Slot
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.kernel.values import Value
from billcalc.vocabulary import Band

__all__ = [
    *("Amounts", "Assigned", "Bills", "Fen", "Lines", "Mask", "Priced", "Rows", "Stacked"),
    *("assigned_of", "column_of", "fen_of_rows", "number_at"),
]

Fen = NDArray[np.int64]
"""A number for each row: money [fen], or the place of a bill."""
Mask = NDArray[np.bool_]
Amounts = Mapping[Cell, Fen]
"""The amounts of rows by cell [fen]; what is not in it is 0."""

_FEN_PLACES, _FEN_MAX = 2, 10**15
_ROWS_MAX = 4
"""Of how many sets of rows the parts of bills are kept."""
_UNLIKE_ANY = Decimal("7919.7919")
"""Stands in a plan for every number that no other term of an agreement is."""


@dataclass(frozen=True, slots=True)
class Bills:
    """The bills of one structure.

    Attributes:
        rows: how many there are.
        columns: their own numbers, by pointer.
        texts: how each is written, by pointer and row.
        stand_ins: the numbers that stand for them in the request of the structure, with the pointers, and how often a
            cause may have taken the number.
        missing: of causes that are not there for every bill, for which they are not.
    """

    rows: int = 1
    columns: Mapping[str, Column] = field(default_factory=dict)
    texts: Mapping[str, Callable[[int], str]] = field(default_factory=dict)
    stand_ins: Mapping[Decimal, tuple[str, int]] = field(default_factory=dict)
    missing: Mapping[Instance, Mask] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assigned:
    """Other numbers in one place of some rows.

    Attributes:
        rows: which.
        numbers: of each of them.
    """

    path: Path
    rows: Fen
    numbers: Column


@dataclass(frozen=True, slots=True)
class Priced:
    """What rows are billed.

    Attributes:
        refused: which cannot be billed so; their amounts say nothing.
    """

    amounts: Amounts
    refused: Mask

    def of(self, rows: Fen) -> "Priced":
        """Some rows."""
        return Priced({cell: fen[rows] for cell, fen in self.amounts.items()}, self.refused[rows])


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of rows.

    Attributes:
        lines: each with its amounts [fen].
        refused: which rows cannot be billed so.
    """

    lines: tuple[tuple[LineName, Band | None, Fen], ...]
    refused: Mask


def column_of(numbers: Sequence[Decimal]) -> Column:
    """Numbers as a column."""
    places = max((-int(each.as_tuple().exponent) for each in numbers), default=0)
    scale = max(0, places)
    return Column.of(np.array([int(each.scaleb(scale)) for each in numbers], dtype=np.int64), scale)


class Stacked:
    """The amounts of bills under causes.

    Args:
        repricing: of a request of their structure.
        bills: their numbers.
    """

    def __init__(self, repricing: Repricing, bills: Bills) -> None:
        self.bills = bills
        self.repricing = repricing
        self._known: dict[tuple[Instance, ...], Lines] = {}
        self._every = Rows(bills, None)
        self._rows: dict[bytes, Rows] = {}

    def priced(
        self, cells: Cells, causes: Iterable[Instance] = (), at: Fen | None = None, numbers: Sequence[Assigned] = ()
    ) -> Priced:
        """What rows are billed.

        Args:
            cells: of what the amounts are.
            causes: of words, rules and documents, the same in every row.
            at: which bill each row is of; by default each bill is a row.
            numbers: the wrong numbers of rows.
        """
        ordered = _ordered(causes)
        rows = self.bills.rows if at is None else len(at)
        if numbers:
            bills = np.arange(rows) if at is None else at
            return self._without(ordered, self._with_numbers(cells, ordered, bills, numbers), bills)
        if at is not None and len(ordered) > 1 and self.bills.rows > 1:  # a set of some rows alone comes once
            fewer = self._alike(ordered)
            found = _by_cell(cells, self._lines(ordered, at, ()) if fewer is None else self.lines((fewer,)))
            return self._without(ordered, found if fewer is None else found.of(at), at)
        made = self._without(ordered, _by_cell(cells, self.lines(ordered)), None)
        return made if at is None else made.of(at)

    def lines(self, causes: Iterable[Instance] = ()) -> Lines:
        """The lines of all bills under causes."""
        ordered = _ordered(causes)
        if ordered not in self._known:
            self._known[ordered] = self._lines(ordered, None, ())
        return self._known[ordered]

    def _alike(self, causes: tuple[Instance, ...]) -> Instance | None:
        """The one of some causes that has their plan alone: the others change nothing beside it."""
        for each in causes:
            try:
                if self.repricing.planned(causes) == self.repricing.planned((each,)):
                    return each
            except (InvalidInput, Refused):
                return None
        return None

    def _without(self, causes: tuple[Instance, ...], made: Priced, at: Fen | None) -> Priced:
        """Amounts, refused where one of the causes is not there."""
        for each in causes:
            if each in self.bills.missing:
                missing = self.bills.missing[each]
                made = Priced(made.amounts, made.refused | (missing if at is None else missing[at]))
        return made

    def _with_numbers(self, cells: Cells, causes: tuple[Instance, ...], at: Fen, numbers: Sequence[Assigned]) -> Priced:
        try:
            planned = self.repricing.planned(causes)
        except (InvalidInput, Refused):
            return Priced({}, np.ones(len(at), dtype=np.bool_))
        if len(planned) > 1 or any(is_replaced(each.path, causes) for each in numbers):
            return self._one_by_one(cells, causes, at, numbers)
        amounts: dict[Cell, Fen] = {}
        refused = np.zeros(len(at), dtype=np.bool_)
        for terms, rows in self._by_terms(numbers, len(at)).items():
            made = self._lines(causes, at[rows], assigned_of(numbers, rows, len(at)), terms)
            priced = _by_cell(cells, made)
            refused[rows] = priced.refused
            for cell, fen in priced.amounts.items():
                amounts.setdefault(cell, np.zeros(len(at), dtype=np.int64))[rows] = fen
        return Priced(amounts, refused)

    def _by_terms(self, numbers: Sequence[Assigned], rows: int) -> Mapping[tuple[tuple[Path, str], ...], Fen]:
        """The rows by what a plan knows of their numbers: to which other terms of the agreement they are equal."""
        terms = [(each, like) for each in numbers if (like := self.repricing.terms_like(each.path))]
        if not terms:
            return {(): np.arange(rows)}
        found: list[list[tuple[Path, str]]] = [[] for _ in range(rows)]
        for each, others in terms:
            for place, row in enumerate(each.rows):
                number = number_at(each.numbers, place)
                found[row].append((each.path, decimal_text(number if number in others else _UNLIKE_ANY)))
        alike: dict[tuple[tuple[Path, str], ...], list[int]] = {}
        for row, told in enumerate(found):
            alike.setdefault(tuple(told), []).append(row)
        return {told: np.array(each, dtype=np.int64) for told, each in alike.items()}

    def _lines(
        self,
        causes: tuple[Instance, ...],
        at: Fen | None,
        numbers: Sequence[Assigned],
        terms: tuple[tuple[Path, str], ...] = (),
    ) -> Lines:
        rows = self.bills.rows if at is None else len(at)
        refused = np.zeros(rows, dtype=np.bool_)
        try:
            planned = self.repricing.planned(causes, terms)
        except (InvalidInput, Refused):
            return Lines((), ~refused)
        found: list[tuple[LineName, Band | None, Fen]] = []
        same = Rows(self.bills, at) if numbers else self._same_rows(at)
        for plan, inputs in planned:
            arithmetic = NotingArithmetic(same.columns(inputs, numbers), rows)
            for line in evaluate(plan, arithmetic, same.parts).lines:
                fen, unfit = fen_of_rows(line.amount, rows)
                found.append((line.name, line.band, fen))
                refused |= unfit
            for rejection in arithmetic.rejections:
                refused |= rejection.rows
        return Lines(tuple(found), refused)

    def _same_rows(self, at: Fen | None) -> "Rows":
        """Some rows, of which some are kept: sets of causes are often tried on the same ones."""
        if at is None:
            return self._every
        key = at.tobytes()
        if key not in self._rows:
            if len(self._rows) >= _ROWS_MAX:
                del self._rows[next(iter(self._rows))]
            self._rows[key] = Rows(self.bills, at)
        return self._rows[key]

    def columns(self, inputs: Mapping[Slot, Input]) -> dict[Slot, Column]:
        """The inputs of a plan for all bills."""
        return self._every.columns(inputs, ())

    def _one_by_one(self, cells: Cells, causes: tuple[Instance, ...], at: Fen, numbers: Sequence[Assigned]) -> Priced:
        """Rows whose numbers decide over the plan, or stand in what a cause replaces, each with a plan of its own."""
        amounts: dict[Cell, Fen] = {}
        refused = np.zeros(len(at), dtype=np.bool_)
        told: dict[int, list[tuple[Path, str]]] = {row: [] for row in range(len(at))}
        for each in numbers:
            for place, row in enumerate(each.rows):
                told[int(row)].append((each.path, decimal_text(number_at(each.numbers, place))))
        for row, assigned in told.items():
            made = self.repricing.amounts(causes, assigned)
            refused[row] = made is None
            for cell, fen in () if made is None else cells.of(made).items():
                amounts.setdefault(cell, np.zeros(len(at), dtype=np.int64))[row] = fen
        return Priced(amounts, refused)


class Rows:
    """Some rows: their numbers, and the parts of their bills.

    Args:
        bills: all of them.
        at: which bill each row is of; None where each bill is a row.

    Attributes:
        parts: of their bills, made once.
    """

    def __init__(self, bills: Bills, at: Fen | None) -> None:
        self.parts = Remembered()
        self._bills = bills
        self._at = at
        self._columns: dict[tuple[str, int], Column] = {}

    def columns(self, inputs: Mapping[Slot, Input], numbers: Sequence[Assigned]) -> dict[Slot, Column]:
        """The inputs of a plan, with wrong numbers."""
        told: dict[str, list[Assigned]] = {}
        for each in numbers:
            told.setdefault(pointer_of(each.path), []).append(each)
        return {slot: self._column(slot, entry, told.get(slot.where, ())) for slot, entry in inputs.items()}

    def _column(self, slot: Slot, entry: Input, numbers: Sequence[Assigned]) -> Column:
        column = self._stated(*self._bills.stand_ins.get(entry.number, ("", 0)), entry.number)
        for each in numbers:
            assert self._at is not None, "who assigns numbers tells the rows"
            put = _last_digits(each) if slot.use == LAST_DIGIT else each.numbers
            column = _put(column, each.rows, put, len(self._at))
        return column

    def _stated(self, where: str, times: int, number: Decimal) -> Column:
        """The numbers that one stands for; one column of each."""
        if not where:
            return Column.constant(number)
        if (where, times) not in self._columns:
            column = self._bills.columns[where] * times
            self._columns[where, times] = column if self._at is None else column.of_rows(self._at)
        return self._columns[where, times]


def _ordered(causes: Iterable[Instance]) -> tuple[Instance, ...]:
    return tuple(sorted(causes, key=lambda each: each.key))


def assigned_of(numbers: Iterable[Assigned], rows: Fen, length: int) -> list[Assigned]:
    """The wrong numbers of some of so many rows, in their order."""
    found = []
    for each in numbers:
        place = np.full(length, -1, dtype=np.int64)
        place[each.rows] = np.arange(len(each.rows))
        chosen = place[rows]
        there = np.flatnonzero(chosen >= 0)
        found.append(Assigned(each.path, there, each.numbers.of_rows(chosen[there])))
    return found


def _put(column: Column, rows: Fen, numbers: Column, length: int) -> Column:
    """A column with other numbers in some rows."""
    scale = max(column.scale, numbers.scale)
    here, there = (each.numbers * 10 ** (scale - each.scale) for each in (column, numbers))
    made = np.array(np.broadcast_to(here, (length,)), dtype=np.result_type(here, there))
    made[rows] = there
    return Column.of(made, scale)


def number_at(column: Column, row: int) -> Decimal:
    """The number of one row."""
    integer = int(column.integer if column.is_constant else column.numbers[row])
    return Decimal(integer).scaleb(-column.scale)


def _last_digits(assigned: Assigned) -> Column:
    return column_of([last_digit_of(number_at(assigned.numbers, place)) for place in range(len(assigned.rows))])


def _by_cell(cells: Cells, lines: Lines) -> Priced:
    found: dict[Cell, Fen] = {}
    for name, band, fen in lines.lines:
        for cell in cells.places(name, band):
            found[cell] = found[cell] + fen if cell in found else fen
    return Priced(found, lines.refused)


def fen_of_rows(amount: Value, rows: int) -> tuple[Fen, Mask]:
    """Amounts in whole fen, and those that are finer, or more than whole numbers of 64 bits are for."""
    assert isinstance(amount, Column), "a stack computes columns"
    numbers, finer = np.broadcast_to(amount.numbers, (rows,)), _FEN_PLACES - amount.scale
    if finer >= 0 and max(-amount.low, amount.high) * 10**finer <= _FEN_MAX:
        scaled = numbers * 10**finer if finer else numbers
        return np.asarray(scaled, dtype=np.int64), np.zeros(rows, dtype=np.bool_)
    if amount.scale > _FEN_PLACES:
        step = 10 ** (amount.scale - _FEN_PLACES)
        numbers, rest = numbers // step, numbers % step
        unfit = np.array(rest != 0, dtype=np.bool_)
    else:
        numbers, unfit = numbers * 10 ** (_FEN_PLACES - amount.scale), np.zeros(rows, dtype=np.bool_)
    unfit |= np.array((numbers > _FEN_MAX) | (numbers < -_FEN_MAX), dtype=np.bool_)
    return np.where(unfit, 0, numbers).astype(np.int64), unfit
