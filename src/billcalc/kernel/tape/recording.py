"""Recording values: the rules run over them once, and what they do is a straight list of operations.

Rules never branch on values; they compare them and ``choose``. So the list is the same for all numbers of a plan, and
running it is running the rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from typing import NoReturn

from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Refusal
from billcalc.kernel.values import Condition, Number, Rounding, Value

__all__ = ["Do", "Operation", "Recorded", "Recorder", "Report", "Tape", "Test"]


class Do(Enum):
    """What an operation does to its operands; what else it needs is its ``detail``."""

    INPUT = auto()
    """No operands; the slot."""
    CONSTANT = auto()
    """No operands; the number."""
    ADD = auto()
    SUBTRACT = auto()
    MULTIPLY = auto()
    NEGATE = auto()
    TOTAL = auto()
    MAXIMUM = auto()
    MINIMUM = auto()
    ROUND = auto()
    """The step."""
    QUOTIENT = auto()
    """Numerator and divisor; the step."""
    COSPHI = auto()
    """Active and reactive energy; the step."""
    LOOK_UP = auto()
    """The table, as pairs."""
    ALLOCATE = auto()
    """The whole and the weights; the step. It makes its parts together, and each is told by ``PART``."""
    PART = auto()
    """An allocation; which of its parts."""
    LESS = auto()
    """A truth, as the three below."""
    AT_MOST = auto()
    MORE = auto()
    AT_LEAST = auto()
    CHOOSE = auto()
    """A truth, what is taken where it holds, and what else."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a tape.

    Attributes:
        operands: the places of earlier operations.
    """

    do: Do
    operands: tuple[int, ...]
    detail: object = None


@dataclass(frozen=True, slots=True)
class Report:
    """A problem where a truth holds, with the values that are filled into its sentence."""

    truth: int
    problem: Problem
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tape:
    """What was recorded.

    Attributes:
        operations: each after its operands; equal ones stand once.
        required: the truths that must hold; where one does not, there is no bill, or a fault in it.
        reports: in their order.
    """

    operations: tuple[Operation, ...]
    required: tuple[int, ...]
    reports: tuple[Report, ...]


class Recorded(Value):
    """A number that is not known yet: the place of the operation that makes it."""

    __slots__ = ("place", "recorder")

    def __init__(self, recorder: "Recorder", place: int) -> None:
        self.recorder = recorder
        self.place = place

    def __add__(self, other: Value | Number) -> "Recorded":
        return self._made(Do.ADD, other)

    def __sub__(self, other: Value | Number) -> "Recorded":
        return self._made(Do.SUBTRACT, other)

    def __mul__(self, other: Value | Number) -> "Recorded":
        return self._made(Do.MULTIPLY, other)

    def __neg__(self) -> "Recorded":
        return self._made(Do.NEGATE)

    def __lt__(self, other: Value | Number) -> "Test":
        return self._test(Do.LESS, other)

    def __le__(self, other: Value | Number) -> "Test":
        return self._test(Do.AT_MOST, other)

    def __gt__(self, other: Value | Number) -> "Test":
        return self._test(Do.MORE, other)

    def __ge__(self, other: Value | Number) -> "Test":
        return self._test(Do.AT_LEAST, other)

    def maximum(self, other: Value) -> "Recorded":
        """See ``values.maximum``."""
        return self._made(Do.MAXIMUM, other)

    def minimum(self, other: Value) -> "Recorded":
        """See ``values.minimum``."""
        return self._made(Do.MINIMUM, other)

    def total(self, others: Sequence[Value]) -> "Recorded":
        """See ``values.total``."""
        return self._made(Do.TOTAL, *others)

    def rounded(self, rounding: Rounding) -> "Recorded":
        """See ``values.rounded``."""
        return self._made(Do.ROUND, detail=rounding.step)

    def quotient(self, divisor: Value, rounding: Rounding) -> "Recorded":
        """See ``values.quotient``."""
        return self._made(Do.QUOTIENT, divisor, detail=rounding.step)

    def cosphi(self, reactive: Value, rounding: Rounding) -> "Recorded":
        """See ``values.cosphi``."""
        return self._made(Do.COSPHI, reactive, detail=rounding.step)

    def look_up(self, table: Mapping[Decimal, Decimal], source: Source | None, unit: str) -> "Recorded":
        """See ``values.look_up``."""
        return self._made(Do.LOOK_UP, detail=tuple(table.items()))

    def allocate(self, weights: Sequence[Value], step: Decimal) -> tuple["Recorded", ...]:
        """See ``values.allocate``."""
        shared = self._made(Do.ALLOCATE, *weights, detail=step)
        return tuple(shared._made(Do.PART, detail=part) for part in range(len(weights)))

    def named(self, term: Term, qualifiers: tuple[str, ...], source: Source | None) -> "Recorded":
        """See ``values.named``: a tape keeps no names."""
        return self

    def _made(self, do: Do, *others: Value | Number, detail: object = None) -> "Recorded":
        places = (self.place, *map(self.recorder.place_of, others))
        return Recorded(self.recorder, self.recorder.record(Operation(do, places, detail)))

    def _test(self, do: Do, other: Value | Number) -> "Test":
        return Test(self.recorder, self._made(do, other).place)


class Test:
    """A comparison whose outcome is not known yet."""

    __test__ = False  # it is none of pytest's

    def __init__(self, recorder: "Recorder", place: int) -> None:
        self._recorder = recorder
        self.place = place

    def __bool__(self) -> NoReturn:
        raise TypeError("a rule branches on a value: it must choose")

    def choose(self, then: Value, otherwise: Value) -> Recorded:
        """See ``values.choose``."""
        places = (self.place, self._recorder.place_of(then), self._recorder.place_of(otherwise))
        return Recorded(self._recorder, self._recorder.record(Operation(Do.CHOOSE, places)))


class Recorder:
    """The arithmetic of recording values; see ``values.Arithmetic``."""

    def __init__(self) -> None:
        self._places: dict[Operation, int] = {}
        self._required: dict[int, None] = {}
        self._reports: list[Report] = []

    def tape(self) -> Tape:
        """What was recorded until now."""
        return Tape(tuple(self._places), tuple(self._required), tuple(self._reports))

    def record(self, operation: Operation) -> int:
        """Add an operation, unless it stands already; returns its place."""
        return self._places.setdefault(operation, len(self._places))

    def place_of(self, value: Value | Number) -> int:
        """The place of an operand; a bare number is a constant."""
        if isinstance(value, Recorded):
            return value.place
        assert isinstance(value, Decimal | int), "beside a value may stand one of its own kind, a Decimal or an int"
        return self.record(Operation(Do.CONSTANT, (), Decimal(value)))

    def constant(
        self, number: Number, *, term: Term, of: tuple[str, ...] = (), unit: str = "1", source: Source | None = None
    ) -> Recorded:
        """See ``values.Arithmetic``."""
        return Recorded(self, self.place_of(number))

    def input(self, slot: Slot) -> Recorded:
        """See ``values.Arithmetic``."""
        return Recorded(self, self.record(Operation(Do.INPUT, (), slot)))

    def require(self, truth: Condition, trouble: Refusal | Fault, **facts: Value) -> None:
        """See ``values.Arithmetic``."""
        assert isinstance(truth, Test), "what holds of a plan is for the planner to see"
        self._required[truth.place] = None

    def settle(self) -> None:
        """See ``values.Arithmetic``: nothing is known of faults yet."""

    def report(self, truth: Condition, problem: Problem, **facts: Value) -> None:
        """See ``values.Arithmetic``."""
        assert isinstance(truth, Test), "what holds of a plan is for the planner to see"
        told = replace(problem, facts=dict(problem.facts))  # as they are now: the rule may go on with its own
        self._reports.append(Report(truth.place, told, {name: self.place_of(each) for name, each in facts.items()}))
