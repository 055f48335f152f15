"""How far the tariffs reach: everything that a bill of one customer and one month would lack, and not only the first.

A bill stops at the first document that it does not find. Here the same look-ups are made one after another, and what
each of them refuses is kept. What the request brings itself is no gap of the tariffs, but told with them: the prices of
the customer's own contract, and what the weather decides.

Left out: what depends on the customer's meters and agreement, such as a register that is missing, or how the area's
utility rounds the adjustment by the power factor; and a calendar of a neighbouring year that is asked for a break over
the turn of the year.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import Evidence, weakest
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Refusal, Refused
from billcalc.tariff.band_prices import area_conventions
from billcalc.tariff.calendars import Calendar, DayKind, EventRule, Holiday, Weekday
from billcalc.tariff.catalog import Catalog, InForce, SheetComponent, without_parts
from billcalc.tariff.components import Component, PriceKey
from billcalc.tariff.floating import price_step
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.tariff.resolved_conventions import Convention, ResolvedConventions
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Billing, CustomerClass, Kind, PriceBy, Section

__all__ = ["Gap", "NeededFor", "Reach", "Stretch", "months", "reach", "stretches"]

_T = TypeVar("_T")
_ONE_DAY = timedelta(days=1)
_BASIC = {"capacity_kva": "capacity", "demand_kw": "demand"}


class NeededFor(StrEnum):
    """Which bills of the customer lack it."""

    BILL = "bill"
    """Every bill."""
    CAPACITY = "capacity"
    """Those whose basic charge is by capacity."""
    DEMAND = "demand"
    """Those whose basic charge is by demand."""
    POWER_FACTOR = "power_factor"
    """Those whose power factor is assessed."""
    INTERVALS = "intervals"
    """Those whose bands are taken from interval data; a register of bands needs none of it."""
    REQUEST = "request"
    """None: the request is to bring it, and no tariff document does."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is lacking.

    Attributes:
        refusal: as a bill would be refused for it.
        kind: the kind of document that would bring it; None for what the request brings.
        span: the days on which it is lacking.
    """

    needed_for: NeededFor
    refusal: Refusal
    kind: Kind | None
    span: Span

    @property
    def what(self) -> tuple[object, ...]:
        """What is lacking, whenever it is: the same for gaps of other days."""
        facts = {name: value for name, value in self.refusal.facts.items() if name not in ("day", "needed_by")}
        return (self.needed_for, self.refusal.code, *sorted(facts.items()))


@dataclass(frozen=True, slots=True)
class Reach:
    """What the tariffs have for one customer and one month.

    Attributes:
        gaps: what is lacking, in the order in which a bill would ask for it.
        doubted: the documents that a bill would doubt: not seen at all, or last seen before.
        evidence: the weakest evidence of what there is.
    """

    month: Span
    gaps: tuple[Gap, ...]
    doubted: tuple[str, ...]
    evidence: Evidence

    def lacks(self, *needed_for: NeededFor) -> bool:
        """Whether a bill that needs some things is refused; every bill needs ``BILL``."""
        return any(gap.needed_for in (NeededFor.BILL, *needed_for) for gap in self.gaps)


def reach(*, catalog: Catalog, area: str, key: PriceKey, month: Span) -> Reach:
    """What a bill of a calendar month would lack.

    Args:
        catalog: the tariffs.
        area: such as ``cn-guangxi``.
        key: what the customer is.
        month: the cycle, which is also what is billed.
    """
    search = _Search(catalog, area, key, month)
    search.run()
    return Reach(month, _joined(search.gaps), tuple(sorted(search.doubted)), weakest(search.evidence))


def months(first: date, last: date) -> tuple[Span, ...]:
    """The calendar months from that of a day to that of another, both in.

    >>> [str(month) for month in months(date(2025, 12, 1), date(2026, 1, 31))]
    ['2025-12-01/2026-01-01', '2026-01-01/2026-02-01']
    """
    found: list[Span] = []
    start = first.replace(day=1)
    while start <= last:
        end = (start + timedelta(days=31)).replace(day=1)
        found.append(Span(start, end))
        start = end
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months that follow one another and lack the same thing; the gap is that of the first."""

    gap: Gap
    span: Span


