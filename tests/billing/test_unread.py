"""What is stated and decides nothing is told with its place, and what can move money is a doubt."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    AREA,
    HOME,
    INDUSTRY,
    SHOP,
    Data,
    bill,
    catalog,
    changed,
    energy,
    entry,
    fault,
    point,
    problems,
    reading,
    request,
    sheet,
    transformer,
)
from tests.billing.pairs import BY_INTERVALS, SERIES

DOUBT, NOTE = Severity.DOUBT, Severity.NOTE
POINT = "metering_points.0"


def quiet(**changes: Any) -> Data:
    """The request of a month in which every place decides something."""
    data = request(**changes)
    for each in data["metering_points"][0]["readings"]:
        each.pop("maximum_demand", None)
    return data


def unread(data: Data, tariffs: Any = AREA) -> dict[str, Severity]:
    """The places that decide nothing, each with how much that matters."""
    return {each.where: each.severity for each in problems(bill(data, tariffs), ProblemCode.STATED_WITHOUT_EFFECT)}


def with_basic(basic: Data) -> Data:
    return quiet(agreement=[entry("2020-01-01", basic=basic)])


def test_a_request_of_which_every_place_decides_has_nothing_to_tell() -> None:
    assert unread(quiet()) == {}


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("agreement.0.basic.contracts", {"regular": "600"}, {"/agreement/0/basic/contracts": NOTE}),
        ("agreement.0.basic.demand_shares", {"main": "1"}, {"/agreement/0/basic/demand_shares": NOTE}),
        ("facts.S1", {"demand_kw": "5"}, {"/facts/S1/demand_kw": NOTE}),
        (f"{POINT}.given.demand_kw", "5", {"/metering_points/0/given/demand_kw": NOTE}),
        (f"{POINT}.given.kwh", {"flat": "5"}, {"/metering_points/0/readings/1/flat": DOUBT}),
        (f"{POINT}.given.kvarh", {"reactive_q1": "5"}, {"/metering_points/0/given/kvarh/reactive_q1": NOTE}),
        (f"{POINT}.not_installed", ["sharp"], {"/metering_points/0/not_installed/0": NOTE}),
        (f"{POINT}.not_installed", ["flat"], {"/metering_points/0/not_installed/0": NOTE}),
        ("conventions.sub_meters.ratio_of", "after_fixed", {"/conventions/sub_meters/ratio_of": NOTE}),
        ("conventions.kwh.source", "bands", {"/conventions/kwh/source": NOTE}),
        ("conventions.basic.first_day", "free", {"/conventions/basic/first_day": NOTE}),
        ("conventions.price_by.catalogue_price", "billing_month", {"/conventions/price_by/catalogue_price": NOTE}),
        ("events", {"heat": {"2024-07-02": "35", "2024-07-01": "36"}}, {"/events/heat/2024-07-01": NOTE}),
        ("agreement.0.groups.main.subclass", "cahrging", {"/agreement/0/groups/main/subclass": DOUBT}),
    ],
)
def test_a_place_that_no_rule_asks_for_is_told(place: str, value: Any, told: dict[str, Severity]) -> None:
    assert unread(changed(quiet(), {place: value})) == told


def test_the_sentence_names_the_place_as_a_column_would_be_named() -> None:
    [problem] = problems(
        bill(with_basic({"mode": "capacity", "contracts": {"regular": "6"}})), ProblemCode.STATED_WITHOUT_EFFECT
    )
    assert problem.facts == {"key": "agreement.0.basic.contracts"}
    assert str(problem).startswith(
        "/agreement/0/basic/contracts: stated_without_effect: agreement.0.basic.contracts is"
    )


def test_terms_of_a_basic_charge_decide_nothing_for_a_customer_who_pays_none() -> None:
    data = quiet(agreement=[entry("2020-01-01", groups={"main": SHOP})])
    assert unread(data) == {
        "/agreement/0/supply_points/S1/transformers": NOTE,
        "/agreement/0/basic/mode": NOTE,
    }
    exempt = changed(data, {"agreement.0.basic.mode": "exempt", "agreement.0.supply_points.S1.transformers": []})
    assert unread(exempt) == {}


def test_a_basic_charge_that_is_a_given_line_has_no_mode() -> None:
    line = {"code": "given_capacity", "section": "network_capacity", "group": "main", "amount": "1.00",
            "power_factor": "base", "supplies": ["capacity"]}  # fmt: skip
    assert unread(quiet(given=[line])) == {
        "/agreement/0/supply_points/S1/transformers": NOTE,
        "/agreement/0/basic/mode": NOTE,
    }


def test_the_capacity_of_a_suspended_transformer_is_not_billed() -> None:
    transformers = [transformer(), transformer("T2", "630", "suspended")]
    data = changed(quiet(), {"agreement.0.supply_points.S1.transformers": transformers})
    assert unread(data) == {"/agreement/0/supply_points/S1/transformers/1/kva": NOTE}


def test_what_a_later_entry_repeats_is_read_in_the_earlier_one() -> None:
    both = {"main": INDUSTRY, "home": HOME}
    home = point(id="M2", group="home", not_installed=["reactive_forward"], readings=[
        reading("2024-07-11", "opening", total="0"), reading("2024-08-01", "closing", total="1")])  # fmt: skip
    home = {**home, "readings": [{**home["readings"][0], "kind": "installation"}, home["readings"][1]],
            "config": [{"from": "2024-07-11", "meter": "B", "multiplier": "1", "digits": "4"}]}  # fmt: skip
    data = quiet(agreement=[entry("2020-01-01"), entry("2024-07-11", groups=both)])
    data["metering_points"].append(home)
    assert unread(data) == {}


def test_an_entry_that_holds_on_no_day_is_told() -> None:
    past, future = entry("2019-01-01", basic={"mode": "exempt"}), entry("2024-08-01", basic={"mode": "exempt"})
    assert unread(quiet(agreement=[past, entry("2020-01-01"), future])) == {"/agreement/0": NOTE, "/agreement/2": NOTE}


def test_a_group_and_a_supply_point_that_nothing_is_of_are_told() -> None:
    data = changed(quiet(), {"agreement.0.groups.home": HOME, "agreement.0.groups.main": SHOP})
    data = changed(data, {"agreement.0.basic.mode": "exempt", "agreement.0.supply_points.S1.transformers": []})
    assert unread(data) == {"/agreement/0/groups/home": DOUBT}
    beside = changed(data, {"agreement.0.supply_points.S2": {"power_factor_standard": "none"}})
    beside["agreement"][0]["groups"].pop("home")
    assert unread(beside) == {"/agreement/0/supply_points/S2": NOTE}


def test_a_standard_beside_a_given_ratio_decides_nothing() -> None:
    data = changed(quiet(), {"facts.S1": {"power_factor_ratio": "0.05", "cosphi": "0.9"}})
    assert unread(data) == {
        "/agreement/0/supply_points/S1/power_factor_standard": NOTE,
        "/metering_points/0/readings/1/reactive_forward": NOTE,
        "/facts/S1/cosphi": NOTE,
    }


def test_words_about_the_power_factor_of_a_group_that_is_not_assessed_decide_nothing() -> None:
    data = changed(quiet(), {"agreement.0.supply_points.S1.power_factor_standard": "none"})
    data = changed(data, {"agreement.0.groups.main.power_factor": {"counts_energy": True, "money_in_base": True}})
    assert unread(data) == {
        "/agreement/0/groups/main/power_factor/counts_energy": NOTE,
        "/agreement/0/groups/main/power_factor/money_in_base": NOTE,
        "/metering_points/0/readings/1/reactive_forward": NOTE,
    }


def test_a_side_decides_nothing_for_a_sub_meter_and_high_nothing_at_low_voltage() -> None:
    low = changed(quiet(), {"agreement.0.groups.main.voltage": "<1kV"})
    assert unread(low) == {"/metering_points/0/side": NOTE}
    assert unread(changed(low, {f"{POINT}.side": "low"})) == {}
    inner = point(id="M2", not_installed=["reactive_forward"], readings=[
        reading("2024-07-01", "opening", flat="0"), reading("2024-08-01", "closing", flat="1")])  # fmt: skip
    outer = quiet()["metering_points"][0]
    data = quiet(
        metering_points=[{**outer, "children": [{"id": "C", "kind": "meter", "group": "main", "point": "M2"}]}]
    )
    data["metering_points"].append(inner)
    assert unread(data) == {"/metering_points/1/side": NOTE, "/metering_points/1/not_installed/0": NOTE}


def test_a_meter_of_other_days_is_told() -> None:
    config = quiet()["metering_points"][0]["config"]
    old = {**config[0], "from": "2019-01-01", "meter": "Z"}
    data = changed(quiet(), {f"{POINT}.config": [old, *config]})
    assert unread(data) == {"/metering_points/0/config/0": NOTE}


def test_a_demand_that_is_said_not_to_be_measured_and_is_read_is_a_doubt() -> None:
    demand = {"mode": "contracted", "contracts": {"regular": "600"}}
    data = request(agreement=[entry("2020-01-01", basic=demand)])
    assert unread(data) == {}
    contradicted = changed(data, {f"{POINT}.not_installed": ["maximum_demand"]})
    assert unread(contradicted) == {"/metering_points/0/readings/1/maximum_demand": DOUBT}


def test_the_demand_of_intervals_decides_nothing_where_capacity_is_billed() -> None:
    assert unread(BY_INTERVALS) == {}
    by_capacity = changed(BY_INTERVALS, {"agreement.0.basic.mode": "capacity", f"{POINT}.intervals": SERIES})
    assert unread(by_capacity) == {"/metering_points/0/intervals/demand": NOTE}


def test_a_given_line_to_be_adjusted_beside_a_given_adjustment_is_told() -> None:
    lines = [
        {"code": "extra", "section": "energy", "group": "main", "amount": "1.00", "power_factor": "base"},
        {"code": "power_factor", "section": "power_factor", "group": "main", "amount": "1.00",
         "supplies": ["power_factor"]},
    ]  # fmt: skip
    assert unread(quiet(given=lines)) == {
        "/agreement/0/supply_points/S1/power_factor_standard": NOTE,
        "/metering_points/0/readings/1/reactive_forward": NOTE,
        "/given/0/power_factor": NOTE,
    }


def test_bands_beside_a_total_that_is_billed_are_compared_with_it() -> None:
    data = changed(quiet(), {"agreement.0.groups.main.time_of_use": False, "conventions.kwh.source": "total"})
    data = changed(data, {f"{POINT}.readings.0.total": "0", f"{POINT}.readings.1.total": "61"})
    answer = bill(data)
    assert unread(data) == {}
    [problem] = problems(answer, ProblemCode.TOTAL_DIFFERS_FROM_BANDS)
    assert (problem.facts["total"], problem.facts["bands"]) == ("6100", "6000")
    alone = changed(data, {})
    for each in alone["metering_points"][0]["readings"]:
        del each["flat"], each["valley"]
    assert unread(alone)["/metering_points/0/readings/1/peak"] is DOUBT


def test_the_state_of_a_transformer_decides_nothing_where_the_demand_alone_is_billed() -> None:
    transformers = [transformer(), transformer("T2", "630", "suspended")]
    data = request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])
    data = changed(data, {"agreement.0.supply_points.S1.transformers": transformers})
    assert unread(data) == {"/agreement/0/supply_points/S1/transformers/1/state": NOTE}


def test_a_base_that_names_nobody_is_a_doubt() -> None:
    base = {
        "include": {"components": ["purchse", "purchase"]},
        "exclude": {"groups": ["mian"], "tags": ["levvy", "levy"]},
    }
    assert unread(changed(quiet(), {"conventions.power_factor.base": base})) == {
        "/conventions/power_factor/base/include/components/0": DOUBT,
        "/conventions/power_factor/base/exclude/groups/0": DOUBT,
        "/conventions/power_factor/base/exclude/tags/0": DOUBT,
    }


# Prices of the request


def own(*components: Data, **more: Any) -> dict[str, Severity]:
    data = changed(sheet(*components, **more), {"agreement.0.supply_points.S1.transformers": []})
    for each in data["metering_points"][0]["readings"]:
        del each["maximum_demand"], each["reactive_forward"]
    return unread(data)


TERMS = {"/agreement/0/groups/main": NOTE}
"""Of a customer with own prices for everybody: neither the voltage nor the purchase is asked for."""


def test_own_prices_for_everybody_ask_for_no_terms() -> None:
    flat = energy("energy", "0.5")
    assert own(flat) == TERMS
    every = {"class": "industrial_commercial", "billing": "one_part", "voltage": "10kV", "purchase": "agent"}
    assert own({**flat, "for": every}) == {}
    told = problems(bill(sheet({**flat, "for": {"voltage": "10kV"}})), ProblemCode.STATED_WITHOUT_EFFECT)
    assert "agreement.0.groups.main (class industrial_commercial, billing one_part, purchase agent)" in [
        each.facts["key"] for each in told
    ]


def test_without_time_of_use_bands_at_prices_for_everybody_are_billed_all_the_same() -> None:
    bands = {"bands": {"peak": "0.8", "flat": "0.5", "valley": "0.2"}}
    data = changed(sheet(energy("energy", bands)), {"agreement.0.groups.main.time_of_use": False})
    assert unread(data)["/agreement/0/groups/main/time_of_use"] is DOUBT
    asking = changed(data, {"price_sheet.components.0.for": {"time_of_use": False}})
    assert "/agreement/0/groups/main/time_of_use" not in unread(asking)


def test_a_bill_of_given_lines_alone_asks_for_no_terms_no_standard_and_no_title() -> None:
    line = {"code": "network", "section": "network_energy", "group": "main", "amount": "1.00",
            "power_factor": {"ratio": "0.67"}}  # fmt: skip
    data = request(given=[line], metering_points=[], agreement=[entry("2020-01-01", basic={"mode": "exempt"})])
    title = {"title": "nothing is priced", "instead_of": ["purchase_price", "network_price", "levies"]}
    data = changed({**data, "price_sheet": title}, {"agreement.0.supply_points.S1.transformers": []})
    assert unread(data) == {
        **TERMS,
        "/agreement/0/supply_points/S1/power_factor_standard": NOTE,
        "/price_sheet/title": NOTE,
    }
    told = problems(bill(data), ProblemCode.STATED_WITHOUT_EFFECT)[0].facts["key"]
    assert told == "agreement.0.groups.main (billing two_part, voltage 1-10kV, time_of_use true, purchase agent)"


def test_a_price_that_nobody_pays_is_a_doubt() -> None:
    kva = {"code": "capacity", "section": "network_capacity", "quantity": "capacity_kva", "price": "30"}
    assert own(energy("energy", "0.5"), kva) == {**TERMS, "/price_sheet/components/1": DOUBT}
    others = energy("other", "0.5", **{"for": {"class": "residential"}})
    assert own(energy("energy", "0.5"), others) == {**TERMS, "/price_sheet/components/1": DOUBT}


def test_an_own_price_of_a_band_that_is_not_measured_is_told() -> None:
    prices = {"energy": {"peak": "1", "flat": "1", "valley": "1", "sharp": "2"}}
    assert own(energy("energy", "given"), prices=prices) == {**TERMS, "/price_sheet/prices/energy/sharp": NOTE}


def test_a_kind_of_price_that_no_group_would_pay_is_told() -> None:
    bought = energy("purchase", "0.5")
    told = own(bought, instead_of=["purchase_price", "catalogue_price"])
    assert told == {"/price_sheet/instead_of/1": NOTE}


def test_a_section_that_is_not_missing_need_not_be_said_not_to_be_charged() -> None:
    bought = energy("purchase", "0.5")
    told = own(bought, instead_of=["purchase_price"], not_charged=["energy"])
    assert told == {"/price_sheet/not_charged/0": DOUBT}  # it is billed, against what is said
    assert own(bought, instead_of=["purchase_price"], not_charged=["catalogue"]) == {"/price_sheet/not_charged/0": NOTE}


def test_nobody_knows_which_kinds_are_paid_where_no_structure_is_in_force() -> None:
    data = changed(sheet(energy("energy", "0.5")), {"agreement.0.groups.main.subclass": "mine"})
    without = catalog(structure=None)
    assert "/agreement/0/groups/main/subclass" in unread(data, without)


# Marks of registers


@pytest.mark.parametrize(("reading_", "register"), [(0, "peak"), (1, "sharp"), (1, "maximum_demand")])
def test_a_mark_of_a_register_whose_run_does_not_end_is_a_fault(reading_: int, register: str) -> None:
    found = fault(changed(request(), {f"{POINT}.readings.{reading_}.rollover": [register]}))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, f"/metering_points/0/readings/{reading_}/rollover/0")
