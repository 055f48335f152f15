"""The bands of every customer of every shipped document on every day, beside the hours that were published."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.bands.days import DayFacts
from billcalc.bands.schedule import Schedule
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refused
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.cells import cells
from billcalc.tariff.components import PriceKey
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Kind
from tests.bands.samples import FACTORY, HOT, MILD, customer, days_of, facts_with, time_of_use


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


JIANGXI = "cn/jiangxi/time_of_use/2025-10"
GUANGDONG = "cn/guangdong/time_of_use/2021-10"
DELTA = "cn/guangdong-prd5/time_of_use/2021-10"
SHANGHAI = "cn/shanghai/time_of_use/2025-10"
ZHEJIANG = "cn/zhejiang/time_of_use/2025-10"
ZHEJIANG_2026 = "cn/zhejiang/time_of_use/2026-07"
SHANDONG = "cn/shandong/time_of_use/2025-01"
BEIJING = "cn/beijing/time_of_use/2023-09"
FUJIAN = "cn/fujian/time_of_use/2025-10"
SHIPPED = (BEIJING, FUJIAN, GUANGDONG, DELTA, JIANGXI, SHANDONG, SHANGHAI, ZHEJIANG, ZHEJIANG_2026)


def test_the_documents_of_this_test_are_shipped(catalog: Catalog) -> None:
    assert {document.id for document in catalog.documents if document.kind is Kind.TIME_OF_USE} >= set(SHIPPED)


# Every hour of every day


def customers(document: TimeOfUse) -> list[PriceKey]:
    rows = [row for row in document.periods.values() if row is not None]
    found = cells([document.selector, *(row.selector for row in rows)])
    return [key for key in found if document.period_rows(key)]


@pytest.mark.parametrize("events", [MILD, HOT], ids=["mild", "hot"])
@pytest.mark.parametrize("identity", SHIPPED)
def test_each_half_hour_of_each_day_has_a_band(
    catalog: Catalog, identity: str, events: dict[str, dict[date, Decimal]]
) -> None:
    document = time_of_use(catalog, identity)
    facts = facts_with(catalog, document.area, events)
    assert customers(document)
    for key in customers(document):
        schedule = Schedule(document=document, key=key)
        assert {len(schedule.bands_on(day=day, facts=facts)) for day in days_of(2024, 2026)} == {48}, key


# Days as they were published, hour by hour

LOW = customer(billing="one_part", voltage="<1kV")
ONE_PART = customer(billing="one_part")
GENERAL = customer("general_commercial")
LARGE = customer("large_industrial")
NIGHT = "00:00 deep_valley 06:00 flat 08:00 peak"

PUBLISHED = [
    (JIANGXI, FACTORY, "2025-01-08 2025-12-03", "00:00 valley 06:00 flat 09:00 peak 12:00 flat 18:00 sharp 20:00 peak "
     "21:00 flat"),
    (JIANGXI, FACTORY, "2025-01-30", "00:00 valley 06:00 flat 09:00 peak 12:00 deep_valley 14:00 flat 18:00 sharp "
     "20:00 peak 21:00 flat"),
    (JIANGXI, FACTORY, "2025-02-19", "00:00 valley 06:00 flat 16:00 peak 22:00 flat"),
    (JIANGXI, FACTORY, "2025-02-03", "00:00 valley 06:00 flat 12:00 deep_valley 14:00 flat 16:00 peak 22:00 flat"),
    (JIANGXI, FACTORY, "2025-07-01 2025-08-31", "00:00 flat 01:00 valley 05:00 flat 11:30 valley 12:00 deep_valley "
     "14:00 valley 14:30 flat 17:00 peak 20:30 sharp 22:30 peak 23:00 flat"),
    (JIANGXI, FACTORY, "2025-09-01 2025-09-30", "00:00 flat 01:00 valley 05:00 flat 11:30 valley 12:00 deep_valley "
     "14:00 valley 14:30 flat 17:00 peak 23:00 flat"),
    (JIANGXI, FACTORY, "2025-03-01 2025-06-30 2025-10-01 2025-11-30", "00:00 flat 01:00 valley 05:00 flat "
     "11:30 valley 12:00 deep_valley 14:00 valley 14:30 flat 16:00 peak 22:00 flat"),
    (GUANGDONG, FACTORY, "2025-07-01 2025-09-30", "00:00 valley 08:00 flat 10:00 peak 11:00 sharp 12:00 flat "
     "14:00 peak 15:00 sharp 17:00 peak 19:00 flat"),
    (GUANGDONG, FACTORY, "2025-06-30 2025-10-01", "00:00 valley 08:00 flat 10:00 peak 12:00 flat 14:00 peak "
     "19:00 flat"),
    (SHANGHAI, ONE_PART, "2025-01-08 2025-07-06", "00:00 valley 06:00 peak 22:00 valley"),
    (SHANGHAI, GENERAL, "2025-07-02 2025-08-31", "00:00 valley 06:00 flat 08:00 peak 12:00 sharp 14:00 peak 15:00 flat "
     "18:00 peak 21:00 flat 22:00 valley"),
    (SHANGHAI, LARGE, "2025-07-02 2025-07-06", "00:00 valley 06:00 flat 08:00 peak 12:00 sharp 14:00 peak 15:00 flat "
     "18:00 peak 21:00 flat 22:00 valley"),
    (SHANGHAI, GENERAL, "2025-09-03 2025-09-06", "00:00 valley 06:00 flat 08:00 peak 15:00 flat 18:00 peak 21:00 flat "
     "22:00 valley"),
    (SHANGHAI, LARGE, "2025-09-03", "00:00 valley 06:00 flat 08:00 peak 15:00 flat 18:00 peak 21:00 flat 22:00 valley"),
    (SHANGHAI, LARGE, "2025-09-06", f"{NIGHT} 15:00 flat 18:00 peak 21:00 flat 22:00 deep_valley"),
    (SHANGHAI, LARGE, "2025-01-08 2025-01-11 2025-12-03", "00:00 valley 06:00 flat 08:00 peak 11:00 flat 18:00 peak "
     "19:00 sharp 21:00 flat 22:00 valley"),
    (SHANGHAI, LARGE, "2025-01-01 2025-01-30", f"{NIGHT} 11:00 flat 18:00 peak 19:00 sharp 21:00 flat "
     "22:00 deep_valley"),
    (SHANGHAI, GENERAL, "2025-01-01", "00:00 valley 06:00 flat 08:00 peak 11:00 flat 18:00 peak 19:00 sharp 21:00 flat "
     "22:00 valley"),
    (SHANGHAI, GENERAL, "2025-03-05 2025-03-08", "00:00 valley 06:00 flat 08:00 peak 11:00 flat 18:00 peak 21:00 flat "
     "22:00 valley"),
    (SHANGHAI, LARGE, "2025-03-05 2025-04-27", "00:00 valley 06:00 flat 08:00 peak 11:00 flat 18:00 peak 21:00 flat "
     "22:00 valley"),  # 27 April: a Sunday worked in lieu
    (SHANGHAI, LARGE, "2025-03-08 2025-05-01 2025-10-08 2025-11-30", f"{NIGHT} 11:00 flat 18:00 peak 21:00 flat "
     "22:00 deep_valley"),
    (ZHEJIANG, FACTORY, "2025-02-05 2025-05-06", "00:00 valley 08:00 peak 11:00 valley 13:00 peak 17:00 flat"),
    (ZHEJIANG, FACTORY, "2025-05-05 2025-10-06", "00:00 valley 08:00 peak 10:00 deep_valley 14:00 peak 17:00 flat"),
    (ZHEJIANG, FACTORY, "2025-01-08 2025-07-02", "00:00 valley 08:00 peak 09:00 sharp 11:00 valley 13:00 flat "
     "15:00 sharp 17:00 peak 23:00 flat"),
    (ZHEJIANG, FACTORY, "2025-01-30", "00:00 valley 08:00 peak 09:00 sharp 10:00 deep_valley 14:00 flat 15:00 sharp "
     "17:00 peak 23:00 flat"),
    (ZHEJIANG_2026, FACTORY, "2026-10-03", "00:00 valley 07:00 flat 09:00 deep_valley 15:00 flat 16:00 peak "
     "23:00 flat"),
    (ZHEJIANG_2026, FACTORY, "2026-10-04", "00:00 valley 07:00 flat 11:00 valley 14:00 flat 16:00 peak 23:00 flat"),
    (ZHEJIANG_2026, FACTORY, "2026-07-01", "00:00 valley 07:00 flat 11:00 valley 14:00 flat 16:00 peak 18:00 sharp "
     "22:00 peak 23:00 flat"),
    (SHANDONG, FACTORY, "2025-12-01 2025-02-28", "00:00 flat 02:00 valley 06:00 flat 07:00 peak 09:00 flat "
     "10:00 valley 11:00 deep_valley 14:00 valley 15:00 flat 16:00 sharp 19:00 peak 21:00 flat"),
    (SHANDONG, FACTORY, "2025-03-01 2025-05-31", "00:00 flat 10:00 valley 11:00 deep_valley 14:00 valley 15:00 flat "
     "17:00 sharp 20:00 peak 22:00 flat"),
    (SHANDONG, FACTORY, "2025-06-01", "00:00 flat 07:00 valley 12:00 flat 16:00 peak 17:00 sharp 22:00 peak "
     "23:00 flat"),
    (SHANDONG, FACTORY, "2025-07-01 2025-08-31", "00:00 flat 01:00 valley 06:00 flat 16:00 peak 17:00 sharp 22:00 peak "
     "23:00 flat"),
    (SHANDONG, FACTORY, "2025-09-01 2025-11-30", "00:00 flat 10:00 valley 11:00 deep_valley 14:00 valley 15:00 flat "
     "16:00 peak 17:00 sharp 19:00 peak 21:00 flat"),
    (BEIJING, FACTORY, "2024-07-01 2024-08-31", "00:00 valley 07:00 flat 10:00 peak 11:00 sharp 13:00 flat 16:00 sharp "
     "17:00 peak 22:00 flat 23:00 valley"),
    (BEIJING, ONE_PART, "2024-01-31 2024-12-01", "00:00 valley 07:00 flat 10:00 peak 13:00 flat 17:00 peak 18:00 sharp "
     "21:00 peak 22:00 flat 23:00 valley"),
    (BEIJING, FACTORY, "2024-02-01 2024-02-29 2024-06-30 2024-11-30", "00:00 valley 07:00 flat 10:00 peak 13:00 flat "
     "17:00 peak 22:00 flat 23:00 valley"),
    (BEIJING, LOW, "2024-07-01 2024-01-31 2024-02-29", "00:00 valley 07:00 flat 10:00 peak 13:00 flat 17:00 peak "
     "22:00 flat 23:00 valley"),  # no sharp hours below 1 kV
    (FUJIAN, FACTORY, "2025-07-01 2025-09-30", "00:00 valley 08:00 flat 10:00 peak 11:00 sharp 12:00 flat 15:00 peak "
     "17:00 sharp 18:00 peak 20:00 flat 21:00 peak 22:00 flat"),
    (FUJIAN, FACTORY, "2025-06-30 2025-10-01", "00:00 valley 08:00 flat 10:00 peak 12:00 flat 15:00 peak 20:00 flat "
     "21:00 peak 22:00 flat"),
]  # fmt: skip


def band_at(document: TimeOfUse, key: PriceKey, day: date, hour: int, facts: DayFacts) -> Band:
    """The band in which an hour of a day begins."""
    return Schedule(document=document, key=key).bands_on(day=day, facts=facts)[hour * 2]


def text(bands: tuple[Band, ...]) -> str:
    """The half hours in which a band begins."""
    begins = [slot for slot, band in enumerate(bands) if slot == 0 or bands[slot - 1] is not band]
    return " ".join(f"{slot // 2:02}:{slot % 2 * 30:02} {bands[slot]}" for slot in begins)


@pytest.mark.parametrize(("identity", "key", "days", "expected"), PUBLISHED)
def test_a_day_has_the_hours_that_were_published(
    catalog: Catalog, identity: str, key: PriceKey, days: str, expected: str
) -> None:
    document = time_of_use(catalog, identity)
    schedule = Schedule(document=document, key=key)
    facts = facts_with(catalog, document.area)
    found = {day: text(schedule.bands_on(day=date.fromisoformat(day), facts=facts)) for day in days.split()}
    assert found == dict.fromkeys(days.split(), expected)


@pytest.mark.parametrize("identity", [GUANGDONG, DELTA])
def test_a_hot_day_outside_summer_has_the_sharp_hours_of_summer(catalog: Catalog, identity: str) -> None:
    document = time_of_use(catalog, identity)
    schedule = Schedule(document=document, key=FACTORY)
    hot, mild = (facts_with(catalog, document.area, events) for events in (HOT, MILD))
    summer = schedule.bands_on(day=date(2025, 7, 1), facts=mild)
    assert schedule.bands_on(day=date(2025, 6, 8), facts=hot) == summer
    assert schedule.bands_on(day=date(2025, 6, 8), facts=mild) != summer


# Points that another program's tests assert (xseec/EDSCron, internal/logic/getpricelogic_test.go,
# commit f331962c0955c9f9b694010b2b8fb0ee02f2c074)

GOLDEN = [
    (FUJIAN, FACTORY, "2025-08-01 00:00", "valley"),
    (FUJIAN, FACTORY, "2025-08-01 08:00", "flat"),
    (FUJIAN, FACTORY, "2025-08-01 10:00", "peak"),
    (FUJIAN, FACTORY, "2025-08-01 11:00", "sharp"),
    (DELTA, FACTORY, "2025-06-08 11:00", "sharp"),
    (DELTA, FACTORY, "2025-06-07 11:00", "peak"),
    (ZHEJIANG, GENERAL, "2025-05-05 11:00", "deep_valley"),
    (ZHEJIANG, GENERAL, "2025-05-06 11:00", "valley"),
    (SHANGHAI, LARGE, "2025-05-18 00:00", "deep_valley"),
    (SHANGHAI, LARGE, "2025-05-19 00:00", "valley"),
]
TEMPERATURES = {"guangzhou_max_temperature": {date(2025, 6, 7): Decimal("34.5"), date(2025, 6, 8): Decimal("36.1")}}


@pytest.mark.parametrize(("identity", "key", "at", "band"), GOLDEN)
def test_a_minute_is_of_the_band_that_another_program_says(
    catalog: Catalog, identity: str, key: PriceKey, at: str, band: str
) -> None:
    document = time_of_use(catalog, identity)
    facts = facts_with(catalog, document.area, TEMPERATURES)
    day, hour = date.fromisoformat(at[:10]), int(at[11:13])
    assert band_at(document, key, day, hour, facts) is Band(band)


# What is not known is refused


def refused(catalog: Catalog, identity: str, key: PriceKey, day: date) -> Refused:
    document = time_of_use(catalog, identity)
    with pytest.raises(Refused) as caught:
        band_at(document, key, day, 0, DayFacts(catalog, document.area))
    return caught.value


def test_a_customer_whom_the_document_does_not_know_has_no_bands(catalog: Catalog) -> None:
    home = refused(catalog, JIANGXI, customer("residential", "one_part"), date(2025, 10, 1))
    assert str(home) == (
        "/area: no_bands: cn/jiangxi/time_of_use/2025-10 does not tell the bands of residential, one-part, 1-10kV, "
        "agency purchase, time of use; add the rows to it, or give the energy by band"
    )
    neither = refused(catalog, SHANGHAI, customer("industrial_commercial"), date(2025, 10, 1))
    assert neither.refusal.code is RefusalCode.NO_BANDS


def test_a_document_with_holidays_needs_the_calendar_of_the_year(catalog: Catalog) -> None:
    assert str(refused(catalog, JIANGXI, FACTORY, date(2027, 1, 4))) == (
        "/area: no_document: no document of calendar is in force in cn-jiangxi on 2027-01-04; add the document to "
        "the tariffs, or give its content with the request"
    )


def test_a_document_without_special_days_needs_no_calendar(catalog: Catalog) -> None:
    facts = DayFacts(catalog, "cn-beijing")
    document = time_of_use(catalog, BEIJING)
    found = band_at(document, FACTORY, date(2030, 2, 1), 0, facts)
    assert found is Band.VALLEY


def test_a_temperature_is_needed_outside_summer_only(catalog: Catalog) -> None:
    refusal = refused(catalog, GUANGDONG, FACTORY, date(2025, 6, 8)).refusal
    assert (refusal.code, refusal.where) == (
        RefusalCode.EVENT_NOT_GIVEN,
        "/events/guangzhou_max_temperature/2025-06-08",
    )
    document = time_of_use(catalog, GUANGDONG)
    facts = DayFacts(catalog, document.area)
    assert band_at(document, FACTORY, date(2025, 7, 8), 11, facts) is Band.SHARP
