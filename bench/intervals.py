"""How many customer-months of 15-minute data are turned into energy by band and a 15-minute maximum demand, per second.

And how many of them are billed: the energies become columns of given energy, and those the totals of bills of 33 lines.
Columns on two threads and on one, and one series at a time, beside a bare numpy pass over the same bytes, all in one
run: on another machine only the ratios mean anything.
Writes its section of bench/RESULTS.md.
"""

import os
import platform
import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bench.bulk import GIVEN, template_of
from billcalc._version import __version__
from billcalc.bands.days import DayFacts
from billcalc.bands.schedule import Schedule
from billcalc.bulk import calculate
from billcalc.bulk import intervals as columns
from billcalc.bulk.arrow import decimal_array, write_decimals
from billcalc.library.catalog import load_catalog
from billcalc.metering import intervals as scalar
from billcalc.tariff.components import PriceKey
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Billing, CustomerClass, Kind, Purchase, Voltage

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "RESULTS.md"
DAYS, STEP, SCALE = 31, 15, 4
CUSTOMERS, CHUNK, SERIES = 8192, 256, 20
FIRST = date(2025, 12, 1)
DEMAND_MINUTES = 15
BILL = "chongqing-lines"
_SECTION = re.compile(r"<!-- intervals -->.*<!-- /intervals -->\n", re.DOTALL)

Months = NDArray[np.int64]
Row = tuple[str, float]


def bands_of_month() -> list[Band]:
    """The band of each interval of a month in Jiangxi."""
    catalog = load_catalog(areas=["cn-jiangxi"])
    document = catalog.in_force(Kind.TIME_OF_USE, "cn-jiangxi", FIRST).document
    assert isinstance(document, TimeOfUse)
    key = PriceKey(
        customer_class=CustomerClass.INDUSTRIAL_COMMERCIAL,
        billing=Billing.TWO_PART,
        voltage=Voltage.FROM_1_TO_10,
        purchase=Purchase.AGENT,
        time_of_use=True,
    )
    schedule = Schedule(document=document, key=key)
    facts = DayFacts(catalog, "cn-jiangxi")
    days = (schedule.bands_on(day=FIRST + timedelta(days=number), facts=facts) for number in range(DAYS))
    return [band for day in days for band in day for _ in range(30 // STEP)]


def by_columns(kwh: Months, bands: list[Band]) -> None:
    """Energy by band and maximum demand of some customers."""
    columns.band_energies(kwh, SCALE, bands)
    columns.maximum_demand(kwh, SCALE, step=STEP, minutes=DEMAND_MINUTES, rolling=False)


def to_bills(kwh: Months, bands: list[Band], bill: Callable[[pa.RecordBatch], None]) -> None:
    """The same for many customers, chunk by chunk, and the totals of their bills."""
    names = {f"{GIVEN}.kwh.{band.value}": band for band in dict.fromkeys(bands)}
    words = {name: np.empty((len(kwh), 2), dtype=np.int64) for name in names}
    for start in range(0, len(kwh), CHUNK):
        rows = slice(start, start + CHUNK)
        columns.maximum_demand(kwh[rows], SCALE, step=STEP, minutes=DEMAND_MINUTES, rolling=False)
        energies = columns.band_energies(kwh[rows], SCALE, bands)
        for name, band in names.items():
            write_decimals(energies[band], words[name][rows], SCALE)
    found = {name: decimal_array(told, SCALE) for name, told in words.items()}
    bill(pa.record_batch({"account": pa.array(np.arange(len(kwh))).cast(pa.string()), **found}))


def billing() -> Callable[[pa.RecordBatch], None]:
    """Bills a batch by the request of a real bill of 33 lines, whatever its energies."""
    catalog, template = load_catalog(), template_of(BILL)

    def bill(batch: pa.RecordBatch) -> None:
        [result] = calculate(iter([batch]), catalog, output="totals", template=template)
        assert result.billed == batch.num_rows, result.rejects.slice(0, 3).to_pylist()

    return bill


def bare(kwh: Months) -> None:
    """One sum and one maximum of the same bytes: what no program can do without."""
    kwh.sum(axis=1)
    kwh.max(axis=1)


def per_second(work: Callable[[Months], None], kwh: Months, threads: int, *, chunk: int = CHUNK) -> float:
    """Customer-months per second, the best of five passes."""
    chunks = [kwh[start : start + chunk] for start in range(0, len(kwh), chunk)]
    best = 0.0
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(5):
            start = time.perf_counter()
            list(pool.map(work, chunks))
            best = max(best, len(kwh) / (time.perf_counter() - start))
    return best


def one_by_one(kwh: Months, bands: list[Band]) -> float:
    """Customer-months per second, each as a series of decimals."""
    start_of_month = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    months = [
        scalar.CompleteSeries(start_of_month, STEP, tuple(Decimal(int(each)).scaleb(-SCALE) for each in row), ())
        for row in kwh[:SERIES]
    ]
    place = {time: band for time, band in zip(scalar.local_times(months[0], UTC), bands, strict=True)}  # noqa: C416
    start = time.perf_counter()
    for month in months:
        scalar.band_energies(month, scalar.local_times(month, UTC), lambda day, minute: place[day, minute])
        scalar.maximum_demand(month, minutes=DEMAND_MINUTES, rolling=False)
    return SERIES / (time.perf_counter() - start)


def main() -> None:
    """Measure, print and write the section."""
    bands = bands_of_month()
    kwh = np.random.default_rng(20251201).integers(0, 50_000, size=(CUSTOMERS, len(bands)), dtype=np.int64)
    bill = billing()

    def billed(months: Months) -> None:
        to_bills(months, bands, bill)

    rows: list[Row] = [
        ("bare numpy, one sum and one maximum, 2 threads", per_second(bare, kwh, 2)),
        ("columns, 2 threads", per_second(lambda chunk: by_columns(chunk, bands), kwh, 2)),
        ("columns, 1 thread", per_second(lambda chunk: by_columns(chunk, bands), kwh, 1)),
        ("columns to bills of 33 lines, 2 threads", per_second(billed, kwh, 2, chunk=CUSTOMERS // 2)),
        ("columns to bills of 33 lines, 1 thread", per_second(billed, kwh, 1, chunk=CUSTOMERS)),
        ("one series at a time, exact decimals", one_by_one(kwh, bands)),
    ]
    text = section(rows)
    print(text)
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    cleared = _SECTION.sub("", old)
    RESULTS.write_text(cleared.rstrip("\n") + "\n\n" + text, encoding="utf-8")


def section(rows: list[Row]) -> str:
    """The results as Markdown."""
    load = os.getloadavg()[0]
    reference = rows[0][1]
    lines = [
        "<!-- intervals -->",
        "## Intervals (`make bench`)",
        "",
        f"{os.cpu_count()} processors ({platform.machine()}), load {load:.1f} at the end of the run, Python "
        f"{sys.version.split()[0]}, numpy {np.__version__}, billcalc {__version__}; {CUSTOMERS:,} customers × "
        f"{DAYS} days × {1440 // STEP} intervals, {len(set(bands_of_month()))} bands, demand of {DEMAND_MINUTES} "
        "minutes; best of 5.",
        "",
        "| what | customer-months per second | of bare numpy |",
        "|---|---:|---:|",
        *(f"| {name} | {speed:,.0f} | {speed / reference:.4f} |" for name, speed in rows),
        "<!-- /intervals -->",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
