"""The ways of paying the basic charge, and the cheapest by the rules of the day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billcalc.advice.advice import Advice, advise
from billcalc.advice.basic import BasicAdvice, NotAdvised
from billcalc.advice.months import AskedMonth
from billcalc.advice.rules import apply_by
from billcalc.agreement.models import BasicMode
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import Fault, Refusal
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.changes_of_use import TermsCondition
from billcalc.vocabulary import Kind
from tests.advice.cases import BY_CONTRACT, LAW, advised, month, months, tariffs
from tests.billing.cases import (
    INDUSTRY,
    NETWORK,
    SHOP,
    Data,
    catalog,
    changes_of_use,
    entry,
    parsed,
    prices,
    transformer,
)
from tests.documents import ROOT
from tests.few_tariffs import few_tariffs

CAPACITY, CONTRACTED, ACTUAL = BasicMode.CAPACITY, BasicMode.CONTRACTED, BasicMode.ACTUAL
AT_CONTRACT: Data = {"agreement.0.basic": BY_CONTRACT}


def basic(data: list[Data], among: Catalog | None = None) -> BasicAdvice:
    found = advised(data, among=among).basic
    assert isinstance(found, BasicAdvice), found
    return found


def why(data: list[Data]) -> NotAdvised:
    found = advised(data).basic
    assert isinstance(found, NotAdvised)
    return found


def test_each_way_costs_what_its_own_bill_comes_to() -> None:
    found = basic([month(0, "500")])
    # 2,400.00 + 600.00, 120.00 of levies; 1,000 kVA × 30, 477 kW × 40 (500 ÷ 1.05 = 476.2), 500 kW × 40; less 0.75 %
    assert {way: str(found.whole(way)) for way in (CAPACITY, CONTRACTED, ACTUAL)} == {
        CAPACITY: "32872.50",
        CONTRACTED: "22034.40",
        ACTUAL: "22947.50",
    }
    assert found.contracts == found.months[0].contracts == {"S1": 477}


def test_every_amount_is_that_of_a_bill_which_the_changes_of_the_request_make() -> None:
    data = months("500", "300", **AT_CONTRACT)
    found = basic(data)
    for told, each in zip(data, found.months, strict=True):
        for way, other in each.ways.items():
            edited = {**told, "agreement": [{**told["agreement"][0], "basic": {"mode": way.value}}]}
            contracts = {where.rpartition("/")[2]: kw for where, kw in other.changes.items() if "/contracts/" in where}
            edited["agreement"][0]["basic"]["contracts"] = contracts
            bill = calculate(parsed(edited), tariffs())
            assert isinstance(bill, Bill)
            assert bill.total == other.bill.total


def test_the_plan_changes_the_way_where_that_pays_and_the_rule_allows_it() -> None:
    found = basic(months("500", "520", "480", "900", "300", "310", **AT_CONTRACT))
    assert found.plan is not None
    assert found.plan.ways == (CONTRACTED, CONTRACTED, CONTRACTED, CONTRACTED, ACTUAL, ACTUAL)
    assert found.plan.cost == exact_sum(each.bill.total for each in found.plan.bills)
    [moved] = found.plan.moved
    assert (moved.day, moved.before, moved.after) == (date(2024, 11, 1), CONTRACTED, ACTUAL)
    assert moved.apply_by == date(2024, 10, 17)  # 15 days before
    assert found.by_quarter is not None
    assert found.by_quarter.moved[0].day == date(2024, 10, 1)
    assert found.saving(found.plan) > found.saving(found.by_quarter) > 0


def test_what_is_cheapest_already_has_no_plan() -> None:
    actual = {"agreement.0.basic": {"mode": "actual"}}
    found = basic(months("300", "310", **actual))
    assert (found.plan, found.saving(found.plan)) == (None, Decimal(0))


def test_a_contract_of_parts_of_a_kilowatt_that_costs_less_than_whole_ones_is_kept() -> None:
    told = {"agreement.0.basic": {"mode": "contracted", "contracts": {"regular": "476.2"}}}
    found = basic([month(0, "500", **told)])
    assert found.plan is None
    assert found.months[0].ways[CONTRACTED].changes == {}


def test_without_a_document_of_changes_the_way_stays_and_one_contract_is_told() -> None:
    found = basic(months("500", "900", "510", **AT_CONTRACT), catalog(changes=None))
    assert [month.troubles for month in found.months] == [
        dict.fromkeys((CAPACITY, ACTUAL), NotAdvised.NOT_IN_FORCE)
    ] * 3
    assert found.plan is not None
    assert {each.changes["/agreement/0/basic/contracts/S1"] for each in found.plan.bills} == {"486"}  # 510 ÷ 1.05
    assert found.plan.moved == ()


def test_before_the_contract_could_be_another_each_month_one_contract_is_planned() -> None:
    law = {**LAW, "contract": {"article": "art. 3", "evidence": "secondary", "months": 6}}
    found = basic(months("500", "900", "510", **AT_CONTRACT), catalog(changes=changes_of_use(**law)))
    assert found.months[1].contracts == {"S1": 858}
    assert found.months[1].one_contract == found.months[1].ways[CONTRACTED]


def test_actual_demand_is_offered_where_a_rule_offers_it_or_it_is_the_present_way() -> None:
    law = {key: value for key, value in LAW.items() if key != "actual"}
    among = catalog(changes=changes_of_use(**law))
    assert basic([month(0, "500")], among).months[0].troubles == {ACTUAL: NotAdvised.NOT_IN_FORCE}
    present = basic([month(0, "500", **{"agreement.0.basic": {"mode": "actual"}})], among)
    assert set(present.months[0].ways) == {CAPACITY, CONTRACTED, ACTUAL}


def test_a_demand_that_was_not_read_leaves_the_ways_by_demand_untold() -> None:
    data = month(0, "500")
    for reading in data["metering_points"][0]["readings"]:
        del reading["maximum_demand"]
    found = basic([data])
    untold = found.months[0].troubles
    assert untold[CONTRACTED] is NotAdvised.DEMAND_NOT_READ
    by_demand = untold[ACTUAL]
    assert isinstance(by_demand, Refusal)
    assert by_demand.code is RefusalCode.DEMAND_MISSING
    assert (found.contracts, found.whole(CONTRACTED), found.whole(ACTUAL)) == (None, None, None)


def test_an_area_whose_demand_has_no_price_cannot_be_billed_by_it() -> None:
    among = catalog(changes=changes_of_use(**LAW), network=prices("network_price", NETWORK[:2]))
    untold = basic([month(0, "500")], among).months[0].troubles
    codes = {way: each.code for way, each in untold.items() if isinstance(each, Refusal)}
    assert codes == dict.fromkeys((CONTRACTED, ACTUAL), RefusalCode.NO_PRICE)


def test_a_way_for_which_the_request_lacks_something_is_told_with_its_fault() -> None:
    told = {"agreement.0.basic": {"mode": "actual"}, "agreement.0.supply_points.S1.transformers": []}
    untold = basic([month(0, "500", **told)]).months[0].troubles
    codes = {way: each.code for way, each in untold.items() if isinstance(each, Fault)}
    assert codes == dict.fromkeys((CAPACITY, CONTRACTED), FaultCode.CAPACITY_MISSING)


def test_days_without_a_basic_charge_stay_without_one_in_every_way() -> None:
    entries = [entry("2020-01-01", groups={"main": SHOP}, basic={"mode": "exempt"}), entry("2024-07-21")]
    data = month(0, "500", agreement=entries)
    middle = {**data["metering_points"][0]["readings"][0], "at": "2024-07-21", "kind": "cut"}
    data["metering_points"][0]["readings"].insert(1, middle)
    found = basic([data]).months[0].ways
    assert set(found[CONTRACTED].changes) == {"/agreement/1/basic/mode", "/agreement/1/basic/contracts/S1"}
    lines = [each for each in found[ACTUAL].bill.lines if each.code == "demand"]
    assert [str(each.span.start) for each in lines] == ["2024-07-21"]


def test_a_way_that_was_changed_lately_is_kept_until_its_months_are_over() -> None:
    entries = [entry("2020-01-01", basic=BY_CONTRACT), entry("2024-06-01")]
    found = basic([month(number, "500", agreement=entries) for number in range(3)])
    assert found.start.changed == date(2024, 6, 1)
    assert found.plan is not None
    assert found.plan.ways == (CAPACITY, CAPACITY, CONTRACTED)


def test_an_order_of_a_mode_tells_when_the_way_was_changed() -> None:
    order = {"kind": "mode", "supply_point": "S1", "applied": "2024-04-01", "done": "2024-05-01"}
    found = basic([month(0, "500", changes=[order])])
    assert found.start.changed == date(2024, 5, 1)


def test_each_of_several_supply_points_has_its_own_contract() -> None:
    point = {"power_factor_standard": "none", "transformers": [transformer(kva="1000")]}
    other = {"power_factor_standard": "none", "transformers": [transformer("T2", "100")]}
    told = entry("2020-01-01", groups={"main": INDUSTRY, "side": INDUSTRY}, supply_points={"S1": point, "S2": other})
    data = month(0, "500", agreement=[told])
    beside = {**data["metering_points"][0], "id": "M2", "group": "side", "supply_point": "S2"}
    beside["config"] = [{**beside["config"][0], "meter": "B", "multiplier": "10"}]
    found = basic([{**data, "metering_points": [data["metering_points"][0], beside]}])
    assert found.contracts == {"S1": 477, "S2": 48}  # 500 ÷ 1.05, 50 ÷ 1.05


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"agreement.0.groups.main": SHOP, "agreement.0.basic": {"mode": "exempt"}}, NotAdvised.ONE_PART),
        ({"agreement.0.groups.main": SHOP}, NotAdvised.ONE_PART),
        ({"agreement.0.basic": {"mode": "exempt"}}, NotAdvised.EXEMPT),
        (
            {"given": [{"code": "capacity", "section": "network_capacity", "group": "main", "amount": "1.00",
                        "supplies": ["capacity"]}]},
            NotAdvised.GIVEN,
        ),
    ],
)  # fmt: skip
def test_why_nothing_is_advised_of_a_basic_charge(changes: dict[str, Any], expected: NotAdvised) -> None:
    assert why([month(0, "500", **changes)]) is expected


def test_contracts_of_several_kinds_are_not_advised_on() -> None:
    told = read_document(str(ROOT / "fixtures/by_hand/taipower-contracts/request.yaml")).data
    assert isinstance(told, dict)
    asked_for = [AskedMonth(validated(Request, told))]
    found = advise(asked_for, load_catalog(ROOT / "tariffs", areas=[str(told["area"])]))
    assert isinstance(found, Advice)
    assert found.basic is NotAdvised.CONTRACT_KINDS


def test_the_law_of_each_day_is_that_of_the_library() -> None:
    shipped = load_catalog(few_tariffs())

    kept = {}
    for day in (date(2010, 1, 1), date(2017, 1, 1), date(2019, 1, 1), date(2025, 1, 1)):
        document = shipped.in_force(Kind.CHANGES_OF_USE, "cn-guangxi", day).document
        kept[day.year] = (document.mode.months, document.contract.months, document.actual is not None)
    # a year and half a year; since 2016 by quarter and month (发改办价格〔2016〕1583号); since 2018 by actual demand, too
    assert kept == {
        2010: (12, 6, False),
        2017: (3, 1, False),
        2019: (3, 1, True),
        2025: (3, 1, True),
    }


def test_a_notice_in_working_days_counts_by_the_calendar() -> None:
    shipped = load_catalog(few_tariffs())
    rule = TermsCondition.model_validate(
        {"article": "art. 1", "evidence": "secondary", "months": 3, "notice_days": 15, "working_days": True}
    )
    # before 1 July 2025: 30, 27–23, 20–16, 13–10 June are 1 + 5 + 5 + 4 working days (10 June, Tuesday)
    assert apply_by(rule, date(2025, 7, 1), shipped, "cn-guangxi") == date(2025, 6, 10)
    assert apply_by(rule, date(2035, 7, 1), shipped, "cn-guangxi") is None
    untold = rule.model_copy(update={"notice_days": None})
    assert apply_by(untold, date(2025, 7, 1), shipped, "cn-guangxi") is None
