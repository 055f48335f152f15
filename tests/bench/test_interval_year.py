"""The year that is written by hand comes to the same."""

import pytest

from bench.interval_year import AREA, bands_of_year, bill_by_hand, billed, requests
from billcalc.library.catalog import load_catalog
from billcalc.vocabulary import Band


@pytest.mark.no_cover
def test_the_bills_that_a_loop_makes_are_those_of_billcalc() -> None:
    catalog = load_catalog(areas=[AREA])
    bands = bands_of_year(catalog)
    assert {band for day in bands.values() for band in day} == {Band.SHARP, Band.PEAK, Band.FLAT, Band.VALLEY}
    for text in requests(1)[5:8]:
        assert billed(text, catalog).total == bill_by_hand(text, bands)[0]
