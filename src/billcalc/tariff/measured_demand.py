"""What a price of demand is for: the greatest demand of some bands, and the least of it that earlier months leave."""

from typing import Annotated

from pydantic import AfterValidator, Field

from billcalc.fields import Count, Model, NotNegative, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.vocabulary import BANDS, Band

__all__ = ["MeasuredDemand", "Ratchet", "TimeBand"]


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

    share: NotNegative
    months: Annotated[Count, AfterValidator(_some_months)]


class MeasuredDemand(Model):
    """The demand that a component prices, as it was measured.

    Attributes:
        bands: the bands of which the greatest demand is billed; none are all hours.
        ratchet: what earlier months leave of it, or None.
        least: what is billed at least [kW or kVA].
    """

    bands: Annotated[tuple[TimeBand, ...], Field(min_length=1), at_most("words")] | None = None
    ratchet: Ratchet | None = None
    least: NotNegative | None = None

    @property
    def needs_kw(self) -> bool:
        """Whether it asks for what is known of kilowatts alone: the demand of bands, and that of earlier months."""
        return self.bands is not None or self.ratchet is not None
