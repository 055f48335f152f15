"""Reactive energy above what is free beside the active energy."""

from collections.abc import Sequence

from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Value, choose, named, total

__all__ = ["billed_reactive"]


def billed_reactive(
    *, reactive: Sequence[Value], active: Sequence[Value], free_share: Value, source: Source, of: Sequence[str] = ()
) -> Value:
    """The reactive energy that is billed [kvarh]: Σ reactive − free share × Σ active, but not below 0.

    Args:
        reactive: what the registers counted [kvarh].
        active: what is billed of active energy [kWh].
        free_share: the reactive energy that is free beside each kWh [kvarh/kWh].
        source: the document that states it.
        of: whose, for the derivation.
    """
    counted = named(Term.REACTIVE_ENERGY, total(reactive), *of)
    if not active:
        return named(Term.BILLED_REACTIVE, counted, *of, source=source)
    above = counted - named(Term.FREE_REACTIVE, total(active) * free_share, *of, source=source)
    return named(Term.BILLED_REACTIVE, choose(above > 0, above, above - above), *of, source=source)
