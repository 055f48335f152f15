"""What both clients send and how both read the answers: everything but the sending itself."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import httpx

from billcalc.client.answers import (
    BatchBill,
    Bill,
    Comparison,
    Data,
    Diagnosis,
    Document,
    Health,
    Invalid,
    PriceSheet,
    Refusal,
    Tariff,
    batch_answer,
    bill_of,
    comparison_of,
    diagnosis_of,
    document_of,
    health_of,
    invalid_of,
    price_sheet_of,
)
from billcalc.wire.tariffs import PageData
from billcalc.wire.troubles import ProblemAnswer

__all__ = [
    "BATCH",
    "JSON_LINES",
    "Lines",
    "ServiceError",
    "blocks_of",
    "headers_of",
    "read_bill",
    "read_comparison",
    "read_diagnosis",
    "read_documents",
    "read_health",
    "read_price_sheet",
    "read_tariff",
    "refuse_others",
    "tariff_headers",
]

BATCH = "/v1/bills:batch"
JSON_LINES = {"content-type": "application/x-ndjson"}


class ServiceError(Exception):
    """The service did not answer the question: no key, too many requests, too large, not found, or a failure.

    Attributes:
        status: of HTTP.
        code: of the problem; ``unknown`` where the answer is none of the service's.
        retry_after: when to come back, where the service tells [s].
        request_id: what to quote to whoever runs the service.
    """

    def __init__(self, response: httpx.Response) -> None:
        try:
            problem: Any = response.json()
        except ValueError:
            problem = {}
        problem = problem if isinstance(problem, dict) else {}
        self.status = response.status_code
        self.code = str(problem.get("code", "unknown"))
        wait = response.headers.get("retry-after", "")
        self.retry_after = int(wait) if wait.isdecimal() else None
        self.request_id = response.headers.get("x-request-id")
        super().__init__(f"{self.status} {self.code}: {problem.get('detail', 'no answer of a billcalc service')}")


def headers_of(key: str | None) -> dict[str, str]:
    """The headers of every request."""
    return {} if key is None else {"authorization": f"Bearer {key}"}


def blocks_of(requests: Iterable[Data], rows: int) -> Iterator[bytes]:
    """Requests as JSON Lines, so many at a time."""
    lines: list[bytes] = []
    for request in requests:
        lines.append(json.dumps(request, ensure_ascii=False).encode() + b"\n")
        if len(lines) == rows:
            yield b"".join(lines)
            lines.clear()
    if lines:
        yield b"".join(lines)


class Lines:
    """Puts the parts of a batch's answer together to lines; only a line feed ends one."""

    def __init__(self) -> None:
        self._rest = b""

    def answers(self, part: bytes) -> Iterator[BatchBill | Refusal | Invalid]:
        """The answers that a further part completes."""
        *lines, self._rest = (self._rest + part).split(b"\n")
        for line in lines:
            yield batch_answer(json.loads(line))


def refuse_others(response: httpx.Response) -> None:
    """See that the question was answered.

    Raises:
        ServiceError: where it was not.
    """
    if response.status_code not in (200, 304):
        raise ServiceError(response)


def _trouble(response: httpx.Response) -> Refusal | Invalid | None:
    """The refusal or the faults of an answer that has neither bill nor comparison nor diagnosis."""
    if response.status_code in (400, 422):
        problem: ProblemAnswer = response.json()
        if response.status_code == 422:
            return Refusal(problem["code"], problem["pointer"], problem["detail"], problem["facts"])
        if "faults" in problem:
            return invalid_of(problem["faults"])
    refuse_others(response)
    return None


def read_bill(response: httpx.Response) -> Bill | Refusal | Invalid:
    """The answer to one request."""
    return _trouble(response) or bill_of(response.json())


def read_comparison(response: httpx.Response) -> Comparison | Refusal | Invalid:
    """The answer to a comparison."""
    return _trouble(response) or comparison_of(response.json())


def read_diagnosis(response: httpx.Response) -> Diagnosis | Refusal | Invalid:
    """The answer to a diagnosis."""
    return _trouble(response) or diagnosis_of(response.json())


def read_documents(response: httpx.Response) -> tuple[tuple[Document, ...], str | None]:
    """A page of documents and the cursor of the next one."""
    refuse_others(response)
    data: PageData = response.json()
    return tuple(map(document_of, data["items"])), data["next_cursor"]


def tariff_headers(known: Tariff | None) -> dict[str, str]:
    """What asks for a document only if it is not the one that is known."""
    return {} if known is None else {"if-none-match": known.etag}


def read_tariff(response: httpx.Response, known: Tariff | None) -> Tariff:
    """A document, or the known one where it is still that."""
    refuse_others(response)
    if response.status_code == 304:
        assert known is not None, "only a known document is asked about"
        return known
    return Tariff(response.headers["etag"], response.json())


def read_price_sheet(response: httpx.Response) -> PriceSheet | Refusal:
    """The components of a sheet, or why there is none."""
    trouble = _trouble(response)
    if isinstance(trouble, Refusal):
        return trouble
    return price_sheet_of(response.json())


def read_health(response: httpx.Response) -> Health:
    """What a ready service tells."""
    refuse_others(response)
    return health_of(response.json())
