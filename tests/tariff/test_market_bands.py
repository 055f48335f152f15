"""From March 2026 the administration fixes no bands for customers in the market; those of the agency keep theirs."""

from datetime import date

import pytest

from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import CustomerClass, Kind, Purchase
from tests.tariff.samples import FACTORY

BEFORE, AFTER, LATER = date(2026, 2, 28), date(2026, 3, 1), date(2026, 12, 1)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def tables(catalog: Catalog, area: str, day: date) -> TimeOfUse | None:
    found = catalog.find(Kind.TIME_OF_USE, area, day)
    assert found is None or isinstance(found.document, TimeOfUse)
    return None if found is None else found.document


def timed_areas(catalog: Catalog) -> list[str]:
    """The areas that the national rule of 2026-03-01 is about."""
    return sorted({area for kind, area in catalog.series if kind is Kind.TIME_OF_USE and area.startswith("cn-")})


@pytest.mark.parametrize("day", [AFTER, LATER])
def test_no_area_has_hours_or_ratios_for_customers_in_the_market(catalog: Catalog, day: date) -> None:
    for area in timed_areas(catalog):
        found = tables(catalog, area, day)
        for customer_class in CustomerClass:
            key = FACTORY.model_copy(update={"purchase": Purchase.MARKET, "customer_class": customer_class})
            assert found is None or (found.period_rows(key), found.ratio_rows(key)) == ((), ()), (area, customer_class)


def test_customers_of_the_agency_keep_the_hours_and_ratios_that_they_had(catalog: Catalog) -> None:
    compared = 0
    for area in timed_areas(catalog):
        before, after = tables(catalog, area, BEFORE), tables(catalog, area, AFTER)
        if before is None or after is None or after.amends is None:
            continue  # a document of its own begins on that day, or there was none
        for purchase in (Purchase.AGENT, Purchase.AGENT_1_5):
            key = FACTORY.model_copy(update={"purchase": purchase})
            assert after.period_rows(key) == before.period_rows(key), area
            assert after.ratio_rows(key) == before.ratio_rows(key), area
            assert after.float_rows(key) == before.float_rows(key), area
        assert (after.price_round, after.seen_in_force) == (before.price_round, before.seen_in_force), area
        compared += 1
    assert compared >= 30


def test_every_document_that_was_in_force_has_its_successor(catalog: Catalog) -> None:
    for area in timed_areas(catalog):
        before, after = tables(catalog, area, BEFORE), tables(catalog, area, AFTER)
        assert before is None or (after is not None and after.start == AFTER), area
