"""Reactive energy that is compensated: how much, so that a power factor reaches a step of its table."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from billcalc.billing.charges.power_factor.records import PowerFactorPlan
from billcalc.kernel.values import Rounding, Value, allocate, choose, cosphi

__all__ = ["best_step", "most_reactive", "targets", "with_reactive"]

_BITS = 40
"""A month counts less than 2^40 kvarh."""
_KVARH = Decimal(1)


def best_step(table: Mapping[Decimal, Decimal]) -> Decimal:
    """The lowest power factor that is rewarded most [1].

    >>> most = Decimal("-0.0075")
    >>> best_step({Decimal("0.96"): most, Decimal("0.95"): most, Decimal("0.90"): Decimal(0)})
    Decimal('0.95')
    """
    most = min(table.values())
    return min(step for step, ratio in table.items() if ratio == most)


def targets(plan: PowerFactorPlan) -> tuple[Decimal, ...]:
    """The standard, and the step that is rewarded most [1]."""
    return tuple(dict.fromkeys((Decimal(plan.standard), best_step(plan.table))))


def most_reactive(active: Value, reactive: Value, target: Decimal, rounding: Rounding) -> Value:
    """The most whole reactive energy, up to what there is, with which a power factor reaches a step [kvarh].

    Args:
        active: [kWh].
        reactive: what there is [kvarh].
        target: the step [1].
        rounding: of a power factor.
    """
    found = reactive * 0
    for bit in reversed(range(_BITS)):
        trial = found + 2**bit
        reaches = choose(cosphi(active, trial, rounding) >= target, trial, found)
        found = choose(trial <= reactive, reaches, found)
    return found


def with_reactive(counted: Sequence[Value], allowed: Value) -> tuple[Value, ...]:
    """What registers would have counted of an allowed reactive energy, each its share of it [kvarh]."""
    return allocate(allowed, counted, _KVARH)
