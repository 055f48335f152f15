"""Wrong numbers found from their effect: those of a list that make nearly what was issued, of many bills at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from billcalc.audit.diagnose.block import Block, less, none
from billcalc.audit.diagnose.cause import Instance, Place, Stage
from billcalc.audit.diagnose.cells import Cell
from billcalc.audit.diagnose.stacked import Amounts, Assigned, Fen, Mask, Priced, assigned_of, column_of
from billcalc.bulk.column import Column
from billcalc.vocabulary import Section

__all__ = ["Foretold", "Numbers", "Probed", "Under", "bounds", "is_near", "lines_of", "numbers_of", "probes"]

_NEAR_FEN = 200
"""How far from the foretold an amount may be [fen]: energies and capacities are rounded on the way."""
_NEAR_SHARE, _NEAR_SHARE_BESIDE = 3, 8
"""What is made of other amounts may be off by this part of its difference: the ratio of an adjustment goes by steps."""
_BY_THRESHOLDS = frozenset((Section.NETWORK_CAPACITY.value, Section.CATALOGUE.value))
"""The sections in which energy may pass a threshold: they say nothing of how far a number is off."""
_LARGEST = 2**62
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Under:
    """Rows under a cause that is there already, or under none.

    Attributes:
        bills: of each row.
        amounts: what the rows are billed so.
        causes: of words, rules and documents.
        numbers: and wrong numbers.
    """

    bills: Fen
    amounts: Amounts
    causes: tuple[Instance, ...] = ()
    numbers: tuple[Assigned, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether no cause is there yet."""
        return not self.causes and not self.numbers

    def assigned(self, rows: Fen) -> list[Assigned]:
        """The wrong numbers of some rows, in their order."""
        return assigned_of(self.numbers, rows, len(self.bills))


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
    numbers: Sequence[Decimal]
    priced: Priced

    def of(self, chosen: Fen) -> "Numbers":
        """Some of them."""
        numbers = [self.numbers[int(each)] for each in chosen]
        return Numbers(self.rows[chosen], self.bills[chosen], self.places[chosen], numbers, self.priced.of(chosen))

    def assigned(self, places: Sequence[Place]) -> list[Assigned]:
        """The numbers where they stand, each in its own row."""
        found = []
        for place in np.unique(self.places):
            here = np.flatnonzero(self.places == place)
            found.append(Assigned(places[place].path, here, column_of([self.numbers[int(row)] for row in here])))
        return found


_Found = Iterator[tuple[int, int, Decimal]]
"""Of each number its row, its place and itself."""


def numbers_of(
    block: Block,
    places: Sequence[Place],
    under: Under,
    may_be: Callable[[int, Place], Mask],
    options: Callable[[int, int], Sequence[Decimal] | None] = lambda number, bill: None,
) -> Numbers:
    """The numbers that may make what was issued, tried.

    Of the places in which the amounts are a straight line in the number, those under which what differs is nearly made;
    of the others, all.

    Args:
        block: the bills.
        places: where numbers may be wrong.
        under: what is there already.
        may_be: the rows in which a place, by its number, is looked at.
        options: all that may be in a place of a bill, where that is known; else None.
    """
    left = block.left(under.amounts, under.bills)
    foretold: dict[int, Fen] = {}
    tried: dict[int, Fen] = {}
    for number, place in enumerate(places):
        rows = may_be(number, place) & _reached(place, left, under)
        chosen = np.flatnonzero(rows)
        foretold[number], tried[number] = (chosen, none(0)) if place.is_straight else (none(0), chosen)
    found = [*_foretold(block, places, under, foretold), *_all_of(block, places, under, tried, options)]
    at, stand = (np.array([each[part] for each in found], dtype=np.int64) for part in (0, 1))
    numbers, bills = [each[2] for each in found], under.bills[at]
    tries = Numbers(at, bills, stand, numbers, Priced({}, np.zeros(0, dtype=np.bool_)))
    if not found:
        return tries
    return replace(tries, priced=block.priced(under.causes, bills, [*under.assigned(at), *tries.assigned(places)]))


