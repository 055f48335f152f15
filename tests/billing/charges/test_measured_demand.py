"""Demand as it was measured: of bands, in kilovolt-amperes, and with what earlier months leave; reactive energy; fees by the day."""

from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.charges.basic import rule as basic
from billcalc.billing.charges.reactive.rule import billed_reactive
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.library.catalog import load_catalog
from tests.billing import cases
from tests.billing.charges.kinds import RULES

Data = dict[str, Any]
DATA: Any = read_document(Path("fixtures/by_hand/general-shapes/request.yaml")).data
NOTHING = load_catalog(areas=["tw"])


def changed(**changes: object) -> Data:
    """The invented contract with some places changed."""
    return cases.changed(deepcopy(DATA), {place.replace("__", "."): value for place, value in changes.items()})


def answer(data: Data) -> Bill | Refusal:
    return calculate(validated(Request, data), NOTHING)


def bill(data: Data) -> Bill:
    made = answer(data)
    assert isinstance(made, Bill), str(made)
    return made


def refusal(data: Data) -> Refusal:
    made = answer(data)
    assert isinstance(made, Refusal)
    return made


def amount(made: Bill, code: str) -> str:
    [line] = [line for line in made.lines if line.code == code]
    return str(line.amount)


def components(*, without: str = "", **more: Any) -> list[Data]:
    """The prices, those of one code changed, or left out."""
    found = [dict(each) for each in DATA["price_sheet"]["components"] if each["code"] != without]
    return [{**each, **more.get(each["code"], {})} for each in found]


# The rule


def measured(metered: int, earlier: list[int], share: str = "0.8", least: int = 0) -> Decimal:
    return number_of(
        basic.measured_demand(
            metered=Plain(Decimal(metered)), earlier=[Plain(Decimal(each)) for each in earlier],
            share=Plain(Decimal(share)), least=Plain(Decimal(least)), source=RULES,
        )
    )  # fmt: skip


@settings(max_examples=30)
@given(st.integers(0, 500), st.lists(st.integers(0, 500), max_size=4), st.integers(0, 200))
def test_a_ratchet_never_bills_less_than_was_measured_nor_more_than_the_greatest(
    metered: int, earlier: list[int], least: int
) -> None:
    billed = measured(metered, earlier, least=least)
    assert max(metered, least) <= billed <= max(metered, least, *earlier, 0)


def test_reactive_energy_below_what_is_free_is_billed_at_nothing() -> None:
    def billed(reactive: list[int], active: list[int]) -> Decimal:
        told, used = ([Plain(Decimal(each)) for each in numbers] for numbers in (reactive, active))
        return number_of(billed_reactive(reactive=told, active=used, free_share=Plain(Decimal("0.5")), source=RULES))

    assert [billed([2], [10]), billed([10], [2]), billed([10, 2], [])] == [0, 9, 12]


# What is billed


def test_a_plain_demand_is_billed_beside_those_of_bands() -> None:
    plain = {"code": "plain", "section": "network_capacity", "quantity": "demand_kw", "price": "1"}
    without = [each for each in components() if each["code"] != "demand_any"]
    data = changed(price_sheet__components=[*without, plain], facts__S1__earlier_demand_kw={})
    rules = cases.catalog()
    data["area"], data["own_area"] = "cn-test", None
    data["agreement"][0]["supply_points"]["S1"]["transformers"] = [cases.transformer()]
    made = calculate(validated(Request, data), rules)
    assert isinstance(made, Bill), str(made)
    assert amount(made, "plain") == "90.00"
    assert amount(made, "demand_peak") == "960.00"


def test_a_price_that_changes_within_the_month_is_of_one_demand() -> None:
    early, late = (
        cases.prices(
            "network_price",
            [*cases.NETWORK, {"code": "peak", "section": "network_capacity", "quantity": "demand_kw",
                              "demand": {"bands": ["peak"]}, "price": price}],
            start, until=until,
        )
        for price, start, until in (("31", "2020-01-01", "2024-07-11"), ("62", "2024-07-11", None))
    )  # fmt: skip
    area = cases.catalog(network=[early, late])
    data = cases.request(
        agreement=[cases.entry("2020-01-01", basic={"mode": "actual"})],
        facts={"S1": {"demand_by_band_kw": {"peak": "100"}}},
    )
    made = cases.bill(data, area)
    # 100 kW × 31 × 10/31, and × 62 × 21/31
    assert cases.amounts(made, "peak") == ["1000.00", "4200.00"]


