"""The identity of a bill: one request, one set of documents used and one engine give one id."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from billcalc.billing.request import Request

__all__ = ["bill_id", "canonical_json"]


def bill_id(request: Request, fingerprints: Iterable[str], version: str) -> str:
    """The hash of everything that decides a bill.

    Args:
        request: with the prices and conventions that came with it.
        fingerprints: of the documents that the bill rests on; what was added to the tariffs since is not among them.
        version: the engine's.
    """
    stated = {"request": request.model_dump(mode="json", by_alias=True), "documents": sorted(fingerprints)}
    return "sha256:" + hashlib.sha256(canonical_json({**stated, "engine": version})).hexdigest()


def canonical_json(data: Any) -> bytes:
    """One text for one value: sorted keys, no spaces, UTF-8.

    >>> canonical_json({"b": "1", "a": None})
    b'{"a":null,"b":"1"}'
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
