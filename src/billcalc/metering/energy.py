"""From readings to energy: the rules for one register, and for sub-meters."""

from collections.abc import Sequence
from decimal import Decimal

from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, allocate, named, rounded

__all__ = ["difference", "ratio_part", "read_energy", "split_by_days", "taken_by_shares"]


def difference(*, opening: Value, closing: Value, rollover_range: Value | None) -> Value:
    """What a register counted between two readings, before the multiplier.

    closing − opening, + 10^digits where the register went through zero.
    """
    counted = closing - opening
    return counted if rollover_range is None else counted + rollover_range


def read_energy(*, counted: Value, multiplier: Value, rounding: Rounding, of: Sequence[str]) -> Value:
    """The energy a register counted [kWh or kvarh]: counted × multiplier, rounded per reading.

    Source: rules of 抄见电量; the rounding is the convention ``kwh.round.reading``.
    """
    return named(Term.READ_ENERGY, rounded(counted * multiplier, rounding), *of)


def split_by_days(*, energy: Value, days: Sequence[Value], step: Decimal, of: Sequence[str]) -> tuple[Value, ...]:
    """An energy that runs through several pieces, split by their days; the parts sum to it [kWh]."""
    return tuple(named(Term.SPLIT_ENERGY, part, *of) for part in allocate(energy, days, step))


def ratio_part(*, whole: Value, ratio: Value, rounding: Rounding, of: Sequence[str]) -> Value:
    """The energy of a ratio sub-meter [kWh]: whole × ratio, rounded."""
    return named(Term.SUB_METERED_ENERGY, rounded(whole * ratio, rounding), *of)


def taken_by_shares(*, energy: Value, bands: Sequence[Value], step: Decimal) -> tuple[Value, ...]:
    """What a sub-meter without bands takes from each band of its parent, by their shares [kWh]; the parts sum to it.

    Where the bands are multiples of the step and the energy too, no band gives more than it has; what the energy has
    below the step is the last band's to give.
    """
    return allocate(energy, bands, step)
