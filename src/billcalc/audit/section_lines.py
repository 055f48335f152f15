"""Sums of which a bill prints no line: each is compared as one line that has the whole section.

Bills print some sections by line and others as a sum alone: upstream losses and levies have their lines on a page that
a clerk may not have.
"""

from collections.abc import Collection, Sequence

from billcalc.audit.arithmetic import may_be_sum
from billcalc.audit.issued import IssuedBill, IssuedLine, IssuedSubtotal
from billcalc.audit.matching import codes_of, may_be
from billcalc.billing.bill import Bill
from billcalc.vocabulary import Section

__all__ = ["with_section_lines"]


def with_section_lines(bill: Bill, issued: IssuedBill, unread: Sequence[IssuedLine]) -> IssuedBill:
    """The issued bill, with a line behind the others for each sum of sections of which no line is printed.

    Where a row may be such a line, because nothing is known of its section or its amount, the sum stays a sum.

    Args:
        bill: the recomputed bill, whose lines tell the sections of codes.
        issued: the issued bill.
        unread: what is known of rows that could not be read.
    """
    codes, unmapped = codes_of(bill, issued.lines)
    taken: set[Section] = {bill.lines[index].section for index in may_be(bill, unread)} if unread else set()
    open_amounts = []
    for row, line in enumerate(issued.lines):
        sections = set(line.sections) or {our.section for our in bill.lines if our.code in codes.get(row, ())}
        taken |= sections
        if row in unmapped and not sections:
            open_amounts.append(line.amount)
    added: list[IssuedLine] = []
    for subtotal in sorted(issued.subtotals, key=lambda each: len(each.sections)):
        is_open = bool(open_amounts) and subtotal.amount != 0 and may_be_sum(subtotal.amount, open_amounts)
        whole = None if is_open else _line_of(bill, subtotal, taken)
        if whole is not None:
            added.append(whole)
            taken.update(subtotal.sections)
    return issued.model_copy(update={"lines": (*issued.lines, *added)}) if added else issued


def _line_of(bill: Bill, subtotal: IssuedSubtotal, taken: Collection[Section]) -> IssuedLine | None:
    """The line that a sum is; None where it sums a group, lines are printed of its sections, or we have none there."""
    codes = tuple(dict.fromkeys(our.code for our in bill.lines if our.section in subtotal.sections))
    if subtotal.groups or not codes or not set(subtotal.sections).isdisjoint(taken):
        return None
    name = subtotal.name or " + ".join(each.value for each in subtotal.sections)
    return IssuedLine(name=name, code=codes, section=subtotal.sections, amount=subtotal.amount)
