"""How much a real service takes: a uvicorn process, and a client process on the same machine.

Prints throughput, median, p99 and errors of ``POST /v1/bills`` at 1, 8 and 64 connections, and the lines per second of
``POST /v1/bills:batch``; each row is bounded in time. Writes them into its section of bench/RESULTS.md.
"""

import asyncio
import http.client
import json
import multiprocessing
import os
import platform
import re
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from billcalc import __version__
from billcalc_api.bodies import JSON, JSON_LINES
from billcalc_api.contract import example
from tests.api.live import running

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "RESULTS.md"
SHAPE = "guangxi-2024-06-p1"
CONNECTIONS = (1, 8, 64)
SECONDS = 5
BATCH_LINES = (100, 20_000)
_SECTION = re.compile(r"<!-- load -->.*<!-- /load -->\n", re.DOTALL)

_LENGTH = re.compile(rb"content-length: ([0-9]+)")

Row = tuple[str, float, float, float, int, float]
"""What was asked, answers per second, median and p99 [ms], errors, and how busy the client itself was [1]."""


async def _ask(port: int, connections: int) -> Row:
    """Bills for some seconds over so many connections, each asking as soon as it is answered.

    The requests are prepared bytes on bare streams: a client that did more would take the processor from the service.
    """
    body = json.dumps(example(SHAPE)).encode()
    head = f"POST /v1/bills HTTP/1.1\r\nHost: service\r\nContent-Type: {JSON}\r\nContent-Length: {len(body)}\r\n\r\n"
    asked = head.encode() + body
    times: list[float] = []
    errors = 0

    async def one(until: float) -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (start := time.perf_counter()) < until:
            writer.write(asked)
            answer = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(_LENGTH.findall(answer)[0]))
            times.append(time.perf_counter() - start)
            errors += not answer.startswith(b"HTTP/1.1 200 ")
        writer.close()

    start = time.perf_counter()
    before = time.process_time()
    await asyncio.gather(*(one(start + SECONDS) for _ in range(connections)))
    took = time.perf_counter() - start
    own = (time.process_time() - before) / took
    return f"bills, {connections} connections", len(times) / took, *_milliseconds(times), errors, own


def _batch(port: int, lines: int) -> Row:
    """Batches of so many lines for some seconds, one after the other."""
    body = b"\n".join([json.dumps(example(SHAPE)).encode()] * lines)
    times: list[float] = []
    errors = 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    begun, before = time.perf_counter(), time.process_time()
    while (start := time.perf_counter()) < begun + SECONDS:
        connection.request("POST", "/v1/bills:batch", body, {"content-type": JSON_LINES})
        answer = connection.getresponse().read()
        times.append(time.perf_counter() - start)
        errors += lines - answer.count(b'"kind":"bill"')
    took = time.perf_counter() - begun
    own = (time.process_time() - before) / took
    connection.close()
    return f"batches of {lines:,} lines", lines * len(times) / took, *_milliseconds(times), errors, own


def _milliseconds(times: Sequence[float]) -> tuple[float, float]:
    if len(times) < 2:
        return times[0] * 1000, times[0] * 1000
    return statistics.median(times) * 1000, statistics.quantiles(times, n=100, method="inclusive")[98] * 1000


def _rows(port: int) -> list[Row]:
    """All measurements; runs in a process of its own, so that it does not share the service's interpreter."""
    asyncio.run(_ask(port, 1))  # once to warm up
    return [
        *(asyncio.run(_ask(port, connections)) for connections in CONNECTIONS),
        *(_batch(port, lines) for lines in BATCH_LINES),
    ]


def _told(rows: Sequence[Row], busy: float) -> str:
    table = [
        "| what | per second | median [ms] | p99 [ms] | errors | client's processor |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {what} | {rate:,.0f} | {median:.1f} | {p99:.1f} | {errors} | {own:.0%} |"
            for what, rate, median, p99, errors, own in rows
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
        section = _told(client.apply(_rows, (service.port,)), busy)
    print(section)
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n\n"
    if _SECTION.search(before):
        after = _SECTION.sub(lambda _: section, before)
    else:
        after = before.rstrip("\n") + "\n\n" + section
    RESULTS.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
