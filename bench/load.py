"""How much a real service takes: a uvicorn process, and a client process on the same machine.

Prints throughput, median, p99 and errors of ``POST /v1/bills`` at 1, 8 and 64 connections, and the lines per second of
``POST /v1/bills:batch``; each row is bounded in time. Writes them into its section of bench/RESULTS.md.
"""

import asyncio
import json
import multiprocessing
import os
import platform
import re
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import uvicorn

from billcalc import __version__
from billcalc_api.contract import example
from tests.api.live import running

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "RESULTS.md"
SHAPE = "guangxi-2024-06-p1"
CONNECTIONS = (1, 8, 64)
SECONDS = 5
BATCH_LINES = (100, 20_000)
_SECTION = re.compile(r"<!-- load -->.*<!-- /load -->\n", re.DOTALL)

Row = tuple[str, float, float, float, int]


async def _ask(url: str, connections: int) -> Row:
    """Bills for some seconds over so many connections, each asking as soon as it is answered."""
    body = json.dumps(example(SHAPE)).encode()
    headers = {"content-type": "application/json"}
    times: list[float] = []
    errors = 0
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)

    async def one(until: float) -> None:
        nonlocal errors
        async with httpx.AsyncClient(base_url=url, limits=limits, timeout=30) as client:
            while (start := time.perf_counter()) < until:
                answer = await client.post("/v1/bills", content=body, headers=headers)
                times.append(time.perf_counter() - start)
                errors += answer.status_code != 200

    start = time.perf_counter()
    await asyncio.gather(*(one(start + SECONDS) for _ in range(connections)))
    took = time.perf_counter() - start
    return f"bills, {connections} connections", len(times) / took, *_milliseconds(times), errors


def _batch(url: str, lines: int) -> Row:
    """Batches of so many lines for some seconds, one after the other."""
    body = b"\n".join([json.dumps(example(SHAPE)).encode()] * lines)
    times: list[float] = []
    errors = 0
    with httpx.Client(base_url=url, timeout=120) as client:
        begun = time.perf_counter()
        while (start := time.perf_counter()) < begun + SECONDS:
            answer = client.post("/v1/bills:batch", content=body, headers={"content-type": "application/x-ndjson"})
            times.append(time.perf_counter() - start)
            errors += lines - answer.content.count(b'"kind":"bill"')
        took = time.perf_counter() - begun
    return f"batches of {lines:,} lines", lines * len(times) / took, *_milliseconds(times), errors


def _milliseconds(times: Sequence[float]) -> tuple[float, float]:
    if len(times) < 2:
        return times[0] * 1000, times[0] * 1000
    return statistics.median(times) * 1000, statistics.quantiles(times, n=100, method="inclusive")[98] * 1000


def _rows(url: str) -> list[Row]:
    """All measurements; runs in a process of its own, so that it does not share the service's interpreter."""
    asyncio.run(_ask(url, 1))  # once to warm up
    return [
        *(asyncio.run(_ask(url, connections)) for connections in CONNECTIONS),
        *(_batch(url, lines) for lines in BATCH_LINES),
    ]


def _told(rows: Sequence[Row], busy: float) -> str:
    table = [
        "| what | per second | median [ms] | p99 [ms] | errors |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {what} | {rate:,.0f} | {median:.1f} | {p99:.1f} | {errors} |"
            for what, rate, median, p99, errors in rows
        ),
    ]
    machine = (
        f"{os.cpu_count()} processors ({platform.machine()}), load {busy:.1f} before the run, Python "
        f"{platform.python_version()}, uvicorn {uvicorn.__version__}, billcalc {__version__}; one service process, one "
        f"client process, loopback, {SECONDS} s a row; each request is `{SHAPE}` (11 lines) without its steps."
    )
    return "\n".join(["<!-- load -->", "## The service (`make load`)", "", machine, "", *table, "<!-- /load -->", ""])


def main() -> None:
    """Measure, print and record."""
    busy = os.getloadavg()[0]
    with running() as service, multiprocessing.get_context("spawn").Pool(1) as client:
        section = _told(client.apply(_rows, (service.url,)), busy)
    print(section)
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n\n"
    if _SECTION.search(before):
        after = _SECTION.sub(lambda _: section, before)
    else:
        after = before.rstrip("\n") + "\n\n" + section
    RESULTS.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
