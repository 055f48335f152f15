"""Bills whose lines are without a tax that is printed beside them, as on a tax invoice of the same electricity.

Which tax and at which rate the mapping or the issued bill tells; ours are then compared without it, each line rounded
by itself. Where nothing is told and every line is ours without one and the same tax, that is said once for all of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from billcalc.audit.arithmetic import FEN
from billcalc.audit.comparison import Entry, Fact, FactComparison, Outcome, Verdict
from billcalc.audit.issued import IssuedBill
from billcalc.billing.bill import Bill, Line
from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.kernel.numbers import quotient_number
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.values import Rounding, Value, quotient
from billcalc.vocabulary import Section

__all__ = ["net", "told_net", "without_tax"]

_RATE_STEP = Decimal("0.001")
_LINES_MIN = 2
"""One line that differs may differ for any reason."""


def net(amount: Value, rate: Value) -> Value:
    """An amount without the tax in it: amount ÷ (1 + rate), rounded to the fen [the amount's unit].

    >>> number_of(net(Plain(Decimal("100.00")), Plain(Decimal("0.13"))))
    Decimal('88.50')
    """
    return quotient(amount, rate + 1, Rounding(FEN))


def without_tax(bill: Bill, issued: IssuedBill, tolerance: Decimal) -> tuple[Bill, IssuedBill, FactComparison | None]:
    """Both bills without the tax that the issued one tells, and its amounts on both, where it is printed.

    A line of ours becomes amount ÷ (1 + rate), rounded to the fen; its price and the base of a power factor, which the
    tax is in as well, are not compared. Our tax is what the lines leave of the total.
    """
    assert issued.tax is not None, "a bill without a tax is compared as it is"
    lines = tuple(_net_line(line, issued.tax.rate) for line in bill.lines)
    total = exact_sum(line.amount for line in lines)
    ours = EXACT.subtract(bill.total, total)
    printed = issued.tax.amount
    rest = None if issued.total is None else EXACT.subtract(issued.total, ours if printed is None else printed)
    fact = None
    if printed is not None:
        agrees = EXACT.subtract(printed, ours).copy_abs() <= tolerance
        verdict = Verdict.AGREES if agrees else Verdict.DIFFERS
        fact = FactComparison(Fact.TAX, None, printed, ours, verdict)
    return replace(bill, lines=lines, total=total), issued.model_copy(update={"total": rest}), fact


def _net_line(line: Line, rate: Decimal) -> Line:
    quantity = None if line.section is Section.POWER_FACTOR else line.quantity
    return replace(line, amount=_net(line.amount, rate), price=None, quantity=quantity)


def _net(amount: Decimal, rate: Decimal) -> Decimal:
    return number_of(net(Plain(amount), Plain(rate)))


def told_net(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], Decimal | None]:
    """The entries, and the rate of the tax that all printed lines are without; None where they are not.

    Then the lines that differ by it are no findings of their own, nor is the printed line of the tax itself.
    """
    differing = [entry for entry in entries if entry.outcome is Outcome.DIFFERING and entry.amount_issued]
    agreeing = [entry for entry in entries if entry.outcome is Outcome.AGREES and entry.amount_issued]
    if agreeing or len(differing) < _LINES_MIN:
        return tuple(entries), None
    largest = max(differing, key=lambda entry: entry.amount_issued.copy_abs())
    tax = EXACT.subtract(largest.amount_recomputed, largest.amount_issued)
    rate = quotient_number(tax, largest.amount_issued, _RATE_STEP)
    if rate <= 0 or not all(_is_net(entry, rate) for entry in differing):
        return tuple(entries), None
    ours = exact_sum(entry.amount_recomputed for entry in differing)
    left = EXACT.subtract(ours, exact_sum(entry.amount_issued for entry in differing))
    told = [
        replace(entry, outcome=Outcome.NET) if entry in differing or _is_the_tax(entry, left, len(differing)) else entry
        for entry in entries
    ]
    return tuple(told), rate


def _is_net(entry: Entry, rate: Decimal) -> bool:
    """Whether a difference of amounts is the tax, but for the fen that each of its lines may be rounded by."""
    off = EXACT.subtract(entry.amount_issued, _net(entry.amount_recomputed, rate)).copy_abs()
    return off <= EXACT.multiply(FEN, Decimal(len(entry.issued) + len(entry.recomputed) - 1))


def _is_the_tax(entry: Entry, tax: Decimal, lines: int) -> bool:
    off = EXACT.subtract(entry.amount_issued, tax).copy_abs()
    return entry.outcome is Outcome.UNMAPPED and off <= EXACT.multiply(FEN, Decimal(lines))
