"""What the planners share: the request, the tariffs, the customer's numbers in slots, and what was consulted."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from billcalc.agreement.models import Agreement, Group
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.plan import Piece
from billcalc.billing.request import Request
from billcalc.kernel.scalars import Input
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Refusal, Refused, Severity
from billcalc.kernel.values import Rounding
from billcalc.kernel.wording import ProblemCode, RefusalCode
from billcalc.metering.intervals import CompleteSeries
from billcalc.tariff.catalog import Catalog, InForce
from billcalc.tariff.documents import BasicChargeRules, RulePart
from billcalc.tariff.resolved_conventions import Convention, ResolvedConventions
from billcalc.vocabulary import Kind, PriceBy

__all__ = ["REQUEST", "Context", "last_day", "refuse"]

T = TypeVar("T")

REQUEST = Source(id="request", title="request", evidence=Evidence.GIVEN)
"""How a line cites what was stated in the request."""


def refuse(code: RefusalCode, where: str, **facts: str) -> Refused:
    """The exception that carries a refusal up."""
    return Refused(Refusal(code, where, facts))


def last_day(span: Span) -> date:
    """The last day in a closed span."""
    assert span.end is not None
    return span.end - timedelta(days=1)


@dataclass
class Context:
    """The state of planning one bill; it grows while the planners run, and the plan is made of it at the end.

    Attributes:
        conventions_document: the document that some of the conventions come from, or None.
        pieces: told first of all; the entries, groups and supply points are those of the pieces.
        others: by the place of a problem, the other readings of its rule.
        relevant: the conventions that must be documented, by their paths.
        asked: the places of the request, other than those of numbers, that decided something.
    """

    request: Request
    catalog: Catalog
    conventions: ResolvedConventions
    conventions_document: InForce | None = None
    pieces: tuple[Piece, ...] = ()
    inputs: dict[Slot, Input] = field(default_factory=dict)
    documents: dict[Source, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    noted: dict[object, int] = field(default_factory=dict)
    others: dict[int, dict[Reading, OtherReading]] = field(default_factory=dict)
    relevant: dict[tuple[str, ...], Convention[Any]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    paid: dict[tuple[str, int], Any] = field(default_factory=dict)
    series: dict[str, CompleteSeries] = field(default_factory=dict)
    in_service: dict[str, list[frozenset[tuple[str, Decimal]]]] = field(default_factory=dict)

    def slot(self, where: str, number: Decimal | int, unit: str, term: Term, *of: str, use: str = "") -> Slot:
        """Keep a number that the request has at a place."""
        return self._keep(Slot(where, use), Input(Decimal(number), unit, term, of))

    def computed(self, use: str, number: Decimal | int, unit: str, term: Term, *of: str) -> Slot:
        """Keep a number that stands nowhere in the request: what days and intervals make."""
        return self._keep(Slot("", use), Input(Decimal(number), unit, term, of))

    def _keep(self, slot: Slot, number: Input) -> Slot:
        kept = self.inputs.setdefault(slot, number)
        assert kept.number == number.number, f"two numbers in the slot {slot}"
        return slot

    def ask(self, pointer: str) -> None:
        """Keep it that something was decided by what the request says at a place."""
        self.asked.add(pointer)

    def decided_by(self, convention: Convention[T]) -> T:
        """What a convention says that the plan depends on; where no document tells it, the bill will say so."""
        self.relevant[convention.path] = convention
        self.ask(convention.pointer)
        document = self.conventions_document
        if document is not None and convention.source == document.source:
            self.use(document, last_day(self.request.period.span))
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

    def rules(self, kind: Kind, span: Span, told: Callable[[Any], object]) -> tuple[Any, Source]:
        """The rules of a kind that hold through a span, and how a line cites them.

        Args:
            kind: of a document that has rules and no prices.
            span: what they are applied to as a whole.
            told: what of them is applied; a document that tells the same changes nothing.

        Raises:
            Refused: where there are none, or other ones from some day inside the span on.
        """
        area = self.request.area
        found = self.catalog.in_force(kind, area, span.start)
        for day in self.catalog.changes(kind, area, span):
            if told(self.catalog.in_force(kind, area, day).document) != told(found.document):
                what = f"a change of the rules ({kind}) on {day} within what they are applied to as a whole, {span},"
                raise refuse(RefusalCode.NOT_SUPPORTED, "/cycle", what=what)
        return found.document, self.use(found, last_day(span))

    def stating(self, rules: BasicChargeRules, part: RulePart) -> Source:
        """Cite the document that states a part of the rules of the basic charge."""
        source = self.catalog.stating(rules, part)
        self.documents[source] = None
        return source

    def agreement_of(self, piece: int) -> Agreement:
        """The agreement's entry in a piece."""
        return self.request.agreement[self.pieces[piece].agreement]

    @cached_property
    def entries(self) -> tuple[tuple[int, Agreement], ...]:
        """The agreement's entries that hold in some piece, each once, with their places in the request."""
        indices = dict.fromkeys(piece.agreement for piece in self.pieces)
        return tuple((index, self.request.agreement[index]) for index in indices)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The billing groups of the period."""
        return tuple({name: None for _, entry in self.entries for name in entry.groups})

    @cached_property
    def supply_points(self) -> tuple[str, ...]:
        """The supply points of the period."""
        return tuple({name: None for _, entry in self.entries for name in entry.supply_points})

    def group(self, group: str, piece: int) -> Group | None:
        """A group's terms in a piece; None where it has none then."""
        return self.agreement_of(piece).groups.get(group)

    def price_day(self, kind: Kind, day: date) -> date:
        """The day whose price of a kind applies to the consumption of a day."""
        if self.conventions.price_by[kind].value is PriceBy.BILLING_MONTH:
            return last_day(self.request.cycle.span)
        return day

    def span_of(self, pieces: tuple[int, ...]) -> Span:
        """The days of consecutive pieces."""
        return Span(self.pieces[pieces[0]].span.start, self.pieces[pieces[-1]].span.end)
