"""What the integers of each operation of a tape can be, worked out before any row is computed.

Rows are computed in 64 bits, so whatever is computed has to be known to fit; and what the ranges of its operands
decide, such as the sign of a sum of energies, or which of two numbers is the larger, is not computed at all.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, reduce

from billcalc.kernel.decimals import EXACT, decimals_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.recording import Do, Operation, Tape
from billcalc.kernel.tape.whole_numbers import nearest

__all__ = ["Known", "Range", "Unfit", "aligned", "division", "entries_of", "range_of", "ranges_of"]


TABLES_MAX = 256
"""How many tables are kept in their order: plans have theirs of few documents."""


class Unfit(Exception):
    """What is to be computed is not known to fit into 64 bits: the rules themselves must be asked."""


@dataclass(frozen=True, slots=True)
class Range:
    """The integers of a value, which are multiples of 10^-scale: from the least to the largest that one can be."""

    scale: int
    low: int
    high: int

    @property
    def is_one(self) -> bool:
        """Whether there is only one."""
        return self.low == self.high

    def at(self, scale: int) -> "Range":
        """The same under a larger scale."""
        found = self.times(10 ** (scale - self.scale))
        return Range(scale, found.low, found.high)

    def times(self, factor: int) -> "Range":
        """The integers × a factor above zero, under the same scale."""
        return Range(self.scale, self.low * factor, self.high * factor)


Known = Range | bool | None
"""Of a number its range, of a comparison its outcome, or None where it is open."""


def range_of(number: Decimal) -> Range:
    """That of one number, with the decimals that it is written to."""
    scale = decimals_of(number)
    integer = int(EXACT.scaleb(number, scale))
    return Range(scale, integer, integer)


def ranges_of(tape: Tape, inputs: Mapping[Slot, Range]) -> tuple[list[Known], list[Known]]:
    """What is known of each operation: of all rows, and of those where everything holds that is required.

    The others are for the rules, so of them any numbers may be computed; but what is required must be found out by what
    is known of all rows. What a number of the others was computed of is known to fit, too: a requirement tells of the
    numbers that it compares, and these are computed before it.

    Args:
        tape: of operations.
        inputs: of every slot.

    Raises:
        Unfit: where an operation is none of columns.
    """
    every: list[Known] = []
    held: list[Known] = []
    required = set(tape.required)
    for place, operation in enumerate(tape.operations):
        if operation.do is Do.INPUT:
            assert isinstance(operation.detail, Slot), "an input has a slot"
            every.append(inputs[operation.detail])
        else:
            if operation.do not in _RANGES:
                raise Unfit
            every.append(_RANGES[operation.do](operation, [held[operand] for operand in operation.operands]))
        held.append(every[place])
        if place in required and every[place] is None:
            compared, other = operation.operands
            held[compared] = _required(operation.do, *_numbers([held[compared], held[other]]))
    return every, held


def _required(do: Do, compared: Range, other: Range) -> Range:
    """What a number can be where a comparison with another holds; one number alone is none of which it is compared."""
    if not other.is_one or other.scale > compared.scale:
        return compared
    bound, low, high = other.at(compared.scale).low, compared.low, compared.high
    if do in (Do.MORE, Do.AT_LEAST):
        low = max(low, bound + (do is Do.MORE))
    else:
        high = min(high, bound - (do is Do.LESS))
    return Range(compared.scale, low, high) if low < high else compared


def aligned(ranges: Sequence[Range]) -> list[Range]:
    """All of them under the largest of their scales."""
    scale = max(each.scale for each in ranges)
    return [each.at(scale) for each in ranges]


def division(above: Range, below: Range, step: Decimal) -> tuple[int, int]:
    """What numerator and divisor are multiplied by, so that their quotient counts steps."""
    unit = range_of(step)
    power = below.scale + unit.scale - above.scale
    return 10 ** max(power, 0), unit.low * 10 ** max(-power, 0)


Table = tuple[tuple[Decimal, Decimal], ...]
"""The keys of a table with their entries."""


def entries_of(table: Table, wanted: Range) -> tuple[int, list[int], Sequence[int], int]:
    """A table in order: the scale of its keys and of what is looked up, the keys, the entries, and their scale."""
    scale, keys, entries, places = _ordered(table)
    factor: int = 10 ** max(wanted.scale - scale, 0)
    return max(wanted.scale, scale), [key * factor for key in keys], entries, places


@lru_cache(TABLES_MAX)
def _ordered(table: Table) -> tuple[int, tuple[int, ...], tuple[int, ...], int]:
    keys, entries = (aligned([range_of(each) for each in column]) for column in zip(*sorted(table), strict=True))
    return keys[0].scale, tuple(key.low for key in keys), tuple(entry.low for entry in entries), entries[0].scale


def _numbers(known: Sequence[Known]) -> list[Range]:
    assert all(isinstance(each, Range) for each in known), "what is computed with is a number"
    return [each for each in known if isinstance(each, Range)]


def _sum(left: Range, right: Range) -> Range:
    left, right = aligned([left, right])
    return Range(left.scale, left.low + right.low, left.high + right.high)


def _negative(of: Range) -> Range:
    return Range(of.scale, -of.high, -of.low)


def _product(left: Range, right: Range) -> Range:
    products = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
    return Range(left.scale + right.scale, min(products), max(products))


def _maximum(left: Range, right: Range) -> Range:
    left, right = aligned([left, right])
    return Range(left.scale, max(left.low, right.low), max(left.high, right.high))


def _minimum(left: Range, right: Range) -> Range:
    left, right = aligned([left, right])
    return Range(left.scale, min(left.low, right.low), min(left.high, right.high))


def _step_of(operation: Operation) -> Decimal:
    assert isinstance(operation.detail, Decimal), "what is rounded has a step"
    return operation.detail


_ONE = Range(0, 1, 1)


def _rounded(operation: Operation, known: Sequence[Known]) -> Range:
    [value] = _numbers(known)
    unit = range_of(_step_of(operation))
    if unit.low == 1 and value.scale <= unit.scale:
        return value
    return _quotient(operation, [value, _ONE])


def _quotient(operation: Operation, known: Sequence[Known]) -> Range:
    """A quotient grows with its numerator; where the divisor is not one number, it is at most the numerator."""
    above, below = _numbers(known)
    unit = range_of(_step_of(operation))
    over, under = division(above, below, _step_of(operation))
    above, below = above.times(over), below.times(under)
    if below.is_one:
        ends = sorted((nearest(above.low, below.low), nearest(above.high, below.low)))
    else:
        largest = max(abs(above.low), abs(above.high)) + 1
        ends = [0 if above.low >= 0 and below.low >= 0 else -largest, largest]
    return Range(unit.scale, ends[0] * unit.low, ends[1] * unit.low)


def _cosphi(operation: Operation, known: Sequence[Known]) -> Range:
    unit = range_of(_step_of(operation))
    return Range(unit.scale, 0, int(1 / _step_of(operation)) * unit.low)


def _looked_up(operation: Operation, known: Sequence[Known]) -> Range:
    [wanted] = _numbers(known)
    assert isinstance(operation.detail, tuple), "a table is pairs"
    scale, keys, entries, places = entries_of(operation.detail, wanted)
    asked = wanted.at(scale)
    reached = entries[bisect_left(keys, asked.low) : bisect_left(keys, asked.high) + 1] or entries[-1:]
    return Range(places, min(reached), max(reached))


def _chosen(operation: Operation, known: Sequence[Known]) -> Range:
    truth, *ways = known
    then, otherwise = aligned(_numbers(ways))
    if isinstance(truth, bool):
        return then if truth else otherwise
    return Range(then.scale, min(then.low, otherwise.low), max(then.high, otherwise.high))


def _less(left: Range, right: Range) -> bool | None:
    """Whether the left is below the right in all rows, in none, or in some."""
    left, right = aligned([left, right])
    if left.high < right.low:
        return True
    return False if left.low >= right.high else None


def _at_most(left: Range, right: Range) -> bool | None:
    """Whether the left is not above the right, likewise."""
    above = _less(right, left)
    return None if above is None else not above


def _of_two(form: Callable[[Range, Range], Known]) -> Callable[[Operation, Sequence[Known]], Known]:
    return lambda operation, known: form(*_numbers(known))


_RANGES: Mapping[Do, Callable[[Operation, Sequence[Known]], Known]] = {
    Do.CONSTANT: lambda operation, known: range_of(Decimal(str(operation.detail))),
    Do.ADD: _of_two(_sum),
    Do.SUBTRACT: _of_two(lambda left, right: _sum(left, _negative(right))),
    Do.MULTIPLY: _of_two(_product),
    Do.NEGATE: lambda operation, known: _negative(*_numbers(known)),
    Do.TOTAL: lambda operation, known: reduce(_sum, _numbers(known)),
    Do.MAXIMUM: _of_two(_maximum),
    Do.MINIMUM: _of_two(_minimum),
    Do.ROUND: _rounded,
    Do.QUOTIENT: _quotient,
    Do.COSPHI: _cosphi,
    Do.LOOK_UP: _looked_up,
    Do.LESS: _of_two(_less),
    Do.MORE: _of_two(lambda left, right: _less(right, left)),
    Do.AT_MOST: _of_two(_at_most),
    Do.AT_LEAST: _of_two(lambda left, right: _at_most(right, left)),
    Do.CHOOSE: _chosen,
}
"""By what each operation does. Shares of a whole are none of these: they are for the rules."""
