"""docs/coverage.md is what the tariffs have, and what it claims is billed here: a bill comes out where it says so."""

import os
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import settings

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.sources import Evidence, weakest
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Refusal
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import PriceKey
from billcalc.tariff.documents import Header, PriceDocument
from billcalc.tariff.reach import NeededFor, Reach, months
from billcalc.vocabulary import Kind
from tools.coverage_page import PAGE, page
from tools.sample_customers import (
    FIRST_MONTH,
    LAST_MONTH,
    SAMPLES,
    Sample,
    areas,
    best_reach,
    by_totals,
    hindering,
    request,
)

AGENCY_TIMED, AGENCY_LOW, MARKET = SAMPLES
DOUBTS = (ProblemCode.DOCUMENT_PAST_SEEN, ProblemCode.DOCUMENT_UNVERIFIED)

FROM_BILLS = (
    "cn/guangxi/purchase_price/2024-06",
    "cn/guangxi/purchase_price/2024-07",
    "cn/guangxi/purchase_price/2025-04",
)
"""Prices that were inferred from bills of other customers than the samples: two-part on 110 kV."""

LEVIES_UNKNOWN = ("cn-neimenggu-east", "cn-xizang")
TWO_PART_UNKNOWN = {"cn-fujian": date(2026, 8, 1), "cn-qinghai": date(2026, 8, 1)}
"""Where the network price of two-part customers is known only from a later day on."""
TWO_PART_UNTIL = {"cn-shenzhen": date(2026, 7, 1)}
"""The last month whose price table prints a price of capacity, where later ones do not."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def billed(catalog: Catalog, area: str, sample: Sample, month: Span) -> Bill | Refusal:
    key, found = best_reach(catalog, area, sample, month)
    return calculate(validated(Request, request(area, key, found)), catalog, derivation=False)


def tables(catalog: Catalog) -> Iterator[tuple[str, Span]]:
    """The months whose table is in the library, with the parts of its prices."""
    for (kind, area), series in catalog.series.items():
        if kind is Kind.PURCHASE_PRICE:
            whole = ((span, document) for span, document in series if document.id not in FROM_BILLS)
            yield from ((area, span) for span, document in whole if AGENCY in parts_for(document))


AGENCY = "agent"


def parts_for(document: Header) -> set[str]:
    """Who pays by a document's own parts."""
    assert isinstance(document, PriceDocument)
    return {purchase for each in document.components if "levies" not in each.supplies
            for purchase in each.selector.purchase}  # fmt: skip


def totals(catalog: Catalog) -> Iterator[tuple[str, PriceKey, Reach]]:
    """The months, and the customers, of which only totals are known, where the price of capacity is known, too."""
    for (kind, area), series in catalog.series.items():
        for span, _ in series if kind is Kind.PURCHASE_PRICE else ():
            key, found = best_reach(catalog, area, AGENCY_TIMED, span)
            if by_totals(catalog, area, key, span) and not tuple(hindering(found, AGENCY_TIMED)):
                yield area, key, found


def test_the_page_is_current(catalog: Catalog) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(catalog), "run: python -m tools.coverage_page"


EVERY = int(os.environ.get("BILLCALC_CELLS_EVERY", "4" if settings().max_examples >= 100 else "12"))
"""Of the cells of the page one in so many is billed, more in CI; all of them by night."""


def test_a_bill_of_each_cell_comes_out_where_the_page_says_so_with_the_doubts_and_the_evidence_that_it_says(
    catalog: Catalog,
) -> None:
    count = 0
    for place, area in enumerate(areas(catalog)):
        for number, sample in enumerate(SAMPLES):
            for month in months(FIRST_MONTH, LAST_MONTH)[(place + number) % EVERY :: EVERY]:
                key, found = best_reach(catalog, area, sample, month)
                cell, lacking = (area, sample.title, str(month)), tuple(hindering(found, sample))
                bill = calculate(validated(Request, request(area, key, found)), catalog, derivation=False)
                assert isinstance(bill, Refusal) == bool(lacking), (*cell, bill, lacking)
                if isinstance(bill, Bill):
                    doubted = {each.facts["document"] for each in bill.problems if each.code in DOUBTS}
                    assert doubted == set(found.doubted), cell
                    own = [Evidence.GIVEN] if sample is MARKET else []
                    assert bill.evidence == weakest([found.evidence, *own]), cell
                count += 1
    assert count > 4000 // EVERY


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.title)
def test_every_month_whose_table_is_in_the_library_is_billed(catalog: Catalog, sample: Sample) -> None:
    for area, month in tables(catalog):
        assert isinstance(billed(catalog, area, sample, month), Bill), (area, str(month))


def test_the_tables_are_those_of_these_months_at_least(catalog: Catalog) -> None:
    found = {(area, month.start) for area, month in tables(catalog)}
    spring = {area for area, day in found if day in (date(2025, 2, 1), date(2025, 3, 1))}
    assert len(spring) >= 22
    assert len({area for area, day in found if day == date(2026, 8, 1)}) >= 14
    assert {("cn-zhejiang", month.start) for month in months(date(2025, 8, 1), date(2026, 8, 1))} <= found
    assert {("cn-neimenggu-west", month.start) for month in months(date(2024, 6, 1), date(2025, 3, 1))} <= found
    assert {("cn-beijing", day) for day in (date(2024, 2, 1), date(2025, 3, 1), date(2026, 8, 1))} <= found
    zones = ("prd5", "huizhou", "jiangmen", "north", "east-west")
    assert {(f"cn-guangdong-{zone}", date(2024, 8, 1)) for zone in zones} <= found


def test_a_market_customer_with_his_own_prices_is_billed_wherever_network_price_and_levies_are_known(
    catalog: Catalog,
) -> None:
    for area in areas(catalog):
        if area in LEVIES_UNKNOWN:
            assert catalog.find(Kind.LEVIES, area, LAST_MONTH) is None
            continue
        known = catalog.series[Kind.NETWORK_PRICE, area][0][0].start
        for month in months(TWO_PART_UNKNOWN.get(area, known), TWO_PART_UNTIL.get(area, LAST_MONTH)):
            _, found = best_reach(catalog, area, MARKET, month)
            assert not tuple(hindering(found, MARKET)), (area, str(month))
        first = next(iter(months(TWO_PART_UNKNOWN.get(area, known), LAST_MONTH)))
        assert isinstance(billed(catalog, area, MARKET, first), Bill), area


def test_a_month_of_which_only_totals_are_known_is_billed_by_them(catalog: Catalog) -> None:
    every = list(totals(catalog))
    assert len(every) > 250
    for area, key, found in every[::40]:
        month = found.month
        asked = request(area, key, found)
        bill = calculate(validated(Request, asked), catalog, derivation=False)
        assert isinstance(bill, Bill), (area, str(month), bill)
        assert {line.code for line in bill.lines} == {"energy_total", "capacity"}
        assessed = {**asked, "facts": {"S1": {"cosphi": "0.95"}}}
        assessed["agreement"][0]["supply_points"]["S1"]["power_factor_standard"] = "0.90"
        refused = calculate(validated(Request, assessed), catalog, derivation=False)
        assert isinstance(refused, Refusal), (area, str(month))
        assert refused.code is RefusalCode.PRICE_PARTS_UNKNOWN
        [gap] = [each for each in found.gaps if each.refusal.code is refused.code]
        assert gap.needed_for is NeededFor.POWER_FACTOR
