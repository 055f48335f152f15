"""A wrong number found from its effect: it is one of a list, and makes nearly what was issued."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal

from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Path, Reach, Situation, Stage, subtracted
from billcalc.audit.diagnose.cells import Cell, Money, NotFen
from billcalc.audit.diagnose.mistaken import Mistaken
from billcalc.kernel.decimals import decimal_text

__all__ = ["by_effect", "by_trial"]

_NEAR_FEN = 200
"""How far from the foretold an amount may be [fen]: energies and capacities are rounded on the way."""
_NEAR_SHARE, _NEAR_SHARE_BESIDE = 3, 8
"""What is made of other amounts may be off by this part of its difference: the ratio of an adjustment goes by steps."""


def by_effect(situation: Situation, reach: Reach, path: Path, probe: Decimal, wanted: Mistaken) -> Iterator[Decimal]:
    """Of the numbers that a place may have had by mistake, those under which a differing cell is nearly the issued one.

    The amounts are taken for a straight line in the number.

    Args:
        situation: what is diagnosed; what another cause leaves must all be reached.
        reach: what the number can move.
        path: the place of the number.
        probe: a number, at which the amounts are computed.
        wanted: what it may have been.
    """
    if situation.is_beside and not all(reach.has(cell) for cell in situation.difference):
        return
    made = _made(situation, path, probe)
    if made is None:
        return
    effect, run = subtracted(made, situation.recomputed), wanted.way_to(probe)
    found: set[int] = set()
    for cell, apart in situation.difference.items():
        if cell in effect:  # effect · way ÷ run is nearly what differs
            near = _near(situation, cell)
            one, other = (apart - near) * run, (apart + near) * run
            low, high = sorted((one, other)) if effect[cell] > 0 else sorted((-one, -other))
            slope = abs(effect[cell])
            first, last = bisect_left(wanted.ways, -(-low // slope)), bisect_right(wanted.ways, high // slope)
            found.update(range(first, last))
    yield from (wanted.numbers[place] for place in sorted(found))


def by_trial(situation: Situation, reach: Reach, path: Path, probe: Decimal, wanted: Mistaken) -> Iterator[Decimal]:
    """The same where the amounts go by steps: each number is tried, but beside another cause on lines alone."""
    if situation.is_beside and all(cell.follows for cell in situation.difference):
        yield from by_effect(situation, reach, path, probe, wanted)
        return
    fits = all if situation.is_beside else any
    if not fits(reach.has(cell) for cell in situation.difference):
        return
    for number in wanted.numbers:
        made = _made(situation, path, number)
        if made is not None:
            effect = subtracted(made, situation.recomputed)
            if any(
                abs(effect[cell] - apart) <= _near(situation, cell)
                for cell, apart in situation.difference.items()
                if cell in effect
            ):
                yield number


def _near(situation: Situation, cell: Cell) -> int:
    share = _NEAR_SHARE_BESIDE if situation.is_beside else _NEAR_SHARE
    return max(_NEAR_FEN, abs(situation.difference[cell]) // share) if cell.follows else _NEAR_FEN


def _made(situation: Situation, path: Path, number: Decimal) -> Money | None:
    """The amounts with a number in a place; None where it cannot be billed."""
    text = decimal_text(number)
    tried = Instance("", "/".join(map(str, path)), text, Stage.FILE, ANYTHING, Edit(((path, text),)))
    lines = situation.repricing.amounts([tried])
    try:
        return None if lines is None else situation.cells.of(lines)
    except NotFen:
        return None
