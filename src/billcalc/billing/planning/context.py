"""What the planners share: the request, the tariffs, the customer's numbers in slots, and what was consulted."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from billcalc.agreement.models import Agreement, Group
from billcalc.billing.plan import Piece
from billcalc.billing.request import Request
from billcalc.kernel.scalars import Input
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Refusal, Refused, Severity
from billcalc.kernel.wording import ProblemCode, RefusalCode
from billcalc.tariff.catalog import Catalog, InForce
from billcalc.tariff.conventions import ResolvedConventions
from billcalc.vocabulary import Kind

__all__ = ["REQUEST", "Context", "refuse"]

REQUEST = Source(id="request", title="request", evidence=Evidence.GIVEN)
"""How a line cites what was stated in the request."""


def refuse(code: RefusalCode, where: str, **facts: str) -> Refused:
    """The exception that carries a refusal up."""
    return Refused(Refusal(code, where, facts))


@dataclass
class Context:
    """The state of planning one bill; it grows while the planners run, and the plan is made of it at the end."""

    request: Request
    catalog: Catalog
    conventions: ResolvedConventions
    pieces: tuple[Piece, ...] = ()
    inputs: dict[str, Input] = field(default_factory=dict)
    documents: dict[Source, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    relevant: set[str] = field(default_factory=set)

    def slot(self, pointer: str, number: Decimal | int, unit: str, term: Term, *of: str) -> str:
        """Keep a number of the customer and return the name of its slot."""
        self.inputs[pointer] = Input(Decimal(number), unit, term, of)
        return pointer

    def convention(self, key: str) -> object:
        """A convention the plan depends on; where no document tells it, the bill will say so."""
        self.relevant.add(key)
        source = self.conventions.source(key)
        if source is not None:
            self.documents[source] = None
        return self.conventions[key]

    def use(self, found: InForce, day: date) -> Source:
        """Cite a document, with a problem where it is doubtful; returns how a line cites it."""
        source: Source = found.document.source
        if source not in self.documents:
            self.documents[source] = None
            where = f"/tariffs/{source.id}"
            if source.evidence is Evidence.UNVERIFIED:
                facts = {"document": source.id, "evidence": source.evidence.value}
                self.problems.append(Problem(ProblemCode.DOCUMENT_UNVERIFIED, Severity.DOUBT, where, facts))
            if found.past_seen:
                facts = {"document": source.id, "last": str(found.document.seen_in_force.last), "day": str(day)}
                self.problems.append(Problem(ProblemCode.DOCUMENT_PAST_SEEN, Severity.DOUBT, where, facts))
        return source

    def agreement_on(self, day: date) -> Agreement:
        """The agreement's entry on a day of the period."""
        return [entry for entry in self.request.agreement if entry.start <= day][-1]

    def agreement_of(self, piece: int) -> Agreement:
        """The agreement's entry in a piece."""
        return self.request.agreement[self.pieces[piece].agreement]

    def group(self, group: str, piece: int) -> Group | None:
        """A group's terms in a piece; None where it has none then."""
        return self.agreement_of(piece).groups.get(group)

    def price_day(self, kind: Kind, day: date) -> date:
        """The day whose price of a kind applies to the consumption of a day."""
        if self.conventions[f"price_by.{kind}"] == "billing_month":
            return self.request.cycle.end - timedelta(days=1)
        return day

    def span_of(self, pieces: tuple[int, ...]) -> Span:
        """The days of consecutive pieces."""
        return Span(self.pieces[pieces[0]].span.start, self.pieces[pieces[-1]].span.end)
