"""What a price of demand is for: the greatest demand of some bands, and the least of it that earlier months leave."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from billcalc.fields import AboveZero, Count, Model, NotNegative, PartOfOne, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.reasons import Reason
from billcalc.vocabulary import BANDS, Band

__all__ = ["MeasuredDemand", "Ratchet", "TimeBand", "tiers_apart"]


def _time_band(band: Band) -> Band:
    if band not in BANDS:
        raise fault_error(FaultCode.UNKNOWN_WORD, value=band.value, known=", ".join(BANDS))
    return band


TimeBand = Annotated[Band, AfterValidator(_time_band)]
"""A band of the day; a price for the total is a flat price."""

_MONTHS_MAX = 36


def _some_months(months: int) -> int:
    if not 1 <= months <= _MONTHS_MAX:
        raise fault_error(FaultCode.OUT_OF_RANGE, value=str(months), range=f"1..{_MONTHS_MAX}")
    return months


class Ratchet(Model):
    """A share of the greatest demand of earlier months that is billed at least.

    Attributes:
        share: of it [1].
        months: how many months before that of the bill.
    """

    share: PartOfOne
    months: Annotated[Count, AfterValidator(_some_months)]


class MeasuredDemand(Model):
    """The demand that a component prices, as it was measured.

    Attributes:
        bands: the bands of which the greatest demand is billed; none are all hours.
        ratchet: what earlier months leave of it, or None.
        least: what is billed at least [kW or kVA].
        above, up_to: of a tier, what of the billed demand its price is for [kW or kVA]; None where it has no such end.
    """

    bands: Annotated[tuple[TimeBand, ...], Field(min_length=1), at_most("words")] | None = None
    ratchet: Ratchet | None = None
    least: NotNegative | None = None
    above: AboveZero | None = None
    up_to: AboveZero | None = None

    @model_validator(mode="after")
    def _rises(self) -> "MeasuredDemand":
        if self.above is not None and self.up_to is not None and self.up_to <= self.above:
            facts = {"lower": str(self.above), "upper": str(self.up_to)}
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.LIMITS_NOT_RISING, **facts)
        return self

    @property
    def whole(self) -> "MeasuredDemand":
        """The demand that it is a tier of."""
        return self.model_copy(update={"above": None, "up_to": None})

    @property
    def needs_kw(self) -> bool:
        """Whether it asks for what is known of kilowatts alone: the demand of bands, and that of earlier months."""
        return self.bands is not None or self.ratchet is not None


def tiers_apart(tiers: Iterable[MeasuredDemand]) -> tuple[MeasuredDemand, MeasuredDemand] | None:
    """Two tiers of one demand that do not meet, the lower first; None where each begins where one ends.

    Between two that leave a gap demand would be billed at nothing, and where they overlap twice. Demand below the first
    tier, and above the last, may be free. Tiers that meet and are of another ratchet or least are apart as well: what
    an earlier month leaves would be in one of them alone.

    Args:
        tiers: of the same hours.
    """
    rising = sorted(tiers, key=lambda each: each.above or ZERO)
    of_one = [[each for each in rising if each.whole == whole] for whole in (each.whole for each in rising)]
    for found in of_one:
        if apart := next(_not_meeting(found), None):
            return apart
    if any(_not_meeting(rising)):
        return None
    return next(((lower, upper) for lower, upper in pairwise(rising) if lower.whole != upper.whole), None)


def _not_meeting(rising: Iterable[MeasuredDemand]) -> Iterator[tuple[MeasuredDemand, MeasuredDemand]]:
    return ((lower, upper) for lower, upper in pairwise(rising) if lower.up_to != (upper.above or ZERO))
