"""From readings to the energy of each group, band and piece: exchange, rollover, given quantities, what is unread."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    LEVIES,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    codes,
    document,
    entry,
    fault,
    faults,
    line,
    point,
    prices,
    problems,
    quantities,
    reading,
    refusal,
    request,
)

NO_DEMAND = {"agreement.0.basic": {"mode": "exempt"}}


def read(*readings: Data, **changes: object) -> Data:
    """July 2024 of a shop whose meter has a total register and multiplier 100."""
    shop = {**SHOP, "time_of_use": False}
    points = {"S1": {"power_factor_standard": "none"}}
    agreement = [entry("2020-01-01", groups={"main": shop}, supply_points=points, basic={"mode": "exempt"})]
    return request(agreement=agreement, metering_points=[point(readings=list(readings), **changes)])


def kwh(data: Data) -> list[str]:
    return [str(energy) for bands in bill(data).kwh.values() for energy in bands.values()]


OPENING = reading("2024-07-01", "opening", total="100")


def test_energy_is_the_difference_of_two_readings_times_the_multiplier() -> None:
    answer = bill(read(OPENING, reading("2024-08-01", "closing", total="112.345")))
    energy = line(answer, "network_energy")
    assert (str(energy.quantity), energy.unit) == ("1235", "kWh")  # 1234.5 is rounded away from zero
    assert [step.term for step in energy.steps][:2] == [Term.READ_ENERGY, Term.METERED_ENERGY]


def test_each_run_is_rounded_to_the_step_of_the_convention() -> None:
    data = read(
        OPENING, reading("2024-07-11", "cut", total="100.005"), reading("2024-08-01", "closing", total="100.010")
    )
    assert kwh(data) == ["2"]  # 0.5 + 0.5, each rounded to 1
    assert kwh(changed(data, {"conventions.kwh.round.reading": "0.1"})) == ["1.0"]


def test_a_register_that_rolled_over_counted_through_zero() -> None:
    data = read(reading("2024-07-01", "opening", total="9990"), reading("2024-08-01", "closing", total="5"))
    found = fault(data)
    assert (found.code, found.where) == (FaultCode.CLOSING_BELOW_OPENING, "/metering_points/0/readings/1/total")
    assert found.facts == {"register": "total", "opening": "9990", "closing": "5"}
    rolled = changed(data, {"metering_points.0.readings.1.rollover": ["total"]})
    assert kwh(rolled) == ["1500"]
    shown = {"metering_points.0.readings.0.reactive_forward": "9990"}
    reactive = changed(request(), shown)
    reactive = changed(reactive, {"metering_points.0.readings.1.rollover": ["reactive_forward"]})
    assert str(bill(reactive).power_factors[0].reactive_kvarh) == "2200"
    fed_back = changed(rolled, {"metering_points.0.readings.0.active_reverse": "9999"})
    fed_back = changed(fed_back, {"metering_points.0.readings.1.active_reverse": "1"})
    fed_back = changed(fed_back, {"metering_points.0.readings.1.rollover": ["total", "active_reverse"]})
    assert problems(bill(fed_back), ProblemCode.ENERGY_FED_BACK)[0].facts["energy"] == "200"
    short = changed(rolled, {"metering_points.0.config.0.digits": "3"})
    assert {each.code for each in faults(short)} == {FaultCode.READING_ABOVE_METER, FaultCode.CLOSING_BELOW_OPENING}


def test_an_exchanged_meter_counts_with_its_own_multiplier() -> None:
    data = read(
        OPENING,
        reading("2024-07-11", "removal", total="105"),
        reading("2024-07-11", "installation", total="3"),
        reading("2024-08-01", "closing", total="13"),
        config=[
            {"from": "2024-07-11", "meter": "B", "multiplier": "40", "digits": "4"},
            {"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
        ],
    )
    assert kwh(data) == ["900"]  # 5 × 100 + 10 × 40


def test_a_meter_that_was_put_in_and_taken_out_on_one_day_counts_too() -> None:
    data = read(
        OPENING,
        reading("2024-07-11", "removal", total="105"),
        reading("2024-07-11", "installation", total="0"),
        reading("2024-07-11", "removal", total="0.02"),
        reading("2024-07-11", "installation", total="0"),
        reading("2024-08-01", "closing", total="1"),
        config=[
            {"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
            {"from": "2024-07-11", "meter": "B", "multiplier": "100", "digits": "4"},
        ],
    )
    assert kwh(data) == ["602"]


def test_a_meter_of_the_last_moment_counts_in_the_last_piece() -> None:
    dearer = [{"code": "fund", "section": "levies", "price": "0.03"}]
    tariffs = catalog(levies=[prices("levies", LEVIES), prices("levies", dearer, "2024-07-11")])
    data = read(
        OPENING,
        reading("2024-07-11", "cut", total="101"),
        reading("2024-08-01", "removal", total="103"),
        reading("2024-08-01", "installation", total="0"),
        reading("2024-08-01", "closing", total="0.5"),
    )
    assert quantities(bill(data, tariffs), "fund") == ["100", "250"]


# What is not read


def test_a_meter_that_was_put_in_is_read_from_then_on() -> None:
    data = read(
        reading("2024-07-11", "installation", total="0"),
        reading("2024-08-01", "closing", total="4"),
        config=[{"from": "2024-07-11", "meter": "A", "multiplier": "100", "digits": "4"}],
    )
    assert kwh(data) == ["400"]
    before = changed(data, {"metering_points.0.config.0.from": "2024-07-01"})
    assert refusal(before).code is RefusalCode.READING_MISSING


def test_a_meter_that_was_taken_out_is_read_until_then() -> None:
    data = read(OPENING, reading("2024-07-11", "removal", total="104"))
    assert kwh(data) == ["400"]
    followed = read(
        OPENING,
        reading("2024-07-11", "removal", total="104"),
        config=[
            {"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
            {"from": "2024-07-11", "meter": "B", "multiplier": "100", "digits": "4"},
        ],
    )
    assert refusal(followed).facts["start"] == "2024-07-11"


def test_a_meter_that_was_put_in_and_taken_out_within_the_month_is_read_in_between() -> None:
    data = read(
        reading("2024-07-11", "installation", total="0"),
        reading("2024-07-21", "removal", total="2"),
        config=[{"from": "2024-07-11", "meter": "A", "multiplier": "100", "digits": "4"}],
    )
    assert kwh(data) == ["200"]
    for_a_day = changed(data, {"metering_points.0.readings.1.at": "2024-07-11"})
    assert refusal(for_a_day).code is RefusalCode.READING_MISSING


def test_a_meter_that_changed_between_two_readings_is_refused() -> None:
    data = read(
        OPENING,
        reading("2024-08-01", "closing", total="110"),
        config=[
            {"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
            {"from": "2024-07-11", "meter": "B", "multiplier": "40", "digits": "4"},
        ],
    )
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.CHANGE_WITHOUT_READING, "/metering_points/0/readings")
    assert refused.facts == {"what": "the_meter", "day": "2024-07-11", "point": "M1"}


def test_everything_that_is_wrong_with_the_readings_is_found_at_once() -> None:
    data = read(
        reading("2024-07-05", "opening", total="1"),
        reading("2024-06-30", "cut", total="1"),
        reading("2024-08-02", "closing", total="1"),
        config=[{"from": "2024-07-01", "meter": "A", "multiplier": "1", "digits": "4"}] * 2,
    )
    assert [(each.code, each.where) for each in faults(data)] == [
        (FaultCode.READINGS_NOT_ORDERED, "/metering_points/0/readings"),
        (FaultCode.READING_OUTSIDE, "/metering_points/0/readings/1/at"),
        (FaultCode.READING_OUTSIDE, "/metering_points/0/readings/2/at"),
        (FaultCode.INCONSISTENT, "/metering_points/0/config/1/from"),
        (FaultCode.INCONSISTENT, "/metering_points/0/config/0/from"),
    ]


def test_all_registers_that_ran_backwards_are_found_at_once() -> None:
    data = changed(request(), {f"metering_points.0.readings.0.{register}": "99" for register in ("peak", "valley")})
    assert [each.where for each in faults(data)] == [
        "/metering_points/0/readings/1/peak",
        "/metering_points/0/readings/1/valley",
    ]


def test_readings_without_a_meter_are_found() -> None:
    found = fault(read(OPENING, reading("2024-08-01", "closing", total="110"), config=[]))
    assert (found.code, found.where) == (FaultCode.MISSING_KEY, "/metering_points/0/config")


# Which registers are billed


def test_a_group_without_time_of_use_is_billed_by_bands_where_there_is_no_total() -> None:
    data = changed(request(), {"agreement.0.groups.main": SHOP | {"time_of_use": False}, **NO_DEMAND})
    assert quantities(bill(data), "network_energy") == ["6000"]
    assert amounts(bill(data), "purchase") == ["3000.00"]


def with_total(total: str) -> Data:
    return changed(request(), {"metering_points.0.readings.0.total": "0", "metering_points.0.readings.1.total": total})


@pytest.mark.parametrize("total", ["66", "54"])
def test_a_total_that_differs_from_the_bands_is_reported(total: str) -> None:
    answer = bill(with_total(total))
    assert quantities(answer, "network_energy") == ["6000"]
    [problem] = problems(answer, ProblemCode.TOTAL_DIFFERS_FROM_BANDS)
    assert (problem.where, problem.facts["bands"]) == ("/metering_points/0", "6000")
    assert problem.facts["total"] == f"{total}00"
    assert codes(bill(with_total("60"))) == set()


STEP = {"demand": {"per_capacity": "1.2", "minutes": "15", "mean_tolerance": "0.05", "register_step": "0.01"}}
DATED = catalog(limits=document("plausibility", "1996-10-08", STEP))
"""Registers are read to 0.01, at a multiplier of 100: 1 kWh for each of four, and 1 kWh for what is rounded of each."""


@pytest.mark.parametrize(
    ("total", "severity", "other"),
    [
        ("60.08", Severity.NOTE, []),
        ("59.92", Severity.NOTE, []),
        # 9 kWh more in flat: 0.5 + 0.1 + 0.02 of each is 5.58, and −0.75 % of 5.40
        ("60.09", Severity.DOUBT, [("the total register", "5.54")]),
        # 100 kWh less: −62.00, and 0.45 of the power factor's
        ("59", Severity.DOUBT, [("the total register", "-61.55")]),
    ],
)
def test_beyond_its_last_digits_a_total_is_a_doubt_with_its_money(total: str, severity: Severity, other: Any) -> None:
    [problem] = problems(bill(with_total(total), DATED), ProblemCode.TOTAL_DIFFERS_FROM_BANDS)
    assert (problem.severity, [(each.value, str(each.difference)) for each in problem.alternatives]) == (
        severity,
        other,
    )


def test_where_the_total_is_billed_the_money_is_that_of_the_bands() -> None:
    data = changed(with_total("59"), {"conventions.kwh.source": "total"})
    [problem] = problems(bill(data, DATED), ProblemCode.TOTAL_DIFFERS_FROM_BANDS)
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("the bands", "61.55")]
    untimed = changed(with_total("59"), {"agreement.0.groups.main": SHOP | {"time_of_use": False}, **NO_DEMAND})
    untimed = changed(untimed, {"metering_points.0.not_installed": ["reactive_reverse"]})
    stated = catalog(limits=document("plausibility", "1996-10-08", STEP), conventions=None)
    [problem] = problems(bill(untimed, stated), ProblemCode.TOTAL_DIFFERS_FROM_BANDS)
    assert [each.value for each in problem.alternatives] == ["the bands"]


def test_the_decimals_of_the_meter_are_its_last_digit() -> None:
    one = changed(with_total("60.3"), {"metering_points.0.config.0.decimals": 1})  # 10 kWh for each of four
    [problem] = problems(bill(one, DATED), ProblemCode.TOTAL_DIFFERS_FROM_BANDS)
    assert problem.severity is Severity.NOTE
    two = changed(with_total("60.3"), {"metering_points.0.config.0.decimals": 2})
    [problem] = problems(bill(two, DATED), ProblemCode.TOTAL_DIFFERS_FROM_BANDS)
    assert problem.severity is Severity.DOUBT


def test_given_energies_may_be_a_rounding_of_each_apart() -> None:
    kwh = {"total": "6004", "peak": "1000", "flat": "2000", "valley": "3000"}
    data = changed(request(), {"metering_points.0.given.kwh": kwh, "metering_points.0.readings": []})
    data = changed(data, {"metering_points.0.given.kvarh.reactive_forward": "1200"})
    [problem] = problems(bill(data, DATED), ProblemCode.TOTAL_DIFFERS_FROM_BANDS)
    assert problem.severity is Severity.NOTE
    more = changed(data, {"metering_points.0.given.kwh.total": "6005"})
    [problem] = problems(bill(more, DATED), ProblemCode.TOTAL_DIFFERS_FROM_BANDS)
    assert problem.severity is Severity.DOUBT


@pytest.mark.parametrize("told", [{"kwh.source": "total"}, {"kwh.remainder": "flat"}])
def test_the_difference_goes_to_flat_where_the_convention_tells_so(told: dict[str, str]) -> None:
    [(key, value)] = told.items()
    answer = bill(changed(with_total("66"), {f"conventions.{key}": value}))
    assert quantities(answer, "purchase") == ["1000", "2600", "3000"]
    assert codes(answer) == {"total_differs_from_bands"}


def test_flat_is_what_the_total_leaves_where_its_register_is_not_installed() -> None:
    data = changed(with_total("66"), {"conventions.kwh.source": "total"})
    for each in data["metering_points"][0]["readings"]:
        del each["flat"]
    answer = bill(data)
    assert quantities(answer, "purchase") == ["1000", "2600", "3000"]
    assert codes(answer) == set()
    alone = changed(data, {})
    for each in alone["metering_points"][0]["readings"]:
        del each["peak"], each["valley"]
    assert refusal(alone).code is RefusalCode.ENERGY_NOT_MEASURED


def test_bands_above_the_total_leave_less_than_nothing_for_flat() -> None:
    refused = refusal(changed(with_total("39"), {"conventions.kwh.source": "total"}))
    assert (refused.code, refused.where) == (RefusalCode.NEGATIVE_ENERGY, "/metering_points")
    assert refused.facts == {"group": "main", "band": "flat", "energy": "-100"}
    assert quantities(bill(changed(with_total("40"), {"conventions.kwh.source": "total"})), "purchase") == [
        "1000",
        "0",
        "3000",
    ]


def test_a_time_of_use_meter_has_a_flat_register() -> None:
    data = request()
    for each in data["metering_points"][0]["readings"]:
        del each["flat"]
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.REGISTER_MISSING, "/metering_points/0")
    assert refused.facts == {"point": "M1", "register": "flat", "needed_by": "time of use"}


def test_a_meter_that_says_it_has_no_flat_register_and_shows_no_other_is_not_told_to_say_so() -> None:
    data = changed(request(), {"metering_points.0.not_installed": ["flat"]})
    for each in data["metering_points"][0]["readings"]:
        del each["peak"], each["flat"], each["valley"]
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.ENERGY_NOT_MEASURED, "/metering_points/0")
    assert "not_installed" not in str(refused)


def test_a_meter_that_says_it_has_no_flat_register_is_billed_by_the_others() -> None:
    data = changed(request(), {"metering_points.0.not_installed": ["flat"]})
    for each in data["metering_points"][0]["readings"]:
        del each["flat"]
    assert quantities(bill(data), "purchase") == ["1000", "3000"]


def test_a_meter_without_any_register_of_energy_is_refused() -> None:
    data = read(
        reading("2024-07-01", "opening", reactive_forward="1"), reading("2024-08-01", "closing", reactive_forward="2")
    )
    assert refusal(data).facts == {"point": "M1", "register": "total"}


# Given quantities


def test_given_energies_stand_for_readings_and_are_marked() -> None:
    given = {"kwh": {"peak": "10", "flat": "20.5", "valley": "30"}, "kvarh": {"reactive_forward": "5"}}
    answer = bill(changed(request(), {"metering_points.0.given": given}))
    assert quantities(answer, "purchase") == ["10", "20.5", "30"]
    assert [(each.where, each.facts["fact"]) for each in problems(answer, ProblemCode.GIVEN_FACT)] == [
        ("/metering_points/0/given/kwh", "kwh"),
        ("/metering_points/0/given/kvarh", "kvarh"),
    ]


def test_a_given_energy_stands_for_its_own_register_only() -> None:
    answer = bill(changed(request(), {"metering_points.0.given.kwh.flat": "7"}))
    assert quantities(answer, "purchase") == ["1000", "7", "3000"]


def test_given_energies_of_registers_that_are_none_are_found() -> None:
    given = {"kwh": {"reactive_forward": "1"}, "kvarh": {"peak": "1"}}
    found = faults(changed(request(), {"metering_points.0.given": given}))
    assert [(each.code, each.where) for each in found] == [
        (FaultCode.UNKNOWN_WORD, "/metering_points/0/given/kwh/reactive_forward"),
        (FaultCode.UNKNOWN_WORD, "/metering_points/0/given/kvarh/peak"),
    ]


def test_a_correction_is_taken_off_its_group_but_not_below_zero() -> None:
    other = point(id="M2", given={"kwh": {"peak": "-400", "flat": "0", "valley": "0"}})
    answer = bill(request(metering_points=[point(), other]))
    assert quantities(answer, "purchase") == ["600", "2000", "3000"]
    refused = refusal(changed(request(metering_points=[point(), other]), {"metering_points.1.given.kwh.peak": "-1001"}))
    assert refused.facts == {"group": "main", "band": "peak", "energy": "-1"}


def test_a_given_energy_is_split_by_days_where_its_price_changes() -> None:
    dearer = [{"code": "fund", "section": "levies", "price": "0.03"}]
    tariffs = catalog(levies=[prices("levies", LEVIES), prices("levies", dearer, "2024-07-11")])
    answer = bill(
        changed(request(), {"metering_points.0.given.kwh": {"peak": "0", "flat": "310", "valley": "0"}}), tariffs
    )
    assert quantities(answer, "fund") == ["100", "210"]
    assert [each.facts["day"] for each in problems(answer, ProblemCode.ENERGY_SPLIT_BY_DAYS)] == ["2024-07-11"]
