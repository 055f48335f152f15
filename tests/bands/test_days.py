"""What is known of a day: by the calendars in force, by the days around it, by the events that were given."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from billcalc.bands.days import DayFacts
from billcalc.fields import validated
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refused
from billcalc.library.catalog import load_catalog
from billcalc.tariff.calendars import DayKind, EventRule, Holiday
from billcalc.tariff.catalog import Catalog


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(areas=["cn"])


@pytest.fixture(scope="module")
def facts(catalog: Catalog) -> DayFacts:
    return DayFacts(catalog, "cn-shanghai")


def test_a_day_is_what_the_nations_calendar_says(facts: DayFacts) -> None:
    labour_day = facts.on(date(2025, 5, 5))
    assert labour_day.kind is DayKind.REST_DAY
    assert labour_day.holidays == {Holiday.LABOUR_DAY}
    assert facts.on(date(2025, 5, 6)).kind is DayKind.WORKDAY
    assert facts.on(date(2025, 5, 18)).kind is DayKind.REST_DAY


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2027, 1, 1)])
def test_a_day_of_a_year_without_a_calendar_is_refused_by_its_date(facts: DayFacts, day: date) -> None:
    for ask in (lambda: facts.on(day).kind, lambda: facts.on(day).holidays):
        with pytest.raises(Refused) as caught:
            ask()
        refusal = caught.value.refusal
        assert refusal.code is RefusalCode.NO_DOCUMENT
        assert refusal.facts == {"kind": "calendar", "area": "cn-shanghai", "day": str(day)}


# Holidays of at least n days


@pytest.mark.parametrize(
    ("day", "longest"),
    [
        (date(2025, 1, 1), 1),  # a Wednesday
        (date(2024, 6, 10), 3),  # a Monday, with the weekend before it
        (date(2024, 6, 8), 3),
        (date(2024, 6, 9), 3),
        (date(2024, 6, 7), 0),
        (date(2025, 5, 3), 5),
        (date(2025, 10, 8), 8),
        (date(2025, 10, 11), 0),  # worked in lieu
        (date(2025, 7, 5), 0),  # a weekend of no holiday
        (date(2023, 12, 30), 3),  # the break goes on in the next year
        (date(2024, 1, 1), 3),
    ],
)
def test_a_holiday_is_as_long_as_the_days_off_in_a_row_around_it(facts: DayFacts, day: date, longest: int) -> None:
    assert [facts.on(day).is_off_for(days) for days in range(1, 10)] == [days <= longest for days in range(1, 10)]


def test_a_neighbouring_year_is_asked_for_only_where_it_matters(facts: DayFacts) -> None:
    new_year = facts.on(date(2021, 1, 2))
    assert new_year.is_off_for(2)
    with pytest.raises(Refused) as caught:
        new_year.is_off_for(3)
    assert caught.value.refusal.facts["day"] == "2020-12-31"


# Events


def rule(*, days_in_a_row: str = "1") -> EventRule:
    told = {"measure": "guangzhou_max_temperature", "at_least": "35", "days_in_a_row": days_in_a_row}
    return validated(EventRule, told)


@pytest.fixture(scope="module")
def summer(catalog: Catalog) -> DayFacts:
    measured = ["34.9", "35", "35.1", "36", "34"]
    days = {date(2025, 6, 6) + timedelta(days=number): Decimal(value) for number, value in enumerate(measured)}
    return DayFacts(catalog, "cn-guangdong", {"guangzhou_max_temperature": days})


@pytest.mark.parametrize(("day", "hot"), [(6, False), (7, True), (8, True), (9, True), (10, False)])
def test_a_day_is_hot_from_the_limit_on(summer: DayFacts, day: int, *, hot: bool) -> None:
    assert summer.on(date(2025, 6, day)).reached(rule()) is hot


@pytest.mark.parametrize(("day", "hot"), [(7, False), (8, False), (9, True), (10, False)])
def test_a_run_of_hot_days_counts_from_the_day_that_completes_it(summer: DayFacts, day: int, *, hot: bool) -> None:
    assert summer.on(date(2025, 6, day)).reached(rule(days_in_a_row="3")) is hot


@pytest.mark.parametrize(("day", "row", "lacking"), [(11, "1", 11), (5, "1", 5), (11, "2", 11)])
def test_a_day_that_nothing_was_measured_on_is_refused(summer: DayFacts, day: int, row: str, lacking: int) -> None:
    with pytest.raises(Refused) as caught:
        summer.on(date(2025, 6, day)).reached(rule(days_in_a_row=row))
    assert str(caught.value) == (
        f"/events/guangzhou_max_temperature/2025-06-{lacking:02}: event_not_given: the bands of 2025-06-{day:02} "
        f"depend on guangzhou_max_temperature of 2025-06-{lacking:02}, which is not given; give it under events"
    )


def test_days_before_are_asked_for_only_where_the_day_itself_is_hot(catalog: Catalog) -> None:
    facts = DayFacts(catalog, "cn-guangdong", {"guangzhou_max_temperature": {date(2025, 6, 6): Decimal(30)}})
    assert not facts.on(date(2025, 6, 6)).reached(rule(days_in_a_row="3"))


def test_without_events_every_event_is_refused(facts: DayFacts) -> None:
    with pytest.raises(Refused, match="event_not_given"):
        facts.on(date(2025, 6, 8)).reached(rule())
