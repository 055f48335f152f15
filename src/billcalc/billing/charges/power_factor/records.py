"""The power factors in a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.values import Rounding
from billcalc.metering.models import Register
from billcalc.tariff.conventions import NoEnergy, RoundScope

__all__ = ["PowerFactorPlan"]


@dataclass(frozen=True, slots=True)
class PowerFactorPlan:
    """The power factor of one scope and what it adjusts.

    Attributes:
        span, pieces: the days and pieces that are assessed at this standard.
        assessed: the pieces that are assessed at any standard: the energies of one power factor.
        nets: reverse reactive energy is taken off forward, and not added to it.
        points: the metering points whose reactive energy counts, with their registers.
        groups: the groups whose active energy counts; ``supply_points`` limits where it was used.
        active: the registers that tell the active energy instead, by metering point; empty where what is billed does.
        cosphi, ratio: slots of given facts, or None.
        table: standard → ratio by power factor.
        rounding: of the power factor, to the step of the table.
        cosphi_least: a power factor that hardly any is below; None where no document tells.
    """

    scope: str
    standard: str
    span: Span
    pieces: tuple[int, ...]
    assessed: tuple[int, ...]
    points: tuple[tuple[str, tuple[Register, ...]], ...]
    groups: tuple[str, ...]
    supply_points: tuple[str, ...]
    active: tuple[tuple[str, tuple[Register, ...]], ...]
    table: Mapping[Decimal, Decimal] = field(hash=False)
    rounding: Rounding
    rule_source: Source
    round: RoundScope
    no_energy: NoEnergy
    no_energy_source: Source | None
    cosphi: Slot | None
    ratio: Slot | None
    nets: bool = False
    cosphi_least: Decimal | None = None
