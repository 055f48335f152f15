"""NEM12, the interval files of the Australian market operator, as a table like any other.

Each record 200 tells a meter and its data stream, each 300 after it a day of values, each 400 a mark of a part of that
day. What is written is a row for each value, so that all that is known of tables holds of them too. Days are those of
the market's clock, UTC+10 all year. Streams of other quantities than active energy are left out.

Source: AEMO, Meter Data File Format Specification NEM12 & NEM13, v1.02 to 2.5 (records 100 to 900, quality methods).
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple

from billcalc.fields.cells import Cell, Row
from billcalc.fields.instants import STEPS
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import Grid

__all__ = ["as_table", "is_nem12"]

_CLOCK = timezone(timedelta(hours=10))
_UNITS = ("wh", "kwh", "mwh")
_MINUTES_OF_DAY = 1440
_VARIES = "V"


class _Stream(NamedTuple):
    """What a record 200 tells: a meter's data stream.

    Attributes:
        point: the national metering identifier.
        channel: the suffix of the stream, such as E1 for what is taken.
        meter: its serial number.
        unit: of the values.
        step: the length of an interval [min].
    """

    point: str
    channel: str
    meter: str
    unit: str
    step: int


def is_nem12(grid: Grid) -> bool:
    """Whether a table is such a file: its first record says so."""
    first = [cell.text.upper() for cell in grid.rows[0][:2]] if grid.rows else []
    return first == ["100", "NEM12"]


def as_table(grid: Grid) -> Grid:
    """The values of a file, a row for each.

    Args:
        grid: of the records.

    Raises:
        InvalidInput: where a record is none of the format, or the last one, 900, is missing.
    """
    if grid.rows[-1][0].text != "900":
        raise InvalidInput([_fault(grid.rows[-1], "900")])
    units = {_stream(row).unit for row in grid.rows if row[0].text == "200"} & {*_UNITS}
    if len(units) != 1:
        raise InvalidInput([_fault(grid.rows[0], "200")])
    [unit] = units
    where = grid.rows[0][0].where
    heads = ("nmi", "channel", "meter", "start", unit, "quality")
    header = tuple(Cell(head, where) for head in heads)
    return Grid(grid.name, (header, *_values(grid.rows)), grid.encoding, grid.hidden, grid.hidden_columns)


def _values(records: Sequence[Row]) -> Iterator[Row]:
    stream: _Stream | None = None
    for place, record in enumerate(records):
        kind = record[0].text
        if kind == "200":
            stream = _stream(record)
        elif kind == "300":
            if stream is None:
                raise InvalidInput([_fault(record, "200")])
            if stream.unit in _UNITS:
                marks = [*_parts(records, place + 1, _MINUTES_OF_DAY // stream.step)]
                yield from _day(record, stream, marks)
        elif kind not in ("100", "400", "500", "900"):
            raise InvalidInput([_fault(record, "100 … 900")])


def _stream(record: Row) -> _Stream:
    texts = [cell.text for cell in record]
    if len(texts) < 9 or texts[8] not in {str(step) for step in STEPS}:
        raise InvalidInput([_fault(record, "200")])
    return _Stream(texts[1], texts[4], texts[6], texts[7].casefold(), int(texts[8]))


def _parts(records: Sequence[Row], place: int, count: int) -> Iterator[tuple[int, int, str]]:
    """The marks of parts of a day: the first and the last interval of each, from 1 on, and its quality.

    Args:
        records: of the file, of which the last is no mark.
        place: of the first that may be one.
        count: of the intervals of the day.
    """
    while records[place][0].text == "400":
        record = records[place]
        place += 1
        texts = [cell.text for cell in record]
        numbers = [int(text) if text.isascii() and text.isdecimal() else 0 for text in texts[1:3]]
        if len(texts) < 4 or not 1 <= numbers[0] <= numbers[1] <= count:
            raise InvalidInput([_fault(record, "400")])
        yield numbers[0], numbers[1], texts[3][:1]


def _day(record: Row, stream: _Stream, marks: Sequence[tuple[int, int, str]]) -> Iterator[Row]:
    count = _MINUTES_OF_DAY // stream.step
    where = record[0].where
    try:
        day = date.fromisoformat(record[1].text)
        values, quality = record[2 : count + 2], record[count + 2].text[:1]
    except (ValueError, IndexError):
        raise InvalidInput([_fault(record, "300")]) from None
    midnight = datetime.combine(day, time(), tzinfo=_CLOCK).astimezone(UTC)
    for number, value in enumerate(values, start=1):
        mark = quality
        if quality == _VARIES:
            mark = next((mark for first, last, mark in marks if first <= number <= last), _VARIES)
        start = (midnight + (number - 1) * timedelta(minutes=stream.step)).isoformat()
        texts = (stream.point, stream.channel, stream.meter, start, value.text, mark)
        yield tuple(Cell(text, where) for text in texts)


def _fault(record: Row, expected: str) -> Fault:
    facts = {"reason": Reason.RECORD_EXPECTED, "expected": expected, "value": record[0].text}
    return Fault(FaultCode.SYNTAX, record[0].where, facts)
