"""Totals of a million bills of ten lines, beside numpy integers as a good engineer would write them in an hour.

The other program bills what ``bench/by_hand.py`` bills, and no other table: no checks, no rejects, no bounds. Once both
take and give decimals of Arrow in memory, once both read and write Parquet. Medians of the processor time of runs in
turn.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.by_hand import FIXTURE, Integers, tariff_of
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.bulk import calculate as calculate_batches
from billcalc.bulk.arrow import decimal_array, write_decimals
from billcalc.bulk.column import Column
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.library.catalog import load_catalog, shipped_tariffs
from billcalc.runs.batches import Settings, bill_tables
from billcalc.tariff.catalog import Catalog

ROWS, RUNS = 1_000_000, 5
REGISTERS = ("peak", "flat", "valley", "reactive_forward")
CLOSING = "metering_points.0.readings.1"
KVA = "agreement.0.supply_points.S1.transformers.0.kva"

Ints = NDArray[np.int64]


def template() -> dict[str, Any]:
    """The request of the fixture; its total is not read, the registers of the bands add up to it."""
    data: Any = read_document(shipped_tariffs().parent / "fixtures" / FIXTURE / "request.yaml").data
    for reading in data["metering_points"][0]["readings"]:
        reading.pop("total", None)
    return dict(data)


def table(rows: int, common: dict[str, Any], *, seed: int = 1) -> pa.RecordBatch:
    """Accounts with readings [0.01] above the opening ones, and capacities [0.01 kVA]."""
    drawn = np.random.default_rng(seed)
    opening = common["metering_points"][0]["readings"][0]
    columns = {"account": pa.array(np.arange(rows)).cast(pa.string())}
    for register in REGISTERS:
        columns[f"{CLOSING}.{register}"] = _decimals(
            int(Decimal(opening[register]) * 100) + drawn.integers(1, 500, rows)
        )
    columns[KVA] = _decimals(100 * drawn.integers(1, 200_000, rows))
    return pa.record_batch(columns)


def _decimals(numbers: Ints) -> pa.Array:
    words = np.empty((len(numbers), 2), dtype=np.int64)
    write_decimals(Column.of(numbers, 2), words, 2)
    return decimal_array(words, 2)


class Arrays(Integers):
    """The ten lines of ``Integers``, for many bills at a time."""

    def totals(self, batch: pa.RecordBatch, common: dict[str, Any]) -> pa.Array:
        """The totals of a table [0.01 CNY]."""
        point = common["metering_points"][0]
        opening, factor = point["readings"][0], int(point["config"][0]["multiplier"])
        refund = int(Decimal(common["given"][0]["amount"]) * 100)

        def counted(register: str) -> Ints:
            opened = int(Decimal(opening[register]) * 100)
            moved = _whole(batch.column(f"{CLOSING}.{register}")) - opened
            return (moved * factor + 50) // 100

        peak, flat, valley, reactive = map(counted, REGISTERS)
        active = peak + flat + valley
        base = (_whole(batch.column(KVA)) * self._capacity + 500_000) // 1_000_000
        for kwh, price in zip((peak, flat, valley), self._by_band, strict=True):
            base = base + _fen(kwh, price)
        for price in self._per_kwh[:-1]:
            base = base + _fen(active, price)
        levy = self._per_kwh[-1]
        levies = _fen(peak, levy) + _fen(flat, levy) + _fen(valley, levy)
        cosphi = _cosphi(active, reactive)
        ratios = np.zeros(101, dtype=np.int64)
        ratios[list(self._ratios)] = list(self._ratios.values())
        by_ratio = base * ratios[cosphi]
        adjusted = np.sign(by_ratio) * ((np.abs(by_ratio) + 500_000) // 1_000_000)
        return _decimals(base + levies + adjusted + refund)


def _whole(column: pa.Array) -> Ints:
    """The low words of decimals, which hold them."""
    return np.frombuffer(column.buffers()[1], dtype=np.int64)[2 * column.offset :: 2][: len(column)]


def _fen(kwh: Ints, price: int) -> Ints:
    return (kwh * price + 5_000) // 10_000


def _cosphi(active: Ints, reactive: Ints) -> Ints:
    """cosφ [0.01], half up: in floats, and exactly where they are near a half."""
    exact = active / np.hypot(active, reactive) * 100 + 0.5
    found = np.floor(exact).astype(np.int64)
    for row in np.flatnonzero(np.abs(exact - np.rint(exact)) < 1e-7):
        square, other = int(active[row]) ** 2, int(reactive[row]) ** 2
        found[row] = max(k for k in range(101) if 40_000 * square >= (2 * k - 1) ** 2 * (square + other) or not k)
    return found


def seconds(work: Callable[[], object]) -> float:
    """The processor time of one run."""
    before = time.process_time()
    work()
    return time.process_time() - before


def result_names(catalog: Catalog, common: dict[str, Any]) -> list[str]:
    """What columns give of each bill."""
    [result] = calculate_batches([table(1, common)], catalog, output="totals", template=common)
    return list(result.bills.schema.names)


def main() -> None:
    """Measure both."""
    common, catalog = template(), load_catalog(areas=["cn-guangxi"])
    request = validated(Request, common)
    bill = calculate(request, catalog)
    assert isinstance(bill, Bill)
    arrays = Arrays(tariff_of(bill, make_plan(request, catalog)[0]))
    batch = table(ROWS, common)

    def in_columns() -> Any:
        [result] = calculate_batches([batch], catalog, output="totals", template=common)
        return result.bills.column("total")

    assert in_columns().cast(pa.decimal128(38, 2)).equals(arrays.totals(batch, common).cast(pa.decimal128(38, 2)))
    print(f"numpy gives a total; columns give {', '.join(result_names(catalog, common))}")
    report("in memory", lambda: arrays.totals(batch, common), in_columns)
    with tempfile.TemporaryDirectory() as directory:
        requests, out = Path(directory) / "requests.parquet", Path(directory) / "totals.parquet"
        pq.write_table(pa.Table.from_batches([batch]), requests)

        def by_files() -> None:
            [told] = pq.read_table(requests, use_threads=False).combine_chunks().to_batches()
            totals = arrays.totals(told, common)
            pq.write_table(pa.table({"account": told.column("account"), "total": totals}), out)

        settings = Settings([str(requests)], out, template=common, workers=1)
        report("from Parquet to Parquet", by_files, lambda: bill_tables(settings))


def report(name: str, by_hand: Callable[[], object], by_billcalc: Callable[[], object]) -> None:
    """Print a row."""
    times = [(seconds(by_hand), seconds(by_billcalc)) for _ in range(RUNS)]
    hand, ours = (statistics.median(each) for each in zip(*times, strict=True))
    print(
        f"{ROWS:,} totals {name:24} numpy {hand:6.3f} s, billcalc {ours:6.3f} s, ratio {ours / hand:5.2f}", flush=True
    )


if __name__ == "__main__":
    main()
