"""Other power factors than the rounded one: cut and rounded up."""

from decimal import Decimal

import pytest

from billcalc.audit.diagnose.causes.cosphi_cut import other_cosphis


@pytest.mark.parametrize(
    ("active", "reactive", "step", "cut", "up"),
    [
        ("3", "4", "0.1", "0.6", "0.6"),  # 3 / 5
        ("2", "1", "0.01", "0.89", "0.90"),  # 2 / √5 = 0.8944…
        ("0", "5", "0.01", None, None),
    ],
)
def test_a_power_factor_is_cut_or_rounded_up_to_its_step(
    active: str, reactive: str, step: str, cut: str | None, up: str | None
) -> None:
    found = other_cosphis(Decimal(active), Decimal(reactive), Decimal(step))
    assert {name: None if number is None else str(number) for name, number in found.items()} == {"cut": cut, "up": up}
