"""How much a real service takes: a uvicorn process, and a client process on the same machine.

Prints throughput, median, p99 and errors of ``POST /v1/bills`` at 1, 8 and 64 connections, and the lines per second of
``POST /v1/bills:batch``; each row is bounded in time. Then attacks a service with the requests that once held it, with
one key, and measures how soon its health and the bill of another key come: in under 100 ms and under a second, or the
run fails. Writes all of it into its section of bench/RESULTS.md.
"""

import asyncio
import http
import http.client
import json
import multiprocessing
import os
import platform
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import uvicorn

from billcalc import __version__
from billcalc_api.bodies import JSON, JSON_LINES
from billcalc_api.contract import example
from billcalc_api.keys import create_key
from tests.api.hostile import HOSTILE
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

Attack = tuple[str, int, float, float]
"""What was sent, its size [byte], and the longest that health and another key's bill took meanwhile [ms]."""

ATTACKERS = 4
HEALTH_MS_MAX = 100
BILL_MS_MAX = 1000


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


def _attacks() -> list[Attack]:
    """How soon health and another key's bill come while one key sends what once held the service."""
    with tempfile.TemporaryDirectory() as directory:
        keys = Path(directory) / "keys"
        bad, good = create_key(keys, "bad"), create_key(keys, "good")
        with running(keys=keys) as service:
            return [_attack(service.url, name, bad, good) for name in HOSTILE]


@contextmanager
def attacking(send: Callable[[], None], *, times: int) -> Iterator[None]:
    """Something is sent again and again, from so many threads at once, until the block ends.

    Raises:
        Exception: what ended one of them before its time: what was measured then was measured without it.
    """
    done = Event()

    def attack() -> None:
        while not done.is_set():
            send()

    with ThreadPoolExecutor(times) as threads:
        attackers = [threads.submit(attack) for _ in range(times)]
        try:
            yield
        finally:
            done.set()
        for attacker in attackers:
            attacker.result()


def _attack(url: str, name: str, bad: str, good: str) -> Attack:
    """One hostile request, from so many connections at once, again and again."""
    where, kind, body = HOSTILE[name]
    headers = {"content-type": kind, "authorization": f"Bearer {bad}"}
    health, bills = 0.0, 0.0
    with (
        httpx.Client(base_url=url, headers=headers, timeout=600) as attacker,
        httpx.Client(base_url=url, headers={"authorization": f"Bearer {good}"}, timeout=60) as client,
        attacking(lambda: _sent(attacker, where, body), times=ATTACKERS),
    ):
        until = time.perf_counter() + SECONDS
        while (start := time.perf_counter()) < until:
            client.get("/healthz").raise_for_status()
            between = time.perf_counter()
            client.post("/v1/bills", json=example(SHAPE)).raise_for_status()
            health, bills = max(health, between - start), max(bills, time.perf_counter() - between)
            time.sleep(0.02)
    return name, len(body), health * 1000, bills * 1000


def _sent(attacker: httpx.Client, where: str, body: bytes) -> None:
    """Send it once; it may be refused or shed, but neither fail nor stop anything."""
    answer = attacker.post(where, content=body)
    if answer.status_code == http.HTTPStatus.INTERNAL_SERVER_ERROR:
        answer.raise_for_status()


def _attacks_told(attacks: Sequence[Attack]) -> list[str]:
    return [
        f"While one key sends, over {ATTACKERS} connections, what once held the service; the longest of {SECONDS} s:",
        "",
        "| what is sent | bytes | health [ms] | another key's bill [ms] |",
        "|---|---:|---:|---:|",
        *(f"| {name} | {size:,} | {health:.0f} | {bill:.0f} |" for name, size, health, bill in attacks),
    ]


def _told(rows: Sequence[Row], attacks: Sequence[Attack], busy: float) -> str:
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
        f"{platform.python_version()}, uvicorn {uvicorn.__version__}, billcalc {__version__}; one service with one "
        f"worker more than processors, one client process, loopback, {SECONDS} s a row; each request is `{SHAPE}` "
        "(11 lines) without its steps."
    )
    return "\n".join(
        [
            "<!-- load -->",
            "## The service (`make load`)",
            "",
            machine,
            "",
            *table,
            "",
            *_attacks_told(attacks),
            "<!-- /load -->",
            "",
        ]
    )


def main() -> None:
    """Measure, print and record."""
    busy = os.getloadavg()[0]
    with running() as service, multiprocessing.get_context("spawn").Pool(1) as client:
        rows = client.apply(_rows, (service.port,))
    attacks = _attacks()
    section = _told(rows, attacks, busy)
    print(section)
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n\n"
    if _SECTION.search(before):
        after = _SECTION.sub(lambda _: section, before)
    else:
        after = before.rstrip("\n") + "\n\n" + section
    RESULTS.write_text(after, encoding="utf-8")
    if any(health > HEALTH_MS_MAX or bill > BILL_MS_MAX for _, _, health, bill in attacks):
        sys.exit(f"health is to come within {HEALTH_MS_MAX} ms and another key's bill within {BILL_MS_MAX} ms")


if __name__ == "__main__":
    main()
