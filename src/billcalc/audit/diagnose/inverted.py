"""A wrong number found from its effect: it is one of a list, and makes nearly what was issued."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Path, Reach, Situation, Stage, subtracted
from billcalc.audit.diagnose.cells import Cell, Money, NotFen
from billcalc.kernel.decimals import decimal_text

__all__ = ["by_effect", "by_trial", "digits_exchanged", "digits_misread"]

_NEAR_FEN = 200
"""How far from the foretold an amount may be [fen]: energies and capacities are rounded on the way."""
_NEAR_SHARE, _NEAR_SHARE_BESIDE = 3, 8
"""What is made of other amounts may be off by this part of its difference: the ratio of an adjustment goes by steps."""


def by_effect(
    situation: Situation, reach: Reach, path: Path, stated: Decimal, probe: Decimal, wanted: Iterable[Decimal]
) -> Iterator[Decimal]:
    """Of the numbers that a place may have had by mistake, those under which a differing cell is nearly the issued one.

    The amounts are taken for a straight line in the number.

    Args:
        situation: what is diagnosed; what another cause leaves must all be reached.
        reach: what the number can move.
        path: the place of the number.
        stated: the number there.
        probe: another, at which the amounts are computed.
        wanted: what it may have been.
    """
    if situation.is_beside and not all(reach.has(cell) for cell in situation.difference):
        return
    made = _made(situation, path, probe)
    if made is None:
        return
    effect = subtracted(made, situation.recomputed)
    slopes = {
        cell: Fraction(effect[cell]) / Fraction(probe - stated) for cell in situation.difference if cell in effect
    }
    for number in dict.fromkeys(wanted):
        step = Fraction(number - stated)
        if step and any(_is_near(situation, cell, slope * step) for cell, slope in slopes.items()):
            yield number


def by_trial(
    situation: Situation, reach: Reach, path: Path, stated: Decimal, probe: Decimal, wanted: Iterable[Decimal]
) -> Iterator[Decimal]:
    """The same where the amounts go by steps: each number is tried, but beside another cause on lines alone."""
    if situation.is_beside and all(cell.follows for cell in situation.difference):
        yield from by_effect(situation, reach, path, stated, probe, wanted)
        return
    fits = all if situation.is_beside else any
    if not fits(reach.has(cell) for cell in situation.difference):
        return
    for number in dict.fromkeys(wanted):
        made = None if number == stated else _made(situation, path, number)
        if made is not None:
            effect = subtracted(made, situation.recomputed)
            if any(_is_near(situation, cell, effect[cell]) for cell in situation.difference if cell in effect):
                yield number


def _is_near(situation: Situation, cell: Cell, effect: Fraction | int) -> bool:
    apart = situation.difference[cell]
    share = _NEAR_SHARE_BESIDE if situation.is_beside else _NEAR_SHARE
    near = max(_NEAR_FEN, abs(apart) // share) if cell.follows else _NEAR_FEN
    return -near <= effect - apart <= near


def _made(situation: Situation, path: Path, number: Decimal) -> Money | None:
    """The amounts with a number in a place; None where it cannot be billed."""
    text = decimal_text(number)
    tried = Instance("", "/".join(map(str, path)), text, Stage.FILE, ANYTHING, Edit(((path, text),)))
    lines = situation.repricing.amounts([tried])
    try:
        return None if lines is None else situation.cells.of(lines)
    except NotFen:
        return None


def digits_misread(number: Decimal) -> Iterator[Decimal]:
    """What a number is with one digit read as another.

    >>> len(list(digits_misread(Decimal("0.75"))))
    27
    """
    text = decimal_text(number)
    for place, digit in enumerate(text):
        if digit.isdecimal():
            yield from (Decimal(text[:place] + other + text[place + 1 :]) for other in "0123456789" if other != digit)


def digits_exchanged(number: Decimal) -> Iterator[Decimal]:
    """What a number is with two neighbouring digits exchanged.

    >>> list(digits_exchanged(Decimal("12.34")))
    [Decimal('21.34'), Decimal('12.43')]
    """
    text = decimal_text(number)
    for place, (one, other) in enumerate(pairwise(text)):
        if one.isdecimal() and other.isdecimal() and one != other:
            yield Decimal(text[:place] + other + one + text[place + 2 :])
