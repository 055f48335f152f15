"""Wrong numbers found from their effect: those of a list that make nearly what was issued, of many bills at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

import numpy as np

from billcalc.audit.diagnose.block import Block, less, none
from billcalc.audit.diagnose.cause import Instance, Path, Place, Reach, Stage
from billcalc.audit.diagnose.cells import Cell
from billcalc.audit.diagnose.mistaken import Options, Written
from billcalc.audit.diagnose.stacked import Amounts, Assigned, Fen, Mask, Priced, assigned_of
from billcalc.audit.diagnose.tried import Numbers, Tries, joined, together
from billcalc.bulk.column import Column
from billcalc.vocabulary import Section

__all__ = ["Foretold", "Probed", "Under", "bounds", "is_near", "lines_of", "numbers_of", "probes"]

_NEAR_FEN = 200
"""How far from the foretold an amount may be [fen]: energies and capacities are rounded on the way."""
_NEAR_SHARE, _NEAR_SHARE_BESIDE = 3, 8
"""What is made of other amounts may be off by this part of its difference: the ratio of an adjustment goes by steps."""
_BY_THRESHOLDS = frozenset((Section.NETWORK_CAPACITY.value, Section.CATALOGUE.value))
"""The sections in which energy may pass a threshold: they say nothing of how far a number is off."""
_LARGEST = 2**62
_SLICE = 1 << 17
"""How many numbers are tried at a time."""
_ROOM = 2
"""How many decimals less than this numbers may be made finer by, and still keep to 64 bits."""
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


def numbers_of(
    block: Block,
    places: Sequence[Place],
    under: Under,
    may_be: Callable[[int, Place], Mask],
    kept: Callable[[Numbers], Mask],
    options: Callable[[int, Fen], tuple[Mask, Tries]] | None = None,
) -> Numbers:
    """The numbers that may make what was issued, tried some at a time; those that are to be kept.

    Of the places in which the amounts are a straight line in the number, those under which what differs is nearly made;
    of the others, all.

    Args:
        block: the bills.
        places: where numbers may be wrong.
        under: what is there already.
        may_be: the rows in which a place, by its number, is looked at.
        kept: which of some numbers are kept: all together, with what they make, are too many for memory.
        options: of which of some bills it is known what may be in a place, and all of that, by its place among them.
    """
    left = block.left(under.amounts, under.bills)
    reached: dict[tuple[Reach, bool], Mask] = {}
    wanted: dict[int, Fen] = {}
    found: list[tuple[int, Tries]] = []
    for number, place in enumerate(places):
        kind = place.reach, place.is_straight
        if kind not in reached:
            reached[kind] = _reached(place, left, under)
        rows = np.flatnonzero(may_be(number, place) & reached[kind] & block.fits(place, under.bills))
        if not len(rows):
            continue
        if place.is_straight:
            wanted[number] = rows
        else:
            found.append(
                (number, _all_of(block, place, under, rows, None if options is None else partial(options, number)))
            )
    found += _foretold(block, places, under, wanted)
    at = np.concatenate([none(0), *(tries.rows for _, tries in found)])
    stand = np.repeat([number for number, _ in found] or [0], [len(tries.rows) for _, tries in found] or [0])
    unpriced = Priced({}, np.zeros(len(at), dtype=np.bool_))
    every = Numbers(at, under.bills[at], stand, joined([tries.numbers for _, tries in found]), unpriced)
    pieces = []
    for start in range(0, len(at), _SLICE):
        some = every.of(np.arange(start, min(start + _SLICE, len(at))))
        assigned = [*under.assigned(some.rows), *some.assigned(places)]
        tried = replace(some, priced=block.priced(under.causes, some.bills, assigned))
        pieces.append(tried.of(np.flatnonzero(kept(tried))))
    return together(pieces) if pieces else every


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
    place: Place,
    under: Under,
    rows: Fen,
    options: Callable[[Fen], tuple[Mask, Tries]] | None = None,
) -> Tries:
    """Every number of a place, where the amounts go by steps."""
    if options is None:
        return _every(block, place, under, rows)
    is_known, known = options(under.bills[rows])
    others = _every(block, place, under, rows[~is_known])
    return Tries(np.concatenate([rows[known.rows], others.rows]), joined([known.numbers, others.numbers]))


def _every(block: Block, place: Place, under: Under, rows: Fen) -> Tries:
    found = place.mistaken(block.written(place, under.bills[rows]))
    return Tries(rows[found.rows], Column.of(found.numbers, found.scale))


def _foretold(
    block: Block, places: Sequence[Place], under: Under, wanted: Mapping[int, Fen]
) -> Iterator[tuple[int, Tries]]:
    """The numbers under which what differs is nearly made, as another number in the place foretells."""
    for probed in probes(block, places, under, wanted):
        ways = _ways(probed, is_alone=under.is_alone)
        for number in probed.places:
            place = places[number]
            yield number, _every(block, place, under, probed.untold)
            told = block.written(place, under.bills[probed.rows[ways.rows]])
            found = place.mistaken(told)
            fits = ways.have(found.rows, found, told, probed.scale)
            yield number, Tries(probed.rows[ways.rows[found.rows[fits]]], Column.of(found.numbers[fits], found.scale))


@dataclass(frozen=True, slots=True)
class Probed:
    """What another number in a place makes of some rows.

    Attributes:
        places: the numbers of all places that are this one: of several ways to be wrong.
        rows: those that can be billed so.
        untold: those that cannot.
        apart: what differs before.
        effects: what the other number makes.
        run: from the stated number to it [10^-scale].
    """

    places: tuple[int, ...]
    rows: Fen
    untold: Fen
    apart: Amounts
    effects: Amounts
    run: Fen
    scale: int


def probes(block: Block, places: Sequence[Place], under: Under, wanted: Mapping[int, Fen]) -> Iterator[Probed]:
    """Another number in each place, tried on the rows wanted of it."""
    alike: dict[Path, list[int]] = {}
    for number in wanted:
        alike.setdefault(places[number].path, []).append(number)
    if not alike:
        return
    left, start = block.left(under.amounts, under.bills), 0
    pieces = []
    for path, same in alike.items():
        chosen = wanted[same[0]]
        stated, probe = _probe(block, places[same[0]], under.bills[chosen])
        here = np.arange(start, start + len(chosen))
        pieces.append((tuple(same), chosen, start, probe - stated, Assigned(path, here, probe)))
        start += len(chosen)
    rows = np.concatenate([chosen for _, chosen, *_ in pieces])
    assigned = [each[-1] for each in pieces]
    made = block.priced(under.causes, under.bills[rows], [*under.assigned(rows), *assigned])
    effects = less(made.amounts, {cell: fen[rows] for cell, fen in under.amounts.items()}, len(rows))
    for numbers, chosen, start, whole, _ in pieces:
        fit = np.flatnonzero(~made.refused[start : start + len(chosen)])
        run = whole.of_rows(fit)
        yield Probed(
            places=numbers,
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


@dataclass(frozen=True, slots=True)
class _Ways:
    """How far from the stated number the wrong one may be.

    Attributes:
        rows: of the probed ones, those in which it may be.
        between: of each of them the least and the most [steps of the run], where that is told; any of them will do.
    """

    rows: Fen
    between: Sequence[tuple[Fen, Fen, Mask]]

    def have(self, rows: Fen, found: Options, told: Written, scale: int) -> Mask:
        """Which numbers are so far from the stated ones."""
        finer = max(found.scale, told.scale, scale)
        kind = np.int64 if finer - min(found.scale, told.scale) < _ROOM else object
        stated = told.numbers[rows].astype(kind) * 10 ** (finer - told.scale)
        way = found.numbers.astype(kind) * 10 ** (finer - found.scale) - stated
        steps, has = 10 ** (finer - scale), np.zeros(len(rows), dtype=np.bool_)
        limit = _LARGEST // steps - 1
        for low, high, says in self.between:
            least, most = np.clip(low, -limit, limit)[rows] * steps, (np.clip(high, -limit, limit)[rows] + 1) * steps
            has |= says[rows] & (least <= way) & (way < most)
        return has


def _ways(probed: Probed, *, is_alone: bool) -> _Ways:
    """How far from the stated number the wrong one may be.

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
            between.append((low, high, (effect != 0) & (off != 0) & ~foretold.told))
    between.append((foretold.low, foretold.high, foretold.told))
    rows = np.flatnonzero(possible)
    return _Ways(rows, [(low[rows], high[rows], says[rows]) for low, high, says in between])


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
