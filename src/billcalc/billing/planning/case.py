"""The case: a request and a catalog, cut into pieces, with what was agreed on and what is assessed in each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from billcalc.agreement.models import Agreement, Basic, Group
from billcalc.billing.piece import Piece, Standing
from billcalc.billing.planning.notes import Notes
from billcalc.billing.planning.stops import Changes
from billcalc.billing.request import Request
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Refusal, Refused
from billcalc.metering.intervals import CompleteSeries
from billcalc.metering.measures import Measure
from billcalc.tariff.catalog import Catalog, InForce
from billcalc.tariff.documents import BasicChargeRules, RulePart
from billcalc.tariff.plausibility import OF_ANY_AREA, Plausibility
from billcalc.tariff.resolved_conventions import ResolvedConventions
from billcalc.vocabulary import Kind, PriceBy

__all__ = ["NOT_ASSESSED", "REQUEST", "Case", "Scopes", "last_day", "refuse", "runs"]

NOT_ASSESSED = "none"

REQUEST = Source(id="request", title="request", evidence=Evidence.GIVEN)
"""How a line cites what was stated in the request."""


def refuse(code: RefusalCode, where: str, **facts: str) -> Refused:
    """The exception that carries a refusal up."""
    return Refused(Refusal(code, where, facts))


def last_day(span: Span) -> date:
    """The last day in a closed span."""
    assert span.end is not None
    return span.end - timedelta(days=1)


def runs(pieces: Iterable[int], same: Callable[[int, int], bool] | None = None) -> list[tuple[int, ...]]:
    """Neighbouring pieces as one run, while ``same`` holds of each and the next.

    >>> runs([0, 1, 3])
    [(0, 1), (3,)]
    """
    found: list[tuple[int, ...]] = []
    for piece in pieces:
        before = found[-1][-1] if found else None
        if before is not None and before == piece - 1 and (same is None or same(before, piece)):
            found[-1] = (*found[-1], piece)
        else:
            found.append((piece,))
    return found


@dataclass(frozen=True, slots=True)
class Scopes:
    """Which scope each group belongs to.

    Attributes:
        groups: group → scope, for the groups whose money can be adjusted.
        standards: scope → the standard of each piece; ``none`` where it is not assessed then.
        supply_points: scope → where it is supplied.
    """

    groups: Mapping[str, str]
    standards: Mapping[str, tuple[str, ...]]
    supply_points: Mapping[str, tuple[str, ...]]

    def of(self, group: str, piece: int) -> str | None:
        """The scope that a group's money of a piece belongs to; None where it is not adjusted."""
        scope = self.groups.get(group)
        return scope if scope is not None and self.standards[scope][piece] != NOT_ASSESSED else None

    def standard(self, group: str, piece: int) -> str:
        """The standard that a group's money of a piece is adjusted by."""
        scope = self.groups.get(group)
        return NOT_ASSESSED if scope is None else self.standards[scope][piece]

    def runs(self, scope: str) -> list[tuple[int, ...]]:
        """The neighbouring pieces of a scope that are assessed at one standard."""
        standards = self.standards[scope]
        assessed = (piece for piece, standard in enumerate(standards) if standard != NOT_ASSESSED)
        return runs(assessed, lambda before, piece: standards[before] == standards[piece])


@dataclass(frozen=True)
class Case:
    """What is billed, for those who plan it: a frozen value, and the one collector of what they find.

    Attributes:
        pieces: of the period; the entries, groups and supply points are those of the pieces.
        changes: the transformers that are stopped, and what stays due of them.
        standings: by supply point and piece, what is billed of each transformer.
        scopes: of the power factor.
        paid, ratios, series, stated: what was worked out of it once.
        measures: by the place of a metering point, what the slots of its intervals are.
    """

    request: Request
    catalog: Catalog
    conventions: ResolvedConventions
    notes: Notes
    pieces: tuple[Piece, ...] = ()
    changes: Changes = field(default_factory=Changes)
    standings: Mapping[str, tuple[tuple[Standing, ...], ...]] = field(default_factory=dict)
    scopes: Scopes = field(default_factory=lambda: Scopes({}, {}, {}))
    paid: dict[tuple[str, int], Any] = field(default_factory=dict, compare=False, repr=False)
    ratios: dict[tuple[str, int, int], Any] = field(default_factory=dict, compare=False, repr=False)
    series: dict[str, CompleteSeries] = field(default_factory=dict, compare=False, repr=False)
    measures: dict[int, dict[Slot, Measure]] = field(default_factory=dict, compare=False, repr=False)
    stated: dict[str, list[frozenset[tuple[str, Decimal, Decimal]]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def rules(self, kind: Kind, span: Span, stated: Callable[[Any], object]) -> tuple[Any, Source]:
        """The rules of a kind that hold through a span, and how a line cites them.

        Args:
            kind: of a document that has rules and no prices.
            span: what they are applied to as a whole.
            stated: what of them is applied; a document that states the same changes nothing.

        Raises:
            Refused: where there are none, or other ones from some day inside the span on.
        """
        area = self.request.area
        found = self.catalog.in_force(kind, area, span.start)
        for day in self.catalog.changes(kind, area, span):
            if stated(self.catalog.in_force(kind, area, day).document) != stated(found.document):
                facts = {"kind": kind.value, "day": str(day), "span": str(span)}
                raise refuse(RefusalCode.NOT_SUPPORTED, "/cycle", what=Reason.RULES_CHANGE, **facts)
        return found.document, self.notes.use(found, last_day(span))

    def stating(self, rules: BasicChargeRules, part: RulePart) -> Source:
        """Cite the document that states a part of the rules of the basic charge."""
        source = self.catalog.stating(rules, part)
        self.notes.documents[source] = None
        return source

    def agreement_of(self, piece: int) -> Agreement:
        """The agreement's entry in a piece."""
        return self.request.agreement[self.pieces[piece].agreement]

    def basic_of(self, piece: int) -> Basic:
        """The terms of the basic charge that count in a piece."""
        return self.request.agreement[self.pieces[piece].basic].basic

    @cached_property
    def limits(self) -> tuple[InForce, ...]:
        """The documents of what is plausible at the start of the period, the area's own before that of any area.

        What the area's own does not tell of meters, transformers and demands is as elsewhere; what prices are is not.
        """
        own, anywhere = (
            self.catalog.find(Kind.PLAUSIBILITY, area, self.request.period.start)
            for area in (self.request.area, OF_ANY_AREA)
        )
        if anywhere is None or anywhere == own:
            return () if own is None else (own,)
        assert isinstance(anywhere.document, Plausibility)
        general = replace(anywhere, document=anywhere.document.without_money())
        return (general,) if own is None else (own, general)

    @cached_property
    def plausible(self) -> InForce | None:
        """What these documents tell together, under the first of them; None where there is none."""
        if len(self.limits) < 2:
            return next(iter(self.limits), None)
        own, general = self.limits
        assert isinstance(own.document, Plausibility)
        return replace(own, document=own.document.completed(general.document))

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

    def spans(self, pieces: Iterable[int]) -> tuple[Span, ...]:
        """The days of some pieces, neighbours as one span."""
        return tuple(self.span_of(run) for run in runs(pieces))

    @cached_property
    def supplied(self) -> Mapping[str, frozenset[str]]:
        """For each group the components that its given lines stand for."""
        found: dict[str, frozenset[str]] = dict.fromkeys(self.groups, frozenset())
        for line in self.request.given:
            found[line.group] = found[line.group].union(line.supplies)
        return found
