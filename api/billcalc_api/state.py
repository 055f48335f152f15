"""What the routes of one service share."""

import json
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from starlette.requests import Request
from starlette.responses import Response

from billcalc_api.bodies import JSON, Body, media_type_of, read_body
from billcalc_api.calculating import Answer, Tools
from billcalc_api.forms import FORM
from billcalc_api.keys import KeyFile
from billcalc_api.metrics import Metrics
from billcalc_api.rights import Allowances
from billcalc_api.settings import Settings

if TYPE_CHECKING:
    from billcalc.store.store import Store

__all__ = ["Caller", "Pages", "Service", "answered", "calculated", "caller_of", "log", "service_of"]

_LOG = logging.getLogger("billcalc_api")


class Caller(NamedTuple):
    """Whose request it is.

    Attributes:
        key: the name of its key; None where keys are off.
        at_once: how many of its requests may be worked on at once; as there are places where None.
    """

    request_id: str
    key: str | None
    at_once: int | None = None


class Pages(Protocol):
    """What shows the service to people; the gate asks it who visits, and lets it put problems into words."""

    def has(self, path: str) -> bool:
        """Whether a path is one of its own."""

    def key_of(self, request: Request) -> str:
        """The name of the key that was entered for a visit; empty where none was, who may only enter one.

        Raises:
            KeysError: where the keys cannot be read.
        """

    def first(self, request: Request) -> Response:
        """The way to the first page."""

    def told(self, request: Request, answer: Response) -> Response:
        """A problem as its readers are told it."""


@dataclass
class Service:
    """One running service.

    Attributes:
        run: gives a job to a worker; None where nobody serves, as in a test, and this process calculates itself.
        pages: where the service shows itself to people, too.
        store: of findings, where it keeps them.
        active: the requests that are worked on, by the name of their key.
        allowances: how many requests each key may still send.
    """

    settings: Settings
    tools: Tools
    metrics: Metrics
    keys: KeyFile | None
    run: Callable[..., Awaitable[Answer]] | None = None
    pages: Pages | None = None
    store: "Store | None" = None
    active: Counter[str | None] = field(default_factory=Counter)
    allowances: Allowances = field(default_factory=lambda: Allowances(time.monotonic))


def service_of(request: Request) -> Service:
    """The service that a request came to."""
    service: Service = request.app.state.service
    return service


def caller_of(request: Request) -> Caller:
    """Whose request it is; the gate has found it out."""
    caller: Caller = request.state.caller
    return caller


async def calculated(
    request: Request, function: Callable[..., Answer], *arguments: object, patient: bool = False
) -> Answer:
    """The answer to a job, counted and logged.

    Args:
        request: it is a part of.
        function: makes the answer, of the tools and the arguments.
        arguments: what it takes.
        patient: whether it waits for a worker as long as it takes.

    Raises:
        Full, Ended, CalculationFailed: where there is none.
    """
    service, caller = service_of(request), caller_of(request)
    if service.run is None:
        answer = function(service.tools, *arguments)
    else:
        answer = await service.run(caller.key, function, *arguments, patient=patient)
    for metric, label, number in answer.counts:
        getattr(service.metrics, metric).labels(label).inc(number)
    for place, failure in answer.failures:
        log("failure", caller, level=logging.ERROR, id=place, **failure._asdict())
    return answer


async def answered(request: Request, function: Callable[..., Answer], *arguments: object) -> Response:
    """The response to JSON, or to a form: what a function makes of the tools, the body and the arguments.

    Raises:
        Answered: where the body is not within its limits.
        Full, Ended, CalculationFailed: where there is no answer.
    """
    told = service_of(request).settings
    bytes_max = told.batch_bytes_max if media_type_of(request) == FORM else told.body_bytes_max
    content = await read_body(
        request, media_type=JSON, others=(FORM,), bytes_max=bytes_max, seconds_max=told.body_seconds_max
    )
    body = Body(content, request.headers.get("content-type", ""))
    return (await calculated(request, function, body, *arguments)).response()


def log(event: str, caller: Caller, *, level: int = logging.INFO, **told: object) -> None:
    """Log an event as a line of JSON, with the request and the name of its key."""
    if not _LOG.isEnabledFor(level):
        return
    whose = (
        {"request_id": caller.request_id}
        if caller.key is None
        else {"request_id": caller.request_id, "key": caller.key}
    )
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    _LOG.log(level, json.dumps({"at": at, "event": event, **whose, **told}))
