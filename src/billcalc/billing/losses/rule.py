"""The rules of losses: plain functions over values.

Source: 变损、线损 of 高供低计; that their owner bears them and that they count in energy, demand and power factor is
供电营业规则 1996 art. 74. The formula is the usual one of a transformer's loss, with squared energies: the iron loss by
the hours, the copper loss by the square of the load.
"""

from collections.abc import Mapping, Sequence

from billcalc.billing.evaluated import SIX_PLACES
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, allocate, choose, named, quotient, rounded, total
from billcalc.tariff.conventions import LossBandsBy
from billcalc.vocabulary import Band

__all__ = [
    "agreed_demand_loss",
    "apparent_square",
    "assumed_square",
    "by_bands",
    "copper_by_share",
    "copper_loss",
    "current_loss",
    "demand_loss",
    "iron_loss",
    "line_loss",
    "rounded_loss",
    "users_parts",
]


def iron_loss(*, powers: Sequence[Value], hours: Value, of: Sequence[str]) -> Value:
    """The loss of transformers that stand under voltage, whatever they carry: Σ P0 × T [kWh], or Σ Q0 × T [kvarh]."""
    return named(Term.IRON_LOSS, total(powers) * hours, *of)


def apparent_square(*, active: Value, reactive: Value, of: Sequence[str]) -> Value:
    """W² + Q² [kVAh²]."""
    return named(Term.APPARENT_SQUARE, active * active + reactive * reactive, *of)


def assumed_square(*, active: Value, cosphi: Value, of: Sequence[str]) -> Value:
    """W² ÷ cosφ² [kVAh²], where no meter shows reactive energy; to six places."""
    return named(Term.APPARENT_SQUARE, quotient(active * active, cosphi * cosphi, SIX_PLACES), *of)


def copper_loss(
    *, powers: Sequence[Value], square: Value, capacity: Value, hours: Value, load_shape: Value, of: Sequence[str]
) -> Value:
    """The loss of the load: K × Σ Pk × (W² + Q²) ÷ (S² × T) [kWh], or with Qk [kvarh]; to six places.

    Transformers side by side carry the load by their capacities, so that each loses by the load of all on the capacity
    of all.

    Args:
        powers: at full load, of each transformer [kW or kvar].
        square: of the apparent energy [kVAh²].
        capacity: of all transformers, S [kVA].
        hours: that they ran, T [h].
        load_shape: K [1].
        of: whose loss it is.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> kw, square, kva, hours, shape = (Plain(Decimal(each)) for each in ("10.3", "250000000000", "1000", "720", "1"))
    >>> copper_loss(powers=[kw], square=square, capacity=kva, hours=hours, load_shape=shape, of=())
    Plain(3576.388889)
    """
    loss = quotient(load_shape * total(powers) * square, capacity * capacity * hours, SIX_PLACES)
    return named(Term.COPPER_LOSS, loss, *of)


def copper_by_share(*, energy: Value, limits: Sequence[Value], shares: Sequence[Value], of: Sequence[str]) -> Value:
    """The loss of the load as a share of the energy, by which of some limits the energy is above [kWh].

    Args:
        energy: of all transformers [kWh].
        limits: the energies up to which each share but the last is for, inclusive, rising [kWh].
        shares: of the energy [1].
        of: whose loss it is.
    """
    loss = energy * shares[-1]
    for limit, share in zip(reversed(limits), reversed(shares[:-1]), strict=True):
        loss = choose(energy <= limit, energy * share, loss)
    return named(Term.COPPER_LOSS, loss, *of)


def current_loss(*, current: Value, resistance: Value, hours: Value, factor: Value, of: Sequence[str]) -> Value:
    """The loss of a line's three phases: 3 × I² × R × T ÷ 1000 [kWh]; to six places. The factor is 1000 W in a kW."""
    return named(Term.LINE_LOSS, quotient(current * current * resistance * hours * 3, factor, SIX_PLACES), *of)


def line_loss(
    *,
    square: Value,
    resistance: Value,
    voltage: Value,
    hours: Value,
    load_shape: Value,
    factor: Value,
    of: Sequence[str],
) -> Value:
    """The loss of a line by what it carried: K × R × (W² + Q²) ÷ (U² × T × 1000) [kWh]; to six places.

    It is 3 I² R T with I = √(W² + Q²) ÷ (√3 × U × T); the factor is 1000 W in a kW.
    """
    loss = quotient(load_shape * resistance * square, voltage * voltage * hours * factor, SIX_PLACES)
    return named(Term.LINE_LOSS, loss, *of)


def rounded_loss(*, parts: Sequence[Value], term: Term, rounding: Rounding, of: Sequence[str]) -> Value:
    """The loss of a segment, rounded once on the sum of its parts [kWh or kvarh]."""
    return named(term, rounded(total(parts), rounding), *of)


def demand_loss(*, demand: Value, loss: Value, energy: Value, of: Sequence[str]) -> Value:
    """What a loss adds to a demand: its share of the energy, demand × loss ÷ energy [kW]; to six places."""
    return named(Term.DEMAND_LOSS, quotient(demand * loss, energy, SIX_PLACES), *of)


def agreed_demand_loss(*, demand: Value, share: Value, of: Sequence[str]) -> Value:
    """What was agreed on as the loss of a demand, a share of it [kW]."""
    return named(Term.DEMAND_LOSS, demand * share, *of)


def users_parts(*, loss: Value, weights: Sequence[Value], rounding: Rounding) -> tuple[Value, ...]:
    """The parts of the users of one transformer by weights, equal ones where all are 0; they sum to the loss."""
    whole = total(weights)
    none = whole - whole
    even = [choose(whole > 0, weight, none + 1) for weight in weights]
    return allocate(loss, even, rounding.step)


def by_bands(*, loss: Value, bands: Mapping[Band, Value], rounding: Rounding, by: LossBandsBy) -> Mapping[Band, Value]:
    """A loss told for bands by their energies; what is told sums to it, and no band is told less than nothing.

    By ``flat_rest`` each band but flat is rounded by itself, and flat (else the last) takes what is left; where that is
    below zero, and by ``shares``, the running sums are rounded instead.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> bands = {Band.PEAK: Plain(Decimal(1)), Band.FLAT: Plain(Decimal(0)), Band.VALLEY: Plain(Decimal(1))}
    >>> told = by_bands(loss=Plain(Decimal(1)), bands=bands, rounding=Rounding(Decimal(1)), by=LossBandsBy.FLAT_REST)
    >>> [str(part) for part in told.values()]
    ['Plain(1)', 'Plain(0)', 'Plain(0)']
    """
    if len(bands) == 1:
        return dict.fromkeys(bands, loss)
    sums = dict(zip(bands, allocate(loss, list(bands.values()), rounding.step), strict=True))
    if by is LossBandsBy.SHARES:
        return sums
    last = Band.FLAT if Band.FLAT in bands else list(bands)[-1]
    whole = total(list(bands.values()))
    parts = {band: quotient(loss * energy, whole, rounding) for band, energy in bands.items() if band is not last}
    rest = loss - total(list(parts.values()))
    told = {**parts, last: rest}
    return {band: choose(rest >= 0, told[band], sums[band]) for band in bands}
