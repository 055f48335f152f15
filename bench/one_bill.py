"""What one bill costs, beside what a good engineer writes by hand for it.

Each row is measured beside its baseline in one run: all that is compared takes turns of some milliseconds each, in
processor time, and a row is the median of its turns and of its ratios. Prints the table of one bill, the table of a
service (in this process, without sockets), stages of other bills, and the start-up of the command line. State figures
with the shape: the fixture and its number of lines.
"""

import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bench.by_hand import FIXTURE, bill_of_decimals, tariff_of
from bench.by_hand import Integers as ByHand
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.evaluate import evaluate
from billcalc.billing.kept import KeptPlan, Numbers, kept_plan
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.loading import load
from billcalc.files.requests import request_of
from billcalc.files.text import read_text
from billcalc.kernel.decimals import decimals_of
from billcalc.kernel.scalars import PlainArithmetic
from billcalc.kernel.tape.integers import Integers
from billcalc.kernel.tape.recording import Recorded, Recorder
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.wire.bill import bill_data
from billcalc_api.app import create_app
from billcalc_api.bodies import data_of
from billcalc_api.settings import Settings
from billcalc_api.texts import compact

ROOT = Path(__file__).parents[1]
FIXTURES = (FIXTURE, "official/chongqing-lines", "official/mengxi-2025-03")
BYTES_MAX = 1 << 20
TURNS = 30
TURN_SECONDS = 0.02

Work = Callable[[], object]


def interleaved(works: Mapping[str, Work]) -> dict[str, list[float]]:
    """What each takes in each of its turns [µs of processor time]; a turn is as many runs as fit into it."""
    runs = {}
    for name, work in works.items():
        work()
        work()  # what is made at the second sighting is made
        runs[name] = max(1, round(TURN_SECONDS / _took(work, 3)))
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(TURNS):
        for name, work in works.items():
            times[name].append(_took(work, runs[name]) * 1e6)
    return times


def _took(work: Work, runs: int) -> float:
    start = time.process_time()
    for _ in range(runs):
        work()
    return (time.process_time() - start) / runs


def table(title: str, works: Mapping[str, Work], bars: Mapping[str, tuple[str, float]]) -> None:
    """Print a row for each work: its median and quartiles, and how many times its baseline it takes beside its bar."""
    times = interleaved(works)
    print(title)
    for name, measured in times.items():
        low, median, high = statistics.quantiles(measured, n=4)
        row = f"  {name:54} {median:9.1f} µs  ({low:.1f} to {high:.1f})"
        if name in bars:
            baseline, bar = bars[name]
            ratio = statistics.median(map(float.__truediv__, measured, times[baseline]))
            row += f"  {ratio:6.1f} × {baseline}, bar {bar:g} ×"
        print(row)


def one_bill(catalog: Catalog) -> None:
    """The fixture of ten lines, from its JSON to the JSON of its bill, and its evaluation."""
    request, bill = _of_fixture(FIXTURE, catalog)
    kept, own = kept_plan(request, catalog)
    plan, inputs = kept.plan, kept.inputs_of(own)
    tariff = tariff_of(bill, plan)
    integers = ByHand(tariff)
    body = _body(request)
    news = _new_structures(body)
    point = "/metering_points/0"
    told = {slot.where: entry.number for slot, entry in inputs.items()}
    registers = ("peak", "flat", "valley", "reactive_forward")
    numbers = (
        *(told[f"{point}/readings/{place}/{register}"] for register in registers for place in (0, 1)),
        told[f"{point}/config/0/multiplier"],
        told["/agreement/0/supply_points/S1/transformers/0/kva"],
        told["/given/0/amount"],
    )
    table(
        f"{FIXTURE}: {len(bill.lines)} lines, JSON in and out",
        {
            "by hand, in Decimal": partial(bill_of_decimals, body, tariff),
            "known structure": partial(_answered, body, catalog, derivation=False),
            "new structure": lambda: _answered(next(news), catalog, derivation=False),
            "known structure, with its steps": partial(_answered, body, catalog, derivation=True),
        },
        {
            "known structure": ("by hand, in Decimal", 12),
            "new structure": ("by hand, in Decimal", 45),
        },
    )
    table(
        f"{FIXTURE}: evaluation of a plan",
        {
            "by hand, in integers": partial(integers.evaluate, numbers),
            "plain, by its tape": partial(_taped(kept, own).run, own),
            "plain, by the rules": lambda: evaluate(plan, PlainArithmetic(inputs)),
        },
        {"plain, by its tape": ("by hand, in integers", 2)},
    )


