"""Cells: what the issued bill prints an amount of, and what of a recomputed bill is the same, in whole fen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from billcalc.audit.comparison import Comparison, Entry
from billcalc.audit.issued import IssuedBill, IssuedLine
from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.vocabulary import Band, Section

__all__ = [
    "AGAIN",
    "NOT_PRINTED",
    "Cell",
    "Cells",
    "Money",
    "NotFen",
    "Priced",
    "fen_of",
    "is_partial",
    "money_of",
    "summed",
]

_FEN_PLACES = 2

AGAIN = "+"
"""Ends the code of a line that is billed a second time: it is in the cell of the first. No code of ours has it."""


class NotFen(Exception):
    """An amount that is finer than the fen: nothing is told of such a bill."""


def fen_of(amount: Decimal) -> int:
    """An amount in whole fen.

    Raises:
        NotFen: where it is finer.
    """
    scaled = EXACT.scaleb(amount, _FEN_PLACES)
    if scaled != scaled.to_integral_value():
        raise NotFen
    return int(scaled)


def money_of(fen: int) -> Decimal:
    """Whole fen as an amount."""
    return Decimal(fen).scaleb(-_FEN_PLACES)


class Cell(NamedTuple):
    """What one amount is of. A bill of sums alone has its sums as cells.

    Attributes:
        section: empty of a sum of several.
        days: empty where the amount is of all days of its line.
        crosses: whether it is a printed sum that has some of what other cells have, and not all of it: it is compared,
            and its money is told in the others.
    """

    code: str
    group: str = ""
    band: str = ""
    days: str = ""
    section: str = ""
    crosses: bool = False

    @property
    def follows(self) -> bool:
        """Whether it is made of the amounts of others, or is a sum of sections."""
        return self.section in _FOLLOWING


_FOLLOWING = (Section.POWER_FACTOR.value, Section.MINIMUM.value, "")

Money = Mapping[Cell, int]
"""The amounts of cells [fen]; what is not in it is 0."""


def summed(money: Money) -> int:
    """All that cells have, each fen once [fen]: what a sum has that crosses others is in these.

    >>> summed({Cell("energy", section="energy"): 100, Cell("main", "main", crosses=True): 70})
    100
    """
    return sum(fen for cell, fen in money.items() if not cell.crosses)


NOT_PRINTED = Cell("not_printed")
"""All that a bill has in its total and prints no line of."""


class _Name(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def section(self) -> Section: ...
    @property
    def group(self) -> str: ...
    @property
    def span(self) -> object: ...


class Priced(NamedTuple):
    """A line of some recomputed bill."""

    name: _Name
    band: Band | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class _Sum:
    """A printed sum of a bill without lines; what it does not name does not restrict it."""

    cell: Cell
    fen: int
    sections: frozenset[Section] = frozenset()
    groups: frozenset[str] = frozenset()

    def has(self, name: _Name) -> bool:
        return (not self.sections or name.section in self.sections) and (not self.groups or name.group in self.groups)

    def is_within(self, other: "_Sum") -> bool:
        """Whether another sum has all that is in this one, and more."""
        own, whole = (self.sections, self.groups), (other.sections, other.groups)
        return own != whole and all(
            not every or bool(some and some <= every) for some, every in zip(own, whole, strict=True)
        )

    def crosses(self, other: "_Sum") -> bool:
        """Whether a line may be in both, and neither lies within the other."""
        pairs = ((self.sections, other.sections), (self.groups, other.groups))
        may_meet = all(not one or not another or bool(one & another) for one, another in pairs)
        return may_meet and not self.is_within(other) and not other.is_within(self)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a printed sum has beside those within it, so that no amount is told twice.

    Attributes:
        without: the sums within.
    """

    cell: Cell
    fen: int
    whole: _Sum
    without: tuple[_Sum, ...] = ()

    def has(self, name: _Name) -> bool:
        return self.whole.has(name) and not any(each.has(name) for each in self.without)


