"""The lines of a plan that are priced by energy or by the month, or given; and what names a line."""

from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.plan_metering import Share
from billcalc.billing.plan_prices import PricePart, Unpriced
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.values import Rounding
from billcalc.vocabulary import Band, Grain, Section

__all__ = ["EnergyLinePlan", "FeePlan", "GivenLinePlan", "LineName", "SurchargePlan"]


@dataclass(frozen=True, slots=True)
class LineName:
    """What tells a line from the others of a bill, apart from its band.

    Attributes:
        code: the component or charge.
        group: the billing group; of a power-factor line its scope.
        span: the days it is of.
    """

    code: str
    label: str | None
    section: Section
    group: str
    span: Span


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
        quantity: ``billed_kwh``, or the name of a given quantity.
        slots: for a named quantity, its slots by band.
        bands: the bands it is billed in; ``(total,)`` where the group has no bands.
        rounding: of its amount.
        levy_grain: what it rounds is told by the convention for levies, not by its components.
        scope: the power-factor scope it belongs to, or None where that is not assessed.
        unpriced: the bands of the group that it is not billed in.
        joint: the codes of lines that are rounded as one with it; it is what they leave of the joint amount.
        sharp_at_peak: its sharp energy is billed at its prices of peak, as a surcharge has the rest.
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
