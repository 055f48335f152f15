"""Rows of tables whose metering points name files of intervals: ``metering_points.0.intervals.file``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.tables.grid import Grid
from billcalc.tables.interval_requests import IntervalFile, IntervalFiles, request_with_intervals
from billcalc.tables.interval_sources import read_interval_grid
from billcalc.tables.interval_statements import Stated
from billcalc.tariff.catalog import Catalog

__all__ = ["RowRequests", "files_named", "names_file"]

_KEY = "file"
_KEPT = 8
"""So many files are in memory at one time: rows that follow one another often have one file."""
_PLACE = re.compile(r"/metering_points/[0-9]+/intervals/file")


def names_file(pointer: str) -> bool:
    """Whether a place of a row names a file of intervals.

    >>> names_file("/metering_points/0/intervals/file"), names_file("/metering_points/0/intervals/fill")
    (True, False)
    """
    return _PLACE.fullmatch(pointer) is not None


def files_named(data: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """The intervals of a request's data that name a file, and its name."""
    points = data.get("metering_points")
    for point in points if isinstance(points, list) else ():
        intervals = point.get("intervals") if isinstance(point, dict) else None
        if isinstance(intervals, dict) and isinstance(intervals.get(_KEY), str):
            yield point, intervals[_KEY]


@dataclass(frozen=True, slots=True)
class RowRequests:
    """Makes the requests of rows, with the intervals of the files that they name; it is sent to the workers.

    Attributes:
        stated: what the files do not tell.
    """

    stated: Stated
    _kept: dict[str, Grid] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __call__(self, data: dict[str, Any], catalog: Catalog) -> Request:
        """The request of some data.

        Raises:
            InvalidInput: as ``request_with_intervals``.
            Refused: likewise.
        """
        files = [IntervalFile(name, name, str(point.get("id"))) for point, name in files_named(data)]
        if not files:
            return validated(Request, data)
        for point, _ in [*files_named(data)]:
            point["intervals"] = {key: value for key, value in point["intervals"].items() if key != _KEY}
        return request_with_intervals(
            data,
            IntervalFiles(tuple(files), self.stated, read=self._grid),
            catalog=lambda _: catalog,
            told=lambda grid: None,
        )

    def _grid(self, file: IntervalFile) -> Grid:
        grid = self._kept.pop(file.name, None)
        if grid is None:
            grid = read_interval_grid(file.name)
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[file.name] = grid
        return grid
