"""A tape over columns: a straight list of operations on arrays, run over one block of rows after the other.

The rules over whole columns make a new array with every step; here the steps are known beforehand. Each is one call on
arrays that are there already, of so many rows that all of them stay in the processor's cache; what the ranges of the
numbers decide is not computed, and neither is what nobody asks for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from billcalc.bulk.column import Column
from billcalc.bulk.ranges import Known, Range, Unfit, ranges_of
from billcalc.bulk.steps import Array, Truths, Writer, one_integer
from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.recording import Tape

__all__ = ["BLOCK_ROWS", "Blocks", "Found"]

BLOCK_ROWS = 4 * 1024
"""Rows of a block: a dozen arrays of them stay in the cache, and a call on one takes longer than to call."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was computed.

    Attributes:
        columns: the wanted values, by their places.
        held: the rows where everything holds that is required; None where that is every row.
        reported: for each report of the tape the rows that it concerns; None where that is none.
    """

    columns: Mapping[int, Column]
    held: Truths | None
    reported: Sequence[Truths | None]


class Blocks:
    """The steps of a tape for some of its values, for inputs of some ranges."""

    def __init__(
        self,
        tape: Tape,
        wanted: Iterable[int],
        inputs: Mapping[Slot, Range],
        stored: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Write the steps.

        Args:
            tape: of operations.
            wanted: the places of the values that are asked for.
            inputs: of each slot what its numbers can be; one that can be one number is not read.
            stored: the places of the values that there must be room for, and the decimals that there is room for.

        Raises:
            Unfit: where an integer may need more than 64 bits, a value more decimals than there is room for, or what is
                required never holds.
        """
        every, self._ranges = ranges_of(tape, inputs)
        if any(self._range(place).scale > places for place, places in stored):
            raise Unfit
        self._wanted = tuple(dict.fromkeys(wanted))
        required = [place for place in tape.required if self._ranges[place] is not True]
        reports = [each.truth for each in tape.reports]
        if any(self._ranges[place] is False for place in required):
            raise Unfit
        writer = Writer(tape, every, self._ranges)
        writer.write([*self._wanted, *required, *reports])
        self._slots = writer.slots
        self._constants = tuple(writer.constants)
        self._kept = {place: writer.arrays[place] for place in self._wanted if not self._range(place).is_one}
        self._reported = [
            writer.arrays[place] if self._ranges[place] is None else self._ranges[place] for place in reports
        ]
        self._held = _all_of([writer.arrays[place] for place in required], writer)
        self._lay_out(writer)

    def _range(self, place: int) -> Range:
        found = self._ranges[place]
        assert isinstance(found, Range), "what is wanted is a number"
        return found

    def _lay_out(self, writer: "Writer") -> None:
        """Give every array a place: of what is kept one of its own, of the others one that nobody reads any more."""
        first = len(self._constants) + len(self._slots)
        kept = [*self._kept.values(), *(each for each in self._reported if isinstance(each, Array))]
        kept += [] if self._held is None else [self._held]
        made = {step.result for step in writer.steps}
        self._outputs = [each for each in dict.fromkeys(kept) if each in made]
        places = dict(writer.places)
        places.update({each: first + number for number, each in enumerate(self._outputs)})
        self._is_truth = [each in writer.truths for each in self._outputs]
        last = {
            operand: number for number, step in enumerate(writer.steps) for operand in (*step.operands, step.result)
        }
        free: dict[bool, list[int]] = {True: [], False: []}
        self._spare: list[bool] = []
        steps = []
        for number, step in enumerate(writer.steps):
            if step.result not in places:
                room = free[step.result in writer.truths]
                if not room:
                    room.append(first + len(self._outputs) + len(self._spare))
                    self._spare.append(step.result in writer.truths)
                places[step.result] = room.pop()
            one, other = (*step.operands, *step.operands)[:2]
            steps.append((step.do, places[one], places[other], places[step.result]))
            for operand in {*step.operands, step.result}:
                if last[operand] == number and places[operand] >= first + len(self._outputs):
                    free[operand in writer.truths].append(places[operand])
        self._steps = steps
        self._places = places

    def run(self, inputs: Mapping[Slot, Column], rows: int) -> Found:
        """The wanted values of some rows.

        Args:
            inputs: whose numbers and scales are those that the steps were written for.
            rows: how many there are.
        """
        told = [np.broadcast_to(inputs[slot].numbers, (rows,)) for slot in self._slots]
        results = [_room(rows, is_truth=is_truth) for is_truth in self._is_truth]
        spare = [_room(min(rows, BLOCK_ROWS), is_truth=is_truth) for is_truth in self._spare]
        for start in range(0, rows, BLOCK_ROWS):
            stop = min(start + BLOCK_ROWS, rows)
            at: list[Any] = [
                *self._constants,
                *[each[start:stop] for each in told],
                *[each[start:stop] for each in results],
                *[each[: stop - start] for each in spare],
            ]
            for do, one, other, result in self._steps:
                do(at[one], at[other], at[result])
        whole = dict(zip(range(len(self._constants), len(self._constants) + len(told)), told, strict=True))
        whole |= {len(self._constants) + len(told) + number: each for number, each in enumerate(results)}
        columns = {place: self._column(place, whole) for place in self._wanted}
        held = None if self._held is None else whole[self._places[self._held]]
        reported = [self._rows_of(each, whole, rows) for each in self._reported]
        return Found(columns, None if held is None or held.all() else held, reported)

    def _column(self, place: int, whole: Mapping[int, Any]) -> Column:
        found = self._range(place)
        if found.is_one:
            return Column(one_integer(found.low), found.scale, found.low, found.low)
        return Column(whole[self._places[self._kept[place]]], found.scale, found.low, found.high)

    def _rows_of(self, reported: Known | Array, whole: Mapping[int, Any], rows: int) -> Truths | None:
        if isinstance(reported, Array):
            found: Truths = whole[self._places[reported]]
            return found if found.any() else None
        return np.ones(rows, dtype=np.bool_) if reported is True else None


def _room(rows: int, *, is_truth: bool) -> NDArray[Any]:
    return np.empty(rows, dtype=np.bool_ if is_truth else np.int64)


def _all_of(truths: Sequence[Array], writer: "Writer") -> Array | None:
    """Whether all of some truths hold."""
    found: Array | None = None
    for each in truths:
        found = each if found is None else writer.truth(np.logical_and, found, each)
    return found
