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
        in_base: whether the power-factor base has it.
        ratio: its own, or None.
    """

    name: LineName
    band: Band | None
    amount: Slot
    kwh: Slot | None
    price: Slot | None
    in_base: bool
    ratio: Slot | None
    scope: str | None
