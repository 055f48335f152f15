"""What a segment lost by each method, computed by hand."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.sources import Evidence
from tests.billing.cases import Data, bill, changed, entry, fault, point, reading, refusal, request, transformer
from tests.billing.losses.lost import (
    COEFFICIENT,
    FIXED,
    FORMULA,
    SHARE,
    T1,
    TABLE,
    kwh_billed,
    kwh_lost,
    low,
    supply_point,
)

TRANSFORMER = "metering_points.0.losses.transformer"


def by(method: Data, **changes: Any) -> Data:
    return low({"transformer": {**method, **changes}})


# By formula


def test_the_formula_adds_iron_by_the_hours_and_copper_by_the_squares() -> None:
    billed = bill(by(FORMULA))
    assert kwh_lost(billed) == [("173", "792")]
    assert kwh_billed(billed) == {"peak": "1029", "flat": "2057", "valley": "3087"}
    assert billed.losses[0].transformer_kwh == Decimal(173)
    assert billed.losses[0].line_kwh is None


def test_losses_count_in_the_power_factor_with_their_reactive_part() -> None:
    [fact] = bill(by(FORMULA)).power_factors
    assert (fact.active_kwh, fact.reactive_kvarh, fact.cosphi) == (Decimal(6173), Decimal(1992), Decimal("0.95"))


def test_losses_count_in_a_power_factor_by_registers_too() -> None:
    total = {"metering_points.0.readings.0.total": "0", "metering_points.0.readings.1.total": "60"}
    data = changed(by(FORMULA), {**total, "conventions.power_factor.active": "total"})
    [fact] = bill(data).power_factors
    assert (fact.active_kwh, fact.reactive_kvarh) == (Decimal(6173), Decimal(1992))


def test_transformers_side_by_side_share_the_load_by_their_capacities() -> None:
    two = {"T1": T1, "T2": {"p0_kw": "0.3", "pk_kw": "2", "i0_percent": "1", "uk_percent": "4"}}
    points = {"S1": supply_point(transformer(kva="50"), transformer("T2", "100"))}
    data = changed(by(FORMULA, transformers=two), {"agreement.0.supply_points": points})
    # iron (0.2 + 0.3) × 744 = 372; copper 1.2 × 3 × 37440000 ÷ (150² × 744) = 8.051613
    # kvarh (1 + 1) × 744 = 1488; 1.2 × (2 + 4) × 37440000 ÷ (150² × 744) = 16.103226
    assert kwh_lost(data) == [("380", "1504")]


def test_a_transformer_that_is_not_named_loses_nothing_here() -> None:
    points = {"S1": supply_point(transformer(kva="50"), transformer("T2", "100"))}
    assert kwh_lost(changed(by(FORMULA), {"agreement.0.supply_points": points})) == [("173", "792")]


def test_stated_running_hours_go_before_those_of_the_days() -> None:
    # 0.2 × 720 = 144; 1.2 × 37440000 ÷ (2500 × 720) = 24.96; kvarh 720 + 49.92
    assert kwh_lost(low({"transformer": FORMULA, "hours": "720"})) == [("169", "770")]


def test_without_a_reactive_meter_a_power_factor_is_assumed() -> None:
    method = {**FORMULA, "assumed_cosphi": "0.8"}
    data = low({"transformer": method}, {"agreement.0.supply_points": {"S1": supply_point(standard="none")}})
    for number in (0, 1):
        del data["metering_points"][0]["readings"][number]["reactive_forward"]
    # 6000² ÷ 0.8² = 56250000; 1.2 × 56250000 ÷ (2500 × 744) = 36.290323; 148.8 + 36.290323 = 185.090323
    assert kwh_lost(data) == [("185", "817")]
    del data["metering_points"][0]["losses"]["transformer"]["assumed_cosphi"]
    missing = fault(data)
    assert (missing.code, missing.where) == (FaultCode.MISSING_KEY, "/metering_points/0/losses/transformer")
    assert missing.facts["key"] == "assumed_cosphi"


def test_both_reactive_directions_load_the_transformer_as_the_power_factor_counts_them() -> None:
    shown = {
        "metering_points.0.readings.0.reactive_reverse": "0",
        "metering_points.0.readings.1.reactive_reverse": "5",
        "conventions.power_factor.reactive": ["reactive_forward", "reactive_reverse"],
    }
    # 6000² + 1700² = 38890000; 1.2 × 38890000 ÷ 1860000 = 25.090323; kvarh 744 + 50.180645 + 0
    assert kwh_lost(changed(by(FORMULA), shown)) == [("174", "794")]


def test_a_month_that_the_agreement_cuts_loses_by_the_hours_and_the_energy_of_each_part() -> None:
    later = {"S1": supply_point(transformer(kva="50"), transformer("T2", "50", "suspended"))}
    data = changed(
        by(FORMULA),
        {
            "agreement": [low(None)["agreement"][0], entry("2024-07-11", supply_points=later)],
            "metering_points.0.readings": [
                point()["readings"][0],
                reading("2024-07-11", "cut", peak="6", flat="12", valley="12", reactive_forward="2"),
                point()["readings"][1],
            ],
        },
    )
    # 10 days: 0.2 × 240 = 48; 1.2 × (3000² + 200²) ÷ (2500 × 240) = 18.08. kvarh 240 + 36.16
    # 21 days: 0.2 × 504 = 100.8; 1.2 × (3000² + 1000²) ÷ (2500 × 504) = 9.52381. kvarh 504 + 19.047619
    billed = bill(data)
    assert kwh_lost(billed) == [("66", "276"), ("110", "523")]
    assert [str(loss.span) for loss in billed.losses] == ["2024-07-01/2024-07-11", "2024-07-11/2024-08-01"]


def test_a_transformer_that_is_suspended_loses_nothing_from_then_on() -> None:
    two = {"T1": T1, "T2": T1}
    first = supply_point(transformer(kva="50"), transformer("T2", "50"))
    data = changed(
        by(FORMULA, transformers=two),
        {
            "agreement": [
                entry("2020-01-01", supply_points={"S1": first}),
                entry("2024-07-11", supply_points={"S1": supply_point()}),
            ],
        },
    )
    billed = bill(data)
    # 10 of 31 days, 1936 kWh and 387 kvarh: 0.4 × 240 = 96; 1.2 × 2 × (1936² + 387²) ÷ (100² × 240) = 3.897865
    # 21 days, 4064 kWh and 813 kvarh, T1 alone: 0.2 × 504 = 100.8; 1.2 × (4064² + 813²) ÷ (50² × 504) = 16.359109
    assert [loss.kwh for loss in billed.losses] == [Decimal(100), Decimal(117)]


def test_energy_that_was_counted_while_no_transformer_ran_is_refused() -> None:
    at_rest = {"S1": supply_point(transformer(kva="50", state="suspended"))}
    data = changed(by(FORMULA), {"agreement.0.supply_points": at_rest, "agreement.0.basic.mode": "exempt"})
    refused = refusal(data)
    assert (refused.code, refused.where) == (
        RefusalCode.TRANSFORMERS_AT_REST,
        "/metering_points/0/losses/transformer",
    )
    still = changed(
        data, {"metering_points.0.readings.1": point()["readings"][0] | {"at": "2024-08-01", "kind": "closing"}}
    )
    assert kwh_lost(still) == []


def test_a_plant_that_stands_still_loses_its_iron_which_flat_takes() -> None:
    still = {"metering_points.0.readings.1": point()["readings"][0] | {"at": "2024-08-01", "kind": "closing"}}
    billed = bill(changed(by(FORMULA), still))
    assert kwh_lost(billed) == [("149", "744")]
    assert kwh_billed(billed) == {"peak": "0", "flat": "149", "valley": "0"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("load_shape", "0.99"), ("assumed_cosphi", "0"), ("assumed_cosphi", "1.01")],
)
def test_numbers_that_no_load_has_are_faults(key: str, value: str) -> None:
    data = by(FORMULA, **{key: value})
    if key == "assumed_cosphi":
        data = changed(data, {"agreement.0.supply_points": {"S1": supply_point(standard="none")}})
        for number in (0, 1):
            del data["metering_points"][0]["readings"][number]["reactive_forward"]
    found = fault(data)
    assert (found.code, found.where) == (FaultCode.OUT_OF_RANGE, f"/metering_points/0/losses/transformer/{key}")


def test_a_capacity_and_hours_of_nothing_are_faults() -> None:
    none = {"agreement.0.supply_points": {"S1": supply_point(transformer(kva="0"))}, "agreement.0.basic.mode": "exempt"}
    assert fault(changed(by(FORMULA), none)).where == "/agreement/0/supply_points/S1/transformers/0/kva"
    assert fault(low({"transformer": FORMULA, "hours": "0"})).where == "/metering_points/0/losses/hours"


def test_the_loss_of_energy_below_zero_is_not_known() -> None:
    estimated = {
        "metering_points.0.readings": [
            reading("2024-07-01", "estimated", peak="10", flat="20", valley="30", reactive_forward="0"),
            reading("2024-08-01", "closing", peak="10", flat="20", valley="29", reactive_forward="12"),
        ]
    }
    refused = refusal(changed(by(FORMULA), estimated))
    assert (refused.code, refused.facts["energy"]) == (RefusalCode.LOSS_OF_NEGATIVE_ENERGY, "-100")


def test_what_the_power_factor_does_not_need_may_be_unknown() -> None:
    known = {"T1": {"p0_kw": "0.2", "pk_kw": "1"}}
    data = by(FORMULA, transformers=known)
    found = fault(data)
    assert (found.code, found.facts["key"]) == (FaultCode.MISSING_KEY, "i0_percent")
    assert found.where == "/metering_points/0/losses/transformer/transformers/T1"
    unassessed = {"agreement.0.supply_points": {"S1": supply_point(standard="none")}}
    assert kwh_lost(changed(data, unassessed)) == [("173", None)]
    for given in ({"cosphi": "0.95"}, {"power_factor_ratio": "0"}):
        assert kwh_lost(changed(data, {"facts": {"S1": given}})) == [("173", None)]


# By coefficient


def test_the_coefficient_takes_copper_as_a_share_by_the_load() -> None:
    # load 6000 ÷ (50 × 744) = 0.161…: 148.8 + 2 % of 6000 = 268.8; kvarh 744 + 3 × 120
    assert kwh_lost(by(COEFFICIENT)) == [("269", "1104")]
    # of a usable tenth: 6000 ÷ 3720 is above 0.4, so 3 %: 148.8 + 180; kvarh 744 + 540
    assert kwh_lost(by(COEFFICIENT, usable="0.1")) == [("329", "1284")]


def test_a_load_at_the_limit_takes_the_lower_share() -> None:
    # 50 × 0.4 × usable × 744 = 6000
    steps = [{"up_to_load": "0.5", "share": "0.02"}, {"share": "0.03"}]
    at = low({"transformer": {**COEFFICIENT, "copper": steps}, "hours": "240"})  # 0.5 × 50 × 240 = 6000
    assert kwh_lost(at) == [("168", "600")]
    above = low({"transformer": {**COEFFICIENT, "copper": steps}, "hours": "239.9"})
    assert kwh_lost(above) == [("228", "780")]


def test_a_coefficient_without_reactive_copper_tells_no_reactive_loss() -> None:
    method = {key: value for key, value in COEFFICIENT.items() if key != "reactive_copper"}
    assert fault(low({"transformer": method})).facts["key"] == "reactive_copper"
    unassessed = {"agreement.0.supply_points": {"S1": supply_point(standard="none")}}
    assert kwh_lost(low({"transformer": method}, unassessed)) == [("269", None)]


# By table


@pytest.mark.parametrize(("peak", "lost"), [("0", ("150", "700")), ("10", ("170", "750")), ("10.01", ("200", "800"))])
def test_a_table_is_read_in_the_band_of_the_energy(peak: str, lost: tuple[str, str]) -> None:
    assert kwh_lost(changed(by(TABLE), {"metering_points.0.readings.1.peak": peak})) == [lost]


def test_a_table_is_of_whole_months() -> None:
    one, other = (entry(day, basic={"mode": mode}, supply_points={"S1": supply_point()})
                  for day, mode in (("2020-01-01", "capacity"), ("2024-07-11", "exempt")))  # fmt: skip
    refused = refusal(changed(by(TABLE), {"agreement": [one, other]}))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/metering_points/0/losses/transformer")


def test_a_table_without_kvarh_is_enough_where_no_power_factor_needs_it() -> None:
    data = by({**TABLE, "bands": [{"kwh": "170"}]})
    assert fault(data).facts["key"] == "kvarh"
    assert kwh_lost(changed(data, {"agreement.0.supply_points": {"S1": supply_point(standard="none")}})) == [
        ("170", None)
    ]


# By agreement


def test_a_fixed_loss_is_of_the_month_and_of_a_part_of_it_by_days() -> None:
    assert kwh_lost(by(FIXED)) == [("310", "620")]
    data = changed(by(FIXED), {"period.to": "2024-07-11", "metering_points.0.readings.1.at": "2024-07-11"})
    assert kwh_lost(data) == [("100", "200")]


def test_the_parts_of_a_fixed_loss_sum_to_the_month() -> None:
    cut = [entry(day, supply_points={"S1": supply_point()}, basic={"mode": mode}) for day, mode in (
        ("2020-01-01", "capacity"), ("2024-07-11", "exempt"), ("2024-07-22", "capacity"))]  # fmt: skip
    data = changed(by({**FIXED, "kwh": "100", "kvarh": "50"}), {"agreement": cut})
    assert kwh_lost(data) == [("32", "16"), ("36", "18"), ("32", "16")]


def test_a_share_is_of_the_active_and_of_the_reactive_energy() -> None:
    assert kwh_lost(by(SHARE)) == [("90", "120")]


def test_a_share_above_one_is_a_percentage_written_as_a_number() -> None:
    found = fault(by(SHARE, share="1.5"))
    assert (found.code, found.where) == (FaultCode.OUT_OF_RANGE, "/metering_points/0/losses/transformer/share")


@pytest.mark.parametrize(("method", "key"), [(FIXED, "kvarh"), (SHARE, "reactive_share")])
def test_an_agreed_loss_tells_its_reactive_part_where_a_power_factor_needs_it(method: Data, key: str) -> None:
    data = by({name: value for name, value in method.items() if name != key})
    assert fault(data).facts["key"] == key
    [(_, kvarh)] = kwh_lost(changed(data, {"agreement.0.supply_points": {"S1": supply_point(standard="none")}}))
    assert kvarh is None


def test_a_loss_rests_on_the_request() -> None:
    assert Evidence.GIVEN in {source.evidence for source in bill(by(COEFFICIENT)).losses[0].sources}


def test_no_loss_makes_the_bill_of_the_high_side() -> None:
    high = bill(request(agreement=[entry("2020-01-01", supply_points={"S1": supply_point()})]))
    none = bill(by({"method": "none"}))
    assert (none.lines, none.total, none.losses) == (high.lines, high.total, ())


def test_stated_hours_are_those_of_a_full_month() -> None:
    part = {"period.to": "2024-07-11", "metering_points.0.readings.1.at": "2024-07-11"}
    # 744 × 10 ÷ 31 = 240 hours: 48 + 1.2 × 37440000 ÷ (2500 × 240) = 74.88; kvarh 240 + 149.76
    assert kwh_lost(low({"transformer": FORMULA, "hours": "744"}, part)) == [("123", "390")]


def test_a_day_that_is_free_has_nothing_of_a_monthly_loss() -> None:
    data = low({"transformer": FIXED}, {"conventions.basic.first_day": "free"})
    data["metering_points"][0]["config"][0]["from"] = "2024-07-31"
    data["metering_points"][0]["readings"][0] |= {"at": "2024-07-31", "kind": "installation"}
    assert kwh_lost(data) == [("0", "0")]
