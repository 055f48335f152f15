"""Sub-meters: a metering point's energy shared out to the groups behind it."""

from collections.abc import Mapping, Sequence

from billcalc.billing.charges.monthly import part_of_month
from billcalc.billing.plan_metering import ChildPlan, EnergyRules, PointPlan, Share
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Refusal
from billcalc.kernel.values import Arithmetic, Rounding, Value, allocate, named, rounded, total
from billcalc.metering.energy import ratio_part, rest_to_flat, share_of, taken_by_shares
from billcalc.metering.models import ChildKind
from billcalc.tariff.conventions import FromBands, RatioBands, RatioOf
from billcalc.vocabulary import Band

__all__ = ["ByBand", "Gross", "share_out"]

ByBand = Mapping[Band, Value]
Gross = Mapping[tuple[str, int], ByBand]
"""What each metering point measured in each piece, by band [kWh]."""


def share_out(
    point: PointPlan, number: int, gross: Gross, rules: EnergyRules, arithmetic: Arithmetic
) -> list[tuple[str, int, ByBand]]:
    """A point's energy by group and piece: of its sub-meters in their order, and the rest of its own group [kWh].

    What a sub-meter takes is computed for the whole period and then told for each piece, so that a price which changes
    inside the period moves no energy from one group to another.

    Args:
        point: the metering point.
        number: its place in the request.
        gross: what was measured.
        rules: the conventions.
        arithmetic: makes the values and hears what must hold.
    """
    rest = {piece: dict(gross[point.id, piece]) for block in point.blocks for piece in block}
    if not point.children:
        return [(point.group, piece, kwh) for piece, kwh in rest.items()]
    parts: list[tuple[str, int, ByBand]] = []
    multiplied = _together(list(rest.values()))
    for child in point.children:
        taken = _taken(child, point.blocks, multiplied, rest, gross, rules, arithmetic)
        for piece, kwh in taken.items():
            for band, energy in kwh.items():
                facts = {"child": child.id, "point": point.id, "band": band.value}
                refusal = Refusal(RefusalCode.CHILD_ABOVE_PARENT, f"/metering_points/{number}/children", facts)
                arithmetic.require(energy <= rest[piece][band], refusal)
                rest[piece][band] = rest[piece][band] - energy
        if child.kind is ChildKind.FIXED and rules.ratio_of is RatioOf.AFTER_FIXED:
            fixed = _together(list(taken.values()))
            multiplied = {band: kwh - fixed[band] if band in fixed else kwh for band, kwh in multiplied.items()}
        if child.kind is not ChildKind.METER:  # what a meter measured is its own point's
            parts.extend((child.group, piece, _as_billed(child, kwh)) for piece, kwh in taken.items())
    for piece, kwh in rest.items():
        own = {band: named(Term.REMAINING_ENERGY, energy, point.id, band.value) for band, energy in kwh.items()}
        parts.append((point.group, piece, own))
    return parts


def _together(energies: Sequence[ByBand]) -> ByBand:
    """Energies of several pieces, by band."""
    bands = {band: None for energy in energies for band in energy}
    return {band: total([energy[band] for energy in energies if band in energy]) for band in bands}


def _as_billed(child: ChildPlan, taken: ByBand) -> ByBand:
    if child.bands == (Band.TOTAL,) and Band.TOTAL not in taken:
        whole = total(list(taken.values()))
        return {Band.TOTAL: named(Term.SUB_METERED_ENERGY, whole, child.id, Band.TOTAL.value)}
    return taken


def _taken(
    child: ChildPlan,
    blocks: Sequence[Sequence[int]],
    multiplied: ByBand,
    rest: Mapping[int, ByBand],
    gross: Gross,
    rules: EnergyRules,
    arithmetic: Arithmetic,
) -> dict[int, ByBand]:
    """What a sub-meter takes from each of its parent's bands in each piece; nothing where it was not there."""
    if child.kind is ChildKind.METER:
        assert child.point is not None
        measured = {piece: gross[child.point, piece] for piece in rest if (child.point, piece) in gross}
        return _of_meter(child, measured, blocks, rest, rules)
    rounding = rules.reading
    assert child.value is not None
    value = arithmetic.input(child.value)
    if child.kind is ChildKind.RATIO:
        return _over_pieces(_of_ratio(child, value, multiplied, rest, rounding, rules), tuple(rest), rest, rules)
    taken: dict[int, ByBand] = {}
    for block in blocks:
        shares = [share for piece in block if (share := child.shares[piece]) is not None]
        if shares:
            months = total([_of_month(value, share, rounding, arithmetic) for share in shares])
            left = _together([rest[piece] for piece in block])
            by_band = _spread(child, named(Term.FIXED_ENERGY, months, child.id), left, rules)
            taken.update(_over_pieces(by_band, block, rest, rules))
    return taken


