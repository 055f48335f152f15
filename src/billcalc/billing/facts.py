"""The records of what is true of the whole cycle; ``charges/power_factor/facts.py`` makes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from billcalc.billing.losses.energies import PointLoss
from billcalc.kernel.values import Value

__all__ = ["Facts", "ScopeFacts"]


@dataclass(frozen=True, slots=True)
class ScopeFacts:
    """The power factor of one scope.

    Attributes:
        active: [kWh]; None where the power factor is given.
        reactive: [kvarh]; None where the power factor is given.
        cosphi: None where the ratio itself is given.
        settled: the least that a register counted where an estimate is settled, or None [kWh].
    """

    scope: str
    active: Value | None
    reactive: Value | None
    cosphi: Value | None
    ratio: Value | None
    settled: Value | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a cycle.

    Attributes:
        energy: of all metering points [kWh], or None where nothing was measured.
        losses: of the metering points, by segment.
    """

    energy: Value | None
    scopes: tuple[ScopeFacts, ...]
    losses: Sequence[PointLoss] = ()
