"""How long a command and a service take to start on a library of 5,000 documents.

The library is the shipped one with generated copies of each area. Prints medians of time and of processor time, with a
cache and without. The bars: 0.5 s for a command, 2 s for a service, and three times what it takes with a few documents.
"""

import os
import resource
import shutil
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
AREA = "anhui"

COMMAND = ("-m", "billcalc", "tariffs", "list", "--area", f"cn-{AREA}", "--on", "2026-08-01", "--tariffs")
SERVICE = (
    "-c",
    "import sys; from billcalc.__main__ import main; import uvicorn; uvicorn.run = lambda *_, **__: None; "
    "main(['serve', '--tariffs', sys.argv[1]])",
)
"""All that ``billcalc serve`` does until it listens."""


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


def report(name: str, arguments: tuple[str, ...], environment: Mapping[str, str], runs: int = RUNS) -> float:
    """Print a row; the median of the processor time."""
    times, used = zip(*(seconds(arguments, environment) for _ in range(runs)), strict=True)
    low, high = min(times), max(times)
    median, processor = statistics.median(times), float(statistics.median(used))
    print(f"{name:52} {median:6.2f} s  ({low:.2f} to {high:.2f}), processor {processor:.2f} s")
    return processor


def main() -> None:
    """Measure the two starts."""
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory) / "tariffs"
        written = copies(root, DOCUMENTS)
        print(f"{written} documents")
        without = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        cached = {**without, "BILLCALC_CACHE": str(Path(directory) / "cache")}
        without["BILLCALC_CACHE"] = ""
        report("python, nothing imported", ("-c", ""), without)
        report("billcalc --version", ("-m", "billcalc", "--version"), without)
        report("a command without a cache", (*COMMAND, str(root)), without, runs=3)
        report("a service without a cache", (*SERVICE, str(root)), without, runs=1)
        seconds((*SERVICE, str(root)), cached)
        few = Path(directory) / "few"
        for place in (NATIONAL, AREA):
            shutil.copytree(shipped_tariffs() / "cn" / place, few / "cn" / place)
        print(f"{sum(1 for _ in few.rglob('*.yaml'))} documents")
        seconds((*SERVICE, str(few)), cached)
        small = report("a command", (*COMMAND, str(few)), cached), report("a service", (*SERVICE, str(few)), cached)
        print(f"{written} documents, kept in a cache")
        large = report("a command", (*COMMAND, str(root)), cached), report("a service", (*SERVICE, str(root)), cached)
        for name, one, many in zip(("a command", "a service"), small, large, strict=True):
            print(f"{name}, many documents ÷ few, processor time {many / one:5.2f}")


if __name__ == "__main__":
    main()
