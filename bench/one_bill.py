"""How long one bill takes: planned, evaluated with its derivation, and with plain values.

Prints medians and spreads in microseconds and the ratio of the two kinds, measured in one run, and the start-up of the
command line. State them with the shape: the fixture and its number of lines.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.wire.bill import bill_json

ROOT = Path(__file__).parents[1]
FIXTURES = ("official/guangxi-2024-06-p2", "official/chongqing-lines", "official/mengxi-2025-03")


def microseconds(work: Callable[[], object], *, runs: int = 60) -> list[float]:
    """The time of each run."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e6)
    return times


def report(name: str, times: list[float]) -> float:
    """Print a row and return its median."""
    low, _, high = statistics.quantiles(times, n=4)
    median = statistics.median(times)
    print(f"{name:58} {median:9.0f} µs  (quartiles {low:.0f} to {high:.0f})")
    return median


def main() -> None:
    """Measure each fixture, then the start-up of the command line."""
    catalog = load_catalog()
    for fixture in FIXTURES:
        request = load(Request, ROOT / "fixtures" / fixture / "request.yaml")
        bill = _billed(request, catalog)
        print(f"{fixture}: {len(bill.lines)} lines")
        derived = report("  one bill, derived", microseconds(partial(calculate, request, catalog)))
        plain = report("  one bill, plain", microseconds(partial(calculate, request, catalog, derivation=False)))
        report("  one bill, derived, written as JSON with its steps", microseconds(partial(_written, request, catalog)))
        print(f"  derived ÷ plain {derived / plain:.2f}")
    # A start that finds its byte code, as an installed program does, whatever this environment says of writing it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "billcalc", "bill", str(ROOT / "fixtures" / FIXTURES[0] / "request.yaml")]
    whole = partial(subprocess.run, command, check=True, capture_output=True, env=environment)
    report("billcalc bill, the whole process", microseconds(whole, runs=7))


def _billed(request: Request, catalog: Catalog) -> Bill:
    bill = calculate(request, catalog)
    assert isinstance(bill, Bill)
    return bill


def _written(request: Request, catalog: Catalog) -> bytes:
    return bill_json(_billed(request, catalog))


if __name__ == "__main__":
    main()
