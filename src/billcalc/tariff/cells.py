"""Customers that no selector of a document tells apart: one of each, so that all of them can be checked."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TypeVar

from billcalc.tariff.components import PriceKey, Selector
from billcalc.vocabulary import Billing, CustomerClass, Purchase, Voltage

__all__ = ["cells"]

_T = TypeVar("_T")


def cells(selectors: Iterable[Selector]) -> Iterator[PriceKey]:
    """For each set of time-of-use customers that all the selectors treat alike, one of them."""
    every = list(selectors)
    subclasses = [None, *sorted({name for selector in every for name in selector.subclass})]
    for customer_class, subclass, billing, voltage, purchase in product(
        _unlike(CustomerClass, [selector.customer_class for selector in every]),
        _unlike(subclasses, [selector.subclass for selector in every]),
        _unlike(Billing, [selector.billing for selector in every]),
        _unlike(Voltage, [selector.voltage for selector in every]),
        _unlike(Purchase, [selector.purchase for selector in every]),
    ):
        yield PriceKey(
            customer_class=customer_class,
            subclass=subclass,
            billing=billing,
            voltage=voltage,
            purchase=purchase,
            time_of_use=True,
        )


def _unlike(words: Iterable[_T], chosen: Sequence[Sequence[object]]) -> list[_T]:
    """One word of each set of words that the lists choose alike; an empty list chooses every word."""
    first: dict[tuple[bool, ...], _T] = {}
    for word in words:
        first.setdefault(tuple(not some or word in some for some in chosen), word)
    return list(first.values())
