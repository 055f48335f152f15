"""A reason with what stands in its sentence."""

from collections.abc import Mapping
from typing import NamedTuple

from billcalc.kernel.reasons import Reason

__all__ = ["Why"]


class Why(NamedTuple):
    """A reason and the facts of its sentence."""

    reason: Reason
    facts: Mapping[str, str]
