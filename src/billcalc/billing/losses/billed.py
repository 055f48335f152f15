"""Whose a loss is: by group, piece and band for the bill, and by piece for the power factor."""

from collections.abc import Mapping, Sequence

from billcalc.billing.losses import rule
from billcalc.billing.losses.energies import PointLoss
from billcalc.billing.losses.methods import Loss
from billcalc.billing.losses.records import LossesPlan
from billcalc.billing.sub_meters import ByBand, Gross
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Value, allocate, named, total
from billcalc.tariff.conventions import LossGroups
from billcalc.vocabulary import Band

__all__ = ["billed_parts", "counting_parts"]


def billed_parts(
    loss: PointLoss,
    group: str,
    parts: Sequence[tuple[str, int, ByBand]],
    gross: Gross,
    lost: LossesPlan,
) -> list[tuple[str, int, ByBand]]:
    """A loss by group, piece and band [kWh]; all of it, once.

    Args:
        loss: of a metering point and segment.
        group: the metering point's own.
        parts: what is billed of the point's reading, by group and piece.
        gross: what was metered.
        lost: the conventions.
    """
    of_group: dict[str, dict[int, ByBand]] = {group: {piece: gross[loss.point, piece] for piece in loss.pieces}}
    if lost.groups is LossGroups.SHARES:
        of_group = {}
        for name, piece, kwh in parts:
            if piece in loss.pieces:
                of_group.setdefault(name, {})[piece] = _added(of_group.get(name, {}).get(piece, {}), kwh)
    wholes = [total([energy for kwh in pieces.values() for energy in kwh.values()]) for pieces in of_group.values()]
    shares = _split(loss.whole.active, wholes, lost)
    return [
        (name, piece, told)
        for (name, pieces), share in zip(of_group.items(), shares, strict=True)
        for piece, told in _by_piece(share, pieces, loss.point, lost).items()
    ]


def _split(whole: Value, weights: Sequence[Value], lost: LossesPlan) -> Sequence[Value]:
    return [whole] if len(weights) == 1 else allocate(whole, weights, lost.rounding.step)


def _added(before: ByBand, kwh: ByBand) -> ByBand:
    return {**before, **{band: before[band] + energy if band in before else energy for band, energy in kwh.items()}}


def _by_piece(loss: Value, pieces: Mapping[int, ByBand], point: str, lost: LossesPlan) -> dict[int, ByBand]:
    """A loss told for the bands of some pieces together, and then for each piece by the energy of the band in it."""
    bands = {band: None for kwh in pieces.values() for band in kwh}
    together = {band: total([kwh[band] for kwh in pieces.values() if band in kwh]) for band in bands}
    told = rule.by_bands(loss=loss, bands=together, rounding=lost.rounding, by=lost.bands)
    found: dict[int, dict[Band, Value]] = {piece: {} for piece in pieces}
    for band, energy in told.items():
        having = [piece for piece, kwh in pieces.items() if band in kwh]
        parts = _split(energy, [pieces[piece][band] for piece in having], lost)
        for piece, part in zip(having, parts, strict=True):
            found[piece][band] = named(Term.LOSS_ENERGY, part, point, band.value)
    return dict(found)


def counting_parts(
    loss: PointLoss, parts: Sequence[tuple[str, int, ByBand]], gross: Gross, lost: LossesPlan
) -> Mapping[tuple[str, int], Loss]:
    """A loss by piece [kWh and kvarh], the reactive one by the active energy of the pieces.

    Args:
        loss: of a metering point and segment.
        parts: its active part by group, piece and band.
        gross: what was metered.
        lost: the conventions.
    """
    energies = [total(list(gross[loss.point, piece].values())) for piece in loss.pieces]
    reactive: Sequence[Value | None] = [None] * len(loss.pieces)
    if loss.whole.reactive is not None:
        reactive = _split(loss.whole.reactive, energies, lost)
    active = [
        total([energy for _, piece, kwh in parts if piece == wanted for energy in kwh.values()])
        for wanted in loss.pieces
    ]
    both = zip(active, reactive, strict=True)
    return {(loss.point, piece): Loss(*each) for piece, each in zip(loss.pieces, both, strict=True)}
