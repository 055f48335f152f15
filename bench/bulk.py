"""How fast tables of register readings are billed, beside one bill at a time, a float loop and a copy of the bytes.

Two shapes, made from real requests by drawing readings and capacities at random: a bill of 10 printed lines
(guangxi-2024-06-p1) and one of 33 (chongqing-lines). Rates are of one process unless told otherwise; the ratios are
measured in one run. ``--rows`` sets the most rows of the series.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from billcalc import Bill, Request, calculate, load_catalog
from billcalc.bulk import calculate as calculate_batches
from billcalc.bulk.arrow import decimal_array, write_decimals
from billcalc.bulk.column import Column
from billcalc.bulk.output import Output
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.runs.batches import Settings, bill_tables
from billcalc.tariff.catalog import Catalog

ROOT = Path(__file__).parents[1]
READINGS = "metering_points.0.readings"
GIVEN = "metering_points.0.given"
TRANSFORMER = "agreement.0.supply_points.S1.transformers.0.kva"
SHAPES: Mapping[str, tuple[str, dict[str, int]]] = {
    "guangxi-2024-06-p1": (
        "10 lines, of register readings",
        {
            **{f"{READINGS}.1.{register}": 9_000 for register in ("peak", "flat", "valley", "reactive_forward")},
            TRANSFORMER: 100_000,
        },
    ),
    "chongqing-lines": (
        "33 lines, of quantities",
        {
            **{f"{GIVEN}.kwh.{band}": 300_000 for band in ("sharp", "peak", "flat", "valley")},
            f"{GIVEN}.kvarh.reactive_forward": 300_000,
            "metering_points.1.given.kwh.total": 9_000,
            TRANSFORMER: 10_000,
        },
    ),
}


def template_of(shape: str) -> dict[str, Any]:
    """The request of a shape; its total is not read, the registers of the bands add up to it."""
    data: Any = read_document(ROOT / "fixtures" / "official" / shape / "request.yaml").data
    for point in data["metering_points"]:
        for reading in point.get("readings", []):
            reading.pop("total", None)
        for config in point.get("config", []):
            config |= {"multiplier": "600", "digits": "6"}
    return dict(data)


def accounts(shape: str, rows: int, *, seed: int = 1) -> pa.RecordBatch:
    """Accounts of a shape with numbers of two decimals."""
    random = np.random.default_rng(seed)
    columns = {"account": pa.array(np.arange(rows)).cast(pa.string())}
    for name, most in SHAPES[shape][1].items():
        hundredths = random.integers(100, most * 100, rows)
        words = np.empty((rows, 2), dtype=np.int64)
        write_decimals(Column.of(hundredths, 2), words, 2)
        columns[name] = decimal_array(words, 2)
    return pa.record_batch(columns)


def seconds(work: Callable[[], object], *, runs: int) -> list[float]:
    """The time of each run, after one that is not counted."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times


def report(name: str, bills: int, times: list[float]) -> float:
    """Print the bills per second: the median, and the slowest and fastest run."""
    rate = bills / statistics.median(times)
    print(f"  {name:44} {rate:12,.0f} bills/s  ({bills / max(times):,.0f} to {bills / min(times):,.0f})", flush=True)
    return rate


def float_loop(batch: pa.RecordBatch, prices: int) -> Callable[[], object]:
    """As many multiplications and additions as the bill has lines, in floats, without a rounding, rule or table."""
    numbers = [np.asarray(column.cast(pa.float64())) for column in batch.columns[1:]]

    def work() -> object:
        total = np.zeros(batch.num_rows)
        for line in range(prices):
            total += numbers[line % len(numbers)] * (0.01 + line)
        return total

    return work


def in_columns(batch: pa.RecordBatch, catalog: Catalog, template: dict[str, Any], output: Any) -> Callable[[], object]:
    """Billing a batch."""

    def work() -> object:
        [result] = calculate_batches([batch], catalog, output=output, template=template)
        assert result.billed == batch.num_rows, result.rejects.slice(0, 3).to_pylist()
        return result.bills

    return work


