"""Interval data in tables: a row for each interval or a row for each day.

A long table has ``timestamp`` and ``kwh`` or ``kw``; a wide one ``date`` and a column for each interval of the day,
whose heads tell the hours. A time is the start of its interval, or is said to be its end, with its offset or by the
wall clock of a named zone. A row that cannot be read is told with its place, and the others are kept: what is then
missing, ``metering.intervals.completed`` finds. Rows of another step, or of several meters, are refused: they would be
more or less energy than the file has.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from billcalc.files.text import Source
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import NumberError, decimal_text, parse_decimal
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.metering.interval_models import IntervalUnit
from billcalc.metering.intervals import POWER_STEPS, energy_of_power
from billcalc.tables.interval_heads import day_columns
from billcalc.tables.interval_meters import check_meters, rows_of
from billcalc.tables.interval_times import FileClock, Unreadable, zone_of
from billcalc.tables.readers import read_grid

__all__ = ["IntervalTable", "read_intervals"]

MAX_BYTES = 1 << 26
"""What a file may have unless told otherwise [byte]: a year of 15 minutes has a fiftieth of it."""

STEP = 15
"""The length of an interval of a long table unless told otherwise [min]."""

_EVENLY = 3
"""So many rows alike in a row are of another step; fewer may be rows between which some are missing."""

Row = tuple[str, Sequence[str]]
"""The place of a row and its cells."""
Reading = tuple[datetime, Decimal]
Intervals = tuple[str, list[tuple[datetime, str]]]
"""The place of a row, and the start and the cell of each of its intervals."""
_Meter = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class IntervalTable:
    """What a file tells.

    Attributes:
        step: the length of an interval [min].
        readings: the start of each interval and its energy [kWh], in the order of the file; below 0 where more was fed
            back than taken.
        bad: the rows that were left out, and why.
        encoding: of the text; whoever reads another than ``utf-8`` says so.
    """

    step: int
    readings: tuple[Reading, ...]
    bad: tuple[Fault, ...]
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the rows of a table are read.

    Attributes:
        step: the length of an interval [min].
        unit: of the values.
        columns: the places of the columns that are read.
        intervals: gives the start and the cell of each interval of a row.
        is_long: whether each row is one interval.
    """

    step: int
    unit: IntervalUnit
    columns: frozenset[int]
    intervals: Callable[[Sequence[str]], list[tuple[datetime, str]]]
    is_long: bool


def read_intervals(
    source: Source,
    *,
    name: str | None = None,
    step: int | None = None,
    unit: IntervalUnit = IntervalUnit.KWH,
    zone: str | None = None,
    ends: bool = False,
    meter: _Meter = None,
    max_bytes: int = MAX_BYTES,
) -> IntervalTable:
    r"""Read the intervals of one metering point.

    Args:
        source: a path, ``-`` or bytes of a table of any format.
        name: what messages call the input; by default its path.
        step: the length of an interval [min]; of a long table 15, of a wide one what its heads tell, unless told.
        unit: of a wide table.
        zone: whose wall clock the times without an offset are of, such as ``Asia/Shanghai``.
        ends: whether a time is the end of its interval; else it is the start.
        meter: what the rows have in the column that tells several meters apart; where they have channels too, what they
            have in each of these columns.
        max_bytes: the limit [byte].

    Raises:
        InvalidInput: where it cannot be read, its columns are not those of intervals, or its rows are of another step
            or of several meters.

    >>> read_intervals(b"timestamp,kwh\n2024-06-01T00:00:00+08:00,1.5\n").readings[0][1]
    Decimal('1.5')
    """
    grid = read_grid(source, name=name, max_bytes=max_bytes)
    if not grid.rows:
        raise InvalidInput([Fault(FaultCode.EMPTY, grid.name)])
    rows = ((row[0].where, [cell.text for cell in row]) for row in grid.rows)
    where, header = next(rows)
    _check_heads(where, header)
    clock = FileClock(None if zone is None else zone_of(zone))
    layout = (
        _wide(where, header, clock, step, unit, ends=ends)
        if "date" in header and "timestamp" not in header
        else _long(where, header, clock, STEP if step is None else step, ends=ends)
    )
    value = _value(where, layout.unit, layout.step)
    others = {column: head for column, head in enumerate(header) if column not in layout.columns}
    found, bad = _found(rows, len(header), others, layout, where, meter)
    readings: list[Reading] = []
    for number, (place, intervals) in found.items():
        try:
            readings.extend([(instant, value(cell)) for instant, cell in intervals if cell])
        except Unreadable as unreadable:
            bad[number] = unreadable.fault(place)
    faults = tuple(bad[number] for number in sorted(bad))
    return IntervalTable(layout.step, tuple(readings), faults, grid.encoding)


