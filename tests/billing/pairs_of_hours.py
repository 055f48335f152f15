"""Pairs of requests that differ in one key of prices by interval."""

from typing import Any

from tests.billing.cases import Data
from tests.billing.test_intervals import UNTIMED, metered

_SERIES: Data = {"step": "60", "start": "2024-07-01T00:00:00+08:00", "values": ["0.5"] * 48}
_COMPONENT = {"code": "energy", "section": "energy", "price": {"series": _SERIES}}
_HOURS: Data = {**metered(UNTIMED), "price_sheet": {"title": "contract", "components": [_COMPONENT]}}
_PRICE = "price_sheet.components.0.price.series"

PAIRS: dict[str, tuple[Any, ...]] = {
    "RequestSheet.series": (
        metered(UNTIMED),
        "price_sheet",
        {"title": "own"},
        {"title": "own", "series": {"a": _SERIES}},
    ),
    "SeriesPrice.series": (_HOURS, _PRICE, _SERIES, {**_SERIES, "values": ["0.6"] * 48}),
    "PriceSeries.step": (_HOURS, f"{_PRICE}.step", "60", "30"),
    "PriceSeries.start": (_HOURS, f"{_PRICE}.start", _SERIES["start"], "2024-07-01T01:00:00+08:00"),
    "PriceSeries.values": (_HOURS, f"{_PRICE}.values", ["0.5"] * 48, ["0.5"] * 47 + ["0.6"]),
}
