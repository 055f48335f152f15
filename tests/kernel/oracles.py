"""The kernel's operations computed another way: with fractions, and with a root of eighty digits."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import floor

DIGITS = 80


def nearest_multiple(number: Fraction, step: Fraction) -> Fraction:
    """The multiple of the step nearest to the number; halves away from zero."""
    steps = floor(abs(number) / step + Fraction(1, 2)) * step
    return -steps if number < 0 else steps


def power_factor(active: Decimal, reactive: Decimal) -> Decimal:
    """W ÷ √(W² + Q²) with eighty digits, taking the root."""
    with localcontext() as context:
        context.prec = DIGITS
        return active / (active * active + reactive * reactive).sqrt()


def rounded_power_factor(active: Decimal, reactive: Decimal, step: Decimal) -> Fraction:
    """The power factor that is looked up: 0 for energy that flows back, 1 where nothing flows."""
    if active == reactive == 0:
        return Fraction(1)
    if active <= 0:
        return Fraction(0)
    return nearest_multiple(Fraction(power_factor(active, reactive)), Fraction(step))


def shares(whole: Fraction, weights: Sequence[Fraction], step: Fraction) -> list[Fraction]:
    """The differences of the rounded running sums; the last one reaches the whole as it is."""
    if sum(weights) == 0:
        return [*([Fraction(0)] * (len(weights) - 1)), whole]
    reached = [Fraction(0)]
    for count in range(1, len(weights)):
        reached.append(nearest_multiple(whole * sum(weights[:count]) / sum(weights), step))
    reached.append(whole)
    return [after - before for before, after in pairwise(reached)]
