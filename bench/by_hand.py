"""One bill as a good engineer would write it in an hour: the ten lines of one customer, and nothing else.

It bills what ``fixtures/official/guangxi-2024-06-p2`` has and no other request: no checks, no derivation, no other
readings, no cuts. It is what the bars of speed are held against, so it must be right to the fen for these ten lines,
which its tests try; and it has no number of a document: they are taken out of a bill of ours beforehand.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from billcalc.billing.bill import Bill
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.plan import Plan

__all__ = ["FIXTURE", "Integers", "Tariff", "bill_of_decimals", "tariff_of"]

FIXTURE = "official/guangxi-2024-06-p2"

_BANDS = ("peak", "flat", "valley")
_PER_KWH = ("upstream_loss", "network_energy", "coal_capacity", "other_operation", "levies")
_ONE, _FEN, _TWO_PLACES = Decimal(1), Decimal("0.01"), Decimal("0.01")


@dataclass(frozen=True)
class Tariff:
    """The prices of the ten lines.

    Attributes:
        by_band: of the purchase [CNY/kWh].
        per_kwh: of the others [CNY/kWh].
        capacity: [CNY/kVA].
        ratios: of the power factor, by cosφ [1].
    """

    by_band: Mapping[str, Decimal]
    per_kwh: Mapping[str, Decimal]
    capacity: Decimal
    ratios: Mapping[Decimal, Decimal]


def tariff_of(bill: Bill, plan: Plan) -> Tariff:
    """The prices that a bill of the fixture was calculated at."""
    prices = {(line.code, line.band): line.price for line in bill.lines if line.price is not None}
    return Tariff(
        by_band={
            band.value: price for (code, band), price in prices.items() if code == "purchase" and band is not None
        },
        per_kwh={code: price for (code, _), price in prices.items() if code in _PER_KWH},
        capacity=next(price for (code, _), price in prices.items() if code == "capacity"),
        ratios=plan.charges.of(POWER_FACTOR)[0].table,
    )


def bill_of_decimals(body: bytes, tariff: Tariff) -> bytes:
    """The bill of a request, JSON in and JSON out."""
    request = json.loads(body)
    point = request["metering_points"][0]
    opening, closing = point["readings"]
    multiplier = Decimal(point["config"][0]["multiplier"])

    def counted(register: str) -> Decimal:
        moved = (Decimal(closing[register]) - Decimal(opening[register])) * multiplier
        return moved.quantize(_ONE, ROUND_HALF_UP)

    lines: list[dict[str, Any]] = []

    def add(code: str, quantity: Decimal, price: Decimal, band: str | None = None) -> Decimal:
        amount = (quantity * price).quantize(_FEN, ROUND_HALF_UP)
        printed = {"quantity": f"{quantity:f}", "price": f"{price:f}", "amount": f"{amount:f}"}
        lines.append({"code": code, "band": band, **printed})
        return amount

    kwh = {band: counted(band) for band in _BANDS}
    active, reactive = sum(kwh.values(), Decimal(0)), counted("reactive_forward")
    base = sum((add("purchase", kwh[band], tariff.by_band[band], band) for band in _BANDS), Decimal(0))
    for code in _PER_KWH[:-1]:
        base += add(code, active, tariff.per_kwh[code])
    kva = Decimal(request["agreement"][0]["supply_points"]["S1"]["transformers"][0]["kva"])
    base += add("capacity", kva, tariff.capacity)
    levy = tariff.per_kwh["levies"]  # rounded in each band
    levies = sum(((kwh[band] * levy).quantize(_FEN, ROUND_HALF_UP) for band in _BANDS), Decimal(0))
    printed = {"quantity": f"{active:f}", "price": f"{levy:f}", "amount": f"{levies:f}"}
    lines.append({"code": "levies", "band": None, **printed})
    cosphi = (active / (active * active + reactive * reactive).sqrt()).quantize(_TWO_PLACES, ROUND_HALF_UP)
    adjusted = add("power_factor", base, tariff.ratios[cosphi])
    refund = Decimal(request["given"][0]["amount"])
    lines.append({"code": "refund", "amount": f"{refund:f}"})
    return json.dumps({"lines": lines, "total": f"{base + levies + adjusted + refund:f}"}).encode()


class Integers:
    """The same ten lines in whole numbers, straight on: readings in 10⁻⁴, prices in 10⁻⁶, money in fen."""

    def __init__(self, tariff: Tariff) -> None:
        self._by_band = tuple(_scaled(tariff.by_band[band], 6) for band in _BANDS)
        self._per_kwh = tuple(_scaled(tariff.per_kwh[code], 6) for code in _PER_KWH)
        self._capacity = _scaled(tariff.capacity, 6)
        self._bounds = sorted((_scaled(cosphi, 2) for cosphi in tariff.ratios), reverse=True)
        self._ratios = {_scaled(cosphi, 2): _scaled(ratio, 6) for cosphi, ratio in tariff.ratios.items()}

    def evaluate(self, numbers: tuple[Decimal, ...]) -> tuple[int, ...]:
        """The amounts of the lines and their total [fen].

        Args:
            numbers: openings and closings of the three bands and of the reactive register, in pairs, the multiplier,
                the capacity [kVA] and the refund.
        """
        o1, c1, o2, c2, o3, c3, o4, c4, m, kva, refund = numbers
        factor = int(m)
        e1 = (int(c1.scaleb(4)) - int(o1.scaleb(4))) * factor
        e2 = (int(c2.scaleb(4)) - int(o2.scaleb(4))) * factor
        e3 = (int(c3.scaleb(4)) - int(o3.scaleb(4))) * factor
        e4 = (int(c4.scaleb(4)) - int(o4.scaleb(4))) * factor
        e1, e2 = (e1 + 5000) // 10000, (e2 + 5000) // 10000
        e3, reactive = (e3 + 5000) // 10000, (e4 + 5000) // 10000
        active = e1 + e2 + e3
        p1, p2, p3 = self._by_band
        q1, q2, q3, q4, q5 = self._per_kwh
        a1, a2, a3 = (e1 * p1 + 5000) // 10000, (e2 * p2 + 5000) // 10000, (e3 * p3 + 5000) // 10000
        b1, b2 = (active * q1 + 5000) // 10000, (active * q2 + 5000) // 10000
        b3, b4 = (active * q3 + 5000) // 10000, (active * q4 + 5000) // 10000
        levies = (e1 * q5 + 5000) // 10000 + (e2 * q5 + 5000) // 10000 + (e3 * q5 + 5000) // 10000
        capacity = (int(kva) * self._capacity + 5000) // 10000
        base = a1 + a2 + a3 + b1 + b2 + b3 + b4 + capacity
        square, whole = active * active, active * active + reactive * reactive
        cosphi = next(k for k in self._bounds if 40000 * square >= (2 * k - 1) * (2 * k - 1) * whole)
        by_ratio = base * self._ratios[cosphi]
        adjusted = (by_ratio + 500000) // 1000000 if by_ratio >= 0 else -((500000 - by_ratio) // 1000000)
        back = int(refund.scaleb(2))
        total = base + levies + adjusted + back
        return a1, a2, a3, b1, b2, b3, b4, levies, capacity, adjusted, back, total


def _scaled(number: Decimal, places: int) -> int:
    whole = number.scaleb(places)
    assert whole == int(whole), f"{number} has more than {places} decimals"
    return int(whole)
