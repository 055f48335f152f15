"""Reading a body: within its limits of bytes and seconds, as exact JSON."""

import asyncio
from collections.abc import AsyncIterator, Collection
from typing import Any, NamedTuple

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from billcalc.files.documents import Format, parse_document
from billcalc.files.text import read_text
from billcalc.words.service import BODY_TOO_LARGE
from billcalc_api.languages import ASKED
from billcalc_api.problems import problem

__all__ = ["JSON", "JSON_LINES", "Answered", "Body", "data_of", "media_type_of", "read_body"]

JSON = "application/json"
JSON_LINES = "application/x-ndjson"


class Answered(Exception):
    """A request that is answered before anything is done about it; the response says why."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__(str(response.status_code))


class Body(NamedTuple):
    """A body that was read.

    Attributes:
        content_type: its header, whole.
    """

    content: bytes
    content_type: str = JSON

    @property
    def media_type(self) -> str:
        """Its type without parameters."""
        return _media_type(self.content_type)


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def media_type_of(request: Request) -> str:
    """The type of a body, as its header tells it; nothing where it does not."""
    return _media_type(request.headers.get("content-type", ""))


async def read_body(
    request: Request, *, media_type: str, bytes_max: int, seconds_max: int, others: Collection[str] = ()
) -> bytes:
    """A whole body.

    Args:
        request: whose body.
        media_type: that it should be of.
        bytes_max: the limit of its size [byte].
        seconds_max: the limit of the time that it takes [s].
        others: types that it may be of, too.

    Raises:
        Answered: where it is of another type, packed, too large, too slow or cut short.
    """
    told = media_type_of(request)
    if told != media_type and told not in others:
        detail = f"the body is of type {told or 'none'}; send {media_type}"
        raise Answered(problem(415, "unsupported_media_type", detail))
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding != "identity":
        detail = f"the body is told to be packed as {coding}; send it as it is"
        raise Answered(problem(415, "unsupported_media_type", detail))
    announced = request.headers.get("content-length", "0").lstrip("0")
    if len(announced) > len(str(bytes_max)) or (
        announced.isascii() and announced.isdecimal() and int(announced) > bytes_max
    ):
        raise _too_large(bytes_max)
    try:
        async with asyncio.timeout(seconds_max):  # for the whole body, so a slow client cannot hold a place
            return await _joined(request.stream(), bytes_max)
    except TimeoutError:
        detail = f"the body did not arrive within {seconds_max} s; send it faster or in smaller batches"
        raise Answered(problem(408, "body_too_slow", detail, headers={"connection": "close"})) from None
    except ClientDisconnect:
        raise Answered(problem(400, "body_cut_short", "the connection ended before the body did")) from None


async def _joined(stream: AsyncIterator[bytes], bytes_max: int) -> bytes:
    """The parts of a body together, as long as they are not too much."""
    parts: list[bytes] = []
    size = 0
    async for part in stream:
        size += len(part)
        if size > bytes_max:
            raise _too_large(bytes_max)
        parts.append(part)
    return b"".join(parts)


def _too_large(bytes_max: int) -> Answered:
    detail = BODY_TOO_LARGE.of(ASKED.get()).format(limit=bytes_max)
    return Answered(problem(413, "too_large", detail, headers={"connection": "close"}))


def data_of(body: bytes, *, bytes_max: int, name: str = "body") -> Any:
    """The data of a JSON text; numbers keep their digits, and a key stands once.

    Args:
        body: the text.
        bytes_max: its limit [byte].
        name: what messages call it.

    Raises:
        InvalidInput: where it is not UTF-8, not JSON, or nested too deep.
    """
    text = read_text(body, name=name, max_bytes=bytes_max)
    return parse_document(text.content, name=name, written_in=Format.JSON).data
