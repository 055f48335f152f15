"""When the way of paying and the contract may be changed, by the law in force on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from billcalc.advice.choosing import Start
from billcalc.advice.editing import basic_of
from billcalc.agreement.changes import ChangeKind
from billcalc.agreement.models import BasicMode
from billcalc.billing.request import Request
from billcalc.tariff.calendars import Calendar, DayKind
from billcalc.tariff.catalog import Catalog, Fingerprint
from billcalc.tariff.changes_of_use import ChangesOfUse, TermsCondition
from billcalc.vocabulary import Kind

__all__ = ["Law", "Moved", "apply_by", "law_on", "moved_ways", "start_of"]


@dataclass(frozen=True, slots=True)
class Law:
    """What a document of changes of use says of the basic charge.

    Attributes:
        documents: it, by its id.
    """

    documents: Mapping[str, Fingerprint]
    mode: TermsCondition | None
    contract: TermsCondition | None
    ways: tuple[BasicMode, ...]

    @property
    def contract_by_month(self) -> bool:
        """Whether the contract may be another each month."""
        return self.contract is not None and self.contract.months <= 1


@dataclass(frozen=True, slots=True)
class Moved:
    """A change of the way of paying.

    Attributes:
        day: from which the other way is billed.
        apply_by: the last day to ask for it, or None where no rule or no calendar tells it.
    """

    day: date
    before: BasicMode
    after: BasicMode
    rule: TermsCondition
    apply_by: date | None


def law_on(catalog: Catalog, request: Request) -> Law | None:
    """The law in force on the first day of a month; None where no document tells it."""
    found = catalog.find(Kind.CHANGES_OF_USE, request.area, request.period.start)
    if found is None:
        return None
    document: ChangesOfUse = found.document
    ways = (BasicMode.CAPACITY, BasicMode.CONTRACTED, *((BasicMode.ACTUAL,) if document.actual else ()))
    return Law(catalog.fingerprints([document.id]), document.mode, document.contract, ways)


def start_of(request: Request) -> Start:
    """What a month's request tells of the way of paying before it."""
    first = request.period.start
    entries = [each for each in request.agreement if each.start <= first]
    changed = [after.start for before, after in pairwise(entries) if before.basic.mode != after.basic.mode]
    orders = [each.done for each in request.changes if each.kind is ChangeKind.MODE and each.done is not None]
    known = [day for day in (*changed, *orders) if day <= first]
    return Start(basic_of(request).mode, max(known, default=None))


def moved_ways(
    days: Sequence[date],
    ways: Sequence[BasicMode],
    laws: Sequence[Law | None],
    before: BasicMode,
    catalog: Catalog,
    area: str,
) -> tuple[Moved, ...]:
    """The changes of ways that follow one another, each with the last day to ask for it."""
    found = []
    for day, was, way, law in zip(days, (before, *ways), ways, laws, strict=False):
        if was is not way:
            assert law is not None, "no way is changed without a rule"
            assert law.mode is not None, "no way is changed without a rule"
            found.append(Moved(day, was, way, law.mode, apply_by(law.mode, day, catalog, area)))
    return tuple(found)


def apply_by(rule: TermsCondition, day: date, catalog: Catalog, area: str) -> date | None:
    """The last day on which a change of a day may be asked for; None where no rule or no calendar tells it.

    Of working days so many lie between: with a notice of 1 the change of a Tuesday is asked for on Monday.
    """
    if rule.notice_days is None:
        return None
    if not rule.working_days:
        return day - timedelta(days=rule.notice_days)
    left = rule.notice_days
    while left:
        day -= timedelta(days=1)
        found = catalog.find(Kind.CALENDAR, area, day)
        if found is None:
            return None
        calendar: Calendar = found.document
        left -= calendar.kind_of(day) in (DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY)
    return day
