"""The order of the charges: later ones receive the lines of earlier ones; they print in the order of the sections."""

from typing import Any

from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.charges.charge import Charge
from billcalc.billing.charges.energy.charge import ENERGY
from billcalc.billing.charges.fees.charge import FEES
from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.charges.hourly.charge import HOURLY
from billcalc.billing.charges.minimum.charge import MINIMUM
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.charges.reactive.charge import REACTIVE
from billcalc.billing.charges.tax.charge import TAX

__all__ = ["CHARGES"]

CHARGES: tuple[Charge[Any], ...] = (ENERGY, HOURLY, BASIC, REACTIVE, FEES, GIVEN, POWER_FACTOR, MINIMUM, TAX)
