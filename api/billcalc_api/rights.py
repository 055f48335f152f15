"""What a key may do: its scopes, and how much of the service it may have.

A key without scopes may do everything; one with scopes does what is in them. What every key needs, the contract and the
catalogue of problems, is in none.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Allowances", "Right", "right_for"]


class Right(StrEnum):
    """What a key may do."""

    BILL = "bill"
    COMPARE = "compare"
    CORRECT = "correct"
    ADVISE = "advise"
    AUDIT = "audit"
    TARIFFS = "tariffs"
    METRICS = "metrics"
    PAGES = "pages"


_PATHS = (
    ("/v1/bills:compare", Right.COMPARE),
    ("/v1/bills:diagnose", Right.COMPARE),
    ("/v1/bills", Right.BILL),
    ("/v1/simulations", Right.BILL),
    ("/v1/corrections", Right.CORRECT),
    ("/v1/claims", Right.CORRECT),
    ("/v1/advice", Right.ADVISE),
    ("/v1/checks", Right.AUDIT),
    ("/v1/findings", Right.AUDIT),
    ("/v1/audit", Right.AUDIT),
    ("/v1/tariffs", Right.TARIFFS),
    ("/v1/areas", Right.TARIFFS),
    ("/v1/coverage", Right.TARIFFS),
    ("/v1/price-sheets", Right.TARIFFS),
    ("/metrics", Right.METRICS),
)
"""The first that a path begins with has its scope."""


def right_for(path: str) -> Right | None:
    """The scope that a path is in; None where every key may ask it.

    >>> right_for("/v1/bills:batch"), right_for("/v1/problems")
    (<Right.BILL: 'bill'>, None)
    """
    return next((scope for begins, scope in _PATHS if path.startswith(begins)), None)


class _Bucket(NamedTuple):
    left: float
    at: float


class Allowances:
    """How many requests each key may still send: its minute's worth at once, and as many again in each minute.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def wait(self, key: str, per_minute: int) -> int:
        """Take one request of a key; how long it has to wait where it has none left [s], 0 where it had one.

        Args:
            key: its name, which its older keys share.
            per_minute: how many it may send in a minute.
        """
        now = self._clock()
        bucket = self._buckets.get(key, _Bucket(per_minute, now))
        left = min(per_minute, bucket.left + (now - bucket.at) * per_minute / 60)
        if left < 1:
            self._buckets[key] = _Bucket(left, now)
            return int((1 - left) * 60 / per_minute) + 1
        self._buckets[key] = _Bucket(left - 1, now)
        return 0
