"""The primitives on one number each: the bodies that derived and plain values share."""

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal, Inexact

from billcalc.kernel.decimals import EXACT, ONE, ZERO, exact_sum

__all__ = ["allocated_numbers", "cosphi_number", "quotient_number", "rounded_number"]

_TWO = Decimal(2)
_HALF = Decimal("0.5")
_MINUS_ONE = Decimal(-1)
_POWERS_OF_TEN = {power: power for power in (ONE.scaleb(-places) for places in range(13))}
"""By value, the form that ``quantize`` needs: to it 0.10 has two decimals."""
_ROUNDING = EXACT.copy()
"""The exact context, halves away from zero, without its trap for lost digits: here rounding is what is asked for."""
_ROUNDING.traps[Inexact] = False


def rounded_number(number: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of the step, halves away from zero.

    >>> rounded_number(Decimal("-0.005"), Decimal("0.01"))
    Decimal('-0.01')
    """
    power = _POWERS_OF_TEN.get(step)
    if power is not None:
        return number.quantize(power, context=_ROUNDING)
    return quotient_number(number, ONE, step)


def quotient_number(numerator: Decimal, divisor: Decimal, step: Decimal) -> Decimal:
    """The multiple of the step nearest to numerator ÷ divisor, halves away from zero; 0 where the divisor is 0.

    >>> quotient_number(Decimal(1900000), Decimal(30), Decimal("0.01"))
    Decimal('63333.33')
    """
    if divisor == 0:
        return EXACT.multiply(ZERO, step)
    unit = EXACT.multiply(divisor, step)
    count = EXACT.divide_int(numerator, unit)
    rest = EXACT.subtract(numerator, EXACT.multiply(count, unit))
    if EXACT.multiply(_TWO, rest.copy_abs()) >= unit.copy_abs():
        count = EXACT.add(count, ONE if numerator.is_signed() == divisor.is_signed() else _MINUS_ONE)
    return EXACT.multiply(count, step)


def cosphi_number(active: Decimal, reactive: Decimal, step: Decimal) -> Decimal:
    """cosφ to the nearest multiple of the step (which divides 1), halves up, by comparing squares.

    cosφ ≥ b where W ≥ 0 and W² ≥ b² (W² + Q²); so the rounded cosφ is the largest multiple k·step whose lower bound
    b = (k − ½)·step is reached. 1 where both are 0, for 0 ≥ b²·0; 0 where W < 0.
    """
    if active < 0:
        return EXACT.multiply(ZERO, step)
    active_square = EXACT.multiply(active, active)
    whole = EXACT.add(active_square, EXACT.multiply(reactive, reactive))
    half_step = EXACT.multiply(step, _HALF)

    def is_missed(k: int) -> bool:
        bound = EXACT.subtract(EXACT.multiply(k, step), half_step)
        return active_square < EXACT.multiply(EXACT.multiply(bound, bound), whole)

    multiples = range(1, int(EXACT.divide_int(ONE, step)) + 1)
    reached = bisect_left(multiples, x=True, key=is_missed)
    return EXACT.multiply(reached, step)


def allocated_numbers(whole: Decimal, weights: Sequence[Decimal], step: Decimal) -> tuple[Decimal, ...]:
    """Parts in multiples of the step, by weight, that sum to the whole (see ``values.allocate``).

    >>> [str(part) for part in allocated_numbers(Decimal(100), [Decimal(1)] * 3, Decimal(1))]
    ['33', '34', '33']
    """
    all_weights = exact_sum(weights)
    parts: list[Decimal] = []
    so_far = weight_so_far = ZERO
    for weight in weights[:-1]:
        weight_so_far = EXACT.add(weight_so_far, weight)
        reached = quotient_number(EXACT.multiply(whole, weight_so_far), all_weights, step)
        parts.append(EXACT.subtract(reached, so_far))
        so_far = reached
    return (*parts, EXACT.subtract(whole, so_far))
