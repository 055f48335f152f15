"""Interval data by hand: a series of texts, and a clock."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from billcalc.metering.intervals import CompleteSeries, FillRule, completed

__all__ = ["JUNE", "at", "complete", "series"]

JUNE = datetime(2024, 6, 1, tzinfo=UTC)


def at(minute: int) -> datetime:
    """The instant some minutes after the first of June."""
    return JUNE + timedelta(minutes=minute)


def series(*kwh: str, step: int = 15) -> CompleteSeries:
    """A series without findings."""
    return CompleteSeries(JUNE, step, tuple(Decimal(each) for each in kwh), ())


def complete(readings: Sequence[tuple[int, str]], fill: FillRule, *, count: int = 6, step: int = 15) -> CompleteSeries:
    """Readings by the minute after the first of June, put into their places."""
    pairs = [(at(minute), Decimal(kwh)) for minute, kwh in readings]
    return completed(pairs, start=JUNE, end=at(count * step), step=step, fill=fill)
