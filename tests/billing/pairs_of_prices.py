"""Pairs of requests that differ in one key of the given lines, the prices or the conventions."""

from typing import Any

from tests.billing.cases import Data, changed, reading, request
from tests.billing.pairs import (
    ABSENT,
    BANDS,
    CORRECTED,
    GIVEN,
    LINE,
    OWN,
    PARTS,
    POINT,
    SELECTED,
    SHARED,
    STOPPED,
    UNTOLD,
    UNTOLD_FORWARD,
)

BOTH_WAYS = changed(
    request(conventions={"power_factor": {"reactive": ["reactive_forward", "reactive_reverse"]}}),
    {f"{POINT}.readings.0.reactive_reverse": "0", f"{POINT}.readings.1.reactive_reverse": "12"},
)
BEFORE = request(
    billed_before=[
        {"code": "purchase", "section": "energy", "group": "main", "band": "peak", "amount": "400", "kwh": "500"}
    ]
)


def selector(key: str, mine: object, others: object) -> tuple[Data, str, object, object]:
    return SELECTED, "price_sheet.components.1.for", {key: mine}, {key: others}


def lines_of(key: str) -> tuple[Data, str, object, object]:
    named = {"sections": ["energy"], "tags": ["levy"], "components": ["purchase"], "groups": ["main"]}[key]
    return request(), f"conventions.power_factor.base.exclude.{key}", [], [named[0]]


def convention(place: str, one: object, other: object, data: Data | None = None) -> tuple[Data, str, object, object]:
    return request() if data is None else data, f"conventions.{place}", one, other


LEAST = changed(OWN, {"price_sheet.components": [*OWN["price_sheet"]["components"],
    {"code": "least", "section": "minimum", "quantity": "months", "price": "100", "minimum_of": "bill"}]})  # fmt: skip
"""Prices with a minimum that the bill reaches, and its refunds do not."""

