"""Times as exports write them: each is one instant, or is told with what was expected and what was seen."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.tables.interval_times import FileClock, Unreadable, zone_of

SHANGHAI = FileClock(ZoneInfo("Asia/Shanghai"))
UNZONED = FileClock(None)
QUARTER_PAST = datetime(2024, 5, 31, 16, 15, tzinfo=UTC)
"""00:15 of the first of June by the clock of Shanghai."""


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-01 00:15",
        "2024-06-01T00:15",
        "2024-06-01 00:15:00",
        "2024-06-01 00:15:00.000",
        "2024/6/1 0:15",
        "2024/06/01  00:15",
        "2024.6.1 0:15",
        "2024年6月1日 0:15",
        "2024年6月1日0时15分",
        "２０２４／６／１ ０：１５",
        "20240601 0015",
        "202406010015",
        "20240601001500",
        "20240601T001500",
        "45444.0104166667",  # 45444 days after the end of 1899, and 15 of 1440 minutes
        "45444.010416667",
        "2024-06-01T00:15:00+08:00",
        "2024-06-01 00:15+0800",
        "2024-05-31T16:15Z",
        "2024/5/31 16:15 Z",
        "2024-05-31T24:00+07:45",
    ],
)
def test_a_time_is_read_however_it_is_written(text: str) -> None:
    assert SHANGHAI.instant(text) == QUARTER_PAST


@pytest.mark.parametrize(
    "text", ["2024-05-31 24:00", "2024/5/31 24:00:00", "2024-06-01 00:00", "45444", "202405312400"]
)
def test_the_hour_24_is_the_first_of_the_next_day(text: str) -> None:
    assert SHANGHAI.instant(text) == QUARTER_PAST - timedelta(minutes=15)


def test_the_hour_24_of_the_last_day_of_a_year_is_of_the_next() -> None:
    assert SHANGHAI.instant("2023-12-31 24:00") == datetime(2023, 12, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "01/06/2024 00:15",  # the sixth of January, or the first of June
        "13/06/2024 00:15",
        "6/1/24 0:15",
        "24-06-01 00:15",
        "2024-06-01",
        "2024-06-31 00:15",
        "2024-13-01 00:15",
        "2024-06-01 24:15",
        "2024-06-01 25:00",
        "2024-06-01 00:60",
        "2024-06-01 00:15:60",
        "2024-06-0100:15",
        "2024-6/1 0:15",
        "2024/6/1 12:15 AM",
        "2024/6/1 上午 0:15",
        "2024-06-01 00:15+25:00",
        "2024-06-01 00:15:00.500",
        "9999-12-31 24:00",
        "0001-01-01 00:00",
        "12345.5",
        "1717171200",
    ],
)
def test_what_is_no_time_or_not_one_is_told_with_what_is_expected_and_seen(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        SHANGHAI.instant(text)
    assert str(caught.value.fault("x.csv:2:1")) == (
        f'x.csv:2:1: time_not_read: "{text}" is not read: a time is written with the year first, as 2024-06-01 00:15; '
        "write it so; the hour is 0 to 24"
    )


def test_a_time_without_an_offset_needs_a_zone() -> None:
    for read in (UNZONED.instant, UNZONED.day):
        with pytest.raises(Unreadable) as caught:
            read("2024-06-01 00:15" if read == UNZONED.instant else "2024-06-01")
        assert caught.value.code is FaultCode.TIME_WITHOUT_ZONE
    assert UNZONED.instant("2024-06-01 00:15+08:00") == QUARTER_PAST


@pytest.mark.parametrize("text", ["2024-03-31 02:30", "2024-10-27 02:30"])
def test_a_time_that_is_not_or_comes_twice_is_not_read_without_its_offset(text: str) -> None:
    berlin = FileClock(ZoneInfo("Europe/Berlin"))
    with pytest.raises(Unreadable) as caught:
        berlin.instant(text)
    assert (caught.value.code, caught.value.facts["zone"]) == (FaultCode.CLOCK_CHANGES, "Europe/Berlin")
    assert berlin.instant(text.replace("02:30", "03:30")).minute == 30


@pytest.mark.parametrize(
    "text", ["2024-06-01", "2024/6/1", "2024.06.01", "20240601", "2024年6月1日", "45444", "45444.0"]
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert SHANGHAI.day(text) == (QUARTER_PAST - timedelta(minutes=15), timedelta(days=1))


@pytest.mark.parametrize("text", ["", "1/6/2024", "2024-06-31", "45444.5", "2024-06-01 00:00", "9999-12-31"])
def test_what_is_no_day_is_told_with_what_is_expected_and_seen(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        SHANGHAI.day(text)
    assert caught.value.facts == {"value": f'"{text}"', "expected": "2024-06-01"}


@pytest.mark.parametrize(("day", "hours"), [("2024-03-31", 23), ("2024-10-27", 25)])
def test_a_day_on_which_the_clock_changes_has_23_or_25_hours(day: str, hours: int) -> None:
    assert FileClock(ZoneInfo("Europe/Berlin")).day(day)[1] == timedelta(hours=hours)


@pytest.mark.parametrize("name", ["Europe/Nowhere", "", "../etc", "a\0b"])
def test_a_zone_that_is_not_is_told(name: str) -> None:
    with pytest.raises(InvalidInput, match="zone: unknown_reference"):
        zone_of(name)