def side_by_side(shape: str, *, rows: int = 65_536, runs: int = 5) -> None:
    """Columns beside one bill at a time, and what the machine can do at all."""
    catalog, template = load_catalog(), template_of(shape)
    batch = accounts(shape, rows)
    request = validated(Request, template)
    bill = calculate(request, catalog)
    assert isinstance(bill, Bill)
    print(f"{shape}: {SHAPES[shape][0]}, {len(bill.lines)} printed; {rows:,} rows, median of {runs} runs")
    derived = report("one bill at a time, derived", 1, seconds(lambda: calculate(request, catalog), runs=15))
    plain = seconds(lambda: calculate(request, catalog, derivation=False), runs=15)
    plain_rate = report("one bill at a time, plain", 1, plain)
    rates = {}
    for output in ("totals", "components", "lines"):
        rates[output] = report(
            f"columns, {output}", rows, seconds(in_columns(batch, catalog, template, output), runs=runs)
        )
    with tempfile.TemporaryDirectory() as directory:
        bill_lines, path = in_columns(batch, catalog, template, "lines"), Path(directory) / "lines.parquet"

        def to_parquet() -> None:
            table = pa.Table.from_batches([bill_lines()])
            pq.write_table(table, path, compression="zstd", compression_level=1)

        rates["parquet"] = report("columns, lines to Parquet", rows, seconds(to_parquet, runs=max(runs // 2, 2)))
    floats = report(
        "numpy floats, as many products and sums", rows, seconds(float_loop(batch, len(bill.lines)), runs=runs)
    )
    source = np.frombuffer(bytes(batch.nbytes), dtype=np.uint8)
    copied = report(
        f"a copy of the input's {batch.nbytes / rows:.0f} bytes a row", rows, seconds(source.copy, runs=runs)
    )
    print(
        f"  totals ÷ derived {rates['totals'] / derived:,.0f}, ÷ plain {rates['totals'] / plain_rate:,.0f};"
        f" floats ÷ totals {floats / rates['totals']:.1f}, copy ÷ totals {copied / rates['totals']:.0f};"
        f" lines to Parquet ÷ plain {rates['parquet'] / plain_rate:,.0f}"
    )


def whole_run(shape: str, output: Output, rows: int, workers: int, directory: str) -> None:
    """Bill a file of so many rows and print the time, in a process of its own; without workers, make the file."""
    place = Path(directory)
    source = place / f"{shape}-{rows}.parquet"
    if not workers:
        first = accounts(shape, min(rows, 250_000))
        with pq.ParquetWriter(source, first.schema, compression="snappy") as writer:
            for written in range(0, rows, 250_000):
                writer.write_batch(first.slice(0, min(rows - written, 250_000)))
        return
    template = place / "template.json"
    template.write_text(json.dumps(template_of(shape)), encoding="utf-8")
    start = time.perf_counter()
    settings = Settings(
        [str(source)],
        place / "out.parquet",
        output=output,
        template=str(template),
        workers=workers,
        restart=True,
    )
    counts = bill_tables(settings)
    assert counts.billed == rows, counts
    print(json.dumps({"seconds": time.perf_counter() - start}))


SAMPLED_S = 0.05
"""How often memory is looked at: a chunk takes about as long."""


def peak_memory(process: subprocess.Popen[str]) -> int:
    """Wait for a process to end; the most memory that it had with its descendants [MiB].

    Proportional sizes: a page that several processes share counts once in all.
    """
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(proportional_size, (process.pid, *descendants(process.pid)))))
        time.sleep(SAMPLED_S)
    return peak // 1024


def descendants(root: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
        children.setdefault(parent, []).append(int(status.parent.name))
    found = list(children.get(root, []))
    for each in found:
        found += children.get(each, [])
    return found


def proportional_size(process: int) -> int:
    """The memory of a process, its part of what it shares with others [KiB]; 0 where it has ended."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))


def series(shape: str, output: Output, most: int) -> None:
    """Time and peak memory from 10⁴ rows on, by one process and by two."""
    print(f"{shape}: batch, Parquet in, {output} to Parquet out")
    print(f"  {'rows':>12} {'processes':>9} {'seconds':>9} {'bills/s':>11} {'peak MiB':>9}")
    with tempfile.TemporaryDirectory() as directory:
        for rows in (10**power for power in range(4, 8)):
            if rows > most:
                break
            for workers in (0, 1, 2):  # 0 makes the file
                told = [shape, output.value, str(rows), str(workers), directory]
                command = [sys.executable, "-m", "bench.bulk", "--whole", *told]
                process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
                peak = peak_memory(process)
                printed, _ = process.communicate()
                assert process.returncode == 0, "it has told why"
                if workers:
                    took = json.loads(printed)["seconds"]
                    bar = "█" * max(1, int(rows / took / 20_000))
                    print(f"  {rows:12,} {workers:9} {took:9.2f} {rows / took:11,.0f} {peak:9,}  {bar}", flush=True)


def main() -> None:
    """Measure the series, then both shapes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, help="the most rows of the series")
    parser.add_argument("--whole", nargs=5, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.whole:
        shape, output, rows, workers, directory = told.whole
        whole_run(shape, Output(output), int(rows), int(workers), directory)
        return
    for output in (Output.TOTALS, Output.LINES):
        series("guangxi-2024-06-p1", output, told.rows)
    for shape in SHAPES:
        side_by_side(shape)


if __name__ == "__main__":
    main()
