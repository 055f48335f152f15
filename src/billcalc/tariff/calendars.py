"""Calendars: which days of a year are days off, which are worked in their stead; and rules that choose days by it.

A calendar is of one year and states only that year's days. A day that nothing is told of is a rest day on a weekend and
else a workday. A year that has no calendar yet has no days: what depends on them is refused.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Protocol

from pydantic import BeforeValidator, Field, model_validator

from billcalc.fields import Code, Count, Day, Exact, Model, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.tariff.headers import Header
from billcalc.vocabulary import Kind

__all__ = ["Break", "Calendar", "DayKind", "DayRule", "DayView", "DaysOff", "EventRule", "Holiday", "Weekday"]


class DayKind(StrEnum):
    """What a day is by the calendar."""

    WORKDAY = "workday"
    MAKEUP_WORKDAY = "makeup_workday"
    """A weekend day that is worked in lieu of a day off."""
    REST_DAY = "rest_day"
    """A weekend day, or a day off of a holiday's break that is not the holiday itself."""
    STATUTORY_DAY = "statutory_day"
    """The holiday itself."""


class Weekday(StrEnum):
    """A day of the week, in the order of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """The day of the week of a day.

        >>> Weekday.of(date(2025, 10, 18)).value
        'saturday'
        """
        return tuple(cls)[day.weekday()]


class Holiday(StrEnum):
    """A holiday that the State Council announces, or a utility's table of holidays names."""

    NEW_YEAR = "new_year"
    SPRING_FESTIVAL = "spring_festival"
    QINGMING = "qingming"
    LABOUR_DAY = "labour_day"
    DRAGON_BOAT = "dragon_boat"
    MID_AUTUMN = "mid_autumn"
    NATIONAL_DAY = "national_day"
    PEACE_MEMORIAL_DAY = "peace_memorial_day"
    CHILDRENS_DAY = "childrens_day"
    TEACHERS_DAY = "teachers_day"
    RETROCESSION_DAY = "retrocession_day"
    CONSTITUTION_DAY = "constitution_day"


_SATURDAY = 5


class DaysOff(Model):
    """The days off of a break, from the first (in) to the last (out)."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "DaysOff":
        if self.end <= self.start:
            raise fault_error(FaultCode.SPAN_REVERSED, start=str(self.start), end=str(self.end))
        return self

    @property
    def days(self) -> tuple[date, ...]:
        """The days, in order."""
        return tuple(self.start + timedelta(days=number) for number in range(Span(self.start, self.end).days))


class Break(Model):
    """The days off around one holiday, or around several that are announced as one.

    Attributes:
        off: days off in a row.
        statutory: those of them that are the holiday itself.
        worked: weekend days that are worked in lieu.
    """

    holidays: tuple[Holiday, ...] = Field(min_length=1)
    off: DaysOff
    statutory: tuple[Day, ...] = ()
    worked: tuple[Day, ...] = ()

    @model_validator(mode="after")
    def _days_are_in_place(self) -> "Break":
        for day in self.statutory:
            if day not in self.off.days:
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.STATUTORY_WORKED, day=str(day))
        for day in self.worked:
            if day.weekday() < _SATURDAY:
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.WORKED_WEEKDAY, day=str(day))
        return self


class Calendar(Header):
    """The days off of one year and the days worked in lieu."""

    kind: Literal[Kind.CALENDAR]
    breaks: tuple[Break, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_of_one_year(self) -> "Calendar":
        year = self.start.year
        if self.effective is None or (self.start, self.effective.repealed_on) != (
            date(year, 1, 1),
            date(year + 1, 1, 1),
        ):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.CALENDAR_OF_A_YEAR)
        stated: dict[date, tuple[str, str]] = {}
        for day, kind, holidays in self._stated():
            if day.year != year:
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.DAY_OF_OTHER_YEAR, day=str(day), year=str(year))
            if day in stated:
                before = dict(zip(("day_kind", "holidays"), stated[day], strict=True))
                facts = {"day": str(day), **before, "other_day_kind": kind, "other_holidays": holidays}
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.DAY_TWICE, **facts)
            stated[day] = kind, holidays
        return self

    def _stated(self) -> Iterator[tuple[date, str, str]]:
        for each in self.breaks:
            names = ", ".join(each.holidays)
            yield from ((day, "day_off", names) for day in each.off.days)
            yield from ((day, "day_worked", names) for day in each.worked)

    @cached_property
    def _days(self) -> dict[date, tuple[DayKind, frozenset[Holiday]]]:
        found: dict[date, tuple[DayKind, frozenset[Holiday]]] = {}
        for each in self.breaks:
            for day in each.off.days:
                kind = DayKind.STATUTORY_DAY if day in each.statutory else DayKind.REST_DAY
                found[day] = kind, frozenset(each.holidays)
            found.update({day: (DayKind.MAKEUP_WORKDAY, frozenset()) for day in each.worked})
        return found

    def kind_of(self, day: date) -> DayKind:
        """What a day of the calendar's year is."""
        assert day.year == self.start.year, "a calendar tells of the days of its year"
        if day in self._days:
            return self._days[day][0]
        return DayKind.WORKDAY if day.weekday() < _SATURDAY else DayKind.REST_DAY

    def holidays_on(self, day: date) -> frozenset[Holiday]:
        """The holidays whose break a day of the calendar's year lies in; a break that is of two holidays names both."""
        assert day.year == self.start.year, "a calendar tells of the days of its year"
        return self._days[day][1] if day in self._days else frozenset()


