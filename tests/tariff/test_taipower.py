"""Taipower's tariff of 2025-10-01, a second system in the same schema: amounts by hand from its printed tables."""

import json
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.explain.statement import statement
from billcalc.explain.table import bill_table
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Refusal
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import PriceKey
from billcalc.tariff.reach import NeededFor, reach
from billcalc.verify import verify
from billcalc.wire.bill import bill_data, proof_data
from billcalc.wire.json_writing import json_text
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.billing.cases import changed
from tests.documents import ROOT

Data = dict[str, Any]

TWO_PERIODS = {"peak": "100000", "saturday_half_peak": "20000", "valley": "80000"}
THREE_PERIODS = {"peak": "30000", "half_peak": "70000", "saturday_half_peak": "20000", "valley": "80000"}


@cache
def tariffs() -> Catalog:
    return load_catalog(areas=["tw", "tw-taipower"])


def month(
    *, first: str = "2025-11-01", end: str = "2025-12-01", billed_to: str | None = None, plan: str = "二段式", voltage: str = "20kV", demand: str = "900",
    kwh: Data = TWO_PERIODS, kvarh: str = "96864", standard: str = "0.80", conventions: Data | None = None,
) -> Data:  # fmt: skip
    """A month of a customer with a regular contract of 1,000 kW; the power factor is 0.90 unless told."""
    group = {"class": "industrial_commercial", "subclass": plan, "billing": "two_part", "voltage": voltage,
             "purchase": "catalogue", "time_of_use": True}  # fmt: skip
    transformers = [{"id": "T1", "kva": "2000", "state": "in_service"}]
    absent = [band for band in ("flat", "peak", "half_peak") if band not in kwh]
    span = {"from": first, "to": end}
    return {
        "area": "台電",
        "cycle": span,
        "period": {"from": first, "to": billed_to or end},
        "agreement": [
            {
                "from": "2025-10-01",
                "groups": {"main": group},
                "supply_points": {"S1": {"power_factor_standard": standard, "transformers": transformers}},
                "basic": {"mode": "contracted", "contracts": {"regular": "1000"}},
            }
        ],
        "metering_points": [
            {
                "id": "M1",
                "group": "main",
                "supply_point": "S1",
                "side": "high",
                "not_installed": [*absent, "reactive_reverse"],
                "given": {"kwh": kwh, "kvarh": {"reactive_forward": kvarh}},
            }
        ],
        "facts": {"S1": {"demand_kw": demand}},
        "conventions": conventions or {},
    }


def answer(**told: Any) -> Bill | Refusal:
    return calculate(Request.model_validate(month(**told)), tariffs(), derivation=True)


def bill(**told: Any) -> Bill:
    made = answer(**told)
    assert isinstance(made, Bill), str(made)
    return made


def amounts(made: Bill) -> dict[tuple[str, str | None], str]:
    return {(line.code, line.band): str(line.amount) for line in made.lines}


def test_demand_above_the_contract_costs_twice_and_then_three_times_its_price() -> None:
    made = bill(demand="1150")  # 1,000 + 2 × 100 + 3 × 50 = 1,350 kW at 166.90
    assert amounts(made)["demand", None] == "225315.00"
    # no reduction on the 350 kW: (884,600.00 + 166,900.00) × -1 %
    assert amounts(made)["power_factor", None] == "-10515.00"
    assert str(made.total) == "1099400.00"


def test_energy_has_a_price_of_its_own_on_saturdays() -> None:
    made = amounts(bill())
    assert [made["catalogue_energy", band] for band in TWO_PERIODS] == ["637000.00", "50800.00", "196800.00"]


def test_three_periods_in_summer() -> None:
    # 16 May to 15 October for high voltage; the table began on 1 October
    told: Data = {
        "first": "2025-10-01",
        "end": "2025-11-01",
        "billed_to": "2025-10-16",
        "plan": "三段式",
        "voltage": "66kV",
        "kwh": THREE_PERIODS,
    }
    made = amounts(bill(**told))
    prices = {"peak": "8.69", "half_peak": "5.38", "saturday_half_peak": "2.50", "valley": "2.40"}
    for band, price in prices.items():
        assert Decimal(made["catalogue_energy", band]) == Decimal(THREE_PERIODS[band]) * Decimal(price)


@pytest.mark.parametrize(
    ("kvarh", "cosphi", "percent"),
    [("0", "1", "-1.5"), ("96864", "0.9", "-1"), ("150000", "0.8", "0"), ("266667", "0.6", "2")],
)
def test_the_power_factor_adjusts_by_a_tenth_of_a_percent_for_each_percent(
    kvarh: str, cosphi: str, percent: str
) -> None:
    [fact] = bill(kvarh=kvarh).power_factors
    assert fact.cosphi == Decimal(cosphi)
    assert fact.ratio == Decimal(percent) / 100


def test_a_month_without_demand_pays_half_its_contract() -> None:
    nothing = dict.fromkeys(TWO_PERIODS, "0")
    made = bill(kwh=nothing, kvarh="0", demand="0", standard="none")
    assert str(made.total) == "83450.00"  # 1,000 kW × 50 % × 166.90