class Cells:
    """The cells of an issued bill: which amount of a recomputed line, under whatever causes, is compared with which.

    Args:
        comparison: the issued bill beside the recomputed one without any cause.

    Attributes:
        issued: the amount of each [fen].
        rows: the issued lines that are in each.

    Raises:
        NotFen: where an issued amount is finer than the fen.
    """

    def __init__(self, comparison: Comparison) -> None:
        self.issued: dict[Cell, int] = {}
        self.rows: dict[Cell, tuple[int, ...]] = {}
        self._sums: tuple[_Rest, ...] = ()
        self._places: dict[tuple[str, ...], Cell] = {}
        self._rest: Decimal | None = None
        if comparison.prints_sums_only:
            self._sums = tuple(_rests(tuple(_sums_of(comparison.issued)), comparison.bill.lines))
            self.issued = {each.cell: each.fen for each in self._sums}
            return
        self._rest = _rest_of(comparison)
        for entry in comparison.entries:
            if entry.issued or self._rest is None:
                self._add(entry)
        if self._rest is not None:
            self.issued[NOT_PRINTED] = fen_of(self._rest)

    def of(self, lines: Iterable[Priced]) -> Money:
        """The amounts of a recomputed bill by cell.

        Raises:
            NotFen: where an amount is finer than the fen.
        """
        found: dict[Cell, int] = {}
        for line in lines:
            amount = fen_of(line.amount)
            for cell in self.places(line.name, line.band):
                found[cell] = found.get(cell, 0) + amount
        return found

    def _add(self, entry: Entry) -> None:
        """The cell of an entry, and where lines like those in it are: by all of their name, then by less of it."""
        names = [_names(line, line.band) for line in entry.recomputed] or [
            _partial(code, line.group, line.one_band) for line in entry.issued for code in line.codes
        ]
        names += [_dated(line, entry) for line in entry.issued if line.span is not None]
        if not names:  # a printed 0.00 that is not told to be any line
            return
        (code, *_), *_ = names[0]
        lines = entry.recomputed or entry.issued
        groups = {line.group for line in lines if line.group is not None}
        bands = {line.band for line in lines if line.band not in (None, Band.TOTAL)}
        days = {str(line.span) for line in entry.issued if line.span is not None}
        sections = {entry.section} - {None} or {each for line in entry.issued for each in line.sections}
        section = _one(sections)
        cell = Cell(code, _one(groups), _one(bands), _one(days), section)
        if not entry.recomputed:
            cell = self._again(cell)
        elif cell in self.issued:  # lines of other days, which the issued bill does not tell
            days = {str(line.span) for line in entry.recomputed}
            cell = cell._replace(days=" + ".join(sorted(days)))
        self.issued[cell] = self.issued.get(cell, 0) + fen_of(entry.amount_issued)
        self.rows[cell] = (*self.rows.get(cell, ()), *entry.rows)
        for ways in names:
            for way in ways if self._rest is None else [way for way in ways if len(way) >= _told_of(cell)]:
                told = self._places.get(way, cell)
                self._places[way] = cell if told == cell else _SEVERAL

    def _again(self, cell: Cell) -> Cell:
        """Where a row stands that ours has no line beside: with the one that it may be again, or by itself."""
        may_be = [
            each for each in self.issued if all(part in ("", of) for part, of in zip(cell[:4], each[:4], strict=True))
        ]
        return may_be[0] if len(may_be) == 1 else cell

    def places(self, name: _Name, band: Band | None) -> Sequence[Cell]:
        """The cells that a recomputed line is in."""
        if self._sums:
            return [each.cell for each in self._sums if each.has(name)]
        for way in _names(name, band):
            if way in self._places and self._places[way] is not _SEVERAL:
                return [self._places[way]]
        if self._rest is not None:
            return [NOT_PRINTED]
        told = "" if band in (None, Band.TOTAL) else str(band)
        return [Cell(name.code.removesuffix(AGAIN), name.group, told, section=name.section.value)]


def _sums_of(issued: IssuedBill) -> Iterable[_Sum]:
    """The printed sums of a bill without lines; those of one name have a number behind it."""
    taken: dict[Cell, int] = {}
    for each in issued.subtotals:
        name = each.name or " + ".join([*(section.value for section in each.sections), *each.groups])
        section = each.sections[0].value if len(each.sections) == 1 else ""
        cell = Cell(name, " + ".join(each.groups), section=section)
        taken[cell] = number = taken.get(cell, 0) + 1
        cell = cell if number == 1 else cell._replace(code=f"{name} {number}")
        yield _Sum(cell, fen_of(each.amount), frozenset(each.sections), frozenset(each.groups))
    if issued.total is not None:
        yield _Sum(Cell("total"), fen_of(issued.total))


