"""The lines of prices by interval in a plan."""

from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.line_name import LineName
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.values import Rounding

__all__ = ["HourlyPlan"]


@dataclass(frozen=True, slots=True)
class HourlyPlan:
    """A component that is priced by interval, of a group, over the pieces in which it is the same.

    Attributes:
        where: the place of the prices.
        energies: by price, in its order, the slots of the energy at it, one for each metering point [money/kWh].
        source: the document of the prices, or the request's own.
        rounding: of the amount.
        scope: the power-factor scope that the line belongs to, or None.
        in_base: whether the power-factor base has it.
    """

    name: LineName
    where: str
    pieces: tuple[int, ...]
    energies: tuple[tuple[Decimal, tuple[Slot, ...]], ...]
    source: Source
    rounding: Rounding
    scope: str | None
    in_base: bool
