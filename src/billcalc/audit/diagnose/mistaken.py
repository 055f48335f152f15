"""What a number may have been by mistake: a digit misread, two exchanged, another ratio or size that is made."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

__all__ = ["Mistaken", "exchanged", "misread", "ratios", "sizes"]

_KEPT = 4096
"""How many lists are kept: the search comes back to each of them beside every other cause."""


class Mistaken:
    """The numbers that one may have been by mistake.

    Args:
        stated: the number as it is.
        others: what it may have been.

    Attributes:
        numbers: the others, the least first.
        ways: from the stated number to each, in whole steps of one decimal place.
    """

    def __init__(self, stated: Decimal, others: Iterable[Decimal]) -> None:
        self._stated = stated
        self.numbers = sorted({each for each in others if each != stated})
        exponents = [int(each.as_tuple().exponent) for each in (stated, *self.numbers)]
        self._places = 1 - min(0, *exponents)
        self.ways = [self.way_to(each) for each in self.numbers]

    def way_to(self, number: Decimal) -> int:
        """From the stated number to another in those steps; what is finer is cut."""
        return int((number - self._stated).scaleb(self._places))


@lru_cache(_KEPT)
def misread(text: str) -> Mistaken:
    """A number, as it is written, with one digit read as another.

    >>> len(misread("0.75").numbers), misread("10").ways[-1]
    (27, 800)
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


def _misread(text: str) -> Iterator[Decimal]:
    for place, digit in enumerate(text):
        if digit.isdecimal():
            yield from (Decimal(text[:place] + other + text[place + 1 :]) for other in "0123456789" if other != digit)


def _exchanged(text: str) -> Iterator[Decimal]:
    for place, (one, other) in enumerate(pairwise(text)):
        if one.isdecimal() and other.isdecimal() and one != other:
            yield Decimal(text[:place] + other + one + text[place + 2 :])