def _rests(sums: Sequence[_Sum], lines: Sequence[_Name]) -> Iterable[_Rest]:
    """Each sum without those within it; one that crosses others whole, and told to cross them."""
    once = _without_crossing(sums, lines)
    for each in sums:
        if each not in once:
            yield _Rest(each.cell._replace(crosses=True), each.fen, each)
            continue
        within = [other for other in once if other.is_within(each)]
        parts = tuple(other for other in within if not any(other.is_within(another) for another in within))
        cell = NOT_PRINTED if parts and not each.sections and not each.groups else each.cell
        yield _Rest(cell, each.fen - sum(part.fen for part in parts), each, parts)


def _without_crossing(sums: Iterable[_Sum], lines: Sequence[_Name]) -> Sequence[_Sum]:
    """Sums that have no line twice but where one lies within another: those by section first or those by group first.

    Those are taken that have more of our lines; where they have as many, those by section.
    """
    ordered = sorted(sums, key=_size)
    by_section = _uncrossed(sorted(ordered, key=lambda each: bool(each.groups)))
    by_group = _uncrossed(sorted(ordered, key=lambda each: bool(each.sections)))
    return max(by_section, by_group, key=lambda way: sum(any(each.has(line) for each in way) for line in lines))


def _uncrossed(sums: Iterable[_Sum]) -> Sequence[_Sum]:
    """Sums in their order, without those that cross one before them."""
    found: list[_Sum] = []
    for each in sums:
        if not any(each.crosses(other) for other in found):
            found.append(each)
    return found


def _size(each: _Sum) -> tuple[int, list[str], list[str], Cell]:
    """How much a sum has, and its name, so that the order of printing decides nothing."""
    return len(each.sections) + len(each.groups), sorted(each.sections), sorted(each.groups), each.cell


def _told_of(cell: Cell) -> int:
    """How much of a name a printed line has, where lines beside it may not be printed: code, group, band, days."""
    return 4 if cell.days else 3 if cell.band else 2 if cell.group else 1


def is_partial(comparison: Comparison) -> bool:
    """Whether an issued bill prints some of its lines alone, and a total of all of them."""
    return _rest_of(comparison) is not None


def _rest_of(comparison: Comparison) -> Decimal | None:
    """What the total of an issued bill has beside its lines, where ours has lines that it does not print."""
    total = comparison.issued.total
    if total is None or not any(entry.amount_recomputed for entry in comparison.entries if not entry.issued):
        return None
    return EXACT.subtract(total, exact_sum(line.amount for line in comparison.issued.lines)) or None


_SEVERAL = Cell("")
"""Where lines of one name are in several cells."""


def _one(names: Iterable[object]) -> str:
    told = {str(name) for name in names}
    return told.pop() if len(told) == 1 else ""


def _names(name: _Name, band: Band | None) -> list[tuple[str, ...]]:
    """What a line is called, from all of its name to its code alone."""
    told, code = "" if band is None or band is Band.TOTAL else band.value, name.code.removesuffix(AGAIN)
    return [(code, name.group, told, str(name.span)), (code, name.group, told), (code, name.group), (code,)]


def _dated(line: IssuedLine, entry: Entry) -> list[tuple[str, ...]]:
    """A printed line by its own days, which may be others than ours have."""
    band = "" if line.one_band is None else line.one_band.value
    codes = {ours.code: ours.group for ours in entry.recomputed} or dict.fromkeys(line.codes, line.group or "")
    return [(code, group, band, str(line.span)) for code, group in codes.items()]


def _partial(code: str, group: str | None, band: Band | None) -> list[tuple[str, ...]]:
    """The same of a printed line that we have not: of no group it is of any, and of no band of all."""
    if group is None:
        return [(code,)]
    return [(code, group, band.value)] if band is not None else [(code, group)]
