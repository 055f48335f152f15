"""Pairs of requests that differ in one key of a demand by band, of contracts of several kinds, or of a month without use."""

from typing import Any

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
}  # fmt: skip
