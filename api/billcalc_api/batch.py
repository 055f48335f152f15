"""``POST /v1/bills:batch``: JSON Lines or a table in, JSON Lines out, in the same order, through columns.

The requests of a block that have the same keys make one Arrow batch; a request that cannot be told by columns, that
columns refuse, or that is one of few of its kind, is billed by itself. Each line of the answer is a bill or says why
there is none.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from logging import ERROR
from typing import Any

import pyarrow as pa
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request as BillRequest
from billcalc.bulk.plans import Plans
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.catalog import Catalog
from billcalc.wire.batch import LINE_KEYS, PROBLEM_KEYS
from billcalc.wire.bill import bill_data
from billcalc.wire.troubles import InvalidData, RefusalData, invalid_data, refusal_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.service import LINE_FAILED
from billcalc_api import tables
from billcalc_api.bodies import JSON_LINES, data_of, media_type_of, read_body
from billcalc_api.calculating import (
    Answer,
    CalculationFailed,
    Ended,
    Failure,
    OverBudget,
    Tools,
    failure_of,
    too_much_work,
)
from billcalc_api.columns import bill_text, bills_of
from billcalc_api.contract import BATCH_OPERATION
from billcalc_api.languages import Lang
from billcalc_api.problems import problem
from billcalc_api.shapes import Shape, columns_of, paths_of, shape_of
from billcalc_api.state import calculated, caller_of, log, service_of
from billcalc_api.texts import compact, compact_text

__all__ = ["BLOCK_LINES", "COLUMNS_FROM_ROWS", "answer", "router"]

router = APIRouter(prefix="/v1", tags=["bills"])

BLOCK_LINES = 2048
"""Lines answered at a time: the memory of a batch is bounded by them, and the first answers come early."""

COLUMNS_FROM_ROWS = 8
"""How many requests of a shape are worth columns; fewer are billed sooner one by one."""

COLUMNS_LINE_BYTES_MAX = 16 << 10
"""A longer request is billed by itself: what is kept of the shapes and plans of others is bounded by it [byte]."""


@router.post("/bills:batch", **BATCH_OPERATION)
async def calculate_batch(request: Request, lang: Lang) -> Response:
    """Calculate a bill for each line or row; the answers stand in the order of the requests."""
    settings = service_of(request).settings
    body = await read_body(
        request,
        media_type=JSON_LINES,
        others=tables.TABLES,
        bytes_max=settings.batch_bytes_max,
        seconds_max=settings.body_seconds_max,
    )
    media_type, last = media_type_of(request), b""
    if media_type in tables.TABLES:
        rows = await calculated(request, tables.answer, body, media_type, lang)
        if rows.status != 200:
            return rows.response()
        last, _, body = rows.body.partition(b"\n")
    lines = [line for line in body.split(b"\n") if line.strip()]
    if len(lines) > settings.batch_rows_max:
        detail = f"{len(lines)} lines are more than {settings.batch_rows_max}; split the batch"
        return problem(413, "too_many_lines", detail)
    first = await _block(request, lines[:BLOCK_LINES], 0, lang, patient=False)  # before it is said that all is well

    async def answers() -> AsyncIterator[bytes]:
        yield first
        for start in range(BLOCK_LINES, len(lines), BLOCK_LINES):
            yield await _block(request, lines[start : start + BLOCK_LINES], start, lang, patient=True)
        if last:
            yield last + b"\n"

    return StreamingResponse(answers(), media_type=JSON_LINES)


async def _block(request: Request, lines: list[bytes], start: int, lang: Language, *, patient: bool) -> bytes:
    """The answers of some lines; where one of them ends the worker each is asked by itself, and that one has failed."""
    request_id = caller_of(request).request_id
    try:
        return (await calculated(request, answer, lines, start, request_id, lang, patient=patient)).body
    except (Ended, CalculationFailed) as error:
        if len(lines) > 1:
            alone = [await _block(request, [line], start + at, lang, patient=True) for at, line in enumerate(lines)]
            return b"".join(alone)
        if isinstance(error, Ended):
            return _line(start, _ended(service_of(request).tools, lang))
        log("failure", caller_of(request), level=ERROR, id=_id(request_id, start), **failure_of(error)._asdict())
        return _line(start, _failed(request_id, start, lang))


def answer(tools: Tools, lines: Sequence[bytes], start: int, request_id: str, lang: Language) -> Answer:
    """The answers of some lines."""
    data: dict[int, Any] = {}
    bills: dict[int, str] = {}
    others: dict[int, RefusalData | InvalidData] = {}
    failures: list[tuple[str, Failure]] = []
    shapes: dict[Shape, list[tuple[int, list[object]]]] = {}
    for place, line in enumerate(lines):
        try:
            asked = data[place] = data_of(line, bytes_max=tools.bytes_max)
        except InvalidInput as error:
            others[place] = invalid_data(error.faults, lexicon=LEXICONS[lang])
            continue
        if isinstance(asked, dict) and len(line) <= COLUMNS_LINE_BYTES_MAX:
            shape, values = shape_of(asked)
            shapes.setdefault(shape, []).append((place, values))
    plans = tools.plans_of(request_id)
    for shape, rows in shapes.items():
        if len(rows) >= COLUMNS_FROM_ROWS and (paths := paths_of(shape)):
            bills.update(
                _by_columns(tools, plans, columns_of(paths, rows), failures, _id(request_id, start + rows[0][0]))
            )
    for place, asked in data.items():
        if place not in bills:
            try:
                with tools.limited():
                    told_alone = _by_itself(asked, tools.catalog, LEXICONS[lang])
            except OverBudget:
                told_alone = _ended(tools, lang)
            except Exception as error:  # noqa: BLE001 - one line's failure is that line's
                failures.append((_id(request_id, start + place), failure_of(error)))
                told_alone = _failed(request_id, start + place, lang)
            if isinstance(told_alone, str):
                bills[place] = told_alone
            else:
                others[place] = told_alone
    reasons = Counter(
        other["code"] if other["kind"] == "refusal" else other["faults"][0]["code"] for other in others.values()
    )
    return Answer(
        200,
        b"".join(_line(start + place, bills.get(place) or others[place]) for place in range(len(lines))),
        JSON_LINES,
        (("bills", "batch", len(bills)), *(("refusals", reason, number) for reason, number in reasons.items())),
        tuple(failures),
    )


def _line(index: int, told: str | RefusalData | InvalidData) -> bytes:
    """A line of the answer."""
    if isinstance(told, str):
        return f'{{"index":{index},{told}}}\n'.encode()
    return compact({"index": index, **told}) + b"\n"


def _id(request_id: str, index: int) -> str:
    """What a line is called in the log."""
    return f"{request_id}.{index}"


def _ended(tools: Tools, lang: Language) -> InvalidData:
    return invalid_data([too_much_work(tools.seconds_max)], lexicon=LEXICONS[lang])


def _failed(request_id: str, index: int, lang: Language) -> InvalidData:
    """The answer to a line that failed; nothing is wrong with what was asked, as far as is known."""
    facts = {"id": _id(request_id, index)}
    message = LINE_FAILED.of(lang).format_map(facts)
    return {"kind": "invalid", "faults": [{"code": "internal_error", "where": "", "message": message, "facts": facts}]}


def _by_columns(
    tools: Tools, plans: Plans, batch: pa.RecordBatch, failures: list[tuple[str, Failure]], place: str
) -> Iterable[tuple[int, str]]:
    """The bills of requests of one shape; where columns fail none, for each is then billed by itself."""
    try:
        with tools.limited():
            return list(bills_of(batch, plans))
    except OverBudget:
        return ()
    except Exception as error:  # noqa: BLE001 - columns are a faster way to the same bills, and no more
        failures.append((place, failure_of(error)))
        return ()


def _by_itself(data: object, catalog: Catalog, lexicon: Lexicon) -> str | RefusalData | InvalidData:
    """The answer to one request: a bill's text, or all that is wrong with it."""
    try:
        result = calculate(validated(BillRequest, data), catalog, derivation=False)
    except InvalidInput as error:
        return invalid_data(error.faults, lexicon=lexicon)
    if not isinstance(result, Bill):
        return refusal_data(result, lexicon=lexicon)
    data = bill_data(result)
    lines = [compact_text({key: word for key, word in line.items() if key in LINE_KEYS}) for line in data["lines"]]
    problems = [
        compact_text({key: word for key, word in problem.items() if key in PROBLEM_KEYS})
        for problem in data["problems"]
    ]
    return bill_text(data["total"], lines, problems, data["tariff_set"], currency=data["currency"])
