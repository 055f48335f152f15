"""The life of every shipped document: what is in force on the days where it changes, and the refusal elsewhere."""

from datetime import date, timedelta

import pytest

from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refused
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.headers import Header
from billcalc.vocabulary import Kind

QUARTERS = [date(year, month, 1) for year in range(1996, 2028) for month in (1, 4, 7, 10)]

NATIONAL_SINCE = {
    Kind.POWER_FACTOR_RULES: date(1984, 1, 1),
    Kind.PRICE_STRUCTURE: date(1900, 1, 1),
    Kind.BASIC_CHARGE_RULES: date(1996, 10, 8),
}
"""The nation's rules have no end and no gap."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def expect_refusal(catalog: Catalog, kind: Kind, area: str, day: date) -> None:
    with pytest.raises(Refused) as caught:
        catalog.in_force(kind, area, day)
    refusal = caught.value.refusal
    assert refusal.code is RefusalCode.NO_DOCUMENT
    assert refusal.facts == {"kind": kind.value, "area": area, "day": str(day)}


@pytest.mark.parametrize("kind", NATIONAL_SINCE)
def test_the_nations_rules_are_known_for_each_quarter(catalog: Catalog, kind: Kind) -> None:
    for day in QUARTERS:
        if day >= NATIONAL_SINCE[kind]:
            found = catalog.in_force(kind, "cn-guangxi", day)
            assert found.document.area in ("cn", "cn-guangxi")
        else:
            expect_refusal(catalog, kind, "cn-guangxi", day)


@pytest.mark.parametrize("kind", NATIONAL_SINCE)
def test_the_day_before_the_first_rule_is_refused(catalog: Catalog, kind: Kind) -> None:
    start = NATIONAL_SINCE[kind]
    assert catalog.in_force(kind, "cn", start).document.start == start
    expect_refusal(catalog, kind, "cn", start - timedelta(days=1))


def told_by_the_headers(series: list[Header], day: date) -> Header | None:
    """What is in force on a day, worked out anew: the latest that has started, unless it says it has ended."""
    started = [document for document in series if document.start <= day]
    if not started:
        return None
    latest = max(started, key=lambda document: document.start)
    end = latest.effective.repealed_on if latest.effective is not None else None
    return latest if end is None or day < end else None


def test_every_series_is_resolved_on_each_quarter_and_around_each_of_its_days_or_refused(catalog: Catalog) -> None:
    superseded = {document.supersedes for document in catalog.documents}
    groups: dict[tuple[Kind, str], list[Header]] = {}
    for document in catalog.documents:
        if document.id not in superseded:
            groups.setdefault((document.kind, document.area), []).append(document)
    assert groups
    for (kind, area), documents in groups.items():
        nation = groups.get((kind, area.partition("-")[0]), [])
        for day in {*QUARTERS, *_turning_days(documents)}:
            expected = told_by_the_headers(documents, day) or told_by_the_headers(nation, day)
            if expected is None:
                expect_refusal(catalog, kind, area, day)
                continue
            found = catalog.in_force(kind, area, day)
            assert found.document.id == expected.id


def _turning_days(documents: list[Header]) -> set[date]:
    """The first and last day of each document, and the days beside them."""
    days: set[date] = set()
    for document in documents:
        turns = [document.start]
        if document.effective is not None and document.effective.repealed_on is not None:
            turns.append(document.effective.repealed_on)
        if document.seen_in_force is not None:
            turns.append(document.seen_in_force.last)
        days.update(turn + timedelta(days=offset) for turn in turns for offset in (-1, 0, 1))
    return {day for day in days if day.year > 1899}


def test_each_month_of_guangxi_that_was_seen_is_there_and_no_other(catalog: Catalog) -> None:
    printed = {date(2024, 6, 1), date(2024, 7, 1), date(2025, 2, 1), date(2025, 4, 1)}
    own = (each for each in catalog.documents if (each.kind, each.area) == (Kind.PURCHASE_PRICE, "cn-guangxi"))
    seen = {each.start for each in own}
    assert printed <= seen  # and months of which only totals were seen
    for year in (2023, 2024, 2025):
        for month in range(1, 13):
            first = date(year, month, 1)
            if first in seen:
                found = catalog.in_force(Kind.PURCHASE_PRICE, "cn-guangxi", first)
                assert found.document.start == first
            else:
                expect_refusal(catalog, Kind.PURCHASE_PRICE, "cn-guangxi", first)
