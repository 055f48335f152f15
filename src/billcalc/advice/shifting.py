"""Load that is moved from peak hours into the valley: what the registers would have counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billcalc.billing.quantities import Quantities
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.values import Rounding, Value, allocate, minimum, rounded, total
from billcalc.metering.models import Register

__all__ = ["PERCENT_MAX", "Counted", "Shift", "counted_energies", "moved_energies"]

_FROM = (Register.SHARP, Register.PEAK)
_TO = Register.VALLEY
PERCENT_MAX = Decimal(100)
"""Nobody can move more than all that there is [%]."""

Counted = Mapping[tuple[str, Register], Value]
"""What a register of a metering point counted in all [kWh or kvarh]."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How much is moved in each month.

    Attributes:
        percent: of the sharp and peak energy, unless ``kwh`` is told [%].
        kwh: or so much, as far as there is so much [kWh].
    """

    percent: Decimal = Decimal(1)
    kwh: Decimal | None = None


def counted_energies(quantities: Quantities, points: Sequence[str], registers: Sequence[Register]) -> Counted:
    """What registers of metering points counted, over all pieces of the period."""
    found: dict[tuple[str, Register], list[Value]] = {}
    for (point, register, _), value in quantities.registers.items():
        if point in points and register in registers:
            found.setdefault((point, register), []).append(value)
    return {key: total(values) for key, values in found.items()}


def moved_energies(counted: Counted, shift: Shift, rounding: Rounding) -> tuple[Value, Counted] | None:
    """How much is moved, and what the registers would have counted; None where no meter tells both bands.

    Each sharp and peak register gives its share of what is moved, and the valley of its own meter takes it; what a
    register counts of the total stays.

    Args:
        counted: by the registers of the metering points, as ``counted_energies`` tells it.
        shift: how much.
        rounding: of energies.
    """
    movable = [key for key in counted if key[1] in _FROM and (key[0], _TO) in counted]
    if not movable:
        return None
    there = [counted[key] for key in movable]
    wanted = (
        total(there) * EXACT.divide(shift.percent, PERCENT_MAX) if shift.kwh is None else total(there) * 0 + shift.kwh
    )
    moved = minimum(rounded(wanted, rounding), total(there))
    points = {point for point, _ in movable}
    after = {key: value for key, value in counted.items() if key[0] in points}
    parts = []
    for key, part in zip(movable, allocate(moved, there, rounding.step), strict=True):
        parts.append(minimum(part, counted[key]))
        after[key] = counted[key] - parts[-1]
        after[key[0], _TO] = after[key[0], _TO] + parts[-1]
    return total(parts), after
