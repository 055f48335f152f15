"""The months that an advice rests on: of one customer, each once, one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from billcalc.billing.months import months_of
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
    yield from (AskedMonth(part.request, asked.where) for part in parts) if parts else (asked,)


def _between(before: AskedMonth, after: AskedMonth) -> Iterator[Fault]:
    """What is wrong between a month and the next."""
    first, second = before.request, after.request
    day = {"day": str(second.period.start)}
    if second.period.start < first.period.end:
        yield _inconsistent(after, "/period", Reason.MONTH_TWICE, **day, other=before.where or "/")
    elif second.period.start > first.period.end:
        yield _inconsistent(after, "/period", Reason.MONTH_MISSING, start=str(first.period.end), end=day["day"])
    if first.area != second.area:
        yield _inconsistent(after, "/area", Reason.OTHER_CUSTOMER, **day, found=second.area, other=first.area)
        return
    here, there = ({point.id for point in each.metering_points} for each in (second, first))
    if here and there and here.isdisjoint(there):
        told = {"found": ", ".join(sorted(here)), "other": ", ".join(sorted(there))}
        yield _inconsistent(after, "/metering_points", Reason.OTHER_CUSTOMER, **day, **told)


def _inconsistent(month: AskedMonth, place: str, reason: Reason, **facts: str) -> Fault:
    return Fault(FaultCode.INCONSISTENT, f"{month.where}{place}", {"reason": reason, **facts})
