"""The charge of reactive energy in a plan."""

from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.line_name import LineName
from billcalc.billing.plan_prices import PricePart
from billcalc.kernel.values import Rounding
from billcalc.metering.models import Register

__all__ = ["ReactivePlan"]


@dataclass(frozen=True, slots=True)
class ReactivePlan:
    """The reactive energy that a group pays, over pieces in which its price is the same.

    Attributes:
        part: the component, with one price under ``total`` [money per kvarh].
        free_share: the reactive energy that is free beside each kWh [kvarh/kWh].
        points: the metering points that count it, each with its registers.
        scope: the power-factor scope that its money belongs to, or None.
    """

    name: LineName
    part: PricePart
    free_share: Decimal
    points: tuple[tuple[str, tuple[Register, ...]], ...]
    pieces: tuple[int, ...]
    rounding: Rounding
    scope: str | None
