"""What a number may have been by mistake: a digit misread, two exchanged, another ratio or size that is made."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

__all__ = ["Mistaken", "contracts", "exchanged", "misread", "ratios", "sizes"]

_KEPT = 4096
"""How many lists are kept: the search comes back to each of them beside every other cause."""


class Mistaken:
    """The numbers that one may have been by mistake.

    Args:
        stated: the number as it is.
        others: what it may have been.

    Attributes:
        numbers: the others, the least first.
    """

    def __init__(self, stated: Decimal, others: Iterable[Decimal]) -> None:
        self.numbers = sorted({each for each in others if each != stated})
        exponents = [int(each.as_tuple().exponent) for each in (stated, *self.numbers)]
        self._places = -min(0, *exponents)
        self._ways = [int((each - stated).scaleb(self._places)) for each in self.numbers]

    def within(self, low: int, high: int, scale: int) -> list[Decimal]:
        """The numbers that are so far from the stated one [10^-scale]."""
        finer, coarser = 10 ** max(0, self._places - scale), 10 ** max(0, scale - self._places)
        first = bisect_left(self._ways, -(-low * finer // coarser))
        return self.numbers[first : bisect_right(self._ways, ((high + 1) * finer - 1) // coarser)]


@lru_cache(_KEPT)
def misread(text: str) -> Mistaken:
    """A number, as it is written, with one digit read as another.

    >>> len(misread("0.75").numbers), misread("10").within(8, 20, 0)
    (27, [Decimal('18'), Decimal('19'), Decimal('20'), Decimal('30')])
    """
    return Mistaken(Decimal(text), _misread(text))


@lru_cache(_KEPT)
def exchanged(text: str) -> Mistaken:
    """A number, as it is written, with two neighbouring digits exchanged.

    >>> exchanged("12.34").numbers, exchanged("11").numbers
    ([Decimal('12.43'), Decimal('21.34')], [])
    """
    return Mistaken(Decimal(text), _exchanged(text))


@lru_cache(_KEPT)
def ratios(text: str, currents: tuple[Decimal, ...]) -> Mistaken:
    """A multiplier by the quotient of two rated currents, by ten and by a tenth, and none; whole numbers alone."""
    rated = [Fraction(each) for each in currents]
    quotients = {one / other for one in rated for other in rated} | {Fraction(10), Fraction(1, 10)}
    found = {Fraction(text) * each for each in quotients} | {Fraction(1)}
    return Mistaken(Decimal(text), (Decimal(each.numerator) for each in found if each.denominator == 1))


@lru_cache(_KEPT)
def sizes(text: str, made: tuple[Decimal, ...]) -> Mistaken:
    """A size of which some are made, or a slip of the pen."""
    return Mistaken(Decimal(text), (*made, *_misread(text), *_exchanged(text)))


@lru_cache(_KEPT)
def contracts(text: str, others: tuple[Decimal, ...]) -> Mistaken:
    """A contracted demand: that of another entry, ten times it or a tenth, or a slip of the pen."""
    stated = Decimal(text)
    return Mistaken(stated, (*others, stated * 10, stated / 10, *_misread(text), *_exchanged(text)))


def _misread(text: str) -> Iterator[Decimal]:
    for place, digit in enumerate(text):
        if digit.isdecimal():
            yield from (Decimal(text[:place] + other + text[place + 1 :]) for other in "0123456789" if other != digit)


def _exchanged(text: str) -> Iterator[Decimal]:
    for place, (one, other) in enumerate(pairwise(text)):
        if one.isdecimal() and other.isdecimal() and one != other:
            yield Decimal(text[:place] + other + one + text[place + 2 :])
