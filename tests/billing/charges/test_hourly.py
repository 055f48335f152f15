"""Prices by interval: each interval at its price, one rounding, the average printed; and what does not go with them."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import Severity
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    codes,
    fault,
    line,
    lines,
    prices,
    problems,
    reading,
    refusal,
)
from tests.billing.test_intervals import metered, timed
from tests.proofs import codes as found_in
from tests.proofs import proof, put

BY_HAND: Any = read_document(Path("fixtures/by_hand/prices-by-hour/request.yaml")).data
SERIES = "price_sheet.series.purchase"
VALUES, ENERGIES = f"{SERIES}.values", "metering_points.0.intervals.values"
MIDNIGHT = "2024-07-01T00:00:00+08:00"
UNTIMED = {**SHOP, "time_of_use": False}


def priced(*values: str | None, step: str = "60", start: str = MIDNIGHT) -> Data:
    return {"step": step, "start": start, "values": [*values]}


def two_days(series: Data, group: Data = UNTIMED, **component: Any) -> Data:
    """Two days of a shop at 1 kWh every half hour, at prices by interval alone."""
    own = {"code": "purchase", "section": "energy", "price": {"series": series}, **component}
    return {**metered(group), "price_sheet": {"title": "contract", "components": [own]}}


EVERY_HOUR = priced(*["0.5"] * 48)


def test_the_month_that_is_worked_out_by_hand_rounds_once() -> None:
    [found] = lines(bill(BY_HAND), "purchase")
    assert (str(found.amount), str(found.quantity), str(found.price)) == ("120.80", "380.00", "0.317895")
    assert found.band is None


def test_constant_prices_are_the_bill_of_one_price() -> None:
    by_hour = bill(two_days(EVERY_HOUR))
    at_once = bill(changed(two_days(EVERY_HOUR), {"price_sheet.components.0.price": "0.5"}))
    assert by_hour.total == at_once.total == Decimal("48.00")
    assert [(each.quantity, each.price, each.amount) for each in by_hour.lines] == [
        (each.quantity, each.price, each.amount) for each in at_once.lines
    ]


def test_days_before_the_meter_was_installed_need_no_price() -> None:
    """Two pieces of one line: the meter was installed with the second, and 48 half hours at 0.5 are 24.00."""
    data = two_days(priced(*["0.5"] * 24, start="2024-07-02T00:00:00+08:00"))
    [first] = data["agreement"]
    data["agreement"] = [first, {**first, "from": "2024-07-02", "basic": {"mode": "capacity"}}]
    data["metering_points"][0] |= {
        "config": [{"from": "2024-07-02", "meter": "A", "multiplier": "1", "digits": "4"}],
        "readings": [
            reading("2024-07-02", "installation", reactive_forward="0"),
            reading("2024-07-03", "closing", reactive_forward="0"),
        ],
    }
    told = {"start": "2024-07-02T00:00:00+08:00", "values": ["1"] * 48}
    found = bill(changed(data, {f"metering_points.0.intervals.{key}": each for key, each in told.items()}))
    assert [(str(each.amount), str(each.span)) for each in lines(found, "purchase")] == [
        ("24.00", "2024-07-01/2024-07-03")
    ]


@given(hours=st.lists(st.tuples(st.integers(0, 10**6), st.integers(-(10**6), 10**6)), min_size=24, max_size=24))
def test_each_interval_is_billed_once_at_its_price(hours: list[tuple[int, int]]) -> None:
    kwh = [Decimal(each).scaleb(-2) for each, _ in hours]
    price = [Decimal(each).scaleb(-4) for _, each in hours]
    told = {ENERGIES: [str(each) for each in kwh], VALUES: [str(each) for each in price]}
    found = line(bill(changed(BY_HAND, {**told, "metering_points.0.intervals.step": "60"})), "purchase")
    money = sum((energy * cost for energy, cost in zip(kwh, price, strict=True)), Decimal(0))
    assert found.amount == money.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert found.quantity == sum(kwh)


def test_one_price_more_costs_that_price_times_its_energy() -> None:
    more = changed(BY_HAND, {f"{VALUES}.3": "1.21"})  # 10 kWh at 1.21 instead of 0.21
    assert bill(more).total - bill(BY_HAND).total == Decimal("10.00")


def test_no_energy_costs_nothing_and_has_no_average() -> None:
    found = line(bill(changed(BY_HAND, {ENERGIES: ["0"] * 96})), "purchase")
    assert (found.amount, found.price) == (Decimal(0), Decimal(0))


def test_prices_below_zero_are_billed_and_a_bill_of_less_than_nothing_is_doubted() -> None:
    below = bill(changed(BY_HAND, {VALUES: ["-0.5"] * 24}))
    assert amounts(below, "purchase") == ["-190.00"]
    assert problems(below, ProblemCode.TOTAL_BELOW_ZERO)


@pytest.mark.parametrize(
    ("values", "start", "count", "first"),
    [
        (["0.5"] * 47, MIDNIGHT, "2", "2024-07-02T23:00:00+08:00"),
        (["0.5"] * 10 + [None] + ["0.5"] * 37, MIDNIGHT, "2", "2024-07-01T10:00:00+08:00"),
        (["0.5"] * 48, "2024-07-01T01:00:00+08:00", "2", MIDNIGHT),
        ([None] * 48, MIDNIGHT, "96", MIDNIGHT),
    ],
)
def test_an_interval_without_a_price_is_refused_and_never_filled(
    values: list[str | None], start: str, count: str, first: str
) -> None:
    found = refusal(two_days(priced(*values, start=start)))
    assert (found.code, found.facts["count"], found.facts["start"]) == (RefusalCode.PRICES_MISSING, count, first)
    assert "purchase has no price" in str(found) or "Energy purchase has no price" in str(found)


def test_the_same_instants_in_another_offset_are_the_same_prices() -> None:
    in_utc = changed(BY_HAND, {f"{SERIES}.start": "2024-06-30T16:00:00Z"})
    assert bill(in_utc).total == bill(BY_HAND).total


@pytest.mark.parametrize(
    ("series", "what"),
    [
        (priced(*["0.5"] * 192, step="15"), "series_finer"),
        (priced(*["0.5"] * 49, start="2024-06-30T23:45:00+08:00"), "series_not_aligned"),
    ],
)
def test_prices_that_cut_an_interval_of_energy_are_refused(series: Data, what: str) -> None:
    found = refusal(two_days(series))
    assert (found.code, found.facts["what"]) == (RefusalCode.NOT_SUPPORTED, what)


def test_prices_of_half_hours_that_begin_with_the_energies_of_theirs_are_billed() -> None:
    shifted = priced(*["0.5"] * 49, start="2024-06-30T23:30:00+08:00")
    assert bill(two_days(shifted)).total == Decimal("48.00")


def test_energy_that_no_intervals_tell_is_refused() -> None:
    data = two_days(EVERY_HOUR)
    del data["metering_points"][0]["intervals"]
    data["metering_points"][0]["given"] = {"kwh": {"total": "5"}}
    found = refusal(data)
    assert found.facts["what"] == "series_without_intervals"


def with_sub_meter(group: str, series_for: str) -> Data:
    data = two_days(EVERY_HOUR)
    child = {"id": "C1", "kind": "ratio", "group": "other", "value": "0.1"}
    groups = {"main": UNTIMED, "other": {**UNTIMED, "voltage": "<1kV"}}
    selected = {"for": {"voltage": "10kV" if series_for == "main" else "<1kV"}}
    rest = {"for": {"voltage": "<1kV" if series_for == "main" else "10kV"}}
    own = data["price_sheet"]["components"][0]
    components = [{**own, **selected}, {"code": "rest", "section": "energy", "price": "0.5", **rest}]
    return changed(
        data,
        {
            "agreement.0.groups": groups,
            "metering_points.0.children": [child],
            "price_sheet.components": components,
        },
    )


@pytest.mark.parametrize("series_for", ["main", "other"])
def test_energy_of_sub_meters_which_no_intervals_tell_is_refused_on_both_sides(series_for: str) -> None:
    found = refusal(with_sub_meter("other", series_for))
    assert (found.code, found.facts["what"]) == (RefusalCode.NOT_SUPPORTED, "series_of_parts")


def test_a_given_line_may_stand_for_prices_by_interval() -> None:
    stands = {"code": "settled", "section": "energy", "group": "main", "amount": "10.00", "supplies": ["purchase"]}
    found = bill({**two_days(priced("0.5")), "given": [stands]})
    assert amounts(found) == ["10.00"]


def test_a_total_by_interval_is_not_billed_beside_a_given_line_for_a_part_of_it() -> None:
    part = {"code": "fund", "section": "levies", "group": "main", "amount": "1.00"}
    found = refusal({**two_days(EVERY_HOUR, supplies=["fund"]), "given": [part]})
    assert (found.code, found.facts["component"]) == (RefusalCode.PRICE_PARTS_UNKNOWN, "purchase")
    back = {**part, "section": "refunds", "amount": "-1.00"}
    assert bill({**two_days(EVERY_HOUR, supplies=["fund"]), "given": [back]}).total == Decimal("47.00")


def test_a_total_of_which_the_power_factor_adjusts_a_part_is_refused() -> None:
    data = changed(
        two_days(EVERY_HOUR, supplies=["levies"]), {"agreement.0.supply_points.S1.power_factor_standard": "0.90"}
    )
    found = refusal({**data, "facts": {"S1": {"cosphi": "0.98"}}})
    assert found.code is RefusalCode.PRICE_PARTS_UNKNOWN


@pytest.mark.parametrize(("sections", "base"), [([], "48.00"), (["energy"], "0.00")])
def test_the_power_factor_adjusts_it_where_its_base_has_it(sections: list[str], base: str) -> None:
    exclude = {"power_factor": {"base": {"exclude": {"sections": [*sections, "levies", "refunds"]}}}}
    data = changed(
        two_days(EVERY_HOUR),
        {"agreement.0.supply_points.S1.power_factor_standard": "0.90", "conventions": exclude},
    )
    found = bill({**data, "facts": {"S1": {"cosphi": "0.98"}}})  # 0.98: -0.75 %
    adjusted = [each.amount for each in found.lines if each.section.value == "power_factor"]
    assert sum(adjusted, Decimal(0)) == (Decimal(base) * Decimal("-0.0075")).quantize(Decimal("0.01"))


MARKET = {**UNTIMED, "purchase": "market"}


def by_document(**changes: Any) -> Catalog:
    """The area's tariffs with a purchase price by hour, and what the customer's contract gives."""
    hourly = {"code": "purchase", "section": "energy", "price": {"series": EVERY_HOUR}, "for": {"purchase": "agent"}}
    given = {"code": "purchase", "section": "energy", "price": "given", "for": {"purchase": "market"}}
    return catalog(purchase=prices("purchase_price", [hourly, given]), **changes)


def test_a_document_tells_prices_by_interval_and_other_documents_the_rest() -> None:
    found = bill(metered(UNTIMED), by_document())
    assert amounts(found) == ["48.00", "9.60", "1.92"]
    assert "cn-test/purchase_price/2020-01-01" in {source.id for source in line(found, "purchase").sources}
    assert codes(found) == {"from_intervals"}


def test_a_contract_tells_prices_by_interval_of_what_a_document_leaves_to_it() -> None:
    data = {**metered(MARKET), "price_sheet": {"title": "contract", "series": {"purchase": EVERY_HOUR}}}
    found = bill(data, by_document())
    assert amounts(found) == ["48.00", "9.60", "1.92"]
    assert codes(found) == {"from_intervals"}


def test_a_change_that_leaves_the_prices_as_they_are_cuts_no_line() -> None:
    data = metered(UNTIMED)
    data["agreement"].append({**data["agreement"][0], "from": "2024-07-02"})
    assert amounts(bill(data, by_document()), "purchase") == ["48.00"]


def test_a_meter_that_is_there_later_counts_from_its_day_on() -> None:
    data = changed(metered(UNTIMED, start="2024-07-02T00:00:00+08:00", values=["1"] * 48), {
        "metering_points.0.config": [{"from": "2024-07-02", "meter": "A", "multiplier": "1", "digits": "4"}],
        "metering_points.0.readings": [
            reading("2024-07-02", "installation", total="0"), reading("2024-07-03", "closing", total="48"),
        ],
    })  # fmt: skip
    data["agreement"].append({**data["agreement"][0], "from": "2024-07-02"})
    assert amounts(bill(data, by_document()), "purchase") == ["24.00"]


def test_other_prices_from_a_day_on_are_a_line_of_their_own() -> None:
    dearer = {"code": "purchase", "section": "energy", "price": {"series": priced(*["0.75"] * 48)}}
    first = {**dearer, "price": {"series": EVERY_HOUR}}
    convention = {"price_by": {"purchase_price": "consumption_day"}}
    two = [prices("purchase_price", [first]), prices("purchase_price", [dearer], "2024-07-02")]
    found = bill({**metered(UNTIMED), "conventions": convention}, catalog(purchase=two))
    assert amounts(found, "purchase") == ["24.00", "36.00"]


def test_prices_of_other_days_are_told_where_the_request_brings_them() -> None:
    for series, at in (
        (priced(*["0.5"] * 72), "2024-07-03T00:00:00+08:00"),
        (priced(*["0.5"] * 72, start="2024-06-30T00:00:00+08:00"), "2024-06-30T00:00:00+08:00"),
    ):
        [told] = [
            each
            for each in problems(bill(two_days(series)), ProblemCode.STATED_WITHOUT_EFFECT)
            if "components" in each.where
        ]
        assert at in told.facts["key"]


def test_prices_by_interval_of_what_nobody_pays_are_told() -> None:
    data = {**metered(UNTIMED), "price_sheet": {"title": "contract", "series": {"nothing": EVERY_HOUR}}}
    [told] = [
        each for each in problems(bill(data), ProblemCode.STATED_WITHOUT_EFFECT) if each.where.endswith("nothing")
    ]
    assert told.severity is Severity.DOUBT


def test_one_component_has_one_kind_of_price() -> None:
    sheet = {"title": "contract", "series": {"purchase": EVERY_HOUR}, "prices": {"purchase": {"total": "1"}}}
    found = fault({**metered(MARKET), "price_sheet": sheet}, by_document())
    assert (found.code, found.facts["key"]) == (FaultCode.DUPLICATE_KEY, "purchase")


@pytest.mark.parametrize(
    "told",
    [
        {"quantity": "tier_kwh.1"},
        {"line": "energy"},
        {"tags": ["floats"]},
        {"round": {"price": "0.01"}},
        {"round_per": "band"},
        {"print_per": "band"},
    ],
)
def test_a_component_by_interval_has_no_other_shape(told: Data) -> None:
    found = fault(two_days(EVERY_HOUR, **told))
    assert (found.code, found.facts["reason"]) == (FaultCode.INCONSISTENT, "series_of_component")


def test_a_component_of_a_shared_line_has_no_prices_by_interval() -> None:
    given = {"code": "purchase", "section": "energy", "price": "given", "line": "energy"}
    data = {**metered(UNTIMED), "price_sheet": {"title": "contract", "series": {"purchase": EVERY_HOUR}}}
    found = fault(data, catalog(purchase=prices("purchase_price", [given])))
    assert (found.where, found.facts["reason"]) == ("/price_sheet/series/purchase", "series_of_component")


def test_a_group_that_no_metering_point_has_pays_none() -> None:
    data = two_days(EVERY_HOUR)
    data = changed(data, {"agreement.0.groups.other": UNTIMED})
    other = {"code": "extra", "section": "energy", "group": "other", "amount": "1.00"}
    found = bill({**data, "given": [other]})
    assert [(each.group, str(each.amount)) for each in found.lines] == [("main", "48.00"), ("other", "1.00")]


def test_a_time_of_use_customer_with_prices_by_interval_is_not_doubted_for_one_price() -> None:
    hourly = {"code": "purchase", "section": "energy", "price": {"series": EVERY_HOUR}}
    found = bill(metered(), timed(purchase=prices("purchase_price", [hourly])))
    assert amounts(found, "purchase") == ["48.00"]
    assert codes(found) == {"from_intervals"}


def test_its_bill_is_proved_by_its_data_and_another_average_is_found() -> None:
    data = proof("prices-by-hour")
    assert found_in(data) == []
    assert {code for _, code in found_in(data, is_open=True)} == {"computed_of"}
    assert found_in(put(data, "/lines/0/price", "0.4")) == [("/lines/0/price", "not_computed")]
    assert found_in(put(data, "/lines/0/quantity", "379"))