def test_a_fee_by_the_day_is_of_the_days_of_its_price_and_of_a_part_of_the_month() -> None:
    data = changed(period__to="2024-06-11", agreement__0__basic={"mode": "exempt"})
    assert amount(bill(data), "daily_fee") == "12.50"


def test_a_given_line_stands_for_reactive_energy() -> None:
    line = {"code": "own", "section": "network_energy", "group": "main", "amount": "1.00", "supplies": ["reactive"]}
    assert [each.code for each in bill(changed(given=[line])).lines if each.section == "network_energy"] == [
        "daily_fee",
        "own",
    ]


def test_the_power_factor_adjusts_what_its_base_takes_of_demand_reactive_energy_and_fees() -> None:
    data = changed(agreement__0__supply_points__S1__power_factor_standard="0.90", facts__S1__power_factor_ratio="0.01")
    data["area"], data["own_area"] = "cn-test", None

    def bill(data: Data) -> Bill:
        made = calculate(validated(Request, data), cases.AREA)
        assert isinstance(made, Bill), str(made)
        return made

    data["conventions"] = {
        "power_factor": {"base": {"include": {"components": ["reactive", "daily_fee", "demand_peak"]}}}
    }
    assert amount(bill(data), "power_factor") == "10.28"  # (30.00 + 37.50 + 960.00) × 1 %
    data["conventions"] = {"power_factor": {"base": {"include": {"components": ["demand_apparent"]}}}}
    assert amount(bill(data), "power_factor") == "1.50"


# By intervals


def by_intervals(**intervals: Any) -> Data:
    """A July by intervals of an hour: 1 kWh each, 5 at 10:00 and 7 at 03:00 of the 2nd."""
    values = ["1"] * (31 * 24)
    values[24 + 10], values[24 + 3] = "5", "7"
    series = {
        "step": "60", "start": "2024-07-01T00:00:00+08:00", "unit": "kwh", "values": values, "fill": "refuse",
        "demand": {"minutes": "60", "rolling": False}, **intervals,
    }  # fmt: skip
    return cases.request(
        agreement=[cases.entry("2020-01-01", basic={"mode": "actual"})],
        metering_points=[{**cases.point(readings=[], config=[]), "intervals": series}],
        facts={"S1": {"cosphi": "0.95"}},
    )


def bands() -> Any:
    peak = {"code": "peak", "section": "network_capacity", "quantity": "demand_kw", "demand": {"bands": ["peak"]}}
    sharp = {**peak, "code": "sharp", "demand": {"bands": ["sharp"]}}
    hours = {"peak": ["08:00-20:00"], "flat": ["20:00-24:00"], "valley": ["00:00-08:00"]}
    return cases.catalog(
        network=cases.prices("network_price", [*cases.NETWORK, {**peak, "price": "10"}, {**sharp, "price": "10"}]),
        hours=cases.document("time_of_use", "2020-01-01", {"periods": {"all": {"bands": hours}}}),
    )


def test_intervals_tell_the_demand_of_a_band() -> None:
    made = cases.bill(by_intervals(), bands())
    assert cases.amounts(made, "peak", "sharp") == ["50.00", "0.00"]  # 5 kW at peak; there are no sharp hours
    assert ProblemCode.FROM_INTERVALS in {each.code for each in made.problems}


def test_a_window_is_of_the_band_in_which_it_starts() -> None:
    values = ["1"] * (31 * 48)
    values[39], values[40] = "9", "9"  # 19:30 and 20:00
    demand = {"minutes": "60", "rolling": True}
    made = cases.bill(by_intervals(step="30", values=values, demand=demand), bands())
    assert cases.amounts(made, "peak") == ["180.00"]


def test_intervals_that_are_not_to_tell_a_demand_tell_none_of_a_band() -> None:
    data = by_intervals(demand=None)
    data["facts"]["S1"]["demand_kw"] = "9"
    made = cases.refusal(data, bands())
    assert made.code is RefusalCode.DEMAND_OF_BAND_MISSING


# What is refused


