"""The primitives on arrays of integers: the bodies that only columns have, tested against those of one number."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["bounds", "cosphi", "quotient"]

Integers = NDArray[Any]


def bounds(numbers: Integers) -> tuple[int, int]:
    """The least and the largest of some integers; (0, 0) of none."""
    if numbers.size == 0:
        return 0, 0
    return int(numbers.min()), int(numbers.max())


def quotient(above: Integers, below: Integers, *, above_is_negative: bool, below_is_positive: bool) -> Integers:
    """above ÷ below to the nearest integer, halves away from zero; 0 where below is 0.

    Args:
        above: integers, small enough to be doubled.
        below: integers of the same kind.
        above_is_negative: whether it may be, in any row.
        below_is_positive: whether it is known to be, in every row.
    """
    kind = np.result_type(above, below)
    above, below = above.astype(kind, copy=False), below.astype(kind, copy=False)
    # Results of no dimension are given their kind again: small Python integers would be taken for 64-bit ones.
    if below_is_positive:
        half = np.asarray(below // 2, kind)
        if above_is_negative:  # a negative half that is rounded up would go towards zero
            half = half - ((above < 0) & (below % 2 == 0))
        return np.asarray((above + half) // below, kind)
    safe = np.where(below == 0, 1, below)
    magnitude = np.abs(safe)
    counts = (np.abs(above) + magnitude // 2) // magnitude
    signed = np.where((above < 0) != (safe < 0), np.asarray(-counts, kind), np.asarray(counts, kind))
    return np.where(below == 0, 0, signed)


def cosphi(active: Integers, reactive: Integers, steps: int) -> Integers:
    """cosφ in steps (100 for two places), halves up, exact at every boundary.

    A double tells cosφ to about 15 digits; a row whose value lies so near a boundary that this could be wrong is
    decided by exact integers: cosφ ≥ (2k−1) ÷ 2n where (2n)² W² ≥ (2k−1)² (W² + Q²).
    """
    shape = np.broadcast_shapes(active.shape, reactive.shape)
    active, reactive = np.broadcast_arrays(np.atleast_1d(active), np.atleast_1d(reactive))
    with np.errstate(divide="ignore", invalid="ignore"):
        active_double, reactive_double = active.astype(np.float64), reactive.astype(np.float64)
        if object in (active.dtype, reactive.dtype):  # whose squares could be none of a double
            apparent = np.hypot(active_double, reactive_double)
        else:
            apparent = np.sqrt(active_double * active_double + reactive_double * reactive_double)
        exact_steps = steps * active_double / apparent + 0.5
    exact_steps = np.where(np.isfinite(exact_steps), exact_steps, 0.0)
    counts = np.clip(np.floor(exact_steps), 0, steps).astype(np.int64)
    near = np.abs(exact_steps - np.rint(exact_steps)) < 1e-9
    counts = np.where(active > 0, counts, np.where((active == 0) & (reactive == 0), steps, 0))
    for row in np.flatnonzero(near & (active > 0)):
        counts[row] = _exact_cosphi(int(active[row]), int(reactive[row]), steps)
    return counts.reshape(shape)


def _exact_cosphi(active: int, reactive: int, steps: int) -> int:
    """The largest k whose lower bound is reached; the double was right to within one."""
    whole = active * active + reactive * reactive
    low, high = 0, steps
    while low < high:
        middle = (low + high + 1) // 2
        if 4 * steps * steps * active * active >= (2 * middle - 1) ** 2 * whole:
            low = middle
        else:
            high = middle - 1
    return low
