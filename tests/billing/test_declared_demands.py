"""Whatever is billed by a demand holds it against the energy, the transformers and the meters: no price is left out.

July 2024 has 744 hours; the metering point counts 1,000 kWh at peak, 2,000 at flat and 3,000 in the valley, which are 8.06
kW on the mean; its transformers are 1,000 kVA.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.troubles import Severity
from billcalc.library.catalog import load_catalog
from billcalc.vocabulary import Kind
from tests.billing.cases import Data, bill, catalog, changed, codes, document, fault, problems, request

TAIPOWER = Path(__file__).parents[2] / "fixtures" / "by_hand" / "taipower-high-voltage" / "request.yaml"
LIMITS: Data = {
    "demand": {"per_capacity": "1.2", "minutes": "15", "mean_tolerance": "0.05", "register_step": "0.01"},
}
LIMITED = catalog(limits=document("plausibility", "2020-01-01", LIMITS))
DEMAND = {"section": "network_capacity", "quantity": "demand_kw", "price": "9"}
ALL: Data = {**DEMAND, "code": "all", "demand": {}}
RATCHET: Data = {**ALL, "demand": {"ratchet": {"share": "0.5", "months": 1}}}
PEAK: Data = {**DEMAND, "code": "peak", "demand": {"bands": ["peak"]}}
APPARENT: Data = {**DEMAND, "code": "apparent", "quantity": "demand_kva"}
TIERED: list[Data] = [
    {**DEMAND, "code": "low", "demand": {"up_to": "50"}},
    {**DEMAND, "code": "high", "demand": {"above": "50"}},
]
BY_USE: list[Data] = [
    {"code": f"tier_{number}", "section": "energy", "quantity": f"tier_kwh.{number}", "price": "0.1"}
    for number in (1, 2)
]
TIERS: Data = {"months": 1, "per": "demand_kw", "limits": [{"up_to": ["150"]}]}
PRICES: dict[str, list[Data]] = {
    "all": [ALL], "ratchet": [RATCHET], "peak": [PEAK], "kva": [APPARENT], "tiers": TIERED, "per kW": BY_USE,
}  # fmt: skip
TOLD = {"peak": ("demand_by_band_kw", "peak"), "kva": ("demand_kva", "")}


def of(kind: str, demand: str, **changes: Any) -> Data:
    """The month of a customer whose demand of a kind is told."""
    key, band = TOLD.get(kind, ("demand_kw", ""))
    facts: Data = {key: {band: demand} if band else demand}
    if kind == "ratchet":
        facts["earlier_demand_kw"] = {"2024-06": {"total": "5"}}
    energy = {"code": "energy", "section": "energy", "price": "0.5"}
    sheet: Data = {"title": "own", "components": [energy, *PRICES[kind]]}
    if kind == "per kW":
        sheet = {"title": "own", "components": BY_USE, "tiers": [TIERS]}
    told: Data = {"facts": {"S1": facts}, "price_sheet": sheet, "agreement.0.basic": {"mode": "actual"}}
    if kind == "per kW":
        told |= {"agreement.0.groups.main.billing": "one_part", "agreement.0.basic": {"mode": "exempt"}}
    return changed(request(), {**told, **changes})


@pytest.mark.parametrize("kind", ["all", "ratchet", "kva", "tiers", "per kW"])
def test_no_price_of_demand_bills_one_below_the_mean_power(kind: str) -> None:
    found = fault(of(kind, "7"), LIMITED)  # 7 kW × 1.05 = 7.35
    place = "demand_kva" if kind == "kva" else "demand_kw"
    assert (found.code, found.where) == (FaultCode.DEMAND_BELOW_MEAN, f"/facts/S1/{place}")
    assert found.facts == {"supply_point": "S1", "span": "2024-07-01/2024-08-01", "demand": "7", "energy": "6000"}
    assert bill(of(kind, "8"), LIMITED).total


def test_a_demand_of_some_hours_is_not_below_their_energy_in_all_days() -> None:
    found = fault(of("peak", "1"), LIMITED)  # 1,000 kWh in 744 h are 1.34 kW
    assert (found.code, found.where) == (FaultCode.DEMAND_BELOW_MEAN, "/facts/S1/demand_by_band_kw/peak")
    assert found.facts["energy"] == "1000"
    assert bill(of("peak", "1.5"), LIMITED).total


def test_a_demand_of_some_hours_is_held_to_no_energy_that_no_register_tells() -> None:
    untimed = {
        "agreement.0.groups.main.time_of_use": False,
        "metering_points.0.readings": [],
        "metering_points.0.config": [],
        "metering_points.0.given": {"kwh": {"total": "6000"}},
        "agreement.0.supply_points.S1.power_factor_standard": "none",
    }
    assert bill(of("peak", "1", **untimed), LIMITED).total


@pytest.mark.parametrize("kind", list(PRICES))
def test_no_price_of_demand_bills_one_above_the_transformers_without_a_word(kind: str) -> None:
    [problem] = problems(bill(of(kind, "1201"), LIMITED), ProblemCode.DEMAND_ABOVE_CAPACITY)
    assert (problem.severity, problem.facts["demand"], problem.facts["limit"]) == (Severity.DOUBT, "1201", "1200")
    assert ProblemCode.DEMAND_ABOVE_CAPACITY not in codes(bill(of(kind, "1200"), LIMITED))


@pytest.mark.parametrize(("kind", "told"), [("all", 1), ("peak", 1), ("per kW", 1), ("kva", 0)])
def test_a_demand_that_takes_more_energy_than_there_was_is_doubted_but_in_kva(kind: str, told: int) -> None:
    """24,001 kW × 15 min are 6,000.25 kWh; kVA may be all reactive."""
    assert len(problems(bill(of(kind, "24001"), LIMITED), ProblemCode.DEMAND_ABOVE_ENERGY)) == told
    assert not problems(bill(of(kind, "24000"), LIMITED), ProblemCode.DEMAND_ABOVE_ENERGY)


@pytest.mark.parametrize("kind", ["all", "tiers", "per kW"])
def test_a_given_demand_that_the_meters_contradict_is_told_once(kind: str) -> None:
    shown = {"metering_points.0.readings.1.maximum_demand": "4"}
    [problem] = problems(bill(of(kind, "100", **shown), LIMITED), ProblemCode.DEMAND_DIFFERS)
    assert (problem.where, problem.facts["given"], problem.facts["read"]) == ("/facts/S1/demand_kw", "100", "400")
    alike = {"metering_points.0.readings.1.maximum_demand": "1"}
    assert not problems(bill(of(kind, "100", **alike), LIMITED), ProblemCode.DEMAND_DIFFERS)


def test_no_hours_have_a_demand_above_that_of_all_hours() -> None:
    both = {"price_sheet.components": [{"code": "energy", "section": "energy", "price": "0.5"}, ALL, PEAK]}
    facts = {"demand_kw": "90", "demand_by_band_kw": {"peak": "91"}}
    found = fault(of("all", "90", **both, facts={"S1": facts}), LIMITED)
    assert (found.code, found.where) == (FaultCode.DEMAND_ABOVE_ALL_HOURS, "/facts/S1/demand_by_band_kw/peak")
    assert (found.facts["demand"], found.facts["limit"]) == ("91", "90")
    assert bill(of("all", "90", **both, facts={"S1": {**facts, "demand_by_band_kw": {"peak": "90"}}}), LIMITED).total


def test_the_demand_of_all_hours_may_be_that_of_some_days_after_that_of_others() -> None:
    """A price by voltage, which changes on 16 July: 90 kW before it and 50 kW from it on; 80 kW at peak are before."""
    data = of("all", "90", facts={})
    flat = [{**DEMAND, "code": "flat", "for": {"voltage": voltage}} for voltage in ("10kV", "35kV")]
    data["price_sheet"]["components"][1:] = [*flat, PEAK]
    [entry] = data["agreement"]
    data["agreement"].append(changed(entry, {"from": "2024-07-16", "groups.main.voltage": "35kV"}))
    opening, closing = data["metering_points"][0]["readings"]
    cut: Data = {"at": "2024-07-16", "kind": "cut", "peak": "5", "flat": "10", "valley": "15", "reactive_forward": "6"}
    cut |= {"maximum_demand": "0.9", "demand_by_band": {"peak": "0.8"}}
    closing |= {"maximum_demand": "0.5", "demand_by_band": {"peak": "0.4"}}
    data["metering_points"][0]["readings"] = [opening, cut, closing]
    assert bill(data, LIMITED).total
    place = "metering_points.0.readings.1.demand_by_band.peak"
    found = fault(changed(data, {place: "0.92"}), LIMITED)
    assert (found.code, found.where) == (FaultCode.DEMAND_ABOVE_ALL_HOURS, f"/{place.replace('.', '/')}")
    assert (found.facts["demand"], found.facts["limit"]) == ("92", "91")
    later = {"metering_points.0.readings.2.demand_by_band.peak": "0.92", "agreement.1.groups.main.voltage": "110kV"}
    assert bill(changed(data, later), LIMITED).total  # of days for which no demand of all hours is billed


def test_an_area_without_limits_of_its_own_has_those_of_any_area_but_no_money() -> None:
    """An area that a request brings, or a rate of another country: a demand is there what it is here."""
    own = {
        "area": "us-invented", "own_area": {"currency": "USD", "clock": "-05:00"},
        "agreement.0.supply_points.S1.power_factor_standard": "none",
    }  # fmt: skip
    shipped = load_catalog(areas=["us-invented"])
    found = fault(of("all", "7", **own), shipped)
    assert (found.code, found.where) == (FaultCode.DEMAND_BELOW_MEAN, "/facts/S1/demand_kw")
    [problem] = problems(bill(of("all", "1201", **own), shipped), ProblemCode.DEMAND_ABOVE_CAPACITY)
    assert problem.facts["limit"] == "1200"
    dear = bill(of("all", "90", **own, **{"price_sheet.components.0.price": "50"}), shipped)
    assert ProblemCode.OWN_PRICE_IMPLAUSIBLE not in codes(dear)


def test_an_area_with_limits_of_its_prices_alone_has_those_of_demands_of_any_area() -> None:
    """200,000 kWh in the 720 hours of November are 277.8 kW on the mean; Taipower's own document tells of prices."""
    data: Any = read_document(TAIPOWER).data
    shipped = load_catalog(areas=["tw-taipower"])
    found = fault(changed(data, {"facts.S1.demand_kw": "200"}), shipped)
    assert (found.code, found.where) == (FaultCode.DEMAND_BELOW_MEAN, "/facts/S1/demand_kw")
    assert {"tw/national/plausibility/2025-10", "cn/national/plausibility/1996-10"} <= set(
        bill(data, shipped).documents
    )
    own, general = (shipped.find(Kind.PLAUSIBILITY, area, date(2025, 11, 1)) for area in ("tw-taipower", "cn"))
    assert own is not None
    assert general is not None
    completed = own.document.completed(general.document.without_money())
    assert (completed.prices, completed.changes) == (own.document.prices, own.document.changes)
    assert (completed.demand, completed.claims) == (general.document.demand, ())
    header = {"id", "effective", "seen_in_force", "supersedes", "note"}
    elsewhere = general.document.model_copy(update={"supersedes": "cn/national/plausibility/1990-01"})
    assert own.document.completed(elsewhere).model_dump(include=header) == own.document.model_dump(include=header)


def test_limits_without_money_are_those_that_no_price_has() -> None:
    told = load_catalog(areas=["cn"]).find(Kind.PLAUSIBILITY, "cn", date(2024, 7, 1))
    assert told is not None
    kept = told.document.without_money()
    assert (kept.prices, kept.changes, kept.demand_to_capacity, kept.claims) == ((), None, None, ())
    assert (kept.demand, kept.losses, kept.cosphi_least) == (
        told.document.demand, told.document.losses, told.document.cosphi_least,
    )  # fmt: skip
