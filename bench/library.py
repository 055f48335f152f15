"""How long a command and a service take to start on a library of 5,000 documents.

The library is the shipped one with generated copies of each area. Prints medians of time and of processor time, with a
cache and without. The bars: 0.5 s for a command, 2 s for a service.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from billcalc.library.catalog import NATIONAL, shipped_tariffs

DOCUMENTS = 5_000
RUNS = 7

COMMAND = ("-m", "billcalc", "tariffs", "list", "--area", "cn-anhui", "--on", "2026-08-01", "--tariffs")
SERVICE = (
    "-c",
    "import sys; from pathlib import Path; from billcalc_api.app import create_app; "
    "from billcalc_api.settings import Settings; create_app(Settings(tariffs=Path(sys.argv[1]), keys=None))",
)


def copies(root: Path, documents: int) -> int:
    """Write a library of at least so many documents: the shipped one, and copies of its areas under other names."""
    shipped = {
        path.relative_to(shipped_tariffs()): path.read_text("utf-8") for path in shipped_tariffs().rglob("*.yaml")
    }
    written = 0
    number = 0
    while written < documents:
        for name, text in shipped.items():
            nation, area, *rest = name.parts
            if number and area == NATIONAL:
                continue
            copied = area if not number else f"{area}{number}"
            path = root / nation / copied / Path(*rest)
            path.parent.mkdir(parents=True, exist_ok=True)
            named = text.replace(f"{nation}/{area}/", f"{nation}/{copied}/")
            path.write_text(named.replace(f"area: {nation}-{area}\n", f"area: {nation}-{copied}\n"), "utf-8")
            written += 1
        number += 1
    return written


def seconds(arguments: tuple[str, ...], environment: Mapping[str, str]) -> tuple[float, float]:
    """The time and the processor time of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return time.perf_counter() - start, used


def report(name: str, arguments: tuple[str, ...], environment: Mapping[str, str], runs: int = RUNS) -> None:
    """Print a row."""
    times, used = zip(*(seconds(arguments, environment) for _ in range(runs)), strict=True)
    low, high = min(times), max(times)
    median, processor = statistics.median(times), statistics.median(used)
    print(f"{name:52} {median:6.2f} s  ({low:.2f} to {high:.2f}), processor {processor:.2f} s")


def main() -> None:
    """Measure the two starts."""
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory) / "tariffs"
        print(f"{copies(root, DOCUMENTS)} documents")
        without = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        cached = {**without, "BILLCALC_CACHE": str(Path(directory) / "cache")}
        without["BILLCALC_CACHE"] = ""
        report("python, nothing imported", ("-c", ""), without)
        report("billcalc --version", ("-m", "billcalc", "--version"), without)
        report("a command without a cache", (*COMMAND, str(root)), without, runs=3)
        report("a service without a cache", (*SERVICE, str(root)), without, runs=1)
        seconds((*SERVICE, str(root)), cached)
        report("a command", (*COMMAND, str(root)), cached)
        report("a service", (*SERVICE, str(root)), cached)


if __name__ == "__main__":
    main()
