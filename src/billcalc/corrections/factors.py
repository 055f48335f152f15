"""Correction factors: what was used ÷ what the meter counted, as exact numbers wherever they are rational.

A factor is power that flowed ÷ power that the wrongly connected meter saw, of a balanced load.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from billcalc.corrections.case import Element, Ratios, Wires, Wiring, ratio_of

__all__ = ["error_factor", "mixed_factor", "shown_factor", "wiring_factor"]

_SEEN = {Element.NORMAL: 1, Element.OPEN: 0, Element.REVERSED: -1}
_DIGITS = Context(prec=60, rounding=ROUND_HALF_UP)
"""For roots: far more digits than a factor is rounded to."""


def error_factor(error: Decimal) -> Fraction:
    """Of a meter with an error, against zero error: 1 ÷ (1 + r).

    >>> error_factor(Decimal("-0.1"))
    Fraction(10, 9)
    """
    return 1 / (1 + Fraction(error))


def mixed_factor(ratios: Ratios) -> Fraction | None:
    """Of current transformers of other ratios than the one settled by: (3 ÷ n) ÷ (1/n₁ + 1/n₂ + 1/n₃).

    None where the phases cancel each other out.

    >>> mixed_factor(Ratios(settled="150/5", phases=("150/5", "100/5", "-200/5")))
    Fraction(12, 7)
    """
    seen = sum((1 / ratio_of(each) for each in ratios.phases), Fraction(0))
    return 3 / ratio_of(ratios.settled) / seen if seen else None


def wiring_factor(wiring: Wiring, step: Decimal) -> Fraction | None:
    """Of a wrong connection; None where the meter saw no power.

    Four wires: 3 ÷ Σ s over the phases, s being 1, 0 or −1. Three wires: P = UI [s₁ cos(30°+φ) + s₂ cos(30°−φ)]
    instead of √3·UI·cosφ, which is 2√3 ÷ ((s₁ + s₂)√3 + (s₂ − s₁) tanφ).

    Args:
        wiring: of the meter.
        step: to which a factor with a root in it is rounded.

    >>> four = Wiring(system="three_phase_four_wire", elements=("normal", "normal", "open"))
    >>> wiring_factor(four, Decimal("0.000001"))
    Fraction(3, 2)
    """
    seen = [_SEEN[each] for each in wiring.elements]
    if wiring.system is Wires.FOUR:
        return Fraction(3, sum(seen)) if sum(seen) else None
    assert wiring.cosphi is not None, "a case of three wires tells it"
    return _of_three_wires(seen, wiring.cosphi, is_leading=wiring.leading, step=step)


def _of_three_wires(seen: Sequence[int], cosphi: Decimal, *, is_leading: bool, step: Decimal) -> Fraction | None:
    first, second = seen
    if first == second:  # the angle falls out
        return Fraction(first) if first else None
    root = _DIGITS.sqrt(Decimal(3))
    sine = _DIGITS.sqrt(1 - _DIGITS.multiply(cosphi, cosphi))
    tangent = _DIGITS.divide(-sine if is_leading else sine, cosphi)
    power = _DIGITS.add(_DIGITS.multiply(root, first + second), _DIGITS.multiply(tangent, second - first))
    if power.quantize(step) == 0:
        return None
    return Fraction(_DIGITS.divide(2 * root, power).quantize(step, context=_DIGITS))


def shown_factor(factor: Fraction, step: Decimal) -> Decimal:
    """A factor as it is shown, rounded; what is computed is computed with the factor itself.

    >>> shown_factor(Fraction(12, 7), Decimal("0.000001"))
    Decimal('1.714286')
    """
    return _DIGITS.divide(Decimal(factor.numerator), Decimal(factor.denominator)).quantize(step, context=_DIGITS)
