"""Pairs of requests that differ in one key of the conventions of bands, of ratio parts and of lines that hang together."""

from typing import Any

from tests.billing.cases import energy, entry, request, sheet
from tests.billing.pairs import ABSENT, BY_INTERVALS, POINT
from tests.billing.test_together import BANDS, JOINT, SURCHARGE, month, tariffs

SHARP = {"sharp": "507", **BANDS}
FACTORY = month(**BANDS)
SHARP_FACTORY = month(**SHARP)
TIMED = tariffs(time_of_use={"ratio_of": "rounded"})


def joint(key: str, one: object, other: object) -> tuple[Any, ...]:
    return FACTORY, "conventions.amounts.joint", [{**JOINT, key: one}], [{**JOINT, key: other}], TIMED


def surcharge(key: str, one: object, other: object) -> tuple[Any, ...]:
    place = "conventions.time_of_use.sharp_surcharge"
    return SHARP_FACTORY, place, [{**SURCHARGE, key: one}], [{**SURCHARGE, key: other}], TIMED


def convention(place: str, one: object, other: object) -> tuple[Any, ...]:
    return SHARP_FACTORY, f"conventions.{place}", one, other, TIMED


PENNIES = sheet(energy("energy", "0.500001"), energy("green", "0.000001", line="energy"))
INTENSE = request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])

PAIRS: dict[str, tuple[Any, ...]] = {
    "AmountConventions.joint": convention("amounts.joint", [], [JOINT]),
    "AmountConventions.components": (PENNIES, "conventions.amounts.components", "together", "each_part"),
    "BasicConventions.discount": (INTENSE, "conventions.basic.discount", "in_price", "apart"),
    "BasicConventions.demand_round": (request(), "conventions.basic.demand_round", ABSENT, "1"),
    "Conventions.amounts": convention("amounts", {}, {"joint": [JOINT]}),
    "Conventions.time_of_use": convention("time_of_use", {}, {"price_round": "0.01"}),
    "EnergyConventions.sharp_elsewhere": (request(), "conventions.kwh.sharp_elsewhere", ABSENT, "peak"),
    "Intervals.sampling": (BY_INTERVALS, f"{POINT}.intervals.sampling", "mean", "instant"),
    "JointAmount.for": joint("for", {"class": "industrial_commercial"}, {"class": "residential"}),
    "JointAmount.lines": joint("lines", JOINT["lines"], ["levies"]),
    "JointAmount.rest": joint("rest", "water", "renewable"),
    "JointAmount.round_per": joint("round_per", "band", "total"),
    "SharpSurcharge.code": surcharge("code", "sharp_surcharge", "sharp_more"),
    "SharpSurcharge.for": surcharge("for", {"class": "industrial_commercial"}, {"class": "residential"}),
    "SharpSurcharge.label": surcharge("label", "a label", None),
    "SharpSurcharge.lines": surcharge("lines", ["network_energy"], ["levies"]),
    "SharpSurcharge.rest": surcharge("rest", "energy", "nothing"),
    "SharpSurcharge.step": surcharge("step", "0.00001", "0.01"),
    "SubMeterConventions.ratio_bands": (request(), "conventions.sub_meters.ratio_bands", ABSENT, "shares"),
    "SubMeterConventions.without_sharp": (request(), "conventions.sub_meters.without_sharp", ABSENT, "peak"),
    "TimeOfUseConventions.own_prices": (request(), "conventions.time_of_use.own_prices", ABSENT, "float"),
    "TimeOfUseConventions.price_round": convention("time_of_use.price_round", ABSENT, "0.01"),
    "TimeOfUseConventions.ratio_of": convention("time_of_use.ratio_of", ABSENT, "exact"),
    "TimeOfUseConventions.sharp_surcharge": convention("time_of_use.sharp_surcharge", ABSENT, [SURCHARGE]),
    "TimeOfUseConventions.unrounded": convention("time_of_use.unrounded", ABSENT, ["energy"]),
}
"""As those of ``pairs``."""
