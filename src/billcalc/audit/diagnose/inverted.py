"""A wrong number found from its effect: the amounts are a straight line in it, and it is one of a list."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Path, Situation, Stage, subtracted
from billcalc.audit.diagnose.cells import NotFen, Priced
from billcalc.audit.diagnose.pricing import lines_under
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import InvalidInput, Refused

__all__ = ["by_effect", "digits_exchanged", "digits_misread"]

_NEAR_FEN = 200
"""How far from the straight line an amount may be [fen]: energies and capacities are rounded on the way."""


def by_effect(
    situation: Situation, path: Path, stated: Decimal, probe: Decimal, wanted: Iterable[Decimal]
) -> Iterator[Decimal]:
    """Of the numbers that a place may have had by mistake, those under which a differing cell is nearly the issued one.

    Args:
        situation: what is diagnosed.
        path: the place of the number.
        stated: the number there.
        probe: another, at which the amounts are computed.
        wanted: what it may have been.
    """
    edit = Edit(((path, decimal_text(probe)),))
    try:
        lines = lines_under(situation.data, situation.catalog, [Instance("", "", "", Stage.FILE, ANYTHING, edit)])
        made = situation.cells.of(Priced(line.name, line.band, number_of(line.amount)) for line in lines)
    except (InvalidInput, Refused, NotFen):
        return
    effect = subtracted(made, situation.recomputed)
    slopes = {
        cell: Fraction(effect[cell]) / Fraction(probe - stated) for cell in situation.difference if cell in effect
    }
    for number in dict.fromkeys(wanted):
        step = Fraction(number - stated)
        if step and any(abs(slope * step - situation.difference[cell]) <= _NEAR_FEN for cell, slope in slopes.items()):
            yield number


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
