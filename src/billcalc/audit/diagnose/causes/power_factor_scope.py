"""The power factor of the account in place of that of each supply point, or the other way round."""

from collections.abc import Iterator

from billcalc.audit.diagnose.adjustment import ADJUSTMENT, other_conventions
from billcalc.audit.diagnose.cause import Cause, Instance, Situation, Stage

__all__ = ["POWER_FACTOR_SCOPE"]

_OTHERS = (("power_factor.scope", ("account", "supply_point", "group")),)


def _find(situation: Situation) -> Iterator[Instance]:
    for place, values in _OTHERS:
        yield from other_conventions(situation, "power_factor_scope", place, values, Stage.RULES, ADJUSTMENT)


POWER_FACTOR_SCOPE = Cause("power_factor_scope", _find)
