"""Bills of the same rows under one plan after another: what is made of the same is made once.

A cause changes some records of a plan, and some inputs; whatever is made of others is as it was. What a part of a bill
was made of is noted while it is made: its records, the inputs that were asked for, and what it knew of earlier parts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from billcalc.billing.charges.charge import Known
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.facts import Facts
from billcalc.billing.quantities import Quantities
from billcalc.bulk.arithmetic import ColumnArithmetic, Rejection
from billcalc.bulk.column import Column
from billcalc.kernel.slots import Slot
from billcalc.kernel.troubles import Problem
from billcalc.kernel.values import Arithmetic, Condition, Value

__all__ = ["NotingArithmetic", "Remembered"]

T = TypeVar("T")

KEPT_MAX = 8
"""How often a part is kept: the first are the bills as they should be, whose parts most others have."""


class NotingArithmetic(ColumnArithmetic):
    """Columns that are asked for are noted; problems, which move no amount, are not looked at.

    Attributes:
        asked: the inputs that were asked for, by slot.
    """

    def __init__(self, inputs: Mapping[Slot, Column], rows: int) -> None:
        super().__init__(inputs, rows)
        self.asked: dict[Slot, Column] = {}

    def input(self, slot: Slot) -> Column:
        """See ``values.Arithmetic``."""
        self.asked[slot] = found = super().input(slot)
        return found

    def report(self, truth: Condition, problem: Problem, **facts: Value) -> None:
        """See ``values.Arithmetic``."""

    def has(self, asked: Mapping[Slot, Column]) -> bool:
        """Whether it has the very columns that were asked for."""
        return all(self._inputs.get(slot) is column for slot, column in asked.items())


class _Noted(Known):
    """What a charge knows; what it looks at is noted."""

    __slots__ = ("seen",)

    def __init__(self, known: Known) -> None:
        # tiers are made where they are first asked for, and what they require is required there
        super().__init__(replace(known.quantities, tiers={}), known.facts, known.lines)
        object.__setattr__(self, "seen", set())

    def __getattribute__(self, name: str) -> Any:
        if name in _OF_KNOWN:
            object.__getattribute__(self, "seen").add(name)
        return object.__getattribute__(self, name)


def _is_same_energy(one: Quantities, other: Quantities) -> bool:
    return one.parts is other.parts


def _is_same_lines(one: tuple[EvaluatedLine, ...], other: tuple[EvaluatedLine, ...]) -> bool:
    return len(one) == len(other) and all(each is like for each, like in zip(one, other, strict=True))


def _is_same_facts(one: Facts, other: Facts) -> bool:
    return one is other


_OF_KNOWN: Mapping[str, Callable[[Any, Any], bool]] = {
    "quantities": _is_same_energy,
    "facts": _is_same_facts,
    "lines": _is_same_lines,
}
"""What charges know, and when it is the same."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a bill, and what it was made of.

    Attributes:
        seen: what of the known it was made of.
        rejections: of it.
    """

    records: object
    known: Known | None
    seen: frozenset[str]
    asked: Mapping[Slot, Column]
    rejections: tuple[Rejection, ...]
    found: Any

    def is_of(self, records: object, known: Known | None, arithmetic: NotingArithmetic) -> bool:
        """Whether it is made of the same."""
        return (
            all(_OF_KNOWN[name](getattr(self.known, name), getattr(known, name)) for name in self.seen)
            and arithmetic.has(self.asked)
            and self.records == records
        )


class Remembered:
    """Parts of the bills of some rows; it is asked for each part of a bill, as ``evaluate`` makes it."""

    def __init__(self) -> None:
        self._parts: dict[object, list[_Part]] = {}

    def __call__(
        self,
        make: Callable[[Any, Any, Arithmetic], T],
        records: object,
        known: Known | None,
        arithmetic: Arithmetic,
    ) -> T:
        """A part of a bill."""
        assert isinstance(arithmetic, NotingArithmetic), "what a part is made of is noted"
        parts = self._parts.setdefault(make, [])
        for part in parts:
            if part.is_of(records, known, arithmetic):
                arithmetic.rejections += part.rejections
                found: T = part.found
                return found
        noted, before = None if known is None else _Noted(known), len(arithmetic.rejections)
        arithmetic.asked = {}
        made = make(records, noted, arithmetic)
        if len(parts) < KEPT_MAX:
            seen = frozenset[str]() if noted is None else frozenset(noted.seen)
            rejections = tuple(arithmetic.rejections[before:])
            parts.append(_Part(records, known, seen, arithmetic.asked, rejections, made))
        return made
