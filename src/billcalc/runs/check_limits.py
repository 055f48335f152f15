"""The limits of checks: the documents that come with the program, and those of whoever checks."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from billcalc.audit.checks.limits import LimitsDocument
from billcalc.files.loading import load

__all__ = ["limits_documents"]

_SHIPPED = Path(__file__).parents[1] / "audit" / "checks" / "documents"
_FILES = ("2000-01-01.yaml", "2023-06-01.yaml")


@cache
def _shipped() -> tuple[LimitsDocument, ...]:
    return tuple(load(LimitsDocument, _SHIPPED / name) for name in _FILES)


def limits_documents(own: Sequence[str | Path] = ()) -> tuple[LimitsDocument, ...]:
    """The documents that come with the program, then one's own, which go before them where they are as narrow.

    Raises:
        InvalidInput: where one of one's own cannot be read.
    """
    told = sorted((load(LimitsDocument, path) for path in own), key=lambda document: document.start)
    return (*_shipped(), *told)
