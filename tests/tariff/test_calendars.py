"""Calendars: every day of 2021 to 2026 beside another package's; what a year's document may say; rules."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from billcalc.fields import validated
from billcalc.files.loading import load
from billcalc.kernel.sources import Evidence
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.tariff.calendars import Calendar, DayKind, DayRule, EventRule, Holiday, Weekday
from billcalc.tariff.documents import AnyDocument
from billcalc.vocabulary import Kind

BAD = Path(__file__).parents[2] / "fixtures" / "bad" / "calendar"
YEARS = range(2021, 2027)


@pytest.fixture(scope="module")
def calendars() -> dict[int, Calendar]:
    series = load_catalog(areas=["cn"]).series[Kind.CALENDAR, "cn"]
    found = {document.start.year: document for _, document in series}
    return {year: document for year, document in found.items() if isinstance(document, Calendar)}


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def test_there_is_a_calendar_of_each_year_and_it_says_how_well_it_was_seen(calendars: dict[int, Calendar]) -> None:
    assert list(calendars) == list(YEARS)
    assert {each.evidence for each in calendars.values()} == {Evidence.SECONDARY}


# Another package, gathered by others


def in_another_package(day: date) -> tuple[bool, str | None]:
    """Whether it is a workday there, and the name of the holiday."""
    _, holiday = chinese_calendar.get_holiday_detail(day)
    return chinese_calendar.is_workday(day), holiday


THEIR_NAMES = {
    "New Year's Day": Holiday.NEW_YEAR,
    "Spring Festival": Holiday.SPRING_FESTIVAL,
    "Tomb-sweeping Day": Holiday.QINGMING,
    "Labour Day": Holiday.LABOUR_DAY,
    "Dragon Boat Festival": Holiday.DRAGON_BOAT,
    "Mid-autumn Festival": Holiday.MID_AUTUMN,
    "National Day": Holiday.NATIONAL_DAY,
}


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_worked_or_off_as_in_another_package(calendars: dict[int, Calendar], year: int) -> None:
    for day in days_of(year):
        worked, _ = in_another_package(day)
        kind = calendars[year].kind_of(day)
        assert (kind in (DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY)) == worked, day
        assert (kind is DayKind.MAKEUP_WORKDAY) == (worked and day.weekday() >= 5), day


@pytest.mark.parametrize("year", YEARS)
def test_every_holiday_has_the_name_that_it_has_in_another_package(calendars: dict[int, Calendar], year: int) -> None:
    for day in days_of(year):
        worked, name = in_another_package(day)
        expected = {THEIR_NAMES[name]} if name is not None and not worked else set()
        assert expected <= calendars[year].holidays_on(day), day
        assert bool(expected) == bool(calendars[year].holidays_on(day)), day


STATUTORY = {2021: 11, 2022: 11, 2023: 11, 2024: 11, 2025: 13, 2026: 13}
"""Days that are the holiday itself: eleven, thirteen since 2025 (one more of Spring Festival and of Labour Day)."""


@pytest.mark.parametrize("year", YEARS)
def test_the_days_that_are_the_holiday_itself_have_the_number_the_law_says(
    calendars: dict[int, Calendar], year: int
) -> None:
    itself = [day for day in days_of(year) if calendars[year].kind_of(day) is DayKind.STATUTORY_DAY]
    assert len(itself) == STATUTORY[year]
    assert all(calendars[year].holidays_on(day) for day in itself)


def test_a_year_that_is_not_announced_has_no_calendar_here_or_there(calendars: dict[int, Calendar]) -> None:
    assert 2027 not in calendars
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(date(2027, 1, 1))


# Single days, from the notices


@pytest.mark.parametrize(
    ("day", "kind", "holidays"),
    [
        (date(2025, 9, 28), DayKind.MAKEUP_WORKDAY, set()),
        (date(2025, 9, 29), DayKind.WORKDAY, set()),
        (date(2025, 10, 1), DayKind.STATUTORY_DAY, {Holiday.NATIONAL_DAY, Holiday.MID_AUTUMN}),
        (date(2025, 10, 4), DayKind.REST_DAY, {Holiday.NATIONAL_DAY, Holiday.MID_AUTUMN}),
        (date(2025, 10, 6), DayKind.STATUTORY_DAY, {Holiday.NATIONAL_DAY, Holiday.MID_AUTUMN}),
        (date(2025, 10, 9), DayKind.WORKDAY, set()),
        (date(2025, 10, 12), DayKind.REST_DAY, set()),
    ],
)
def test_the_autumn_of_2025_has_one_break_of_two_holidays(
    calendars: dict[int, Calendar], day: date, kind: DayKind, holidays: set[Holiday]
) -> None:
    assert calendars[2025].kind_of(day) is kind
    assert calendars[2025].holidays_on(day) == holidays


def test_a_calendar_tells_nothing_of_another_year(calendars: dict[int, Calendar]) -> None:
    for ask in (calendars[2025].kind_of, calendars[2025].holidays_on):
        with pytest.raises(AssertionError, match="of its year"):
            ask(date(2024, 12, 31))


# Bad input


def inconsistent(place: str, reason: str) -> str:
    return f"{place}: inconsistent: {reason}; correct one of the two"


EXPECTED = {
    "break_reversed": "break_reversed.yaml:9:33: span_reversed: the span from 2025-05-06 to 2025-05-01 does not end "
    "after it starts; the end is the first day after the span",
    "day_of_another_year": inconsistent(
        "day_of_another_year.yaml:1:1", "2024-12-31 is no day of 2025, the calendar's year"
    ),
    "day_off_and_worked": inconsistent(
        "day_off_and_worked.yaml:1:1",
        "2025-05-04 stands twice, as a day off of Labour Day and as a day worked in lieu of Labour Day",
    ),
    "day_twice": inconsistent(
        "day_twice.yaml:1:1",
        "2025-05-05 stands twice, as a day off of Labour Day and as a day off of the Dragon Boat Festival",
    ),
    "no_end": inconsistent(
        "no_end.yaml:1:1", "a calendar is in force from 1 January of its year and repealed on 1 January of the next"
    ),
    "statutory_day_at_work": inconsistent(
        "statutory_day_at_work.yaml:9:3", "the statutory day 2025-05-01 is not among the days off"
    ),
    "unknown_holiday": 'unknown_holiday.yaml:9:15: unknown_word: "may_day" is not an accepted value; use one of: '
    "new_year, spring_festival, qingming, labour_day, dragon_boat, mid_autumn, national_day, "
    "peace_memorial_day, childrens_day, teachers_day, retrocession_day, constitution_day",
    "worked_on_a_workday": inconsistent(
        "worked_on_a_workday.yaml:9:3", "2025-04-28, worked in lieu, is no day of a weekend"
    ),
    "worked_twice": inconsistent(
        "worked_twice.yaml:1:1",
        "2025-04-27 stands twice, as a day worked in lieu of Labour Day and as a day worked in lieu of Labour Day",
    ),
}


@pytest.mark.parametrize("mistake", EXPECTED)
def test_a_mistake_in_a_calendar_is_told_with_its_place(mistake: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        load(AnyDocument, BAD / f"{mistake}.yaml", name=f"{mistake}.yaml")
    assert str(caught.value) == EXPECTED[mistake]


def test_each_bad_calendar_has_its_message() -> None:
    assert {path.stem for path in BAD.iterdir()} == set(EXPECTED)


def test_a_calendar_that_was_seen_in_force_is_of_no_year() -> None:
    raw = {
        "id": "cn/national/calendar/2025",
        "kind": "calendar",
        "area": "cn",
        "seen_in_force": {"first": "2025-01-01", "last": "2025-12-31"},
        "document": {"title": "a notice"},
        "evidence": "secondary",
        "recorded_on": "2026-11-21",
        "breaks": [{"holidays": ["new_year"], "off": {"from": "2025-01-01", "to": "2025-01-02"}}],
    }
    with pytest.raises(InvalidInput, match="a calendar is in force from 1 January of its year"):
        validated(AnyDocument, raw)


# Rules


class Day:
    """A day that is asked about, and what was asked."""

    def __init__(self, kind: DayKind, holidays: frozenset[Holiday] = frozenset(), run: int = 0) -> None:
        self._kind, self._holidays, self._run = kind, holidays, run
        self.asked: list[str] = []

    @property
    def kind(self) -> DayKind:
        self.asked.append("kind")
        return self._kind

    @property
    def weekday(self) -> Weekday:
        self.asked.append("weekday")
        return Weekday.SATURDAY

    @property
    def holidays(self) -> frozenset[Holiday]:
        self.asked.append("holidays")
        return self._holidays

    def is_off_for(self, days: int) -> bool:
        self.asked.append("run")
        return self._run >= days

    def reached(self, event: EventRule) -> bool:
        self.asked.append(event.measure)
        return True


def rule(**told: object) -> DayRule:
    return validated(DayRule, told)


HOT = {"measure": "temperature", "at_least": "35"}


@pytest.mark.parametrize(
    ("chosen", "day", "holds"),
    [
        (rule(kind="rest_day"), Day(DayKind.REST_DAY), True),
        (rule(kind=["rest_day", "statutory_day"]), Day(DayKind.MAKEUP_WORKDAY), False),
        (rule(holiday="labour_day"), Day(DayKind.REST_DAY, frozenset({Holiday.LABOUR_DAY})), True),
        (rule(holiday=["labour_day", "qingming"]), Day(DayKind.REST_DAY, frozenset({Holiday.NEW_YEAR})), False),
        (rule(days_off="3"), Day(DayKind.REST_DAY, run=3), True),
        (rule(days_off="3"), Day(DayKind.REST_DAY, run=2), False),
        (rule(event=HOT), Day(DayKind.WORKDAY), True),
        (rule(weekday="saturday"), Day(DayKind.REST_DAY), True),
        (rule(weekday=["monday", "sunday"]), Day(DayKind.REST_DAY), False),
    ],
)
def test_a_day_is_chosen_by_its_kind_its_weekday_its_holiday_the_length_of_the_break_or_an_event(
    chosen: DayRule, day: Day, *, holds: bool
) -> None:
    assert chosen.holds(day) is holds


def test_a_day_must_be_all_that_a_rule_tells_and_nothing_more_is_asked_than_matters() -> None:
    both = rule(kind="statutory_day", holiday="national_day", event=HOT)
    third_of_october = Day(DayKind.STATUTORY_DAY, frozenset({Holiday.NATIONAL_DAY}))
    assert both.holds(third_of_october)
    assert third_of_october.asked == ["kind", "holidays", "temperature"]
    fourth_of_october = Day(DayKind.REST_DAY, frozenset({Holiday.NATIONAL_DAY}))
    assert not both.holds(fourth_of_october)
    assert fourth_of_october.asked == ["kind"]


@pytest.mark.parametrize(
    ("told", "reason"),
    [({}, "days without a condition are every day"), ({"days_off": "1"}, "at least 2 is expected here")],
)
def test_a_rule_that_chooses_nothing_is_refused(told: dict[str, object], reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        validated(DayRule, told)


def test_a_break_lists_its_days(calendars: dict[int, Calendar]) -> None:
    new_year = calendars[2026].breaks[0]
    assert new_year.off.days == (date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3))
    ask: Callable[[date], DayKind] = calendars[2026].kind_of
    assert [ask(day) for day in new_year.off.days] == [DayKind.STATUTORY_DAY, DayKind.REST_DAY, DayKind.REST_DAY]
