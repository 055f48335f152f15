"""A plan's tape over columns: recorded once for a structure, and written for the ranges of its rows' numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from billcalc.billing.evaluate import evaluate
from billcalc.billing.plan import Plan
from billcalc.bulk.blocks import Blocks
from billcalc.bulk.column import Column
from billcalc.bulk.output import Results
from billcalc.bulk.picked import Picked, stored_of
from billcalc.bulk.ranges import Range, Unfit, range_of
from billcalc.bulk.rejects import failure
from billcalc.bulk.steps import Truths
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.recording import Recorded, Recorder, Tape
from billcalc.kernel.troubles import Problem
from billcalc.kernel.values import Value

__all__ = ["Taken", "TapedColumns"]

AT_ONCE_ROWS = 4 * 1024
"""Rows, at once or one after the other, from which a tape is worth its recording, which takes as long as two chunks."""
AS_LONG_AS_ROWS = 1024
"""What fewer rows count as: the rules make so many arrays that they take nearly as long for one row."""
WIDENED_MAX = 8
"""How often steps are written anew for further ranges; beyond that, the rules are asked."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a tape gave.

    Attributes:
        picked: for each of the results.
        held: the rows where everything holds that is required, and which are no affair of the rules; None of all.
        problems: with the rows that they concern.
    """

    picked: Sequence[Picked]
    held: Truths | None
    problems: Sequence[tuple[Truths, Problem]]


@dataclass(frozen=True, slots=True)
class _Recording:
    tape: Tape
    picked: Sequence[Picked]
    stored: Sequence[tuple[int, int]]

    @property
    def wanted(self) -> list[int]:
        """The places of the values that are picked."""
        return [_place(value) for each in self.picked for value in each.values]


class TapedColumns:
    """The tape of a plan, for the rows of its structure."""

    def __init__(self, plan: Plan, inputs: Mapping[Slot, Input]) -> None:
        self._plan = plan
        self._inputs = inputs
        self._rows = 0
        self._widenings = 0
        self._recordings: dict[tuple[object, ...], _Recording] = {}
        self._written: dict[tuple[object, ...], tuple[Mapping[Slot, Range], Blocks]] = {}

    def taken(self, results: Sequence[Results], told: Mapping[Slot, Column], rows: int) -> Taken | None:
        """What results take of some rows; None where the rules must be asked.

        Args:
            results: what is wanted.
            told: the numbers of the rows, by the slots that are theirs.
            rows: how many there are.
        """
        self._rows += max(rows, AS_LONG_AS_ROWS)
        if self._rows < AT_ONCE_ROWS:
            return None
        key = tuple(each.output for each in results)
        try:
            if key not in self._recordings:
                self._recordings[key] = self._record(results)
            recording = self._recordings[key]
            ranges, blocks = self._blocks(key, recording, told)
            columns = {slot: _under(column, ranges[slot].scale) for slot, column in told.items()}
            found = blocks.run(columns, rows)
        except Unfit:
            return None
        except Exception as error:  # noqa: BLE001 - the rules find the row that it is of
            failure(error)
            return None
        picked = [each.as_columns(lambda value: found.columns[_place(value)]) for each in recording.picked]
        reports = zip(recording.tape.reports, found.reported, strict=True)
        return Taken(picked, found.held, [(mask, each.problem) for each, mask in reports if mask is not None])

    def _record(self, results: Sequence[Results]) -> _Recording:
        recorder = Recorder()
        evaluation = evaluate(self._plan, recorder)
        picked = [each.pick(evaluation) for each in results]
        stored = [(_place(value), places) for value, places in stored_of(evaluation)]
        return _Recording(recorder.tape(), picked, stored)

    def _blocks(
        self, key: tuple[object, ...], recording: _Recording, told: Mapping[Slot, Column]
    ) -> tuple[Mapping[Slot, Range], Blocks]:
        """The steps for some numbers, and the ranges that they were written for.

        Raises:
            Unfit: where there are none.
        """
        before = self._written.get(key)
        if before is not None and all(_holds(before[0][slot], column) for slot, column in told.items()):
            return before
        self._widenings += 1
        if self._widenings > WIDENED_MAX:
            raise Unfit
        ranges = {slot: _wide(column, before and before[0][slot]) for slot, column in told.items()}
        fixed = {slot: range_of(entry.number) for slot, entry in self._inputs.items()}
        made = Blocks(recording.tape, recording.wanted, {**fixed, **ranges}, recording.stored)
        self._written[key] = ranges, made
        return ranges, made


def _holds(range_: Range, column: Column) -> bool:
    """Whether steps for a range are right for a column."""
    if column.scale > range_.scale:
        return False
    found = Range(column.scale, column.low, column.high).at(range_.scale)
    return range_.low <= found.low and found.high <= range_.high


def _wide(column: Column, before: Range | None) -> Range:
    """A range for a column, those that come after it, and those that came before: up to powers of two."""
    low = -(1 << (-column.low).bit_length()) if column.low < 0 else 0
    found = Range(column.scale, low, 1 << max(column.high, 0).bit_length())
    if before is None:
        return found
    scale = max(found.scale, before.scale)
    found, before = found.at(scale), before.at(scale)
    return Range(scale, min(found.low, before.low), max(found.high, before.high))


def _under(column: Column, scale: int) -> Column:
    """A column under a scale that is its own or larger, where its numbers are known to fit."""
    if column.scale == scale:
        return column
    return Column(column.numbers * 10 ** (scale - column.scale), scale, column.low, column.high)


def _place(value: Value) -> int:
    assert isinstance(value, Recorded), "values of two kinds met in one evaluation"
    return value.place
