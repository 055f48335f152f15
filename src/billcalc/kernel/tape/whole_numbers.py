"""The primitives that are no single expression, on whole numbers; what they mean stands in ``kernel/numbers.py``."""

from collections.abc import Sequence
from math import isqrt

__all__ = ["allocated", "cosphi", "nearest"]


def nearest(numerator: int, divisor: int) -> int:
    """The whole number nearest to numerator ÷ divisor, halves away from zero; 0 where the divisor is 0.

    >>> nearest(-5, 2), nearest(5, 3), nearest(1, 0)
    (-3, 2, 0)
    """
    if divisor == 0:
        return 0
    count = (2 * abs(numerator) + abs(divisor)) // (2 * abs(divisor))
    return count if (numerator < 0) == (divisor < 0) else -count


def cosphi(active: int, reactive: int, parts: int) -> int:
    """cosφ in so many parts of 1, halves up; 1 where both energies are 0, 0 where the active one is below 0.

    The largest k with (2k − 1)² ≤ (2 · parts)² · W² ÷ (W² + Q²), which is asked of whole numbers alone.

    >>> cosphi(3, 4, 100)
    60
    """
    if active < 0:
        return 0
    square = active * active
    whole = square + reactive * reactive
    return parts if whole == 0 else (isqrt(4 * parts * parts * square // whole) + 1) // 2


def allocated(whole: int, weights: Sequence[int], step: int) -> tuple[int, ...]:
    """Parts in multiples of the step, by weight, that sum to the whole.

    >>> allocated(100, [1, 1, 1], 1)
    (33, 34, 33)
    """
    every = sum(weights)
    parts: list[int] = []
    before = weight = 0
    for each in weights[:-1]:
        weight += each
        reached = nearest(whole * weight, every * step) * step
        parts.append(reached - before)
        before = reached
    return (*parts, whole - before)
