"""Who is neither industry nor a plain household: farms, schools, charging stations, storage, solar roofs. By hand."""

from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import TARIFFS, Data, bill, codes, entry, problems, refusal
from tests.billing.tiers.homes import MONTHLY, ONE_HOME, area, home, shown

FARM: Data = {
    "class": "agricultural",
    "billing": "one_part",
    "voltage": "10kV",
    "time_of_use": False,
    "purchase": "catalogue",
}
FUNDS: list[Data] = [  # of the funds that industry pays the one for renewable energy is not a farm's
    {"code": "reservoir_resettlement", "section": "levies", "price": "0.0062", "tags": ["levy"]},
    {"code": "renewable_energy", "section": "levies", "price": "0.019", "tags": ["levy"],
     "for": {"class": ["industrial_commercial", "large_industrial", "general_commercial"]}},
]  # fmt: skip


def user(group: Data, kwh: Data, *, standard: str = "none", **more: Any) -> Data:
    data = home("0", "2024-01-01", "2024-02-01", **more)
    data["agreement"] = [
        entry("2020-01-01", groups={"main": group}, supply_points={"S1": {"power_factor_standard": standard}},
              basic={"mode": "exempt"})
    ]  # fmt: skip
    point = {"id": "M1", "group": "main", "supply_point": "S1", "side": "high", "given": kwh}
    return {**data, "metering_points": [point]}


@pytest.fixture(scope="module")
def anhui() -> Catalog:
    return load_catalog(TARIFFS, areas=["cn", "cn-anhui"])


@pytest.mark.parametrize(
    ("kvarh", "adjustment"),
    [("7500", "0.00"), ("10000", "225.00"), ("2500", "-65.00")],  # 0.80, 0.71 at +4.50 %, 0.97 at -1.30 %
)
def test_a_farm_by_itself_is_adjusted_by_its_standard_and_pays_no_fund_for_renewable_energy(
    kvarh: str, adjustment: str
) -> None:
    kwh = {"kwh": {"total": "10000"}, "kvarh": {"reactive_forward": kvarh}}
    prices = [{"code": "catalogue_energy", "section": "catalogue", "price": "0.5"}, *FUNDS]
    data = user(FARM, kwh, standard="0.80", price_sheet={"title": "prices of the farm", "components": prices})
    assert shown(bill(data)) == [
        ("reservoir_resettlement", "10000", "62.00"),
        ("catalogue_energy", "10000", "5000.00"),
        ("power_factor", "5000.00", adjustment),
    ]


def test_a_farm_whose_price_contains_funds_that_are_not_told_is_not_adjusted_by_guess() -> None:
    jiangsu = load_catalog(TARIFFS, areas=["cn", "cn-jiangsu"])
    kwh = {"kwh": {"total": "10000"}, "kvarh": {"reactive_forward": "7500"}}
    data = {**user(FARM, kwh, standard="0.80"), "area": "cn-jiangsu"}
    assert refusal(data, jiangsu).code is RefusalCode.PRICE_PARTS_UNKNOWN
    unassessed = {**user(FARM, kwh), "area": "cn-jiangsu"}
    assert str(bill(unassessed, jiangsu).total) == "4990.00"


def test_a_school_pays_the_price_of_shared_meters_without_tiers(anhui: Catalog) -> None:
    school = {**ONE_HOME, "subclass": "合表"}
    data = {**user(school, {"kwh": {"total": "10000"}}), "area": "cn-anhui"}
    assert shown(bill(data, anhui)) == [("residential_energy", "10000", "5853.00")]


def test_a_storage_site_pays_funds_on_its_net_energy() -> None:
    data = user(
        {**FARM, "class": "general_commercial"}, {"kwh": {"total": "1000"}},
        quantities=[{"name": "net_kwh", "group": "main", "kwh": {"total": "150"}}],
        price_sheet={"title": "of the site", "components": [
            {"code": "purchase", "section": "energy", "price": "0.4"},
            {"code": "levies", "section": "levies", "quantity": "net_kwh", "price": "0.0252", "tags": ["levy"]},
        ], "not_charged": ["upstream_loss", "network_energy", "system_operation"]},
    )  # fmt: skip
    assert shown(bill(data)) == [("purchase", "1000", "400.00"), ("levies", "150", "3.78")]


def test_a_household_with_a_solar_roof_is_paid_for_what_it_feeds_back_beside_its_tiers() -> None:
    sheet: Data = {
        "title": "contract of the roof", "instead_of": [],
        "components": [{"code": "feed_in", "label": "余电上网电费", "section": "energy", "quantity": "fed_back_kwh",
                        "price": "-0.4"}],
    }  # fmt: skip
    fed_back = [{"name": "fed_back_kwh", "group": "main", "kwh": {"total": "120"}}]
    found = bill(home("250", price_sheet=sheet, quantities=fed_back), area(MONTHLY))
    assert shown(found) == [
        ("feed_in", "120", "-48.00"),
        ("tier_1", "200", "100.00"),
        ("tier_2", "50", "27.50"),
        ("tier_3", "0", "0.00"),
    ]
    told = problems(found, ProblemCode.PRICED_TWICE)
    assert not told, codes(found)
