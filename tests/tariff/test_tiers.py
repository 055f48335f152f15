"""Tables of tiers: what is no table, and which document a household's prices are of."""

from typing import Any

import pytest

from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.components import Component
from billcalc.tariff.tiers import TierTable
from tests.billing.cases import HOME, bill, catalog, fault, prices, refusal
from tests.billing.tiers.homes import ADDITIONS, MONTHLY, ONE_HOME, TIERS, area, home, homes, shown

ALL_YEAR = [{"up_to": ["200", "400"]}]


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ({"months": "3", "limits": ALL_YEAR}, "/months"),
        ({"months": "1", "limits": []}, "/limits"),
        ({"months": "1", "limits": [{"up_to": []}]}, "/limits/0/up_to"),
        ({"months": "1", "limits": [{"up_to": ["0"]}]}, "/limits/0/up_to/0"),
        ({"months": "1", "limits": [{"up_to": ["400", "400"]}]}, "/limits/0/up_to"),
        ({"months": "1", "limits": [{"within": ["13"], "up_to": ["1"]}]}, "/limits/0/within/0"),
        ({"months": "1", "limits": [{"within": ["1"], "up_to": ["1"]}]}, ""),
        ({"months": "12", "limits": [{"within": [str(each) for each in range(1, 13)], "up_to": ["1"]}]}, ""),
        ({"months": "1", "limits": [*ALL_YEAR, {"up_to": ["1"]}]}, ""),
        ({"months": "1", "limits": ALL_YEAR, "larger_household": "0"}, "/larger_household"),
    ],
)
def test_what_is_no_table_of_tiers_is_told_at_its_place(table: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        validated(TierTable, table)
    assert [each.where for each in raised.value.faults] == [where]


@pytest.mark.parametrize("quantity", ["tier_kwh", "tier_kwh.0", "tier_kwh.12", "tier_kwh.first"])
def test_a_tier_has_the_number_of_one(quantity: str) -> None:
    data = {"code": "energy", "section": "catalogue", "price": "0.5", "quantity": quantity}
    with pytest.raises(InvalidInput) as raised:
        validated(Component, data)
    assert [each.where for each in raised.value.faults] == ["/quantity"]


def test_a_household_pays_what_documents_of_households_have_and_others_by_the_catalogue() -> None:
    tiers = area(MONTHLY)
    assert shown(bill(home("100"), tiers))[0] == ("tier_1", "100", "50.00")
    shared = home("100")
    shared["agreement"][0]["groups"]["main"] = {**ONE_HOME, "subclass": "合表"}
    assert shown(bill(shared, tiers)) == [("fund", "100", "1.00"), ("home_energy", "100", "50.00")]


def test_a_household_without_a_row_in_any_document_is_refused_by_that_of_households() -> None:
    shared = home("100")
    shared["agreement"][0]["groups"]["main"] = {**ONE_HOME, "subclass": "合表"}
    only_shops = prices("catalogue_price", [{"code": "home_energy", "section": "catalogue", "price": "0.5",
                                             "for": {"class": "agricultural"}}])  # fmt: skip
    told = refusal(shared, catalog(homes=homes(MONTHLY), catalogue=only_shops))
    assert (told.code, told.facts["document"]) == (RefusalCode.NO_PRICE, "cn-test/residential_price/2020-01-01")
    shops = catalog(homes=prices("residential_price", [{"code": "x", "section": "catalogue", "price": "1",
                                                        "for": {"class": "agricultural"}}]), catalogue=only_shops)  # fmt: skip
    assert refusal(shared, shops).facts["document"] == "cn-test/catalogue_price/2020-01-01"


@pytest.mark.parametrize(
    ("tables", "components", "code"),
    [
        ([], TIERS, RefusalCode.TIERS_MISSING),
        ([{**MONTHLY, "for": {"subclass": "合表"}}], TIERS, RefusalCode.TIERS_MISSING),
        ([{"months": "1", "limits": [{"up_to": ["200"]}]}], TIERS, RefusalCode.TIERS_MISSING),
        ([MONTHLY], TIERS[:2], RefusalCode.TIER_NOT_PRICED),
        ([MONTHLY], [TIERS[0], TIERS[2]], RefusalCode.TIER_NOT_PRICED),
    ],
)
def test_tiers_without_limits_or_prices_are_refused(tables: Any, components: Any, code: RefusalCode) -> None:
    assert refusal(home("100"), area(*tables, components=components)).code is code


def test_what_a_tier_adds_is_refused_where_the_next_tier_adds_nothing() -> None:
    told = refusal(home({"peak": "1", "valley": "1"}), area(MONTHLY, components=ADDITIONS[:2]))
    assert (told.code, told.facts["number"]) == (RefusalCode.TIER_NOT_PRICED, "3")


def test_two_tables_for_one_household_contradict_each_other() -> None:
    told = fault(home("100"), area(MONTHLY, {**MONTHLY, "months": "12"}))
    assert (told.code, told.where) == (FaultCode.INCONSISTENT, "/area")


def test_a_limit_that_nobody_read_bills_who_stays_below_it_and_refuses_the_others() -> None:
    table = {"months": "1", "limits": [{"up_to": ["200"]}], "above_unknown": True}
    assert shown(bill(home("200"), area(table)))[0] == ("tier_1", "200", "100.00")
    assert len(bill(home("200"), area(table)).lines) == 2
    told = refusal(home("201"), area(table, components=TIERS[:1]))
    assert (told.code, told.facts["used"], told.facts["limit"]) == (RefusalCode.TIER_LIMIT_UNKNOWN, "201", "200")


def test_prices_of_the_request_go_by_its_own_tiers() -> None:
    own = [{key: value for key, value in each.items() if key != "for"} for each in TIERS]
    data = home("500", price_sheet={"title": "own", "components": own, "tiers": [MONTHLY], "not_charged": ["levies"]})
    data["agreement"][0]["groups"]["main"] = HOME | {"voltage": "<1kV"}
    assert [each[1] for each in shown(bill(data))] == ["200", "200", "100"]
    del data["price_sheet"]["tiers"]
    assert (refusal(data).code, refusal(data).where) == (RefusalCode.TIERS_MISSING, "/price_sheet/tiers")
