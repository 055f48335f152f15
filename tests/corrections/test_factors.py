"""Correction factors, each worked out by hand from the powers of a balanced load."""

from decimal import Decimal
from fractions import Fraction

import pytest

from billcalc.corrections.case import Element, Ratios, Wires, Wiring
from billcalc.corrections.factors import error_factor, mixed_factor, shown_factor, wiring_factor

N, R, O = Element.NORMAL, Element.REVERSED, Element.OPEN  # noqa: E741 - as electricians draw them
STEP = Decimal("0.000001")


@pytest.mark.parametrize(
    ("elements", "factor"),
    [
        ((N, N, N), Fraction(1)),
        ((N, N, O), Fraction(3, 2)),
        ((N, O, O), Fraction(3)),
        ((N, N, R), Fraction(3)),
        ((N, R, R), Fraction(-3)),
        ((N, R, O), None),
    ],
)
def test_of_four_wires_each_phase_counts_a_third(elements: tuple[Element, ...], factor: Fraction | None) -> None:
    assert wiring_factor(Wiring(system=Wires.FOUR, elements=elements), STEP) == factor


@pytest.mark.parametrize(
    ("elements", "cosphi", "leading", "factor"),
    [
        ((N, N), "0.9", False, "1"),
        ((R, R), "0.9", False, "-1"),
        # tanφ of 0.8 is 0.75: one element left sees (√3 ∓ 0.75) ÷ 2√3 of the power.
        ((N, O), "0.8", False, "3.527416"),
        ((O, N), "0.8", False, "1.395661"),
        ((N, O), "0.8", True, "1.395661"),
        # one reversed: √3 ÷ tanφ
        ((R, N), "0.8", False, "2.309401"),
        ((N, R), "0.8", False, "-2.309401"),
    ],
)
def test_of_three_wires_the_factor_depends_on_the_power_factor(
    elements: tuple[Element, ...], cosphi: str, leading: bool, factor: str
) -> None:
    wiring = Wiring(system=Wires.THREE, elements=elements, cosphi=Decimal(cosphi), leading=leading)

    assert wiring_factor(wiring, STEP) == Fraction(factor)


@pytest.mark.parametrize("elements", [(O, O), (R, N)])
def test_a_meter_that_sees_no_power_has_no_factor(elements: tuple[Element, ...]) -> None:
    """Both elements open; or one reversed at cosφ 1, where both see the same."""
    wiring = Wiring(system=Wires.THREE, elements=elements, cosphi=Decimal(1))

    assert wiring_factor(wiring, STEP) is None


def test_ratios_that_cancel_each_other_out_have_no_factor() -> None:
    assert mixed_factor(Ratios(settled="30", phases=("30", "60", "-20"))) is None


def test_an_error_is_corrected_to_zero_error_by_division() -> None:
    assert error_factor(Decimal("0.25")) == Fraction(4, 5)


def test_a_factor_is_shown_rounded() -> None:
    assert shown_factor(Fraction(10, 9), STEP) == Decimal("1.111111")
