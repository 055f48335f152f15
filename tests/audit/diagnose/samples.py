"""Requests in the invented area in which every kind of cause is possible, and its documents with neighbours."""

from functools import cache
from typing import Any

from billcalc.billing.request import Request
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    CATALOGUE,
    HOME,
    INDUSTRY,
    LEVIES,
    NETWORK,
    PURCHASE,
    Data,
    catalog,
    changed,
    document,
    entry,
    parsed,
    point,
    prices,
    reading,
    request,
    transformer,
)
from tests.billing.losses.lost import FIXED, FORMULA, low

__all__ = ["SAMPLES", "tariffs"]

_DEARER = [{**PURCHASE[0], "price": {"bands": {"peak": "0.83", "flat": "0.51", "valley": "0.19"}}}, PURCHASE[1]]
_LOW = {"code": "network_energy", "section": "network_energy", "price": "0.13", "for": {"voltage": "<1kV"}}
_HALF_AGAIN = {"code": "half_again", "section": "energy", "price": "0.25", "for": {"purchase": "agent_1.5x"}}
_HIGH = {**NETWORK[0], "for": {"voltage": [">=1kV"]}}


RATINGS = {
    "ratings": {
        "transformers": {
            "source": "a standard",
            "decade": ["1", "1.25", "1.6", "2", "5"],
            "least": "10",
            "most": "2000",
        },
        "currents": {"source": "a standard", "decade": ["1", "1.5", "2", "3"], "least": "1", "most": "300"},
    }
}


@cache
def tariffs() -> Catalog:
    """The area's documents: the network's prices by voltage, purchase prices of several months, a correction."""
    return catalog(
        network=prices("network_price", [_LOW, _HIGH, *NETWORK[1:]]),
        purchase=[
            prices("purchase_price", _DEARER, "2020-01-01"),
            prices("purchase_price", [*PURCHASE, _HALF_AGAIN], "2024-07-01", until="2024-08-01"),
            prices("purchase_price", _DEARER, "2024-08-01"),
        ],
        levies=[
            prices("levies", [{**each, "price": "0.025"} for each in LEVIES]),
            prices("levies", LEVIES, id="cn-test/levies/2020-01-01-2", supersedes="cn-test/levies/2020-01-01"),
        ],
        catalogue=prices("catalogue_price", CATALOGUE),
        ratings=document("plausibility", "2020-01-01", RATINGS),
    )  # fmt: skip


def _registers(peak: str, flat: str, valley: str, reactive: str, demand: str) -> dict[str, str]:
    names = ("peak", "flat", "valley", "reactive_forward", "maximum_demand")
    return dict(zip(names, (peak, flat, valley, reactive, demand), strict=True))


def _exchanged() -> Data:
    """A meter that went through zero and was exchanged for one with another multiplier."""
    return point(
        config=[{"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
                {"from": "2024-07-11", "meter": "B", "multiplier": "150", "digits": "4"}],
        readings=[
            reading("2024-07-01", "opening", **_registers("9990", "20", "30", "5", "0")),
            {**reading("2024-07-11", "removal", **_registers("2", "27", "44", "9", "4")), "rollover": ["peak"]},
            reading("2024-07-11", "installation", **_registers("0", "0", "0", "0", "0")),
            reading("2024-08-01", "closing", **_registers("12.25", "25.75", "33.5", "13", "5")),
        ],
    )  # fmt: skip


@cache
def _samples() -> dict[str, Request]:
    plain = request()
    contracted = {"mode": "contracted", "contracts": {"regular": "600"}}
    demand = request(agreement=[entry("2020-01-01", basic=contracted)])
    standing = [
        {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2", "500", state)]}}
        for state in ("suspended", "in_service")
    ]
    cut = request(
        agreement=[
            entry(day, supply_points=each) for day, each in zip(("2020-01-01", "2024-07-11"), standing, strict=True)
        ]
    )
    odd = {"peak": "10.37", "flat": "21.11", "valley": "33.93", "reactive_forward": "35.51", "maximum_demand": "5"}
    total = {"total": "66", "reactive_reverse": "7"}
    metered = point(
        readings=[
            reading("2024-07-01", "opening", total="0", reactive_reverse="0", **dict.fromkeys(odd, "0")),
            reading("2024-08-01", "closing", **odd, **total),
        ]
    )
    few = {"mode": "contracted", "contracts": {"regular": "300"}}
    places = {"S1": entry("2020-01-01")["supply_points"]["S1"], "S2": entry("2020-01-01")["supply_points"]["S1"]}
    second = point(id="M2", supply_point="S2", group="other")
    two = request(
        agreement=[entry("2020-01-01", supply_points=places, groups={"main": INDUSTRY, "other": INDUSTRY})],
        metering_points=[metered, second],
    )
    shared: dict[str, Any] = request(
        agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "home": HOME})],
        metering_points=[point(children=[{"id": "L", "kind": "fixed", "group": "home", "value": "310"}])],
    )
    back = {"code": "back", "section": "refunds", "group": "main", "amount": "-55.55", "power_factor": "none"}
    return {
        "plain": parsed(plain),
        "demand": parsed(demand),
        "actual": parsed(request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])),
        "over": parsed(changed(demand, {"metering_points.0.readings.1.maximum_demand": "6.5"})),
        "cut": parsed(cut),
        "shared": parsed(shared),
        "given": parsed(request(given=[back])),
        "metered": parsed(request(metering_points=[metered])),
        "low": parsed(request(agreement=[entry("2020-01-01", basic=few)])),
        "two": parsed(two),
        "contracts": parsed(
            request(
                agreement=[
                    entry(day, basic={"mode": "contracted", "contracts": {"regular": kw}})
                    for day, kw in (("2020-01-01", "600"), ("2024-07-11", "700"))
                ]
            )
        ),
        "facts": parsed(request(facts={"S1": {"cosphi": "0.93"}})),
        "turn": parsed(request("2024-07-11", "2024-08-11")),
        "exchanged": parsed(request(metering_points=[_exchanged()])),
        "lost": parsed(low({"transformer": FIXED})),
        "lost by formula": parsed(low({"transformer": FORMULA})),
    }


SAMPLES = _samples()
