"""The order of the charges, and what they offer."""

from billcalc.billing.charges.charge import Planned
from billcalc.billing.charges.energy.charge import ENERGY
from billcalc.billing.charges.minimum.charge import MINIMUM
from billcalc.billing.charges.order import CHARGES
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.charges.tax.charge import TAX


def test_the_power_factor_comes_after_all_that_it_adjusts_then_the_minimum_and_the_tax_after_all() -> None:
    assert CHARGES[-3:] == (POWER_FACTOR, MINIMUM, TAX)


def test_the_power_factor_adjusts_nothing_of_its_own() -> None:
    assert Planned(((POWER_FACTOR, ()),)).adjustable() == []


def test_a_charge_that_is_not_planned_has_no_records() -> None:
    assert Planned().of(ENERGY) == ()
