"""A million bills of ten lines by a query over DECIMAL, as one writes it in an hour; see ``bench/bulk_by_hand.py``."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from bench.by_hand import Tariff

__all__ = ["CLOSING", "KVA", "REGISTERS", "by_duckdb"]

REGISTERS = ("peak", "flat", "valley", "reactive_forward")
CLOSING = "metering_points.0.readings.1"
KVA = "agreement.0.supply_points.S1.transformers.0.kva"

SQL = """
COPY (
  WITH counted AS (
    SELECT account, {counted}, "{kva}"::DECIMAL(18,2) AS kva FROM '{requests}'),
  energies AS (
    SELECT *, peak + flat + valley AS active,
      round(100 * (peak + flat + valley)::DOUBLE / sqrt(
        (peak + flat + valley)::DOUBLE ^ 2 + reactive_forward::DOUBLE ^ 2))::INTEGER AS cosphi
    FROM counted),
  priced AS (
    SELECT *, {priced}, round(kva * {capacity}::DECIMAL(9,6), 2)::DECIMAL(18,2) AS of_capacity FROM energies),
  based AS (
    SELECT *, energy + upstream_loss + network_energy + coal + other + of_capacity AS base FROM priced),
  adjusted AS (
    SELECT *, round(base * list_extract({ratios}, cosphi + 1), 2)::DECIMAL(18,2) AS by_factor FROM based)
  SELECT account, energy::DECIMAL(38,2) AS energy, upstream_loss::DECIMAL(38,2) AS upstream_loss,
    network_energy::DECIMAL(38,2) AS network_energy, of_capacity::DECIMAL(38,2) AS network_capacity,
    (coal + other)::DECIMAL(38,2) AS system_operation, levies::DECIMAL(38,2) AS levies, 0::DECIMAL(38,2) AS catalogue,
    by_factor::DECIMAL(38,2) AS power_factor, 0::DECIMAL(38,2) AS minimum, {refund}::DECIMAL(38,2) AS refunds,
    (base + levies + by_factor + {refund})::DECIMAL(38,2) AS total, active::DECIMAL(38,8) AS kwh, 'columns' AS path
  FROM adjusted
) TO '{out}' (FORMAT parquet)
"""


def by_duckdb(requests: Path, out: Path, tariff: Tariff, common: dict[str, Any]) -> None:
    """The same table by a query over DECIMAL, one thread."""
    point = common["metering_points"][0]
    opening, factor = point["readings"][0], point["config"][0]["multiplier"]
    counted = ", ".join(
        f'round(("{CLOSING}.{name}"::DECIMAL(12,2) - {opening[name]}::DECIMAL(12,2)) * {factor}, 0)::DECIMAL(12,0)'
        f" AS {name}"
        for name in REGISTERS
    )

    def fen(kwh: str, price: Decimal) -> str:
        return f"round({kwh} * {price}::DECIMAL(9,6), 2)::DECIMAL(18,2)"

    bands = ("peak", "flat", "valley")
    sums = {
        "energy": " + ".join(fen(band, tariff.by_band[band]) for band in bands),
        "upstream_loss": fen("active", tariff.per_kwh["upstream_loss"]),
        "network_energy": fen("active", tariff.per_kwh["network_energy"]),
        "coal": fen("active", tariff.per_kwh["coal_capacity"]),
        "other": fen("active", tariff.per_kwh["other_operation"]),
        "levies": " + ".join(fen(band, tariff.per_kwh["levies"]) for band in bands),
    }
    ratios = [f"{tariff.ratios.get(Decimal(step).scaleb(-2), 0)}::DECIMAL(9,6)" for step in range(101)]
    told = SQL.format(
        requests=requests,
        out=out,
        counted=counted,
        kva=KVA,
        priced=", ".join(f"({text})::DECIMAL(18,2) AS {name}" for name, text in sums.items()),
        capacity=tariff.capacity,
        ratios=f"[{', '.join(ratios)}]",
        refund=common["given"][0]["amount"],
    )
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(told)
