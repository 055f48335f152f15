"""Interval data in tables: a row for each interval or a row for each day.

A long table has a time and a value; a wide one a date and a column for each interval of the day, whose heads tell the
hours. A time is the start of its interval, or is said to be its end, with its offset or by a wall clock. A row that
cannot be read is told with its place, and the others are kept: what is then missing, ``metering.intervals.completed``
finds. Rows of another step, or of several meters, are refused: they would be more or less energy than the file has.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from billcalc.fields.instants import STEPS
from billcalc.files.text import Source
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, NumberError, decimal_text, parse_decimal
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.metering.intervals import POWER_STEPS, energy_of_power
from billcalc.tables.grid import Grid
from billcalc.tables.interval_columns import Columns, columns_of, not_stated
from billcalc.tables.interval_days import Days
from billcalc.tables.interval_marks import MARKED, Quality, marks_of
from billcalc.tables.interval_meters import check_meters, check_multipliers, not_read, rows_of
from billcalc.tables.interval_registers import Shown, risen
from billcalc.tables.interval_sources import MAX_BYTES, read_interval_grid
from billcalc.tables.interval_statements import Stated, Times, Values
from billcalc.tables.interval_times import FileClock, Unreadable, zone_of

__all__ = ["IntervalTable", "intervals_of", "once", "read_intervals"]

_EVENLY = 3
"""So many rows alike in a row are of another step; fewer may be rows between which some are missing."""

Row = tuple[str, Sequence[str]]
"""The place of a row and its cells."""
Reading = tuple[datetime, Decimal]
_Times = tuple[list[tuple[datetime, str]], datetime | None]
"""The time and the cell of each value of a row, and the end of its interval where that is told beside the start."""
_Read = Callable[[Sequence[str]], _Times]


@dataclass(frozen=True, slots=True)
class IntervalTable:
    """What a file tells.

    Attributes:
        step: the length of an interval [min].
        readings: the start of each interval and its energy [kWh], in the order of the file; below 0 where more was fed
            back than taken. Of powers at instants the time of each and the power [kW].
        bad: the rows that were left out, and why.
        encoding: of the text; whoever reads another than ``utf-8`` says so.
        values: ``kwh``, or ``kw_instant``.
        places: of the rows of the readings.
        marked: the times of those readings that the file marks as estimated, and as substituted.
        times_told: whether the file or a statement tells what the times are; else they are taken for starts.
        unread: the heads of the columns that nothing was read of.
    """

    step: int
    readings: tuple[Reading, ...]
    bad: tuple[Fault, ...]
    encoding: str = "utf-8"
    values: Values = Values.KWH
    places: tuple[str, ...] = field(default=(), compare=False)
    marked: Mapping[Quality, frozenset[datetime]] = field(default_factory=dict)
    times_told: bool = field(default=True, compare=False)
    unread: tuple[str, ...] = ()


class _Cells(NamedTuple):
    """A row that is read.

    Attributes:
        where: its place.
        quality: its mark.
        values: the time and the cell of each value.
        end: the end of its interval, where that is told beside the start.
    """

    where: str
    quality: Quality
    values: list[tuple[datetime, str]]
    end: datetime | None = None


def read_intervals(
    source: Source,
    *,
    name: str | None = None,
    stated: Stated | None = None,
    clock: tzinfo | None = None,
    max_bytes: int = MAX_BYTES,
) -> IntervalTable:
    r"""Read the intervals of one metering point.

    Args:
        source: a path, ``-`` or bytes of a table of any format.
        name: what messages call the input; by default its path.
        stated: what the file does not tell.
        clock: by which times without an offset are read, unless the zone is stated.
        max_bytes: the limit [byte].

    Raises:
        InvalidInput: where it cannot be read, its columns are not those of intervals, its rows are of another step
            or of several meters, or something has to be stated.

    >>> stated = Stated(step=15)
    >>> read_intervals(b"timestamp,kwh\n2024-06-01T00:00:00+08:00,1.5\n", stated=stated).readings[0][1]
    Decimal('1.5')
    """
    grid = read_interval_grid(source, name=name, max_bytes=max_bytes)
    return intervals_of(grid, stated=stated or Stated(), clock=clock)


def intervals_of(
    grid: Grid, *, stated: Stated, clock: tzinfo | None, of_register: Decimal | None = None
) -> IntervalTable:
    """The intervals of one metering point in a table that was read; see ``read_intervals``.

    Args:
        grid: the table.
        stated: what it does not tell.
        clock: see ``read_intervals``.
        of_register: what a reading of the meter's register is multiplied by, where that is known [1].
    """
    if not grid.rows:
        raise InvalidInput([Fault(FaultCode.EMPTY, grid.name)])
    rows = ((row[0].where, [cell.text for cell in row]) for row in grid.rows)
    where, header = next(rows)
    columns = columns_of(header, where, stated)
    if columns.values is None:
        statement = " / ".join(f"values={each}" for each in Values)
        raise InvalidInput([not_stated(Reason.KIND_OF_VALUES, where, statement)])
    if columns.quality is None and any(getattr(stated, quality) for quality in Quality):
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, where, {"key": "quality"})])
    if columns.values.is_at_times and columns.times is not None and columns.value is not None:
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, {"reason": Reason.TIMES_OF_INSTANTS})])
    file_clock = FileClock(clock if stated.zone is None else zone_of(stated.zone))
    days = Days.of(header, where, columns, file_clock, stated) if columns.value is None else None
    read = _long(columns, file_clock) if days is None else lambda cells: (days.values(cells), None)
    others = {
        place: head
        for place, head in enumerate(header)
        if place not in columns.places and (days is None or place not in days.places)
    }
    known = of_register if stated.multiplier is None and columns.values is Values.REGISTER else stated.multiplier
    found, bad, unread = _found(rows, len(header), others, columns, read, where, stated, known)
    step = days.step if days is not None else _step(found, stated, where, bad)
    multiplier = stated.multiplier
    if columns.values is Values.REGISTER:
        multiplier = _of_register(where, multiplier, of_register)
    table = _table(found, bad, grid, columns, step, _value(columns, step, where, multiplier))
    return replace(table, unread=unread)


def once(faults: Iterable[Fault]) -> list[Fault]:
    """The first of the faults that are alike but for their place and what stands there."""
    found: dict[tuple[object, ...], Fault] = {}
    for fault in faults:
        stated = fault.facts.get("statement")
        key = (fault.code, stated) if stated is not None else (fault.code, fault.where)
        found.setdefault(key, fault)
    return [*found.values()]


def _table(
    found: Mapping[int, _Cells],
    bad: dict[int, Fault],
    grid: Grid,
    columns: Columns,
    step: int,
    value: Callable[[str], Decimal],
) -> IntervalTable:
    assert columns.values is not None, "what nothing tells was refused"
    is_long = columns.value is not None
    width = timedelta(minutes=step)
    is_shifted = is_long and columns.times is Times.ENDS
    shown: list[Shown] = []
    for number, row in found.items():
        try:
            if row.end is not None and row.end - row.values[0][0] != width:
                raise Unreadable(FaultCode.STEP_DIFFERS, seen=_minutes(row.end - row.values[0][0]), step=str(step))
            for instant, cell in row.values:
                if cell and row.quality is not Quality.MISSING:
                    at = instant - width if is_shifted else instant
                    shown.append(Shown(at, value(cell), row.where, row.quality))
        except Unreadable as unreadable:
            bad[number] = unreadable.fault(row.where)
    if columns.values is Values.REGISTER:
        shown = risen(shown, width)
    return IntervalTable(
        step,
        tuple((each.at, each.value) for each in shown),
        tuple(bad[number] for number in sorted(bad)),
        grid.encoding,
        Values.KW_INSTANT if columns.values is Values.KW_INSTANT else Values.KWH,
        tuple(each.where for each in shown),
        _marked(shown),
        not is_long or columns.times is not None or columns.values.is_at_times,
    )


def _marked(shown: Sequence[Shown]) -> dict[Quality, frozenset[datetime]]:
    """The times of the values that are marked as no measured ones, by their mark."""
    times = {quality: frozenset(each.at for each in shown if each.quality is quality) for quality in MARKED}
    return {quality: marked for quality, marked in times.items() if marked}


def _found(
    rows: Iterator[Row],
    width: int,
    others: Mapping[int, str],
    columns: Columns,
    read: _Read,
    where: str,
    stated: Stated,
    known: Decimal | None,
) -> tuple[dict[int, _Cells], dict[int, Fault], tuple[str, ...]]:
    """By the number of their row the values of the meter that is wanted, and the rows that cannot be read.

    Beside them the heads of the columns that nothing was read of.

    Raises:
        InvalidInput: where they are of several meters.
    """
    places: dict[int, str] = {}
    whole: dict[int, Sequence[str]] = {}
    bad: dict[int, Fault] = {}
    for number, (place, cells) in enumerate(rows):
        places[number] = place
        if len(cells) == width:
            whole[number] = cells
        else:
            facts = {"reason": Reason.CELLS_INSTEAD, "count": str(len(cells)), "expected": str(width)}
            bad[number] = Fault(FaultCode.SYNTAX, place, facts)
    chosen, others = rows_of(whole, others, where, stated.meter)
    mark = marks_of(stated)
    found: dict[int, _Cells] = {}
    for number, cells in chosen.items():
        try:
            quality = Quality.MEASURED if columns.quality is None else mark(cells[columns.quality])
            found[number] = _Cells(places[number], quality, *read(cells))
        except Unreadable as unreadable:
            bad[number] = unreadable.fault(places[number])
    times = {number: [instant for instant, _ in row.values] for number, row in found.items()}
    check_meters(chosen, times, others, where)
    check_multipliers(chosen, others, where, known)
    return found, bad, not_read(others)


def _long(columns: Columns, clock: FileClock) -> _Read:
    """How a row of one interval is read."""
    assert columns.value is not None
    time, beside, end, value = columns.time, columns.clock, columns.end, columns.value

    def read(cells: Sequence[str]) -> _Times:
        text = cells[time] if beside is None else f"{cells[time]} {cells[beside]}"
        return [(clock.instant(text), cells[value])], None if end is None else clock.instant(cells[end])

    return read


def _step(found: Mapping[int, _Cells], stated: Stated, where: str, bad: Mapping[int, Fault]) -> int:
    """The step of a long table: as stated, else that of its rows, which must all have it.

    Raises:
        InvalidInput: where they have another, or nothing tells it, perhaps for they cannot be read.
    """
    times = {row.values[0][0]: row.where for row in found.values()}
    step = stated.step
    if step is None:
        apart = {later - earlier: times[later] for earlier, later in pairwise(sorted(times))}
        if not apart:
            statement = " / ".join(f"step={each}" for each in STEPS)
            raise InvalidInput(once(bad.values()) or [not_stated(Reason.STEP_OF_ONE_ROW, where, statement)])
        closest = min(apart)
        step = next((each for each in STEPS if closest == timedelta(minutes=each)), None)
        if step is None:
            facts = {"value": _minutes(closest), "known": ", ".join(map(str, STEPS))}
            raise InvalidInput([Fault(FaultCode.UNKNOWN_WORD, apart[closest], facts)])
    _check_spacing(times, step, is_whole=not bad)
    return step


def _check_spacing(times: Mapping[datetime, str], step: int, *, is_whole: bool) -> None:
    """See that the rows are a step apart, or more where some are missing.

    Args:
        times: each time, and the place of its row.
        step: what they are said to be apart [min].
        is_whole: whether no row was left out; else two rows may be far apart by that alone.

    Raises:
        InvalidInput: where they are closer, between two steps, or evenly further apart.
    """
    width = timedelta(minutes=step)
    apart = [(later - earlier, later) for earlier, later in pairwise(sorted(times))]
    closest = min((distance for distance, _ in apart), default=width)
    alike = 0
    for place, (distance, later) in enumerate(apart):
        alike = alike + 1 if place and distance == apart[place - 1][0] else 1
        is_other = distance > width and ((is_whole and closest > width) or alike == _EVENLY)
        if distance % width or is_other:
            facts = {"seen": _minutes(distance), "step": str(step)}
            raise InvalidInput([Fault(FaultCode.STEP_DIFFERS, times[later], facts)])


def _minutes(distance: timedelta) -> str:
    return decimal_text(Decimal(int(distance.total_seconds())) / 60)


def _of_register(where: str, stated: Decimal | None, known: Decimal | None) -> Decimal:
    """What the readings of a register are multiplied by [1].

    Raises:
        InvalidInput: where nothing tells it, or two things.
    """
    found = known if stated is None else stated
    if found is None:
        raise InvalidInput([not_stated(Reason.MULTIPLIER_OF_REGISTER, where, "multiplier=1")])
    if known not in (None, found):
        facts = {"reason": Reason.MULTIPLIER_CONTRADICTED, "value": decimal_text(found), "known": str(known)}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])
    if found < 1:
        raise InvalidInput([Fault(FaultCode.MULTIPLIER_BELOW_ONE, where, {"multiplier": decimal_text(found)})])
    return found


def _value(columns: Columns, step: int, where: str, multiplier: Decimal | None) -> Callable[[str], Decimal]:
    """How a cell is read: as an energy [kWh], or of powers at instants as a power [kW]."""
    is_power = columns.values is Values.KW
    if step not in POWER_STEPS and columns.values in (Values.KW, Values.KW_INSTANT):
        facts = {"reason": Reason.POWER_OF_STEP, "step": str(step)}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])
    factor = EXACT.multiply(columns.scale, multiplier or Decimal(1))

    def read(text: str) -> Decimal:
        try:
            number = parse_decimal(text)
        except NumberError as error:
            raise Unreadable(FaultCode.NOT_A_NUMBER, reason=error.why.reason, **error.why.facts) from None
        number = EXACT.multiply(number, factor)
        return energy_of_power(number, step) if is_power else number

    return read
