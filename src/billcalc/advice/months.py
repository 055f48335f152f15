"""The months that an advice rests on: of one customer, each once, one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from billcalc.billing.months import check_turns, months_of
from billcalc.billing.one_customer import months_apart
from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tariff.catalog import Catalog

__all__ = ["AskedMonth", "ordered"]


@dataclass(frozen=True, slots=True)
class AskedMonth:
    """A month's request.

    Attributes:
        where: what stands before a place of it in a message: its file, its row, or its place in what was asked.
    """

    request: Request
    where: str = ""


def ordered(asked: Sequence[AskedMonth], catalog: Catalog) -> tuple[AskedMonth, ...]:
    """The months by their days; a request of several months is each of them.

    Raises:
        InvalidInput: where there is none, one is told twice or missing, or they are of several customers.
        Refused: where a request of several months tells something of all of them at once.
    """
    if not asked:
        raise InvalidInput([Fault(FaultCode.EMPTY, "/months", {})])
    months = sorted(
        (month for each in asked for month in _split(each, catalog)), key=lambda month: month.request.period.start
    )
    faults = [fault for before, after in pairwise(months) for fault in _between(before, after)]
    if faults:
        raise InvalidInput(faults)
    return tuple(months)


def _split(asked: AskedMonth, catalog: Catalog) -> Iterator[AskedMonth]:
    parts = months_of(asked.request, catalog)
    if not parts:
        yield asked
        return
    check_turns(asked.request, where=asked.where)
    yield from (AskedMonth(part.request, asked.where) for part in parts)


def _between(before: AskedMonth, after: AskedMonth) -> Iterator[Fault]:
    """What is wrong between a month and the next."""
    first, second = before.request, after.request
    yield from months_apart(first, second, where=after.where, other=before.where or "/")
    if second.period.start > first.period.end:
        missing = {"start": str(first.period.end), "end": str(second.period.start)}
        yield Fault(FaultCode.INCONSISTENT, f"{after.where}/period", {"reason": Reason.MONTH_MISSING, **missing})
