"""Interval data in files: CSV and Parquet, a row for each interval or a row for each day.

A long table has ``timestamp`` and ``kwh`` or ``kw``; a wide one ``date`` and 24, 48 or 96 columns of the day. A time is
the start of its interval, with its offset or by the wall clock of a named zone. A row that cannot be read is told with
its place, and the others are kept: what is then missing, ``metering.intervals.completed`` finds.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from billcalc.files.csv_text import CsvText, read_csv_text
from billcalc.files.system_errors import reading_fault
from billcalc.files.text import Source
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode
from billcalc.metering.interval_models import IntervalUnit
from billcalc.metering.intervals import POWER_STEPS, energy_of_power

__all__ = ["IntervalTable", "read_intervals"]

MAX_BYTES = 1 << 26
"""What a file may have unless told otherwise [byte]: a year of 15 minutes has a fiftieth of it."""

_MINUTES_OF_DAY = 1440
_COLUMNS_OF_DAY = (24, 48, 96)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

Row = tuple[str, Sequence[str]]
"""The place of a row and its cells."""
Reading = tuple[datetime, Decimal]


@dataclass(frozen=True, slots=True)
class IntervalTable:
    """What a file tells.

    Attributes:
        step: the length of an interval [min].
        readings: the start of each interval and its energy [kWh], in the order of the file.
        bad: the rows that were left out, and why.
        encoding: of a text; whoever reads one that is not UTF-8 says so.
    """

    step: int
    readings: tuple[Reading, ...]
    bad: tuple[Fault, ...]
    encoding: str = "utf-8"


def read_intervals(
    source: Source,
    *,
    name: str | None = None,
    step: int = 15,
    unit: IntervalUnit = IntervalUnit.KWH,
    zone: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> IntervalTable:
    r"""Read the intervals of one metering point.

    Args:
        source: a path, ``-`` or bytes; a name that ends in ``.parquet`` is Parquet, every other CSV.
        name: what messages call the input; by default its path.
        step: the length of an interval of a long table [min].
        unit: of a wide table.
        zone: whose wall clock the times without an offset are of, such as ``Asia/Shanghai``.
        max_bytes: the limit of a text [byte].

    Raises:
        InvalidInput: where it cannot be read, or its columns are not those of intervals.

    >>> read_intervals(b"timestamp,kwh\n2024-06-01T00:00:00+08:00,1.5\n").readings[0][1]
    Decimal('1.5')
    """
    shown = name or ("input" if isinstance(source, bytes) else os.fspath(source))
    is_parquet = shown.lower().endswith(".parquet")
    text = None if is_parquet else read_csv_text(source, name=name, max_bytes=max_bytes)
    rows = _parquet_rows(source, shown) if text is None else _csv_rows(text)
    where, header = next(rows)
    clock = _Clock(None if zone is None else _zone(zone))
    if "date" in header:
        step = _step_of_day(where, header)
        value = _value(where, unit, step)
        read: Callable[[Sequence[str]], Iterable[Reading]] = lambda cells: _day(cells, header, step, clock, value)  # noqa: E731
    else:
        unit = _unit(where, header)
        value = _value(where, unit, step)
        read = lambda cells: _interval(cells, header, unit, clock, value)  # noqa: E731
    readings: list[Reading] = []
    bad: list[Fault] = []
    for where, cells in rows:
        try:
            if len(cells) != len(header):
                raise _Unreadable(FaultCode.SYNTAX, f"{len(cells)} cells instead of {len(header)}")
            readings.extend(read(cells))
        except _Unreadable as unreadable:
            bad.append(unreadable.fault(where))
    return IntervalTable(step, tuple(readings), tuple(bad), "utf-8" if text is None else text.encoding)


class _Unreadable(Exception):
    """A row that is left out."""

    def __init__(self, code: FaultCode, reason: str, value: str = "") -> None:
        self.code, self.facts = code, {"reason": reason, "value": value}

    def fault(self, where: str) -> Fault:
        return Fault(self.code, where, self.facts)


class _Clock:
    """Turns the times of a file into instants; a time that comes twice is the earlier one first."""

    def __init__(self, zone: ZoneInfo | None) -> None:
        self._zone = zone
        self._passed: set[datetime] = set()

    def instant(self, text: str) -> datetime:
        try:
            found = datetime.fromisoformat(text) if _TIME.fullmatch(text) else None
        except ValueError:
            found = None
        if found is None:
            raise _Unreadable(FaultCode.WRONG_TYPE, "a time is written 2024-06-01T00:15:00+08:00", f'"{text}"')
        if found.tzinfo is not None:
            return found.astimezone(UTC)
        if self._zone is None:
            raise _Unreadable(FaultCode.WRONG_TYPE, "the time has no offset, and no zone is told", f'"{text}"')
        local = found.replace(tzinfo=self._zone)
        comes_twice = local.utcoffset() != local.replace(fold=1).utcoffset()
        if comes_twice and found in self._passed:
            local = local.replace(fold=1)
        instant = local.astimezone(UTC)
        if instant.astimezone(self._zone).replace(tzinfo=None) != found:
            raise _Unreadable(FaultCode.WRONG_TYPE, f"the clock of {self._zone.key} passes over this time", f'"{text}"')
        self._passed.add(found)
        return instant

    def day(self, text: str) -> datetime:
        """The first instant of a day that has 24 hours."""
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise _Unreadable(FaultCode.WRONG_TYPE, "a day is written YYYY-MM-DD, such as 2024-06-01", f'"{text}"')
        if self._zone is None:
            raise _Unreadable(FaultCode.WRONG_TYPE, "a row of a day needs the zone of its clock", f'"{text}"')
        first, last = (
            datetime.combine(each, time(), tzinfo=self._zone).astimezone(UTC) for each in (day, day + timedelta(days=1))
        )
        if last - first != timedelta(days=1):
            hours = (last - first) // timedelta(hours=1)
            reason = f"this day has {hours} hours in {self._zone.key}: give its intervals by their times"
            raise _Unreadable(FaultCode.WRONG_TYPE, reason, f'"{text}"')
        return first


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, or a name that no file can have
        facts = {"kind": "zone", "id": name, "known": "the names of the time zone database, such as Asia/Shanghai"}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, "zone", facts)]) from None


def _unit(where: str, header: Sequence[str]) -> IntervalUnit:
    for missing, known in (("timestamp or date", ("timestamp",)), ("kwh or kw", ("kwh", "kw"))):
        if not set(known) & set(header):
            raise InvalidInput([Fault(FaultCode.MISSING_KEY, where, {"key": missing})])
    return IntervalUnit.KWH if "kwh" in header else IntervalUnit.KW


def _step_of_day(where: str, header: Sequence[str]) -> int:
    count = len(header) - 1
    if count not in _COLUMNS_OF_DAY:
        reason = f"a day has 24, 48 or 96 columns beside its date, and there are {count}"
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, {"reason": reason})])
    return _MINUTES_OF_DAY // count


def _value(where: str, unit: IntervalUnit, step: int) -> Callable[[str], Decimal]:
    """How a cell is read as an energy [kWh]."""
    if unit is IntervalUnit.KW and step not in POWER_STEPS:
        reason = f"a mean power over {step} minutes tells no exact energy: give kwh"
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, {"reason": reason})])

    def read(text: str) -> Decimal:
        try:
            number = parse_decimal(text)
        except NumberError as error:
            raise _Unreadable(FaultCode.NOT_A_NUMBER, str(error)) from None
        return energy_of_power(number, step) if unit is IntervalUnit.KW else number

    return read


def _interval(
    cells: Sequence[str], header: Sequence[str], unit: IntervalUnit, clock: _Clock, value: Callable[[str], Decimal]
) -> Iterator[Reading]:
    text = cells[header.index(unit.value)]
    instant = clock.instant(cells[header.index("timestamp")])
    if text:
        yield instant, value(text)


def _day(
    cells: Sequence[str], header: Sequence[str], step: int, clock: _Clock, value: Callable[[str], Decimal]
) -> list[Reading]:
    """The intervals of a day; an empty cell is one that is missing."""
    place = header.index("date")
    first = clock.day(cells[place])
    values = [cell for number, cell in enumerate(cells) if number != place]
    width = timedelta(minutes=step)
    return [(first + number * width, value(cell)) for number, cell in enumerate(values) if cell]


def _csv_rows(text: CsvText) -> Iterator[Row]:
    rows = text.rows()
    if not rows:
        raise InvalidInput([Fault(FaultCode.EMPTY, text.name)])
    for row in rows:
        yield row[0].where, [cell.text for cell in row]


def _parquet_rows(source: Source, name: str) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        read = source if isinstance(source, bytes) else Path(source).read_bytes()
        table = pq.read_table(pa.BufferReader(read))
    except (OSError, pa.ArrowException) as error:
        raise InvalidInput([reading_fault(error, name)]) from None
    for field in table.schema:
        if pa.types.is_floating(field.type):
            reason = f'the column "{field.name}" has floats, which hold no exact decimals: write decimals or texts'
            raise InvalidInput([Fault(FaultCode.WRONG_TYPE, name, {"reason": reason, "value": str(field.type)})])
    yield name, table.column_names
    columns = [column.to_pylist() for column in table.columns]
    for number, cells in enumerate(zip(*columns, strict=True), start=1):
        yield f"{name}: row {number}", [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell)
