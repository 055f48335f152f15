"""Clocks: each shipped area has one, and what an offset means."""

from datetime import date, timedelta

import pytest

from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.tariff.clocks import clock_at
from billcalc.tariff.documents import AnyDocument
from billcalc.vocabulary import Kind
from tests.billing.cases import document


def test_every_shipped_area_has_the_clock_of_its_nation() -> None:
    catalog = load_catalog()
    for area in {area for _, area in catalog.series}:
        assert catalog.in_force(Kind.CLOCK, area, date(2024, 2, 1)).document.offset == "+08:00"


@pytest.mark.parametrize(("offset", "minutes"), [("+08:00", 480), ("-03:30", -210), ("+00:00", 0), ("+05:45", 345)])
def test_an_offset_is_what_the_clock_is_ahead_of_utc(offset: str, minutes: int) -> None:
    assert clock_at(offset).utcoffset(None) == timedelta(minutes=minutes)


@pytest.mark.parametrize("offset", ["8", "+8", "0800", "+24:00", "+08:60", "Asia/Shanghai"])
def test_what_is_no_offset_is_refused(offset: str) -> None:
    told = document("clock", "1991-09-15", {"offset": "+08:00"}).model_dump(mode="json", by_alias=True)
    with pytest.raises(InvalidInput, match=r"/offset: wrong_type: the offset of a clock is written as \+08:00"):
        validated(AnyDocument, {**told, "offset": offset})
