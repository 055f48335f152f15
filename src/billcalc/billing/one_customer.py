"""Whether two months are of one customer, and no day is in both: who adds them up, or compares them, needs that."""

from collections.abc import Iterator

from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault

__all__ = ["months_apart"]


def months_apart(before: Request, after: Request, *, where: str = "", other: str = "/") -> Iterator[Fault]:
    """What keeps a month from standing beside one that began earlier: days of both, another area, other meters.

    Args:
        before: the month that began earlier.
        after: the month.
        where: what stands before its places in a message.
        other: what a message calls the earlier one.
    """
    day = {"day": str(after.period.start)}
    if after.period.start < before.period.end:
        yield _apart(f"{where}/period", Reason.MONTH_TWICE, **day, other=other)
    if before.area != after.area:
        yield _apart(f"{where}/area", Reason.OTHER_CUSTOMER, **day, found=after.area, other=before.area)
        return
    here, there = ({point.id for point in each.metering_points} for each in (after, before))
    if here and there and here.isdisjoint(there):
        told = {"found": ", ".join(sorted(here)), "other": ", ".join(sorted(there))}
        yield _apart(f"{where}/metering_points", Reason.OTHER_CUSTOMER, **day, **told)


def _apart(where: str, reason: Reason, **facts: str) -> Fault:
    return Fault(FaultCode.INCONSISTENT, where, {"reason": reason, **facts})
