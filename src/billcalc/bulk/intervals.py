"""Interval data of many customers, for programs: energy by band and maximum demand, exactly as of one customer.

No command and no route asks for it: a program that holds load curves of a whole area as arrays makes columns of given
energy and demand of them, which ``bulk.calculate`` bills, and no request of thousands of values for each customer.

What is below zero was fed back: it is no part of either, and ``fed_back`` tells it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from billcalc.bulk.column import Column
from billcalc.metering.intervals import set_apart
from billcalc.vocabulary import Band

__all__ = ["band_energies", "fed_back", "maximum_demand"]

_MINUTES_OF_HOUR = 60
_CODES = {band: code for code, band in enumerate(Band)}


def band_energies(kwh: NDArray[np.int64], scale: int, bands: Sequence[Band]) -> Mapping[Band, Column]:
    """The energy that each customer took in each band [kWh].

    Args:
        kwh: a row for each customer, a column for each interval, as integers; below 0 where more was fed back.
        scale: the decimal places of the integers.
        bands: the band of each interval, the same for all these customers.

    Raises:
        OverflowError: where a sum could leave 64 bits.
    """
    _fits(kwh, kwh.shape[1])
    codes = np.fromiter(map(_CODES.__getitem__, bands), dtype=np.int64, count=len(bands))
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    sums = np.add.reduceat(_taken(kwh), starts, axis=1)
    return {
        band: Column.of(sums[:, codes[starts] == code].sum(axis=1), scale)
        for code, band in enumerate(Band)
        if np.any(codes == code)
    }


def fed_back(kwh: NDArray[np.int64], scale: int) -> Column:
    """The energy that each customer fed back [kWh].

    Args:
        kwh: a row for each customer, a column for each interval, as integers; below 0 where more was fed back.
        scale: the decimal places of the integers.

    Raises:
        OverflowError: where a sum could leave 64 bits.
    """
    _fits(kwh, kwh.shape[1])
    return Column.of(_apart(kwh)[1].sum(axis=1), scale)


def maximum_demand(
    kwh: NDArray[np.int64], scale: int, *, step: int, minutes: int, rolling: bool
) -> tuple[Column, NDArray[np.int64]]:
    """The maximum demand of each customer [kW] and the place of the interval at which its window starts.

    Args:
        kwh: a row for each customer, a column for each interval, as integers; what is fed back is no demand.
        scale: the decimal places of the integers.
        step: the length of an interval [min].
        minutes: the demand interval [min]; a divisor of 60, and a multiple of the step.
        rolling: whether the window slides by one interval.

    Raises:
        ValueError: where the intervals are too coarse or too few to tell the demand.
        OverflowError: where a window could leave 64 bits.
    """
    if _MINUTES_OF_HOUR % minutes or minutes % step:
        raise ValueError(f"intervals of {step} min cannot tell a demand of {minutes} min")
    size = minutes // step
    count = kwh.shape[1]
    if count < size:
        raise ValueError(f"{count} intervals of {step} min are shorter than one of {minutes} min")
    _fits(kwh, size * (_MINUTES_OF_HOUR // minutes))
    last, stride = count - size + 1, 1 if rolling else size
    kwh = _taken(kwh)
    windows = kwh[:, :last:stride]
    if size > 1:
        windows = windows.copy()
    for later in range(1, size):
        windows += kwh[:, later : last + later : stride]
    places = windows.argmax(axis=1)
    highest = np.take_along_axis(windows, places[:, None], axis=1)[:, 0] * (_MINUTES_OF_HOUR // minutes)
    return Column.of(highest, scale), places * (1 if rolling else size)


def _taken(kwh: NDArray[np.int64]) -> NDArray[np.int64]:
    """What was taken: the energies themselves where none is below zero, as almost always."""
    return kwh if not kwh.size or kwh.min() >= 0 else _apart(kwh)[0]


def _apart(kwh: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return set_apart(kwh, larger=np.maximum, minus=np.negative)


def _fits(kwh: NDArray[np.int64], terms: int) -> None:
    if kwh.size and max(abs(int(kwh.min())), abs(int(kwh.max()))) * terms >= 2**63:
        raise OverflowError("interval energies too large for 64 bits: bill these customers one by one")
