"""Load in the valley and reactive energy compensated: by the bills of months that tell other energies."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.advice.basic import NotAdvised
from billcalc.advice.compensating import most_reactive
from billcalc.advice.shifting import Shift
from billcalc.advice.uses import Compensation, Shifted, Step, compensations, shifted
from billcalc.billing.bill import Bill
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.kernel.values import Rounding, cosphi
from tests.advice.cases import asked, month, tariffs
from tests.billing.cases import (
    CONVENTIONS,
    SHOP,
    Data,
    bill,
    catalog,
    changed,
    conventions,
    entry,
    reading,
    request,
)

HUNDREDTH = Rounding(Decimal("0.01"))
MUCH = {"metering_points.0.readings.1.reactive_forward": "50"}  # 5,000 kvarh: cosφ 6000 ÷ 7810 = 0.77


def of_month(data: Data, how: Shift | None = None) -> Shifted:
    return shifted(asked([data])[0], how or Shift(), tariffs())


def scopes(data: Data, among: Any = None) -> tuple[Compensation, ...]:
    return compensations(asked([data])[0], among or tariffs())


def saved(before: Bill, step: Step) -> Decimal:
    assert step.rebilled is not None
    return before.total - step.rebilled.bill.total


def test_a_hundredth_of_the_peak_moves_into_the_valley_at_the_difference_of_their_prices() -> None:
    data = month(0, "500")
    found = of_month(data)
    assert found.moved == 10  # of 1,000 kWh
    assert found.rebilled is not None
    # 10 × (0.8 − 0.2) = 6.00; and 0.75 % of 32,994.00, 247.46, is given back where it was 247.50 of 33,000.00
    assert bill(data).total - found.rebilled.bill.total == Decimal("5.96")
    assert found.rebilled.changes == {
        "/metering_points/0/given/kwh/peak": "990",
        "/metering_points/0/given/kwh/flat": "2000",
        "/metering_points/0/given/kwh/valley": "3010",
    }


def test_so_many_kilowatt_hours_move_as_far_as_there_are_so_many() -> None:
    data = month(0, "500")
    assert of_month(data, Shift(kwh=Decimal(250))).moved == 250
    everything = of_month(data, Shift(kwh=Decimal(99999)))
    assert everything.moved == 1000
    assert everything.rebilled is not None
    assert everything.rebilled.changes["/metering_points/0/given/kwh/peak"] == "0"


def test_each_meter_and_band_gives_its_share() -> None:
    data = month(0, "500")
    sharp = changed(data, {"metering_points.0.readings.0.sharp": "0", "metering_points.0.readings.1.sharp": "30"})
    among = catalog()
    beside = {
        **sharp["metering_points"][0],
        "id": "M2",
        "config": [{"from": "2020-01-01", "meter": "B", "multiplier": "100", "digits": "4"}],
    }
    both = {**sharp, "metering_points": [sharp["metering_points"][0], beside]}
    prices = {
        "title": "own",
        "instead_of": ["purchase_price"],
        "components": [
            {
                "code": "purchase",
                "section": "energy",
                "price": {"bands": {"sharp": "1.0", "peak": "0.8", "flat": "0.5", "valley": "0.2"}},
            }
        ],
    }
    found = shifted(asked([{**both, "price_sheet": prices}])[0], Shift(kwh=Decimal(400)), among)
    assert found.rebilled is not None
    told = found.rebilled.changes  # 3,000 sharp and 1,000 peak at each meter: 300 and 100, of two meters half of that
    assert [told[f"/metering_points/{number}/given/kwh/{band}"] for number in (0, 1) for band in ("sharp", "peak", "valley")] == [
        "2850", "950", "3200", "2850", "950", "3200"]  # fmt: skip


def test_a_meter_without_bands_has_nothing_to_move() -> None:
    total = [reading("2024-07-01", "opening", total="0"), reading("2024-08-01", "closing", total="60")]
    shop = request(agreement=[entry("2020-01-01", groups={"main": {**SHOP, "time_of_use": False}}, basic={"mode": "exempt"},
                   supply_points={"S1": {"power_factor_standard": "none"}})])  # fmt: skip
    data = changed(shop, {"metering_points.0.readings": total})
    assert of_month(data) == Shifted(Decimal(0), None, NotAdvised.NO_BANDS)
    assert scopes(data) == ()


def test_bands_that_are_not_priced_apart_have_nothing_to_move() -> None:
    alike = changed(month(0, "500"), {"agreement.0.groups.main.time_of_use": False})
    assert of_month(alike).why is NotAdvised.NO_BANDS


def test_a_month_that_is_cut_is_not_told() -> None:
    cut = month(0, "500", agreement=[entry("2020-01-01"), entry("2024-07-11", basic={"mode": "exempt"})])
    middle = {**cut["metering_points"][0]["readings"][0], "at": "2024-07-11", "kind": "cut"}
    cut["metering_points"][0]["readings"].insert(1, middle)
    assert of_month(cut).why is NotAdvised.READ_WITHIN
    [found] = scopes(cut)
    assert (found.why, found.steps) == (NotAdvised.READ_WITHIN, ())


def test_the_standard_and_the_best_step_tell_the_kvar_and_the_money() -> None:
    data = month(0, "500", **MUCH)
    before = bill(data, tariffs())
    [found] = scopes(data)
    assert (str(found.active), str(found.reactive), str(found.cosphi)) == ("6000", "5000", "0.77")
    standard, best = found.steps
    # 0.895 is the least that is rounded to 0.90: tan = √(1 ÷ 0.895² − 1) = 0.49841…, × 6000 = 2990.47: 2,990 may be left
    assert (str(standard.target), str(standard.kvarh), standard.kvar) == ("0.90", "2010", 3)  # ÷ 744 h = 2.70
    assert (best.target, best.kvar) == (Decimal("0.95"), 4)
    # the base is 2400.00 + 600.00 + 30000.00: + 6.5 % at 0.77, nothing at 0.90, − 0.75 % at 0.95
    assert (saved(before, standard), saved(before, best)) == (Decimal("2145.00"), Decimal("2392.50"))


def test_a_step_that_is_reached_changes_nothing() -> None:
    [found] = scopes(month(0, "500"))  # cosφ 0.98
    assert [(str(step.kvarh), step.kvar, step.rebilled) for step in found.steps] == [("0", 0, None)] * 2


def test_a_step_that_losses_alone_keep_out_of_reach_is_not_told() -> None:
    fixed = {"transformer": {"method": "fixed", "kwh": "310", "kvarh": "2500"}}
    data = month(0, "500", **MUCH, **{"metering_points.0.side": "low", "metering_points.0.losses": fixed})
    [found] = scopes(data)
    # 6,310 kWh: 3,144 kvarh may be left at 0.90 (× 0.49841…), 2,183 at 0.95 (× 0.34612…), and 2,500 are lost
    assert [(str(step.target), str(step.kvarh)) for step in found.steps] == [("0.90", "4356")]  # 5,000 − 644
    assert found.why is NotAdvised.LOST


def test_each_register_keeps_its_share_of_what_is_left() -> None:
    both = conventions(told={**CONVENTIONS, "power_factor": {
        **CONVENTIONS["power_factor"], "reactive": ["reactive_forward", "reactive_reverse"]}})  # fmt: skip
    registers = {"reactive_forward": "40", "reactive_reverse": "10"}
    data = month(0, "500", **{f"metering_points.0.readings.1.{name}": shown for name, shown in registers.items()})
    data = changed(data, {"metering_points.0.readings.0.reactive_reverse": "0"})
    [found] = scopes(data, catalog(conventions=both))
    assert found.steps[0].rebilled is not None
    assert found.steps[0].rebilled.changes == {
        "/metering_points/0/given/kvarh/reactive_forward": "2392",  # 2,990 × 4/5
        "/metering_points/0/given/kvarh/reactive_reverse": "598",
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"facts": {"S1": {"cosphi": "0.80"}}}, NotAdvised.GIVEN),
        ({"facts": {"S1": {"power_factor_ratio": "0.05"}}}, NotAdvised.GIVEN),
    ],
)
def test_a_power_factor_that_is_given_is_not_compensated(changes: Data, expected: NotAdvised) -> None:
    [found] = scopes(month(0, "500", **changes))
    assert (found.why, found.steps) == (expected, ())


def test_reverse_energy_that_is_taken_off_forward_is_not_compensated() -> None:
    net = conventions(told={**CONVENTIONS, "power_factor": {**CONVENTIONS["power_factor"], "reactive_sum": "net"}})
    [found] = scopes(month(0, "500", **MUCH), catalog(conventions=net))
    assert (found.why, found.steps) == (NotAdvised.NETTED, ())


def test_other_energies_that_cannot_be_billed_are_told_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = Refusal(RefusalCode.NO_DOCUMENT, "/area", {})
    monkeypatch.setattr("billcalc.advice.uses.calculate", lambda *_, **__: refusal)
    assert of_month(month(0, "500")).why is refusal
    assert scopes(month(0, "500", **MUCH))[0].why is refusal

    def contradict(*_: object, **__: object) -> Bill:
        raise InvalidInput([fault])

    fault = Fault(FaultCode.INCONSISTENT, "/given", {})
    monkeypatch.setattr("billcalc.advice.uses.calculate", contradict)
    assert of_month(month(0, "500")).why is fault


@pytest.mark.no_cover
@settings(max_examples=20)
@given(st.integers(1, 10**7), st.integers(0, 10**7), st.sampled_from(["0.80", "0.90", "0.95", "1.00"]))
def test_the_most_reactive_energy_reaches_the_step_and_one_more_does_not(active: int, there: int, target: str) -> None:
    step = Decimal(target)
    found = number_of(most_reactive(Plain(Decimal(active)), Plain(Decimal(there)), step, HUNDREDTH))

    def reached(reactive: Decimal) -> bool:
        return number_of(cosphi(Plain(Decimal(active)), Plain(reactive), HUNDREDTH)) >= step

    assert reached(found) or found == 0
    assert found == there or not reached(found + 1)
