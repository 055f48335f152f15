"""The adjustment taken of other lines than its base has."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import ADJUSTMENT, other_conventions
from billcalc.audit.diagnose.cause import Cause, Instance, Situation, Stage

__all__ = ["POWER_FACTOR_BASE"]

_OTHERS = (
    (
        "power_factor.base",
        (
            {"exclude": {"sections": ["refunds"]}},
            {"exclude": {"sections": ["levies", "refunds", "network_capacity"]}},
            {"exclude": {"sections": ["levies", "refunds", "system_operation"]}},
            {"exclude": {"sections": ["levies", "refunds", "upstream_loss"]}},
            {"include": {"sections": ["network_energy", "network_capacity"]}},
            {"include": {"sections": ["energy", "catalogue"]}},
            {"exclude": {"sections": ["levies", "refunds"]}},
            {"exclude": {"sections": ["levies"]}},
        ),
    ),
)
"""With levies; without the basic charge, system operation or upstream losses; of the network alone; of energy alone."""


def _find(situation: Situation) -> Iterator[Instance]:
    for place, values in _OTHERS:
        yield from other_conventions(situation, "power_factor_base", place, values, Stage.RULES, ADJUSTMENT)


POWER_FACTOR_BASE = Cause("power_factor_base", _find)
