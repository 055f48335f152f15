"""Prices of energy by interval: one price for each quarter of an hour, each hour or any step that is read."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from pydantic import Field

from billcalc.fields import Exact, Model, at_most
from billcalc.fields.instants import Instant, Minutes
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.numbers import quotient_number

__all__ = ["PriceSeries", "SeriesPrice"]

_MEAN_TO = Decimal("0.000001")


class PriceSeries(Model):
    """The price of each interval in a row; it may be below zero, as on markets of the day before it is.

    Attributes:
        step: the length of an interval [min].
        start: when the first begins.
        values: the price of each [money/kWh]; null where it is not known, and energy in it is refused.
    """

    step: Minutes
    start: Instant
    values: Annotated[tuple[Exact | None, ...], Field(min_length=1), at_most("price_sheet.series.values")]

    @cached_property
    def width(self) -> timedelta:
        """The length of an interval."""
        return timedelta(minutes=self.step)

    @cached_property
    def mean(self) -> Decimal | None:
        """The mean of the prices, each counted once [money/kWh]; None where none is known."""
        known = [each for each in self.values if each is not None]
        return quotient_number(exact_sum(known), Decimal(len(known)), _MEAN_TO) if known else None

    def at(self, instant: datetime) -> Decimal | None:
        """The price of the interval that an instant is in; None where there is none."""
        place = (instant - self.start) // self.width
        return self.values[place] if 0 <= place < len(self.values) else None


class SeriesPrice(Model):
    """A price for each interval, where a document or a contract has them."""

    series: PriceSeries