@pytest.mark.parametrize(
    ("place", "code", "fact"),
    [
        ("facts__S1__demand_kva", RefusalCode.DEMAND_KVA_MISSING, "S1"),
        ("facts__S1__demand_by_band_kw", RefusalCode.DEMAND_OF_BAND_MISSING, "peak"),
        ("facts__S1__demand_kw", RefusalCode.DEMAND_MISSING, "S1"),
    ],
)
def test_a_demand_that_nothing_tells_is_named(place: str, code: RefusalCode, fact: str) -> None:
    made = refusal(changed(**{place: {} if place.endswith("band_kw") else None}))
    assert made.code is code
    assert fact in made.facts.values()


def test_an_earlier_month_that_nothing_tells_is_named() -> None:
    made = refusal(changed(facts__S1__earlier_demand_kw={"2024-05": {"total": "1"}, "2024-04": {"peak": "1"}}))
    assert (made.code, made.facts["month"]) == (RefusalCode.EARLIER_DEMAND_MISSING, "2024-04")
    assert refusal(
        changed(facts={"S1": {"demand_kw": "1", "demand_by_band_kw": {"peak": "1", "sharp": "1"}}})
    ).code is (RefusalCode.EARLIER_DEMAND_MISSING)


def test_earlier_months_go_back_over_the_turn_of_a_year() -> None:
    prices = components(demand_any={"demand": {"ratchet": {"share": "1", "months": 6}}})
    made = refusal(changed(price_sheet__components=prices))
    assert made.facts["month"] == "2024-02"
    told = {f"2024-0{month}": {"total": "1"} for month in range(1, 6)}
    made = refusal(changed(price_sheet__components=prices, facts__S1__earlier_demand_kw=told))
    assert made.facts["month"] == "2023-12"


def test_a_measured_demand_is_refused_where_the_basic_charge_is_by_contract() -> None:
    made = refusal(changed(agreement__0__basic={"mode": "contracted", "contracts": {"regular": "1"}}))
    assert (made.code, made.facts["what"]) == (RefusalCode.NOT_SUPPORTED, "measured_in_contract")


def test_a_measured_demand_of_a_part_of_the_period_alone_is_refused() -> None:
    data = changed()
    first = data["agreement"][0]
    data["agreement"] = [first, {**first, "from": "2024-06-11", "basic": {"mode": "exempt"}}]
    assert refusal(data).facts["day"] == "2024-06-11"


def test_groups_that_share_a_supply_point_pay_one_measured_demand() -> None:
    group = DATA["agreement"][0]["groups"]["main"]
    data = changed(agreement__0__groups={"main": group, "other": {**group, "subclass": "x"}})
    data["metering_points"].append({**data["metering_points"][0], "id": "M2", "group": "other"})
    for each in data["price_sheet"]["components"]:
        if each["code"] == "demand_peak":
            each["for"] = {"subclass": "x"}
    assert refusal(data).facts["what"] == "several_basic_prices"


def test_a_supply_point_that_is_not_there_yet_has_no_demand() -> None:
    data = changed()
    first = data["agreement"][0]
    terms = {**first, "supply_points": {**first["supply_points"], "S2": {"power_factor_standard": "none"}}}
    data["agreement"] = [first, {**terms, "from": "2024-06-11"}]
    data["metering_points"] = []
    data["price_sheet"]["components"] = components(without="reactive")
    made = answer(data)
    assert isinstance(made, Refusal)
    assert made.facts["supply_point"] == "S2"


def test_reactive_energy_that_no_point_of_the_group_counts_is_refused() -> None:
    data = changed(agreement__0__basic={"mode": "exempt"})
    data["metering_points"][0]["children"] = [{"id": "L", "kind": "fixed", "group": "main", "value": "1"}]
    assert refusal(data).facts["what"] == "reactive_of_parts"


def test_a_fee_by_the_month_and_by_the_day_is_refused() -> None:
    fees = [{"code": "fee", "section": "network_energy", "quantity": each, "price": "1"} for each in ("months", "days")]
    first, later = (
        cases.prices("network_price", [*cases.NETWORK, fee], start, until=until)
        for fee, start, until in zip(fees, ("2020-01-01", "2024-07-11"), ("2024-07-11", None), strict=True)
    )
    assert cases.refusal(cases.request(), cases.catalog(network=[first, later])).facts["what"] == "fee_by_both"