def test_what_the_power_factor_does_not_adjust_has_no_excess_to_leave_out() -> None:
    convention = {"power_factor": {"base": {"include": {"sections": ["catalogue"]}}}}
    made = bill(demand="1150", conventions=convention)
    assert amounts(made)["power_factor", None] == "-8846.00"


def test_nothing_is_told_before_a_price_was_seen() -> None:
    made = answer(first="2026-04-01", end="2026-05-01")
    assert isinstance(made, Refusal)
    assert made.code is RefusalCode.NO_DOCUMENT


def test_the_tax_that_prices_contain_is_told_beside_the_total() -> None:
    made = bill(demand="1150")  # 1,099,400.00 ÷ 1.05 = 1,047,047.619…
    data = proof_data(made)
    assert data["tax"] == {"rate": "0.05", "amount": "52352.38", "without": "1047047.62"}
    rows = {str(row[0]): row[1] for row in statement(made, lexicon=ENGLISH)[0].rows}
    assert str(rows["Of which tax of 5 % [TWD]"]) == "52352.38"
    printed = [line.text for line in bill_table(made, lexicon=ENGLISH)]
    assert "Of which tax of 5 %: 52352.38 TWD" in printed
    assert "Average price: 5.497 TWD/kWh" in printed  # 1,099,400.00 ÷ 200,000 kWh
    assert not list(verify(json.loads(json_text(data))))
    wrong: Data = json.loads(
        json_text({**data, "tax": {"rate": "0.05", "amount": "52352.39", "without": "1047047.61"}})
    )
    assert "/tax" in {each.where for each in verify(wrong)}


def test_of_own_prices_no_tax_is_told() -> None:
    told = month()
    told["price_sheet"] = {"title": "the contract", "instead_of": [], "components": []}
    made = calculate(Request.model_validate(told), tariffs(), derivation=True)
    assert isinstance(made, Bill), str(made)
    assert made.tax is None


def test_the_money_is_told_wherever_it_stands() -> None:
    made = bill(demand="1150")
    data = bill_data(made)
    units = {step["unit"] for line in data["lines"] for step in line["steps"]} | {
        line["unit"] for line in data["lines"]
    }
    assert (data["currency"], {unit for unit in units if "CNY" in unit or "¤" in unit}) == ("TWD", set())
    english = "\n".join(line.text for line in bill_table(made, lexicon=ENGLISH))
    assert "amount [TWD]" in english
    assert "CNY" not in english
    head = statement(made, lexicon=CHINESE)[0]
    assert any("新台币元" in str(row[0]) for row in head.rows)


def test_a_bill_in_another_currency_is_verified_by_itself() -> None:
    for demand, kvarh in (("1150", "96864"), ("300", "0")):
        proof = json.loads(json_text(proof_data(bill(demand=demand, kvarh=kvarh))))
        assert verify(proof) == []


# The hours


def hours(day: str, end: str, plan: str, voltage: str = "20kV") -> dict[str, str]:
    """The kWh by band of a month in which every half hour has half a kWh."""
    count = (date.fromisoformat(end) - date.fromisoformat(day)).days * 48
    told = month(first=day, end=end, plan=plan, voltage=voltage, standard="none")
    [point] = told["metering_points"]
    series = {"step": "30", "start": f"{day}T00:00:00+08:00", "unit": "kwh", "values": ["0.5"] * count, "fill": "zero"}
    told["metering_points"] = [{key: value for key, value in point.items() if key not in ("given", "not_installed")}]
    told["metering_points"][0]["intervals"] = series
    made = calculate(Request.model_validate(told), tariffs())
    assert isinstance(made, Bill), str(made)
    return {
        line.band: str(int(line.quantity or 0)) for line in made.lines if line.code == "catalogue_energy" and line.band
    }


@pytest.mark.parametrize(("first", "end", "plan", "expected"), [
    # November 2025: 20 workdays, 5 Saturdays, 5 Sundays
    ("2025-11-01", "2025-12-01", "二段式", {"peak": "300", "saturday_half_peak": "75", "valley": "345"}),
    ("2025-11-01", "2025-12-01", "三段式", {"half_peak": "300", "saturday_half_peak": "75", "valley": "345"}),
    ("2025-11-01", "2025-12-01", "批次生產", {"peak": "120", "saturday_half_peak": "30", "valley": "570"}),
    # December: 22 workdays, 4 Saturdays, 4 Sundays, and Thursday the 25th, which is off-peak all day
    ("2025-12-01", "2026-01-01", "二段式", {"peak": "330", "saturday_half_peak": "60", "valley": "354"}),
])  # fmt: skip
def test_intervals_are_in_the_bands_of_the_plan(first: str, end: str, plan: str, expected: dict[str, str]) -> None:
    assert hours(first, end, plan) == expected


def test_a_saturday_that_is_an_off_peak_day_is_off_peak() -> None:
    # October 2025 on low voltage, where summer is over: 21 workdays, 3 Saturdays beside the 25th, 4 Sundays; 6, 10, 25 off
    assert hours("2025-10-01", "2025-11-01", "二段式", "380V") == {
        "peak": "315", "saturday_half_peak": "45", "valley": "384",
    }  # fmt: skip


