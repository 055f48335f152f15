"""The causes: a module for each kind, and the one tuple of them, the more usual first."""

from billcalc.audit.diagnose.cause import Cause
from billcalc.audit.diagnose.causes.adjustment_rounding import ADJUSTMENT_ROUNDING
from billcalc.audit.diagnose.causes.bands_ignored import BANDS_IGNORED
from billcalc.audit.diagnose.causes.basic_mode import BASIC_MODE
from billcalc.audit.diagnose.causes.billing_parts import BILLING_PARTS
from billcalc.audit.diagnose.causes.capacity_size import CAPACITY_SIZE
from billcalc.audit.diagnose.causes.change_ignored import CHANGE_IGNORED
from billcalc.audit.diagnose.causes.component_left_out import COMPONENT_LEFT_OUT
from billcalc.audit.diagnose.causes.contract import CONTRACT
from billcalc.audit.diagnose.causes.cosphi_cut import COSPHI_CUT
from billcalc.audit.diagnose.causes.customer_class import CUSTOMER_CLASS
from billcalc.audit.diagnose.causes.day_count import DAY_COUNT
from billcalc.audit.diagnose.causes.demand_multiplier import DEMAND_MULTIPLIER
from billcalc.audit.diagnose.causes.digit import DIGIT
from billcalc.audit.diagnose.causes.digits_exchanged import DIGITS_EXCHANGED
from billcalc.audit.diagnose.causes.discount import DISCOUNT
from billcalc.audit.diagnose.causes.earlier_version import EARLIER_VERSION
from billcalc.audit.diagnose.causes.edge_days import EDGE_DAYS
from billcalc.audit.diagnose.causes.energy_register import ENERGY_REGISTER
from billcalc.audit.diagnose.causes.excess import EXCESS
from billcalc.audit.diagnose.causes.floor import FLOOR
from billcalc.audit.diagnose.causes.given_line import GIVEN_LINE
from billcalc.audit.diagnose.causes.given_quantity import GIVEN_QUANTITY
from billcalc.audit.diagnose.causes.holiday import HOLIDAY
from billcalc.audit.diagnose.causes.levy_rate import LEVY_RATE
from billcalc.audit.diagnose.causes.losses import LOSSES
from billcalc.audit.diagnose.causes.meter_exchange import METER_EXCHANGE
from billcalc.audit.diagnose.causes.multiplier import MULTIPLIER
from billcalc.audit.diagnose.causes.power_factor_base import POWER_FACTOR_BASE
from billcalc.audit.diagnose.causes.power_factor_scope import POWER_FACTOR_SCOPE
from billcalc.audit.diagnose.causes.price_day import PRICE_DAY
from billcalc.audit.diagnose.causes.price_table import PRICE_TABLE
from billcalc.audit.diagnose.causes.printed_line import PRINTED_LINE
from billcalc.audit.diagnose.causes.purchase import PURCHASE
from billcalc.audit.diagnose.causes.reactive import REACTIVE
from billcalc.audit.diagnose.causes.registers_swapped import REGISTERS_SWAPPED
from billcalc.audit.diagnose.causes.rollover import ROLLOVER
from billcalc.audit.diagnose.causes.rounding import ROUNDING
from billcalc.audit.diagnose.causes.standard import STANDARD
from billcalc.audit.diagnose.causes.sub_meter import SUB_METER
from billcalc.audit.diagnose.causes.sub_meter_order import SUB_METER_ORDER
from billcalc.audit.diagnose.causes.suspension import SUSPENSION
from billcalc.audit.diagnose.causes.tiers import TIERS
from billcalc.audit.diagnose.causes.time_of_use_table import TIME_OF_USE_TABLE
from billcalc.audit.diagnose.causes.voltage import VOLTAGE

__all__ = ["CAUSES"]

CAUSES: tuple[Cause, ...] = (
    VOLTAGE,
    PRICE_TABLE,
    MULTIPLIER,
    STANDARD,
    POWER_FACTOR_BASE,
    BANDS_IGNORED,
    BILLING_PARTS,
    CUSTOMER_CLASS,
    PURCHASE,
    BASIC_MODE,
    CONTRACT,
    SUSPENSION,
    CAPACITY_SIZE,
    DEMAND_MULTIPLIER,
    FLOOR,
    EXCESS,
    DISCOUNT,
    DIGIT,
    DIGITS_EXCHANGED,
    GIVEN_QUANTITY,
    REGISTERS_SWAPPED,
    ROLLOVER,
    METER_EXCHANGE,
    LOSSES,
    SUB_METER,
    SUB_METER_ORDER,
    REACTIVE,
    COSPHI_CUT,
    POWER_FACTOR_SCOPE,
    DAY_COUNT,
    EDGE_DAYS,
    CHANGE_IGNORED,
    COMPONENT_LEFT_OUT,
    PRINTED_LINE,
    LEVY_RATE,
    GIVEN_LINE,
    EARLIER_VERSION,
    TIME_OF_USE_TABLE,
    HOLIDAY,
    TIERS,
    PRICE_DAY,
    ENERGY_REGISTER,
    ADJUSTMENT_ROUNDING,
    ROUNDING,
)
