"""The identity of a bill: one request, one set of documents used and one engine give one id."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from billcalc.tariff.catalog import Fingerprint

__all__ = ["bill_id", "canonical_json"]


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def bill_id(request: str, fingerprints: Mapping[str, Fingerprint], version: str) -> str:
    """The hash of everything that decides a bill.

    Args:
        request: as canonical JSON, with the prices and conventions that came with it.
        fingerprints: by its id, of each document that the bill rests on; what was added to the tariffs since is not
            among them.
        version: the engine's.
    """
    documents = sorted(f"{name}:{fingerprint.sha256}" for name, fingerprint in fingerprints.items())
    others = canonical_json({"documents": documents, "engine": version})
    stated = b'%s,"request":%s}' % (others.removesuffix(b"}"), request.encode())  # the last of the keys
    return "sha256:" + hashlib.sha256(stated).hexdigest()


def canonical_json(data: Any) -> bytes:
    """One text for one value: sorted keys, no spaces, UTF-8.

    >>> canonical_json({"b": "1", "a": None})
    b'{"a":null,"b":"1"}'
    """
    return _CANONICAL.encode(data).encode()
