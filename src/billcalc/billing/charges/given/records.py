"""The given lines in a plan."""

from dataclasses import dataclass

from billcalc.billing.line_name import LineName
from billcalc.kernel.slots import Slot
from billcalc.vocabulary import Band

__all__ = ["GivenLinePlan"]


@dataclass(frozen=True, slots=True)
class GivenLinePlan:
    """A line whose amount is given.

    Attributes:
        digits: of an energy and a price that are both told, the place values of their last digits; else None.
        by_price: the amount is their product instead of what is given.
        in_base: whether the power-factor base has it.
        ratio: its own, or None.
    """

    name: LineName
    band: Band | None
    amount: Slot
    kwh: Slot | None
    price: Slot | None
    digits: tuple[Slot, Slot] | None
    in_base: bool
    ratio: Slot | None
    scope: str | None
    by_price: bool = False
