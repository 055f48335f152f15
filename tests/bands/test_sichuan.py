"""Sichuan's hours of January 2022 to January 2024, month by month as they were transcribed."""

from datetime import date

import pytest

from billcalc.bands.days import DayFacts
from billcalc.bands.schedule import Schedule
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Band, Kind
from tests.tariff.samples import FACTORY

DIGITS = {Band.VALLEY: "0", Band.FLAT: "1", Band.PEAK: "2", Band.SHARP: "3"}
EARLY, LATE = "000000011112112222222110", "000000011122111222222110"
EARLY_SHARP, LATE_SHARP = "000000011112112222233110", "000000011122111222233110"
SUMMER = "000000011122111332222110"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(areas=["cn", "cn-sichuan"])


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2022, 1, 5), EARLY_SHARP),
        (date(2022, 2, 1), EARLY),
        (date(2022, 7, 31), EARLY),
        (date(2022, 8, 31), EARLY_SHARP),
        (date(2022, 12, 31), EARLY),
        (date(2023, 1, 31), EARLY_SHARP),
        (date(2023, 5, 31), EARLY),
        (date(2023, 6, 1), LATE),
        (date(2023, 7, 1), SUMMER),
        (date(2023, 9, 1), LATE),
        (date(2023, 12, 1), LATE_SHARP),
        (date(2024, 1, 31), LATE_SHARP),
        (date(2024, 2, 1), EARLY),
    ],
)
def test_each_hour_is_of_the_transcribed_band(catalog: Catalog, day: date, hours: str) -> None:
    document = catalog.in_force(Kind.TIME_OF_USE, "cn-sichuan", day).document
    bands = Schedule(document=document, key=FACTORY).bands_on(day=day, facts=DayFacts(catalog, "cn-sichuan", {}))
    assert "".join(DIGITS[band] for band in bands[::2]) == hours
    assert bands[::2] == bands[1::2]
