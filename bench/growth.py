"""How the work grows with rows, structures, lines, metering points, documents and months: a curve of each.

Processor time, the best of some runs; beside each row how much longer it takes than the row above, to be held against
how much more there is. ``--largest`` sets the most rows.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.bulk import accounts, template_of
from bench.interval_year import AREA, one_month
from bench.library import copies
from bench.structures import TRANSFORMER, in_columns, named
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.bulk import calculate as calculate_batches
from billcalc.fields import validated
from billcalc.library.catalog import load_catalog
from billcalc.runs.batches import Settings, bill_tables
from billcalc.tariff.catalog import Catalog

SHAPE = "guangxi-2024-06-p1"
RUNS = 3
WIDTH = 50

_NAMES = count()
"""The groups of structures that no run before had."""

Work = Callable[[], object]
"""What is timed."""


def of_rows(rows: int) -> Work:
    """Totals from file to file, one process."""
    folder = Path(tempfile.mkdtemp())
    requests, out = folder / "requests.parquet", folder / "totals.parquet"
    pq.write_table(pa.Table.from_batches([accounts(SHAPE, rows)]), requests)
    return lambda: bill_tables(Settings([str(requests)], out, template=template_of(SHAPE), workers=1))


def of_structures(structures: int, catalog: Catalog) -> Work:
    """Totals of 4,000 rows of so many structures, none of which a run before had."""
    batch, places = accounts(SHAPE, 4_000), np.arange(4_000) % structures
    return lambda: in_columns(named(batch, TRANSFORMER, places), catalog)


def of_lines(lines: int, catalog: Catalog) -> Work:
    """The lines of 8,192 bills: ten of them calculated, and so many given."""
    common, batch = template_of(SHAPE), accounts(SHAPE, 8_192)
    given = {"section": "refunds", "group": "main", "amount": "-1.25", "power_factor": "none"}
    common["given"] = [{**given, "code": "refund", "label": f"退补 {number}"} for number in range(lines)]

    def work() -> None:
        [result] = calculate_batches([batch], catalog, output="lines", template=common)
        assert result.billed == batch.num_rows, result.rejects.slice(0, 3).to_pylist()

    return work


def of_points(points: int, catalog: Catalog, *, alike: bool = False) -> Work:
    """One bill of so many metering points, with all its steps, planned anew.

    Points that are alike count the same, so each is doubted beside the one before it, with the bill without it.
    """
    common = template_of(SHAPE)
    [point] = common["metering_points"]
    [config], (opening, closing) = point["config"], point["readings"]
    common["metering_points"] = [
        {
            **point,
            "id": f"M{number}",
            "config": [{**config, "meter": f"B{number}"}],
            "readings": [opening, closing if alike else {**closing, "flat": f"{Decimal(closing['flat']) + number}"}],
        }
        for number in range(points)
    ]
    return _anew(common, catalog)


def of_months(months: int, catalog: Catalog) -> Work:
    """One request of so many months, with all its steps, planned anew."""
    common: dict[str, Any] = json.loads(one_month(1, Random(1)))
    days = [str(date(2025 + month // 12, month % 12 + 1, 1)) for month in range(months + 1)]
    common["cycle"] = common["period"] = {"from": days[0], "to": days[-1]}
    kinds = ["opening", *["cut"] * (months - 1), "closing"]
    bands = ("sharp", "peak", "flat", "valley")
    readings = [
        {"at": day, "kind": kind, **{band: str(100 + 3 * place) for band in bands}}
        for place, (day, kind) in enumerate(zip(days, kinds, strict=True))
    ]
    [point] = common["metering_points"]
    del point["intervals"]
    point |= {"config": [{"from": days[0], "meter": "B", "multiplier": "100", "digits": 6}], "readings": readings}
    return _anew(common, catalog)


def _anew(common: dict[str, Any], catalog: Catalog) -> Work:
    """A bill whose structure no run before had: its group is called otherwise in each, and so are its lines."""
    text = json.dumps(common)

    def work() -> None:
        request = json.loads(text.replace('"main"', f'"g{next(_NAMES)}"'))
        bill = calculate(validated(Request, request), catalog)
        assert isinstance(bill, Bill), bill

    return work


def of_documents(documents: int) -> Work:
    """Reading a library that was read before."""
    root = Path(tempfile.mkdtemp())
    copies(root, documents)
    return lambda: load_catalog(root)


def seconds(work: Work) -> float:
    """The processor time of the best run."""
    times = []
    for _ in range(RUNS):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return min(times)


def curve(name: str, sizes: Sequence[int], made: Callable[[int], Work]) -> None:
    """Print a table and its chart."""
    found = [(size, seconds(made(size))) for size in sizes]
    most = max(taken for _, taken in found)
    print(f"{name}")
    before: tuple[int, float] | None = None
    for size, taken in found:
        grown = f"{size / before[0]:6.1f} × as many, {taken / before[1]:5.2f} × as long" if before else " " * 33
        print(f"{size:12,}  {taken * 1e3:10.1f} ms  {grown}  {'█' * max(1, round(WIDTH * taken / most))}", flush=True)
        before = size, taken
    print()


def main() -> None:
    """Print all curves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=1_000_000)
    largest = parser.parse_args().largest
    catalog = load_catalog(areas=["cn-guangxi", AREA])
    few = largest < 100_000
    curve("rows: totals, file to file", [largest // part for part in (16, 8, 4, 2, 1)], of_rows)
    curve(
        "structures of 4,000 rows",
        (1, 10, 100, 400) if few else (1, 10, 100, 400, 1_000, 4_000),
        lambda size: of_structures(size, catalog),
    )
    curve("given lines beside ten, of 8,192 bills", (1, 2, 4, 8, 16, 32, 64), lambda size: of_lines(size, catalog))
    points = (1, 2, 4, 8, 16, 32)
    curve("metering points of one bill", points, lambda size: of_points(size, catalog))
    curve("metering points that are alike", points, lambda size: of_points(size, catalog, alike=True))
    curve("months of one request", (2, 4, 8, 12), lambda size: of_months(size, catalog))
    curve("documents read, kept in a cache", (1_000, 2_000) if few else (1_000, 2_000, 4_000, 8_000), of_documents)


if __name__ == "__main__":
    main()
