"""The dated rules of claims that come with the program."""

from functools import cache
from pathlib import Path

from billcalc.claims.rules import ClaimRules
from billcalc.files.loading import load

__all__ = ["claim_rules"]

_SHIPPED = Path(__file__).parents[1] / "claims" / "documents"
_FILES = ("1996-10-08.yaml", "2024-06-01.yaml")


@cache
def claim_rules() -> tuple[ClaimRules, ...]:
    """The documents that come with the program."""
    return tuple(load(ClaimRules, _SHIPPED / name) for name in _FILES)