def service(catalog: Catalog) -> None:
    """The service's answer to the same body, beside bare ASGI that parses and validates it and answers nothing."""
    request, _ = _of_fixture(FIXTURE, catalog)
    body = _body(request)
    app = create_app(Settings(), catalog)
    loop = asyncio.new_event_loop()

    def ask(application: Any) -> Work:
        return lambda: loop.run_until_complete(_asked(application, body))

    table(
        f"{FIXTURE}: POST /v1/bills, in this process",
        {"bare ASGI: parse and validate": ask(_bare), "known structure": ask(app)},
        {"known structure": ("bare ASGI: parse and validate", 4)},
    )
    loop.close()


def stages(catalog: Catalog) -> None:
    """Bills of other shapes as a program that has the request and wants the bill makes them."""
    for fixture in FIXTURES:
        request, bill = _of_fixture(fixture, catalog)
        works: dict[str, Work] = {
            "derived": partial(calculate, request, catalog),
            "plain": partial(calculate, request, catalog, derivation=False),
            "planned": partial(make_plan, request, catalog),
        }
        table(f"{fixture}: {len(bill.lines)} lines, a request in and a bill out", works, {})


def main() -> None:
    """Measure one bill, the service, other bills, and the start-up of the command line."""
    catalog = load_catalog()
    gc.collect()
    gc.freeze()  # as a worker of the service does with what stays (docs/python.md)
    one_bill(catalog)
    service(catalog)
    stages(catalog)
    # A start that finds its byte code, as an installed program does, whatever this environment says of writing it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "billcalc", "bill", str(ROOT / "fixtures" / FIXTURE / "request.yaml")]
    times = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        times.append((time.perf_counter() - start) * 1e3)
    print(f"billcalc bill, the whole process: {statistics.median(times):.0f} ms ({min(times):.0f} to {max(times):.0f})")


def _of_fixture(fixture: str, catalog: Catalog) -> tuple[Request, Bill]:
    request = load(Request, ROOT / "fixtures" / fixture / "request.yaml")
    bill = calculate(request, catalog)
    assert isinstance(bill, Bill)
    return request, bill


def _body(request: Request) -> bytes:
    """A request as the JSON that a program sends: only what is told, registers beside the other keys of a reading."""
    data = json.loads(request.model_dump_json(by_alias=True, exclude_unset=True))
    for point in data["metering_points"]:
        for reading in point["readings"]:
            reading.update(reading.pop("registers"))
    return json.dumps(data, ensure_ascii=False).encode()


def _new_structures(body: bytes) -> Iterator[bytes]:
    """The request with a group of another name each time, which the lines are named by."""
    return (body.replace(b'"main"', f'"g{number:04}"'.encode()) for number in count())


def _answered(body: bytes, catalog: Catalog, *, derivation: bool) -> bytes:
    request = request_of(read_text(body, max_bytes=BYTES_MAX).content)
    bill = calculate(request, catalog, derivation=derivation)
    assert isinstance(bill, Bill)
    return compact(bill_data(bill))


def _taped(kept: KeptPlan, own: Numbers) -> Integers:
    """The function of a plan's tape for the amounts of its lines and its total: what the one by hand gives."""
    recorder = Recorder()
    found = evaluate(kept.plan, recorder)
    values = [*(line.amount for line in found.lines), found.total]
    scales = dict(zip(kept.own, map(decimals_of, own), strict=True))
    fixed = {slot: entry.number for slot, entry in kept.inputs.items() if slot not in scales}
    return Integers(recorder.tape(), [each.place for each in values if isinstance(each, Recorded)], {**fixed, **scales})


async def _bare(_: Any, receive: Any, send: Any) -> None:
    message = await receive()
    validated(Request, data_of(message["body"], bytes_max=BYTES_MAX))
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": b"{}"})


async def _asked(application: Any, body: bytes) -> None:
    """One request to an ASGI application, whose answer must be 200."""
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/v1/bills", "raw_path": b"/v1/bills", "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        assert message.get("status", 200) == 200, message

    await application(scope, receive, send)


if __name__ == "__main__":
    main()