def _found(
    rows: Iterator[Row], width: int, others: Mapping[int, str], layout: _Layout, where: str, meter: _Meter
) -> tuple[dict[int, Intervals], dict[int, Fault]]:
    """By the number of their row the intervals of the meter that is wanted, and the rows that cannot be read.

    Raises:
        InvalidInput: where they are of several meters or of another step.
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
    chosen, others = rows_of(whole, others, where, meter)
    found: dict[int, Intervals] = {}
    for number, cells in chosen.items():
        try:
            found[number] = places[number], layout.intervals(cells)
        except Unreadable as unreadable:
            bad[number] = unreadable.fault(places[number])
    times = {number: [instant for instant, _ in intervals] for number, (_, intervals) in found.items()}
    check_meters(chosen, times, others, where)
    if layout.is_long:
        _check_spacing({instant: places[number] for number, [instant] in times.items()}, layout.step, is_whole=not bad)
    return found, bad


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
            seen = decimal_text(Decimal(int(distance.total_seconds())) / 60)
            facts = {"seen": seen, "step": str(step)}
            raise InvalidInput([Fault(FaultCode.STEP_DIFFERS, times[later], facts)])


def _long(where: str, header: Sequence[str], clock: FileClock, step: int, *, ends: bool) -> _Layout:
    unit = _unit(where, header)
    time, energy = header.index("timestamp"), header.index(unit.value)
    width = timedelta(minutes=step if ends else 0)

    def intervals(cells: Sequence[str]) -> list[tuple[datetime, str]]:
        return [(clock.instant(cells[time]) - width, cells[energy])]

    return _Layout(step, unit, frozenset({time, energy}), intervals, is_long=True)


def _wide(
    where: str, header: Sequence[str], clock: FileClock, step: int | None, unit: IntervalUnit, *, ends: bool
) -> _Layout:
    day = header.index("date")
    columns = day_columns(header, where, ends=ends)
    if step not in (None, columns.step):
        raise InvalidInput([Fault(FaultCode.STEP_DIFFERS, where, {"seen": str(columns.step), "step": str(step)})])

    def intervals(cells: Sequence[str]) -> list[tuple[datetime, str]]:
        first = clock.day(cells[day])
        return [(first + timedelta(minutes=start), cells[column]) for start, column in columns.by_start]

    return _Layout(columns.step, unit, frozenset({day, *columns.starts}), intervals, is_long=False)


def _check_heads(where: str, header: Sequence[str]) -> None:
    """See that no column that is read has a head twice: one of them would be lost."""
    twice = [head for head in ("timestamp", "date", *IntervalUnit) if header.count(head) > 1]
    if twice:
        raise InvalidInput([Fault(FaultCode.DUPLICATE_KEY, where, {"key": twice[0]})])


def _unit(where: str, header: Sequence[str]) -> IntervalUnit:
    """The unit of a long table: of energy where it has both, since power tells it less exactly."""
    for missing, known in (("timestamp or date", ("timestamp",)), ("kwh or kw", ("kwh", "kw"))):
        if not set(known) & set(header):
            raise InvalidInput([Fault(FaultCode.MISSING_KEY, where, {"key": missing})])
    return IntervalUnit.KWH if "kwh" in header else IntervalUnit.KW


def _value(where: str, unit: IntervalUnit, step: int) -> Callable[[str], Decimal]:
    """How a cell is read as an energy [kWh]."""
    if unit is IntervalUnit.KW and step not in POWER_STEPS:
        facts = {"reason": Reason.POWER_OF_STEP, "step": str(step)}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])

    def read(text: str) -> Decimal:
        try:
            number = parse_decimal(text)
        except NumberError as error:
            raise Unreadable(FaultCode.NOT_A_NUMBER, reason=error.why.reason, **error.why.facts) from None
        return energy_of_power(number, step) if unit is IntervalUnit.KW else number

    return read
