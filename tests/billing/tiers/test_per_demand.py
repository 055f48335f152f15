"""Tiers by hours' use of demand: limits for each kilowatt of the month's maximum demand."""

from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.troubles import InvalidInput, Refusal, Severity
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.tiers import TierTable
from tests.billing import cases
from tests.billing.cases import Data, changed
from tests.billing.tiers.homes import area, home
from tests.bulk.comparing import Tally, compare

DATA: Any = read_document(Path("fixtures/by_hand/tiers-by-hours-use/request.yaml")).data
NOTHING = Catalog([])
"""No document at all: what demands can be is tried elsewhere."""
TABLE: Data = {"months": "1", "per": "demand_kw", "limits": [{"up_to": ["150", "300"]}]}


def answer(data: Data) -> Bill | Refusal:
    return calculate(validated(Request, data), NOTHING)


def of(kwh: str, kw: str, **changes: Any) -> Data:
    """The invented contract with a given energy and demand."""
    unread: Data = {"metering_points.0.config": [], "metering_points.0.readings": []}
    told = {"metering_points.0.given": {"kwh": {"total": kwh}}, "facts": {"S1": {"demand_kw": kw}}}
    return changed(
        deepcopy(DATA), {**unread, **told, **{key.replace("__", "."): each for key, each in changes.items()}}
    )


def quantities(data: Data) -> list[Decimal | None]:
    made = answer(data)
    assert isinstance(made, Bill), str(made)
    return [line.quantity for line in made.lines]


def energies(kwh: str, kw: str) -> list[Decimal]:
    return [each for each in quantities(of(kwh, kw))[:3] if each is not None]


@pytest.mark.parametrize(
    ("kwh", "kw", "expected"),
    [
        ("5325", "35.5", ["5325", "0", "0"]),  # 150 × 35.5, reached at exactly its end
        ("5326", "35.5", ["5325", "1", "0"]),
        ("11000", "35.5", ["5325", "5325", "350"]),
        ("100", "0", ["0", "0", "100"]),  # without any demand nothing is in the lower tiers
    ],
)
def test_a_limit_is_so_many_kilowatt_hours_for_each_kilowatt(kwh: str, kw: str, expected: list[str]) -> None:
    assert energies(kwh, kw) == [Decimal(each) for each in expected]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60000), st.integers(0, 60000), st.integers(0, 200))
def test_more_energy_is_never_less_in_a_tier_and_all_of_it_is_in_one(one: int, other: int, kw: int) -> None:
    low, high = (energies(str(kwh), str(kw)) for kwh in sorted((one, other)))
    assert (sum(low), sum(high)) == (min(one, other), max(one, other))
    assert all(less <= more for less, more in zip(low, high, strict=True))


def test_the_demand_is_rounded_as_the_convention_rounds_it() -> None:
    data = of("6000", "35.5", conventions={"basic": {"demand_round": "1"}})
    assert quantities(data) == [5400, 600, 0, 36]


def test_columns_equal_single_bills() -> None:
    pairs = [("0", "0"), ("12000", "80"), ("12001", "80"), ("30000", "80.5"), ("1", "0"), ("99999.5", "33.333")]
    rows = [of(kwh, kw, own_area__currency="CNY") for kwh, kw in pairs]
    tally = Tally()
    compare([(f"A{place}", data) for place, data in enumerate(rows)], NOTHING, tally)
    assert (tally.billed, set(tally.paths)) == (len(pairs), {"columns"})


# What is refused


def test_a_demand_that_nothing_tells_is_asked_for() -> None:
    made = answer(of("100", "1", facts={}))
    assert isinstance(made, Refusal)
    assert (made.code, made.facts["supply_point"]) == (RefusalCode.DEMAND_MISSING, "S1")


def test_a_demand_that_is_of_others_too_or_of_two_points_is_refused() -> None:
    shared = of("100", "1", agreement__0__basic={"mode": "exempt"})
    shared["agreement"][0]["groups"]["other"] = DATA["agreement"][0]["groups"]["main"]
    shared["metering_points"].append({**shared["metering_points"][0], "id": "M2", "group": "other"})
    two = of("100", "1", agreement__0__basic={"mode": "exempt"})
    two["agreement"][0]["supply_points"]["S2"] = {"power_factor_standard": "none"}
    two["metering_points"].append({**two["metering_points"][0], "id": "M2", "supply_point": "S2"})
    for data in (shared, two):
        made = answer(data)
        assert isinstance(made, Refusal)
        assert (made.code, made.facts["what"]) == (RefusalCode.NOT_SUPPORTED, "tiers_of_one_demand")


def test_a_cycle_of_two_months_has_no_demand_of_a_month() -> None:
    data = home("500", "2024-03-01", "2024-05-01", facts={"S1": {"demand_kw": "3"}})
    data["cycle"]["as_one"] = True
    assert cases.refusal(data, area(TABLE)).facts["what"] == "tiers_of_one_demand"


@pytest.mark.parametrize("told", [{"months": "12"}, {"larger_household": "100"}])
def test_limits_by_demand_are_of_a_month_and_of_no_household(told: Data) -> None:
    with pytest.raises(InvalidInput, match=r"limits per kW of demand \(per\) are of one month"):
        validated(TierTable, {**TABLE, **told})


# What is doubted


def test_a_later_tier_that_costs_less_is_no_doubt_where_limits_are_by_demand() -> None:
    falling = [
        {"code": f"tier_{number}", "section": "catalogue", "quantity": f"tier_kwh.{number}", "price": price,
         "supplies": ["levies"]}
        for number, price in enumerate(("0.8", "0.6", "0.5"), start=1)
    ]  # fmt: skip
    data = home("500", facts={"S1": {"demand_kw": "1"}})
    codes = {each.code for each in cases.bill(data, area(TABLE, components=falling)).problems}
    assert ProblemCode.TIERS_NOT_ORDERED not in codes
    monthly = {"months": "1", "limits": [{"up_to": ["150", "300"]}]}
    codes = {each.code for each in cases.bill(home("500"), area(monthly, components=falling)).problems}
    assert ProblemCode.TIERS_NOT_ORDERED in codes


def test_tiers_of_own_prices_that_no_component_is_priced_by_are_told() -> None:
    """Limits beside one price of all energy, and limits for others than this customer: nothing is billed by tiers."""
    energy = {"code": "energy", "section": "energy", "price": "0.5"}
    others = {**TABLE, "for": {"class": ["agricultural"]}}
    sheet = {"title": "own", "components": [energy, DATA["price_sheet"]["components"][3]], "tiers": [TABLE]}
    alone = of("500", "2", price_sheet=sheet)
    beside = of("500", "2", **{"price_sheet.tiers": [*DATA["price_sheet"]["tiers"], others]})
    for data, where in ((alone, "/price_sheet/tiers/0"), (beside, "/price_sheet/tiers/1")):
        made = answer(data)
        assert isinstance(made, Bill), str(made)
        unread = [each for each in made.problems if each.code is ProblemCode.STATED_WITHOUT_EFFECT]
        assert [each.severity for each in unread if each.where == where] == [Severity.DOUBT]
    used = answer(of("500", "2"))
    assert isinstance(used, Bill)
    assert not [each for each in used.problems if each.where.startswith("/price_sheet/tiers")]
