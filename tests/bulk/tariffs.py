"""Two invented areas that between them use every kind of price, rule and convention; and no real tariff can change under them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from billcalc.fields import validated
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import AnyDocument

AREAS = ("cn-east", "cn-west")
INDUSTRY = ["industrial_commercial", "large_industrial", "general_commercial"]
HOMES = ["residential", "agricultural"]


def catalog() -> Catalog:
    """The tariffs of both areas for May to July 2024."""
    documents = [validated(AnyDocument, data).root for area in AREAS for data in _documents(area)]
    return Catalog(documents, version="invented")


def _document(area: str, kind: str, start: str, *, until: str | None = None, **content: object) -> dict[str, Any]:
    effective = {"from": start} if until is None else {"from": start, "repealed_on": until}
    return {
        "id": f"{area.replace('-', '/')}/{kind}/{start}",
        "kind": kind,
        "area": area,
        "effective": effective,
        "document": {"title": f"invented {kind}"},
        "evidence": "official_text",
        "recorded_on": "2024-01-01",
        **content,
    }


def _documents(area: str) -> Iterator[dict[str, Any]]:
    made_of = {
        **{key: ["purchase_price", "network_price", "levies"] for key in INDUSTRY},
        **{key: ["catalogue_price", "levies"] for key in HOMES},
    }
    yield _document(area, "price_structure", "2000-01-01", made_of=made_of)
    yield _document(area, "network_price", "2024-01-01", components=list(_network("0.0777", "21.4", "36.1")))
    yield _document(area, "network_price", "2024-06-16", components=list(_network("0.081234567891", "22.5", "36.1")))
    for start, until, price in (("2024-05-01", "2024-06-01", "0.41"), ("2024-06-01", "2024-07-01", "0.467564")):
        yield _document(area, "purchase_price", start, until=until, components=list(_purchase(price, area)))
    if area == "cn-west":
        yield _document(area, "time_of_use", "2024-01-01", **_time_of_use())
    yield _document(area, "catalogue_price", "2024-01-01", components=list(_catalogue()))
    yield _document(area, "levies", "2024-01-01", components=list(_levies()))
    yield _document(area, "power_factor_rules", "1984-01-01", rounding="0.01", tables=_tables())
    yield _document(area, "basic_charge_rules", "2000-01-01", **_basic(area))
    yield _document(area, "conventions", "2000-01-01", conventions=_conventions(area))


def _network(energy: str, capacity: str, demand: str) -> Iterator[dict[str, Any]]:
    yield {"code": "network_energy", "section": "network_energy", "price": energy, "for": {"class": INDUSTRY}}
    yield {"code": "loss_share", "section": "network_energy", "line": "network_energy", "price": "-0.00125", "tags": ["green"],
           "for": {"class": INDUSTRY}}  # fmt: skip
    yield {
        "code": "meter_fee",
        "section": "network_capacity",
        "quantity": "months",
        "price": "12.5",
        "for": {"class": INDUSTRY},
    }
    two_part = {"class": INDUSTRY, "billing": "two_part"}
    for code, quantity, price in (("capacity", "capacity_kva", capacity), ("demand", "demand_kw", demand)):
        yield {"code": code, "section": "network_capacity", "quantity": quantity, "price": price, "for": two_part}


def _purchase(price: str, area: str) -> Iterator[dict[str, Any]]:
    for purchase in ("agent", "agent_1.5x"):
        agent = {"class": INDUSTRY, "purchase": purchase}
        bands = {"sharp": "0.826332", "peak": "0.691794", "flat": price, "valley": "0.243334"}
        unpriced = ["half_peak", "deep_valley"]
        by_band = {"price": {"bands": bands, "unpriced": unpriced}}
        floating = {"price": price, "tags": ["floats"]}
        yield {"code": "purchase", "section": "energy", **(by_band if area == "cn-east" else floating),
               "for": {**agent, "time_of_use": True}}  # fmt: skip
        yield {"code": "purchase", "section": "energy", "price": price, "for": {**agent, "time_of_use": False}}
    yield {"code": "purchase", "section": "energy", "price": "given", "for": {"class": INDUSTRY, "purchase": "market"}}
    yield {"code": "upstream_loss", "section": "upstream_loss", "price": "0.016316", "for": {"class": INDUSTRY}}
    yield {"code": "operation", "section": "system_operation", "price": "0.02", "round_per": "band", "print_per": "total",
           "for": {"class": INDUSTRY}}  # fmt: skip
    yield {"code": "cross_subsidy", "section": "system_operation", "price": "-0.004873", "round_per": "total",
           "for": {"class": INDUSTRY}}  # fmt: skip
    yield {"code": "green_premium", "section": "energy", "quantity": "green_kwh", "price": "0.0281547967", "tags": ["green"],
           "for": {"subclass": "green"}}  # fmt: skip


def _catalogue() -> Iterator[dict[str, Any]]:
    yield {"code": "catalogue_energy", "section": "catalogue", "price": "0.500306",
           "for": {"class": HOMES, "time_of_use": False}}  # fmt: skip
    bands = {"peak": "0.6", "flat": "0.5", "valley": "0.3"}
    yield {"code": "catalogue_energy", "section": "catalogue", "price": {"bands": bands, "unpriced": ["sharp"]},
           "for": {"class": HOMES, "time_of_use": True}}  # fmt: skip


def _levies() -> Iterator[dict[str, Any]]:
    water = {"flat": {"official": "0.00196875", "billed": "0.001969"}}
    yield {"code": "water_projects", "section": "levies", "tags": ["levy"], "price": water}
    yield {
        "code": "rural_grid_loan",
        "section": "levies",
        "tags": ["levy"],
        "price": "0.02",
        "for": {"class": INDUSTRY},
    }


def _tables() -> dict[str, Any]:
    """Rewards above the standard and charges below it, by invented steps."""
    return {
        standard: {
            "percent": {
                str(Decimal(k).scaleb(-2)): str(Decimal(15 * (rewarded - k)).scaleb(-2)) for k in range(100, 39, -1)
            },
            "below": "2",
        }
        for standard, rewarded in (("0.90", 90), ("0.85", 85))
    }


def _time_of_use() -> dict[str, Any]:
    """Ratios with products that have to be rounded."""
    return {
        "for": {"class": INDUSTRY, "purchase": ["agent", "agent_1.5x"]},
        "floats": {"all": {"tags": ["floats"]}},
        "price_round": {"step": "0.000001", "of": "component"},
        "periods": {
            "all": {
                "bands": {
                    "sharp": ["10:00-12:00"],
                    "peak": ["08:00-10:00", "12:00-20:00"],
                    "flat": ["20:00-24:00"],
                    "valley": ["00:00-08:00"],
                }
            }
        },
        "ratios": {
            "all": {
                "bands": {
                    "sharp": {"of": "peak", "factor": "1.17"},
                    "peak": {"of": "flat", "factor": "1.583"},
                    "flat": {"of": "untimed", "factor": "1"},
                    "valley": {"of": "flat", "factor": "0.377"},
                }
            }
        },
    }


def _basic(area: str) -> dict[str, Any]:
    if area == "cn-east":
        discount = {"energy_per_capacity": "260", "factor": "0.90"}
        steps = [{"above": "0.05", "factor": "2", "free_band": False}]
        return {"days": "calendar", "floor_share": "0.40", "over_steps": steps, "discount": discount}
    steps = [{"above": "0", "factor": "2", "free_band": True}, {"above": "0.1", "factor": "3", "free_band": False}]
    return {"days": "thirtieth", "floor_share": "0.3", "over_steps": steps}


def _conventions(area: str) -> dict[str, Any]:
    """Every convention is told, so that no bill is computed again under another reading."""
    if area == "cn-east":
        return {
            "power_factor": {
                "scope": "supply_point",
                "reactive": ["reactive_forward", "reactive_reverse"],
                "base": {"exclude": {"sections": ["levies", "refunds"]}},
                "round": "once",
                "no_energy": "refuse",
            },
            "kwh": {"source": "bands", "remainder": "report", "round": {"reading": "1"}},
            "sub_meters": {"order": ["fixed", "ratio", "meter"], "ratio_of": "reading", "from_bands": "shares"},
            "basic": {"days": "calendar", "first_day": "billed", "last_day": "free"},
            "levies": {"round_per": "band"},
            "price_by": {"network_price": "consumption_day", "purchase_price": "billing_month"},
            "total_round": "0.01",
        }
    return {
        "power_factor": {
            "scope": "account",
            "reactive": ["reactive_forward"],
            "base": {"exclude": {"tags": ["levy", "green"]}},
            "round": "line",
            "no_energy": "none",
        },
        "kwh": {"source": "total", "remainder": "flat", "round": {"reading": "0.01"}},
        "sub_meters": {"order": ["ratio", "fixed", "meter"], "ratio_of": "after_fixed", "from_bands": "flat_first"},
        "basic": {"days": "thirtieth", "first_day": "free", "last_day": "billed", "kva_round": "0.01"},
        "levies": {"round_per": "total"},
        "price_by": {"network_price": "consumption_day", "purchase_price": "consumption_day"},
        "total_round": "0.1",
    }
