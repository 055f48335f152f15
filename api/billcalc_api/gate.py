"""The gate every request passes: its id, its key, its place among those worked on, its headers, its log line.

Plain ASGI, since it must also see responses that stream. Nothing of a body, a query or a header is logged.
"""

import json
import logging
import re
import secrets
import time

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from billcalc_api.bodies import BodyProblem
from billcalc_api.keys import matches
from billcalc_api.metrics import OTHER, method_label
from billcalc_api.problems import problem
from billcalc_api.settings import is_loopback
from billcalc_api.state import Service

__all__ = ["Gate"]

_LOG = logging.getLogger("billcalc_api")
_OPEN = ("/healthz", "/readyz")
_UNLIMITED = (*_OPEN, "/metrics")
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
        told = request.headers.get("x-request-id", "")
        request_id = told if _REQUEST_ID.fullmatch(told) else secrets.token_hex(8)
        started = time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = {name for name, _ in message["headers"]}
                added = [*_SAFE_HEADERS, (b"x-request-id", request_id.encode())]
                if b"cache-control" not in own:
                    added.append((b"cache-control", b"no-store"))
                message["headers"] = [*message["headers"], *added]
            await send(message)

        try:
            await self._enter(request, scope, receive, sending)
        except BodyProblem as refused:
            await refused.response(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets a problem and no traceback
            _LOG.error(json.dumps({"event": "failure", "request_id": request_id, "error": type(error).__name__}))
            if status == 0:
                detail = "the service failed on this request; report its x-request-id"
                await problem(500, "internal_error", detail)(scope, receive, sending)
        finally:
            self._record(scope, request_id, status, time.perf_counter() - started)

    async def _enter(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the key and the number of requests worked on, then hand over."""
        service = self._service
        path = scope["path"]
        if service.keys is None and path not in _OPEN and not _is_local(scope):
            detail = "keys are off, so this service answers on a loopback address only; set BILLCALC_KEYS"
            await problem(401, "unauthorized", detail)(scope, receive, send)
            return
        if service.keys is not None and path not in _OPEN and self._name_of_key(request) is None:
            detail = "send an API key as Authorization: Bearer …"
            answer = problem(401, "unauthorized", detail, headers={"www-authenticate": "Bearer"})
            await answer(scope, receive, send)
            return
        if path in _UNLIMITED:
            await self._app(scope, receive, send)
            return
        if service.active >= service.settings.concurrency_max:
            detail = "more requests are being worked on than this service takes; try again shortly"
            await problem(429, "too_many_requests", detail, headers={"retry-after": "1"})(scope, receive, send)
            return
        service.active += 1
        try:
            await self._app(scope, receive, send)
        finally:
            service.active -= 1

    def _name_of_key(self, request: Request) -> str | None:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            return None
        return matches(key, self._service.keys or ())

    def _record(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        route = scope.get("route")
        name = getattr(route, "path", OTHER)
        method = method_label(scope["method"])
        metrics = self._service.metrics
        metrics.requests.labels(name, method, str(status)).inc()
        metrics.seconds.labels(name).observe(seconds)
        entry = {
            "event": "request",
            "request_id": request_id,
            "method": method,
            "route": name,
            "status": status,
            "ms": round(seconds * 1000, 2),
        }
        _LOG.info(json.dumps(entry))


def _is_local(scope: Scope) -> bool:
    """Whether a request came in on a loopback address or a local socket, wherever the server was told to listen."""
    server = scope.get("server")
    return server is None or server[1] is None or is_loopback(server[0])
