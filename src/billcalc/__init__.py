"""Electricity bills, exact and explained.

>>> from billcalc import Bill, Request, calculate, load_catalog

Each name is imported when it is asked for: a command that bills nothing starts without what bills need.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from billcalc._version import __version__

if TYPE_CHECKING:
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

_WHERE = {
    "Bill": "billing.bill",
    "Catalog": "tariff.catalog",
    "InvalidInput": "kernel.troubles",
    "Line": "billing.bill",
    "Problem": "kernel.troubles",
    "Refusal": "kernel.troubles",
    "Request": "billing.request",
    "calculate": "billing.calculate",
    "load_catalog": "library.catalog",
}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return __all__
