"""Who visits: a cookie of chance, the key that was entered for it, and the token that each of its forms carries.

Of a visit the server keeps the hash of its cookie and of the key, nothing else; after a restart all sign in again. A
key that is revoked ends its visits at once.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from billcalc_api.keys import KeyFile, KeyRecord, record_of

__all__ = ["COOKIE", "SECONDS_MAX", "STRANGER", "VISITS_MAX", "Visits", "new_visit", "set_cookie"]

COOKIE = "billcalc_visit"
SECONDS_MAX = 12 * 60 * 60
"""How long a visit lasts: a long working day [s]."""
VISITS_MAX = 10_000
"""How many are known at once; the oldest makes room."""
STRANGER = ""
"""The name of the key of whoever has entered none: no key can be called so."""

_VISIT = re.compile(r"[A-Za-z0-9_-]{43}")


class _Signed(NamedTuple):
    """A visit for which a key was entered."""

    record: KeyRecord
    until: float


class Visits:
    """The visits of a running service.

    Args:
        keys: of the service; None where keys are off, and everybody on this machine may come in.
        clock: seconds that only grow.
    """

    def __init__(self, keys: KeyFile | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._keys = keys
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._signed: OrderedDict[str, _Signed] = OrderedDict()

    @property
    def keys_on(self) -> bool:
        """Whether a key is needed."""
        return self._keys is not None

    def visit_of(self, request: Request) -> str | None:
        """The cookie of a visit, or None."""
        told = request.cookies.get(COOKIE, "")
        return told if _VISIT.fullmatch(told) else None

    def token(self, visit: str) -> str:
        """What the forms of a visit carry: nobody else's page can know it."""
        return hmac.new(self._secret, visit.encode(), hashlib.sha256).hexdigest()

    def is_of(self, visit: str | None, token: str) -> bool:
        """Whether a form was given to this visit."""
        return visit is not None and hmac.compare_digest(self.token(visit).encode(), token.encode())

    def key_of(self, request: Request) -> str:
        """The name of the key of a visit; ``STRANGER`` where none was entered, it is over or the key is revoked.

        Raises:
            KeysError: where the keys cannot be read.
        """
        visit = self.visit_of(request)
        signed = None if visit is None else self._signed.get(_hash(visit))
        if signed is None or self._keys is None or signed.until < self._clock():
            return STRANGER
        return signed.record.name if signed.record in self._keys.records() else STRANGER

    def sign_in(self, key: str) -> str | None:
        """A new visit for a key; None where nobody knows the key.

        Raises:
            KeysError: where the keys cannot be read.
        """
        records = () if self._keys is None else self._keys.records()
        record = record_of(key, records)
        if record is None:
            return None
        visit = new_visit()
        self._signed[_hash(visit)] = _Signed(record, self._clock() + SECONDS_MAX)
        while len(self._signed) > VISITS_MAX:
            self._signed.popitem(last=False)
        return visit

    def sign_out(self, visit: str | None) -> None:
        """End a visit."""
        if visit is not None:
            self._signed.pop(_hash(visit), None)


def new_visit() -> str:
    """The cookie of a new visit: 256 bits of chance."""
    return secrets.token_urlsafe(32)


def set_cookie(answer: Response, visit: str, *, secure: bool) -> None:
    """Let a browser keep a visit: no script sees it, and no other site's form carries it."""
    answer.set_cookie(COOKIE, visit, path="/", httponly=True, samesite="strict", secure=secure)


def _hash(visit: str) -> str:
    return hashlib.sha256(visit.encode()).hexdigest()
