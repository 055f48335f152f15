"""``POST /v1/bills:batch``: JSON Lines in, JSON Lines out, in the same order, through columns.

The requests of a block that have the same keys make one Arrow batch; a request that cannot be told by columns, that
columns refuse, or that is one of few of its kind, is billed by itself. Each line of the answer is a bill or says why
there is none.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import anyio.to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request as BillRequest
from billcalc.bulk.plans import Plans
from billcalc.explain.serialize import bill_data, invalid_data, refusal_data
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.catalog import Catalog
from billcalc_api.bodies import JSON_LINES, data_of, read_body
from billcalc_api.columns import LINE_KEYS, PROBLEM_KEYS, bill_text, bills_of
from billcalc_api.contract import BATCH_OPERATION
from billcalc_api.metrics import Metrics
from billcalc_api.problems import problem
from billcalc_api.shapes import Shape, columns_of, paths_of, shape_of
from billcalc_api.state import service_of
from billcalc_api.texts import compact, compact_text

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["bills"])

BLOCK_LINES = 2048
"""Lines answered at a time: the memory of a batch is bounded by them, and the first answers come early."""

COLUMNS_FROM_ROWS = 8
"""How many requests of a shape are worth columns; fewer are billed sooner one by one."""


@router.post("/bills:batch", **BATCH_OPERATION)
async def calculate_batch(request: Request) -> Response:
    """Calculate a bill for each line; the answers stand in the order of the requests."""
    service = service_of(request)
    settings = service.settings
    body = await read_body(
        request, media_type=JSON_LINES, bytes_max=settings.batch_bytes_max, seconds_max=settings.body_seconds_max
    )
    lines = [line for line in body.split(b"\n") if line.strip()]
    if len(lines) > settings.batch_rows_max:
        detail = f"{len(lines)} lines are more than {settings.batch_rows_max}; split the batch"
        return problem(413, "too_many_lines", detail)

    plans = Plans(service.catalog, {})

    async def answers() -> AsyncIterator[bytes]:
        for start in range(0, len(lines), BLOCK_LINES):
            block = lines[start : start + BLOCK_LINES]
            yield await anyio.to_thread.run_sync(_block, block, start, plans, settings.body_bytes_max, service.metrics)

    return StreamingResponse(answers(), media_type=JSON_LINES)


def _block(lines: Sequence[bytes], start: int, plans: Plans, bytes_max: int, metrics: Metrics) -> bytes:
    """The answers of some lines."""
    data: dict[int, Any] = {}
    bills: dict[int, str] = {}
    others: dict[int, Mapping[str, Any]] = {}
    shapes: dict[Shape, list[tuple[int, list[object]]]] = {}
    for place, line in enumerate(lines):
        try:
            asked = data[place] = data_of(line, bytes_max=bytes_max)
        except InvalidInput as error:
            others[place] = invalid_data(error.faults)
            continue
        if isinstance(asked, dict):
            shape, values = shape_of(asked)
            shapes.setdefault(shape, []).append((place, values))
    for shape, rows in shapes.items():
        if len(rows) >= COLUMNS_FROM_ROWS and (paths := paths_of(shape)):
            bills.update(bills_of(columns_of(paths, rows), plans))
    for place, asked in data.items():
        if place not in bills:
            answer = _by_itself(asked, plans.catalog)
            if isinstance(answer, str):
                bills[place] = answer
            else:
                others[place] = answer
    metrics.bills.labels("batch").inc(len(bills))
    for other in others.values():
        metrics.refusals.labels(other.get("code") or other["faults"][0]["code"]).inc()
    return b"".join(
        f'{{"index":{start + place},{bills[place]}}}\n'.encode()
        if place in bills
        else compact({"index": start + place, **others[place]}) + b"\n"
        for place in range(len(lines))
    )


def _by_itself(data: object, catalog: Catalog) -> str | Mapping[str, Any]:
    """The answer to one request: a bill's text, or all that is wrong with it."""
    try:
        result = calculate(validated(BillRequest, data), catalog, derivation=False)
    except InvalidInput as error:
        return invalid_data(error.faults)
    if not isinstance(result, Bill):
        return refusal_data(result)
    told = bill_data(result)
    lines = [compact_text({key: line[key] for key in LINE_KEYS if key in line}) for line in told["lines"]]
    problems = [compact_text({key: problem[key] for key in PROBLEM_KEYS}) for problem in told["problems"]]
    return bill_text(told["total"], lines, problems, told["tariff_set"])
