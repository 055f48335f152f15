"""Days: what the calendars in force and the events that were given tell of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refusal, Refused
from billcalc.tariff.calendars import Calendar, DayKind, EventRule, Holiday, Weekday
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Kind

__all__ = ["DayFact", "DayFacts"]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of the days of an area.

    Attributes:
        catalog: has the calendars; one is looked for when a rule asks, so a tariff without special days needs none.
        events: by measure what was measured on each day, such as a city's maximum temperature [unit of the measure].
    """

    catalog: Catalog
    area: str
    events: Mapping[str, Mapping[date, Decimal]] = field(default_factory=dict)

    def on(self, day: date) -> "DayFact":
        """What is known of one day."""
        return DayFact(day, self)

    def calendar(self, day: date) -> Calendar:
        """The calendar of a day's year.

        Raises:
            Refused: where there is none.
        """
        found = self.catalog.in_force(Kind.CALENDAR, self.area, day).document
        assert isinstance(found, Calendar)
        return found

    def measured(self, measure: str, day: date) -> Decimal | None:
        """What was measured on a day; None where it was not told."""
        return self.events.get(measure, {}).get(day)


@dataclass(frozen=True, slots=True)
class DayFact:
    """One day, as ``tariff.calendars.DayView`` asks about it; what is not known is refused when it is asked."""

    day: date
    facts: DayFacts

    @property
    def kind(self) -> DayKind:
        """What the day is by the calendar."""
        return self.facts.calendar(self.day).kind_of(self.day)

    @property
    def weekday(self) -> Weekday:
        """Which day of the week it is."""
        return Weekday.of(self.day)

    @property
    def holidays(self) -> frozenset[Holiday]:
        """The holidays whose break the day lies in."""
        return self.facts.calendar(self.day).holidays_on(self.day)

    def is_off_for(self, days: int) -> bool:
        """Whether it is one of at least so many days off in a row, of which some belong to a holiday's break.

        The days are counted outward from this one and only until there are enough: the calendar of a neighbouring year
        is not asked for without need.
        """
        if not self._is_off():
            return False
        run = [self]

        def enough() -> bool:
            return len(run) >= days and any(each.holidays for each in run)

        for step in (-_ONE_DAY, _ONE_DAY):
            neighbour = self.facts.on(self.day + step)
            while not enough() and neighbour._is_off():
                run.append(neighbour)
                neighbour = self.facts.on(neighbour.day + step)
        return enough()

    def _is_off(self) -> bool:
        return self.kind in (DayKind.REST_DAY, DayKind.STATUTORY_DAY)

    def reached(self, event: EventRule) -> bool:
        """Whether a measure reached the rule's limit on the day and on the days before it that the rule asks for.

        Raises:
            Refused: where it is not given for a day that matters.
        """
        return all(self._measured(event.measure, back) >= event.at_least for back in range(event.days_in_a_row))

    def _measured(self, measure: str, days_back: int) -> Decimal:
        day = self.day - days_back * _ONE_DAY
        found = self.facts.measured(measure, day)
        if found is None:
            facts = {"measure": measure, "day": str(day), "needed_by": str(self.day)}
            raise Refused(Refusal(RefusalCode.EVENT_NOT_GIVEN, f"/events/{measure}/{day}", facts))
        return found
