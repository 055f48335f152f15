"""The fees by the month in a plan."""

from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.line_name import LineName
from billcalc.billing.plan_metering import Share
from billcalc.billing.plan_prices import PricePart
from billcalc.kernel.slots import Slot
from billcalc.kernel.values import Rounding

__all__ = ["FeePlan"]


@dataclass(frozen=True, slots=True)
class FeePlan:
    """A fee by the month that a group pays, over the days in which its price is the same.

    Attributes:
        parts: the components of the line, each with one price under ``total`` [money per month].
        days: what a fee by the day is paid for [day]; None of one by the month.
        months: how many months a cycle has that is billed as one; None where it has one.
        idle_share: the share of it that is due in a month without use [1]; None where all of it is.
        scope: the power-factor scope it belongs to, or None where that is not assessed.
    """

    name: LineName
    parts: tuple[PricePart, ...]
    share: Share
    rounding: Rounding
    scope: str | None
    idle_share: Decimal | None = None
    days: Slot | None = None
    months: Slot | None = None
