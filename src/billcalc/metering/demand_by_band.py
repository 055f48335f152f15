"""The maximum demand of each band of the day, from intervals."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.metering.intervals import CompleteSeries
from billcalc.tariff.hours import DAY_MINUTES
from billcalc.vocabulary import Band

__all__ = ["band_demands"]

_MINUTES_OF_HOUR = 60


def band_demands(
    series: CompleteSeries, bands_on: Callable[[date], Sequence[Band]], *, minutes: int, rolling: bool
) -> Mapping[Band, Decimal]:
    """As ``maximum_demand``, of the windows that start in each band [kW]; of whole days by a clock that never changes.

    Args:
        series: starts at midnight of that clock.
        bands_on: the band of each interval of a day.
        minutes: the demand interval [min]; a divisor of 60, and a multiple of the series' step.
        rolling: whether the window slides by one interval.
    """
    size, per_day = minutes // series.step, DAY_MINUTES // series.step
    first = series.start.date()
    found: dict[Band, Decimal] = {}
    for begins in range(0, len(series.kwh) - size + 1, 1 if rolling else size):
        day, place = divmod(begins, per_day)
        band = bands_on(first + timedelta(days=day))[place]
        kwh = exact_sum(series.kwh[begins : begins + size])
        found[band] = max(found.get(band, kwh), kwh)
    return {band: EXACT.multiply(kwh, _MINUTES_OF_HOUR // minutes) for band, kwh in found.items()}
