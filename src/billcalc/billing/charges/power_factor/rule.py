"""The power-factor adjustment 功率因数调整电费 (力调电费): a ratio of the lines in its base.

The lines are received, never asked for: which are in the base is decided by the plan.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, absolute, choose, cosphi, look_up, named, rounded, total
from billcalc.tariff.conventions import RoundScope

__all__ = ["adjustment", "adjustment_ratio", "power_factor", "reactive_energy"]


def reactive_energy(*, registers: Sequence[Value], of: Sequence[str] = ()) -> Value:
    """The reactive energy of a scope [kvarh]: the absolute values of its registers added.

    Source: (83)水电财字第215号, 条号未见 (over-compensation counts as use); which registers is the convention
    ``power_factor.reactive``.
    """
    return named(Term.REACTIVE_ENERGY, total([absolute(register) for register in registers]), *of)


def power_factor(*, active: Value, reactive: Value, rounding: Rounding, of: Sequence[str] = ()) -> Value:
    """cosφ = W ÷ √(W² + Q²), rounded half up to the table's step, exact at every boundary [1].

    Args:
        active: W, of the scope [kWh].
        reactive: Q [kvarh].
        rounding: to the step of the table.
        of: the scope, for the derivation.

    Zero active and zero reactive energy give 1. Source: (83)水电财字第215号, 附表一、二、三.
    """
    return named(Term.POWER_FACTOR, cosphi(active, reactive, rounding), *of)


def adjustment_ratio(
    *,
    power_factor: Value,
    table: Mapping[Decimal, Decimal],
    of: Sequence[str],
    source: Source,
    active: Value | None = None,
    none: Value | None = None,
) -> Value:
    """The adjustment's ratio for a power factor, by the table of the standard [1]; negative is a reward.

    Args:
        power_factor: rounded to the table's step [1].
        table: of the standard, for every rounded power factor.
        of: the scope and its standard, for the derivation.
        source: the rules that state the table.
        active: the energy that the power factor is of, where it was measured: without any there is no ratio [kWh].
        none: the ratio where there was none [1].

    Source: (83)水电财字第215号, 附表一、二、三.
    """
    ratio = look_up(power_factor, table, source)
    if active is not None and none is not None:
        ratio = choose(active > 0, ratio, none)
    return named(Term.POWER_FACTOR_RATIO, ratio, *of)


def adjustment(
    *,
    lines: Sequence[Value],
    ratio: Value,
    round: RoundScope,
    rounding: Rounding,
    of: Sequence[str] = (),
    names: Sequence[Sequence[str]] = (),
) -> Value:
    """The adjustment of a base [money]: round(ratio × Σ lines) once, or Σ round(ratio × line), or by groups.

    Args:
        lines: what each line of the base contributes [money].
        ratio: [1].
        round: ``once`` on the sum, for each ``group``, or on each ``line``.
        rounding: of the adjustment, or of each line's.
        of: the scope, for the derivation.
        names: of each line; under ``group``, those of one group have one name.

    >>> from billcalc.kernel.plain import Plain
    >>> fen = Rounding(Decimal("0.01"))
    >>> adjustment(lines=[Plain(Decimal("1616116.19"))], ratio=Plain(Decimal("-0.0045")), round=RoundScope.ONCE,
    ...            rounding=fen)
    Plain(-7272.52)
    """
    if round is RoundScope.ONCE:
        base = named(Term.POWER_FACTOR_BASE, total(lines), *of)
        return named(Term.AMOUNT, rounded(base * ratio, rounding), *of)
    each = list(zip(lines, [tuple(name) for name in names] or [()] * len(lines), strict=True))
    if round is RoundScope.GROUP:
        groups = dict.fromkeys(name for _, name in each)
        each = [(total([line for line, name in each if name == group]), group) for group in groups]
    parts = [named(Term.LINE_ADJUSTMENT, rounded(line * ratio, rounding), *name) for line, name in each]
    return named(Term.AMOUNT, total(parts), *of)
