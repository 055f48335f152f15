"""Capacities that are billed, for the charges that are due by them."""

from functools import reduce

from billcalc.billing.plan_metering import Capacity, CapacityPart
from billcalc.kernel.decimals import ONE
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Arithmetic, Value, maximum, total

__all__ = ["billed_capacity", "largest"]


def billed_capacity(part: CapacityPart, arithmetic: Arithmetic) -> Value:
    """The capacity of a part, or what of it is due [kVA]."""
    kva = largest(part.capacity, arithmetic)
    if part.due == ONE:
        return kva
    return kva * arithmetic.constant(part.due, term=Term.DUE_SHARE, source=part.due_source)


def largest(capacity: Capacity, arithmetic: Arithmetic) -> Value:
    """The capacity of a transformer, or of those that run together, or the largest of alternatives [kVA]."""
    sums = [[arithmetic.input(slot) for slot in line] for line in capacity]
    return reduce(maximum, [line[0] if len(line) == 1 else total(line) for line in sums])
