"""A year of one customer by other programs and by this one, in one run: ``python -m bench.peers``.

Each program runs in an environment of its own, of its newest version that installs on one of the interpreters at hand;
what it can do of the work, and which version of which day it is, stands beside its number. Processor time.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import numpy as np

from bench.interval_year import (
    AREA,
    CLOCK,
    PER_DAY,
    STEP,
    YEAR,
    Bands,
    bands_of_year,
    bill_by_hand,
    billed,
    by_billcalc,
    by_hand,
    requests,
)
from bench.peer_year import PEERS
from billcalc._version import __version__
from billcalc.bulk import intervals as columns
from billcalc.library.catalog import load_catalog
from billcalc.metering.intervals import CompleteSeries

PACKAGES = {"PySAM": "NREL-PySAM", "OpenFisca": "OpenFisca-Core"}
"""What a program is installed as, where that is not its name."""
INTERPRETERS = ("python3.13", "python3.12", "python3.11", "python3.10")
SECONDS = 2.0
YEARS = 64
INSTALL_SECONDS_MAX = 300


def ours() -> list[tuple[str, str, float]]:
    """This program and a loop by hand: what is done, and years per second."""
    catalog = load_catalog(areas=[AREA])
    bands = bands_of_year(catalog)
    drawn = Random(0)
    kwh = tuple(Decimal(drawn.randrange(50_000)).scaleb(-4) for _ in range(365 * PER_DAY))
    series = CompleteSeries(datetime(YEAR, 1, 1, tzinfo=CLOCK), STEP, kwh, ())
    seeds = iter(range(1_000_000))
    texts = iter(lambda: requests(next(seeds)), None)
    values = np.random.default_rng(1).integers(0, 50_000, size=(YEARS, 365 * PER_DAY), dtype=np.int64)
    rows: list[tuple[str, str, int, Callable[[], object]]] = [
        ("a loop by hand", "15 minutes, demand, decimals", 1, lambda: by_hand(kwh, date(YEAR, 1, 1), bands)),
        (
            "a loop by hand",
            "the same, twelve bills from JSON",
            1,
            lambda: [bill_by_hand(t, bands) for t in next(texts)],
        ),
        ("billcalc", "15 minutes, demand, decimals", 1, lambda: by_billcalc(series, bands)),
        ("billcalc", "the same, twelve bills from JSON", 1, lambda: [billed(t, catalog) for t in next(texts)]),
        (
            "billcalc, columns",
            f"15 minutes, demand, whole numbers, {YEARS} at once",
            YEARS,
            lambda: many(values, bands),
        ),
    ]
    return [(name, what, years * per_second(work)) for name, what, years, work in rows]


def many(values: "np.ndarray[tuple[int, int], np.dtype[np.int64]]", bands: Bands) -> None:
    """Energies and demands of customers, month by month."""
    days = list(bands)
    for month in range(1, 13):
        places = [place for place, day in enumerate(days) if day.month == month]
        rows = values[:, places[0] * PER_DAY : (places[-1] + 1) * PER_DAY]
        columns.band_energies(rows, 4, [band for place in places for band in bands[days[place]]])
        columns.maximum_demand(rows, 4, step=STEP, minutes=STEP, rolling=False)


def per_second(work: Callable[[], object]) -> float:
    """How often a work is done in a second of processor time."""
    work()
    start, done = time.process_time(), 0
    while time.process_time() - start < SECONDS:
        work()
        done += 1
    return done / (time.process_time() - start)


def theirs(name: str, folder: Path, interpreters: Sequence[str]) -> tuple[str, str]:
    """What a program does and how many years a second it does, or why not; and its version, with its interpreter."""
    package, why = PACKAGES.get(name, name), "no interpreter of its own"
    for interpreter in interpreters:
        python = folder / f"{name}-{Path(interpreter).name}" / "bin" / "python"
        if shutil.which(interpreter) is None or not _ran([interpreter, "-m", "venv", str(python.parents[1])])[0]:
            continue
        asked = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
        installed, why = _ran(asked)
        if installed:
            code = "import sys; from importlib.metadata import version; print(version(sys.argv[1]))"
            version = _ran([str(python), "-c", code, package])[1]
            _, told = _ran([str(python), str(Path(__file__).with_name("peer_year.py")), name])
            return told, f"{version}, {Path(interpreter).name}"
    return f"does not install: {why}", ""


def _ran(command: list[str]) -> tuple[bool, str]:
    """Whether a command succeeded, and the last line that it printed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        return False, "took too long"
    lines = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    return done.returncode == 0, lines[-1] if lines else ""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=list(PEERS), help="the programs that are measured")
    parser.add_argument("--interpreters", nargs="*", default=INTERPRETERS, help="on which they may run")
    asked = parser.parse_args()
    print(f"{datetime.now(UTC).date()}, billcalc {__version__}, Python {sys.version.split()[0]}")
    for name, what, speed in ours():
        print(f"{name:18} {speed:10.1f} years/s  {what}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.only:
            told, version = theirs(name, Path(folder), asked.interpreters)
            what, _, years = told.partition("\t")
            shown = f"{float(years):10.1f} years/s" if years else " " * 18
            print(f"{name:18} {shown}  {what}  ({version})", flush=True)


if __name__ == "__main__":
    main()
