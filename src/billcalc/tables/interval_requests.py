"""Files of intervals into a request: the one way by which they come to a metering point, at every door.

What a file tells (step, start, values) is put into the request as if it were written there; ``fill`` and ``demand``
stand in the request beside it. What no request could tell the place of any more, a row of a file, is refused here.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from billcalc.billing.month_intervals import area_clock
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.fields.trails import Path
from billcalc.files.text import Source
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.metering.interval_models import IntervalUnit, Sampling
from billcalc.metering.models import MeteringPoint
from billcalc.tables.grid import Grid
from billcalc.tables.interval_columns import not_stated
from billcalc.tables.interval_marks import MARKED, Quality
from billcalc.tables.interval_meters import of_meters
from billcalc.tables.interval_registers import Shown, told_twice
from billcalc.tables.interval_sources import read_interval_grid
from billcalc.tables.interval_statements import OtherDays, Stated, Times, Values
from billcalc.tables.intervals import IntervalTable, intervals_of, once
from billcalc.tariff.catalog import Catalog

__all__ = [
    "IntervalFile",
    "IntervalFiles",
    "check_times",
    "data_with_intervals",
    "file_named",
    "request_with_intervals",
]

_POINT = re.compile(r"([A-Za-z0-9_.\-]{1,40})=(.+)")
_BESIDE = ("fill", "demand")
"""What a request tells of intervals that come from a file."""


Unread = Callable[[str, Sequence[str]], None]
"""Is handed the name of a file and the heads of columns."""


@dataclass(frozen=True, slots=True)
class IntervalFile:
    """A file of intervals.

    Attributes:
        source: a path or bytes.
        name: what messages call it.
        point: whose intervals it has; None where its column of meters tells it, or there is one metering point.
    """

    source: Source
    name: str
    point: str | None = None


def _grid(file: IntervalFile) -> Grid:
    return read_interval_grid(file.source, name=file.name)


@dataclass(frozen=True, slots=True)
class IntervalFiles:
    """The files of a request.

    Attributes:
        files: each with the metering point it is of.
        stated: what they do not tell.
        read: gives the cells of one.
    """

    files: tuple[IntervalFile, ...]
    stated: Stated = field(default_factory=Stated)
    read: Callable[[IntervalFile], Grid] = _grid


def file_named(text: str) -> IntervalFile:
    """A file as a command is told it: its path, perhaps behind its metering point: ``M1=load.csv``.

    >>> file_named("M1=load.csv").point, file_named("load.csv").point
    ('M1', None)
    """
    found = _POINT.fullmatch(text)
    if found is None or os.path.exists(text):
        return IntervalFile(text, text)
    return IntervalFile(found[2], found[2], found[1])


def request_with_intervals(
    data: object,
    files: IntervalFiles,
    *,
    catalog: Callable[[Request], Catalog],
    told: Callable[[Grid], None],
    unread: Unread = lambda name, columns: None,
    where: Callable[[Path], str] | None = None,
    where_key: Callable[[Path], str] | None = None,
) -> Request:
    """The request of some data and of files of intervals; see ``data_with_intervals``."""
    filled = data_with_intervals(
        data, files, catalog=catalog, told=told, unread=unread, where=where, where_key=where_key
    )
    return validated(Request, filled, where=where, where_key=where_key)


def data_with_intervals(
    data: object,
    files: IntervalFiles,
    *,
    catalog: Callable[[Request], Catalog],
    told: Callable[[Grid], None],
    unread: Unread = lambda name, columns: None,
    where: Callable[[Path], str] | None = None,
    where_key: Callable[[Path], str] | None = None,
) -> dict[str, Any]:
    """The data of a request in which the intervals of files stand as if they were written there.

    Args:
        data: of the request, without those intervals.
        files: that have them.
        catalog: gives the tariffs of a request.
        told: is handed each file that was read.
        unread: is handed the name of each file with the heads of its columns that nothing was read of.
        where: see ``validated``.
        where_key: see ``validated``.

    Raises:
        InvalidInput: where the request or a file cannot be read, the file is not of the days billed, or something has
            to be stated.
        Refused: where the area's clock is not known.
    """
    bare, beside = _without_intervals(data)
    request = validated(Request, bare, where=where, where_key=where_key)
    clock = area_clock(request, catalog(request))
    grids: dict[int, list[Grid]] = {}
    for file in files.files:
        grid = files.read(file)
        told(grid)
        for place, part in _parts(file, grid, request.metering_points, files.stated):
            grids.setdefault(place, []).append(part)
    left: dict[str, dict[str, None]] = {}
    points = [*bare["metering_points"]]
    for place in sorted({*grids, *beside}):
        point = request.metering_points[place]
        intervals = beside.get(place, {})
        if place in grids:
            others = [str(key) for key in intervals if key not in _BESIDE]
            if others:
                facts = {"reason": Reason.FILE_AND_VALUES, "point": point.id, "known": ", ".join(others)}
                path = ("metering_points", place, "intervals")
                here = f"/metering_points/{place}/intervals" if where is None else where(path)
                raise InvalidInput([Fault(FaultCode.INCONSISTENT, here, facts)])
            tables = [
                intervals_of(grid, stated=files.stated, clock=clock, of_register=_multiplier(point))
                for grid in grids[place]
            ]
            for grid, table in zip(grids[place], tables, strict=True):
                left.setdefault(grid.name, {}).update(dict.fromkeys(table.unread))
            placed = _placed(tables, [grid.name for grid in grids[place]], request.period.span, clock, files.stated)
            intervals = {"fill": "refuse", **intervals, **placed}
        points[place] = {**points[place], "intervals": intervals}
    for name, columns in left.items():
        unread(name, tuple(columns))
    return {**bare, "metering_points": points}


def _without_intervals(data: object) -> tuple[Any, dict[int, Mapping[str, Any]]]:
    """The data of a request without intervals, and these by the place of their metering point.

    What is no mapping or list where one should be stays, for the request to be refused.
    """
    if not isinstance(data, dict) or not isinstance(data.get("metering_points"), list):
        return data, {}
    found: dict[int, Mapping[str, Any]] = {}
    points: list[Any] = []
    for place, point in enumerate(data["metering_points"]):
        if isinstance(point, dict) and isinstance(point.get("intervals"), dict):
            found[place] = point["intervals"]
            point = {key: value for key, value in point.items() if key != "intervals"}
        points.append(point)
    return {**data, "metering_points": points}, found


def _parts(
    file: IntervalFile, grid: Grid, points: Sequence[MeteringPoint], stated: Stated
) -> Iterable[tuple[int, Grid]]:
    """The rows of each metering point of a file, by its place in the request.

    Raises:
        InvalidInput: where there is no such metering point, or nothing tells whose they are.
    """
    names = {place: {point.id, *(config.meter for config in point.config)} for place, point in enumerate(points)}
    known = ", ".join(point.id for point in points)
    if file.point is not None:
        place = next((place for place, point in enumerate(points) if point.id == file.point), None)
        if place is None:
            facts = {"kind": "metering point", "id": file.point, "known": known or "–"}
            raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, file.name, facts)])
        yield place, grid if stated.meter else of_meters(grid, names[place]) or grid
        return
    found = {} if stated.meter else {place: of_meters(grid, each) for place, each in names.items()}
    parts = [(place, part) for place, part in found.items() if part is not None]
    if not parts and len(points) != 1:
        raise InvalidInput([not_stated(Reason.POINT_OF_FILE, file.name, f"POINT={file.name}", known=known or "–")])
    yield from parts or [(0, grid)]


def _multiplier(point: MeteringPoint) -> Decimal | None:
    """What the register readings of a metering point are multiplied by; None where its meters have none or several."""
    multipliers = {config.multiplier for config in point.config}
    return multipliers.pop() if len(multipliers) == 1 else None


def _placed(
    tables: Sequence[IntervalTable], names: Sequence[str], days: Span, clock: timezone, stated: Stated
) -> dict[str, Any]:
    """The values of some files in their places, as a request gives them.

    Raises:
        InvalidInput: where rows cannot be read, are of other days or stand twice, or something has to be stated.
    """
    first = tables[0]
    faults = [fault for table in tables for fault in once(table.bad)]
    for table, name in zip(tables, names, strict=True):
        if table.step != first.step:
            faults.append(Fault(FaultCode.STEP_DIFFERS, name, {"seen": str(table.step), "step": str(first.step)}))
    if faults:
        raise InvalidInput(faults)
    width = timedelta(minutes=first.step)
    at_times = first.values is Values.KW_INSTANT
    assert days.end is not None
    start, end = (datetime.combine(day, time(), tzinfo=clock) for day in (days.start, days.end))
    for table, name in zip(tables, names, strict=True):
        check_times(table, name, width, clock)
    values: list[str | None] = [None] * ((end - start) // width + at_times)
    shown: dict[int, Shown] = {}
    marked: dict[Quality, set[int]] = {quality: set() for quality in Quality}
    for row in (row for table in tables for row in _rows(table)):
        place, rest = divmod(row.at - start, width)
        at = row.at.astimezone(clock).isoformat()
        if rest:
            faults.append(Fault(FaultCode.INTERVAL_NOT_ALIGNED, row.where, {"start": at, "step": str(first.step)}))
        elif not 0 <= place < len(values):
            if stated.other_days is OtherDays.REFUSE:
                facts = {"start": at, "span": str(days), "clock": str(clock)}
                raise InvalidInput([not_stated(Reason.OTHER_DAYS, row.where, "other_days=leave_out", **facts)])
        elif place in shown and shown[place].value != row.value:
            faults.append(told_twice(row._replace(at=row.at.astimezone(clock)), shown[place].value))
        else:
            shown[place] = row
            values[place] = decimal_text(row.value)
            marked[row.quality].add(place)
    if faults:
        raise InvalidInput(faults)
    return {
        "step": str(first.step),
        "start": start.isoformat(),
        "unit": IntervalUnit.KW.value if at_times else IntervalUnit.KWH.value,
        "sampling": Sampling.INSTANT.value if at_times else Sampling.MEAN.value,
        "values": values,
        **{str(quality): sorted(marked[quality]) for quality in MARKED},
    }


def _rows(table: IntervalTable) -> Iterable[Shown]:
    for (at, value), where in zip(table.readings, table.places, strict=True):
        quality = next((mark for mark, times in table.marked.items() if at in times), Quality.MEASURED)
        yield Shown(at, value, where, quality)


def check_times(table: IntervalTable, name: str, width: timedelta, clock: timezone) -> None:
    """See that times are known to be starts: they are told to be, or make whole days from midnight to midnight.

    Raises:
        InvalidInput: where they may be ends.
    """
    if table.times_told or not table.readings:
        return
    times = sorted(at.astimezone(clock) for at, _ in table.readings)
    if times[0].time() != time() or (times[-1] + width).time() != time():
        facts = {"start": times[0].isoformat(), "last": times[-1].isoformat()}
        statement = " / ".join(f"times={each}" for each in Times)
        raise InvalidInput([not_stated(Reason.START_OR_END, name, statement, **facts)])
