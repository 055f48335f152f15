"""cosφ and the quotient on arrays, at every boundary they have."""

from decimal import Decimal
from math import isqrt
from typing import Any

import numpy as np
import pytest

from billcalc.bulk.integers import bounds, cosphi, quotient
from billcalc.kernel.numbers import cosphi_number

STEP = Decimal("0.01")
STEPS = 100


def around_boundaries(active: int) -> list[tuple[int, int]]:
    """For each boundary between two rounded power factors the reactive energies on both sides of it.

    cosφ = (2k−1) ÷ 200 where Q = W · √(200² − (2k−1)²) ÷ (2k−1).
    """
    found = []
    for k in range(1, STEPS + 1):
        odd = 2 * k - 1
        reactive = isqrt(active * active * (4 * STEPS * STEPS - odd * odd)) // odd
        found += [(active, reactive + offset) for offset in range(-2, 3) if reactive + offset >= 0]
    return found


@pytest.mark.parametrize(
    "active", [1, 7, 100, 99_999, 10**6, 123_456_789, 10**12, 2**53 + 1, 10**15, 2**61 - 1, 2**63, 10**24, 10**38 + 7]
)
def test_a_power_factor_is_exact_at_every_boundary_whatever_the_size(active: int) -> None:
    pairs = around_boundaries(active)
    kind = np.int64 if max(map(max, pairs)) < 2**62 else object
    found = cosphi(np.array([w for w, _ in pairs], dtype=kind), np.array([q for _, q in pairs], dtype=kind), STEPS)
    alone = [cosphi_number(Decimal(w), Decimal(q), STEP) for w, q in pairs]
    assert [Decimal(int(count)) * STEP for count in found] == alone
    if active > 10**6:
        assert len(set(alone)) == STEPS + 1, "every power factor from 0.00 to 1.00 was reached"


def test_every_pair_of_small_energies() -> None:
    active, reactive = (each.ravel() for each in np.mgrid[-3:120, -120:120])
    found = cosphi(active, reactive, STEPS)
    for w, q, count in zip(active.tolist(), reactive.tolist(), found.tolist(), strict=True):
        assert count * STEP == cosphi_number(Decimal(w), Decimal(q), STEP), (w, q)


@pytest.mark.parametrize(("step", "steps"), [(Decimal("0.1"), 10), (Decimal("0.001"), 1000), (Decimal("0.25"), 4)])
def test_other_steps(step: Decimal, steps: int) -> None:
    active = np.arange(1, 400)
    reactive = np.arange(400, 1, -1)
    found = cosphi(active, reactive, steps)
    alone = [cosphi_number(Decimal(int(w)), Decimal(int(q)), step) for w, q in zip(active, reactive, strict=True)]
    assert [int(count) * step for count in found] == alone


def test_one_energy_for_all_rows() -> None:
    assert cosphi(np.array(4), np.array([3, 0, -3]), STEPS).tolist() == [80, 100, 80]
    assert cosphi(np.array(4), np.array(3), STEPS).tolist() == 80, "and one power factor, where both are the same"


@pytest.mark.parametrize("kind", [np.int64, object])
@pytest.mark.parametrize("known", [True, False])
def test_a_quotient_has_its_halves_away_from_zero(kind: Any, known: bool) -> None:
    def quotients(integers: list[int], by: int) -> list[int]:
        above, below = np.array(integers, dtype=kind), np.array(by, dtype=kind)
        result: list[int] = quotient(
            above, below, above_is_negative=min(integers) < 0 or not known, below_is_positive=known
        ).tolist()
        return result

    assert quotients([0, 1, 2, 3, 4, 5, 7], 2) == [0, 1, 1, 2, 2, 3, 4]
    assert quotients([0, 1, 2, 3, 4, 5, 7], 3) == [0, 0, 1, 1, 1, 2, 2]
    assert quotients([0, -1, -2, -3, -4, -5, 7], 2) == [0, -1, -1, -2, -2, -3, 4]
    assert quotients([0, -1, -2, -3, -4, -5, 7], 3) == [0, 0, -1, -1, -1, -2, 2]
    assert quotients([-1, 1, -49, 49, -50, 50, -51, -150], 100) == [0, 0, 0, 0, -1, 1, -1, -2]


@pytest.mark.parametrize("kind", [np.int64, object])
def test_a_quotient_of_every_sign(kind: Any) -> None:
    above = np.array([5, -5, 5, -5, 5, -5, 0], dtype=kind)
    below = np.array([2, 2, -2, -2, 0, 0, 0], dtype=kind)
    found = quotient(above, below, above_is_negative=True, below_is_positive=False)
    assert found.tolist() == [3, -3, -3, 3, 0, 0, 0]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("shape", [(), (1,)])
def test_a_quotient_of_integers_of_two_kinds_has_python_integers(known: bool, shape: tuple[int, ...]) -> None:
    above, below = np.full(shape, -(2**70), dtype=object), np.full(shape, 100, dtype=np.int64)
    found = quotient(above, below, above_is_negative=True, below_is_positive=known).reshape(1)
    assert [(type(count), count) for count in found] == [(int, -11805916207174113034)]


@pytest.mark.parametrize("kind", [np.int64, object])
def test_each_row_may_have_a_divisor_of_its_own(kind: Any) -> None:
    above = np.array([5, -5, 5, -5, 6, -6], dtype=kind)
    below = np.array([2, 2, 3, 3, 4, 4], dtype=kind)
    assert quotient(above, below, above_is_negative=True, below_is_positive=True).tolist() == [3, -3, 2, -2, 2, -2]


def test_bounds() -> None:
    assert bounds(np.array([3, -7, 5])) == (-7, 5)
    assert bounds(np.array([], dtype=np.int64)) == (0, 0)
    assert bounds(np.array([2**70, 1], dtype=object)) == (1, 2**70)