def test_a_charging_station_has_its_peak_in_the_evening() -> None:
    assert hours("2025-11-01", "2025-12-01", "電動車", "380V") == {"peak": "120", "valley": "600"}


def test_nothing_lacks_for_intervals_of_a_month_whose_calendar_is_there() -> None:
    key = PriceKey.model_validate(
        {"customer_class": "industrial_commercial", "subclass": "二段式", "billing": "two_part", "voltage": "20kV",
         "purchase": "catalogue", "time_of_use": True}
    )  # fmt: skip
    november = Span(date(2025, 11, 1), date(2025, 12, 1))
    found = reach(catalog=tariffs(), area="tw-taipower", key=key, month=november)
    assert [gap.refusal.facts for gap in found.gaps if gap.needed_for is not NeededFor.CAPACITY] == []


# Low voltage


def test_a_month_on_low_voltage_pays_by_household_what_the_power_factor_leaves_alone() -> None:
    # 10,000 × 5.39 + 2,000 × 2.65 + 8,000 × 2.15 = 76,400; 90 kW × 173.2 = 15,588; 262.50 a month; -1 % of 91,988
    kwh = {"peak": "10000", "saturday_half_peak": "2000", "valley": "8000"}
    told = month(voltage="380V", demand="80", kwh=kwh, kvarh="9686.4")
    told["agreement"][0]["basic"]["contracts"] = {"regular": "90"}
    made = calculate(Request.model_validate(told), tariffs(), derivation=True)
    assert isinstance(made, Bill), str(made)
    assert amounts(made)["customer_charge", None] == "262.50"
    assert amounts(made)["power_factor", None] == "-919.88"
    assert str(made.total) == "91330.62"


def test_low_voltage_without_time_of_use_has_one_price() -> None:
    # 20,000 × 3.87 + 90 × 173.2
    told = month(voltage="380V", plan="非時間電價", demand="80", kwh={"total": "20000"}, standard="none")
    told["agreement"][0]["basic"]["contracts"] = {"regular": "90"}
    told["agreement"][0]["groups"]["main"]["time_of_use"] = False
    del told["metering_points"][0]["not_installed"]
    made = calculate(Request.model_validate(told), tariffs())
    assert isinstance(made, Bill), str(made)
    assert str(made.total) == "92988.00"


def household(*, kwh: str, demand: str) -> str:
    """The charge by household of a month on low voltage."""
    told = month(voltage="380V", demand=demand, kwh=dict.fromkeys(TWO_PERIODS, kwh), kvarh="0", standard="none")
    told["agreement"][0]["basic"]["contracts"] = {"regular": "90"}
    made = calculate(Request.model_validate(told), tariffs())
    assert isinstance(made, Bill), str(made)
    return amounts(made)["customer_charge", None]


@pytest.mark.parametrize(
    ("kwh", "demand", "charge"), [("0", "0", "131.25"), ("1", "0", "262.50"), ("0", "1", "262.50")]
)
def test_a_household_pays_half_in_a_month_with_neither_energy_nor_demand(kwh: str, demand: str, charge: str) -> None:
    assert household(kwh=kwh, demand=demand) == charge


def test_a_month_with_energy_and_no_demand_is_no_month_without_use() -> None:
    made = bill(kwh={**dict.fromkeys(TWO_PERIODS, "0"), "peak": "1"}, kvarh="0", demand="0", standard="none")
    assert amounts(made)["demand", None] == "166900.00"


def test_what_the_table_says_and_nobody_calculates_is_told_with_its_clause() -> None:
    def told(voltage: str) -> list[str]:
        made = bill(voltage=voltage)
        return [each.facts["rule"] for each in made.problems if each.code is ProblemCode.LEFT_OUT]

    assert "第五章 五、(六)" in told("66kV")
    assert "第五章 五、(六)" not in told("20kV")


def test_a_month_of_which_nothing_was_metered_goes_by_its_demand_alone() -> None:
    told = month(standard="none", demand="0")
    told["metering_points"] = []
    made = calculate(Request.model_validate(told), tariffs())
    assert isinstance(made, Bill), str(made)
    assert amounts(made)["demand", None] == "83450.00"


def test_no_demand_is_held_against_installed_capacity_and_one_that_is_told_is_told_to_decide_nothing() -> None:
    """40 kW installed, 60 kW measured: 40 × 137.5 and no excess."""
    path = ROOT / "fixtures" / "by_hand" / "taipower-installed-capacity" / "request.yaml"
    told_by_hand: Any = read_document(str(path)).data
    data = changed(told_by_hand, {"facts": {"S2": {"demand_kw": "60"}}})
    answer = calculate(validated(Request, data), tariffs())
    assert isinstance(answer, Bill)
    assert answer.total == Decimal("35197.50")
    told = {each.where for each in answer.problems if each.code is ProblemCode.STATED_WITHOUT_EFFECT}
    assert any(where.startswith("/facts/S2") for where in told)
