"""Accounts of the tests of bulk checks: a template and rows of a month each, at prices of their own."""

from typing import Any

__all__ = ["READINGS", "TEMPLATE", "row_of"]

READINGS = "metering_points.0.readings"
_MAIN = {"billing": "two_part", "voltage": "10kV", "time_of_use": True, "purchase": "catalogue"}
TEMPLATE: dict[str, Any] = {
    "area": "cn",
    "agreement": [
        {
            "from": "2020-01-01",
            "groups": {"main": {**_MAIN, "class": "large_industrial"}},
            "supply_points": {
                "S1": {"power_factor_standard": "0.90", "transformers": [{"id": "T1", "state": "in_service"}]}
            },
            "basic": {"mode": "capacity"},
        }
    ],
    "metering_points": [
        {
            "id": "M1",
            "group": "main",
            "supply_point": "S1",
            "side": "high",
            "config": [{"from": "2020-01-01", "meter": "A", "multiplier": "600", "digits": 12}],
            "not_installed": ["reactive_reverse"],
            "readings": [
                {"kind": "opening", **dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), "0")},
                {"kind": "closing", "flat": "150", "valley": "100", "reactive_forward": "90"},
            ],
        }
    ],
    "price_sheet": {
        "title": "prices of the tests",
        "not_charged": ["levies"],
        "components": [
            {
                "code": "catalogue_energy",
                "section": "catalogue",
                "price": {"bands": {"peak": "1.02", "flat": "0.68", "valley": "0.34"}},
            },
            {"code": "capacity", "section": "network_capacity", "quantity": "capacity_kva", "price": "24"},
        ],
    },
}


def row_of(
    account: str,
    year: int,
    month: int,
    *,
    peak: str = "110",
    kva: str = "1000",
    group_class: str = "large_industrial",
    multiplier: str = "600",
) -> dict[str, str]:
    """A row of a month."""
    start = f"{year}-{month:02d}-01"
    end = f"{year + month // 12}-{month % 12 + 1:02d}-01"
    return {
        "account": account,
        "cycle.from": start,
        "cycle.to": end,
        "period.from": start,
        "period.to": end,
        f"{READINGS}.0.at": start,
        f"{READINGS}.1.at": end,
        f"{READINGS}.1.peak": peak,
        "agreement.0.supply_points.S1.transformers.0.kva": kva,
        "agreement.0.groups.main.class": group_class,
        "metering_points.0.config.0.multiplier": multiplier,
    }
