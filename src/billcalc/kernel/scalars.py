"""The arithmetics of one bill: derived or plain values over one request's numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.derived import Derived
from billcalc.kernel.plain import Plain
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Refusal, Refused
from billcalc.kernel.units import CNY, in_currency
from billcalc.kernel.values import Condition, Number, Value

__all__ = ["DerivedArithmetic", "Input", "PlainArithmetic", "number_of"]


@dataclass(frozen=True, slots=True)
class Input:
    """One number of the customer: what it is, and what the request says."""

    number: Decimal
    unit: str
    term: Term
    of: tuple[str, ...] = ()


class _Scalars:
    """What the two arithmetics of one bill share."""

    def __init__(self, inputs: Mapping[Slot, Input]) -> None:
        self._inputs = inputs
        self.problems: list[Problem] = []
        self._faults: list[Fault] = []

    def require(self, truth: Condition, trouble: Refusal | Fault, **facts: Value) -> None:
        """See ``values.Arithmetic``; a fault waits for the others until ``settle``."""
        if truth:
            return
        told = replace(trouble, facts={**trouble.facts, **_shown(facts)})
        if isinstance(told, Refusal):
            raise Refused(told)
        self._faults.append(told)

    def settle(self) -> None:
        """See ``values.Arithmetic``."""
        if self._faults:
            raise InvalidInput(self._faults)

    def report(self, truth: Condition, problem: Problem, **facts: Value) -> None:
        """See ``values.Arithmetic``."""
        if truth:
            self.problems.append(replace(problem, facts={**problem.facts, **_shown(facts)}))


class DerivedArithmetic(_Scalars):
    """Makes values that remember how they came about, their money in one currency."""

    def __init__(self, inputs: Mapping[Slot, Input], currency: str = CNY) -> None:
        super().__init__(inputs)
        self._currency = currency
        self._made: dict[Slot, Derived] = {}

    def constant(
        self, number: Number, *, term: Term, of: tuple[str, ...] = (), unit: str = "1", source: Source | None = None
    ) -> Derived:
        """See ``values.Arithmetic``."""
        told = in_currency(unit, self._currency)
        return Derived(Decimal(number), told, "given", term=term, qualifiers=of, source=source)

    def input(self, slot: Slot) -> Derived:
        """See ``values.Arithmetic``; one slot is one value, however often it is asked for."""
        made = self._made.get(slot)
        if made is None:
            entry = self._inputs[slot]
            pointer = slot.where or None  # what days make stands nowhere in the request
            unit = in_currency(entry.unit, self._currency)
            made = Derived(entry.number, unit, "given", term=entry.term, qualifiers=entry.of, pointer=pointer)
            self._made[slot] = made
        return made


class PlainArithmetic(_Scalars):
    """Makes values without memory."""

    def constant(
        self, number: Number, *, term: Term, of: tuple[str, ...] = (), unit: str = "1", source: Source | None = None
    ) -> Plain:
        """See ``values.Arithmetic``."""
        return Plain(Decimal(number))

    def input(self, slot: Slot) -> Plain:
        """See ``values.Arithmetic``."""
        return Plain(self._inputs[slot].number)


def _shown(facts: Mapping[str, Value]) -> dict[str, str]:
    return {name: decimal_text(number_of(value)) for name, value in facts.items()}


def number_of(value: Value) -> Decimal:
    """The number of a derived or plain value."""
    assert value.__class__ is Plain or value.__class__ is Derived, "only the values of one bill have one number"
    return value.number