def stretches(reaches: Iterable[Reach]) -> tuple[Stretch, ...]:
    """The gaps of months in their order, each with the days on which it is lacking without a break."""
    found: list[Stretch] = []
    for gap in (gap for each in reaches for gap in each.gaps):
        before = next((place for place, each in enumerate(found) if _goes_on(each, gap)), None)
        if before is None:
            found.append(Stretch(gap, gap.span))
        else:
            found[before] = Stretch(found[before].gap, Span(found[before].span.start, gap.span.end))
    return tuple(found)


def _goes_on(stretch: Stretch, gap: Gap) -> bool:
    return stretch.gap.what == gap.what and stretch.span.end == gap.span.start


def _joined(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """The gaps with those of days that follow one another made one."""
    found: list[Gap] = []
    for gap in gaps:
        same = [place for place, each in enumerate(found) if each.what == gap.what]
        place = next((place for place in same if found[place].span.end in (gap.span.start, gap.span.end)), None)
        if place is None:
            found.append(gap)
        else:
            first = found[place]
            found[place] = Gap(first.needed_for, first.refusal, first.kind, Span(first.span.start, gap.span.end))
    return tuple(found)


@dataclass
class _Search:
    """The look-ups of one customer and month, and what they did not find."""

    catalog: Catalog
    area: str
    key: PriceKey
    month: Span
    gaps: list[Gap] = field(default_factory=list)
    doubted: set[str] = field(default_factory=set)
    evidence: list[Evidence] = field(default_factory=list)

    def run(self) -> None:
        changes = self.catalog.changes(Kind.CONVENTIONS, self.area, self.month)
        if changes:
            facts = {"what": Reason.CONVENTIONS_CHANGE, "area": self.area, "day": str(changes[0])}
            self._lack(NeededFor.BILL, RefusalCode.NOT_SUPPORTED, Kind.CONVENTIONS, self.month, **facts)
        conventions = area_conventions(self.catalog, self.area, self.month.start)
        self._rest_on(conventions.total_round)
        for kind in PRICE_KINDS:
            if self.catalog.changes(kind, self.area, self.month):
                self._rest_on(conventions.price_by[kind])
        for piece in self.month.cut(self._cuts()):
            self._prices(piece, conventions)
            self._rules(piece)
            if self.key.time_of_use:
                self._hours(piece)

    def _rest_on(self, convention: Convention[Any] | None) -> None:
        """Rest on the area's document of conventions where it tells one that every bill of the customer depends on."""
        if convention is not None and convention.source is not None:
            found = self.catalog.find(Kind.CONVENTIONS, self.area, self.month.start)
            assert found is not None, "a convention is told by a document"
            self._use(found, _last(self.month))

    def _cuts(self) -> set[date]:
        """The days inside the month on which anything that is looked up may change."""
        kinds = (Kind.PRICE_STRUCTURE, Kind.BASIC_CHARGE_RULES, Kind.POWER_FACTOR_RULES, Kind.TIME_OF_USE, *PRICE_KINDS)
        days = {day for kind in kinds for day in self.catalog.changes(kind, self.area, self.month)}
        for day in (self.month.start, *sorted(days)):
            found = self.catalog.find(Kind.TIME_OF_USE, self.area, day)
            if found is not None:
                days |= _tables(found).season_starts(self.month)
        return days

    def _prices(self, piece: Span, conventions: ResolvedConventions) -> None:
        structure = self._found(piece, Kind.PRICE_STRUCTURE, _last(piece))
        if structure is None:
            return
        told: list[SheetComponent] = []
        kinds = structure.document.made_of.get(self.key.customer_class, ())
        if not kinds:
            facts = {"wanted": "energy", "key": str(self.key), "day": str(piece.start), "document": structure.source.id}
            self._lack(NeededFor.BILL, RefusalCode.NO_PRICE, Kind.PRICE_STRUCTURE, piece, **facts)
        for kind in kinds:
            by_month = conventions.price_by[kind].value is PriceBy.BILLING_MONTH
            on = _last(self.month) if by_month else piece.start
            part = partial(self.catalog.part, kind, area=self.area, key=self.key, day=on, beside=told)
            found = self._tried(piece, kind, part)
            if found is not None:
                self._use(found[0], on if by_month else _last(piece))
                told.extend(found[1])
                self._parts(piece, kind, found[1], conventions)
                tiered = next((each.component.tier for each in found[1] if each.component.tier is not None), None)
                if tiered and not any(table.selector.matches(self.key) for table in found[0].document.tiers):
                    facts = {"group": str(self.key), "number": str(tiered), "document": found[0].source.id}
                    self._lack(NeededFor.BILL, RefusalCode.TIERS_MISSING, kind, piece, **facts)
        paid = [each.component for each in without_parts(told)]
        for component in (each for each in paid if each.price is None):
            self._lack(NeededFor.REQUEST, RefusalCode.PRICE_NOT_GIVEN, None, piece, component=component.code)
        if any(each.section is Section.LEVIES and each.round_per is None for each in paid):
            self._rest_on(conventions.levies.round_per)
        self._floats(piece, paid, conventions)
        if self.key.billing is Billing.TWO_PART and paid:
            self._basic(piece, paid)

    def _parts(self, piece: Span, kind: Kind, told: Iterable[SheetComponent], conventions: ResolvedConventions) -> None:
        """The parts of totals of which the power factor adjusts some and others not."""
        base = conventions.power_factor.base.value
        if self.key.customer_class is CustomerClass.RESIDENTIAL and base.include.is_empty:
            return  # a household's money is in no base that does not name it
        for total, source in ((each.component, each.source) for each in told):
            if len({base.takes(part) for part in (total, *total.parts)}) > 1:
                facts = {"component": total.code, "document": source.id}
                self._lack(NeededFor.POWER_FACTOR, RefusalCode.PRICE_PARTS_UNKNOWN, kind, piece, **facts)

    def _floats(self, piece: Span, paid: Sequence[Component], conventions: ResolvedConventions) -> None:
        """The ratios of what floats: of what is tagged as such, and of what the time-of-use document names."""
        priced = [each for each in paid if each.is_energy and not each.is_timed]
        if not self.key.time_of_use or not priced:
            return
        found = self.catalog.find(Kind.TIME_OF_USE, self.area, piece.start)
        if found is None:
            if any("floats" in each.tags for each in priced):
                self._found(piece, Kind.TIME_OF_USE, _last(piece))
            return
        tables = _tables(found)
        told = [tables.floats_for(each, self.key) for each in priced]
        tagged = any(each is None and "floats" in paid.tags for each, paid in zip(told, priced, strict=True))
        if tagged or (any(told) and tables.factors(self.key, piece.start) is None):
            facts = {"wanted": Kind.TIME_OF_USE.value, "key": str(self.key), "document": found.source.id}
            self._lack(NeededFor.BILL, RefusalCode.NO_PRICE, Kind.TIME_OF_USE, piece, day=str(piece.start), **facts)
        elif any(told):
            self._use(found, _last(piece))
            floating = [each for each, floats in zip(priced, told, strict=True) if floats]
            for each in floating:
                self._rest_on(price_step(each, tables, conventions).convention)
            of_sum = tables.price_round is not None and tables.price_round.of == "sum" and len(floating) > 1
            if of_sum and any(price_step(each, tables, conventions).convention is None for each in floating):
                facts = {"what": Reason.SUM_ROUNDED, "lines": ", ".join(each.code for each in floating)}
                self._lack(NeededFor.BILL, RefusalCode.NOT_SUPPORTED, Kind.TIME_OF_USE, piece, **facts)

    def _basic(self, piece: Span, paid: Iterable[Component]) -> None:
        """The price that the basic charge is billed by."""
        priced = {each.priced_by for each in paid}
        for wanted, needed_for in _BASIC.items():
            if wanted not in priced:
                facts = {"key": str(self.key.voltage), "day": str(piece.start), "document": Kind.NETWORK_PRICE.value}
                self._lack(
                    NeededFor(needed_for), RefusalCode.NO_PRICE, Kind.NETWORK_PRICE, piece, wanted=wanted, **facts
                )

    def _rules(self, piece: Span) -> None:
        if self.key.billing is Billing.TWO_PART:
            self._found(piece, Kind.BASIC_CHARGE_RULES, _last(piece))
        self._found(piece, Kind.POWER_FACTOR_RULES, _last(piece), NeededFor.POWER_FACTOR)

    def _hours(self, piece: Span) -> None:
        """The hours of the bands, and what they depend on, of one who has interval data."""
        needed_for = NeededFor.INTERVALS
        if any(
            gap.span == piece and gap.refusal.code is RefusalCode.NO_DOCUMENT and gap.kind is Kind.TIME_OF_USE
            for gap in self.gaps
        ):
            return  # every bill lacks the document
        found = self._found(piece, Kind.TIME_OF_USE, _last(piece), needed_for)
        if found is None:
            return
        tables = _tables(found)
        rows = [row for _, row in tables.period_rows(self.key)]
        if not rows:
            facts = {"document": found.source.id, "key": str(self.key)}
            self._lack(needed_for, RefusalCode.NO_BANDS, Kind.TIME_OF_USE, piece, **facts)
        for day in _days(piece):
            probe = _Probe(self.catalog, self.area, day)
            for row in rows:
                if row.days is not None and tables.in_season(row.season, day):
                    self._tried(probe.span, Kind.CALENDAR, partial(row.days.holds, probe), needed_for)
            for measure in sorted(probe.asked):
                facts = {"measure": measure, "day": str(day), "needed_by": str(day)}
                self._lack(NeededFor.REQUEST, RefusalCode.EVENT_NOT_GIVEN, None, probe.span, **facts)

    def _found(self, piece: Span, kind: Kind, until: date, needed_for: NeededFor = NeededFor.BILL) -> InForce | None:
        """The document of a kind on the first day of a piece, which is applied to a day."""
        found = self._tried(piece, kind, partial(self.catalog.in_force, kind, self.area, piece.start), needed_for)
        if found is not None and needed_for is not NeededFor.INTERVALS:
            self._use(found, until)
        return found

    def _tried(
        self, piece: Span, kind: Kind, look_up: Callable[[], _T], needed_for: NeededFor = NeededFor.BILL
    ) -> _T | None:
        """What a look-up finds; where it is refused the refusal is kept."""
        try:
            return look_up()
        except Refused as refused:
            self.gaps.append(Gap(needed_for, refused.refusal, kind, piece))
            return None

    def _lack(self, needed_for: NeededFor, code: RefusalCode, kind: Kind | None, span: Span, **facts: str) -> None:
        self.gaps.append(Gap(needed_for, Refusal(code, "/area", facts), kind, span))

    def _use(self, found: InForce, until: date) -> None:
        """Rest on a document, with a doubt where a bill has one."""
        self.evidence.append(found.source.evidence)
        seen = found.document.seen_in_force
        if found.source.evidence is Evidence.UNVERIFIED or (seen is not None and until > seen.last):
            self.doubted.add(found.source.id)


@dataclass
class _Probe:
    """A day, as a rule asks about it; what it asks of the weather is noted."""

    catalog: Catalog
    area: str
    day: date
    asked: set[str] = field(default_factory=set)

    @property
    def span(self) -> Span:
        return Span(self.day, self.day + _ONE_DAY)

    @property
    def _calendar(self) -> Calendar:
        found = self.catalog.in_force(Kind.CALENDAR, self.area, self.day).document
        assert isinstance(found, Calendar), "a document of a kind is of its class"
        return found

    @property
    def kind(self) -> DayKind:
        return self._calendar.kind_of(self.day)

    @property
    def weekday(self) -> Weekday:
        return Weekday.of(self.day)

    @property
    def holidays(self) -> frozenset[Holiday]:
        return self._calendar.holidays_on(self.day)

    def is_off_for(self, days: int) -> bool:
        return self.kind in (DayKind.REST_DAY, DayKind.STATUTORY_DAY)

    def reached(self, event: EventRule) -> bool:
        self.asked.add(event.measure)
        return False


def _tables(found: InForce) -> TimeOfUse:
    document = found.document
    assert isinstance(document, TimeOfUse), "a document of a kind is of its class"
    return document


def _days(span: Span) -> Iterator[date]:
    return (span.start + number * _ONE_DAY for number in range(span.days))


def _last(span: Span) -> date:
    assert span.end is not None, "a month has an end"
    return span.end - _ONE_DAY
