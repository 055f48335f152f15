"""A tape as a function over whole numbers: written as Python once, and called for one bill after the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billcalc.kernel.decimals import EXACT
from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.recording import Tape
from billcalc.kernel.tape.whole_numbers import allocated, cosphi, nearest
from billcalc.kernel.tape.writing import write

__all__ = ["Found", "Integers", "Outside"]


class Outside(Exception):
    """The numbers are not those that a function was written for: the rules themselves must be asked."""


class Integers:
    """The function of a tape for some of its values.

    What it is called with may be *outside*: an input with more decimals than it was written for, something required
    that does not hold, a number that a table has not. Nothing else can be: integers of Python have no largest one.

    Attributes:
        source: its Python.
    """

    def __init__(self, tape: Tape, wanted: Iterable[int], inputs: Mapping[Slot, int | Decimal]) -> None:
        """Write the function.

        Args:
            tape: of operations.
            wanted: the places of the values that it gives, beside those of the reports' facts.
            inputs: for each slot that is told at each call, in this order, its decimals; or its number for all calls.
        """
        facts = (place for report in tape.reports for place in report.facts.values())
        self._places = tuple(dict.fromkeys((*wanted, *facts)))
        written = write(tape, self._places, inputs)
        self.source = written.source
        self._shifts = [Decimal(-scale) for scale in written.scales]
        bodies = {"allocated": allocated, "cosphi": cosphi, "nearest": nearest, "scaled": _shifted}
        names: dict[str, Any] = {**written.tables, **bodies, "Outside": Outside}
        exec(compile(written.source, "<tape>", "exec"), names)
        self._function: Callable[[Sequence[Decimal]], tuple[list[int], list[bool]]] = names["run"]

    def run(self, numbers: Sequence[Decimal]) -> "Found":
        """Its values for some numbers, in the order of the inputs.

        Raises:
            Outside: where the rules themselves must be asked.
        """
        try:
            integers, reported = self._function(numbers)
        except KeyError:  # of a table
            raise Outside from None
        return Found(dict(zip(self._places, map(_shifted, integers, self._shifts), strict=True)), reported)


@dataclass(frozen=True, slots=True)
class Found:
    """What a function gave.

    Attributes:
        numbers: the wanted values by their places.
        reported: for each report of the tape whether it is told.
    """

    numbers: Mapping[int, Decimal]
    reported: Sequence[bool]


_shifted = EXACT.scaleb
