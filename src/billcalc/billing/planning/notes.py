"""What is gathered while a bill is planned: numbers in slots, sources, doubts, and what was asked of the request."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import last_digit_of
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import LAST_DIGIT, Slot
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.values import Rounding
from billcalc.tariff.catalog import InForce
from billcalc.tariff.resolved_conventions import Convention

__all__ = ["Notes"]

T = TypeVar("T")


@dataclass
class Notes:
    """The one collector of a plan: what is planned hands its numbers, sources and doubts to it.

    Attributes:
        last_day: of the period: until then the document of conventions is applied.
        conventions: the document that some of the conventions come from, or None.
        others: by the place of a problem, the other readings of its rule.
        relevant: the conventions that must be documented, by their paths.
        asked: the places of the request, other than those of numbers, that decided something.
    """

    last_day: date
    conventions: InForce | None = None
    inputs: dict[Slot, Input] = field(default_factory=dict)
    documents: dict[Source, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    noted: dict[object, int] = field(default_factory=dict)
    others: dict[int, dict[Reading, OtherReading]] = field(default_factory=dict)
    relevant: dict[tuple[str, ...], Convention[Any]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def slot(self, where: str, number: Decimal | int, unit: str, term: Term, *of: str, use: str = "") -> Slot:
        """Keep a number that the request has at a place."""
        kept = Decimal(number) if isinstance(number, int) else number
        return self._keep(Slot(where, use), Input(kept, unit, term, of))

    def last_digit(self, slot: Slot) -> Slot:
        """Keep the place value of the last digit that a kept number is written to."""
        kept = self.inputs[slot]
        return self._keep(Slot(slot.where, LAST_DIGIT), replace(kept, number=last_digit_of(kept.number)))

    def computed(self, use: str, number: Decimal | int, unit: str, term: Term, *of: str) -> Slot:
        """Keep a number that stands nowhere in the request: what days and intervals make."""
        return self._keep(Slot("", use), Input(Decimal(number), unit, term, of))

    def _keep(self, slot: Slot, number: Input) -> Slot:
        kept = self.inputs.setdefault(slot, number)
        one = kept.number is number.number or kept.number == number.number
        assert one, f"two numbers in the slot {slot}"
        return slot

    def ask(self, pointer: str) -> None:
        """Keep it that something was decided by what the request says at a place."""
        self.asked.add(pointer)

    def decided_by(self, convention: Convention[T]) -> T:
        """What a convention says that the plan depends on; where no document tells it, the bill will say so."""
        self.relevant[convention.path] = convention
        self.ask(convention.pointer)
        document = self.conventions
        if document is not None and convention.source == document.source:
            self.use(document, self.last_day)
        elif convention.source is not None:
            self.documents[convention.source] = None
        return convention.value

    def rounding(self, convention: Convention[Decimal]) -> Rounding:
        """The rounding to the step that a convention tells, and the plan depends on."""
        return Rounding(self.decided_by(convention), convention.source)

    def undocumented(self) -> tuple[Convention[Any], ...]:
        """The conventions that the plan depends on and that nobody tells."""
        relevant = sorted(self.relevant.values(), key=lambda convention: convention.key)
        return tuple(convention for convention in relevant if convention.source is None)

    def cited(self, convention: Convention[T]) -> T:
        """What a convention says that is cited where it is told, and no matter of doubt where it is not."""
        self.ask(convention.pointer)
        return convention.value if convention.source is None else self.decided_by(convention)

    def use(self, found: InForce, until: date) -> Source:
        """Cite a document, with a problem where it is doubtful; returns how a line cites it.

        Args:
            found: the document.
            until: the last day to which it is applied: a document may have been seen on the first and not on the last.
        """
        source = found.source
        self.documents[source] = None
        where = f"/tariffs/{source.id}"
        if source.evidence is Evidence.UNVERIFIED:
            facts = {"document": source.id, "evidence": source.evidence.value}
            self.note(Problem(ProblemCode.DOCUMENT_UNVERIFIED, Severity.DOUBT, where, facts))
        seen = found.document.seen_in_force
        if seen is not None and until > seen.last:
            facts = {"document": source.id, "last": str(seen.last), "day": str(until)}
            problem = Problem(ProblemCode.DOCUMENT_PAST_SEEN, Severity.DOUBT, where, facts)
            if not any((each.code, each.where) == (problem.code, where) for each in self.problems):
                self.note(problem)
        return source

    def note(self, problem: Problem) -> int:
        """Put a problem on the bill, once; returns its place among them."""
        what = (problem.code, problem.severity, problem.where, tuple(sorted(problem.facts.items())))
        place = self.noted.setdefault(what, len(self.problems))
        if place == len(self.problems):
            self.problems.append(problem)
        return place

    def doubt(self, noted: int, other: OtherReading) -> None:
        """Add another reading to a problem that was noted: of each name one, for all records that it is about."""
        readings = self.others.setdefault(noted, {})
        before = readings.get(other.name)
        readings[other.name] = other if before is None else replace(before, instead=before.instead + other.instead)

    def doubted(self) -> tuple[Problem, ...]:
        """The problems, each with its other readings."""
        return tuple(
            Doubt(each.code, each.severity, each.where, each.facts, others=tuple(self.others[place].values()))
            if place in self.others
            else each
            for place, each in enumerate(self.problems)
        )