class EventRule(Model):
    """Days on which a measure reached a limit, such as a city's maximum temperature.

    Attributes:
        measure: the name under which the request gives it by day.
        at_least: the limit, which is reached by a value equal to it [unit of the measure].
        days_in_a_row: the day itself and so many less one before it reach the limit.
    """

    measure: Code
    at_least: Exact
    days_in_a_row: Annotated[Count, Field(ge=1)] = 1


class DayView(Protocol):
    """What a rule may ask of a day."""

    @property
    def kind(self) -> DayKind:
        """What the day is by the calendar."""
        ...

    @property
    def weekday(self) -> Weekday:
        """Which day of the week it is."""
        ...

    @property
    def holidays(self) -> frozenset[Holiday]:
        """The holidays whose break the day lies in."""
        ...

    def is_off_for(self, days: int) -> bool:
        """Whether it is one of at least so many days off in a row, of which some belong to a holiday's break."""
        ...

    def reached(self, event: EventRule) -> bool:
        """Whether the event happened on it."""
        ...


def _one_or_many(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


class DayRule(Model):
    """Days by their kind, weekday, holiday, length of the break and events; a day must be all that is told.

    Attributes:
        kind: any of them.
        weekday: any of them.
        holiday: any of them; the break it lies in, or one of the breaks announced with it.
        days_off: it is one of at least so many days off in a row around a holiday, weekends included.
        event: it happened on the day.
    """

    kind: Annotated[tuple[DayKind, ...], BeforeValidator(_one_or_many)] = ()
    weekday: Annotated[tuple[Weekday, ...], BeforeValidator(_one_or_many)] = ()
    holiday: Annotated[tuple[Holiday, ...], BeforeValidator(_one_or_many)] = ()
    days_off: Annotated[Count, Field(ge=2)] | None = None
    event: EventRule | None = None

    @model_validator(mode="after")
    def _chooses(self) -> "DayRule":
        if not (self.kind or self.weekday or self.holiday or self.days_off is not None or self.event is not None):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.DAYS_UNCONDITIONAL)
        return self

    def holds(self, day: DayView) -> bool:
        """Whether a day is meant; nothing is asked of it that does not matter any more."""
        return (
            (not self.weekday or day.weekday in self.weekday)
            and (not self.kind or day.kind in self.kind)
            and (not self.holiday or not day.holidays.isdisjoint(self.holiday))
            and (self.days_off is None or day.is_off_for(self.days_off))
            and (self.event is None or day.reached(self.event))
        )
