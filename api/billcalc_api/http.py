"""HTTP/1.1 for ``billcalc serve``: uvicorn's fast protocol, with the limit that it lacks."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["HEAD_BYTES_MAX", "BoundedHead"]

HEAD_BYTES_MAX = 64 * 1024
"""What may come of a request besides its body: its line, headers, trailers and the framing of chunks [byte]."""


class BoundedHead(HttpToolsProtocol):
    """A connection. The parser alone would collect headers that never end, and so let anyone fill the memory."""

    _beside_body = 0

    def data_received(self, data: bytes) -> None:
        """Take what came; where too much of it is no body, refuse the request and close."""
        self._beside_body += len(data)
        super().data_received(data)
        if self._beside_body > HEAD_BYTES_MAX and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_body(self, body: bytes) -> None:
        """A part of the body, which the gate limits."""
        self._beside_body = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The end of a request; the next one may follow on the connection."""
        self._beside_body = 0
        super().on_message_complete()
