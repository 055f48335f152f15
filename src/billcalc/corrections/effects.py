"""What each path that a case sets right comes to in a month: what corrects nothing is no correction."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.catalog import Catalog

__all__ = ["Effect", "effects_of"]


class Effect(StrEnum):
    """What a path comes to: the request had it so already, no line of the bill is other for it, or some is."""

    AS_BILLED = "as_billed"
    NOTHING = "nothing"
    SOME = "some"


def effects_of(
    right: Mapping[str, Any],
    made: Callable[[Mapping[str, Any]], Request],
    request: Request,
    bill: Bill,
    catalog: Catalog,
) -> Iterator[tuple[str, Effect]]:
    """What each path of a month comes to: the month is made again with all others.

    Args:
        right: what is right in it, by path.
        made: makes its request of some of that.
        request: that of all.
        bill: of that request.
        catalog: the tariffs.
    """
    for path in right:
        try:
            without = made({other: value for other, value in right.items() if other != path})
            effect = Effect.AS_BILLED if without == request else _effect(without, bill, catalog)
        except InvalidInput:  # without it the others contradict the month
            effect = Effect.SOME
        yield path, effect


def _effect(without: Request, bill: Bill, catalog: Catalog) -> Effect:
    other = calculate(without, catalog, derivation=False)
    return Effect.NOTHING if isinstance(other, Bill) and _numbers(other) == _numbers(bill) else Effect.SOME


def _numbers(bill: Bill) -> list[tuple[object, ...]]:
    """The lines of a bill, without how they came about."""
    return [
        (each.code, each.label, each.section, each.group, each.band, each.span, each.quantity, each.price, each.amount)
        for each in bill.lines
    ]
