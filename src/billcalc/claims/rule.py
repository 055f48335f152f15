"""The rules of claims over values."""

from collections.abc import Sequence
from math import prod

from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, maximum, named, quotient, rounded, total

__all__ = ["at_rate", "basic_charge", "late_fee", "least_fee", "multiplied", "unmetered_energy"]


def late_fee(*, owed: Value, days: Value, rate: Value, rounding: Rounding) -> Value:
    """The late fee of some days at one rate [money]: round(owed × days × rate); it does not compound.

    Source: 供电营业规则, 1996 第九十八条.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> owed, days, rate = (Plain(Decimal(each)) for each in ("60000", "20", "0.002"))
    >>> late_fee(owed=owed, days=days, rate=rate, rounding=Rounding(Decimal("0.01")))
    Plain(2400.00)
    """
    return named(Term.LATE_FEE, rounded(owed * days * rate, rounding))


def least_fee(*, fees: Sequence[Value], least: Value) -> Value:
    """What raises the late fees of a debt to the least [money]: max(least, Σ) − Σ.

    Source: 供电营业规则, 1996 第九十八条.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> [least_fee(fees=[Plain(Decimal(each))], least=Plain(Decimal(1))) for each in ("0.40", "1.24")]
    [Plain(0.60), Plain(0.00)]
    """
    fee = named(Term.LATE_FEE, total(fees))
    return named(Term.AMOUNT, maximum(least, fee) - fee)


def basic_charge(
    *, price: Value, capacity: Value, months: Value, days: Value, month: Value, rounding: Rounding
) -> Value:
    """The basic charge of capacity that was used without right [money].

    It is round(price × capacity × (months × month + days) ÷ month).

    Args:
        price: of a month [money/kVA].
        capacity: [kVA].
        months: of use [1].
        days: of use beside them [day].
        month: a day is this part of a month [day].
        rounding: of the charge.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> price, capacity, months, days, month = (Plain(Decimal(each)) for each in (20, 315, 1, 7, 30))
    >>> fen = Rounding(Decimal("0.01"))
    >>> basic_charge(price=price, capacity=capacity, months=months, days=days, month=month, rounding=fen)
    Plain(7770.00)
    """
    used = named(Term.DAYS_OF_USE, months * month + days)
    return named(Term.MADE_GOOD, quotient(price * capacity * used, month, rounding))


def multiplied(*, basis: Value, multiple: Value, rounding: Rounding) -> Value:
    """The charge for a breach [money]: round(what is made good × multiple).

    Source: 供电营业规则, 1996 第一百条, 2024 第一百零一条.
    """
    return named(Term.BREACH_CHARGE, rounded(basis * multiple, rounding))


def at_rate(*, rate: Value, quantities: Sequence[Value], rounding: Rounding) -> Value:
    """The charge for a breach of which nothing is made good [money]: round(rate × quantities), as capacity and times.

    Source: 供电营业规则, 1996 第一百条, 2024 第一百零一条.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> rate, *quantities = (Plain(Decimal(each)) for each in (30, "12.5", 2))
    >>> at_rate(rate=rate, quantities=quantities, rounding=Rounding(Decimal("0.01")))
    Plain(750.00)
    """
    return named(Term.BREACH_CHARGE, rounded(prod(quantities, start=rate), rounding))


def unmetered_energy(*, loads: Sequence[tuple[Value, Value]], days: Value, source: Source | None = None) -> Value:
    """Energy that no meter counted [kWh]: Σ power in use × hours a day × days.

    Args:
        loads: of each load, the power in use [kW] and its hours of a day [h/day].
        days: of use [day].
        source: what decides the days and the hours, where nobody knows them.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> unmetered_energy(loads=[(Plain(Decimal(5)), Plain(Decimal(12)))], days=Plain(Decimal(180)))
    Plain(10800)
    """
    return named(Term.UNMETERED_ENERGY, total([power * hours for power, hours in loads]) * days, source=source)