def _of_ratio(
    child: ChildPlan,
    ratio: Value,
    multiplied: ByBand,
    rest: Mapping[int, ByBand],
    rounding: Rounding,
    rules: EnergyRules,
) -> ByBand:
    """What a ratio takes from each band: of each band where its group has bands, else of the whole.

    Where it has bands the part of the whole keeps the ratio, unless the convention rounds each band by itself.
    """
    part = ratio_part(whole=total(list(multiplied.values())), ratio=ratio, rounding=rounding, of=(child.id,))
    if child.bands == (Band.TOTAL,) or child.band is not None:
        return _spread(child, part, _together(list(rest.values())), rules)
    parts = {
        band: ratio_part(whole=energy, ratio=ratio, rounding=rounding, of=(child.id, band.value))
        for band, energy in multiplied.items()
    }
    if rules.ratio_bands is RatioBands.EACH or len(parts) == 1:
        return parts
    if rules.ratio_bands is RatioBands.SHARES:
        shared = taken_by_shares(energy=part, bands=list(multiplied.values()), step=rules.reading.step)
        return _named(child, dict(zip(multiplied, shared, strict=True)))
    return _named(child, rest_to_flat(energy=part, bands=multiplied, parts=parts, step=rules.reading.step))


def _of_meter(
    child: ChildPlan,
    measured: Mapping[int, ByBand],
    blocks: Sequence[Sequence[int]],
    rest: Mapping[int, ByBand],
    rules: EnergyRules,
) -> dict[int, ByBand]:
    """What a metered sub-meter takes off: band by band, or where its parent has other bands spread over those.

    Within a block it is spread as running sums, so that the pieces of a block take together what the block would.
    """
    taken: dict[int, ByBand] = {}
    for block in blocks:
        left = _together([rest[piece] for piece in block])
        so_far: Value | None = None
        before: ByBand = {}
        for piece in block:
            if piece not in measured:
                continue
            if child.band is None and set(measured[piece]) <= set(left):
                taken[piece] = measured[piece]
                continue
            energy = total(list(measured[piece].values()))
            so_far = energy if so_far is None else so_far + energy
            reached = _spread(child, so_far, left, rules)
            taken[piece] = {band: kwh - before[band] if before else kwh for band, kwh in reached.items()}
            before = reached
    return taken


def _of_month(value: Value, share: Share, rounding: Rounding, arithmetic: Arithmetic) -> Value:
    if share.whole:
        return rounded(value, rounding)
    before = arithmetic.input(share.before) if share.before is not None else None
    days, cycle = arithmetic.input(share.days), arithmetic.input(share.cycle)
    return part_of_month(whole=value, before=before, days=days, cycle=cycle, rounding=rounding)


def _spread(child: ChildPlan, energy: Value, bands: ByBand, rules: EnergyRules) -> ByBand:
    """An energy without bands, taken from the band that is told, else by the convention ``sub_meters.from_bands``."""
    if child.band is not None:
        return {child.band: energy}
    if len(bands) == 1 or rules.from_bands is FromBands.FLAT_FIRST:
        band = Band.FLAT if Band.FLAT in bands else next(iter(bands))
        return {band: energy}
    if rules.from_bands is FromBands.FLAT_REST:
        rounding, whole = Rounding(rules.reading.step), total(list(bands.values()))
        parts = {b: share_of(energy=energy, band=kwh, whole=whole, rounding=rounding) for b, kwh in bands.items()}
        return _named(child, rest_to_flat(energy=energy, bands=bands, parts=parts, step=rules.reading.step))
    taken = taken_by_shares(energy=energy, bands=list(bands.values()), step=rules.reading.step)
    return _named(child, dict(zip(bands, taken, strict=True)))


def _named(child: ChildPlan, parts: ByBand) -> ByBand:
    return {band: named(Term.SUB_METERED_ENERGY, part, child.id, band.value) for band, part in parts.items()}


def _over_pieces(
    taken: ByBand, pieces: Sequence[int], rest: Mapping[int, ByBand], rules: EnergyRules
) -> dict[int, ByBand]:
    """What is taken from some pieces together, told for each: by what is left of each band in each."""
    if len(pieces) == 1:
        return {pieces[0]: taken}
    shared: dict[int, dict[Band, Value]] = {piece: {} for piece in pieces}
    for band, energy in taken.items():
        having = [piece for piece in pieces if band in rest[piece]]
        parts = allocate(energy, [rest[piece][band] for piece in having], rules.reading.step)
        for piece, part in zip(having, parts, strict=True):
            shared[piece][band] = part
    return dict(shared)
