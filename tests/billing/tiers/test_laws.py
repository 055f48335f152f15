"""Laws of tiers: months make the year however it is read, more energy never costs less, each kWh is in one tier."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.kernel.decimals import exact_sum
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import Data, parsed
from tests.billing.tiers.homes import BANDED, MONTHLY, YEARLY, area, before, home

STARTS = [f"2024-{month:02}-01" for month in range(1, 13)] + ["2025-01-01"]
YEAR, MONTH, BY_BANDS = area(YEARLY), area(MONTHLY), area(MONTHLY, components=BANDED)
energies = st.integers(0, 1500)

pytestmark = pytest.mark.no_cover


def billed(data: Data, tariffs: Catalog) -> Bill:
    found = calculate(parsed(data), tariffs, derivation=False)
    assert isinstance(found, Bill), str(found)
    return found


def year(kwh: list[int], length: int) -> list[Bill]:
    """The bills of a year that is read every so many months."""
    bills = []
    for first in range(0, 12, length):
        used = sum(kwh[:first])
        told: Data = {"before": [before(STARTS[0], STARTS[first], str(used))]} if first else {}
        energy = str(sum(kwh[first : first + length]))
        data = home(energy, STARTS[first], STARTS[first + length], household=told)
        data["cycle"]["as_one"] = length > 1
        bills.append(billed(data, YEAR))
    return bills


def by_tier(bills: list[Bill]) -> list[Decimal]:
    return [
        exact_sum(
            line.quantity for bill in bills for line in bill.lines if line.code == f"tier_{tier}" and line.quantity
        )
        for tier in (1, 2, 3)
    ]


@settings(max_examples=6, deadline=None)
@given(st.lists(energies, min_size=12, max_size=12))
@example([200] * 12)
@example([400] * 12)
def test_the_months_of_a_year_are_in_the_tiers_that_the_year_is_in(kwh: list[int]) -> None:
    once = year(kwh, 12)
    for length in (1, 2, 6):
        bills = year(kwh, length)
        assert by_tier(bills) == by_tier(once)
        assert exact_sum(bill.total for bill in bills) == once[0].total  # prices have two places: nothing is rounded


@settings(max_examples=25, deadline=None)
@given(energies, st.integers(0, 40))
@example(200, 1)
@example(400, 1)
def test_more_energy_never_costs_less(kwh: int, more: int) -> None:
    assert billed(home(str(kwh)), MONTH).total <= billed(home(str(kwh + more)), MONTH).total


@settings(max_examples=25, deadline=None)
@given(energies, energies, st.sampled_from(["shares", "dearest_first", "cheapest_first"]))
@example(0, 0, "shares")
@example(1, 400, "shares")
def test_each_kilowatt_hour_of_a_band_is_in_one_tier(peak: int, valley: int, bands: str) -> None:
    data = home({"peak": str(peak), "valley": str(valley)}, conventions={"tiers": {"bands": bands}})
    lines = billed(data, BY_BANDS).lines
    for band, kwh in (("peak", peak), ("valley", valley)):
        assert sum(line.quantity or 0 for line in lines if line.band == band) == kwh
    tiers = [sum(line.quantity or 0 for line in lines if line.code == f"tier_{tier}") for tier in (1, 2, 3)]
    whole = peak + valley
    assert tiers == [min(whole, 200), min(max(whole - 200, 0), 200), max(whole - 400, 0)]
    assert all(line.quantity is not None and line.quantity >= 0 for line in lines)
