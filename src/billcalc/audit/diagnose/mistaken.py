"""What numbers may have been by mistake: a digit misread, two exchanged, another ratio or size that is made.

Numbers are those of many rows at once, integers with one scale. A register shows zeros before and behind its number,
and they are misread like any other digit.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from billcalc.bulk.column import Column, places_of
from billcalc.kernel.decimals import EXACT

__all__ = [
    "Mistaken",
    "Options",
    "Written",
    "contracts",
    "exchanged",
    "misread",
    "of_list",
    "ratios",
    "sizes",
    "written",
]

Fen = NDArray[np.int64]

_PLACES_MAX = 17
"""How many digits of a number are looked at: with one that is another, it still is a number of 64 bits."""
_DIGITS = np.arange(10)
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Written:
    """Numbers as they are written, of each row one.

    Attributes:
        numbers: integers of 10^-scale; 0 where one has more digits than are looked at.
        digits: how many are before the point.
        decimals: how many are behind it; below -scale where none is looked at.
        fits: which are looked at.
    """

    numbers: Fen
    scale: int
    digits: Fen
    decimals: Fen
    fits: NDArray[np.bool_]

    def of(self, rows: Fen) -> "Written":
        """Some rows."""
        return Written(self.numbers[rows], self.scale, self.digits[rows], self.decimals[rows], self.fits[rows])


class Options(NamedTuple):
    """What numbers may have been: of each option its row, and the number as an integer of 10^-scale."""

    rows: Fen
    numbers: Fen
    scale: int


Mistaken = Callable[[Written], Options]


def written(stated: Column, rows: int, *, digits: int = 1, decimals: int = 0, beside: Iterable[Column] = ()) -> Written:
    """Numbers as they are written.

    Args:
        stated: the numbers.
        rows: how many there are.
        digits: how many are written before the point at least.
        decimals: how many behind it at least.
        beside: other numbers, with whose decimals they are written, too.
    """
    numbers = np.broadcast_to(stated.numbers, (rows,))
    behind = np.maximum(_decimals(stated, rows), decimals)
    for each in beside:
        behind = np.maximum(behind, _decimals(each, rows))
    scale = max(stated.scale, int(behind.max(initial=0)))
    room = 10 ** max(0, _PLACES_MAX - 1 - (scale - stated.scale))
    fits = np.array(np.abs(numbers) < room, dtype=np.bool_) & (scale < _PLACES_MAX)
    fine = np.where(fits, numbers, 0).astype(np.int64) * (10 ** (scale - stated.scale) if fits.any() else 1)
    powers = 10 ** np.arange(_PLACES_MAX, dtype=np.int64)
    before = np.maximum((np.abs(fine)[:, None] >= powers).sum(axis=1) - scale, digits)
    return Written(fine, scale, before, np.where(fits, behind, -scale - 1), fits)


def _decimals(column: Column, rows: int) -> Fen:
    """How many decimals numbers have that are no zeros at the end."""
    numbers = np.broadcast_to(column.numbers, (rows,))
    zeros = np.zeros(rows, dtype=np.int64)
    for place in range(1, column.scale + 1):
        zeros += np.array(numbers % 10**place == 0, dtype=np.bool_)
    return column.scale - zeros


def misread(told: Written) -> Options:
    """One digit read as another.

    >>> found = misread(written(Column.constant(Decimal("0.75")), 1))
    >>> len(found.numbers), found.scale, sorted(found.numbers.tolist())[:3]
    (27, 2, [5, 15, 25])
    """
    powers, digits, is_there = _looked_at(told)
    others = (digits[:, :, None] != _DIGITS) & is_there[:, :, None]
    rows, place, digit = np.nonzero(others)
    return Options(rows, told.numbers[rows] + (digit - digits[rows, place]) * powers[place], told.scale)


def exchanged(told: Written) -> Options:
    """Two neighbouring digits exchanged.

    >>> sorted(exchanged(written(Column.constant(Decimal("12.34")), 1)).numbers.tolist())
    [1243, 1324, 2134]
    """
    powers, digits, is_there = _looked_at(told)
    rows, place = np.nonzero(is_there[:, 1:] & is_there[:, :-1] & (digits[:, 1:] != digits[:, :-1]))
    apart = digits[rows, place + 1] - digits[rows, place]
    return Options(rows, told.numbers[rows] + apart * (powers[place] - powers[place + 1]), told.scale)


def _looked_at(told: Written) -> tuple[Fen, Fen, NDArray[np.bool_]]:
    """The powers of ten, the digit of each row at each of them, and whether it is written."""
    last = min(_PLACES_MAX, int((told.scale + told.digits).max(initial=0)))
    places = np.arange(last)
    powers = 10 ** places.astype(np.int64)
    is_there = (places >= (told.scale - told.decimals)[:, None]) & (places < (told.scale + told.digits)[:, None])
    return powers, told.numbers[:, None] // powers % 10, is_there & told.fits[:, None]


def of_list(told: Written, numbers: tuple[Decimal, ...]) -> Options:
    """The numbers of a list that are not the stated one; any that 64 bits hold beside it."""
    room = told.scale + _PLACES_MAX - len(str(int(np.abs(told.numbers).max(initial=0))))
    others, scale = _integers(numbers, told.scale, room)
    stated = told.numbers * 10 ** (scale - told.scale)
    rows, place = np.nonzero(told.fits[:, None] & (others != stated[:, None]))
    return Options(rows, others[place], scale)


@lru_cache(_KEPT)
def _integers(numbers: tuple[Decimal, ...], least: int, room: int) -> tuple[Fen, int]:
    """Numbers of so many decimals at most as integers of one scale."""
    scale = max([least, *(places for each in numbers if (places := places_of(each)) <= room)])
    scaled = [EXACT.scaleb(each, scale) for each in numbers if places_of(each) <= scale]
    return np.array([int(each) for each in scaled if each.adjusted() < _PLACES_MAX], dtype=np.int64), scale


def ratios(told: Written, currents: tuple[Decimal, ...]) -> Options:
    """A multiplier by the quotient of two rated currents, by ten and by a tenth, and none; whole numbers alone."""
    found = [Options(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), told.scale)]
    for number in np.unique(told.numbers[told.fits]).tolist():
        [rows] = np.nonzero(told.fits & (told.numbers == number))
        others = of_list(told.of(rows), _ratios(Fraction(number, 10**told.scale), currents))
        found.append(Options(rows[others.rows], others.numbers, others.scale))
    return _after_another(found)


@lru_cache(_KEPT)
def _ratios(stated: Fraction, currents: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    rated = [Fraction(each) for each in currents]
    quotients = {one / other for one in rated for other in rated} | {Fraction(10), Fraction(1, 10)}
    found = {stated * each for each in quotients} | {Fraction(1)}
    return tuple(Decimal(each.numerator) for each in sorted(found) if each.denominator == 1)


def sizes(told: Written, made: tuple[Decimal, ...]) -> Options:
    """A size of which some are made, or a slip of the pen."""
    return _joined([of_list(told, made), misread(told), exchanged(told)])


def contracts(told: Written, others: tuple[Decimal, ...]) -> Options:
    """A contracted demand: that of another entry, ten times it or a tenth, or a slip of the pen."""
    [rows] = np.nonzero(told.fits & (told.numbers != 0))
    numbers = told.numbers[rows]
    tens = Options(rows, numbers * 10, told.scale), Options(rows, numbers, told.scale + 1)
    return _joined([of_list(told, others), *tens, misread(told), exchanged(told)])


def _after_another(options: Sequence[Options]) -> Options:
    scale = max(each.scale for each in options)
    rows = np.concatenate([each.rows for each in options])
    return Options(rows, np.concatenate([each.numbers * 10 ** (scale - each.scale) for each in options]), scale)


def _joined(options: Sequence[Options]) -> Options:
    """All options, each once."""
    rows, numbers, scale = _after_another(options)
    order = np.lexsort((numbers, rows))
    rows, numbers = rows[order], numbers[order]
    is_first = np.ones(len(rows), dtype=np.bool_)
    is_first[1:] = (rows[1:] != rows[:-1]) | (numbers[1:] != numbers[:-1])
    return Options(rows[is_first], numbers[is_first], scale)
