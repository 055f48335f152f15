"""The corrected energy of a month: its factor, its share, its bands."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from billcalc.corrections.energy import right_data, share_of_month
from billcalc.kernel.troubles import InvalidInput
from billcalc.metering.models import Register
from billcalc.words.lexicon import CHINESE, ENGLISH
from billcalc.words.saying import sentence
from tests.corrections.cases import case_of, catalog, month, rebilled

JANUARY = {"from": "2023-01-01", "to": "2023-02-01"}
ERROR: dict[str, Any] = {"cause": "meter_error", "error": "-0.2"}
PEAK, FLAT, VALLEY, TOTAL = Register.PEAK, Register.FLAT, Register.VALLEY, Register.TOTAL


def added(case: Any) -> dict[str, str]:
    [energy] = [each.energy for each in rebilled(case).months]
    assert energy is not None
    return {register.value: f"{kwh:f}" for register, kwh in energy.added.items()}


def test_half_of_what_a_slow_meter_missed_is_added_band_by_band() -> None:
    """1,000, 600 and 400 kWh at −20 %: ÷ 0.8 is a quarter more, and half of that is 125, 75 and 50."""
    assert added(case_of(**ERROR, **JANUARY)) == {"peak": "125", "flat": "75", "valley": "50"}


def test_bands_that_are_told_share_the_energy_that_is_added() -> None:
    bands = {"peak": "0.5", "flat": "0", "valley": "0.5"}

    assert added(case_of(**ERROR, **JANUARY, bands=bands)) == {"peak": "125", "flat": "0", "valley": "125"}


def test_a_part_of_a_month_is_corrected_by_its_days() -> None:
    """From 21 January on 11 of 31 days: 250 × 11/31 = 88.7."""
    assert sum(map(int, added(case_of(**ERROR, **{**JANUARY, "from": "2023-01-21"})).values())) == 89


def test_a_normal_month_stands_in_for_what_was_not_measured() -> None:
    told = {"cause": "not_measured", "normal_kwh": {"peak": "1500", "flat": "600", "valley": "300"}}

    assert added(case_of(**told, **JANUARY)) == {"peak": "500", "flat": "0", "valley": "-100"}


def test_a_total_register_beside_the_bands_gets_their_sum() -> None:
    request = month()
    for reading, shown in zip(request["metering_points"][0]["readings"], ("0", "200"), strict=True):
        reading["total"] = shown

    assert added(case_of(request, **ERROR, **JANUARY))["total"] == "250"


def test_the_energies_added_in_all_months_sum_to_the_rounded_whole() -> None:
    """Three months of 10 kWh at −25 %: half of a third more is 1.67 a month and 5 in all."""
    months = [month(number, ("1", "0", "0")) for number in (3, 1, 2)]
    found = rebilled(case_of(*months, cause="meter_error", error="-0.25", **{**JANUARY, "to": "2023-04-01"}))

    assert [energy.sums[1] for each in found.months if (energy := each.energy)] == [2, 1, 2]


def test_the_later_half_of_the_days_is_corrected_where_the_case_says_so() -> None:
    case = case_of(month(), month(2), **ERROR, half="后一半日期", **{**JANUARY, "to": "2023-03-01"})
    shares = [share_of_month(case, each.billed.period.span, Decimal("0.5")) for each in case.months]

    assert shares == [Fraction(3, 62), Fraction(1)]  # 59 days, of which the later 29.5 begin on 30 January at noon


def test_a_meter_at_which_no_energy_is_added_keeps_its_request() -> None:
    found = rebilled(case_of(month(1, ("0", "0", "0")), **ERROR, **JANUARY))

    assert found.changed == ()


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"cause": "wiring", "wiring": {"system": "三相四线", "elements": ["正常", "反接", "断开"]}}, "/wiring"),
        ({"cause": "mixed_ratios", "ratios": {"settled": "30", "phases": ["30", "-30", "-30"]}}, "/ratios"),
    ],
)
def test_a_meter_that_counted_nothing_or_backwards_has_no_factor(told: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidInput, match="a meter counts nothing, or backwards") as raised:
        rebilled(case_of(**told, **JANUARY))

    assert raised.value.faults[0].where == where


def test_a_factor_that_was_measured_stands_for_a_wiring() -> None:
    assert added(case_of(cause="voltage_lost", factor="1.5", **JANUARY)) == {
        "peak": "500",
        "flat": "300",
        "valley": "200",
    }


def test_a_point_is_told_where_there_are_several() -> None:
    request = month()
    request["metering_points"].append({**request["metering_points"][0], "id": "M2"})

    with pytest.raises(InvalidInput, match='the key "point" is missing'):
        rebilled(case_of(request, **ERROR, **JANUARY))
    with pytest.raises(InvalidInput, match='there is no metering point "M3"'):
        rebilled(case_of(request, **ERROR, **JANUARY, point="M3"))
    [corrected] = rebilled(case_of(request, **ERROR, **JANUARY, point="M2")).months
    assert corrected.energy is not None
    assert corrected.energy.point == "M2"


def test_a_month_that_was_read_within_is_told_in_parts() -> None:
    request = month()
    agreed = request["agreement"][0]
    request["agreement"].append({**agreed, "from": "2023-01-16"})
    request["agreement"][1]["groups"] = {"main": {**agreed["groups"]["main"], "class": "large_industrial"}}
    readings = request["metering_points"][0]["readings"]
    readings.insert(1, {"at": "2023-01-16", "kind": "cut", "peak": "1", "flat": "1", "valley": "1"})

    with pytest.raises(InvalidInput, match="tell the parts of the month as months of their own") as raised:
        rebilled(case_of(request, **ERROR, **JANUARY))
    assert raised.value.faults[0].where == "/months/0/billed/metering_points/0/readings"


def test_what_is_right_stands_in_the_place_of_all_that_was_there() -> None:
    case = case_of(cause="price", right={"price_sheet.components.0.price": "0.9", "price_sheet.not_charged": None})
    data = right_data(case.months[0].billed, case.right)

    assert data["price_sheet"]["components"][0]["price"] == "0.9"
    assert "not_charged" not in data["price_sheet"]
    assert data["metering_points"][0]["readings"][1]["peak"] == "100"
    assert catalog().version


def total_month() -> dict[str, Any]:
    """A month of 2,000 kWh at 0.8 that are counted by a total alone."""
    request = month()
    request["agreement"][0]["groups"]["main"]["time_of_use"] = False
    request["price_sheet"]["components"][0]["price"] = "0.8"
    request["metering_points"][0]["readings"] = [
        {"at": "2023-01-01", "kind": "opening", "total": "0"},
        {"at": "2023-02-01", "kind": "closing", "total": "200"},
    ]
    return request


NORMAL = {"peak": "1500", "flat": "600", "valley": "300"}


@pytest.mark.parametrize(
    ("request_", "told", "where"),
    [
        (month(), {"normal_kwh": {"total": "3000"}}, "/normal_kwh"),
        (month(), {"normal_kwh": {"peak": "3000"}}, "/normal_kwh"),
        (month(), {"normal_kwh": {}}, "/normal_kwh"),
        (month(), {"normal_kwh": {**NORMAL, "total": "9000"}}, "/normal_kwh"),
        (total_month(), {"normal_kwh": NORMAL}, "/normal_kwh"),
        (month(), {"normal_kwh": {"peak": "3000"}, "bands": {"peak": "1"}}, "/normal_kwh"),
        (month(), {"normal_kwh": NORMAL, "bands": {"total": "1"}}, "/bands"),
        (month(), {"normal_kwh": NORMAL, "bands": {"total": "0.5", "peak": "0.5"}}, "/bands"),
    ],
)
def test_energy_is_told_by_the_registers_that_are_billed(
    request_: dict[str, Any], told: dict[str, Any], where: str
) -> None:
    """A total beside bands would bill the bands at nothing, and bands beside a total the total."""
    with pytest.raises(InvalidInput) as raised:
        rebilled(case_of(request_, cause="not_measured", **told, **JANUARY))
    [fault] = raised.value.faults
    assert fault.where == where
    is_banded = "peak" in request_["metering_points"][0]["readings"][0]
    counted, zh = ("peak, flat, valley", "峰、平、谷") if is_banded else ("total", "总")
    assert f"is billed by {counted}: tell each of them" in sentence(ENGLISH, fault.code, fault.facts)
    assert f"按 {zh} 计费" in sentence(CHINESE, fault.code, fault.facts)


def test_a_total_of_a_normal_month_is_for_a_total_or_shared_among_bands() -> None:
    """3,000 − 2,000 = 1,000 kWh, of which the peak has six tenths."""
    told = {"cause": "not_measured", "normal_kwh": {"total": "3000"}, **JANUARY}
    shares = {"peak": "0.6", "flat": "0.4"}
    with_total = month()
    for reading, shown in zip(with_total["metering_points"][0]["readings"], ("0", "200"), strict=True):
        reading["total"] = shown

    assert added(case_of(total_month(), **told)) == {"total": "1000"}
    assert added(case_of(total_month(), **told, bands={"total": "1"})) == {"total": "1000"}
    assert added(case_of(month(), **told, bands=shares)) == {"peak": "600", "flat": "400"}
    assert added(case_of(with_total, **told, bands=shares)) == {"peak": "600", "flat": "400", "total": "1000"}
