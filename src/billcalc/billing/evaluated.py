"""A line as it was computed, before it is printed."""

from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.line_name import LineName
from billcalc.kernel.values import Rounding, Value
from billcalc.vocabulary import Band

__all__ = ["FEN", "SIX_PLACES", "EvaluatedLine", "of_band"]

FEN = Rounding(Decimal("0.01"))
"""The smallest unit of money."""
SIX_PLACES = Rounding(Decimal("0.000001"))
"""To what a quotient without an end is shown, and a quantity is shared out."""


@dataclass(frozen=True, slots=True)
class EvaluatedLine:
    """A line as computed, whatever the kind of its values.

    Attributes:
        quantity: what the price multiplies, or None [unit]; shown rounded where it has no end.
        price: or None [money per unit].
        amount: [money].
        scope: the power-factor scope that adjusts it, or None.
        base: what the power-factor base takes of it, or None.
        demand: the maximum demand that it was billed by, or None [kW].
        own_ratio: the ratio a given line is adjusted at instead of its scope's, or None.
    """

    name: LineName
    band: Band | None
    quantity: Value | None
    unit: str
    price: Value | None
    amount: Value
    scope: str | None
    base: Value | None
    given: bool = False
    own_ratio: Value | None = None
    demand: Value | None = None


def of_band(band: Band | None) -> tuple[str, ...]:
    """What tells a line of a band from those of the others."""
    return () if band is None or band is Band.TOTAL else (band.value,)
