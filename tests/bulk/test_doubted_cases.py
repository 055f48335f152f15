"""What single bills doubt or settle is so in columns too: rows on both sides of each comparison in one batch."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.billing.cases import (
    AREA,
    HOME,
    INDUSTRY,
    NETWORK,
    Data,
    catalog,
    changed,
    document,
    entry,
    point,
    reading,
    request,
    transformer,
)
from tests.bulk.comparing import Tally, compare

LIMITED = catalog(
    limits=document(
        "plausibility",
        "1996-10-08",
        {"demand": {"per_capacity": "1.2", "minutes": "15", "mean_tolerance": "0.05", "register_step": "0.01"}},
    )
)


def _standing(kva: str, name: str) -> Data:
    return {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(name, kva)]}}


def _replaced() -> Iterator[Data]:
    for first, second in (("1000", "1000"), ("500", "800"), ("800", "500"), ("0.1", "630.5")):
        agreement = [
            entry("2020-01-01", supply_points=_standing(first, "T1")),
            entry("2024-05-16", supply_points=_standing(second, "T2")),
        ]
        yield request("2024-05-01", "2024-06-01", agreement=agreement)


def _demand_given() -> Iterator[Data]:
    data = request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])
    for kw in ("500", "640", "499.5"):
        yield changed(data, {"facts.S1.demand_kw": kw})


def _part_period() -> Iterator[Data]:
    data = request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])
    data = changed(data, {"period.from": "2024-07-12", "metering_points.0.readings.0.at": "2024-07-12"})
    for kwh in ("167741", "167742", "259999", "260000"):
        yield changed(data, {"metering_points.0.given": {"kwh": {"peak": "0", "flat": kwh, "valley": "0"}}})


def _fixed() -> Iterator[Data]:
    groups = {"main": INDUSTRY, "home": HOME}
    for kwh in ("1000", "1000.5", "1000.49", "0.5"):
        child = {"id": "F", "kind": "fixed", "group": "home", "value": kwh}
        yield request(agreement=[entry("2020-01-01", groups=groups)], metering_points=[point(children=[child])])


def _settled() -> Iterator[Data]:
    opening: dict[str, Any] = {"peak": "100", "flat": "0", "valley": "0", "reactive_forward": "0"}
    for peak, reactive in (("85", "10"), ("85", "0"), ("105", "90"), ("100", "50")):
        shown = {"peak": peak, "flat": "10", "valley": "10", "reactive_forward": reactive}
        readings = [reading("2024-07-01", "estimated", **opening), reading("2024-08-01", "closing", **shown)]
        yield request(metering_points=[point(readings=readings)])


def _idle() -> Iterator[Data]:
    for kwh in ("0", "10", "0"):
        shown = {"peak": kwh, "flat": "0", "valley": "0", "reactive_forward": "0", "maximum_demand": "0"}
        yield changed(request(), {"metering_points.0.readings.1": reading("2024-08-01", "closing", **shown)})


def _own_ratio() -> Iterator[Data]:
    for ratio in ("0.05", "-0.0075", "0"):
        item = {"code": "agreed", "section": "energy", "group": "main", "amount": "100.00"}
        yield request(given=[{**item, "power_factor": {"ratio": ratio}}])


def _product() -> Iterator[Data]:
    """Amounts that the digits of energy and price make and do not make, as they are written in each row."""
    for kwh, price, amount in (
        ("1000", "0.50", "520.00"), ("1000", "0.5", "520.00"), ("1000.0", "0.500000", "500.05"), ("10", "3", "36.79"),
        ("-1000", "-0.5", "500"), ("0", "0", "0.01"), ("123456789012345678", "0.5", "1"),
    ):  # fmt: skip
        item = {"code": "agreed", "section": "energy", "group": "main", "kwh": kwh, "price": price, "amount": amount}
        yield request(given=[item])


def _totals() -> Iterator[Data]:
    for total in ("60", "60.08", "60.09", "59.92", "59.91", "90"):
        shown = {f"metering_points.0.readings.{place}.total": each for place, each in enumerate(("0", total))}
        yield changed(request(), shown)


def _excesses() -> Iterator[Data]:
    zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward", "maximum_demand"), "0")
    shown = {"peak": "10", "flat": "20", "valley": "30", "reactive_forward": "12"}
    entries = [
        entry(day, basic={"mode": "contracted", "contracts": {"regular": kw}})
        for day, kw in (("2020-01-01", "500"), ("2024-07-16", "600"))
    ]
    for first, second in (("6", "7"), ("5.25", "7"), ("6", "6.3"), ("1", "1")):
        readings = [
            reading("2024-07-01", "opening", **zeros),
            reading("2024-07-16", "cut", maximum_demand=first),
            reading("2024-08-01", "closing", maximum_demand=second, **shown),
        ]
        yield request(agreement=entries, metering_points=[point(readings=readings)])


def _minimum() -> Iterator[Data]:
    """Rows of which some reach a minimum by the adjustment alone, some with it, and some not at all."""
    least = {"code": "least", "section": "minimum", "quantity": "capacity_kva", "price": "33", "minimum_of": "bill"}
    own = {"title": "contract", "instead_of": ["network_price"], "components": [*NETWORK, least]}
    for kva, peak, reactive in (("1000", "10", "12"), ("1000", "90", "12"), ("1100", "10", "99"), ("900", "10", "0")):
        data = request(price_sheet=own, agreement=[entry("2020-01-01", supply_points=_standing(kva, "T1"))])
        registers = {"peak": peak, "flat": "20", "valley": "30", "reactive_forward": reactive, "maximum_demand": "5"}
        yield changed(data, {"metering_points.0.readings.1": reading("2024-08-01", "closing", **registers)})


@pytest.mark.parametrize(
    "cases",
    [
        _minimum,
        _replaced,
        _demand_given,
        _part_period,
        _fixed,
        _settled,
        _idle,
        _own_ratio,
        _product,
        _totals,
        _excesses,
    ],
)
def test_columns_bill_and_doubt_as_single_bills_do(cases: Any) -> None:
    accounts = [(f"{cases.__name__}{number}", data) for number, data in enumerate(cases())]
    tally = Tally()
    compare(accounts, LIMITED if cases is _totals else AREA, tally)
    assert tally.billed == len(accounts)
