"""The examples of docs/calendars-and-bands.md hold what the page says."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.bands.days import DayFacts
from billcalc.bands.schedule import Schedule
from billcalc.fields import validated
from billcalc.files.documents import parse_document
from billcalc.library.catalog import load_catalog
from billcalc.tariff.documents import AnyDocument
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band
from tests.bands.samples import FACTORY, time_of_use
from tests.documents import ROOT, blocks_of

PAGE = ROOT / "docs" / "calendars-and-bands.md"


@pytest.fixture(scope="module")
def document() -> TimeOfUse:
    [block] = [block for block in blocks_of(PAGE) if block.label == "time_of_use"]
    found = validated(AnyDocument, parse_document(block.text, name="page.yaml").data).root
    assert isinstance(found, TimeOfUse)
    return found


@pytest.mark.parametrize(
    ("day", "celsius", "expected"),
    [
        (date(2025, 7, 1), "36", {Band.SHARP, Band.PEAK, Band.FLAT, Band.VALLEY}),
        (date(2025, 6, 8), "36", {Band.SHARP, Band.PEAK, Band.FLAT, Band.VALLEY}),
        (date(2025, 6, 8), "30", {Band.PEAK, Band.FLAT, Band.VALLEY}),
        (date(2025, 10, 6), "30", {Band.DEEP_VALLEY, Band.PEAK, Band.FLAT, Band.VALLEY}),
    ],
)
def test_the_document_of_the_page_has_the_bands_it_tells_of(
    document: TimeOfUse, day: date, celsius: str, expected: set[Band]
) -> None:
    facts = DayFacts(load_catalog(areas=["cn"]), "cn", {"guangzhou_max_temperature": {day: Decimal(celsius)}})
    assert set(Schedule(document=document, key=FACTORY).bands_on(day=day, facts=facts)) == expected


def test_the_ratios_of_the_page_multiply(document: TimeOfUse) -> None:
    factors = document.factors(FACTORY, date(2025, 7, 1))
    assert factors is not None
    assert (factors[Band.SHARP], factors[Band.DEEP_VALLEY]) == (Decimal("2.125"), Decimal("0.304"))


def test_the_look_up_of_the_page_finds_a_deep_valley() -> None:
    catalog = load_catalog(areas=["cn-jiangxi"])
    jiangxi = time_of_use(catalog, "cn/jiangxi/time_of_use/2025-10")
    facts = DayFacts(catalog, "cn-jiangxi")
    bands = Schedule(document=jiangxi, key=FACTORY).bands_on(day=date(2025, 10, 1), facts=facts)
    assert bands[25] is Band.DEEP_VALLEY
