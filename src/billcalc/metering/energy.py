"""From readings to energy: the rules for one register, and for sub-meters."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, allocate, choose, minimum, named, quotient, rounded, total
from billcalc.vocabulary import Band

__all__ = ["difference", "ratio_part", "read_energy", "rest_to_flat", "share_of", "split_by_days", "taken_by_shares"]


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


def share_of(*, energy: Value, band: Value, whole: Value, rounding: Rounding) -> Value:
    """A band's share of an energy, rounded by itself [kWh]: energy × band ÷ whole."""
    return quotient(energy * band, whole, rounding)


def rest_to_flat(
    *, energy: Value, bands: Mapping[Band, Value], parts: Mapping[Band, Value], step: Decimal
) -> Mapping[Band, Value]:
    """An energy taken from several bands, of which flat gives what the parts of the others leave of it [kWh].

    Without a flat band the last gives it. Where that is more than the band has, or less than nothing, the energy is
    taken by running sums instead (``taken_by_shares``). What is taken sums to the energy in any case.

    Args:
        energy: what is taken of all.
        bands: what there is.
        parts: what is taken of each band, rounded by itself; that of the band which gives the rest does not count.
        step: to which running sums are rounded.

    >>> from billcalc.kernel.plain import Plain
    >>> there = {Band.SHARP: "653950", Band.PEAK: "2060850", Band.FLAT: "2695550", Band.VALLEY: "2060850"}
    >>> bands = {band: Plain(Decimal(kwh)) for band, kwh in there.items()}
    >>> by = {"ratio": Plain(Decimal("0.03")), "rounding": Rounding(Decimal(1)), "of": ()}
    >>> parts = {band: ratio_part(whole=kwh, **by) for band, kwh in bands.items()}
    >>> taken = rest_to_flat(energy=Plain(Decimal(224136)), bands=bands, parts=parts, step=Decimal(1))
    >>> [str(taken[band]) for band in bands]
    ['Plain(19619)', 'Plain(61826)', 'Plain(80865)', 'Plain(61826)']
    """
    last = Band.FLAT if Band.FLAT in bands else list(bands)[-1]
    others = [part for band, part in parts.items() if band is not last]
    rest = energy - total(others) if others else energy
    sums = taken_by_shares(energy=energy, bands=list(bands.values()), step=step)
    fits = minimum(rest, bands[last] - rest) >= 0
    told = {**parts, last: rest}
    return {band: choose(fits, told[band], other) for band, other in zip(bands, sums, strict=True)}
