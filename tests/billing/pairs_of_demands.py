"""Pairs of requests that differ in one key of a demand by band, of contracts of several kinds, or of a month without use."""

from pathlib import Path
from typing import Any

from billcalc.files.documents import read_document
from billcalc.library.catalog import load_catalog
from tests.billing.cases import Data, changed, energy, point, sheet
from tests.tariff.test_taipower import TWO_PERIODS, month, tariffs

_BANDS = dict.fromkeys(TWO_PERIODS, "1100")
_METER = {"config": [{"from": "2025-01-01", "meter": "A", "multiplier": "1", "digits": 4}]}
_MONTH = changed(month(standard="none"), {"facts": {"S1": {"demand_by_band_kw": _BANDS}}})
_READ = changed(
    month(standard="none"),
    {
        "facts": {},
        "metering_points.0": {
            **month()["metering_points"][0],
            **_METER,
            "readings": [
                {"at": "2025-11-01", "kind": "opening", "demand_by_band": _BANDS},
                {"at": "2025-12-01", "kind": "closing", "demand_by_band": _BANDS},
            ],
        },
    },
)
_FEE = energy("fee", "100", section="network_capacity", quantity="months")
_IDLE: Data = {
    **sheet(energy("energy", "0.5"), _FEE),
    "metering_points": [point(readings=[], config=[], given={"kwh": {"peak": "0", "flat": "0", "valley": "0"}})],
}

_SHAPES: Any = read_document(Path("fixtures/by_hand/general-shapes/request.yaml")).data
_EARLIER = _SHAPES["facts"]["S1"]["earlier_demand_kw"]
_NONE = load_catalog(areas=["tw"])
_PRICES = "price_sheet.components"
_RATCHET = f"{_PRICES}.2.demand.ratchet"

PAIRS: dict[str, Any] = {
    "Basic.further_contracts": (
        _MONTH, "agreement.0.basic.further_contracts", {}, {"S1": {"off_peak": "900"}}, tariffs(),
    ),
    "GivenFacts.demand_by_band_kw": (_MONTH, "facts.S1.demand_by_band_kw.peak", "1100", "1200", tariffs()),
    "GivenQuantities.demand_by_band_kw": (
        changed(month(standard="none"), {"facts": {}}), "metering_points.0.given.demand_by_band_kw",
        _BANDS, {**_BANDS, "peak": "1200"}, tariffs(),
    ),
    "Reading.demand_by_band": (_READ, "metering_points.0.readings.1.demand_by_band.peak", "1100", "1200", tariffs()),
    "Component.idle_share": (_IDLE, "price_sheet.components.1.idle_share", None, "0.5"),
    "GivenFacts.demand_kva": (_SHAPES, "facts.S1.demand_kva", "95", "105", _NONE),
    "GivenFacts.earlier_demand_kw": (
        _SHAPES, "facts.S1.earlier_demand_kw", _EARLIER, {**_EARLIER, "2024-05": {"total": "140"}}, _NONE,
    ),
    "Component.demand": (_SHAPES, f"{_PRICES}.3.demand", None, {"least": "100"}, _NONE),
    "Component.free_share": (_SHAPES, f"{_PRICES}.4.free_share", None, "0.30", _NONE),
    "MeasuredDemand.bands": (_SHAPES, f"{_PRICES}.1.demand.bands", ["peak"], ["sharp"], _NONE),
    "MeasuredDemand.ratchet": (_SHAPES, _RATCHET, None, {"share": "1", "months": 3}, _NONE),
    "MeasuredDemand.least": (_SHAPES, f"{_PRICES}.3.demand.least", "100", "110", _NONE),
    "MeasuredDemand.above": (_SHAPES, f"{_PRICES}.3.demand.above", None, "90", _NONE),
    "MeasuredDemand.up_to": (_SHAPES, f"{_PRICES}.3.demand.up_to", None, "90", _NONE),
    "Ratchet.share": (_SHAPES, f"{_RATCHET}.share", "0.80", "0.9", _NONE),
    "Ratchet.months": (_SHAPES, f"{_RATCHET}.months", 3, 2, _NONE),
}  # fmt: skip
