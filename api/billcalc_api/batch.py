"""``POST /v1/bills:batch``: JSON Lines in, JSON Lines out, in the same order, through columns.

The requests of a block that have the same keys make one Arrow batch; a request whose keys cannot be column names, or
that columns refuse, is billed by itself. Each line of the answer is a bill or says why there is none.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import anyio.to_thread
import pyarrow as pa
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from billcalc._version import __version__
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request as BillRequest
from billcalc.bulk import calculate as calculate_bulk
from billcalc.bulk.paths import ACCOUNT, is_number
from billcalc.explain.serialize import bill_data, invalid_data, refusal_data
from billcalc.explain.words import money
from billcalc.fields import JsonNumber, validated
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Section
from billcalc_api.bills import compact
from billcalc_api.bodies import JSON_LINES, data_of, read_body
from billcalc_api.contract import BATCH_OPERATION
from billcalc_api.metrics import Metrics
from billcalc_api.problems import problem
from billcalc_api.state import service_of

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["bills"])

BLOCK_LINES = 2048
Leaves = dict[str, object]
_LINE_KEYS = ("code", "section", "group", "band", "from", "to", "quantity", "unit", "price", "amount")
_ORDER = {section.value: rank for rank, section in enumerate(Section)}


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

    async def answers() -> Any:
        for start in range(0, len(lines), BLOCK_LINES):
            block = lines[start : start + BLOCK_LINES]
            yield await anyio.to_thread.run_sync(
                _block, block, start, service.catalog, settings.body_bytes_max, service.metrics
            )

    return StreamingResponse(answers(), media_type=JSON_LINES)


def _block(lines: Sequence[bytes], start: int, catalog: Catalog, bytes_max: int, metrics: Metrics) -> bytes:
    """The answers of some lines."""
    answers: list[Mapping[str, Any] | None] = [None] * len(lines)
    data: dict[int, Any] = {}
    shapes: dict[tuple[tuple[str, type], ...], list[tuple[int, Leaves]]] = {}
    for place, line in enumerate(lines):
        try:
            data[place] = data_of(line, bytes_max=bytes_max)
        except InvalidInput as error:
            answers[place] = invalid_data(error.faults)
            continue
        leaves: Leaves = {}
        if _flatten(data[place], "", leaves):
            shape = tuple((path, type(value)) for path, value in leaves.items())
            shapes.setdefault(shape, []).append((place, leaves))
    for rows in shapes.values():
        for place, answer in _through_columns(rows, catalog):
            answers[place] = answer
    told = []
    for place, made in enumerate(answers):
        answer = _by_itself(data[place], catalog) if made is None else made
        if answer["kind"] == "bill":
            metrics.bills.labels("batch").inc()
        else:
            metrics.refusals.labels(answer.get("code") or answer["faults"][0]["code"]).inc()
        told.append(compact({"index": start + place, **answer}) + b"\n")
    return b"".join(told)


def _flatten(data: object, prefix: str, leaves: Leaves) -> bool:
    """Collect the leaves by their paths; False where a key or a number cannot stand in a column."""
    if isinstance(data, dict):
        return all(
            "." not in key and not key.isdigit() and _flatten(value, f"{prefix}{key}.", leaves)
            for key, value in data.items()
        )
    if isinstance(data, list):
        return all(_flatten(value, f"{prefix}{place}.", leaves) for place, value in enumerate(data))
    path = prefix[:-1]
    if isinstance(data, JsonNumber) and not path.endswith(".digits"):
        return False
    if data is None or path == ACCOUNT or (is_number(path) and not isinstance(data, str)):
        return False
    leaves[path] = str(data) if isinstance(data, JsonNumber) else data
    return bool(path)


def _through_columns(rows: Sequence[tuple[int, Leaves]], catalog: Catalog) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The bills of requests with the same keys; rejected rows are left to be answered one by one."""
    columns: dict[str, pa.Array] = {ACCOUNT: pa.array([place for place, _ in rows], pa.int64())}
    for path in rows[0][1]:
        columns[path] = pa.array([leaves[path] for _, leaves in rows])
    (result,) = calculate_bulk([pa.record_batch(columns)], catalog, output="lines")
    lines: dict[int, list[dict[str, Any]]] = {}
    totals: dict[int, Decimal] = {}
    for place, code, section, group, band, start, end, quantity, unit, price, amount in zip(
        *result.bills.to_pydict().values(), strict=True
    ):
        totals[place] = totals.get(place, Decimal(0)) + amount
        lines.setdefault(place, []).append(
            {
                "code": code,
                "section": section,
                "group": group,
                "band": band,
                "from": start.isoformat(),
                "to": end.isoformat(),
                "quantity": None if quantity is None else decimal_text(quantity),
                "unit": unit,
                "price": None if price is None else decimal_text(price),
                "amount": money(amount),
            }
        )
    for place, made in lines.items():
        yield place, _bill(money(totals[place]), made, catalog.version)


def _bill(total: str, lines: list[dict[str, Any]], tariff_set: str) -> Mapping[str, Any]:
    """A bill of a batch: its printed lines and its total."""
    lines.sort(key=lambda line: _ORDER[line["section"]])
    return {"kind": "bill", "version": __version__, "tariff_set": tariff_set, "total": total, "lines": lines}


def _by_itself(data: object, catalog: Catalog) -> Mapping[str, Any]:
    """The answer to one request, with all that is wrong with it."""
    try:
        result = calculate(validated(BillRequest, data), catalog, derivation=False)
    except InvalidInput as error:
        return invalid_data(error.faults)
    if not isinstance(result, Bill):
        return refusal_data(result)
    told = bill_data(result)
    lines = [{key: line[key] for key in _LINE_KEYS} for line in told["lines"]]
    return _bill(told["total"], lines, told["tariff_set"])
