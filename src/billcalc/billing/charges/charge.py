"""What a charge is, what is planned of it, and what it knows when it makes its lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.facts import Facts
from billcalc.billing.line_name import LineName
from billcalc.billing.plan_metering import PointPlan, SharpRules
from billcalc.billing.plan_prices import PricePart
from billcalc.billing.planning.case import Case
from billcalc.billing.quantities import Quantities
from billcalc.kernel.spans import Span
from billcalc.kernel.values import Arithmetic

__all__ = ["Adjustable", "Charge", "Known", "Metered", "Planned", "Priced", "codes_of"]

R = TypeVar("R")

Adjustable = tuple[str, str, Span]
"""The scope of money that the power factor adjusts, the group that pays it, and the days it is of."""

Priced = tuple[str, str]
"""A group, and the code of a line or of a component that it pays."""


@dataclass(frozen=True, slots=True)
class Metered:
    """What is planned before the charges are: the metering points, and what becomes of sharp energy."""

    points: tuple[PointPlan, ...]
    sharp: SharpRules


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a charge makes its lines: quantities, facts of the cycle, and the lines of earlier charges."""

    quantities: Quantities
    facts: Facts
    lines: tuple[EvaluatedLine, ...]


class Charge(Protocol[R]):
    """One charge: it plans its records and makes its lines of them, and says what of it others ask for.

    Whoever asks something of all charges asks it here, of the one tuple of their order, and names none.
    """

    def plan(self, case: Case, metered: Metered, earlier: "Planned") -> tuple[R, ...]:
        """Its records in a case; ``earlier`` are the charges before it."""
        ...

    def lines(self, plans: Sequence[R], known: Known, arithmetic: Arithmetic) -> Sequence[EvaluatedLine]:
        """The lines of its records."""
        ...

    def adjustable(self, plans: Sequence[R]) -> Iterable[Adjustable]:
        """What of its money the power factor adjusts; nothing, unless a charge says so."""
        return ()

    def priced(self, plans: Sequence[R]) -> Iterable[Priced]:
        """What it prices and for whom, by the codes of its lines and of their components; of given amounts nothing."""
        return ()


class _Line(Protocol):
    """A record of a line that is made of components."""

    @property
    def name(self) -> LineName: ...

    @property
    def parts(self) -> tuple[PricePart, ...]: ...


def codes_of(lines: Iterable[_Line]) -> Iterator[Priced]:
    """What lines price, each by its own code and those of its components."""
    for line in lines:
        yield line.name.group, line.name.code
        yield from ((line.name.group, part.code) for part in line.parts)


@dataclass(frozen=True, slots=True)
class Planned:
    """The charges that are planned, each with its records, in their order."""

    pairs: tuple[tuple[Charge[Any], tuple[Any, ...]], ...] = ()

    def __iter__(self) -> Iterator[tuple[Charge[Any], tuple[Any, ...]]]:
        return iter(self.pairs)

    def of(self, charge: Charge[R]) -> tuple[R, ...]:
        """The records of a charge."""
        return next((records for each, records in self.pairs if each is charge), ())

    def after(self, charge: Charge[R], records: tuple[R, ...]) -> "Planned":
        """These and one more."""
        return Planned((*self.pairs, (charge, records)))

    def replaced(self, charge: Charge[R], records: Iterable[R]) -> "Planned":
        """These with other records of a charge."""
        other = tuple(records)
        return Planned(tuple((each, other if each is charge else before) for each, before in self.pairs))

    def instead(self, others: Mapping[int, Any]) -> "Planned":
        """These with some records replaced, by their identity."""
        return Planned(
            tuple((each, tuple(others.get(id(record), record) for record in records)) for each, records in self.pairs)
        )

    def adjustable(self) -> list[Adjustable]:
        """What of all charges the power factor adjusts."""
        return [each for charge, records in self.pairs for each in charge.adjustable(records)]

    def priced(self) -> set[Priced]:
        """What all charges price, and for whom."""
        return {each for charge, records in self.pairs for each in charge.priced(records)}
