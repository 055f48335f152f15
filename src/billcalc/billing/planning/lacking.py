"""Where to ask for everything that a bill lacks, beside the first thing that it was refused for."""

import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from billcalc.agreement.models import Agreement, BasicMode, Group
from billcalc.billing.planning.prices import group_key
from billcalc.billing.request import Request
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refusal

__all__ = ["with_question"]

_OF_TARIFFS = frozenset(
    {
        RefusalCode.NO_DOCUMENT,
        RefusalCode.NO_PRICE,
        RefusalCode.NO_BANDS,
        RefusalCode.PRICE_NOT_GIVEN,
        RefusalCode.PRICE_PARTS_UNKNOWN,
        RefusalCode.EVENT_NOT_GIVEN,
    }
)


def with_question(refusal: Refusal, request: Request) -> Refusal:
    """The refusal of a request; of what tariffs are to tell with the options that ask for all of it at once.

    An area of the request's own has no tariffs that could be asked.
    """
    if refusal.code not in _OF_TARIFFS or request.own_area is not None:
        return refusal
    return replace(refusal, lacking=shlex.join(_options(refusal, request)))


def _options(refusal: Refusal, request: Request) -> Iterator[str]:
    """The area, the months and the customer: the group that was refused, where the refusal names one."""
    end = request.cycle.span.end
    assert end is not None, "a cycle has an end"
    yield from ("--area", request.area)
    yield from ("--from", f"{request.cycle.span.start:%Y-%m}", "--to", f"{end - timedelta(days=1):%Y-%m}")
    every = [(entry, group) for entry in request.agreement for group in entry.groups.values()]
    named = (each for each in every if str(group_key(each[1])) == refusal.facts.get("key"))
    yield from _customer(*next(named, every[0]))


def _customer(entry: Agreement, group: Group) -> Iterator[str]:
    yield from ("--class", group.customer_class.value)
    if group.subclass is not None:
        yield from ("--subclass", group.subclass)
    yield from ("--billing", group.billing.value, "--voltage", group.voltage.value, "--purchase", group.purchase.value)
    if not group.time_of_use:
        yield "--no-time-of-use"
    if entry.basic.mode in (BasicMode.CONTRACTED, BasicMode.ACTUAL):
        yield from ("--basic", "demand")
