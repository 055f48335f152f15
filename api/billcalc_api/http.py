"""HTTP/1.1 for ``billcalc serve``: uvicorn's fast protocol, with the limits that it lacks.

A connection costs a descriptor, of which a process has few. So none waits for ever for what a client does not send or
does not take, and of those on which nothing is asked there are only so many: the oldest makes room for a new one.
"""

import resource
from asyncio import TimerHandle
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["HEAD_BYTES_MAX", "IDLE_MAX", "TAKE_SECONDS_MAX", "BoundedConnection", "bounded"]

HEAD_BYTES_MAX = 64 * 1024
"""What may come of a request besides its body: its line, headers, trailers and the framing of chunks [byte]."""

TAKE_SECONDS_MAX = 30
"""How long an answer may wait for a client that does not take it [s]."""

IDLE_MAX = max(8, min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 4))
"""How many connections may be open without a request: a quarter of the descriptors that the process may have."""


class BoundedConnection(HttpToolsProtocol):
    """A connection. The parser alone would collect headers that never end, and so let anyone fill the memory."""

    _waiting: ClassVar[dict["BoundedConnection", None]] = {}
    """Those without a request, the oldest first."""
    _head_seconds_max: ClassVar[int] = 15
    _beside_body = 0
    _head_timer: TimerHandle | None = None
    _take_timer: TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """A client has come; it is to ask something soon."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._no_longer_wait()
        self._taken()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; where too much of it is no body, refuse the request and close."""
        self._beside_body += len(data)
        super().data_received(data)
        if self._beside_body > HEAD_BYTES_MAX and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_headers_complete(self) -> None:
        """The head of a request is there; the gate limits the rest."""
        self._no_longer_wait()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body, which the gate limits."""
        self._beside_body = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The end of a request; the next one may follow on the connection."""
        self._beside_body = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is given; the next request is to come soon, whatever of this one is still sent."""
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._wait_for_head()

    def pause_writing(self) -> None:
        """The client takes less than it is given."""
        super().pause_writing()
        self._take_timer = self.loop.call_later(TAKE_SECONDS_MAX, self.transport.abort)

    def resume_writing(self) -> None:
        """It has taken some."""
        self._taken()
        super().resume_writing()

    def _taken(self) -> None:
        if self._take_timer is not None:
            self._take_timer.cancel()
            self._take_timer = None

    def _wait_for_head(self) -> None:
        self._no_longer_wait()
        self._head_timer = self.loop.call_later(self._head_seconds_max, self._give_up)
        self._waiting[self] = None
        if len(self._waiting) > IDLE_MAX:
            next(iter(self._waiting))._give_up()

    def _no_longer_wait(self) -> None:
        self._waiting.pop(self, None)
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        """Close; an answer that the client is still taking is given to the end, in its time."""
        self._no_longer_wait()
        if self.transport.get_write_buffer_size() and self._take_timer is None:
            self._take_timer = self.loop.call_later(TAKE_SECONDS_MAX, self.transport.abort)
        self.transport.close()


def bounded(head_seconds_max: int) -> type[BoundedConnection]:
    """Connections of a service.

    Args:
        head_seconds_max: how long one may be open without the whole head of a request, or after an answer without a new
            one [s].
    """
    return type("Bounded", (BoundedConnection,), {"_head_seconds_max": head_seconds_max})
