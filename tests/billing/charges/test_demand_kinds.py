"""Contracts of several kinds and demand by band: what is due of them, what is above them, and what is refused."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.charges.basic import rule as basic
from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import InvalidInput, Problem, Refusal, Severity
from billcalc.kernel.values import Value
from billcalc.tariff.documents import ExcessStep
from tests.billing import cases
from tests.billing.charges.kinds import RULES
from tests.tariff.test_taipower import THREE_PERIODS, TWO_PERIODS, amounts, month, tariffs

Data = dict[str, Any]

STEPS = [
    ExcessStep(above=Decimal(0), factor=Decimal(2), free_band=False),
    ExcessStep(above=Decimal("0.10"), factor=Decimal(3), free_band=False),
]


def answer(
    *, further: Data | None = None, bands: Data | None = None, demand: str | None = None, regular: str = "1000", **told: Any
) -> Bill | Refusal:  # fmt: skip
    data = month(standard="none", **told)
    basic_terms = data["agreement"][0]["basic"]
    basic_terms["contracts"] = {"regular": regular}
    if further is not None:
        basic_terms["further_contracts"] = {"S1": further}
    data["facts"] = {"S1": {"demand_by_band_kw": bands or {}, **({} if demand is None else {"demand_kw": demand})}}
    return calculate(Request.model_validate(data), tariffs(), derivation=True)


def bill(**told: Any) -> Bill:
    made = answer(**told)
    assert isinstance(made, Bill), str(made)
    return made


def problem(made: Bill, code: ProblemCode) -> list[Problem]:
    return [each for each in made.problems if each.code is code]


# The rule


def excesses(demands: Sequence[int], covered: Sequence[int], *, from_counted: bool = False) -> list[tuple[int, int]]:
    """For each band the net excess and what is charged of it, in tenths of a kW."""
    counted: Value = Plain(Decimal(0))
    found = []
    for demand, limit in zip(demands, covered, strict=True):
        net, due, counted = basic.excess_of_band(
            metered=Plain(Decimal(demand)), covered=Plain(Decimal(limit)), counted=counted, over_steps=STEPS,
            source=RULES, of=("S1",), from_counted=from_counted,
        )  # fmt: skip
        found.append((int(number_of(net) * 10), int(number_of(due) * 10)))
    return found


def test_what_was_counted_in_an_earlier_band_is_not_counted_again() -> None:
    assert excesses([1150, 1400, 2100], [1100, 1300, 1900]) == [(500, 1000), (500, 1000), (1000, 2000)]


def test_steps_may_be_counted_from_what_was_counted_before() -> None:
    # 80 of 1,000 are counted; of the next 60 above 80, 40 lie within a tenth of 1,200 and 20 above it
    assert excesses([1080, 1340], [1000, 1200]) == [(800, 1600), (600, 1200)]
    assert excesses([1080, 1340], [1000, 1200], from_counted=True) == [(800, 1600), (600, 1400)]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 2000)), min_size=1, max_size=4))
def test_each_kilowatt_of_excess_is_counted_once(bands: list[tuple[int, int]]) -> None:
    demands, covered = zip(*bands, strict=True)
    net = [each for each, _ in excesses(demands, covered)]
    assert sum(net) == 10 * max(0, *(demand - limit for demand, limit in bands))


@settings(max_examples=30)
@given(st.integers(0, 2000), st.lists(st.integers(0, 4000), min_size=2, max_size=4))
def test_more_demand_never_costs_less(limit: int, demands: list[int]) -> None:
    charged = [excesses([demand], [limit])[0][1] for demand in sorted(demands)]
    assert all(lower <= higher for lower, higher in pairwise(charged))


def test_contracts_that_others_outweigh_are_billed_at_nothing() -> None:
    due = basic.contracts_due(
        contracts=[Plain(Decimal(10))], less=[Plain(Decimal(25))], share=Plain(Decimal("0.5")), source=RULES
    )
    assert number_of(due) == 0


# Who has them


def test_a_demand_without_its_band_is_billed_by_the_regular_contract_and_told() -> None:
    made = bill(demand="1150")
    assert amounts(made)["demand", None] == "225315.00"
    [told] = problem(made, ProblemCode.DEMAND_NOT_BY_BAND)
    assert told.facts["bands"] == "peak, saturday_half_peak, valley"


def test_demand_by_band_without_further_contracts_is_held_against_the_regular_one() -> None:
    made = bill(bands={"peak": "900", "saturday_half_peak": "1000", "valley": "1100"})
    # 100 kW above it off-peak, twice, at the price of that contract; 1,000 × 166.9
    assert amounts(made)["demand", None] == "166900.00"
    assert amounts(made)["demand_weekend", None] == "6660.00"
    assert problem(made, ProblemCode.DEMAND_NOT_BY_BAND) == []


def test_an_excess_beyond_what_was_counted_tells_the_money_of_the_other_steps() -> None:
    made = bill(bands={"peak": "1080", "saturday_half_peak": "1100", "valley": "1190"})
    peak, saturday, valley = problem(made, ProblemCode.EXCESS_OF_BANDS)
    assert (peak.severity, saturday.severity) == (Severity.NOTE, Severity.DOUBT)
    assert (saturday.facts["kw"], valley.facts["kw"]) == ("20", "90")
    [other] = valley.alternatives
    assert (other.value, str(other.difference)) == ("from what was counted", "2997.00")  # 90 × 33.3


def test_a_plan_of_three_periods_has_no_peak_outside_of_summer() -> None:
    kwh = {band: value for band, value in THREE_PERIODS.items() if band != "peak"}
    made = bill(
        plan="三段式", kwh=kwh, further={"half_peak": "100"},
        bands={"half_peak": "1000", "saturday_half_peak": "1000", "valley": "1000"},
    )  # fmt: skip
    assert amounts(made)["demand_half_peak", None] == "16690.00"


def test_a_given_line_stands_for_a_kind() -> None:
    data = month(standard="none")
    data["agreement"][0]["basic"]["further_contracts"] = {"S1": {"off_peak": "900"}}
    data["facts"] = {"S1": {"demand_by_band_kw": {"peak": "300", "saturday_half_peak": "100", "valley": "200"}}}
    data["given"] = [
        {"code": "off_peak", "section": "network_capacity", "group": "main", "amount": "1.00",
         "supplies": ["demand_weekend"]},
    ]  # fmt: skip
    made = calculate(Request.model_validate(data), tariffs())
    assert isinstance(made, Bill), str(made)
    assert [line.code for line in made.lines if line.section == "network_capacity"] == ["demand", "off_peak"]


# What is refused


def refusal(**told: Any) -> Refusal:
    made = answer(**told)
    assert isinstance(made, Refusal)
    return made


def test_a_contract_of_an_unknown_kind_is_a_fault() -> None:
    with pytest.raises(InvalidInput) as caught:
        answer(further={"half_peak": "100"})
    [fault] = caught.value.faults
    assert (fault.code, fault.where) == (
        FaultCode.UNKNOWN_REFERENCE,
        "/agreement/0/basic/further_contracts/S1/half_peak",
    )
    assert fault.facts["known"] == "non_summer, saturday_half_peak, off_peak"


def test_contracts_of_an_unknown_supply_point_are_a_fault() -> None:
    data = month()
    data["agreement"][0]["basic"]["further_contracts"] = {"S2": {"off_peak": "900"}}
    with pytest.raises(InvalidInput) as caught:
        calculate(Request.model_validate(data), tariffs())
    assert [fault.where for fault in caught.value.faults] == ["/agreement/0/basic/further_contracts/S2"]


def test_contracts_without_rules_for_them_are_refused() -> None:
    data = cases.request()
    data["agreement"][0]["basic"] = {
        "mode": "contracted",
        "contracts": {"regular": "100"},
        "further_contracts": {"S1": {"half_peak": "10"}},
    }
    made = cases.refusal(data)
    assert made.facts["what"] == "kinds_without_rules"
    assert made.where == "/agreement/0/basic/further_contracts/S1"


def test_a_band_whose_demand_nothing_tells_is_named() -> None:
    made = refusal(further={"off_peak": "900"}, bands={"peak": "900", "valley": "900"})
    assert (made.code, made.facts["band"]) == (RefusalCode.DEMAND_OF_BAND_MISSING, "saturday_half_peak")


def test_demand_in_a_band_that_no_contract_covers_is_refused() -> None:
    bands = {"peak": "10", "saturday_half_peak": "100", "valley": "100"}
    kwh = {"peak": "0", "saturday_half_peak": "200", "valley": "200"}
    made = refusal(regular="0", further={"saturday_half_peak": "100"}, bands=bands, kwh=kwh)
    assert (made.code, made.facts["band"]) == (RefusalCode.NOT_SUPPORTED, "peak")
    billed = amounts(bill(regular="0", further={"saturday_half_peak": "100"}, bands={**bands, "peak": "0"}, kwh=kwh))
    assert (billed["demand", None], billed["demand_weekend", None]) == ("0.00", "3330.00")


def test_a_demand_of_the_cycle_is_not_held_against_two_contracts() -> None:
    data = month(standard="none")
    first = data["agreement"][0]
    first["basic"]["further_contracts"] = {"S1": {"off_peak": "900"}}
    later = {
        **first,
        "from": "2025-11-11",
        "basic": {**first["basic"], "further_contracts": {"S1": {"off_peak": "800"}}},
    }
    data["agreement"].append(later)
    data["facts"] = {"S1": {"demand_by_band_kw": dict.fromkeys(TWO_PERIODS, "900")}}
    made = calculate(Request.model_validate(data), tariffs())
    assert isinstance(made, Refusal)
    assert (made.facts["what"], made.facts["day"]) == ("demand_of_two_terms", "2025-11-11")
    later["basic"]["mode"] = "exempt"
    made = calculate(Request.model_validate(data), tariffs())
    assert isinstance(made, Refusal)
    assert made.facts["day"] == "2025-11-11"


# Registers of the bands


def with_registers(readings: list[Data], **point: Any) -> Bill | Refusal:
    data = month(standard="none")
    data["agreement"][0]["basic"]["further_contracts"] = {"S1": {"off_peak": "100"}}
    [metered] = data["metering_points"]
    metered.update(point)
    metered["config"] = [{"from": "2025-01-01", "meter": "A1", "multiplier": "10", "digits": 4}]
    metered["readings"] = readings
    data["facts"] = {}
    return calculate(Request.model_validate(data), tariffs())


def shown(day: str, kind: str, **bands: str) -> Data:
    return {"at": day, "kind": kind, "demand_by_band": bands}


def test_the_registers_of_the_bands_tell_their_demand() -> None:
    opening = shown("2025-11-01", "opening", peak="1", saturday_half_peak="1", valley="1")
    made = with_registers([opening, shown("2025-12-01", "closing", peak="110", saturday_half_peak="90", valley="90")])
    assert isinstance(made, Bill)
    assert amounts(made)["demand", None] == "200280.00"  # 1,000 + 2 × 100 at 166.9


@pytest.mark.parametrize(
    "readings",
    [
        [shown("2025-11-01", "opening", peak="1"), shown("2025-12-01", "closing", saturday_half_peak="90")],
        [shown("2025-11-01", "opening", peak="1"), shown("2025-11-20", "cut", peak="90")],
    ],
)
def test_a_band_that_was_not_read_to_the_end_is_refused(readings: list[Data]) -> None:
    made = with_registers(readings)
    assert isinstance(made, Refusal)
    assert (made.code, made.facts["band"]) == (RefusalCode.DEMAND_OF_BAND_MISSING, "peak")


def test_registers_of_bands_that_nothing_is_billed_by_are_told() -> None:
    data = month(standard="none", plan="非時間電價", voltage="380V", kwh={"total": "20000"}, demand="80")
    data["agreement"][0]["groups"]["main"]["time_of_use"] = False
    [metered] = data["metering_points"]
    del metered["not_installed"]
    metered["config"] = [{"from": "2025-01-01", "meter": "A1", "multiplier": "10", "digits": 4}]
    metered["readings"] = [shown("2025-12-01", "closing", peak="1")]
    metered["given"]["demand_by_band_kw"] = {"valley": "1"}
    data["facts"]["S1"]["demand_by_band_kw"] = {"flat": "1"}
    made = calculate(Request.model_validate(data), tariffs())
    assert isinstance(made, Bill), str(made)
    told = [each.where for each in problem(made, ProblemCode.STATED_WITHOUT_EFFECT)]
    assert {
        "/facts/S1/demand_by_band_kw/flat",
        "/metering_points/0/given/demand_by_band_kw/valley",
        "/metering_points/0/readings/0/demand_by_band/peak",
    } <= set(told)


def test_a_band_whose_meter_changes_without_a_reading_is_refused() -> None:
    opening = shown("2025-11-01", "opening", peak="1", saturday_half_peak="1", valley="1")
    data = month(standard="none")
    data["agreement"][0]["basic"]["further_contracts"] = {"S1": {"off_peak": "100"}}
    [metered] = data["metering_points"]
    metered["config"] = [
        {"from": "2025-01-01", "meter": "A1", "multiplier": "10", "digits": 4},
        {"from": "2025-11-11", "meter": "A1", "multiplier": "20", "digits": 4},
    ]
    metered["readings"] = [opening, shown("2025-12-01", "closing", peak="1", saturday_half_peak="1", valley="1")]
    data["facts"] = {}
    made = calculate(Request.model_validate(data), tariffs())
    assert isinstance(made, Refusal)
    assert made.code is RefusalCode.DEMAND_OF_BAND_MISSING


def test_without_a_share_for_it_a_month_without_use_pays_all() -> None:
    kinds = {
        "billed": [
            {"price": "demand_kw", "contracts": ["regular"]},
            {"price": "demand_kw.night", "contracts": ["night"]},
        ],
        "excess": [{"band": "peak", "within": ["regular"], "price": "demand_kw"}],
    }
    night = {"code": "night", "section": "network_capacity", "quantity": "demand_kw.night", "price": "4"}
    area = cases.catalog(
        rules_2024=cases.basic_rules("2024-06-01", "calendar", floor_share="0", over_steps=[], contracts=[kinds]),
        network=cases.prices("network_price", [*cases.NETWORK, night]),
    )
    terms = {"mode": "contracted", "contracts": {"regular": "600"}, "further_contracts": {"S1": {"night": "100"}}}
    data = cases.request(
        agreement=[cases.entry("2020-01-01", basic=terms)], facts={"S1": {"demand_by_band_kw": {"peak": "0"}}}
    )
    made = cases.bill(data, area)
    assert cases.amounts(made, "demand", "night") == ["24000.00", "400.00"]


def test_a_price_of_a_kind_that_no_rules_bill_is_refused() -> None:
    night = {"code": "night", "section": "network_capacity", "quantity": "demand_kw.night", "price": "4"}
    area = cases.catalog(network=cases.prices("network_price", [*cases.NETWORK, night]))
    data = cases.request(agreement=[cases.entry("2020-01-01", basic={"mode": "actual"})])
    made = cases.refusal(data, area)
    assert (made.code, made.facts["what"]) == (RefusalCode.NOT_SUPPORTED, "kinds_without_rules")
    assert isinstance(cases.bill(cases.request(), area), Bill)  # by capacity it is nobody's


def test_a_supply_point_that_comes_later_has_no_kinds_before() -> None:
    first = cases.entry("2020-01-01", basic={"mode": "actual"})
    points = {**first["supply_points"], "S2": first["supply_points"]["S1"]}
    later = {**first, "from": "2024-07-11", "supply_points": points}
    data = cases.request(agreement=[first, later], metering_points=[])
    data["facts"] = {"S1": {"demand_kw": "1"}, "S2": {"demand_kw": "1"}}
    assert isinstance(cases.refusal(data), Refusal)


def test_demands_of_bands_that_several_points_had_are_added_up_with_a_doubt() -> None:
    """1500 kW of 1000: 1000 + 2 × 100 + 3 × 400 = 2400; 900 alone are below the contract: 1400 less, at 166.9."""
    data = month(standard="none")
    del data["facts"]
    [point] = data["metering_points"]
    data["metering_points"] = [
        {
            **point,
            "id": name,
            "given": {
                **point["given"],
                "demand_by_band_kw": {"peak": kw, "saturday_half_peak": "100", "valley": "200"},
            },
        }
        for name, kw in (("M1", "900"), ("M2", "600"))
    ]
    made = calculate(Request.model_validate(data), tariffs(), derivation=True)
    assert isinstance(made, Bill), str(made)
    assert [str(each.quantity) for each in made.lines if each.code == "demand"] == ["2400.00"]
    [doubt] = problem(made, ProblemCode.DEMANDS_ADDED_UP)
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [("largest", "-233660.00")]
