"""The lines of energy × price in a plan."""

from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.line_name import LineName
from billcalc.billing.plan_prices import PricePart, Unpriced
from billcalc.billing.tiers.records import FreePlan, TierPlan
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.values import Rounding
from billcalc.vocabulary import Band, Grain

__all__ = ["EnergyLinePlan", "SurchargePlan"]


@dataclass(frozen=True, slots=True)
class SurchargePlan:
    """The surcharge of sharp hours on some lines of a group, which is a line of its own.

    Attributes:
        lines: the codes of the others, that are billed at peak in sharp hours.
        parts: the components that it is on, of all these lines.
        factor: what a sharp price is above one of peak [1].
        rounding: of its price [money/kWh].
        factor_source: the document that states the ratio.
    """

    code: str
    label: str | None
    lines: tuple[str, ...]
    parts: tuple[PricePart, ...]
    factor: Decimal
    rounding: Rounding
    factor_source: Source


@dataclass(frozen=True, slots=True)
class EnergyLinePlan:
    """A line of energy × price in one group, over the pieces in which its price is the same.

    Attributes:
        quantity: ``billed_kwh`` or a part of it, or the name of a given quantity.
        slots: for a named quantity, its slots by band.
        bands: the bands it is billed in; ``(total,)`` where the group has no bands.
        rounding: of its amount.
        levy_grain: what it rounds is told by the convention for levies, not by its components.
        scope: the power-factor scope it belongs to, or None where that is not assessed.
        unpriced: the bands of the group that it is not billed in.
        joint: the codes of lines that are rounded as one with it; it is what they leave of the joint amount.
        sharp_at_peak: its sharp energy is billed at its prices of peak, as a surcharge has the rest.
        each_part: the amount of each component is rounded before they are added.
        counted: the part of the billed energy that it prices, where that is a tier or an allowance.
        surcharge: what sharp hours cost above peak of this line and others, printed apart; this line takes the rest.
    """

    name: LineName
    pieces: tuple[int, ...]
    quantity: str
    slots: tuple[tuple[Band, Slot], ...]
    bands: tuple[Band, ...]
    parts: tuple[PricePart, ...]
    round_per: Grain
    levy_grain: bool
    print_per: Grain
    rounding: Rounding
    scope: str | None
    unpriced: tuple[Unpriced, ...] = ()
    joint: tuple[str, ...] = ()
    sharp_at_peak: bool = False
    surcharge: SurchargePlan | None = None
    each_part: bool = False
    counted: TierPlan | FreePlan | None = None
