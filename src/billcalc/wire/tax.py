"""The tax in the total of a bill as data."""

from typing import NotRequired, TypedDict

from billcalc.billing.bill import Bill
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.wire.schema import Number
from billcalc.words.naming import money

__all__ = ["TaxData", "Taxed", "taxed"]


class TaxData(TypedDict):
    """The tax that the total contains, and the total without it."""

    rate: Number
    amount: Number
    without: Number


class Taxed(TypedDict):
    """A bill whose prices are known to contain a tax has it; another has not."""

    tax: NotRequired[TaxData]


def taxed(bill: Bill) -> Taxed:
    """The tax of a bill, where it is told."""
    if bill.tax is None or bill.tax_inside is None:
        return {}
    without = EXACT.subtract(bill.total, bill.tax)
    return {"tax": {"rate": decimal_text(bill.tax_inside), "amount": money(bill.tax), "without": money(without)}}
