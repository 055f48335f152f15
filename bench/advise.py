"""How fast a hundred thousand accounts are advised on by twelve months: ``python -m bench.advise``.

Requests of register readings in three bands with a maximum demand, at prices of their own; each month is a row. Every
account has another contract, capacity, load and power factor. ``--accounts`` and ``--months`` set how many.
"""

import argparse
import resource
import tempfile
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.months import month_columns
from billcalc.advice.shifting import Shift
from billcalc.runs.batches import Settings
from billcalc.runs.bulk_advice import advise_tables
from tests.runs.accounts_with_history import READINGS, TEMPLATE

FIRST_YEAR = 2025
BANDS = ("peak", "flat", "valley")
MULTIPLIER = 600


def template() -> dict[str, Any]:
    """What all months have in common: billed by contract, with a price for demand and one for capacity."""
    data = deepcopy(TEMPLATE)
    data["agreement"][0]["basic"] = {"mode": "contracted"}
    data["price_sheet"]["components"].append(
        {"code": "demand", "section": "network_capacity", "quantity": "demand_kw", "price": "38"}
    )
    data["metering_points"][0]["readings"][0]["maximum_demand"] = "0"
    return data


def month(number: int, accounts: int, random: np.random.Generator) -> pa.Table:
    """The rows of a month: readings near those of the account's other months."""
    own = np.random.default_rng(1)  # the same in every month
    columns = month_columns(FIRST_YEAR, number, accounts)
    for register in (*BANDS, "reactive_forward"):
        columns[f"{READINGS}.1.{register}"] = pa.array(
            own.integers(20, 80, accounts) + random.integers(0, 10, accounts)
        )
    kva = own.integers(1000, 2000, accounts)
    demand = kva * own.integers(30, 90, accounts) + random.integers(-20_000, 20_000, accounts)
    hundredths = np.maximum(demand, 0) // MULTIPLIER
    columns[f"{READINGS}.1.maximum_demand"] = pa.array(
        [f"{each // 100}.{each % 100:02d}" for each in hundredths.tolist()]
    )
    columns["agreement.0.supply_points.S1.transformers.0.kva"] = pa.array(kva)
    columns["agreement.0.basic.contracts.regular"] = pa.array(kva * own.integers(40, 100, accounts) // 100)
    return pa.table(columns)


def written(folder: Path, accounts: int, months: int) -> Path:
    """The table of the months."""
    random = np.random.default_rng(2)
    path = folder / "months.parquet"
    first = month(0, accounts, random)
    with pq.ParquetWriter(path, first.schema) as writer:
        writer.write_table(first)
        for number in range(1, months):
            writer.write_table(month(number, accounts, random))
    return path


def main() -> None:
    """Write the table, advise on it, and say how long it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = written(Path(name), asked.accounts, asked.months)
        begun = time.perf_counter()
        settings = Settings([str(path)], Path(name) / "advice.parquet", template=template(), workers=asked.workers)
        found = advise_tables(settings, Shift())
        seconds = time.perf_counter() - begun
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    peak = max(each.ru_maxrss for each in used) // 1024
    print(f"{found.accounts:,} accounts, {found.months.billed:,} months: {seconds:.1f} s")
    print(f"  {processor:.1f} s of processors, largest process {peak:,} MiB, rejected {found.months.rejected:,}")
    print(f"  another way costs less for {found.with_plan:,}: {found.saved / 100:,.2f} of {found.paid / 100:,.2f}")


if __name__ == "__main__":
    main()
