"""Electricity bills, exact and explained.

>>> from billcalc import Bill, Request, calculate, load_catalog
"""

from billcalc._version import __version__
from billcalc.billing.bill import Bill, Line
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.kernel.troubles import InvalidInput, Problem, Refusal
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog

__all__ = [
    "Bill",
    "Catalog",
    "InvalidInput",
    "Line",
    "Problem",
    "Refusal",
    "Request",
    "__version__",
    "calculate",
    "load_catalog",
]
