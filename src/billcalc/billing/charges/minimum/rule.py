"""The minimum bill 最低电费: what sections of a bill fall short of the least that is due for them."""

from collections.abc import Sequence

from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, maximum, named, quotient, rounded, total

__all__ = ["least_due", "shortfall"]


def least_due(
    *,
    due: Sequence[Value],
    cycle: Value | None,
    rounding: Rounding,
    of: Sequence[str] = (),
    source: Source | None = None,
) -> Value:
    """The least that is due [money]: round(Σ price × quantity), or round(Σ price × quantity × days ÷ cycle).

    It is rounded once, so that parts of a month at one price come to what the month does.

    Args:
        due: price × quantity of each part of the month [money], or × its billed days [money·day].
        cycle: the days of the full month; None where the whole of it is due [day].
        rounding: of the least that is due.
        of: the line, for the derivation.
        source: what counts the days.

    Source: the tariff document of the component (a minimum has no rule of the nation, 条号未见).

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> fen, parts = Rounding(Decimal("0.01")), [Plain(Decimal(100 * days)) for days in (10, 11, 10)]
    >>> least_due(due=parts, cycle=Plain(Decimal(31)), rounding=fen)
    Plain(100.00)
    """
    whole = total(due)
    least = rounded(whole, rounding) if cycle is None else quotient(whole, cycle, rounding)
    return named(Term.LEAST_DUE, least, *of, source=source)


def shortfall(*, least: Value, billed: Sequence[Value], of: Sequence[str] = ()) -> Value:
    """What is billed beside some lines so that together they are no less than the least [money]: max(least, Σ) − Σ.

    Nothing where they reach it. A sum below 0, as refunds make it, is made up as well.

    Args:
        least: that is due [money].
        billed: the lines that count [money].
        of: the line, for the derivation.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> [shortfall(least=Plain(Decimal(100)), billed=[Plain(Decimal(each))]) for each in (30, 100, 101)]
    [Plain(70), Plain(0), Plain(0)]
    """
    counted = named(Term.COUNTED_TOWARDS, total(billed), *of)
    return named(Term.AMOUNT, maximum(least, counted) - counted, *of)
