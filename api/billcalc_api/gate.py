"""The gate every request passes: its id, its key, its place among those worked on, its headers, its log line.

Plain ASGI, since it must also see responses that stream. Nothing of a body, a query or a header is logged.
"""

import logging
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from billcalc_api.bodies import Answered
from billcalc_api.calculating import Ended, Full, failure_of, too_much_work
from billcalc_api.keys import KeyRecord, record_of
from billcalc_api.keys_error import KeysError
from billcalc_api.languages import ASKED, asked_of
from billcalc_api.metrics import OTHER, method_label
from billcalc_api.problems import PROBLEM_TYPE, invalid, problem
from billcalc_api.rights import Right, right_for
from billcalc_api.settings import is_loopback
from billcalc_api.state import Caller, Service, log

__all__ = ["Gate"]

_OPEN = ("/healthz", "/readyz")
_UNLIMITED = (*_OPEN, "/metrics")
_SOON = {"retry-after": "1"}
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SAFE_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
]


class Gate:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it at the gate."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        ASKED.set(asked_of(request))
        told = request.headers.get("x-request-id", "")
        caller = Caller(told if _REQUEST_ID.fullmatch(told) else secrets.token_hex(8), None)
        started = time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = {name for name, _ in message["headers"]}
                safe = (header for header in _SAFE_HEADERS if header[0] not in own)
                added = [*safe, (b"x-request-id", caller.request_id.encode())]
                if _speaks(request, message):
                    told = ASKED.get().value.encode()
                    added += [(b"content-language", told), (b"vary", b"accept-language")]
                if b"cache-control" not in own:
                    added.append((b"cache-control", b"no-store"))
                message["headers"] = [*message["headers"], *added]
            await send(message)

        try:
            caller = self._known(request, caller)
            request.state.caller = caller
            with self._place(scope["path"], caller):
                await self._app(scope, receive, sending)
        except Answered as refused:
            await self._told(request, refused.response)(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets a problem and no traceback
            answer = self._answer_to(error, caller)
            if status == 0:
                await self._told(request, answer)(scope, receive, sending)
        finally:
            self._record(scope, caller, status, time.perf_counter() - started)

    def _told(self, request: Request, answer: Response) -> Response:
        """A problem as whoever asks is told it."""
        pages = self._service.pages
        return pages.told(request, answer) if pages is not None and pages.has(request.scope["path"]) else answer

    def _answer_to(self, error: Exception, caller: Caller) -> Response:
        """What is answered where a calculation or the service itself failed."""
        match error:
            case Full():
                detail = "all who calculate are at work; try again shortly"
                return problem(503, "busy", detail, headers=_SOON)
            case Ended():
                return invalid([too_much_work(self._service.settings.calculation_seconds_max)])
        log("failure", caller, level=logging.ERROR, **failure_of(error)._asdict())
        if isinstance(error, KeysError):
            return problem(503, "keys_unreadable", "the keys cannot be read; tell whoever runs the service")
        detail = "the service failed on this request; report its x-request-id"
        return problem(500, "internal_error", detail)

    def _known(self, request: Request, caller: Caller) -> Caller:
        """Whose request it is, where it may come in.

        Raises:
            Answered: where it may not.
            KeysError: where the keys cannot be read: then nobody may.
        """
        path = request.scope["path"]
        keys = self._service.keys
        if path in _OPEN:
            return caller
        if keys is None and not _is_local(request.scope):
            detail = "keys are off, so this service answers on a loopback address only; set BILLCALC_KEYS"
            raise Answered(problem(401, "unauthorized", detail))
        if keys is None:
            return caller
        pages = self._service.pages
        if pages is not None and pages.has(path):
            name = pages.key_of(request)
            visitor = next((each for each in keys.records() if each.name == name), None)
            caller = caller._replace(key=name)
            return caller if visitor is None else self._let_in(visitor, Right.PAGES, caller)
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        record = record_of(key, keys.records()) if scheme.lower() == "bearer" and key else None
        if record is None:
            detail = "send an API key as Authorization: Bearer …"
            raise Answered(problem(401, "unauthorized", detail, headers={"www-authenticate": "Bearer"}))
        return self._let_in(record, right_for(path), caller)

    def _let_in(self, record: KeyRecord, right: Right | None, caller: Caller) -> Caller:
        """Whose request it is, where its key is for it and has requests left.

        Raises:
            Answered: where it is not, or has none.
        """
        if not record.may(right):
            raise Answered(problem(403, "out_of_scope", f"the key is not for {right}; ask whoever runs the service"))
        wait = 0 if record.per_minute is None else self._service.allowances.wait(record.name, record.per_minute)
        if wait:
            detail = f"the key may send {record.per_minute} requests in a minute; wait {wait} s"
            raise Answered(problem(429, "too_many_requests", detail, headers={"retry-after": str(wait)}))
        return caller._replace(key=record.name, at_once=record.at_once)

    @contextmanager
    def _place(self, path: str, caller: Caller) -> Iterator[None]:
        """A place among the requests that are worked on, from the first byte of a body to the last of an answer.

        A key may have as many places as are free: so it can never have the last ones, whatever it sends and however
        slowly, and the fewer keys there are at work, the more each can have.

        Raises:
            Answered: where there is none.
        """
        if path in _UNLIMITED:
            yield
            return
        active = self._service.active
        free = self._service.settings.concurrency_max - active.total()
        own = active[caller.key]
        if caller.key is not None and free <= 0:
            detail = "more requests are being worked on than this service takes; try again shortly"
            raise Answered(problem(503, "busy", detail, headers=_SOON))
        most = free if caller.at_once is None else min(free, caller.at_once)
        if free <= 0 or (caller.key is not None and own >= most):
            detail = "more of your requests are being worked on than this service takes at once; try again shortly"
            raise Answered(problem(429, "too_many_requests", detail, headers=_SOON))
        active[caller.key] += 1
        try:
            yield
        finally:
            active[caller.key] -= 1
            if not active[caller.key]:
                del active[caller.key]

    def _record(self, scope: Scope, caller: Caller, status: int, seconds: float) -> None:
        route = scope.get("route")
        name = getattr(route, "path", OTHER)
        method = method_label(scope["method"])
        metrics = self._service.metrics
        metrics.requests.labels(name, method, str(status)).inc()
        metrics.seconds.labels(name).observe(seconds)
        log("request", caller, method=method, route=name, status=status, ms=round(seconds * 1000, 2))


def _speaks(request: Request, message: Message) -> bool:
    """Whether an answer has sentences: a problem, or what its route says has some."""
    is_problem = (b"content-type", PROBLEM_TYPE.encode()) in message["headers"]
    return is_problem or bool(getattr(request.state, "speaks", False))


def _is_local(scope: Scope) -> bool:
    """Whether a request came in on a loopback address or a local socket, wherever the server was told to listen."""
    server = scope.get("server")
    return server is None or server[1] is None or is_loopback(server[0])
