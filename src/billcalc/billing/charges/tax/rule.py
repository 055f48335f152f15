"""The tax that is added to a bill: its rate × what all other lines come to."""

from collections.abc import Sequence

from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, named, rounded, total

__all__ = ["added_tax"]


def added_tax(
    *, amounts: Sequence[Value], rate: Value, rounding: Rounding, source: Source | None, of: Sequence[str] = ()
) -> Value:
    """The tax on some lines [money]: round(Σ amounts × rate), rounded once.

    Args:
        amounts: of all other lines, as they are billed [money].
        rate: of what the lines come to without it [1].
        rounding: of the tax.
        source: the document that states the rate, or None.
        of: the line, for the derivation.

    Source: the document of the price structure, or the request's own area.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> lines, rate = [Plain(Decimal("100.10")), Plain(Decimal("-0.05"))], Plain(Decimal("0.05"))
    >>> added_tax(amounts=lines, rate=rate, rounding=Rounding(Decimal("0.01")), source=None)
    Plain(5.00)
    """
    taxed = named(Term.TAXED, total(amounts), *of)
    return named(Term.AMOUNT, rounded(taxed * rate, rounding), *of, source=source)
