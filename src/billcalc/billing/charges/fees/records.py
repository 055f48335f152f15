"""The fees by the month in a plan."""

from dataclasses import dataclass

from billcalc.billing.line_name import LineName
from billcalc.billing.plan_metering import Share
from billcalc.billing.plan_prices import PricePart
from billcalc.kernel.values import Rounding

__all__ = ["FeePlan"]


@dataclass(frozen=True, slots=True)
class FeePlan:
    """A fee by the month that a group pays, over the days in which its price is the same.

    Attributes:
        parts: the components of the line, each with one price under ``total`` [money per month].
        scope: the power-factor scope it belongs to, or None where that is not assessed.
    """

    name: LineName
    parts: tuple[PricePart, ...]
    share: Share
    rounding: Rounding
    scope: str | None
