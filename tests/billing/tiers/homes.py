"""Households of the invented area: tiers of 0.5, 0.55 and 0.8 up to 200 and 400 kWh a month, or 2,400 and 4,800 a year."""

from typing import Any

from billcalc.billing.bill import Bill, Line
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import Header
from tests.billing.cases import HOME, Data, catalog, conventions, document, entry

ONE_HOME: Data = {**HOME, "subclass": "一户一表", "voltage": "<1kV"}
BY_BANDS: Data = {**ONE_HOME, "time_of_use": True}

TIERS: list[Data] = [
    {"code": f"tier_{number}", "section": "catalogue", "quantity": f"tier_kwh.{number}", "price": price,
     "supplies": ["levies"], "for": {"time_of_use": False}}
    for number, price in enumerate(("0.5", "0.55", "0.8"), start=1)
]  # fmt: skip
"""A price for each tier."""
ADDITIONS: list[Data] = [
    {"code": "residential_energy", "section": "catalogue", "price": {"bands": {"peak": "0.6", "valley": "0.3"}},
     "supplies": ["levies"], "for": {"time_of_use": True}},
    *({"code": f"tier_{number}_addition", "section": "catalogue", "quantity": f"tier_kwh.{number}", "price": price,
       "for": {"time_of_use": True}} for number, price in ((2, "0.05"), (3, "0.3"))),
]  # fmt: skip
"""A price for all energy by band, and what the second and the third tier add to it."""
BANDED: list[Data] = [
    {"code": f"tier_{number}", "section": "catalogue", "quantity": f"tier_kwh.{number}", "supplies": ["levies"],
     "price": {"bands": {"peak": peak, "valley": valley}}, "for": {"time_of_use": True}}
    for number, (peak, valley) in enumerate((("0.6", "0.3"), ("0.66", "0.33"), ("0.96", "0.48")), start=1)
]  # fmt: skip
"""A price for each band of each tier."""
MONTHLY: Data = {"months": "1", "limits": [{"up_to": ["200", "400"]}]}
YEARLY: Data = {"months": "12", "limits": [{"up_to": ["2400", "4800"]}]}


def homes(*tiers: Data, components: list[Data] | None = None, start: str = "2020-01-01", **header: Any) -> Header:
    """A document of prices of households."""
    body = {
        "for": {"class": "residential", "subclass": "一户一表", "purchase": "catalogue"},
        "components": [*TIERS, *ADDITIONS] if components is None else components,
        "tiers": list(tiers),
    }
    return document("residential_price", start, body, **header)


def area(*tiers: Data, **more: Any) -> Catalog:
    """The invented area with tiers; without conventions where ``told`` is None, or with some."""
    told = more.pop("told", ...)
    changes: Data = {} if told is ... else {"conventions": None if told is None else conventions(told=told)}
    return catalog(homes=homes(*tiers, **more), **changes)


def home(
    kwh: str | dict[str, str],
    start: str = "2024-01-01",
    end: str = "2024-02-01",
    *,
    household: Data | None = None,
    **changes: Any,
) -> Data:
    """A household that used some energy, told in total or by band."""
    by_band = isinstance(kwh, dict)
    given = kwh if by_band else {"total": kwh}
    days = {"from": start, "to": end}
    point: Data = {"id": "M1", "group": "main", "supply_point": "S1", "side": "low", "given": {"kwh": given}}
    return {
        "area": "cn-test",
        "cycle": {**days},
        "period": {**days},
        "agreement": [
            entry(
                "2020-01-01",
                groups={"main": BY_BANDS if by_band else ONE_HOME},
                supply_points={"S1": {"power_factor_standard": "none"}},
                basic={"mode": "exempt"},
            )
        ],
        "metering_points": [{**point, "not_installed": ["flat"]} if by_band else point],
        **({} if household is None else {"households": {"main": household}}),
        **changes,
    }  # fmt: skip


def before(start: str, end: str, kwh: str, *by_tier: str) -> Data:
    """What was used on earlier days."""
    return {"from": start, "to": end, "kwh": kwh, **({"by_tier": list(by_tier)} if by_tier else {})}


def shown(bill: Bill) -> list[tuple[str, str, str]]:
    """Each line by its code (and its band), with its kWh and its amount."""
    return [(_name(line), str(line.quantity), str(line.amount)) for line in bill.lines]


def _name(line: Line) -> str:
    return line.code if line.band is None else f"{line.code} {line.band}"
