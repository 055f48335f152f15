"""Files of intervals read with what a test states of them."""

from typing import Any

from billcalc.files.text import Source
from billcalc.tables.interval_statements import Stated
from billcalc.tables.intervals import IntervalTable, read_intervals

__all__ = ["read_as_stated"]


def read_as_stated(
    source: Source, *, name: str | None = None, zone: str | None = None, meter: str | tuple[str, ...] = (), **told: Any
) -> IntervalTable:
    """The intervals of a file, by the clock of a zone."""
    meters = (meter,) if isinstance(meter, str) else meter
    return read_intervals(source, name=name, stated=Stated(**told, zone=zone, meter=meters))