def is_near(block: Block, tried: Numbers) -> Mask:
    """Which numbers, tried alone, make some cell nearly what was issued."""
    found = np.zeros(len(tried.rows), dtype=np.bool_)
    recomputed = {cell: fen[tried.bills] for cell, fen in block.recomputed.items()}
    before, effect = block.left(recomputed, tried.bills), less(tried.priced.amounts, recomputed, len(tried.rows))
    for cell, left in block.left(tried.priced.amounts, tried.bills).items():
        off = before.get(cell, none(len(tried.rows)))
        near = np.maximum(_NEAR_FEN, np.abs(off) // _NEAR_SHARE) if cell.follows else _NEAR_FEN
        found |= (off != 0) & (effect.get(cell, none(len(tried.rows))) != 0) & (np.abs(left) <= near)
    return found & ~tried.priced.refused


def _reached(place: Place, left: Amounts, under: Under) -> Mask:
    """The rows in which a place can move what differs: all of it where another cause is there already."""
    some = np.zeros(len(next(iter(left.values()))), dtype=np.bool_)
    beyond = some.copy()
    for cell, apart in left.items():
        if not place.reach.has(cell):
            if not (place.is_straight and any(_decides_energy(each, cell) for each in under.causes)):
                beyond |= apart != 0
        elif not cell.follows or not cell.section or place.reach.sections == frozenset():
            some |= apart != 0
    return some if under.is_alone else ~beyond


def _decides_energy(cause: Instance, cell: Cell) -> bool:
    """Whether a cause decides of which registers the energy of a cell is: a wrong one may then show there."""
    return cause.stage in (Stage.LOSSES, Stage.FACTS) and cause.reach.has(cell)


def _all_of(
    block: Block,
    places: Sequence[Place],
    under: Under,
    wanted: Mapping[int, Fen],
    options: Callable[[int, int], Sequence[Decimal] | None],
) -> _Found:
    """Every number of a place, where the amounts go by steps."""
    for number, rows in wanted.items():
        for row in rows:
            bill = int(under.bills[row])
            told = options(number, bill)
            every = places[number].mistaken(block.text(places[number], bill)).numbers if told is None else told
            yield from ((int(row), number, each) for each in every)


def _foretold(block: Block, places: Sequence[Place], under: Under, wanted: Mapping[int, Fen]) -> _Found:
    """The numbers under which what differs is nearly made, as another number in the place foretells."""
    for probed in probes(block, places, under, wanted):
        yield from _all_of(block, places, under, {probed.number: probed.untold}, lambda number, bill: None)
        for at, between in _ways(probed, is_alone=under.is_alone):
            text = block.text(places[probed.number], int(under.bills[probed.rows[at]]))
            mistaken = places[probed.number].mistaken(text)
            found = {each for low, high in between for each in mistaken.within(low, high, probed.scale)}
            yield from ((int(probed.rows[at]), probed.number, each) for each in sorted(found))


@dataclass(frozen=True, slots=True)
class Probed:
    """What another number in a place makes of some rows.

    Attributes:
        number: of the place.
        rows: those that can be billed so.
        untold: those that cannot.
        apart: what differs before.
        effects: what the other number makes.
        run: from the stated number to it [10^-scale].
    """

    number: int
    rows: Fen
    untold: Fen
    apart: Amounts
    effects: Amounts
    run: Fen
    scale: int


def probes(block: Block, places: Sequence[Place], under: Under, wanted: Mapping[int, Fen]) -> Iterator[Probed]:
    """Another number in each place, tried on the rows wanted of it."""
    rows = np.concatenate([none(0), *wanted.values()])
    if not len(rows):
        return
    left = block.left(under.amounts, under.bills)
    ends = np.cumsum([len(each) for each in wanted.values()])
    starts = (int(end) - len(chosen) for chosen, end in zip(wanted.values(), ends, strict=True))
    pieces = [(*each, start) for each, start in zip(wanted.items(), starts, strict=True) if len(each[1])]
    numbers = {number: _probe(block, places[number], under.bills[chosen]) for number, chosen, _ in pieces}
    assigned = [
        Assigned(places[number].path, np.arange(start, start + len(chosen)), numbers[number][1])
        for number, chosen, start in pieces
    ]
    made = block.priced(under.causes, under.bills[rows], [*under.assigned(rows), *assigned])
    effects = less(made.amounts, {cell: fen[rows] for cell, fen in under.amounts.items()}, len(rows))
    for number, chosen, start in pieces:
        fit = np.flatnonzero(~made.refused[start : start + len(chosen)])
        stated, probe = numbers[number]
        run = (probe - stated).of_rows(fit)
        yield Probed(
            number=number,
            rows=chosen[fit],
            untold=np.delete(chosen, fit),
            apart={cell: fen[chosen[fit]] for cell, fen in left.items()},
            effects={cell: effects[cell][start + fit] if cell in effects else none(len(fit)) for cell in left},
            run=np.broadcast_to(run.numbers, (len(fit),)),
            scale=run.scale,
        )


def _probe(block: Block, place: Place, bills: Fen) -> tuple[Column, Column]:
    """The number in a place, and another one that can be billed: half way to another reading, else about twice it."""
    stated = block.stated(place.path, place.right, bills)
    if place.neighbour is None:
        return stated, stated * 2 + 1
    path, right = place.neighbour
    other = block.stated(path, right, bills)
    is_other = (other - stated).maximum(stated - other) > 0
    return stated, is_other.choose((stated + other) * _HALF, stated + 1)


def _ways(probed: Probed, *, is_alone: bool) -> Iterator[tuple[int, Sequence[tuple[int, int]]]]:
    """How far from the stated number the wrong one may be, in the steps of a run: rows with their bounds.

    Alone it must explain some cell, and change no line that is right; beside another cause all lines that it moves.
    """
    foretold = lines_of(probed, lambda cell: not is_alone)
    possible, between = foretold.possible & (foretold.low <= foretold.high), list[tuple[Fen, Fen, Mask]]()
    for cell, off in probed.apart.items():
        effect = probed.effects[cell]
        if is_alone and not cell.follows and cell.section not in _BY_THRESHOLDS:
            possible = possible & ((off != 0) | (effect == 0))
        if is_alone or cell.follows or cell.section in _BY_THRESHOLDS:
            share = _NEAR_SHARE if is_alone else _NEAR_SHARE_BESIDE
            near = np.maximum(_NEAR_FEN, np.abs(off) // share) if cell.follows else np.full(len(off), _NEAR_FEN)
            low, high = bounds(off, effect, near, probed.run, grows=not cell.follows)
            between.append((low, high, (effect != 0) & (off != 0)))
    for row in np.flatnonzero(possible):
        if foretold.told[row]:
            yield int(row), [(int(foretold.low[row]), int(foretold.high[row]))]
        else:
            yield int(row), [(int(low[row]), int(high[row])) for low, high, says in between if says[row]]


@dataclass(frozen=True, slots=True)
class Foretold:
    """What the lines of rows say of a wrong number: between which ways it is, if they tell, and whether it can be."""

    low: Fen
    high: Fen
    told: Mask
    possible: Mask


def lines_of(probed: Probed, is_looked_at: Callable[[Cell], bool]) -> Foretold:
    """What all lines that are looked at say together; those that follow, or go by thresholds, say nothing."""
    rows = len(probed.rows)
    low, high = np.full(rows, -_LARGEST), np.full(rows, _LARGEST)
    told, possible = np.zeros(rows, dtype=np.bool_), np.ones(rows, dtype=np.bool_)
    for cell, off in probed.apart.items():
        if not cell.follows and cell.section not in _BY_THRESHOLDS and is_looked_at(cell):
            effect = probed.effects[cell]
            possible &= (off == 0) | (effect != 0)
            least, most = bounds(off, effect, np.full(rows, _NEAR_FEN), probed.run, grows=True)
            told |= effect != 0
            low, high = np.maximum(low, least), np.minimum(high, most)
    return Foretold(low, high, told, possible)


def bounds(apart: Fen, effect: Fen, near: Fen, run: Fen, *, grows: bool) -> tuple[Fen, Fen]:
    """Between which ways effect · way ÷ run is within ``near`` of what differs; of an effect of nothing, anywhere.

    >>> [each.tolist() for each in bounds(*(np.array([each]) for each in (-3000, 1000, 200, 10)), grows=False)]
    [[-32], [-28]]

    Args:
        apart: what differs [fen].
        effect: what the run makes [fen].
        near: how far off it may be [fen].
        run: from the stated number to the one that was tried.
        grows: whether it may be as far off for every run.
    """
    sign = np.sign(effect) * np.sign(run)
    steep, off, length = np.abs(effect), apart * sign, np.abs(run)
    gentle, steeper = (steep - near, steep + near) if grows else (steep, steep)
    says = (gentle > 0) & (steep > 0)
    gentle, steeper = np.where(says, gentle, 1), np.where(says, steeper, 1)
    least, most = length * (off - near), length * (off + near)
    low = np.where(least >= 0, -(-least // steeper), -(-least // gentle))
    high = np.where(most >= 0, most // gentle, most // steeper)
    return np.where(says, low, -_LARGEST), np.where(says, high, _LARGEST)
