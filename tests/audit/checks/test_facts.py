"""What a request and its bill tell; what several points would tell differently is left out."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, cast

import pytest

from billcalc.audit.checks.facts import facts_of, facts_of_request, with_history
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Band
from tests.documents import ROOT

P1 = read_document(str(ROOT / "fixtures/official/guangxi-2024-06-p1/request.yaml")).data


@cache
def catalog() -> Catalog:
    return load_catalog(areas=["cn-guangxi"])


def told_by(change: Callable[[dict[str, Any]], object]) -> tuple[dict[str, Any], Bill]:
    data: dict[str, Any] = deepcopy(cast(dict[str, Any], P1))
    change(data)
    bill = calculate(validated(Request, data), catalog(), derivation=False)
    assert isinstance(bill, Bill), bill
    return data, bill


def facts(change: Callable[[dict[str, Any]], object] = lambda data: None) -> dict[str, Decimal]:
    data, bill = told_by(change)
    return facts_of(validated(Request, data), bill)


def test_the_facts_of_an_official_bill_are_those_of_its_paper() -> None:
    """132000, 105600 and 250800 kWh; 100000 kVA; cosφ 0.93; 19 days from 12 June on."""
    told = facts()
    expected = {
        "first_day": str(date(2024, 6, 12).toordinal()), "end_day": str(date(2024, 7, 1).toordinal()), "days": "19",
        "kwh": "488400", "peak_kwh": "132000", "flat_kwh": "105600", "valley_kwh": "250800", "sharp_kwh": "0",
        "residential_kwh": "0", "agricultural_kwh": "0", "basic_money": "1355333.26", "adjustment_money": "-7272.52",
        "kva": "100000", "running_kva": "100000", "two_part": "1", "industrial": "1", "farm": "0", "high_voltage": "1",
        "by_capacity": "1", "by_contract": "0", "exempt": "0", "standard": "0.90", "cosphi_told": "0.93",
        "reactive_kvarh": "198000", "multiplier": "660000", "opening": "0", "closing": "0.75", "exchanged": "0",
        "low_side": "0", "loss_told": "0", "loss_kwh": "0", "changes": "0", "estimated": "0", "by_share": "0",
        "told_total_differs_from_bands": "1", "told_rollover_large": "0", "feeds_in": "0",
    }  # fmt: skip
    assert {name: told[name] for name in expected} == {name: Decimal(number) for name, number in expected.items()}
    assert not {"demand_kw", "contract_kw"} & set(told)


def test_what_a_request_tells_by_itself_is_what_it_tells_with_its_bill() -> None:
    data, bill = told_by(lambda _: None)
    request = validated(Request, data)
    alone, whole = facts_of_request(request), facts_of(request, bill)

    assert {name: whole[name] for name in alone} == alone
    assert {"opening", "closing", "kva", "standard", "first_day", "bare_refunds"} <= set(alone)
    assert not {"money", "kwh", "refund_lines", "cosphi_told", "told_rollover_large"} & set(alone)


def test_the_demand_is_what_is_given_else_the_register_times_the_multiplier() -> None:
    def read(data: dict[str, Any]) -> None:
        data["agreement"][0]["basic"] = {"mode": "contracted", "contracts": {"regular": "60000"}}
        for reading, shown in zip(data["metering_points"][0]["readings"], ("0", "0.1"), strict=True):
            reading["maximum_demand"] = shown

    def given(data: dict[str, Any]) -> None:
        read(data)
        data["facts"] = {"S1": {"demand_kw": "65000"}}

    told = facts(read)
    assert (told["demand_kw"], told["contract_kw"]) == (Decimal(66000), Decimal(60000))
    assert facts(given)["demand_kw"] == Decimal(65000)


def test_a_correction_without_a_label_needs_its_energy_and_its_price() -> None:
    """Of four lines one tells nothing, and one tells half of what it was computed of."""
    line = {"code": "back", "section": "refunds", "group": "main", "amount": "5"}
    told = [line, {**line, "kwh": "10"}, {**line, "kwh": "10", "price": "0.5"}, {**line, "label": "退2024年3月"}]

    assert facts(lambda data: data.update(given=told))["bare_refunds"] == 2


def test_how_industry_buys_is_told_where_all_of_it_buys_in_one_way() -> None:
    data, bill = told_by(lambda data: None)
    groups = data["agreement"][0]["groups"]
    groups["other"] = {**groups["main"], "purchase": "agent_1.5x"}

    told = facts()
    assert (told["market"], told["agent"], told["one_and_half"], told["levies_apart"]) == tuple(map(Decimal, "0101"))
    assert told["levy_money"] > 0
    assert "agent" not in facts_of(validated(Request, data), bill)


def test_two_metering_points_have_no_one_reading_and_no_one_side() -> None:
    def second(data: dict[str, Any]) -> None:
        other = deepcopy(data["metering_points"][0])
        other.update(
            id="M2", side="low", config=[{"from": date(2024, 6, 12), "meter": "B", "multiplier": "1", "digits": 4}]
        )
        other["losses"] = {"transformer": {"method": "none"}}
        data["metering_points"].append(other)

    told = facts(second)
    assert not {"multiplier", "opening", "low_side", "demand_kw"} & set(told)
    assert told["loss_told"] == 1


def test_two_supply_points_have_no_one_power_factor() -> None:
    data, bill = told_by(lambda data: None)
    data["agreement"][0]["supply_points"]["S2"] = data["agreement"][0]["supply_points"]["S1"]
    told = facts_of(validated(Request, data), bill)
    assert not {"standard", "cosphi_told", "multiplier"} & set(told)


def test_a_supply_point_that_is_not_assessed_has_no_power_factor_and_the_standard_none() -> None:
    def none(data: dict[str, Any]) -> None:
        data["agreement"][0]["supply_points"]["S1"]["power_factor_standard"] = "none"

    told = facts(none)
    assert told["standard"] == 0
    assert "cosphi_told" not in told


def test_a_farm_beside_another_group_is_neither_all_farm_nor_none() -> None:
    data, bill = told_by(lambda data: None)
    groups = data["agreement"][0]["groups"]
    groups["farm"] = {**groups["main"], "class": "agricultural", "billing": "one_part", "time_of_use": False}
    data["metering_points"][0]["children"] = [{"id": "C", "kind": "fixed", "group": "farm", "value": "8400"}]

    assert "farm" not in facts_of(validated(Request, data), bill)


def test_a_meter_without_a_total_has_no_one_reading() -> None:
    def banded(data: dict[str, Any]) -> None:
        for reading in data["metering_points"][0]["readings"]:
            del reading["total"]

    assert not {"opening", "closing"} & set(facts(banded))


def test_a_meter_that_was_exchanged_has_no_one_multiplier() -> None:
    def exchanged(data: dict[str, Any]) -> None:
        [point] = data["metering_points"]
        point["config"].append({"from": date(2024, 6, 20), "meter": "B", "multiplier": "660000", "digits": 4})
        first, last = point["readings"]
        removed = {**last, "at": date(2024, 6, 20), "kind": "removal"}
        installed = {**first, "at": date(2024, 6, 20), "kind": "installation"}
        point["readings"] = [first, removed, installed, last]

    told = facts(exchanged)
    assert told["exchanged"] == 1
    assert "multiplier" not in told


def test_the_energy_of_residents_is_told_apart_and_has_no_bands() -> None:
    data, bill = told_by(lambda data: None)
    groups = data["agreement"][0]["groups"]
    groups["homes"] = {**groups["main"], "class": "residential", "billing": "one_part", "time_of_use": False}
    data["metering_points"][0]["children"] = [{"id": "C", "kind": "fixed", "group": "homes", "value": "8400"}]
    request = validated(Request, data)
    told = facts_of(request, replace(bill, kwh={**bill.kwh, "homes": {Band.TOTAL: Decimal(8400)}}))
    assert [told["by_share"], told["farm"], told["industrial"]] == [1, 0, 1]
    assert [told["residential_kwh"], told["kwh"], told["peak_kwh"]] == [8400, 496800, 132000]
    assert "peak_kwh" not in facts_of(request, replace(bill, kwh={"homes": {Band.TOTAL: Decimal(8400)}}))


@pytest.mark.parametrize("done", [date(2024, 6, 15), None])
def test_capacity_that_changed_inside_the_period_is_not_one(done: date | None) -> None:
    data, bill = told_by(lambda data: None)
    if done is None:
        data["agreement"].append({**data["agreement"][0], "from": date(2024, 6, 20)})
    else:
        data["changes"] = [{"kind": "mode", "supply_point": "S1", "done": done}]
    told = facts_of(validated(Request, data), bill)
    assert "kva" not in told
    assert told["changes"] == (done is not None)


def test_history_is_the_three_months_before_and_the_month_of_last_year() -> None:
    months = [
        {"first_day": Decimal(date(2025 + (n > 12), (n - 1) % 12 + 1, 1).toordinal()), "kwh": Decimal(n)}
        for n in range(1, 15)
    ]
    *earlier, now = months
    later = {"first_day": Decimal(date(2026, 5, 1).toordinal()), "kwh": Decimal(99)}
    told = with_history(now, [*reversed(earlier), later])
    assert [told[f"kwh{behind}"] for behind in ("", "_0", "_1", "_2", "_3", "_12")] == [14, 13, 13, 12, 11, 2]


def test_a_bill_of_the_same_first_day_is_the_one_told_before_and_no_month_before() -> None:
    days = {name: Decimal(date(2026, month, 1).toordinal()) for name, month in (("now", 3), ("before", 2))}
    told = with_history(
        {"first_day": days["now"], "kwh": Decimal(3)},
        [{"first_day": days["now"], "kwh": Decimal(30)}, {"first_day": days["before"], "kwh": Decimal(2)}],
    )
    assert {name: number for name, number in told.items() if name.startswith("kwh")} == {
        "kwh": 3,
        "kwh_0": 30,
        "kwh_1": 2,
    }
