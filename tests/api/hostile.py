"""Requests that are small to send and were much to work on."""

import json
from typing import Any

from tests.api.calling import LINES, request_data

__all__ = ["HOSTILE", "batch_of"]

JSON = "application/json"


def _body(**changes: Any) -> bytes:
    return json.dumps({**request_data(), **changes}).encode()


def _to_the_year_9999() -> bytes:
    point = request_data()["metering_points"][0]
    kept = {key: point[key] for key in ("id", "group", "supply_point", "side")}
    intervals = {"step": 5, "start": "2024-06-12T00:00:00+08:00", "unit": "kwh", "values": ["1"], "fill": "zero"}
    span = {"from": "2024-06-12", "to": "9999-12-31"}
    return _body(cycle=span, period=span, metering_points=[{**kept, "intervals": intervals}])


def _agreement(**changes: Any) -> list[Any]:
    return [{**request_data()["agreement"][0], **changes}]


def _transformers(number: int) -> bytes:
    one = [{"id": f"T{place}", "kva": "1", "state": "in_service"} for place in range(number)]
    return _body(agreement=_agreement(supply_points={"S1": {"power_factor_standard": "0.90", "transformers": one}}))


def _groups(number: int) -> bytes:
    group = request_data()["agreement"][0]["groups"]["main"]
    return _body(
        agreement=_agreement(groups={f"g{place}": {**group, "subclass": str(place)} for place in range(number)})
    )


def _given(lines: int, supplies: int) -> bytes:
    """Lines that each stand for what is not paid: a doubt about each."""
    line = {
        "section": "energy",
        "group": "main",
        "amount": "1.00",
        "supplies": [f"x{place}" for place in range(supplies)],
    }
    return _body(given=[{**line, "code": f"c{place}"} for place in range(lines)])


def batch_of(*lines: bytes) -> bytes:
    return b"\n".join(lines)


HOSTILE: dict[str, tuple[str, str, bytes]] = {
    "intervals to the year 9999": ("/v1/bills", JSON, _to_the_year_9999()),
    "150,000 empty given lines": ("/v1/bills", JSON, _body(given=[{}] * 150_000)),
    "as many given lines as may be": ("/v1/bills", JSON, _given(1_000, 32)),
    "2,000 transformers": ("/v1/bills", JSON, _transformers(2_000)),
    "500 transformers": ("/v1/bills", JSON, _transformers(500)),
    "1,500 groups": ("/v1/bills", JSON, _groups(1_500)),
    "50,000 unknown keys": ("/v1/bills", JSON, _body(**{f"k{place}": "" for place in range(50_000)})),
    "a batch of large lines": ("/v1/bills:batch", LINES, batch_of(*[_given(800, 32)] * 4)),
}
"""By what is in it: where it is sent, its type and its body."""
