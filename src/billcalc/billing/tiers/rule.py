"""The rules of tiers: how far a limit goes, and what of an energy lies above it."""

from collections.abc import Sequence
from decimal import Decimal

from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, allocate, maximum, minimum, named, quotient, total

__all__ = ["above_limit", "free_energy", "in_bands", "in_tier", "tier_limit"]


def tier_limit(
    *,
    stated: Sequence[Value],
    part: tuple[Value, Value, Rounding] | None,
    raised: Sequence[tuple[Value, Value]],
    per: Value | None = None,
    of: Sequence[str] = (),
    source: Source | None = None,
) -> Value:
    """Up to which energy a tier goes in a period [kWh]: Σ limits × months ÷ months of the period + Σ raise × months.

    Where limits are stated for each kilowatt of demand, it is the limit × the demand of the month.

    Args:
        stated: the limit of the period, or of each month of it [kWh, or kWh/kW].
        part: the months for which the account was there, those of the period, and the rounding of the part; None where
            it was there for all of it.
        raised: by how much many persons raise a limit each month, and for how many months [kWh per month].
        per: the maximum demand of the month, where the limits are for each kilowatt of it [kW].
        of: the tier, for the derivation.
        source: the document of the tiers.

    Source: the tariff document of the tiers; that the month of opening counts whole is the convention
    ``tiers.part_year``.

    >>> from billcalc.kernel.plain import Plain
    >>> year, seven, twelve, kwh = Plain(Decimal(2160)), Plain(Decimal(7)), Plain(Decimal(12)), Rounding(Decimal(1))
    >>> tier_limit(stated=[year], part=(seven, twelve, kwh), raised=[(Plain(Decimal(100)), seven)])
    Plain(1960)
    >>> tier_limit(stated=[Plain(Decimal(200))], part=None, raised=[], per=Plain(Decimal("35.5")))
    Plain(7100.0)
    """
    whole = total(stated)
    if part is not None:
        there, months, rounding = part
        whole = quotient(whole * there, months, rounding)
    if per is not None:
        whole = whole * per
    if raised:
        whole = total([whole, *(by * months for by, months in raised)])
    return named(Term.TIER_LIMIT, whole, *of, source=source)


def above_limit(
    *, until: Value, limit: Value, before: Value | None, billed: Value | None, of: Sequence[str] = ()
) -> Value:
    """What of a bill's energy lies above a limit [kWh]: max(until, limit) − limit, less what was above it before.

    A limit is reached at exactly its energy: that kilowatt-hour is below it still.

    Args:
        until: the energy of the period to the end of the bill [kWh].
        limit: of the tier below [kWh].
        before: that of the period to its start, or None where it starts with the period [kWh].
        billed: what earlier bills had above it, where that goes before what lies above it now, or None [kWh].
        of: the tier, for the derivation.

    Source: the tariff document of the tiers; for ``billed`` the convention ``tiers.before``.

    >>> from billcalc.kernel.plain import Plain
    >>> start, limit, end = [Plain(Decimal(each)) for each in (2700, 2760, 2800)]
    >>> above_limit(until=end, limit=limit, before=start, billed=None)
    Plain(40)
    """
    now = maximum(until, limit) - limit
    if billed is None and before is not None:
        billed = maximum(before, limit) - limit
    return named(Term.ABOVE_TIER, now if billed is None else now - billed, *of)


def in_tier(*, above_lower: Value, above_upper: Value | None, of: Sequence[str] = ()) -> Value:
    """The energy of a tier [kWh]: what lies above the limit below it less what lies above its own.

    Args:
        above_lower: of the first tier all energy of the bill [kWh].
        above_upper: None for the last tier [kWh].
        of: the tier, for the derivation.
    """
    return named(Term.TIER_ENERGY, above_lower if above_upper is None else above_lower - above_upper, *of)


def in_bands(tiers: Sequence[Value], bands: Sequence[Value], step: Decimal) -> list[tuple[Value, ...]]:
    """The energy of each tier by band in the shares of the bands [kWh].

    Tier by tier, each is shared out by what the tiers before it have left of the bands: so the bands of a tier sum to
    it and the tiers of a band to that, and nothing is below zero.

    Args:
        tiers: they sum to the same as the bands [kWh].
        bands: [kWh].
        step: to which energies are rounded [kWh].

    Source: the convention ``tiers.bands``.

    >>> from billcalc.kernel.plain import Plain
    >>> tiers, bands = [[Plain(Decimal(each)) for each in kwh] for kwh in ((200, 51), (101, 150))]
    >>> in_bands(tiers, bands, Decimal(1))
    [(Plain(80), Plain(120)), (Plain(21), Plain(30))]
    """
    left, found = list(bands), []
    for energy in tiers:
        parts = allocate(energy, left, step)
        found.append(parts)
        left = [band - part for band, part in zip(left, parts, strict=True)]
    return found


def free_energy(*, energy: Value, allowance: Value, of: Sequence[str] = ()) -> Value:
    """What of the billed energy is for nothing [kWh]: min(energy, allowance).

    Args:
        energy: [kWh].
        allowance: of all months of the bill [kWh].
        of: the group, for the derivation.

    Source: the tariff document of the tiers.
    """
    return named(Term.FREE_ENERGY, minimum(energy, allowance), *of)