def test_what_earlier_demands_tell_and_nothing_asks_for_is_told() -> None:
    told = {**DATA["facts"]["S1"]["earlier_demand_kw"], "2023-12": {"total": "1"}}
    made = bill(changed(facts__S1__earlier_demand_kw=told))
    unread = [each.where for each in made.problems if each.code is ProblemCode.STATED_WITHOUT_EFFECT]
    assert "/facts/S1/earlier_demand_kw/2023-12/total" in unread


def test_a_given_line_stands_for_a_measured_demand() -> None:
    line = {
        "code": "own",
        "section": "network_capacity",
        "group": "main",
        "amount": "1.00",
        "supplies": ["demand_peak"],
    }
    found = [each.code for each in bill(changed(given=[line])).lines if each.section == "network_capacity"]
    assert found == ["demand_any", "demand_apparent", "own"]


def test_an_entry_that_changes_no_terms_leaves_one_line_of_reactive_energy_and_of_each_demand() -> None:
    data = changed()
    first = data["agreement"][0]
    points = {"S1": {**first["supply_points"]["S1"], "transformers": [cases.transformer()]}}
    data["agreement"] = [first, {**first, "from": "2024-06-11", "supply_points": points}]
    made = bill(data)
    assert [amount(made, code) for code in ("reactive", "demand_peak", "demand_any")] == ["30.00", "960.00", "624.00"]


def test_the_intervals_of_a_meter_that_came_later_tell_the_demand_of_its_days() -> None:
    data = by_intervals(start="2024-07-11T00:00:00+08:00", values=["1"] * 10 + ["5"] + ["1"] * (21 * 24 - 11))
    data["metering_points"][0]["config"] = [{"from": "2024-07-11", "meter": "A", "multiplier": "1", "digits": 4}]
    data["metering_points"][0]["readings"] = [{"at": "2024-07-11", "kind": "installation"}]
    first = data["agreement"][0]
    points = {"S1": {**first["supply_points"]["S1"], "transformers": [cases.transformer(kva="2000")]}}
    data["agreement"] = [first, {**first, "from": "2024-07-11", "supply_points": points}]
    assert cases.amounts(cases.bill(data, bands()), "peak") == ["50.00"]


def test_demands_of_bands_that_several_points_had_are_added_up_with_a_doubt() -> None:
    """60 and 30 kW of the peak: 90 kW; had they been behind one line, 60 at least."""
    data = changed()
    del data["facts"]["S1"]["demand_by_band_kw"]["peak"]
    other = {**data["metering_points"][0], "id": "M2"}
    data["metering_points"] = [
        {**each, "given": {**each["given"], "demand_by_band_kw": {"peak": kw}}}
        for each, kw in zip((data["metering_points"][0], other), ("60", "30"), strict=True)
    ]
    made = bill(data)
    assert amount(made, "demand_peak") == amount(bill(changed(facts__S1__demand_by_band_kw__peak="90")), "demand_peak")
    [doubt] = [each for each in made.problems if each.code is ProblemCode.DEMANDS_ADDED_UP]
    alone = bill(changed(facts__S1__demand_by_band_kw__peak="60"))
    [(name, money)] = [(each.value, each.difference) for each in doubt.alternatives]
    assert (name, money) == ("largest", Decimal(amount(alone, "demand_peak")) - Decimal(amount(made, "demand_peak")))


@pytest.mark.parametrize(
    ("code", "place"), [("demand_any", "demand.ratchet.share"), ("reactive", "free_share"), ("fee", "idle_share")]
)
def test_a_share_above_one_was_meant_in_per_cent_and_is_refused(code: str, place: str) -> None:
    """30 for 0.30 made all reactive energy free, and 80 for 0.80 billed eighty times the demand of a month before."""
    fee = {"code": "fee", "section": "network_energy", "quantity": "months", "price": "9"}
    prices = [*components(), fee]
    number = next(number for number, each in enumerate(prices) if each["code"] == code)
    data = changed(price_sheet__components=prices)
    where = f"price_sheet.components.{number}.{place}"
    assert bill(cases.changed(data, {where: "1"})).total
    with pytest.raises(InvalidInput) as raised:
        answer(cases.changed(data, {where: "30"}))
    [found] = raised.value.faults
    assert (found.code, found.where, found.facts["range"]) == (
        FaultCode.OUT_OF_RANGE,
        f"/{where.replace('.', '/')}",
        "0..1",
    )