PAIRS: dict[str, tuple[Any, ...]] = {
    "GivenLine.code": (GIVEN, "given.0.code", "extra", "more"),
    "GivenLine.label": (GIVEN, "given.0.label", "a label", ABSENT),
    "GivenLine.section": (GIVEN, "given.0.section", "energy", "refunds"),
    "GivenLine.group": (GIVEN, "given.0.group", "main", "other"),
    "GivenLine.band": (GIVEN, "given.0.band", "flat", ABSENT),
    "Request.billed_before": (request(), "billed_before", [], [{**LINE, "amount": "5.00"}]),
    "BilledBefore.code": (BEFORE, "billed_before.0.code", "purchase", "bought"),
    "BilledBefore.section": (BEFORE, "billed_before.0.section", "energy", "refunds"),
    "BilledBefore.group": (BEFORE, "billed_before.0.group", "main", "other"),
    "BilledBefore.band": (BEFORE, "billed_before.0.band", "peak", "flat"),
    "BilledBefore.amount": (BEFORE, "billed_before.0.amount", "400.00", "300.00"),
    "BilledBefore.kwh": (BEFORE, "billed_before.0.kwh", "500", "400"),
    "GivenLine.amount": (GIVEN, "given.0.amount", "10.00", "10.01"),
    "GivenLine.kwh": (GIVEN, "given.0.kwh", "10", ABSENT),
    "GivenLine.price": (GIVEN, "given.0.price", "1", ABSENT),
    "GivenLine.supplies": (GIVEN, "given.0.supplies", [], ["purchase"]),
    "GivenLine.power_factor": (GIVEN, "given.0.power_factor", "none", "base"),
    "GivenRatio.ratio": (GIVEN, "given.0.power_factor", {"ratio": "0.1"}, {"ratio": "0.2"}),
    "RequestSheet.title": (OWN, "price_sheet.title", "contract", "another contract"),
    "RequestSheet.instead_of": (OWN, "price_sheet.instead_of", ["purchase_price"], ABSENT),
    "RequestSheet.components": (OWN, "price_sheet.components.0.price", "0.5", "0.6"),
    "RequestSheet.prices": (OWN, "price_sheet.prices", {}, {"energy": {"total": "1"}}),
    "RequestSheet.not_charged": (OWN, "price_sheet.not_charged", [], ["levies"]),
    "Component.code": (OWN, "price_sheet.components.0.code", "energy", "power"),
    "Component.label": (OWN, "price_sheet.components.0.label", "a label", ABSENT),
    "Component.section": (OWN, "price_sheet.components.0.section", "energy", "network_energy"),
    "Component.line": (PARTS, "price_sheet.components.1.line", "energy", ABSENT),
    "Component.quantity": (OWN, "price_sheet.components.0.quantity", "billed_kwh", "demand_kw"),
    "Component.minimum_of": (LEAST, "price_sheet.components.1.minimum_of", "bill", ["refunds"]),
    "Component.price": (OWN, "price_sheet.components.0.price", "0.5", "0.6"),
    "Component.round_per": (BANDS, "price_sheet.components.0.round_per", "total", "band"),
    "Component.print_per": (BANDS, "price_sheet.components.0.print_per", "total", "band"),
    "Component.tags": (OWN, "price_sheet.components.0.tags", [], ["floats"]),
    "Component.round": (OWN, "price_sheet.components.0.round.amount", "0.01", "10000"),
    "Component.supplies": (OWN, "price_sheet.components.0.supplies", [], ["levies"]),
    "Component.for": selector("billing", "one_part", "two_part"),
    "Rounding.price": (OWN, "price_sheet.components.0.round.price", ABSENT, "1"),
    "Rounding.amount": (OWN, "price_sheet.components.0.round.amount", "0.01", "10000"),
    "FlatPrice.flat": (OWN, "price_sheet.components.0.price", {"flat": "0.5"}, {"flat": "0.6"}),
    "BandPrices.bands": (BANDS, "price_sheet.components.0.price.bands.flat", "0.5", "0.6"),
    "BandPrices.unpriced": (BANDS, "price_sheet.components.0.price.unpriced", [], ["flat"]),
    "PriceNumber.official": (
        OWN,
        "price_sheet.components.0.price",
        {"flat": {"official": "0.5"}},
        {"flat": {"official": "0.6"}},
    ),
    "PriceNumber.billed": (
        OWN,
        "price_sheet.components.0.price",
        {"flat": {"official": "0.5"}},
        {"flat": {"official": "0.5", "billed": "0.6"}},
    ),
    "PriceNumber.printed": (
        OWN,
        "price_sheet.components.0.price",
        {"flat": CORRECTED},
        {"flat": {**CORRECTED, "printed": None}},
    ),
    "PriceNumber.corrected": (
        OWN,
        "price_sheet.components.0.price",
        {"flat": CORRECTED},
        {"flat": {**CORRECTED, "corrected": "0.6"}},
    ),
    "PriceNumber.reason": (
        OWN,
        "price_sheet.components.0.price",
        {"flat": CORRECTED},
        {"flat": {**CORRECTED, "reason": None}},
    ),
    "Selector.class": selector("class", "industrial_commercial", "residential"),
    "Selector.subclass": (
        changed(SELECTED, {"agreement.0.groups.main.subclass": "mine"}),
        "price_sheet.components.1.for",
        {"subclass": "mine"},
        {"subclass": "others"},
    ),
    "Selector.billing": selector("billing", "one_part", "two_part"),
    "Selector.voltage": selector("voltage", "10kV", "35kV"),
    "Selector.purchase": selector("purchase", "agent", "market"),
    "Selector.time_of_use": (
        SELECTED,
        "price_sheet.components.1.for",
        {"time_of_use": True},
        {"time_of_use": False},
    ),
    "Conventions.power_factor": convention("power_factor", {}, {"round": "line"}),
    "Conventions.kwh": convention("kwh", {}, {"round": {"reading": "10000"}}),
    "Conventions.sub_meters": convention("sub_meters", {}, {"from_bands": "flat_first"}, SHARED),
    "Conventions.basic": convention("basic", {}, {"days": "calendar"}),
    "Conventions.levies": convention("levies", {}, {"round_per": "band"}),
    "Conventions.price_by": convention("price_by", {}, {"catalogue_price": "billing_month"}),
    "Conventions.total_round": convention("total_round", "0.01", "1000"),
    "PowerFactorConventions.scope": convention("power_factor.scope", "supply_point", "account"),
    "PowerFactorConventions.active": convention("power_factor.active", "bands", "total"),
    "PowerFactorConventions.reactive_sum": (BOTH_WAYS, "conventions.power_factor.reactive_sum", "absolute", "net"),
    "PowerFactorConventions.reactive": convention("power_factor.reactive", ["reactive_forward"], ["reactive_reverse"]),
    "PowerFactorConventions.base": convention("power_factor.base", {}, {"exclude": {"sections": ["energy"]}}),
    "PowerFactorConventions.round": (UNTOLD_FORWARD, "conventions.power_factor.round", "once", "line", UNTOLD),
    "PowerFactorConventions.no_energy": (
        changed(
            request(),
            {
                f"{POINT}.readings.1": reading(
                    "2024-08-01", "closing", peak="0", flat="0", valley="0", reactive_forward="9"
                )
            },
        ),
        "conventions.power_factor.no_energy",
        "refuse",
        "none",
    ),
    "BaseSelector.include": convention("power_factor.base.include", {}, {"sections": ["network_energy"]}),
    "BaseSelector.exclude": convention("power_factor.base.exclude", {}, {"sections": ["network_energy"]}),
    "LineSelector.sections": lines_of("sections"),
    "LineSelector.tags": lines_of("tags"),
    "LineSelector.components": lines_of("components"),
    "LineSelector.groups": lines_of("groups"),
    "EnergyConventions.source": convention(
        "kwh.source",
        ABSENT,
        "bands",
        changed(
            request(),
            {
                "agreement.0.groups.main.time_of_use": False,
                f"{POINT}.readings.0.total": "0",
                f"{POINT}.readings.1.total": "61",
            },
        ),
    ),
    "EnergyConventions.remainder": convention(
        "kwh.remainder",
        "report",
        "flat",
        changed(request(), {f"{POINT}.readings.0.total": "0", f"{POINT}.readings.1.total": "61"}),
    ),
    "EnergyConventions.round": convention("kwh.round", {}, {"reading": "10000"}),
    "EnergyRounding.reading": convention("kwh.round.reading", "1", "10000"),
    "EnergyRounding.print": convention("kwh.round.print", "1", "10000"),
    "SubMeterConventions.order": convention("sub_meters.order", ABSENT, ["ratio", "fixed", "meter"]),
    "SubMeterConventions.ratio_of": convention("sub_meters.ratio_of", ABSENT, "after_fixed"),
    "SubMeterConventions.from_bands": convention("sub_meters.from_bands", "shares", "flat_first", SHARED),
    "BasicConventions.days": convention("basic.days", ABSENT, "calendar"),
    "BasicConventions.first_day": convention("basic.first_day", ABSENT, "free"),
    "BasicConventions.last_day": convention("basic.last_day", ABSENT, "billed"),
    "BasicConventions.changes": (
        changed(STOPPED, {"changes.0.resumed": "2024-07-12"}),
        "conventions.basic.changes",
        "by_law",
        "as_stated",
    ),
    "BasicConventions.kva_round": convention("basic.kva_round", ABSENT, "0.1"),
    "LevyConventions.round_per": (UNTOLD_FORWARD, "conventions.levies.round_per", ABSENT, "band", UNTOLD),
}
"""As those of ``pairs``."""
