"""Writes the steps of a tape: each is one call on two arrays, which fills a third."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from billcalc.bulk import integers
from billcalc.bulk.ranges import Known, Range, Unfit, aligned, division, entries_of, range_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.recording import Do, Operation, Tape

__all__ = ["Array", "Ints", "Step", "Truths", "Writer", "one_integer"]

HIGHEST = 2**63 - 1
ENTRIES_MAX = 4096
"""Of how many integers it is kept what a table has for them, where they are what can be asked of it."""

Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]
_Do = Callable[[Any, Any, Any], object]
"""Computes of two arrays a third."""


@dataclass(frozen=True, slots=True)
class Array:
    """An array of a block, by its number; equal ones are one."""

    number: int


@dataclass(slots=True)
class Step:
    """A call.

    Attributes:
        do: computes of two arrays a third.
        operands: one array or two.
        result: the third, which is filled.
    """

    do: _Do
    operands: tuple[Array, ...]
    result: Array


def one_integer(integer: int) -> NDArray[Any]:
    """An integer of all rows."""
    return np.array(integer, dtype=np.int64 if abs(integer) <= HIGHEST else object)


class Writer:
    """What was written until now.

    Attributes:
        arrays: by the place of the operation that makes them.
        places: of the constants and inputs, which stand first.
        truths: those that are of truths.
    """

    def __init__(self, tape: Tape, every: Sequence[Known], ranges: Sequence[Known]) -> None:
        self.tape = tape
        self.every = every
        self.ranges = ranges
        self.steps: list[Step] = []
        self.slots: tuple[Slot, ...] = ()
        self.constants: list[Ints] = []
        self.arrays: dict[int, Array] = {}
        self.places: dict[Array, int] = {}
        self.truths: set[Array] = set()
        self._count = 0
        self._scaled: dict[tuple[Array, int], Array] = {}
        self._integers: dict[int, Array] = {}
        self._tables: list[tuple[Array, Ints]] = []

    def write(self, wanted: Sequence[int]) -> None:
        """Write what some values need, each after its operands."""
        needed = {place for place in wanted if self._is_open(place)}
        for place in range(len(self.tape.operations) - 1, -1, -1):
            if place in needed:
                needed.update(each for each in self._operands(place) if self._is_open(each))
        of_inputs = {place: self._new() for place in sorted(needed) if self.tape.operations[place].do is Do.INPUT}
        self.arrays.update(of_inputs)
        for place in sorted(needed - of_inputs.keys()):
            operation = self.tape.operations[place]
            self.arrays[place] = _WRITING[operation.do](self, operation, place)
        for number, array in enumerate(self._integers.values()):
            self.places[array] = number
        for number, (array, _) in enumerate(self._tables, start=len(self.constants)):
            self.places[array] = number
        self.constants += [table for _, table in self._tables]
        self.slots = tuple(_slot(self.tape.operations[place]) for place in of_inputs)
        self.places.update({array: len(self.constants) + at for at, array in enumerate(of_inputs.values())})

    def _is_open(self, place: int) -> bool:
        known = self.ranges[place]
        return known is None or (isinstance(known, Range) and not known.is_one)

    def _operands(self, place: int) -> Sequence[int]:
        """The operands that are computed with: of a choice that is decided, only what is chosen."""
        operation = self.tape.operations[place]
        chosen = self.decided(operation)
        return operation.operands if chosen is None else (chosen,)

    def decided(self, operation: Operation) -> int | None:
        """The one operand that a choice, a maximum or a minimum always takes; None where that is open."""
        if operation.do is Do.CHOOSE:
            truth, then, otherwise = operation.operands
            known = self.ranges[truth]
            return None if known is None else then if known is True else otherwise
        if operation.do in (Do.MAXIMUM, Do.MINIMUM):
            one, other = operation.operands
            left, right = aligned([self.range(one), self.range(other)])
            if left.low >= right.high:
                return one if operation.do is Do.MAXIMUM else other
            if right.low >= left.high:
                return other if operation.do is Do.MAXIMUM else one
        return None

    def own(self, place: int) -> Range:
        """What a number can be in all rows, also in those where something does not hold that is required."""
        found = self.every[place]
        assert isinstance(found, Range), "what is computed with is a number"
        return found

    def range(self, place: int) -> Range:
        """What a number can be where everything holds."""
        found = self.ranges[place]
        assert isinstance(found, Range), "what is computed with is a number"
        return found

    def _new(self) -> Array:
        self._count += 1
        return Array(self._count)

    def constant(self, integer: int) -> Array:
        """One integer for all rows."""
        if integer not in self._integers:
            self._integers[integer] = self._new()
            self.constants.append(one_integer(_fitting(integer)))
        return self._integers[integer]

    def table(self, entries: Ints) -> Array:
        """Entries to look up."""
        array = self._new()
        self._tables.append((array, entries))
        return array

    def step(self, do: _Do, *operands: Array) -> Array:
        """A step that makes integers."""
        result = self._new()
        self.steps.append(Step(do, operands, result))
        return result

    def truth(self, do: _Do, *operands: Array) -> Array:
        """A step that makes truths."""
        result = self.step(do, *operands)
        self.truths.add(result)
        return result

    def at(self, place: int, scale: int) -> Array:
        """A value under a scale that is its own or larger."""
        known = self.own(place)
        scaled = known.at(scale)
        _fitting(scaled.low, scaled.high)
        if known.is_one:
            return self.constant(scaled.low)
        array, factor = self.arrays[place], 10 ** (scale - known.scale)
        if factor == 1:
            return array
        if (array, factor) not in self._scaled:
            self._scaled[array, factor] = self.step(np.multiply, array, self.constant(factor))
        return self._scaled[array, factor]

    def times(self, array: Array, factor: int) -> Array:
        """An array × a factor; that the results fit is for the caller to see."""
        return array if factor == 1 else self.step(np.multiply, array, self.constant(factor))

    def of_two(self, do: _Do, operation: Operation, place: int) -> Array:
        """A sum, a difference, the larger or the smaller of two."""
        chosen = self.decided(operation)
        found = self.own(place)
        if chosen is not None:
            return self.at(chosen, found.scale)
        one, other = (self.at(each, found.scale) for each in operation.operands)
        _fitting(found.low, found.high)
        return self.step(do, one, other)

    def product(self, operation: Operation, place: int) -> Array:
        """A product."""
        found = self.own(place)
        _fitting(found.low, found.high)
        one, other = (self.at(each, self.range(each).scale) for each in operation.operands)
        return self.step(np.multiply, one, other)

    def negative(self, operation: Operation, place: int) -> Array:
        """A number with the other sign."""
        [of] = operation.operands
        return self.step(_negated, self.arrays[of])

    def total(self, operation: Operation, place: int) -> Array:
        """A sum of several, from the first on."""
        first, *others = operation.operands
        scale = self.range(place).scale
        found, known = self.at(first, scale), self.range(first).at(scale)
        for each in others:
            more = self.range(each).at(scale)
            known = Range(scale, known.low + more.low, known.high + more.high)
            _fitting(known.low, known.high)
            if not (more.is_one and more.low == 0):
                found = self.step(np.add, found, self.at(each, scale))
        return found

    def rounded(self, operation: Operation, place: int) -> Array:
        """The nearest multiple of a step."""
        [of] = operation.operands
        unit = range_of(_decimal(operation))
        if unit.low == 1 and self.range(of).scale <= unit.scale:
            return self.at(of, self.range(of).scale)
        return self._divided(of, Range(0, 1, 1), None, operation)

    def quotient(self, operation: Operation, place: int) -> Array:
        """A quotient, rounded once."""
        of, by = operation.operands
        return self._divided(of, self.range(by), by, operation)

    def _divided(self, of: int, below: Range, by: int | None, operation: Operation) -> Array:
        known = self.range(of)
        over, under = division(known, below, _decimal(operation))
        above, divisor = known.times(over), below.times(under)
        if max(map(abs, (above.low, above.high, divisor.low, divisor.high))) > HIGHEST // 4:
            raise Unfit
        array = self.times(self.at(of, known.scale), over)
        if divisor.is_one and divisor.low > 0:
            counts = self._nearest(array, divisor.low, may_be_negative=above.low < 0)
        else:
            assert by is not None, "one is above zero"
            found = partial(integers.quotient, above_is_negative=above.low < 0, below_is_positive=divisor.low > 0)
            counts = self.step(partial(_filled, found), array, self.times(self.at(by, below.scale), under))
        return self.times(counts, range_of(_decimal(operation)).low)

    def _nearest(self, array: Array, divisor: int, *, may_be_negative: bool) -> Array:
        """An array ÷ one number above zero: a negative half that is rounded up would go towards zero."""
        if divisor == 1:
            return array
        if may_be_negative and divisor % 2 == 0:
            array = self.step(np.add, array, self.step(np.right_shift, array, self.constant(63)))
        return self.step(np.floor_divide, self.step(np.add, array, self.constant(divisor // 2)), self.constant(divisor))

    def cosphi(self, operation: Operation, place: int) -> Array:
        """The power factor."""
        one, other = operation.operands
        scale = max(self.range(one).scale, self.range(other).scale)
        step = _decimal(operation)
        found = partial(integers.cosphi, steps=int(1 / step))
        counts = self.step(partial(_filled, found), self.at(one, scale), self.at(other, scale))
        return self.times(counts, range_of(step).low)

    def looked_up(self, operation: Operation, place: int) -> Array:
        """The entry of a table: of few integers that can be asked for, what it has for each of them."""
        [of] = operation.operands
        assert isinstance(operation.detail, tuple), "a table is pairs"
        scale, keys, entries, _ = entries_of(operation.detail, self.range(of))
        asked, array = self.range(of).at(scale), self.at(of, scale)
        _fitting(*keys, *entries)
        if asked.high - asked.low < ENTRIES_MAX:
            of_all = [min(bisect_left(keys, integer), len(keys) - 1) for integer in range(asked.low, asked.high + 1)]
            table = self.table(np.array([entries[at] for at in of_all], dtype=np.int64))
            return self.step(_taken, table, self.step(np.subtract, array, self.constant(asked.low)))
        ordered = np.array(keys, dtype=np.int64)
        places = self.step(
            partial(_filled, lambda told, _: np.searchsorted(ordered, told).clip(max=len(keys) - 1)), array
        )
        return self.step(_taken, self.table(np.array(entries, dtype=np.int64)), places)

    def test(self, do: _Do, operation: Operation, place: int) -> Array:
        """A comparison."""
        one, other = operation.operands
        scale = max(self.range(one).scale, self.range(other).scale)
        return self.truth(do, self.at(one, scale), self.at(other, scale))

    def chosen(self, operation: Operation, place: int) -> Array:
        """One of two numbers: first the one in all rows, and then the other where it is wanted."""
        decided = self.decided(operation)
        scale = self.range(place).scale
        if decided is not None:
            return self.at(decided, scale)
        truth, then, otherwise = operation.operands
        base = self.step(_copied, self.at(otherwise, scale))
        self.steps.append(Step(_put, (self.arrays[truth], self.at(then, scale)), base))
        return base


def _fitting(*several: int) -> int:
    """The first of some integers, which fit.

    Raises:
        Unfit: where one does not.
    """
    if max(map(abs, several)) > HIGHEST:
        raise Unfit
    return several[0]


def _slot(operation: Operation) -> Slot:
    assert isinstance(operation.detail, Slot), "an input has a slot"
    return operation.detail


def _decimal(operation: Operation) -> Decimal:
    assert isinstance(operation.detail, Decimal), "what is rounded has a step"
    return operation.detail


def _filled(found: Callable[[Any, Any], Any], one: Any, other: Any, result: Any) -> None:
    result[...] = found(one, other)


def _taken(table: Ints, places: Ints, result: Ints) -> None:
    np.take(table, places, out=result, mode="clip")  # of rows that are for the rules, places may be anywhere


def _negated(of: Ints, _: Ints, result: Ints) -> None:
    np.negative(of, out=result)


def _larger(one: Ints, other: Ints, result: Ints) -> None:
    np.maximum(one, other, out=result)


def _smaller(one: Ints, other: Ints, result: Ints) -> None:
    np.minimum(one, other, out=result)


def _copied(of: Ints, _: Ints, result: Ints) -> None:
    result[...] = of


def _put(where: Truths, told: Ints, result: Ints) -> None:
    np.copyto(result, told, where=where)


def _of_two(do: _Do) -> Callable[[Writer, Operation, int], Array]:
    return lambda writer, operation, place: writer.of_two(do, operation, place)


def _of_test(do: _Do) -> Callable[[Writer, Operation, int], Array]:
    return lambda writer, operation, place: writer.test(do, operation, place)


_WRITING: Mapping[Do, Callable[[Writer, Operation, int], Array]] = {
    Do.ADD: _of_two(np.add),
    Do.SUBTRACT: _of_two(np.subtract),
    Do.MAXIMUM: _of_two(_larger),
    Do.MINIMUM: _of_two(_smaller),
    Do.MULTIPLY: Writer.product,
    Do.NEGATE: Writer.negative,
    Do.TOTAL: Writer.total,
    Do.ROUND: Writer.rounded,
    Do.QUOTIENT: Writer.quotient,
    Do.COSPHI: Writer.cosphi,
    Do.LOOK_UP: Writer.looked_up,
    Do.LESS: _of_test(np.less),
    Do.AT_MOST: _of_test(np.less_equal),
    Do.MORE: _of_test(np.greater),
    Do.AT_LEAST: _of_test(np.greater_equal),
    Do.CHOOSE: Writer.chosen,
}
"""How each operation is written."""
