"""What is due by the month: a quantity or a fee for each month, and the part of it that falls into some days."""

from collections.abc import Sequence

from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, choose, named, quotient, rounded

__all__ = ["daily_fee", "fee", "fee_of_months", "idle_price", "part_of_fee", "part_of_month"]


def part_of_month(*, whole: Value, before: Value | None, days: Value, cycle: Value, rounding: Rounding) -> Value:
    """The part of a month's quantity in some days of it, so that the parts of a month sum to its quantity.

    round(whole × (before + days) ÷ cycle) − round(whole × before ÷ cycle): the running sums are rounded, not the parts.

    Args:
        whole: of the full month.
        before: the days that are billed before this part; None where there are none [day].
        days: of this part [day].
        cycle: of the full month [day].
        rounding: of a running sum.
    """
    if before is None:
        return quotient(whole * days, cycle, rounding)
    return quotient(whole * (before + days), cycle, rounding) - quotient(whole * before, cycle, rounding)


def fee(*, price: Value, rounding: Rounding) -> Value:
    """The fee of a full month [money]."""
    return named(Term.AMOUNT, rounded(price, rounding))


def fee_of_months(*, price: Value, months: Value, rounding: Rounding) -> Value:
    """The fee of several full months that are billed as one [money]: price × months, rounded once.

    Args:
        price: of a month [money].
        months: that are billed [1].
        rounding: of the amount.

    Source: 台灣電力公司詳細電價表（經能字第11458000380號）, 第三章: by household and month, read every two months.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> fee_of_months(price=Plain(Decimal("75.00")), months=Plain(Decimal(2)), rounding=Rounding(Decimal("0.01")))
    Plain(150.00)
    """
    return named(Term.AMOUNT, rounded(price * months, rounding))


def idle_price(*, price: Value, uses: Sequence[Value], share: Value) -> Value:
    """The price of a month in which nothing was used: a share of it; of another month all of it [money].

    Args:
        price: of a month with use.
        uses: what tells of a use, above 0 where there was one [kWh, kW, kVA]; where nothing tells, all of it is due.
        share: what is due without use [1].

    Source: 台灣電力公司詳細電價表（經能字第11458000380號）, 第三章 五、(三)4; 第四章 五、(五); 第五章 五、(二).
    """
    if not uses:
        return price
    due = price * share
    for used in uses:
        due = choose(used > 0, price, due)
    return named(Term.UNIT_PRICE, due)


def daily_fee(*, price: Value, days: Value, rounding: Rounding) -> Value:
    """The fee of some days [money]: days × price, rounded once.

    Args:
        price: of a day [money/day].
        days: that are billed [day].
        rounding: of the amount.
    """
    return named(Term.AMOUNT, rounded(price * days, rounding))


def part_of_fee(*, price: Value, before: Value | None, days: Value, cycle: Value, rounding: Rounding) -> Value:
    """The fee of a part of a month [money]; see ``part_of_month``.

    >>> from decimal import Decimal
    >>> from billcalc.kernel.plain import Plain
    >>> [part_of_fee(price=Plain(Decimal(100)), before=Plain(Decimal(before)), days=Plain(Decimal(10)),
    ...              cycle=Plain(Decimal(30)), rounding=Rounding(Decimal("0.01"))) for before in (0, 10, 20)]
    [Plain(33.33), Plain(33.34), Plain(33.33)]
    """
    return named(Term.AMOUNT, part_of_month(whole=price, before=before, days=days, cycle=cycle, rounding=rounding))
