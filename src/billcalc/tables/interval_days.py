"""Tables of which each row is a day, with a column for each interval; a changing clock makes it 23 or 25 hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.interval_columns import Columns, not_stated
from billcalc.tables.interval_heads import DayColumns, day_columns
from billcalc.tables.interval_statements import Stated, Times
from billcalc.tables.interval_times import FileClock, Unreadable

__all__ = ["Days"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """How the row of a day is read.

    Attributes:
        date: the place of the column of the date.
        columns: those of the intervals.
        clock: by which the days begin.
        shift: of each time from the start of the interval [min]: a value at a time may stand under an end.
    """

    date: int
    columns: DayColumns
    clock: FileClock
    shift: int = 0

    @classmethod
    def of(cls, header: Sequence[str], where: str, columns: Columns, clock: FileClock, stated: Stated) -> "Days":
        """The days of a table.

        Raises:
            InvalidInput: where its heads make no day, or one of another step, or nothing tells what a time is.
        """
        found = day_columns(header, where, ends=stated.times is Times.ENDS)
        if stated.step not in (None, found.step):
            facts = {"seen": str(found.step), "step": str(stated.step)}
            raise InvalidInput([Fault(FaultCode.STEP_DIFFERS, where, facts)])
        if stated.times is Times.STARTS and found.is_ends and not found.is_numbered:
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, {"reason": Reason.TIMES_CONTRADICTED})])
        assert columns.values is not None, "what nothing tells was refused"
        if not columns.values.is_at_times:
            return cls(columns.time, found, clock)
        if found.is_numbered and stated.times is None:
            statement = "times=starts / times=ends"
            raise InvalidInput([not_stated(Reason.NUMBERED_TIMES, where, statement)])
        is_ends = stated.times is Times.ENDS or (found.is_ends and not found.is_numbered)
        return cls(columns.time, found, clock, found.step if is_ends else 0)

    @property
    def step(self) -> int:
        """The length of an interval [min]."""
        return self.columns.step

    @property
    def places(self) -> set[int]:
        """The columns of the intervals."""
        return {*self.columns.starts, *self.columns.beyond}

    def values(self, cells: Sequence[str]) -> list[tuple[datetime, str]]:
        """The time and the cell of each value of a row.

        Raises:
            Unreadable: where its first cell is no day, or the day has more or fewer intervals than it has values.
        """
        text = cells[self.date]
        first, length = self.clock.day(text)
        in_order = [column for _, column in self.columns.by_start]
        if length == _DAY or self.columns.is_numbered:
            used = length // timedelta(minutes=self.step)
            every = [*in_order, *self.columns.beyond]
            if len(every) < used or any(cells[column] for column in every[used:]):
                raise (
                    self.clock.changes(text)
                    if length != _DAY
                    else Unreadable(FaultCode.INCONSISTENT, reason=Reason.HOURS_BEYOND_DAY)
                )
            offset = timedelta(minutes=self.shift)
            return [
                (first + offset + timedelta(minutes=self.step * number), cells[column])
                for number, column in enumerate(every[:used])
            ]
        return [
            (self.clock.minute(text, start + self.shift), cells[column])
            for start, column in self.columns.by_start
            if cells[column]
        ]
